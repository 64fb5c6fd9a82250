import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.composing import _further
from watchwords.trends.corpus import place_documents
from watchwords.trends.same_months import agree_months, count_same_months, lie_after


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
        after = lie_after(counts, np.zeros(5, np.int64), n_periods=30)
        assert not after.any()
        assert agree_months(counts, np.array(["up"] * 5, object), after=after).all()


def test_both_comparisons_must_go_the_same_way():
    counts = counted(24, 10)[0].assign(k_recent=5, n_recent=30, k_year_before=9, n_year_before=30)
    way = np.array(["up", "down", "", "up", "down"], object)
    none = np.zeros(5, bool)
    assert agree_months(counts, way, after=none).tolist() == [False, True, True, False, True]
    equal = counts.assign(k_recent=9)
    assert agree_months(equal, way, after=none).tolist() == [False, False, True, False, False]


def test_after_the_change_only_a_clear_difference_the_other_way_speaks_against_it():
    way = np.array(["up", "down", "", "up", "down"], object)
    after = np.ones(5, bool)
    counts = counted(24, 10)[0].assign(k_recent=5, n_recent=30, k_year_before=9, n_year_before=30)
    assert agree_months(counts, way, after=after).all()
    lower = counts.assign(k_recent=2, k_year_before=15)
    assert agree_months(lower, way, after=after).tolist() == [False, True, True, False, True]
    higher = counts.assign(k_recent=15, k_year_before=2)
    assert agree_months(higher, way, after=after).tolist() == [True, False, True, True, False]


def test_both_years_are_after_a_change_that_came_before_the_earlier_one():
    counts = counted(40, 10)[0]
    at = np.array([24, 25, 26, 39, -1])
    # Months 25 to 27 are compared with months 37 to 39.
    assert lie_after(counts, at, n_periods=40).tolist() == [True, True, False, False, False]


def test_a_step_of_years_ago_is_not_vetoed_by_two_years_after_it():
    corpus = simulate_scores(
        {"step up": 12, "flat": 20}, n_docs=1500, n_periods=60, freq="M", share=0.25, seed=3
    )
    table = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table
    old = table[(table["direction"] == "up") & (table["shape"] == "step up")]
    old = old[old["onset"] < old["recent_start"] - pd.DateOffset(months=12)]
    assert len(old) >= 3
    assert old["months_after"].all()
    assert old["months_agree"].all()
    assert old["verdict"].str.contains(", both after the change.", regex=False).all()


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


def test_two_years_within_or_after_a_burst_are_after_it_only_if_it_had_ended():
    corpus = simulate_scores(
        {"burst": 40, "step up": 20, "flat": 20},
        n_docs=2400,
        n_periods=60,
        freq="M",
        share=0.25,
        seed=3,
    )
    table = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table
    bursts = table[(table["shape"] == "burst") & table["detected"]]
    earlier = bursts["recent_start"] - pd.DateOffset(months=12)
    assert (bursts["months_after"] <= (bursts["end"] <= earlier)).all()


def test_what_shows_no_clear_change_has_no_change_to_be_after():
    corpus = simulate_scores({"step up": 1, "flat": 2}, n_docs=600, n_periods=36, freq="M", seed=3)
    placed = place_documents(corpus.scores, corpus.documents, freq="M", as_of=None)
    row = {"months": 3, "direction": "up", "recent_start": pd.Timestamp("2002-10-01")}
    row |= {"k_recent": 9, "n_recent": 41, "k_year_before": 2, "n_year_before": 38}
    row |= {"months_after": True, "silent": False}
    ends = {agrees: _further(row | {"agrees": agrees}, placed)[0] for agrees in (True, False)}
    assert ends[True].endswith(", both after the change.")
    assert not ends[False].endswith("after the change.")
