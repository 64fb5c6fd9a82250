import numpy as np
import pandas as pd
import pytest

from watchwords.errors import WatchwordsError
from watchwords.schema import check_table
from watchwords.simulate import (
    KINDS,
    shuffle_dates,
    simulate_scores,
    simulate_sources,
    simulate_translators,
)


@pytest.fixture(scope="module")
def corpus():
    return simulate_scores(dict.fromkeys(KINDS, 4), n_docs=4000, n_periods=24, freq="M", seed=2)


def test_documents_and_scores_fit_together(corpus):
    check_table("documents", corpus.documents)
    assert corpus.scores.align(corpus.documents)["doc_id"].tolist() == list(corpus.scores.doc_ids)
    assert corpus.truth["item"].tolist() == corpus.scores.items["item"].tolist()


def test_documents_become_more_numerous(corpus):
    year = corpus.documents["date"].dt.year
    assert (year == 2001).sum() > 1.4 * (year == 2000).sum()


@pytest.mark.parametrize("kind", ["rising", "step up", "appeared"])
def test_planted_rises_are_in_the_counts(corpus, kind):
    late = (corpus.documents["date"].dt.year == 2001).to_numpy()
    columns = np.flatnonzero(corpus.truth["kind"] == kind)
    share = corpus.scores.matrix[:, columns].toarray() > 0
    assert (share[late].mean(axis=0) > 1.5 * share[~late].mean(axis=0)).all()


def test_nothing_is_found_before_its_onset_or_after_its_end(corpus):
    for number, row in enumerate(corpus.truth.itertuples()):
        dates = corpus.documents["date"][corpus.scores.matrix[:, [number]].nonzero()[0]]
        if row.kind == "appeared":
            assert dates.min() >= row.onset
        if row.kind == "vanished":
            assert dates.max() < row.end


def test_clustered_items_repeat_inside_documents(corpus):
    column = np.flatnonzero(corpus.truth["kind"] == "clustered")
    counts = corpus.scores.matrix[:, column].toarray()
    assert counts[counts > 0].mean() > 5


def test_same_seed_same_corpus():
    first, second = (simulate_scores({"burst": 2}, n_docs=90, seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(first.documents, second.documents)
    assert (first.scores.matrix != second.scores.matrix).nnz == 0


def test_shuffling_moves_dates_only(corpus):
    shuffled = shuffle_dates(corpus.documents, seed=1)
    assert sorted(shuffled["date"]) == sorted(corpus.documents["date"])
    assert not shuffled["date"].equals(corpus.documents["date"])
    pd.testing.assert_frame_equal(
        shuffled.drop(columns=["date", "date_precision", "date_basis"]),
        corpus.documents.drop(columns=["date", "date_precision", "date_basis"]),
    )


def test_sources_differ_but_do_not_change():
    corpus = simulate_sources(seed=1)
    south = (corpus.documents["issuer"] == "South").to_numpy()
    late = (corpus.documents["date"].dt.year > 2005).to_numpy()
    assert south[late].mean() > 2 * south[~late].mean()
    counts = corpus.scores.matrix.toarray()[:, ::2]
    assert counts[south].mean() > 3 * counts[~south].mean()
    assert counts[south & late].mean() == pytest.approx(counts[south & ~late].mean(), rel=0.15)


def test_an_unknown_kind_names_the_nearest():
    with pytest.raises(WatchwordsError, match="did you mean `rising`"):
        simulate_scores({"rizing": 1}, seed=1)


def test_rising_items_rise_in_every_source():
    corpus = simulate_sources(n_items=10, n_rising=10, seed=1)
    assert corpus.truth["changes"].tolist() == [False] * 10 + [True] * 10
    south = (corpus.documents["issuer"] == "South").to_numpy()
    late = (corpus.documents["date"].dt.year > 2005).to_numpy()
    counts = corpus.scores.matrix.toarray()[:, 10:]
    for source in (south, ~south):
        assert counts[source & late].mean() > 1.5 * counts[source & ~late].mean()


def test_translators_change_the_rendering_of_every_concept_and_nothing_else():
    corpus = simulate_translators(seed=1)
    check_table("documents", corpus.documents)
    second = (corpus.documents["translator"] == "Second").to_numpy()
    assert corpus.documents["date"][second].min() > corpus.documents["date"][~second].max()
    concept, before, anew = np.split(corpus.scores.matrix.toarray(), 3, axis=1)
    assert (before + anew == concept).all()
    assert before[~second].sum() > 10 * anew[~second].sum()
    assert anew[second].sum() > 10 * before[second].sum()
    terms = corpus.scores.items["kind"] == "term"
    assert not corpus.truth["changes"][terms].any()
    assert corpus.truth["changes"].sum() == 8
