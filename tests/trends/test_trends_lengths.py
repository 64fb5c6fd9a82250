"""One long message a year over decades, and short headlines by the week."""

import time

import numpy as np
import pytest
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends

PLAN = {"flat": 100, "clustered": 20, "rising": 15, "step up": 15, "vanished": 10, "burst": 10}
SEEDS = (1, 2, 3)
MOST_SECONDS = 20


def judge(seed, *, freq, **options):
    corpus = simulate_scores(PLAN, freq=freq, seed=seed, **options)
    began = time.process_time()
    trends = fit_trends(corpus.scores, corpus.documents, freq=freq, seed=1)
    assert time.process_time() - began < MOST_SECONDS
    return trends.table, corpus.truth


def rates(fits):
    """Share of false discoveries beyond what 5 % would give by chance, and power by kind."""
    false = sum((table["detected"] & ~truth["changes"]).sum() for table, truth in fits)
    found = sum(table["detected"].sum() for table, _ in fits)
    kinds = fits[0][1]["kind"]
    power = np.mean([table["detected"] for table, _ in fits], axis=0)
    beyond = false / max(found, 1) - 2 * np.sqrt(0.05 * 0.95 / max(found, 1))
    return beyond, {kind: power[kinds == kind].mean() for kind in set(kinds)}


def test_one_long_message_a_year_for_two_hundred_years():
    fits = [
        judge(seed, freq="Y", n_docs=200, n_periods=200, growth=1.0, effect=8.0, share=0.4)
        for seed in SEEDS
    ]
    beyond, power = rates(fits)
    assert beyond <= 0.05
    assert power["rising"] > 0.7
    assert power["step up"] > 0.7
    assert power["vanished"] > 0.7


def test_headlines_by_the_week():
    fits = [
        judge(seed, freq="W", n_docs=4000, n_periods=100, effect=6.0, share=0.03) for seed in SEEDS
    ]
    beyond, power = rates(fits)
    assert beyond <= 0.05
    assert power["rising"] > 0.7
    assert power["step up"] > 0.7
    assert power["vanished"] > 0.7


@pytest.mark.parametrize("length", [8, 200_000])
def test_the_length_of_documents_alone_changes_nothing(length):
    corpus = simulate_scores({"rising": 3, "flat": 12}, n_docs=500, effect=10.0, seed=2)
    old = corpus.scores
    units = np.full(len(old.doc_ids), length)
    fitted = [
        fit_trends(
            Scores(sparse.csr_array(old.matrix), old.doc_ids, old.items, units * times, old.unit),
            corpus.documents,
            freq="Y",
            seed=1,
        )
        for times in (1, 3)
    ]
    assert (fitted[0].table["detected"] == fitted[1].table["detected"]).all()
    assert fitted[0].table["detected"][:3].all()
