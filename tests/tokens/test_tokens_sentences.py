import numpy as np
import pandas as pd
import pytest

from watchwords.tokens import tokenize
from watchwords.tokens.sentences import DOT, FULL, MARK, NO_STOP, judge_gaps


def compiled(text, lang="en"):
    return tokenize(pd.DataFrame({"doc_id": ["a"], "lang": [lang], "text": [text]}))


def sentences(text, lang="en"):
    return [text[start:end] for start, end in compiled(text, lang).sentence_bounds]


@pytest.mark.parametrize(
    "expected",
    [
        ["One thing.", "Another thing!", "A third?", "Yes…", "Done."],
        ["Mr. Smith met Dr. Jones.", "They talked."],
        ["Harry S. Truman spoke.", "We heard him."],
        ["The U.S. Navy sailed.", "It came back."],
        ["We live in the U.S. and like it."],
        ["We left the U.S.", "We came back."],
        ["It cost 3.5 million dollars in 1990.", "35 people came."],
        ["See No. 5 of the list.", "He said no.", "We went."],
        ["He said, “Go.”", "(They went.)", "[They came back.]"],
        ['"Is it so?" he asked.', '"It is."'],
        ["It is late, e.g. after nine, etc., and dark."],
        ["Bought from Smith & Co. in May.", "The end."],
        ["On Jan. 5 we met.", "On Sept. 6 too."],
        ["He is John Smith Jr. of Ohio.", "He said so."],
        ["Prices (all of them) rose 5%.", "Wages fell."],
        ["$5 is little.", "$6 is more."],
    ],
)
def test_sentences_end_where_a_reader_stops(expected):
    assert sentences(" ".join(expected)) == expected


def test_an_ellipsis_ends_a_sentence_only_before_a_capital():
    assert sentences("Wait... and see. Now... Go.") == ["Wait... and see.", "Now...", "Go."]


def test_a_line_break_ends_paragraph_and_sentence():
    tokens = compiled("TITLE WITHOUT STOP\nFirst line\n\n  Second (line).  \n* * *\nThird")
    assert sentences("TITLE WITHOUT STOP\nFirst line\n\n  Second (line).  \n* * *\nThird") == [
        "TITLE WITHOUT STOP",
        "First line",
        "Second (line).",
        "Third",
    ]
    assert np.array_equal(tokens.sentence_offsets, tokens.paragraph_offsets)


def test_a_list_mark_opens_its_sentence():
    assert sentences("1. The first point.\n2. The second.") == [
        "1. The first point.",
        "2. The second.",
    ]


def test_chinese_sentences_end_with_their_marks_and_quotes():
    expected = ["会议指出，要做到“两个维护”。", "“为什么？”", "要坚持！", "好……", "新时代。"]
    assert sentences("".join(expected), "zh")[:3] == expected[:3]
    assert "".join(sentences("".join(expected), "zh")) == "".join(expected)


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("terror, war", [True, True]),
        ("terror war", [True, False]),
        ("terror; war: peace", [True, True, True]),
        ("(terror) war", [True, True]),
        ("terror - war -- peace", [True, True, True]),
        ("the 'great society' program", [True, False, False, False]),
        ("the “great society” program", [True, False, False, False]),
        ("the states' rights", [True, False, False]),
        ("about $5 billion", [True, False, False]),
        ("5% more", [True, False]),
        ("Mr. Smith", [True, False]),
        ("S. Truman", [True, False]),
        ("and/or", [True, True]),
        ("war. Peace", [True, True]),
        ("war\npeace", [True, True]),
        ("the U.S. Navy", [True, False, False]),
    ],
)
def test_punctuation_breaks_terms_and_quotes_do_not(text, breaks):
    assert compiled(text).breaks.tolist() == breaks


@pytest.mark.parametrize(
    ("gap", "stop", "head", "tail"),
    [
        (" ", NO_STOP, 0, 0),
        (", ", NO_STOP, 1, 0),
        (". ", DOT, 1, 0),
        ('." “', DOT, 2, 1),
        (".) (", DOT, 2, 1),
        ("?! ", MARK, 2, 0),
        ("… ", MARK, 1, 0),
        ("。”", FULL, 2, 0),
        (":\n\n", NO_STOP, 1, 0),
        (".\n“", DOT, 1, 1),
    ],
)
def test_a_gap_says_what_belongs_to_either_side(gap, stop, head, tail):
    judged = judge_gaps([gap])
    assert (judged.stop[0], judged.heads[0], judged.tails[0]) == (stop, head, tail)
