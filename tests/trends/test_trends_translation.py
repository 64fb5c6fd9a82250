import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores, simulate_translators
from watchwords.trends import fit_trends
from watchwords.trends.translation import join_translators


@pytest.fixture(scope="module")
def corpus():
    return simulate_translators(seed=2)


@pytest.fixture(scope="module")
def terms(corpus):
    return (corpus.scores.items["kind"] == "term").to_numpy()


def test_another_translator_changes_no_term_but_concepts_may_change(corpus, terms):
    trends = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    flat = ~corpus.truth["item"].str.startswith("rising").to_numpy()
    assert not trends.table["detected"][terms].any()
    # Within what each translator wrote, the renderings of what does not change do not change.
    assert trends.table["detected"][flat].mean() < 0.02
    changes = corpus.truth["changes"].to_numpy()
    assert trends.table["claimed"][changes].mean() > 0.7
    assert "cannot tell translator from time" in trends.notes[-1]
    assert trends.strata["stratum"].tolist() == ["translated by First", "translated by Second"]


def test_in_translation_terms_are_counted_but_not_tested(corpus, terms):
    unnamed = corpus.documents.assign(translator=pd.Series("", corpus.documents.index, dtype="str"))
    trends = fit_trends(corpus.scores, unnamed, freq="Y", seed=1)
    words = trends.table[terms]
    assert not words["detected"].any()
    assert words["q_value"].isna().all()
    assert (words["direction"] == "").all()
    assert words["verdict"].str.startswith("Counted in translation, where a change of").all()
    assert set(trends.untested["item"]) == set(words["item"])
    assert (trends.untested["reason"].str.startswith("Counted in translation")).all()
    assert trends.table["claimed"][corpus.truth["changes"]].all()
    assert any("2,400 of 2,400 documents counted in translation" in note for note in trends.notes)


def test_the_same_texts_as_originals_make_claims(corpus, terms):
    original = corpus.documents.assign(
        translation=pd.Series("original", corpus.documents.index, dtype="str")
    )
    trends = fit_trends(corpus.scores, original, freq="Y", seed=1)
    assert trends.table["claimed"][terms].mean() > 0.9


@pytest.fixture(scope="module")
def originals():
    """Terms and concepts whose courses are known, in originals."""
    corpus = simulate_scores({"step up": 4, "flat": 14}, n_docs=450, n_periods=6, seed=5)
    old = corpus.scores
    kind = np.where(np.arange(18) % 3 == 0, "concept", "term")
    items = old.items.assign(kind=pd.Series(kind, dtype="str"))
    return Scores(old.matrix, old.doc_ids, items, old.n_units, old.unit), corpus.documents


def add_translations(scores, documents, share, *, late=False):
    """Mark documents, whose wordings another translator has put into other words."""
    chance = np.random.default_rng(7).random(len(documents))
    year = documents["date"].dt.year.to_numpy()
    marked = chance < np.where(year > np.median(year), 2 * share, 0) if late else chance < share
    matrix = sparse.lil_array(scores.matrix)
    term = (scores.items["kind"] == "term").to_numpy()
    matrix[np.ix_(np.flatnonzero(marked), np.flatnonzero(term)[:4])] = 0
    matrix[np.ix_(np.flatnonzero(marked), np.flatnonzero(term)[4:8])] = 1
    words = pd.Series(np.where(marked, "official", "original"), dtype="str")
    joined = Scores(
        sparse.csr_array(matrix), scores.doc_ids, scores.items, scores.n_units, scores.unit
    )
    return joined, documents.assign(translation=words), marked


@pytest.mark.parametrize(("share", "late"), [(0.15, False), (0.05, True)])
def test_wordings_are_judged_as_if_there_were_only_the_originals(originals, share, late):
    scores, documents, marked = add_translations(*originals, share, late=late)
    trends = fit_trends(scores, documents, freq="Y", seed=1)
    term = (scores.items["kind"] == "term").to_numpy()
    wordings = scores.select(scores.items["item"][term].tolist())
    apart = Scores(
        wordings.matrix[~marked],
        wordings.doc_ids[~marked],
        wordings.items,
        wordings.n_units[~marked],
        wordings.unit,
    )
    alone = fit_trends(apart, documents[~marked].reset_index(drop=True), freq="Y", seed=1)
    said = ["item", "q_value", "claimed", "shape", "onset", "k_early", "n_early", "k_late"]
    own = trends.table[term].reset_index(drop=True)
    pd.testing.assert_frame_equal(own[said], alone.table[said])
    assert own["q_value"].notna().all()
    n = len(documents) - marked.sum()
    words = own["verdict"].str
    assert words.contains(f"Counted and tested among the {n:,} originals only.", regex=False).all()
    assert any(f"12 items tested on {n} dated originals in 6 years" in t for t in trends.notes)
    assert trends.evidence["item"].is_monotonic_increasing


def test_concepts_are_judged_in_originals_and_translations(originals):
    scores, documents, _ = add_translations(*originals, 0.15)
    concept = (scores.items["kind"] == "concept").to_numpy()
    both = fit_trends(scores, documents, freq="Y", seed=1).table[concept].reset_index(drop=True)
    only = scores.select(scores.items["item"][concept].tolist())
    pd.testing.assert_frame_equal(both, fit_trends(only, documents, freq="Y", seed=1).table)
    assert both["n_early"].iloc[0] + both["n_late"].iloc[0] > 250


def test_where_originals_are_too_few_nothing_but_concepts_is_tested(originals):
    scores, documents = originals
    first = np.arange(len(documents)) < 15
    words = pd.Series(np.where(first, "original", "machine"), dtype="str")
    trends = fit_trends(scores, documents.assign(translation=words), freq="Y", seed=1)
    term = (scores.items["kind"] == "term").to_numpy()
    assert trends.table["q_value"].isna().tolist() == term.tolist()
    assert trends.table["verdict"][term].str.startswith("Counted in translation in part, ").all()


def test_what_the_corpus_begins_with_is_told_by_all_documents(originals):
    scores, documents = originals
    late = documents["date"].dt.year > documents["date"].dt.year.min() + 1
    words = pd.Series(np.where(late, "original", "official"), dtype="str")
    table = fit_trends(scores, documents.assign(translation=words), freq="Y", seed=1).table
    first = table["first_seen"].dt.year > documents["date"].dt.year.min()
    present = table["verdict"].str.contains("Already present when the corpus begins")
    assert (present == ~first).all()


def test_translators_join_the_strata_that_were_asked_for():
    documents = pd.DataFrame(
        {
            "issuer": ["Hill", "Hill", "Dale"],
            "translation": ["official", "original", "machine"],
            "translator": ["Wu", "Wu", ""],
        }
    )
    joined, strata = join_translators(documents, "issuer")
    assert strata == "issuer and translator"
    assert joined[strata].tolist() == [
        "Hill; translated by Wu",
        "Hill; ",
        "Dale; translator unknown",
    ]
    assert "issuer and translator" not in documents
    one = documents.assign(translator="Wu")
    assert join_translators(one, "issuer")[1] == "issuer"


def test_no_items_and_translations_are_no_error(originals):
    scores, documents = originals
    words = pd.Series("official", documents.index, dtype="str")
    none = fit_trends(scores.select([]), documents.assign(translation=words), freq="Y", seed=1)
    assert none.table.empty
    assert none.untested.empty


def test_where_only_terms_are_counted_in_translation_nothing_is_tested(corpus, terms):
    only = corpus.scores.select(corpus.scores.items["item"][terms].tolist())
    trends = fit_trends(only, corpus.documents, freq="Y", seed=1)
    assert trends.evidence.empty
    assert trends.notes[0].startswith("No item was tested: ")
    assert trends.notes[0].endswith(", translations apart.")
