import numpy as np
import pandas as pd
import pytest

from watchwords.concepts import count_concepts, match_concepts
from watchwords.errors import EmptyCorpusError
from watchwords.rates import period_rates
from watchwords.tokens import tokenize

CONCEPTS = pd.DataFrame(
    {
        "concept_id": ["carbon", "carbon", "control", "peace"],
        "lang": ["en", "zh", "en", "en"],
        "form": ["dual carbon", "双碳", "dual control", "peace"],
        "label": ["Dual carbon", "", "", ""],
        "needs_context": [0, 0, 1, 0],
    }
)


def _corpus():
    table = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c", "d", "e"],
            "lang": ["en", "en", "en", "zh", "fr"],
            "text": [
                "Dual carbon and dual-carbon goals, 双碳.",
                "Dual control only.",
                "Dual carbon and dual-carbon goals, 双碳.",
                "双碳目标",
                "Rien sur 双碳.",
            ],
            "duplicate_of": ["", "", "a", "", ""],
            "date": pd.to_datetime(["2021-01-05", "2021-06-01", "2022-01-01"] + [None] * 2),
            "date_precision": ["day", "day", "day", "none", "none"],
        }
    )
    tokens = tokenize(table)
    return tokens, match_concepts(tokens, CONCEPTS)


def test_counts_by_document_hold_every_concept_and_every_document():
    tokens, hits = _corpus()
    scores = count_concepts(tokens, hits, CONCEPTS)
    assert scores.doc_ids.tolist() == ["a", "b"]
    assert scores.items["item"].tolist() == ["carbon", "control", "peace"]
    assert scores.items["label"].tolist() == ["Dual carbon", "dual control", "peace"]
    assert set(scores.items["kind"]) == {"concept"}
    assert scores.matrix.toarray().tolist() == [[3, 0, 0], [0, 0, 0]]
    assert scores.matrix.dtype == np.int32
    assert scores.n_units.tolist() == tokens.n_units()[:2].tolist()
    assert scores.unit == "word"


def test_reprints_are_counted_on_request_only():
    tokens, hits = _corpus()
    scores = count_concepts(tokens, hits, CONCEPTS, keep_duplicates=True)
    assert scores.doc_ids.tolist() == ["a", "b", "c"]
    assert scores.n_docs().tolist() == [2, 0, 0]


def test_chinese_is_counted_apart_and_only_where_somebody_looked():
    tokens, hits = _corpus()
    scores = count_concepts(tokens, hits, CONCEPTS, lang="zh")
    assert scores.items["item"].tolist() == ["carbon"]
    assert scores.matrix.toarray().tolist() == [[1]]
    assert (scores.unit, scores.n_units.tolist()) == ("character", [4])


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_a_language_that_cannot_be_counted_is_an_error(lang):
    tokens, hits = _corpus()
    with pytest.raises(EmptyCorpusError, match=rf"`lang` is '{lang}'.* in: `en`, `zh`"):
        count_concepts(tokens, hits, CONCEPTS, lang=lang)


def test_rates_come_from_the_scores():
    tokens, hits = _corpus()
    scores = count_concepts(tokens, hits, CONCEPTS)
    rates = period_rates(scores, tokens.documents, freq="Y")
    carbon = rates[rates["item"] == "carbon"].iloc[0]
    assert (carbon["n"], carbon["n_docs"], carbon["n_docs_total"]) == (3, 1, 2)


def test_counting_does_not_change_its_arguments():
    tokens, hits = _corpus()
    before = hits.copy(), tokens.documents.copy(), CONCEPTS.copy()
    count_concepts(tokens, hits, CONCEPTS)
    for now, then in zip((hits, tokens.documents, CONCEPTS), before, strict=True):
        pd.testing.assert_frame_equal(now, then)
