"""What may stand on the first page: silences first, both comparisons, concepts in translation."""

from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.claims import headlined, months_in_words
from watchwords.briefs.screen import headlines, recent_silences
from watchwords.briefs.silences import silence_segments
from watchwords.briefs.sources import translated_languages


def judged(*rows):
    """Rows of (item, kind, direction, changes of the defaults)."""
    default = {
        "lang": "en",
        "k_early": 40,
        "n_early": 60,
        "k_late": 2,
        "n_late": 100,
        "n_docs": 42,
        "q_value": 0.001,
        "claimed": True,
        "ignored": False,
        "lately": True,
        "months_agree": True,
        "months_after": False,
        "silent": False,
        "k_steady": 0,
        "n_steady": 0,
        "n_silent": 0,
        "p_silent": float("nan"),
        "months": 0,
    }
    table = [
        {**default, "item": item, "label": item, "kind": kind, "direction": way, **changed}
        for item, kind, way, changed in rows
    ]
    return pd.DataFrame(table)


SILENCE = {"silent": True, "k_steady": 40, "n_steady": 180, "n_silent": 40, "p_silent": 1e-4}
SCREEN = judged(
    ("old ledger", "concept", "down", {}),
    ("quiet ledger", "term", "down", SILENCE),
    ("quiet lantern", "concept", "down", {**SILENCE, "p_silent": 1e-3}),
    ("long quiet", "concept", "down", {**SILENCE, "n_silent": 51}),
    ("short quiet", "concept", "down", {**SILENCE, "n_silent": 29}),
    ("new ledger", "concept", "up", {"k_early": 2, "k_late": 40, "months_agree": False}),
)


def test_silences_come_first_concepts_before_terms_and_once_each():
    chosen = headlines(SCREEN)
    assert list(chosen["item"])[:2] == ["quiet lantern", "quiet ledger"]
    assert chosen["as_silence"].tolist() == [True, True, False, False, False]
    assert chosen["item"].is_unique


def test_a_silence_is_recent_and_has_documents_enough():
    assert set(recent_silences(SCREEN)["item"]) == {"quiet ledger", "quiet lantern"}
    assert recent_silences(SCREEN.assign(ignored=True)).empty


def test_at_most_two_silences_stand_on_the_first_page():
    many = judged(*[(f"quiet {number}", "concept", "down", SILENCE) for number in range(5)])
    assert headlines(many)["as_silence"].sum() == 2


def test_silences_of_single_words_stand_where_there_is_room():
    words = judged(("quiet", "term", "down", SILENCE), ("old ledger", "term", "down", {}))
    assert list(headlines(words)["item"]) == ["old ledger", "quiet"]
    assert headlines(words, n=1)["item"].tolist() == ["old ledger"]


def test_what_the_year_before_contradicts_is_not_headlined():
    assert "new ledger" not in set(headlines(SCREEN)["item"])
    agreeing = SCREEN.assign(months_agree=True)
    assert "new ledger" in set(headlines(agreeing)["item"])


def desk(translation):
    documents = pd.DataFrame({"lang": "en", "translation": [translation] * 9 + ["original"]})
    return SimpleNamespace(
        counted=documents,
        trends=SCREEN,
        spoken=["en"],
        judged={"en": None},
        concepts=pd.DataFrame({"concept_id": ["old ledger"], "category": ["x"]}),
        evidence={},
        report=SimpleNamespace(freq="M", noun="notice", nouns="notices"),
    )


@pytest.mark.parametrize(
    ("translation", "languages"),
    [("machine", {"en"}), ("official", {"en"}), ("original", set()), ("unknown", set())],
)
def test_in_translation_only_concepts_are_headlined(translation, languages):
    work = desk(translation)
    assert translated_languages(work) == languages
    assert ("quiet ledger" in set(headlined(work)["item"])) == (not languages)


def test_a_silence_is_worded_with_its_arithmetic():
    row = pd.Series(
        {
            **SILENCE,
            "lang": "en",
            "expected_silent": 40 * 40 / 180,
            "steady_start": pd.Timestamp("2021-01-01"),
            "silence_start": pd.Timestamp("2024-07-01"),
        }
    )
    parts = silence_segments(desk("original"), row, key="e")
    text = "".join(part if isinstance(part, str) else part["text"] for part in parts)
    assert text == (
        "Expected in about 9 of 40 notices since Jul 2024, found in none (up to 9 % would still "
        "be compatible). Before, from Jan 2021 to Jun 2024: in 40 of 180 (22 %, 95 % interval "
        "17–29 %). Had that rate gone on, none in 40 would have a probability of 0.0001."
    )


def test_months_are_worded_beside_the_year_before():
    row = {"months": 3, "recent_start": pd.Timestamp("2024-09-01"), "k_recent": 9, "n_recent": 41}
    row |= {"k_year_before": 2, "n_year_before": 38, "months_after": False}
    said = "In September to November 2024 in 9 of 41, in the same months of 2023 in 2 of 38."
    assert months_in_words(pd.Series(row)) == said
    late = pd.Series(row | {"months_after": True})
    assert months_in_words(late) == said[:-1] + ", both after the change."
    assert months_in_words(pd.Series({"months": 0})) == ""
