"""Paragraphs as rows of words."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.tokens import tokenize
from watchwords.topics.paragraphs import (
    MIN_WORDS,
    count_paragraphs,
    join_paragraphs,
    read_stop_words,
)

SEA = "Ships, sailors and harbours guard the coast; harbours need 25 sailors. " * 5
LAND = "Farmers don't plough fields; farmers harvest the wheat fields. " * 5


def corpus(texts, **columns):
    ids = [f"d{i}" for i in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": ids, "lang": "en", "text": texts} | columns))


def bags(paragraphs):
    """Each paragraph as a Counter: the slow, obvious reading of the matrix."""
    dense = paragraphs.counts.toarray()
    return [Counter(dict(zip(paragraphs.words, row, strict=True))) for row in dense]


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=8), min_size=1, max_size=5),
    st.integers(1, 30),
)
def test_a_joined_paragraph_is_long_enough_or_all_of_its_document(lengths, min_words):
    doc = np.repeat(np.arange(len(lengths)), [len(row) for row in lengths])
    n_words = np.array([n for row in lengths for n in row])
    unit = join_paragraphs(n_words, doc, min_words=min_words)
    assert unit[0] == 0
    assert set(np.diff(unit).tolist()) <= {0, 1}
    for u in np.unique(unit):
        of_unit = unit == u
        document = np.unique(doc[of_unit])
        assert len(document) == 1, "a joined paragraph reaches over two documents"
        whole = (unit[doc == document[0]] == u).all()
        assert n_words[of_unit].sum() >= min_words or whole


@given(st.lists(st.integers(20, 90), min_size=1, max_size=12))
def test_long_paragraphs_stay_as_they_are(n_words):
    unit = join_paragraphs(np.array(n_words), np.zeros(len(n_words), int), min_words=20)
    assert unit.tolist() == list(range(len(n_words)))


def test_counts_are_those_of_the_content_words():
    tokens = corpus([SEA + "\n\n" + LAND] * 5)
    paragraphs = count_paragraphs(tokens)
    sea = Counter(ships=5, sailors=10, harbours=10, guard=5, coast=5)
    land = Counter(farmers=10, plough=5, fields=10, harvest=5, wheat=5)
    assert [+bag for bag in bags(paragraphs)] == [sea, land] * 5
    assert paragraphs.words.tolist() == sorted(set(sea) | set(land))
    assert paragraphs.doc.tolist() == [i for i in range(5) for _ in range(2)]


def test_the_bounds_are_those_of_the_text():
    tokens = corpus([f"{SEA}\n\n{LAND}"] * 5)
    paragraphs = count_paragraphs(tokens)
    text = tokens.text("d0")
    assert text[paragraphs.start[0] : paragraphs.end[0]] == SEA.strip()
    assert text[paragraphs.start[1] : paragraphs.end[1]] == LAND.strip()


def test_short_paragraphs_are_joined_within_the_document_only():
    lines = "\n\n".join(["Ships guard the coast."] * 10)
    paragraphs = count_paragraphs(corpus([lines] * 5 + [f"{lines}\n\n{SEA}"] * 5 + [LAND] * 15))
    assert np.bincount(paragraphs.doc).tolist() == [1] * 5 + [2] * 5 + [1] * 15
    assert (paragraphs.counts.sum(axis=1) >= MIN_WORDS).all()


def test_hits_are_dropped_where_they_stand_and_nowhere_else():
    text = f"{SEA}\n\n{SEA}"
    tokens = corpus([text] * 5 + [LAND] * 10)
    first = text.index("sailors")
    hits = pd.DataFrame(
        {"doc_id": ["d2", "d2"], "start": [first, first], "end": [first + 7, first + 7]}
    )
    before, after = bags(count_paragraphs(tokens)), bags(count_paragraphs(tokens, hits))
    assert before[4] - after[4] == Counter(sailors=1)
    assert before[:4] + before[5:] == after[:4] + after[5:]


def test_a_hit_that_cuts_a_word_drops_it_and_an_empty_table_drops_nothing():
    tokens = corpus([SEA] * 5 + [LAND] * 5)
    cut = pd.DataFrame({"doc_id": ["d0"], "start": [2], "end": [9]})
    whole = bags(count_paragraphs(tokens))
    assert whole[0] - bags(count_paragraphs(tokens, cut))[0] == Counter(ships=1, sailors=1)
    assert bags(count_paragraphs(tokens, cut.iloc[:0])) == whole


def test_words_can_be_dropped_by_name():
    paragraphs = count_paragraphs(corpus([SEA] * 5 + [LAND] * 5), drop_words={"Sailors", "coast"})
    assert {"sailors", "coast"}.isdisjoint(paragraphs.words)
    assert "harbours" in paragraphs.words


def test_words_of_few_documents_or_of_most_paragraphs_tell_nothing():
    tokens = corpus([SEA + "whale " * 9] * 4 + [SEA] + [LAND + "coast"] * 5)
    words = count_paragraphs(tokens).words
    assert "whale" not in words  # in 4 documents
    assert "coast" not in words  # in all paragraphs
    assert "ships" in words


def test_only_english_documents_that_are_no_duplicates_are_read():
    tokens = corpus(
        [SEA] * 6 + [LAND] * 6 + [SEA],
        lang=["en"] * 12 + ["fr"],
        duplicate_of=["", "d0"] + [""] * 11,
    )
    paragraphs = count_paragraphs(tokens)
    assert paragraphs.searched.tolist() == [True, False] + [True] * 10 + [False]
    assert paragraphs.doc.tolist() == [0, *range(2, 12)]


def test_a_corpus_without_english_has_no_paragraphs():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["zh"], "text": ["坚持高质量发展"]}))
    assert count_paragraphs(tokens).counts.shape == (0, 0)


def test_a_hit_in_an_unknown_document_is_an_error():
    hits = pd.DataFrame({"doc_id": ["elsewhere"], "start": [0], "end": [5]})
    with pytest.raises(SchemaError, match="`drop` has a document 'elsewhere'"):
        count_paragraphs(corpus([SEA] * 5), hits)


def test_a_phrase_among_the_words_is_an_error():
    with pytest.raises(WatchwordsError, match=r"`drop_words` has 'pointed out'; .*single words"):
        count_paragraphs(corpus([SEA] * 5), drop_words=["coast", "pointed out"])


def test_stop_words_are_words():
    words = read_stop_words()
    assert {"the", "shall", "upon"} <= words
    assert not any(len(word.split()) != 1 or word.startswith("#") for word in words)
