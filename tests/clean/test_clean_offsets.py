import json
import re
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.clean import CleanedText, clean_text, clean_with_offsets
from watchwords.clean.edits import align, apply_edits
from watchwords.clean.offsets import Trace
from watchwords.clean.scripts import split_scripts
from watchwords.clean.text import BY_LANGUAGE, FOR_ALL

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "cleaning.jsonl"
PIECES = st.sampled_from(
    [
        *"aAbZ19 \n.,;:!?\"'()[]<&-–“”‘’„«»，。、；：（）「」《》　市委会议Ａ１ﬁ·`",
        *"\u00ad\u200b\ud800\u00a0âÃÂ¡¯€鈥\u0301\u1161가\u212b豈ｱв\x85\x0c",
        *("&amp;", "<p>", "[Print]\n", "- 3 -\n", "self-\n", "â€œ", '""', "(dòng)", ".The"),
        *(
            "ropes hold and nets ",
            "会议强调，要抓好",
            "\n会议\n",
            "¼á³Ö",
            "绋充腑姹傝繘",
            "e\u0301",
        ),
        *("Views: 3\n", "“两个\n维护”", "''x''", "``y''", "2021-\n25", "\u201ctwo \u201d", "the\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
LANGS = st.sampled_from(["en", "zh", "fr", ""])


def folded(text):
    return unicodedata.normalize("NFKC", text)


@settings(max_examples=80, deadline=None)
@given(TEXTS, LANGS)
def test_offsets_lead_back_to_the_same_letters(raw, lang):
    cleaned = clean_with_offsets(raw, lang=lang)
    text, offsets, ends = cleaned.text, cleaned.offsets, cleaned.ends
    assert text == clean_text(raw, lang=lang)
    assert offsets.dtype == np.int32
    assert len(offsets) == len(text) + 1
    assert offsets[-1] == len(raw)
    assert (np.diff(offsets) >= 0).all()
    assert (np.diff(ends) >= 0).all()
    assert (ends >= offsets[:-1]).all()
    for at, sign in enumerate(text):
        source = raw[offsets[at] : ends[at]]
        if sign.isalnum():
            assert source
            if len(source) == 1 and source.isascii():
                assert folded(sign) == source


@settings(max_examples=50, deadline=None)
@given(TEXTS, LANGS)
def test_every_step_can_be_followed(raw, lang):
    for step in (*FOR_ALL, *BY_LANGUAGE.get(lang, ())):
        edits = step.edits(raw)
        trace = Trace.of(raw)
        trace.follow(raw, edits)
        assert len(trace.starts) == len(apply_edits(raw, edits)) == len(trace.ends)
        assert all(a[1] <= b[0] for a, b in pairwise(edits))


def test_a_quotation_is_found_in_the_original():
    raw = (
        "Source: Pier News  Editor: Mi\nThe â€œtwo\u200b ropesâ€\x9d hold ,he said.\n- 3 -\n"
        "The har-\nbor（old）is the ﬁrst."
    )
    cleaned = clean_with_offsets(raw)
    sentence = 'The "two ropes" hold, he said.'
    start = cleaned.text.index(sentence)
    begin, end = cleaned.raw_span(start, start + len(sentence))
    assert raw[begin:end] == "The â€œtwo\u200b ropesâ€\x9d hold ,he said."
    start = cleaned.text.index("harbor (old) is the first")
    begin, end = cleaned.raw_span(start, start + len("harbor (old) is the first"))
    assert raw[begin:end] == "har-\nbor（old）is the ﬁrst"
    assert cleaned.removed == ("Source: Pier News  Editor: Mi", "- 3 -")
    assert cleaned.facts == {"source": "Pier News", "editor": "Mi"}


def test_offsets_of_two_languages_in_one_text():
    raw = "The ropes hold.The nets tear.\n市委 召开会议，强调 “四个绳结”。\n[Print]"
    cleaned = clean_with_offsets(raw)
    assert cleaned.text == "The ropes hold. The nets tear.\n市委召开会议，强调“四个绳结”。"
    start = cleaned.text.index("强调")
    begin, end = cleaned.raw_span(start, len(cleaned.text))
    assert raw[begin:end] == "强调 “四个绳结”。"


def test_bounds_outside_the_text_are_refused():
    cleaned = clean_with_offsets("ropes")
    assert cleaned.raw_span(2, 2) == (2, 2)
    with pytest.raises(IndexError, match="5 code points"):
        cleaned.raw_span(3, 9)
    assert isinstance(cleaned, CleanedText)


def test_flags_and_hints_are_reported_and_nothing_is_applied():
    raw = "It chould hold the two\ufffdropes, and the forth knot, recieved by Lin Zhenyao."
    cleaned = clean_with_offsets(raw)
    assert cleaned.text == raw
    assert cleaned.flags == ("replacement_character",)
    assert cleaned.suggestions == {"chould": "should", "forth": "fourth", "recieved": "received"}
    assert clean_with_offsets("corde tendue", lang="fr").suggestions == {}


def test_alignment_pairs_the_runs_that_differ():
    pattern = re.compile("[^ -~]+")
    assert list(align("a é b ü", "a é b u", pattern)) == [(6, 7, "u")]
    assert apply_edits("cafÃ©", align("cafÃ©", "café", pattern)) == "café"


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.sampled_from(["en", "zh"]))
def test_runs_of_one_script_cover_the_text(text, lang):
    parts = split_scripts(text, lang)
    assert parts[0][0] == 0
    assert parts[-1][1] == len(text)
    assert all(a[1] == b[0] and a[2] != b[2] for a, b in pairwise(parts))


def test_following_the_edits_costs_little_more_than_making_them():
    text = "The ropes hold.The nets “tear” ,and so on, as the mayor’s plan says. " * 2_000
    begin = time.process_time()
    clean_text(text)
    middle = time.process_time()
    clean_with_offsets(text)
    assert time.process_time() - middle < 6 * (middle - begin) + 0.1


def test_gold_reports():
    if not GOLD.exists():
        pytest.skip("the gold set lies beside the project, not in it")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        cleaned = clean_with_offsets(row["raw"], lang=row["lang"])
        reported = (list(cleaned.removed), cleaned.facts, list(cleaned.flags), cleaned.suggestions)
        assert reported == (row["removed"], row["meta"], row["flags"], row["suggest"]), row["id"]
