"""The compiled scan against a twin of regular expressions and whole-array rules."""

import dataclasses
import re
from collections import defaultdict
from itertools import count

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.tokens import Tokens, scan, signs, tokenize
from watchwords.tokens.chinese import HAN_CHARACTER, HAN_OR_WORD
from watchwords.tokens.english import WORD, normal_form, split_hyphens
from watchwords.tokens.scan import empty_store, scan_texts, stored_strings, to_blob
from watchwords.tokens.sentences import (
    ABBREVIATION,
    BREAKING,
    DOT,
    DOTTED,
    FULL,
    IS_DOT,
    LOWER,
    MARK,
    NO,
    NO_STOP,
    NUMBER,
    PARAGRAPH,
    STARTER,
    TITLE,
    judge_gaps,
    judge_words,
)

PIECES = st.sampled_from(
    [
        *("war", "War", "U.S.", "U.S", "e.g.", "a.b.cd", "a.b-c", "U.S.-led-x", "A.3", "x.y.z.q1"),
        *("nation’s", "don't", "'", "’", "-", "‐", "‑", "–", "--", "_", "a_b", "3.5", "1,000/2"),
        *("1.", ".5", "12,", "1990s", "½", "²", "٣", "１，０", "Ａ", "naïve", "e\u0301", "\u0301"),
        *(
            "国",
            "家",
            "〇",
            "々",
            "𠀀",
            "豈",
            "国a",
            "a国",
            "ß",
            "İ",
            "ǅ",
            "Ⅷ",
            "ª",
            "🙂",
            "👩‍👩‍👧",
        ),
        *("Mr. War", "No. 5", "no. 5", "S. Truman", "U.S. The", "U.S. Navy", "\n1. The", "Dr. a"),
        *("etc. and", "Co. The", "war. Peace", "war. peace", "U.S.) The", "Jan. 5", "x? y", "1. A"),
        *("Mr", "Mr.", "No.", "no", "The", "Jan.", "Co.", "S.", "i", "1. "),
        *(" ", " ", " ", " ", "  ", "\u3000", "\xa0", "\t", "\n", "\r\n", "\n\n", "\u2028", "\x85"),
        *(". ", ", ", "! ", "? ", "。", "！”", "…", "...", " “", "” ", "(", ") ", "%", "$", "\0"),
        *("abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=30))
CORPORA = st.lists(st.tuples(TEXTS, st.sampled_from(["en", "zh", "fr"])), max_size=5)


def documents(corpus):
    names = [f"d{i}" for i in range(len(corpus))]
    langs, texts = [lang for _, lang in corpus], [text for text, _ in corpus]
    columns = {"doc_id": names, "lang": langs, "text": texts}
    return pd.DataFrame({name: pd.Series(part, dtype="str") for name, part in columns.items()})


def split(text, words, gaps):
    pattern = HAN_OR_WORD if HAN_CHARACTER.search(text) else WORD
    pieces = pattern.split(text)
    edges = np.cumsum([len(piece) for piece in pieces])
    word = [words[piece] for piece in pieces[1::2]]
    return word, edges[0:-1:2], edges[1::2], [gaps[piece] for piece in pieces[0::2]]


def joined(pieces, place, cut=slice(None)):
    return np.concatenate([np.empty(0, int), *(piece[place][cut] for piece in pieces)]).astype(int)


def slow_tokenize(corpus):
    """Arrays of `Tokens` from regular expressions and rules over whole arrays."""
    words, gaps = defaultdict(count().__next__), defaultdict(count().__next__)
    pieces = [split(text if lang != "fr" else "", words, gaps) for text, lang in corpus]
    word, starts, ends = (joined(pieces, place) for place in range(3))
    gap, last_gaps = joined(pieces, 3, slice(-1)), joined(pieces, 3, slice(-1, None))
    doc_offsets = np.cumsum([0, *(len(piece[0]) for piece in pieces)])
    about, behind = judge_words(list(words)), judge_gaps(list(gaps))
    first = np.zeros(len(word), bool)
    first[doc_offsets[:-1][np.diff(doc_offsets) > 0]] = True
    opens = slow_sentence_starts(about, behind, word, gap, first)
    sentences = np.append(np.flatnonzero(opens), len(word))
    after = np.roll(gap, -1)
    filled = np.diff(doc_offsets) > 0
    after[doc_offsets[1:][filled] - 1] = last_gaps[filled]
    types = defaultdict(count().__next__)
    ids = np.array([types[normal_form(printed)] for printed in words], int)
    parts = [[types[part] for part in split_hyphens(form)] for form in list(types)]
    parts += [[number] for number in range(len(parts), len(types))]
    begin, end = sentences[:-1], sentences[1:] - 1
    before = np.roll(about[word], 1)
    short = (before & (TITLE | ABBREVIATION | NO) > 0) & (behind.flags[gap] & IS_DOT > 0)
    return {
        "ids": ids[word],
        "starts": starts,
        "ends": ends,
        "breaks": opens | ((behind.flags[gap] & BREAKING > 0) & ~short),
        "doc_offsets": doc_offsets,
        "sentence_offsets": sentences,
        "paragraph_offsets": np.append(
            np.flatnonzero(first | (behind.flags[gap] & PARAGRAPH > 0)), len(word)
        ),
        "sentence_bounds": np.column_stack(
            [starts[begin] - behind.tails[gap[begin]], ends[end] + behind.heads[after[end]]]
        ),
        "vocabulary": np.array(list(types), object),
        "parts": np.array([part for row in parts for part in row], int),
        "part_offsets": np.cumsum([0, *(len(row) for row in parts)]),
    }


def slow_sentence_starts(about, behind, word, gap, first):
    here, before = about[word], np.roll(about[word], 1)
    flags = behind.flags[gap]
    paragraph = first | (flags & PARAGRAPH > 0)
    stop = flags & 3
    lower, starter = here & LOWER > 0, here & STARTER > 0
    list_mark = (before & NUMBER > 0) & np.roll(paragraph, 1)
    numbered = (before & NO > 0) & (here & NUMBER > 0)
    unsure = (before & (ABBREVIATION | DOTTED) > 0) & ~starter
    dot_ends = ~(lower | (before & TITLE > 0) | unsure | numbered | list_mark)
    inside = (before & DOTTED > 0) & starter & (stop == NO_STOP) & ~(flags & BREAKING > 0)
    ends = (stop == FULL) | ((stop == MARK) & ~lower) | ((stop == DOT) & dot_ends)
    return paragraph | ends | inside


def test_code_points_are_classed_as_the_regular_expressions_do():
    found = signs.find_signs()
    # Planes without a letter are left out, to be quick.
    characters = [chr(code) for code in (*range(0x33480), *range(0xE0000, 0xE0200))]
    classes = np.append(found[:0x33480], found[0xE0000:0xE0200])
    assert not found[0x33480:0xE0000].any()
    assert not found[0xE0200:].any()
    han = np.array([HAN_CHARACTER.match(character) is not None for character in characters])
    for bit, pattern in {
        signs.IS_SIGN: r"[^\W_]",
        signs.IS_LETTER: r"[^\W\d_]",
        signs.IS_DIGIT: r"\d",
        signs.IS_JOINT: "[-'’‐‑]",
        signs.IS_DOT: r"\.",
        signs.IS_INNER: "[.,/]",
    }.items():
        matches = map(re.compile(pattern).match, characters)
        expected = np.array([match is not None for match in matches]) & ~han
        assert np.array_equal((classes & bit) > 0, expected), pattern
    assert np.array_equal((classes & signs.IS_HAN) > 0, han)


@given(CORPORA)
@settings(max_examples=80, deadline=None)
def test_tokens_are_those_of_the_regular_expressions(corpus):
    tokens = tokenize(documents(corpus))
    for name, expected in slow_tokenize(corpus).items():
        found = getattr(tokens, name)
        assert np.array_equal(found, expected.reshape(found.shape)), name


@pytest.mark.parametrize("block", [1, 7, 64])
def test_blocks_do_not_show(monkeypatch, block):
    corpus = [
        ("War and peace. U.S. Navy", "en"),
        ("", "en"),
        ("国a 1.5", "zh"),
        ("Ärzte war", "en"),
    ]
    whole = tokenize(documents(corpus))
    monkeypatch.setattr(scan, "_BLOCK", block)
    parts = tokenize(documents(corpus), progress=True)
    for field in dataclasses.fields(Tokens):
        if field.name != "documents":
            assert np.array_equal(getattr(whole, field.name), getattr(parts, field.name))


def test_full_stores_grow_and_keep_their_numbers():
    rng = np.random.default_rng(3)
    letters = "".join(rng.choice(list("abcdé"), 3_040))
    words = [letters[at : at + at % 40 + 1] for at in range(3_000)]
    texts = [" \n,;"[i % 4] * (1 + i % 50) + word for i, word in enumerate(words)]
    blob = to_blob(["".join(texts[:1_500]), "".join(texts[1_500:])])
    pieces, stores = scan_texts(
        blob, (empty_store(2), empty_store(2)), readable=np.ones(2, bool), with_places=False
    )
    assert stored_strings(stores[0]) == list(dict.fromkeys(words))
    known = stored_strings(stores[0])
    assert [known[number] for number in pieces.word] == words
    assert len(pieces.starts) == 0
    assert stored_strings(stores[1], 5) == stored_strings(stores[1])[5:]


def test_words_that_share_eight_bytes_and_length_are_kept_apart():
    words = [f"constitution{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    tokens = tokenize(documents([(" ".join(words * 2), "en")]))
    assert tokens.vocabulary.tolist() == words
    assert tokens.ids.tolist() == [*range(64), *range(64)]


@given(st.lists(TEXTS, max_size=4), st.integers(0, 4), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_blob_holds_the_texts_wherever_they_come_from(texts, cut, as_series):
    series = pd.Series(texts, dtype="str")
    blob = to_blob(series.iloc[cut:] if as_series else texts[cut:])
    expected = "".join(texts[cut:]).encode()
    assert blob.data.tobytes() == expected
    assert np.diff(blob.offsets).tolist() == [len(text.encode()) for text in texts[cut:]]
    assert blob.offsets[0] == 0
