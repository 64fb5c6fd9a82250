"""Sequences of words, counted by document on ids; no string is ever built."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.tokens.compiled import Tokens
from watchwords.tokens.flow import Counted, Flow, Limits
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.ranges import count_ranges

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]


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
        The token each word stands in; empty if that was not asked for.
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
    ngram, doc, n : ndarray of int32, shape (n_cells,)
        Number of the sequence, row of the document, occurrences (at least 1); sorted by sequence,
        then document.
    longest : ndarray of int32, shape (n_words,)
        Number of the longest sequence that begins at each place of the stream, -1 for none;
        empty if it was not asked for.
    """

    words: Ints32
    n_words: Ints
    ngram: Ints32
    doc: Ints32
    n: Ints32
    longest: Ints32


def word_stream(
    tokens: Tokens, keep: Bools | None = None, *, with_tokens: bool = True
) -> WordStream:
    """Lay out the words of some documents for counting and for finding.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    keep : ndarray of bool, shape (n_docs,), optional
        Documents to take; all by default.
    with_tokens : bool, default True
        Say in which token each word stands; counting does not need to know.

    Returns
    -------
    WordStream
    """
    kept = np.ones(len(tokens.documents), bool) if keep is None else keep
    arrays = (tokens.ids, tokens.breaks, tokens.doc_offsets)
    parts = (tokens.parts, tokens.part_offsets)
    expand = load_kernels("ngram_kernels").expand
    n = expand(arrays, parts, kept, _room_for_words(0, 0))
    outputs = _room_for_words(n, n if with_tokens else 0)
    expand(arrays, parts, kept, outputs)
    ids, breaks, docs, token_index = outputs
    return WordStream(ids, docs, breaks, token_index, len(tokens.vocabulary))


def _room_for_words(n: int, n_tokens: int) -> tuple[Ints32, Bools, Ints32, Ints]:
    ids, docs = np.empty(n, np.int32), np.empty(n, np.int32)
    return ids, np.empty(n, np.bool_), docs, np.empty(n_tokens, np.int64)


def count_ngrams(
    stream: WordStream,
    *,
    max_words: int,
    opens: Bools | None = None,
    closes: Bools | None = None,
    min_docs: int = 1,
    min_count: int = 1,
    mark_words: int = 0,
    max_memory: int | None = None,
    workers: int = 1,
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
    mark_words : int, default 0
        Say for each place which is the longest sequence of at most so many words that begins
        there.
    max_memory : int, optional
        Bytes that the places of the words being counted may take, beside the stream and the
        result. Fewer first words are then counted at a time, with the same result; the places of
        the commonest word are needed in any case.
    workers : int, default 1
        Threads.

    Returns
    -------
    Ngrams
        Shorter sequences first; within a length in the order of the ids.

    Raises
    ------
    WatchwordsError
        If `max_words` is below 1, or there are 2**32 words or more.

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
    total = np.bincount(stream.ids, minlength=stream.n_types)
    frequent = total >= max(min_count, 1)
    names = np.flatnonzero(frequent)
    codes = np.where(frequent, np.cumsum(frequent), 0).astype(np.int32)
    flow = np.empty(len(stream.ids), np.int32)
    load_kernels("ngram_kernels").lay(stream.ids, stream.breaks, codes, flow)
    begins = np.flatnonzero(np.diff(stream.docs, prepend=-1))
    anywhere = np.ones(len(names), bool)
    counted, longest = count_ranges(
        Flow(
            flow,
            np.append(begins, len(flow)).astype(np.int64),
            stream.docs[begins],
            total[names],
            anywhere if opens is None else opens[names],
            anywhere if closes is None else closes[names],
        ),
        Limits(max_words, min_docs, min_count, mark_words, max_memory, workers),
    )
    return _by_length(counted, longest, names.astype(np.int32))


def _by_length(counted: Counted, longest: Ints32, names: Ints32) -> Ngrams:
    """Put shorter sequences first, and give the words their ids back."""
    order = np.argsort(counted.n_words, kind="stable")
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    sizes = np.diff(counted.offsets)
    length = np.repeat(counted.n_words, sizes)
    cells = [np.flatnonzero(length == n) for n in range(1, counted.words.shape[1] + 1)]
    where = np.concatenate(cells)
    rows = counted.words[order]
    marked = longest >= 0
    longest[marked] = number[longest[marked]]
    return Ngrams(
        np.where(rows >= 0, names[rows], np.int32(-1)) if len(names) else rows,
        counted.n_words[order].astype(np.int64),
        np.repeat(number, sizes)[where],
        counted.cell[where],
        counted.n[where],
        longest,
    )


def free_occurrences(stream: WordStream, ngrams: Ngrams, column: Ints32) -> tuple[Ints32, Ints32]:
    """Find the occurrences of sequences that lie within no longer one.

    Parameters
    ----------
    stream : WordStream
        The words.
    ngrams : Ngrams
        Counted in `stream`, with the longest sequence at each place marked; those longer than the
        marks do not count as longer.
    column : ndarray of int32, shape (n_ngrams,)
        A number for each sequence; -1 for one that is not to be found, and that holds no other
        which is.

    Returns
    -------
    doc, column : ndarray of int32
        One entry for each free occurrence, in the order of the text.
    """
    docs, columns = np.empty((2, int((ngrams.longest >= 0).sum())), np.int32)
    about = ngrams.n_words.astype(np.int32), column, stream.docs
    n = load_kernels("ngram_kernels").stand_free(ngrams.longest, about, docs, columns)
    return docs[:n], columns[:n]
