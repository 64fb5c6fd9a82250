import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.briefs.lost import keep_covered

COVERED = set(map(ord, "abc □.\u2060"))


@pytest.mark.parametrize(
    ("text", "kept", "lost"),
    [
        ("abc", "abc", {}),
        ("a\nb\tc", "a\nb\tc", {}),
        ("a😀b😀", "a□b□", {"GRINNING FACE": 2}),
        ("a\u200b\ufe0fb\x00", "ab", {}),
        ("a\u3000b\u2028c", "a b c", {}),
        ("a\u2060b", "a\u2060b", {}),
        ("a\ud800b", "a□b", {"U+D800": 1}),
        ("a\ue000b", "a□b", {"U+E000": 1}),
    ],
)
def test_what_is_kept_and_what_is_lost(text, kept, lost):
    value, rows = keep_covered(text, COVERED)
    assert value == kept
    assert {row["name"]: row["n"] for row in rows} == lost


def test_pictures_and_addresses_stay_as_they_are():
    value = {"svg": "<svg>é</svg>", "url": "https://x/é", "text": "é"}
    kept, lost = keep_covered(value, COVERED)
    assert kept == {"svg": "<svg>é</svg>", "url": "https://x/é", "text": "□"}
    assert [row["char"] for row in lost] == ["é"]


def test_a_mark_moves_with_the_characters_left_out_before_it():
    quote = {"text": "\u200ba\u200bbc", "mark": [3, 5]}
    kept, _ = keep_covered(quote, COVERED)
    assert kept["text"][slice(*kept["mark"])] == "bc"


def test_without_a_box_in_the_fonts_a_question_mark_stands_in():
    assert keep_covered("aé", {ord("a")})[0] == "a?"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(max_size=20)
        | st.none()
        | st.dictionaries(st.sampled_from(["text", "svg", "note"]), st.text(max_size=20)),
        max_size=5,
    )
)
def test_what_is_kept_is_covered_and_the_input_unchanged(value):
    before = copy.deepcopy(value)
    kept, lost = keep_covered(value, COVERED)
    assert value == before
    again, nothing = keep_covered(kept, COVERED)
    assert again == kept
    assert not nothing
    assert lost == sorted(lost, key=lambda row: row["char"])
