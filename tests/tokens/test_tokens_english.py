import re

import pytest

from watchwords.tokens.chinese import HAN_OR_WORD
from watchwords.tokens.english import WORD, normal_form, split_hyphens, word_pattern

WORDS = [
    ("High-quality growth", ["High-quality", "growth"]),
    ("don't we’ll o'clock", ["don't", "we’ll", "o'clock"]),
    ("the nation's, the states' and 'quoted' words", None),
    ("1,000,000 and 3.5 and 1/2", ["1,000,000", "and", "3.5", "and", "1/2"]),
    ("$3.50.", ["3.50"]),
    ("in 1,000, or", ["in", "1,000", "or"]),
    ("the 21st, 1990s, covid-19", ["the", "21st", "1990s", "covid-19"]),
    ("U.S. e.g. U.S.A. D.C.", ["U.S.", "e.g.", "U.S.A.", "D.C."]),
    ("the U.S.-led force", ["the", "U.S.-led", "force"]),
    ("a plan.The end", ["a", "plan", "The", "end"]),
    ("goals--and means—or", ["goals", "and", "means", "or"]),
    ("twenty‑five non‐profit", ["twenty‑five", "non‐profit"]),
    ("snake_case and/or", ["snake", "case", "and", "or"]),
    ("naïve Ärzte Łódź", ["naïve", "Ärzte", "Łódź"]),
    ("-lead trail- - '", ["lead", "trail"]),
    ("1,000-mile 2.5-fold", ["1,000-mile", "2.5-fold"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), [case for case in WORDS if case[1] is not None])
def test_words_are_cut_where_a_reader_would(text, words):
    assert WORD.findall(text) == words


def test_a_closing_apostrophe_is_not_part_of_the_word():
    assert WORD.findall("the states' and 'quoted' words")[1:4] == ["states", "and", "quoted"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("新发展理念", list("新发展理念")),
        ("推进GDP增长3.5%", ["推", "进", "GDP", "增", "长", "3.5"]),
        ("“两个维护”、2021年", ["两", "个", "维", "护", "2021", "年"]),
        ("high-quality发展", ["high-quality", "发", "展"]),
    ],
)
def test_each_chinese_character_is_a_token(text, tokens):
    assert HAN_OR_WORD.findall(text) == tokens


def test_both_patterns_agree_where_there_is_no_chinese():
    text = " ".join(case[0] for case in WORDS)
    assert HAN_OR_WORD.findall(text) == WORD.findall(text)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Nation's", "nation"),
        ("NATION’S", "nation"),
        ("it's", "it"),
        ("'s", "'s"),
        ("don’t", "don't"),
        ("U.S.", "u.s."),
        ("U.S", "u.s."),
        ("U.S.'s", "u.s."),
        ("3.5", "3.5"),
        ("High‑Quality", "high-quality"),
        ("ＧＤＰ", "gdp"),
        ("２０２１", "2021"),
        ("Congress", "congress"),
        ("pass", "pass"),
    ],
)
def test_normal_form_folds_only_what_makes_no_other_word(word, form):
    assert normal_form(word) == form
    assert normal_form(form) == form


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("reform", ["reform"]),
        ("high-quality", ["high", "quality"]),
        ("day-to-day", ["day", "to", "day"]),
        ("women's-rights", ["women", "rights"]),
        ("u.s.-led", ["u.s.", "led"]),
    ],
)
def test_hyphenated_words_have_the_normal_forms_of_their_parts(word, parts):
    assert split_hyphens(word) == parts


def test_the_pattern_has_no_group_of_its_own():
    assert re.compile(word_pattern(), re.VERBOSE).groups == 0
