"""What may stand on the first page: silences first, both comparisons, concepts in translation."""

from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.claims import finding_exhibits, headlined, months_in_words
from watchwords.briefs.screen import headlines, recent_silences
from watchwords.briefs.silences import silence_segments
from watchwords.briefs.sources import translated_languages

FOUND = {"sentence": "It was a quiet ledger.", "at": 9, "form": "quiet ledger", "title": "A"}


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
        "17–29 %). Had that rate gone on, none in 40 would have a probability of 0.0001; the "
        "lengths of the notices are not weighed."
    )
    noted = silence_segments(desk("original"), row, key="e", footnote=True)
    notes = [part for part in noted if isinstance(part, dict) and "footnote" in part]
    assert len(notes) == 1
    assert "".join(p if isinstance(p, str) else p["text"] for p in noted) == text


def test_months_are_worded_beside_the_year_before():
    row = {"months": 3, "recent_start": pd.Timestamp("2024-09-01"), "k_recent": 9, "n_recent": 41}
    row |= {"k_year_before": 2, "n_year_before": 38, "months_after": False}
    said = "In September to November 2024 in 9 of 41, in the same months of 2023 in 2 of 38."
    assert months_in_words(pd.Series(row)) == said
    late = pd.Series(row | {"months_after": True})
    assert months_in_words(late) == said[:-1] + ", both after the change."
    assert months_in_words(pd.Series({"months": 0})) == ""


def front(trends, **meta):
    work = desk("original")
    hits = pd.DataFrame([{"item": "x", "lang": "en", "doc_id": "a", "url": "", **FOUND}])
    days = {"date": pd.to_datetime(["2024-06-01"]), "date_precision": "day"}
    work.__dict__.update(
        trends=trends,
        rung="direction",
        meta={"n_tested_en": 0, "notes": [], **meta},
        evidence={f"{kind}-en-quiet-ledger": hits.assign(**days) for kind in ("concept", "term")},
        deciding=SimpleNamespace(n_periods=30),
        table=lambda _: hits,
    )
    work.report.__dict__.update(strata=None, min_docs=5)
    work.counted = work.counted.assign(issuer="", source="")
    return work


def test_where_nothing_is_tested_the_reason_is_said():
    (note,) = finding_exhibits(front(SCREEN[:0]))
    assert note.paragraphs == [
        "Nothing was tested: no watched concept was found, and no other wording is in 5 or more "
        "notices."
    ]
    few = SCREEN.assign(claimed=False, n_docs=2, silent=False)
    (note,) = finding_exhibits(front(few, untested={"en": {"found in 2 dated documents": 6}}))
    assert note.paragraphs == [
        "Nothing was tested: a test needs 3 notices with the item, dated at least to the month, "
        "in months that have ended, and no item that was looked for has so many."
    ]
    for reason in ("Counted partly in translation, where …", "found in 1 dated original"):
        (note,) = finding_exhibits(front(few, untested={"en": {reason: 9, "found in 2": 6}}))
        assert note.paragraphs == [
            "Nothing was tested: wordings other than watched concepts are tested in originals "
            "only, since a change of translator looks like a change of wording, and too few "
            "originals have them; no watched concept is in 3 notices dated at least to the month, "
            "in months that have ended."
        ]
    nothing = front(SCREEN.assign(claimed=False, silent=False), n_tested_en=1)
    assert finding_exhibits(nothing)[0].paragraphs == ["No change shown among 1 item tested."]


def few_claims(**changed):
    """A wording, two of its parts and a name, in spans too short for a finding."""
    names = ("grand new harvest", "new harvest", "grand harvest", "President Zhou")
    table = judged(*[(name, "term", "up", {"k_early": 0, "n_early": 9}) for name in names])
    led = ["", "grand new harvest", "grand new harvest", ""]
    ignored = [False, False, False, True]
    return table.assign(variant_of=led, ignored=ignored, k_late=9, **changed)


def test_a_change_is_counted_once_as_it_was_tested():
    (note,) = finding_exhibits(front(few_claims(), n_tested_en=1))
    assert note.paragraphs == [
        "1 change of 1 item tested passes the test, but the spans that are compared have 9 and "
        "100 notices, and a finding in words needs 30 in each. It is listed with counts in the "
        "annex."
    ]
    (note,) = finding_exhibits(front(few_claims(n_docs=9, n_late=60), n_tested_en=7))
    assert note.paragraphs[0].startswith("1 change of 7 items tested passes the test, but")
    (note,) = finding_exhibits(front(few_claims()[3:], n_tested_en=7))
    assert note.paragraphs == [
        "No change shown among 7 items tested, names and reporting frames apart."
    ]


def test_the_spans_that_are_too_short_are_named_with_their_language():
    chinese = few_claims(lang="zh").assign(n_early=8)
    both = pd.concat([few_claims(n_docs=9).assign(n_early=40), chinese], ignore_index=True)
    work = front(both, n_tested_en=1, n_tested_zh=2)
    work.judged, work.spoken = {"en": None, "zh": None}, ["en", "zh"]
    (note,) = finding_exhibits(work)
    assert note.paragraphs[0].startswith(
        "2 changes of 3 items tested pass the test, but the spans that are compared have 8 and "
        "100 notices in Chinese, and"
    )


def test_the_first_page_keeps_its_footnote_where_a_silence_comes_first():
    quiet = judged(("quiet ledger", "term", "down", SILENCE)).assign(
        expected_silent=8.9,
        steady_start=pd.Timestamp("2021-01-01"),
        silence_start=pd.Timestamp("2024-07-01"),
        last_seen=pd.Timestamp("2024-06-01"),
        last_precision="month",
        variant_of="",
    )
    parts = judged(*[(item, "term", "down", {}) for item in ("quiet", "ledger", "a", "b")])
    table = pd.concat([quiet, parts.assign(variant_of="quiet ledger", n_docs=[9, 8, 7, 6])])
    finding, *_ = finding_exhibits(front(table.reset_index(drop=True), n_tested_en=40))
    assert finding.headline == "“quiet ledger” is not found since June 2024."
    assert any("footnote" in part for part in finding.segments if isinstance(part, dict))
    assert " In nearly the same notices, also: “quiet”, “ledger”, “a” and 1 more." in (
        finding.segments
    )


def test_a_burst_is_not_said_to_be_down():
    days = {"onset": "2015-03-01", "end": "2017-05-01", "first_seen": "2015-03-04"}
    days |= {"last_seen": "2024-06-01", "early_end": "2018-01-01", "late_start": "2021-01-01"}
    counts = {"k_before": 1, "n_before": 29, "k_within": 40, "n_within": 60, "k_after": 2}
    burst = judged(("quiet ledger", "term", "down", {"shape": "burst", **counts, "n_after": 90}))
    work = front(burst.assign(variant_of="", **pd.to_datetime(pd.Series(days))), n_tested_en=40)
    work.counted = work.counted.assign(
        doc_id=list("abcdefghij"), date=pd.Timestamp("2024-06-01"), date_precision="day"
    )
    finding, *_ = finding_exhibits(work)
    assert finding.headline == "“quiet ledger” is found mainly between Mar 2015 and Apr 2017."
    told = "".join(part if isinstance(part, str) else part["text"] for part in finding.segments)
    assert told.startswith(
        "In 40 of 60 notices then (67 %, 95 % interval 54–77 %), in 1 of 29 before and 2 of 90 "
        "after."
    )
