"""Sequences of words, counted by document on ids; no string is ever built.

A sequence of n words is known by the number of its first n - 1 words and its last word, packed
into one 64-bit key, so that its length never matters; sorting the keys brings equal sequences
together, and a stable sort leaves the documents of each in order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.tokens.compiled import Tokens

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_KEY_BITS = 63


@dataclass(frozen=True, eq=False)
class WordStream:
    """Words in reading order, hyphenated ones split, of some of the documents.

    Attributes
    ----------
    ids : ndarray of int32, shape (n_words,)
        Types.
    docs : ndarray of int32, shape (n_words,)
        Row of the document in ``tokens.documents``.
    breaks : ndarray of bool, shape (n_words,)
        A sequence may not reach this word from the one before.
    token_index : ndarray of int64, shape (n_words,)
        The token each word stands in.
    n_types : int
        Size of the vocabulary.
    """

    ids: NDArray[np.int32]
    docs: NDArray[np.int32]
    breaks: Bools
    token_index: Ints
    n_types: int


@dataclass(frozen=True, eq=False)
class Ngrams:
    """Sequences with their counts by document.

    Attributes
    ----------
    words : ndarray of int32, shape (n_ngrams, max_words)
        Ids of the words, -1 behind the last one.
    n_words : ndarray of int64, shape (n_ngrams,)
        Length of each sequence.
    ngram, doc, n : ndarray of int64, shape (n_cells,)
        Number of the sequence, row of the document, occurrences (at least 1); sorted by sequence,
        then document.
    """

    words: NDArray[np.int32]
    n_words: Ints
    ngram: Ints
    doc: Ints
    n: Ints


def word_stream(tokens: Tokens, keep: Bools | None = None) -> WordStream:
    """Lay out the words of some documents for counting and for finding.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    keep : ndarray of bool, shape (n_docs,), optional
        Documents to take; all by default.

    Returns
    -------
    WordStream
    """
    ids, token_index = tokens.expanded()
    docs = tokens.doc_index()[token_index]
    first = np.ones(len(ids), bool)
    first[1:] = token_index[1:] != token_index[:-1]
    breaks = tokens.breaks[token_index] & first
    if keep is not None and not keep.all():
        kept = keep[docs]
        ids, docs, breaks, token_index = ids[kept], docs[kept], breaks[kept], token_index[kept]
    return WordStream(ids, docs, breaks, token_index, len(tokens.vocabulary))


def count_ngrams(
    stream: WordStream,
    *,
    max_words: int,
    opens: Bools | None = None,
    closes: Bools | None = None,
    min_docs: int = 1,
    min_count: int = 1,
) -> Ngrams:
    """Count all sequences of 1 to `max_words` words by document.

    Rare ones are dropped on the way up, which is exact: a sequence is never more frequent than
    its first words or than any one of its words.

    Parameters
    ----------
    stream : WordStream
        The words.
    max_words : int
        Longest sequence.
    opens, closes : ndarray of bool, shape (n_types,), optional
        Types that may stand first, and last (all by default); inside, any type may stand.
    min_docs, min_count : int, default 1
        Drop a sequence in fewer documents, or with fewer occurrences, than this.

    Returns
    -------
    Ngrams
        Shorter sequences first; within a length in the order of the ids.

    Raises
    ------
    WatchwordsError
        If `max_words` is below 1, or the keys would not fit into 64 bits.

    Examples
    --------
    >>> import pandas as pd
    >>> from watchwords.tokens import tokenize
    >>> text = "No war, no war. Cold war"
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> ngrams = count_ngrams(word_stream(tokens), max_words=2)
    >>> [" ".join(tokens.vocabulary[row[row >= 0]]) for row in ngrams.words], ngrams.n.tolist()
    (['no', 'war', 'cold', 'no war', 'cold war'], [2, 3, 1, 2, 1])
    """
    if max_words < 1:
        raise WatchwordsError(f"`max_words` is {max_words}; a term has at least 1 word.")
    anywhere = np.ones(stream.n_types, bool)
    opens = anywhere if opens is None else opens
    frequent = np.bincount(stream.ids, minlength=stream.n_types) >= min_count
    at = np.flatnonzero((opens & frequent)[stream.ids])
    prefix = np.zeros(len(at), np.int64)
    levels = []
    for n_words in range(1, max_words + 1):
        if n_words > 1:
            goes_on = _goes_on(stream, at + n_words - 1, frequent)
            at, prefix = at[goes_on], prefix[goes_on]
        last = stream.ids[at + n_words - 1]
        key = pack_keys(prefix, last, n_types=stream.n_types)
        prefix, firsts, cells = _group(key, stream.docs[at], (min_docs, min_count))
        levels.append((stream.ids[at[firsts, None] + np.arange(n_words)], cells))
        at, prefix = at[prefix >= 0], prefix[prefix >= 0]
    return _stack(levels, anywhere if closes is None else closes)


def pack_keys(prefix: Ints, last: NDArray[np.int32], *, n_types: int) -> Ints:
    """Pack the number of a sequence and its next word into one sortable key.

    Parameters
    ----------
    prefix : ndarray of int64, shape (n,)
        Numbers from 0 of the sequences without their last word.
    last : ndarray of int32, shape (n,)
        Last words.
    n_types : int
        Size of the vocabulary.

    Returns
    -------
    ndarray of int64, shape (n,)
        Equal where both are equal, in the order of prefix, then last word.

    Raises
    ------
    WatchwordsError
        If 63 bits cannot hold both: numpy would wrap silently and merge sequences.

    Examples
    --------
    >>> pack_keys(np.array([2**44]), np.array([5], np.int32), n_types=2**20)
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: 17,592,186,044,417 sequences over 1,048,576 types need \
keys of 65 bits, and 63 are there; count fewer documents at a time.
    """
    highest = int(prefix.max(initial=0))
    shift = max(n_types - 1, 1).bit_length()
    bits = highest.bit_length() + shift
    if bits > _KEY_BITS:
        raise WatchwordsError(
            f"{highest + 1:,} sequences over {n_types:,} types need keys of {bits} bits, and "
            f"{_KEY_BITS} are there; count fewer documents at a time."
        )
    return (prefix << shift) | last


def _goes_on(stream: WordStream, last: Ints, frequent: Bools) -> Bools:
    inside = last < len(stream.ids)
    where = np.where(inside, last, 0)
    return inside & ~stream.breaks[where] & frequent[stream.ids[where]]


def _group(
    key: Ints, docs: NDArray[np.int32], floors: tuple[int, int]
) -> tuple[Ints, Ints, tuple[Ints, Ints, Ints]]:
    """Give equal keys a number, drop the rare, count by document.

    Returns the number of each entry (-1: dropped), one entry for each number, and the cells
    (number, document, occurrences).
    """
    order = np.argsort(key, kind="stable")
    sorted_key, sorted_docs = key[order], docs[order]
    opens = np.ones(len(key), bool)
    opens[1:] = sorted_key[1:] != sorted_key[:-1]
    group = np.cumsum(opens) - 1
    new_cell = opens.copy()
    new_cell[1:] |= sorted_docs[1:] != sorted_docs[:-1]
    cells = np.flatnonzero(new_cell)
    n = np.diff(np.append(cells, len(key)))
    n_groups = int(opens.sum())
    n_docs = np.bincount(group[cells], minlength=n_groups)
    kept = (n_docs >= floors[0]) & (np.bincount(group, minlength=n_groups) >= floors[1])
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    numbers = np.empty(len(key), np.int64)
    numbers[order] = number[group]
    good = kept[group[cells]]
    counted = (number[group[cells]][good], sorted_docs[cells][good].astype(np.int64), n[good])
    return numbers, order[opens][kept], counted


def _stack(
    levels: list[tuple[NDArray[np.int32], tuple[Ints, Ints, Ints]]], may_close: Bools
) -> Ngrams:
    words, n_words, cells, base = [], [], [], 0
    for rows, (ngram, doc, n) in levels:
        closes = may_close[rows[:, -1]]
        number = np.where(closes, np.cumsum(closes) - 1, -1)[ngram]
        good = number >= 0
        cells.append((number[good] + base, doc[good], n[good]))
        padding = ((0, 0), (0, len(levels) - rows.shape[1]))
        words.append(np.pad(rows[closes], padding, constant_values=-1))
        n_words.append(np.full(int(closes.sum()), rows.shape[1], np.int64))
        base += int(closes.sum())
    ngram, doc, n = (np.concatenate([cell[i] for cell in cells]) for i in range(3))
    return Ngrams(np.concatenate(words), np.concatenate(n_words), ngram, doc, n)
