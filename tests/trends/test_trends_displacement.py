import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.displacement import new_text_share


def slow_share(counts, period, n_units, length, late_start):
    bounds = [0.0]
    for k in set(length) - {0}:
        covered = 0
        for item in range(counts.shape[1]):
            early = [counts[d, item] for d in range(len(period)) if period[d] < late_start]
            if length[item] == k and not any(early):
                covered += counts[:, item].sum()
        bounds.append(covered / max(n_units[period >= late_start].sum(), 1))
    return min(1.0, max(bounds))


@given(st.integers(0, 10_000))
def test_the_share_is_that_counted_item_by_item(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(0.2, (12, 9))
    period, n_units = rng.integers(0, 4, 12), rng.integers(5, 30, 12)
    length, start = rng.integers(0, 4, 9), int(rng.integers(1, 4))
    share = new_text_share(
        sparse.csc_array(counts), period, n_units, length=length, late_start=start
    )
    assert share == pytest.approx(slow_share(counts, period, n_units, length, start))


@pytest.mark.parametrize("planted", [True, False])
def test_new_wordings_that_take_much_of_the_text_are_said(planted):
    corpus = simulate_scores({"falling": 3, "flat": 20}, n_docs=1500, seed=3)
    scores = corpus.scores
    dates = scores.align(corpus.documents)["date"]
    late = (dates > dates.quantile(0.75)).to_numpy()
    added = np.where(late & planted, scores.n_units // 5, 0)[:, None].astype(np.int32)
    items = pd.DataFrame({"item": [*scores.items["item"], "slogan"]}).astype("str")
    matrix = sparse.csr_array(sparse.hstack([scores.matrix, sparse.csr_array(added)]))
    trends = fit_trends(
        Scores(matrix, scores.doc_ids, items, scores.n_units, scores.unit),
        corpus.documents,
        freq="Y",
        seed=1,
    )
    falls = trends.table["claimed"] & (trends.table["direction"] == "down")
    assert falls.any()
    said = trends.table["verdict"].str.contains("took its room")
    assert (said == (falls & planted)).all()
    assert any("took its room" in note for note in trends.notes) == planted
