import copy

import pytest

from watchwords.briefs.outline import date_in_words, outline_brief, valid_url
from watchwords.errors import ReportError


def blocks_of(outline):
    return [
        block
        for part in outline["parts"]
        for section in part["sections"]
        for block in section["blocks"]
    ]


def test_exhibits_are_numbered_front_first(rich_brief):
    rich_brief["exhibits"].reverse()
    figures = [
        item["label"]
        for block in blocks_of(outline_brief(rich_brief))
        if block["kind"] == "figures"
        for item in block["items"]
    ]
    assert figures == [f"Figure {number}" for number in range(1, 6)]


def test_two_halves_share_a_row_and_a_third_does_not(rich_brief):
    half = next(e for e in rich_brief["exhibits"] if e["id"] == "fig-ranked")
    at = rich_brief["exhibits"].index(half)
    rich_brief["exhibits"].insert(at, half | {"id": "fig-extra"})
    rows = [
        [item["id"] for item in block["items"]]
        for block in blocks_of(outline_brief(rich_brief))
        if block["kind"] == "figures"
    ]
    assert rows[:3] == [["fig-multiples"], ["fig-extra", "fig-ranked"], ["fig-first"]]


def test_a_section_is_named_once_and_the_annex_keeps_its_own(rich_brief):
    front, annex = outline_brief(rich_brief)["parts"]
    assert [section["title"] for section in front["sections"]] == [
        "What this rests on",
        "In short",
        "Watched terms",
        "In their own words",
    ]
    assert [section["title"] for section in annex["sections"]] == [
        "Corpus",
        "All terms tested",
        "Topics",
        "Method",
    ]


def test_a_reference_takes_the_number_of_its_exhibit(rich_brief):
    blocks = blocks_of(outline_brief(rich_brief))
    third = next(block for block in blocks if block["id"] == "finding-3")
    assert [(s["text"], s["target"]) for s in third["segments"] if s["target"]] == [
        ("Figure 1", "fig-multiples")
    ]


def test_a_number_without_evidence_is_plain(rich_brief):
    rich_brief["evidence"] = {}
    blocks = blocks_of(outline_brief(rich_brief))
    assert not any(s["evidence"] for block in blocks for s in block.get("segments", []))


def test_the_brief_is_not_changed(rich_brief):
    before = copy.deepcopy(rich_brief)
    outline_brief(rich_brief)
    assert rich_brief == before


@pytest.mark.parametrize(
    ("number", "change", "words"),
    [
        (0, {"kind": "noet"}, "unknown kind 'noet', did you mean `note`"),
        (0, {"place": "back"}, "unknown place 'back'"),
        (6, {"alt": ""}, "say in a sentence what the figure shows"),
        (6, {"width": "third"}, "unknown width 'third'"),
        (14, {"rows": [["speech"]]}, "row 1 has 1 cells for 3 columns"),
        (14, {"columns": [{"width": "read()"}] * 3}, "unknown width"),
        (14, {"columns": [{"align": "middle"}] * 3}, "unknown align 'middle'"),
        (1, {"segments": [{"ref": "fig-none"}]}, "refers to the exhibit 'fig-none'"),
    ],
)
def test_a_malformed_exhibit_is_named(rich_brief, number, change, words):
    rich_brief["exhibits"][number] |= change
    with pytest.raises(ReportError, match=words.replace("(", r"\(").replace(")", r"\)")):
        outline_brief(rich_brief)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("https://example.org/\u202eevil", False),
        ('https://example.org/"onclick=x', False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_only_safe_addresses_are_links(url, kept):
    assert valid_url(url) == (url if kept else "")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-02-03", "3 February 2021"),
        ("2021-02-03T00:00:00", "3 February 2021"),
        ("2021-02", "February 2021"),
        ("2021", "2021"),
        ("2021-02-31", "2021-02-31"),
        ("2021-13-01", "2021-13-01"),
        ("22 November", "22 November"),
        ("", "undated"),
    ],
)
def test_dates_are_printed_as_exactly_as_they_are_known(date, words):
    assert date_in_words(date) == words
