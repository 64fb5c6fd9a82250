import pandas as pd
import pytest

from watchwords.concepts import count_concepts, match_concepts, summarize_concepts
from watchwords.concepts.summary import count_forms
from watchwords.tokens import tokenize

CONCEPTS = pd.DataFrame(
    {
        "concept_id": ["war", "war", "control", "peace"],
        "lang": ["en", "zh", "en", "en"],
        "form": ["cold war", "冷战", "dual control", "peace"],
        "first_use": ["1946-03", "", "", ""],
        "first_use_confidence": ["high", "", "", ""],
        "needs_context": [0, 0, 1, 0],
    }
)
_TEXTS = [
    "The Cold War, the cold-war years.",
    "cold war; dual control",
    "Nothing. Dual controls.",
    "A cold war without date.",
    "the cold war",
]


def _summary(dates, precision="day", **columns):
    table = pd.DataFrame({"doc_id": list("abcde"), "lang": "en", "text": _TEXTS})
    table["date"] = pd.to_datetime(dates).astype("datetime64[s]")
    tokens = tokenize(table.assign(date_precision=precision, duplicate_of="").assign(**columns))
    hits = match_concepts(tokens, CONCEPTS)
    return summarize_concepts(tokens, hits, CONCEPTS).set_index("concept_id"), tokens, hits


def test_a_line_says_where_since_when_and_in_which_forms():
    summary, *_ = _summary(["1950", "1948", "1947", None, "1950"])
    line = summary.loc["war"]
    assert (line["n_docs"], line["n_docs_total"], line["n"]) == (4, 5, 5)
    assert line["forms"] == [("cold war", 4), ("cold-war", 1)]
    assert (line["first_seen"].year, line["first_doc"]) == (1948, "b")
    assert (line["last_seen"].year, line["last_doc"]) == (1950, "e")
    assert line["n_undated"] == 1
    assert line["flag"] == ""
    assert line["label"] == "cold war"


def test_what_needs_context_is_shown_and_not_counted():
    summary, *_ = _summary(["1950"] * 5)
    line = summary.loc["control"]
    assert (line["n_docs"], line["n"], line["forms"]) == (0, 0, [])
    assert (line["n_unresolved"], line["unresolved"]) == (
        2,
        [("Dual controls", 1), ("dual control", 1)],
    )
    assert pd.isna(line["first_seen"])
    assert (line["first_doc"], line["last_doc"]) == ("", "")


def test_a_concept_that_is_nowhere_has_its_line():
    summary, *_ = _summary(["1950"] * 5)
    assert summary.loc["peace", ["n_docs", "n_docs_total", "n"]].tolist() == [0, 5, 0]
    assert summary["lang"].tolist() == ["en", "en", "en"]


@pytest.mark.parametrize(
    ("date", "precision", "flag"),
    [
        ("1946-02-28", "day", "found on 1946-02-28 in a, before the first known use (1946-03)"),
        ("1946-03-01", "day", ""),
        ("1946-01-01", "year", ""),
        ("1945-01-01", "year", "found in 1945 in a, before the first known use (1946-03)"),
        ("1946-02-01", "month", "found in 1946-02 in a, before the first known use (1946-03)"),
        ("1946-03-01", "month", ""),
        (None, "none", ""),
    ],
)
def test_a_hit_surely_older_than_the_first_known_use_is_flagged(date, precision, flag):
    summary, *_ = _summary([date] * 5, precision)
    assert summary.loc["war", "flag"] == flag


def test_reprints_count_neither_above_nor_below_the_line():
    summary, *_ = _summary(["1950"] * 5, duplicate_of=["", "a", "", "", "a"])
    line = summary.loc["war"]
    assert (line["n_docs"], line["n_docs_total"], line["n"]) == (2, 3, 3)


def test_the_summary_and_the_scores_agree():
    summary, tokens, hits = _summary(["1950"] * 5)
    scores = count_concepts(tokens, hits, CONCEPTS)
    assert summary.loc[scores.items["item"], "n_docs"].tolist() == scores.n_docs().tolist()
    assert summary["n"].sum() == scores.matrix.sum()


def test_languages_stay_apart():
    table = pd.DataFrame(
        {"doc_id": ["x", "y"], "lang": ["en", "zh"], "text": ["cold war", "冷战 peace"]}
    )
    tokens = tokenize(table)
    summary = summarize_concepts(tokens, match_concepts(tokens, CONCEPTS), CONCEPTS)
    lines = summary.set_index(["concept_id", "lang"])["n_docs"].to_dict()
    found = {("war", "en"): 1, ("war", "zh"): 1, ("peace", "zh"): 1}
    assert lines == found | {("control", "en"): 0, ("peace", "en"): 0}


def test_no_hit_at_all():
    summary, tokens, hits = _summary(["1950"] * 5)
    empty = summarize_concepts(tokens, hits[:0], CONCEPTS)
    assert empty["n"].sum() == 0
    assert empty["first_seen"].dtype == summary["first_seen"].dtype == "datetime64[s]"


def test_spellings_of_a_form_are_shown_as_the_commonest():
    forms = pd.Series(["Navy", "navy", "NAVY", "navy", "navies"])
    assert count_forms(forms) == [("navy", 4), ("navies", 1)]
    assert count_forms(forms[:0]) == []


def test_texts_and_who_prints_them_stand_side_by_side():
    columns = {
        "duplicate_of": ["", "a", "", "", "a"],
        "same_text_as": ["", "a", "", "a", "a"],
        "issuer": ["Tinghe", "Tinghe", "", "Luyang", ""],
        "source": ["Daily", "Evening", "", "Daily", "Night"],
    }
    summary, *_ = _summary(["1950"] * 5, **columns)
    line = summary.loc["war"]
    # The concept is in a, b, d and e; a, b and e are one print of a text that d has too.
    assert (line["n_docs"], line["n_texts"], line["n_prints"]) == (2, 1, 4)
    assert (line["n_issuers_printing"], line["n_sources_printing"]) == (3, 3)


def test_without_issuers_the_sources_print():
    summary, *_ = _summary(["1950"] * 5, source=["A", "B", "C", "C", ""])
    line = summary.loc["war", ["n_texts", "n_issuers_printing", "n_sources_printing"]]
    assert line.tolist() == [4, 3, 3]
    assert summary.loc["peace", "n_prints"] == 0
