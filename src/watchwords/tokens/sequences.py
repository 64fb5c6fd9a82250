"""Sequences of words in compiled tokens, counted by document on ids; no string is ever built."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.compiled import Tokens
from watchwords.tokens.flow import MAX_WORDS, Flow, Limits, check_whole
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.ranges import count_ranges

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Sequences:
    """Sequences with their counts by document.

    Attributes
    ----------
    words : ndarray of int32, shape (n_sequences, max_words)
        Ids of the words, -1 behind the last one; in alphabetical order, each sequence before
        those it begins.
    n_words : ndarray of uint8, shape (n_sequences,)
        Length of each sequence.
    offsets : ndarray of int64, shape (n_sequences + 1,)
        Where the counts of each sequence begin.
    doc, n : ndarray of int32, shape (n_counts,)
        Row of the document, ascending within a sequence, and occurrences, at least 1.
    longest : ndarray of int32, shape (n_places,)
        Number of the longest sequence that begins at each place, -1 for none; empty if it was not
        asked for.
    place_offsets : ndarray of int64, shape (n_docs + 1,)
        Place with which each document begins; none are of documents not looked at. The places are
        the words as in `Tokens.expanded`.
    """

    words: Ints32
    n_words: NDArray[np.uint8]
    offsets: Ints
    doc: Ints32
    n: Ints32
    longest: Ints32
    place_offsets: Ints


def count_sequences(
    tokens: Tokens,
    keep: Bools | None = None,
    *,
    opens: Bools | None = None,
    closes: Bools | None = None,
    limits: Limits,
) -> Sequences:
    """Count all sequences of words by document, hyphenated words split.

    Rare ones are dropped on the way up, which is exact: a sequence is never more frequent than
    its first words or than any one of its words. No sequence reaches across a break.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    keep : ndarray of bool, shape (n_docs,), optional
        Documents to take; all by default.
    opens, closes : ndarray of bool, shape (n_types,), optional
        Types that may stand first, and last (all by default); inside, any type may stand.
    limits : Limits
        Lengths, fewest documents and occurrences, lengths that are marked, memory and threads.

    Returns
    -------
    Sequences

    Raises
    ------
    WatchwordsError
        If ``limits.max_words`` is not 1 to 65, or there are 2**32 words or more.

    Examples
    --------
    >>> import pandas as pd
    >>> from watchwords.tokens import tokenize
    >>> text = "No war, no war. Cold war"
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> found = count_sequences(tokens, limits=Limits(max_words=2))
    >>> [" ".join(tokens.vocabulary[row[row >= 0]]) for row in found.words], found.n.tolist()
    (['cold', 'cold war', 'no', 'no war', 'war'], [1, 1, 2, 2, 3])
    """
    if limits.max_words != MAX_WORDS + 1:
        # A word more than the longest term tells which terms are cut off.
        check_whole(max_words=limits.max_words)
    kept = np.ones(len(tokens.documents), bool) if keep is None else keep
    codes, total, n_places = _lay_out(tokens, kept)
    names = tokens.alphabetical()
    frequent = total[1:] >= limits.min_count
    if not frequent.all():
        shorter = np.where(frequent, np.cumsum(frequent), 0)
        relabel = load_kernels("ngram_kernels").relabel
        relabel(codes, np.append(0, shorter).astype(np.int32))
        names = names[frequent]
    anywhere = np.ones(len(tokens.vocabulary), bool)
    flow = Flow(
        codes,
        np.concatenate([[0], np.cumsum(n_places)]).astype(np.int64),
        np.arange(len(kept), dtype=np.int32),
        total[1:][frequent],
        (anywhere if opens is None else opens)[names],
        (anywhere if closes is None else closes)[names],
    )
    counted, longest = count_ranges(flow, limits)
    return Sequences(
        np.append(names, np.int32(-1)).astype(np.int32)[counted.words],
        counted.n_words,
        counted.offsets,
        counted.cell,
        counted.n,
        longest,
        flow.offsets,
    )


def _lay_out(tokens: Tokens, kept: Bools) -> tuple[Ints32, Ints, Ints]:
    """Write the words as codes in alphabetical order; count each code, and each document."""
    n_types = len(tokens.vocabulary)
    rank = np.empty(n_types, np.int32)
    rank[tokens.alphabetical()] = np.arange(1, n_types + 1)
    n_parts = np.diff(tokens.part_offsets)
    several = np.flatnonzero(n_parts != 1)
    # Words of several parts point to how many there are, and which.
    size = n_parts[several] + 1
    place = np.cumsum(size) - size + 1
    parts = np.zeros(int(size.sum()) + 1, np.int32)
    parts[place] = n_parts[several]
    inner = np.ones(len(parts), bool)
    inner[0] = inner[place] = False
    of_several = np.repeat(n_parts > 1, n_parts)
    parts[inner] = rank[tokens.parts[of_several]]
    codes = rank[tokens.parts[tokens.part_offsets[:-1]]] if n_types else rank
    codes[several] = -place
    counts = np.diff(tokens.doc_offsets)
    # A word of several parts has a hyphen for each: there are never more than this.
    flow = np.empty(len(tokens.texts) // 2 + len(counts), np.int32)
    total, n_places = np.zeros(n_types + 1, np.int64), np.zeros(len(counts), np.int64)
    scanned = tokens.ids, counts, tokens.breaks, kept
    n = load_kernels("ngram_kernels").pour(scanned, (codes, parts), flow, total, n_places)
    return flow[:n], total, n_places


def free_occurrences(sequences: Sequences, column: Ints32) -> tuple[Ints32, Ints32]:
    """Find the occurrences of sequences that lie within no longer one.

    Parameters
    ----------
    sequences : Sequences
        With the longest sequence at each place; those longer than the marks do not count as
        longer.
    column : ndarray of int32, shape (n_sequences,)
        A number for each sequence; -1 for one that is not to be found, and that holds no other
        which is.

    Returns
    -------
    doc, column : ndarray of int32
        One entry for each free occurrence, in the order of the text.
    """
    docs, columns = np.empty((2, int((sequences.longest >= 0).sum())), np.int32)
    about = sequences.n_words, column
    n_docs = len(sequences.place_offsets) - 1
    runs = sequences.place_offsets, np.arange(n_docs, dtype=np.int32)
    n = load_kernels("ngram_kernels").stand_free(sequences.longest, about, runs, docs, columns)
    return docs[:n], columns[:n]
