import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.simulate import simulate_translators
from watchwords.trends import fit_trends
from watchwords.trends.translation import join_translators, rests_on_translations


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


def test_a_tenth_of_translations_is_too_few_to_matter():
    matrix = sparse.csc_array(np.ones((20, 2), np.int32))
    translated = np.arange(20) < 2
    kinds = np.array(["term", "concept"], object)
    assert rests_on_translations(matrix, translated, kinds).tolist() == [False, False]
    assert rests_on_translations(matrix, np.arange(20) < 3, kinds).tolist() == [True, False]


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


def test_where_only_terms_are_counted_in_translation_nothing_is_tested(corpus, terms):
    only = corpus.scores.select(corpus.scores.items["item"][terms].tolist())
    trends = fit_trends(only, corpus.documents, freq="Y", seed=1)
    assert trends.evidence.empty
    assert trends.notes[0].startswith("No item was tested: ")
    assert trends.notes[0].endswith(", translations apart.")
