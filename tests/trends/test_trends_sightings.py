import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from watchwords.trends.sightings import count_spans, find_sightings, split_spans


def documents(dates, issuers=None):
    table = pd.DataFrame({"date": pd.to_datetime(dates).astype("datetime64[s]")})
    table["date_precision"] = pd.Series("day", index=table.index, dtype="str")
    if issuers is not None:
        table["issuer"] = pd.Series(issuers, dtype="str")
    return table


def test_first_and_last_seen_by_hand():
    matrix = sparse.csc_array(np.array([[0, 1, 0], [2, 0, 0], [0, 0, 0], [1, 0, 0]]))
    table = documents(["2020-01-05", "2020-02-01", "2020-02-01", "2021-01-01"])
    seen = find_sightings(matrix, table)
    assert seen["first_seen"].dt.strftime("%F").tolist()[:2] == ["2020-02-01", "2020-01-05"]
    assert seen["last_seen"].dt.strftime("%F").tolist()[:2] == ["2021-01-01", "2020-01-05"]
    assert seen.loc[2, ["first_seen", "last_seen"]].isna().all()
    assert seen["n_before_first"].tolist() == [1, 0, 0]
    assert seen["n_after_last"].tolist() == [0, 3, 0]
    assert seen["n_dated"].tolist() == [2, 1, 0]


def test_an_item_that_comes_with_its_issuer_says_so():
    matrix = sparse.csc_array(np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1]]))
    table = documents(["2020-01-05", "2020-02-01", "2020-03-01"], ["North", "South", "South"])
    assert find_sightings(matrix, table)["entering"].tolist() == ["", "South", ""]


@given(st.lists(st.integers(0, 11), min_size=2, max_size=200))
def test_spans_are_apart_and_count_what_they_hold(values):
    period = np.array(sorted(values))
    spans = split_spans(period, 12)
    assert 0 < spans.early_end <= spans.late_start < 12
    assert spans.n_early == (period < spans.early_end).sum()
    assert spans.n_late == (period >= spans.late_start).sum()


def test_even_documents_are_cut_into_thirds():
    spans = split_spans(np.repeat(np.arange(9), 10), 9)
    assert (spans.early_end, spans.late_start) == (3, 6)


@pytest.mark.parametrize("item", range(3))
def test_counts_of_the_spans_are_those_of_the_documents(item):
    rng = np.random.default_rng(0)
    counts, period = rng.poisson(0.5, (60, 3)), np.sort(rng.integers(0, 6, 60))
    spans = split_spans(period, 6)
    n_units = rng.integers(1, 9, 60)
    row = count_spans(sparse.csc_array(counts), period, n_units, spans=spans).loc[item]
    assert row["units_late"] == n_units[period >= spans.late_start].sum()
    early = counts[period < spans.early_end, item]
    assert row["k_early"] == (early > 0).sum()
    assert row["occurrences_early"] == early.sum()
    assert row["n_late"] == (period >= spans.late_start).sum()


def test_without_documents_nothing_was_seen():
    some = find_sightings(sparse.csc_array(np.array([[1, 0]])), documents(["2020-01-05"]))
    none = find_sightings(sparse.csc_array((0, 2), dtype=np.int64), documents([]))
    assert none.dtypes.equals(some.dtypes)
    assert none[["first_seen", "last_seen"]].isna().all(axis=None)
    assert (none[["n_dated", "n_before_first", "n_after_last"]] == 0).all(axis=None)
    assert (none[["first_precision", "last_precision", "entering"]] == "").all(axis=None)
    assert len(none) == 2
