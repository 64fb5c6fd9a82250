import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from watchwords.briefs.evidence import evidence_id, excerpt, short_names

WORDS = st.lists(st.text("abc,.", min_size=1, max_size=6), min_size=1, max_size=30)


@given(
    before=WORDS, form=st.text("xyz", min_size=1, max_size=8), after=WORDS, words=st.integers(2, 12)
)
def test_an_excerpt_marks_the_form_and_keeps_its_length(before, form, after, words):
    sentence = " ".join([*before, form, *after])
    at = len(" ".join(before)) + 1
    text, (start, end) = excerpt(sentence, at, form, words=words)
    assert text[start:end] == form
    assert len(text.replace("…", " ").split()) <= max(words, 1)
    assert text.strip("…\xa0 ") in sentence


@given(before=st.integers(0, 300), after=st.integers(0, 300))
def test_an_excerpt_of_chinese_is_cut_by_characters(before, after):
    sentence = "会" * before + "两个维护" + "议" * after
    text, (start, end) = excerpt(sentence, before, "两个维护", words=20)
    assert text[start:end] == "两个维护"
    assert len(text) <= 42 or len(sentence) <= 42


def test_names_are_cut_only_where_that_leaves_them_different():
    assert short_names(pd.Series(["001_a", "001_b"])) == {"001_a": "001_a", "001_b": "001_b"}
    assert short_names(pd.Series(["_a", "b"])) == {"_a": "_a", "b": "b"}


def test_evidence_ids_are_safe_in_an_address():
    assert evidence_id("term", "en", 'a "b" <c>&d') == "term-en-a-b-c-d"
    assert evidence_id("concept", "zh", "liang_ge") == "concept-zh-liang_ge"
