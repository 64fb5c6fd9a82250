from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.floors import ITEM_DOCS
from watchwords.scores import Scores
from watchwords.simulate import shuffle_dates, simulate_scores
from watchwords.trends import fit_trends

PLAN = {"rising": 20, "falling": 20, "flat": 50, "clustered": 30}


@pytest.fixture(scope="module")
def corpus():
    return simulate_scores(PLAN, n_docs=1500, n_periods=12, seed=11)


@pytest.fixture(scope="module")
def trends(corpus):
    return fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)


def small(n_docs, n_periods, *, seed=0):
    return simulate_scores(
        {"rising": 1, "flat": 3},
        n_docs=n_docs,
        n_periods=n_periods,
        growth=1.0,
        share=0.5,
        seed=seed,
    )


def test_planted_changes_are_found_and_flat_items_left_alone(corpus, trends):
    joined = trends.table.merge(corpus.truth, on="item", suffixes=("", "_true"))
    found = joined["detected"]
    assert found[joined["changes"]].mean() > 0.95
    assert (~joined["changes"])[found].mean() <= 0.06
    up = joined["direction"] == joined["direction_true"]
    assert up[found & joined["changes"]].all()
    assert (joined["claimed"] <= joined["detected"]).all()


def test_intervals_of_the_effect_over_the_span_hold_the_truth(corpus, trends):
    joined = trends.evidence.merge(corpus.truth, on="item")
    sign = joined["direction"].map({"up": 1, "down": -1, "": 0})
    distance = (joined["span_effect"] - sign * np.log(joined["effect"])).abs()
    inside = distance <= 1.96 * joined["span_error"]
    assert 0.9 <= inside[joined["kind"] != "clustered"].mean() <= 0.99


def test_shuffled_dates_give_nothing(corpus):
    shuffled = shuffle_dates(corpus.documents, seed=5)
    trends = fit_trends(corpus.scores, shuffled, freq="Y", seed=1)
    assert trends.table["detected"].sum() <= 1


def test_false_discoveries_stay_under_control_over_seeds():
    shares = []
    for seed in range(4):
        corpus = simulate_scores(PLAN, n_docs=500, n_periods=24, freq="M", seed=seed)
        found = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table["detected"]
        null = ~corpus.truth["changes"]
        shares.append((found & null).sum() / max(found.sum(), 1))
    assert np.mean(shares) <= 0.06


def test_order_of_rows_and_items_does_not_matter(corpus, trends):
    rng = np.random.default_rng(0)
    rows, columns = rng.permutation(1500), rng.permutation(120)
    old = corpus.scores
    scores = Scores(
        sparse.csr_array(old.matrix[rows][:, columns]),
        old.doc_ids[rows],
        old.items.iloc[columns].reset_index(drop=True),
        old.n_units[rows],
        old.unit,
    )
    documents = corpus.documents.iloc[rng.permutation(1500)]
    again = fit_trends(scores, documents, freq="Y", seed=1)
    assert again.table["item"].tolist() == scores.items["item"].tolist()
    pd.testing.assert_frame_equal(
        again.table.sort_values("item", ignore_index=True),
        trends.table.sort_values("item", ignore_index=True),
        check_exact=True,
    )
    pd.testing.assert_frame_equal(again.curve, trends.curve, check_exact=True)


def test_same_seed_same_result_and_another_seed_nearly_so(corpus, trends):
    again = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    pd.testing.assert_frame_equal(again.table, trends.table, check_exact=True)
    other = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=2).table
    assert (other["verdict"] == trends.table["verdict"]).mean() >= 0.98


def test_arguments_are_not_changed(corpus):
    documents, matrix = corpus.documents.copy(), corpus.scores.matrix.copy()
    fit_trends(corpus.scores, documents, freq="Y", seed=1)
    pd.testing.assert_frame_equal(documents, corpus.documents)
    assert (matrix != corpus.scores.matrix).nnz == 0


@pytest.mark.parametrize(
    ("n_docs", "n_periods", "rung"),
    [
        (19, 12, "occurrences"),
        (200, 3, "occurrences"),
        (200, 5, "seen"),
        (900, 5, "direction"),
        (200, 6, "direction"),
    ],
)
def test_the_ladder_of_floors(n_docs, n_periods, rung):
    corpus = small(n_docs, n_periods)
    trends = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    table = trends.table
    assert trends.coverage.rung == rung
    if rung == "direction":
        assert len(trends.evidence) == 4
        return
    assert set(table["shape"]) == {"too few to tell"}
    assert set(table["direction"]) == {""}
    assert table["q_value"].isna().all()
    assert not table["claimed"].any()
    assert len(trends.untested) == 4
    if rung == "occurrences":
        assert set(table["verdict"]) == {trends.coverage.refusal()}
        assert trends.notes[-1] == trends.coverage.refusal()
    else:
        assert table["verdict"].str.match(r"In \d+ of \d+ documents before \d{4}").all()
        assert not table["verdict"].str.contains(r"\bup\b|\bUp\b|Down", regex=True).any()


def test_undated_coarse_and_running_documents_decide_nothing_and_are_counted():
    corpus = small(300, 10)
    documents = corpus.documents.copy()
    documents.loc[:9, "date"] = pd.NaT
    documents.loc[:9, "date_precision"] = "none"
    documents.loc[10:14, "date_precision"] = "year"
    trends = fit_trends(corpus.scores, documents, freq="M", seed=1, as_of=date(2009, 6, 15))
    first = documents["date"].iloc[15:]
    running = int((first >= pd.Timestamp("2009-06-01")).sum())
    assert trends.coverage.n_dated == 285 - running
    assert trends.notes[0].startswith("15 documents without a date, or with one coarser than the ")
    assert trends.notes[1].startswith(f"{running} documents from Jun 2009 on")
    assert trends.curve["period"].max() < pd.Timestamp("2009-06-01")
    assert trends.table["last_seen"].max() >= pd.Timestamp("2009-06-01")


def test_a_running_period_cannot_make_a_change():
    corpus = small(300, 10)
    late = corpus.documents["date"].dt.year == 2009
    matrix = corpus.scores.matrix.tolil()
    matrix[np.flatnonzero(late), 1] = 5
    old = corpus.scores
    scores = Scores(matrix.tocsr(), old.doc_ids, old.items, old.n_units, old.unit)
    done = fit_trends(scores, corpus.documents, freq="Y", seed=1).table
    running = fit_trends(scores, corpus.documents, freq="Y", seed=1, as_of=date(2009, 12, 31)).table
    assert done["q_value"][1] < running["q_value"][1]
    assert not running["detected"][1]


def test_copies_are_left_out():
    corpus = small(300, 10)
    documents = corpus.documents.copy()
    documents.loc[5:, "duplicate_of"] = np.where(np.arange(295) % 10 == 0, "d000000", "")
    trends = fit_trends(corpus.scores, documents, freq="Y", seed=1)
    assert trends.coverage.n_docs == 270
    assert trends.notes[0] == "30 copies of other documents were left out."


def test_an_item_in_two_documents_is_named_as_untested():
    corpus = small(300, 10)
    matrix = corpus.scores.matrix.tolil()
    matrix[:, 3] = 0
    matrix[[3, 8], 3] = 1
    old = corpus.scores
    scores = Scores(matrix.tocsr(), old.doc_ids, old.items, old.n_units, old.unit)
    scores.matrix.eliminate_zeros()
    trends = fit_trends(scores, corpus.documents, freq="Y", seed=1)
    assert trends.untested.iloc[0].tolist() == [
        "flat 2",
        2,
        "found in 2 dated documents; 3 are needed",
    ]
    row = trends.table.iloc[3]
    assert (row["shape"], row["n_docs"]) == ("too few to tell", 2)
    assert row["verdict"].startswith("Too few to tell: in ")
    assert row["n_docs"] < ITEM_DOCS


def test_an_issuer_that_enters_late_is_named():
    corpus = small(300, 10)
    documents = corpus.documents
    order = documents["date"].argsort().to_numpy()
    entering = order[150]
    issuer = np.full(300, "North", object)
    issuer[order[150:][::2]] = "South"
    matrix = corpus.scores.matrix.tolil()
    matrix[:, 3] = 0
    matrix[order[150:][::2], 3] = 1
    old = corpus.scores
    scores = Scores(matrix.tocsr(), old.doc_ids, old.items, old.n_units, old.unit)
    scores.matrix.eliminate_zeros()
    table = documents.assign(issuer=pd.Series(issuer, dtype="str"))
    verdict = fit_trends(scores, table, freq="Y", seed=1).table["verdict"][3]
    assert "with the first document of South in it" in verdict
    assert issuer[entering] == "South"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"emerging": 0}, WatchwordsError, "number of last periods"),
        ({"emerging": 2.5}, WatchwordsError, "`emerging` is 2.5; it is a number of last periods"),
        ({"min_docs": 0}, WatchwordsError, "`min_docs` is 0; .* at least 1"),
        ({"min_docs": 2.5}, WatchwordsError, "`min_docs` is 2.5; .* whole number"),
        ({"min_effect": 0}, WatchwordsError, "`min_effect` is 0; .* at least 1"),
        ({"min_effect": "big"}, WatchwordsError, "`min_effect` is 'big'"),
        ({"seed": -1}, WatchwordsError, "`seed` is -1; .* at least 0"),
        ({"seed": 0.5}, WatchwordsError, "`seed` is 0.5; .* whole number"),
        ({"min_effect": 0.5}, WatchwordsError, "fold change"),
        ({"min_effect": float("nan")}, WatchwordsError, "fold change"),
        ({"freq": "D"}, WatchwordsError, "`freq` is 'D'"),
        ({"strata": "issuers"}, SchemaError, "did you mean `issuer`"),
    ],
)
def test_wrong_requests_are_refused_with_a_way_out(changes, error, words):
    corpus = small(60, 8)
    with pytest.raises(error, match=words):
        fit_trends(corpus.scores, corpus.documents, **{"freq": "Y", "seed": 1, **changes})


def test_documents_without_a_date_column_are_refused():
    corpus = small(60, 8)
    with pytest.raises(SchemaError, match="no column `date`"):
        fit_trends(corpus.scores, corpus.documents[["doc_id"]], freq="Y", seed=1)


def test_representations(trends):
    assert repr(trends).startswith("Trends: 120 items, 120 tested, ")
    html = trends._repr_html_()
    assert html.count("<tr") - 1 == trends.table["claimed"].sum()


def test_the_curve_is_of_detected_items_with_a_gap_where_no_document_is(corpus):
    gone = corpus.documents["date"].dt.year == 2004
    documents = corpus.documents.assign(
        date=corpus.documents["date"].mask(gone),
        date_precision=corpus.documents["date_precision"].mask(gone, "none"),
    )
    curve = fit_trends(corpus.scores, documents, freq="Y", seed=1).curve
    gap = curve["period"] == pd.Timestamp("2004-01-01")
    assert gap.any()
    assert curve.loc[gap, "observed"].isna().all()
    assert curve.loc[~gap, ["observed", "fitted", "low", "high"]].notna().all().all()
    assert (curve.loc[~gap, "low"] <= curve.loc[~gap, "fitted"]).all()


def test_items_need_no_language_and_documents_no_further_columns():
    corpus = small(200, 8)
    old = corpus.scores
    scores = Scores(old.matrix, old.doc_ids, old.items[["item"]], old.n_units, "paragraph")
    documents = corpus.documents[["doc_id", "date", "date_precision"]]
    table = fit_trends(scores, documents, freq="Y", seed=1).table
    assert table["lang"].tolist() == [""] * 4


def test_scores_without_items_give_an_empty_table():
    corpus = small(200, 8)
    trends = fit_trends(corpus.scores.select([]), corpus.documents, freq="Y", seed=1)
    assert len(trends.table) == 0
    assert len(trends.curve) == 0


def test_an_undated_corpus_gets_the_refusal_for_every_item():
    corpus = small(30, 6)
    documents = corpus.documents.assign(date=pd.NaT, date_precision="none")
    documents["date"] = documents["date"].astype("datetime64[s]")
    trends = fit_trends(corpus.scores, documents, freq="M", seed=1, as_of=date(2026, 11, 21))
    assert len(trends.table) == 4
    assert set(trends.table["verdict"]) == {trends.coverage.refusal()}
    assert trends.table[["first_seen", "early_end"]].isna().all(axis=None)
    assert not trends.table["claimed"].any()


def test_a_rise_in_share_but_not_in_rate_is_no_clear_change():
    corpus = small(600, 12)
    old = corpus.scores
    late = corpus.documents["date"].dt.year.to_numpy() >= 2006
    rng = np.random.default_rng(2)
    present = rng.random(600) < np.where(late, 0.25, 0.1)
    matrix = old.matrix.tolil()
    matrix[:, 3] = np.where(present, np.where(late, 1, 20), 0).reshape(-1, 1)
    scores = Scores(matrix.tocsr(), old.doc_ids, old.items, old.n_units, old.unit)
    scores.matrix.eliminate_zeros()
    row = fit_trends(scores, corpus.documents, freq="Y", min_effect=1.0, seed=1).table.iloc[3]
    assert (row["detected"], row["direction"], row["claimed"]) == (True, "up", False)
    assert row["effect_low"] > 1
    assert row["verdict"].startswith("No clear change: in ")
    assert "per 10,000 words early" in row["verdict"]
