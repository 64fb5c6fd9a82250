import numpy as np
import pytest
from scipy import sparse

from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.same_months import agree_months, count_same_months


def counted(n_months, per_month, *, monthly=True, seed=0):
    rng = np.random.default_rng(seed)
    period = np.repeat(np.arange(n_months), per_month)
    dense = rng.random((len(period), 5)) < 0.3
    matrix = sparse.csc_array(dense.astype(np.int32))
    return count_same_months(matrix, period, n_periods=n_months, monthly=monthly), dense, period


@pytest.mark.parametrize(("per_month", "months"), [(10, 3), (5, 6), (3, 12), (1, 12)])
def test_months_are_as_many_as_hold_thirty_documents(per_month, months):
    counts, dense, period = counted(30, per_month)
    assert (counts["months"] == months).all()
    recent, before = ((period >= 30 - months - ago) & (period < 30 - ago) for ago in (0, 12))
    assert counts["k_recent"].tolist() == dense[recent].sum(axis=0).tolist()
    assert counts["k_year_before"].tolist() == dense[before].sum(axis=0).tolist()
    assert (counts["n_recent"] == recent.sum()).all()
    assert (counts["n_year_before"] == before.sum()).all()


def test_nothing_is_compared_below_two_years_or_by_other_periods():
    for counts in (counted(23, 10)[0], counted(30, 10, monthly=False)[0]):
        assert not counts.to_numpy().any()
        assert agree_months(counts, np.array(["up"] * 5, object)).all()


def test_both_comparisons_must_go_the_same_way():
    counts = counted(24, 10)[0].assign(k_recent=5, n_recent=30, k_year_before=9, n_year_before=30)
    way = np.array(["up", "down", "", "up", "down"], object)
    assert agree_months(counts, way).tolist() == [False, True, True, False, True]
    equal = counts.assign(k_recent=9)
    assert agree_months(equal, way).tolist() == [False, False, True, False, False]


def test_verdicts_of_ups_and_downs_give_the_year_before():
    corpus = simulate_scores(
        {"step up": 4, "flat": 20}, n_docs=900, n_periods=30, freq="M", share=0.25, seed=2
    )
    table = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table
    moved = table["direction"].isin(["up", "down"])
    assert moved.sum() >= 3
    said = table["verdict"].str.contains("in the same months of 2001")
    assert said[moved].all()
    assert not said[~moved].any()
    row = table[moved].iloc[0]
    assert (
        f"Found in {row['k_recent']} of {row['n_recent']} documents in April to" in row["verdict"]
    )
