"""Where sequences of words stand: one pass over the token ids, nothing built beforehand.

The words are those of ``Tokens.expanded()``, but hyphenated words are split on the way, so that a
pass needs no memory of the size of the corpus and can begin at once on arrays that are mapped
from a disk.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Text(NamedTuple):
    """The arrays of `Tokens` that a pass reads.

    Attributes
    ----------
    ids, breaks, doc_offsets, parts, part_offsets : ndarray
        As in `Tokens`, all read-only.
    """

    ids: NDArray[np.int32]
    breaks: NDArray[np.bool_]
    doc_offsets: NDArray[np.int64]
    parts: NDArray[np.int32]
    part_offsets: NDArray[np.int32]


class Patterns(NamedTuple):
    """What is looked for: sequences of places, and the types that fit each.

    A pattern is tried where its anchor stands, one of its words, the rarest if there is a choice.

    Attributes
    ----------
    opens : ndarray of bool, shape (n_types,)
        A token of this type has a part that is the anchor of a pattern.
    anchored_offsets : ndarray of int64, shape (n_types + 1,)
        Where in `anchored` the patterns begin whose anchor a type is.
    anchored : ndarray of int32
        Numbers of patterns, the shorter before the longer within a type.
    anchors : ndarray of int64, shape (n_patterns,)
        Which word of each pattern is its anchor. All 0 where there are several patterns, so that
        hits are found in the order of their first words.
    offsets : ndarray of int64, shape (n_patterns + 1,)
        First place of each pattern.
    types : ndarray of int32, shape (n_places,)
        The type that fits, or -1 - (a row of `members`).
    may_break : ndarray of bool, shape (n_places,)
        Punctuation may stand before this place.
    members : ndarray of bool, shape (n_wildcards, n_types)
        The types that fit a wildcard.
    """

    opens: NDArray[np.bool_]
    anchored_offsets: Ints
    anchored: NDArray[np.int32]
    anchors: Ints
    offsets: Ints
    types: NDArray[np.int32]
    may_break: NDArray[np.bool_]
    members: NDArray[np.bool_]


@njit(cache=True, nogil=True)
def _next_opening(ids: NDArray[np.int32], opens: NDArray[np.bool_], token: int, end: int) -> int:
    """Pass over tokens at which nothing can begin, eight at a time."""
    while token + 8 <= end:
        if (
            opens[np.uint32(ids[token])]
            | opens[np.uint32(ids[token + 1])]
            | opens[np.uint32(ids[token + 2])]
            | opens[np.uint32(ids[token + 3])]
            | opens[np.uint32(ids[token + 4])]
            | opens[np.uint32(ids[token + 5])]
            | opens[np.uint32(ids[token + 6])]
            | opens[np.uint32(ids[token + 7])]
        ):
            break
        token += 8
    while token < end and not opens[np.uint32(ids[token])]:
        token += 1
    return token


@njit(cache=True, nogil=True)
def _step_back(
    text: Text, patterns: Patterns, pattern: int, at: tuple[int, int, int]
) -> tuple[int, int]:
    """Go from the anchor, `at` (token, part, begin of the document), to the first word."""
    token, part, doc_begin = at
    first = patterns.offsets[pattern]
    for place in range(first + patterns.anchors[pattern], first, -1):
        if part > 0:
            part -= 1
            continue
        if token == doc_begin or (text.breaks[token] and not patterns.may_break[place]):
            return -1, -1
        token -= 1
        type_ = text.ids[token]
        part = text.part_offsets[type_ + 1] - text.part_offsets[type_] - 1
    return token, part


@njit(cache=True, nogil=True)
def _reach(
    text: Text, patterns: Patterns, pattern: int, at: tuple[int, int, int]
) -> tuple[int, int]:
    """Follow a pattern from its first word, `at` (token, part, end of the document).

    Returns the last token and part, or -1, -1 where the pattern does not fit.
    """
    token, part, doc_end = at
    first = patterns.offsets[pattern]
    if patterns.offsets[pattern + 1] == first + 1:
        return token, part  # the only word is the anchor, and fits
    part -= 1
    for place in range(first, patterns.offsets[pattern + 1]):
        part += 1
        begin = text.part_offsets[text.ids[token]]
        if begin + part >= text.part_offsets[text.ids[token] + 1]:
            token += 1
            part = 0
            if token >= doc_end or (text.breaks[token] and not patterns.may_break[place]):
                return -1, -1
            begin = text.part_offsets[text.ids[token]]
        word = text.parts[begin + part]
        wanted = patterns.types[place]
        if wanted >= 0:
            if word != wanted:
                return -1, -1
        elif not patterns.members[-1 - wanted, word]:
            return -1, -1
    return token, part


@njit(cache=True, nogil=True)
def count_in_documents(text: Text, patterns: Patterns, rows: Ints) -> Ints:
    """Count the hits in each document; two patterns on the same words are one hit.

    Parameters
    ----------
    text : Text
    patterns : Patterns
    rows : ndarray of int64, shape (n_searched,)
        Documents to search.

    Returns
    -------
    ndarray of int64, shape (n_searched,)
    """
    counts = np.zeros(len(rows), np.int64)
    ids, opens = text.ids, patterns.opens
    for i in range(len(rows)):
        n = 0
        doc_begin, doc_end = text.doc_offsets[rows[i]], text.doc_offsets[rows[i] + 1]
        anchor = _next_opening(ids, opens, doc_begin, doc_end)
        while anchor < doc_end:
            type_ = ids[anchor]
            begin = text.part_offsets[type_]
            for anchor_part in range(text.part_offsets[type_ + 1] - begin):
                word = text.parts[begin + anchor_part]
                length = np.int64(0)
                for k in range(
                    patterns.anchored_offsets[word], patterns.anchored_offsets[word + 1]
                ):
                    pattern = patterns.anchored[k]
                    n_places = patterns.offsets[pattern + 1] - patterns.offsets[pattern]
                    if n_places == length:
                        continue
                    at = (anchor, anchor_part, doc_begin)
                    token, part = _step_back(text, patterns, pattern, at)
                    if token < 0:
                        continue
                    last, _ = _reach(text, patterns, pattern, (token, part, doc_end))
                    if last >= 0:
                        length = n_places
                        n += 1
            anchor = _next_opening(ids, opens, anchor + 1, doc_end)
        counts[i] = n
    return counts


@njit(cache=True, nogil=True)
def list_hits(text: Text, patterns: Patterns, rows: Ints) -> Ints:
    """List every hit of every pattern.

    Parameters
    ----------
    text : Text
    patterns : Patterns
    rows : ndarray of int64
        Documents to search.

    Returns
    -------
    ndarray of int64, shape (n_hits, 6)
        Entry of `rows`, pattern, first token and its part, last token and its part; in the order
        of `rows` and of the text, at one place the shorter first.
    """
    hits = np.empty((64, 6), np.int64)
    n = 0
    ids, opens = text.ids, patterns.opens
    for i in range(len(rows)):
        doc_begin, doc_end = text.doc_offsets[rows[i]], text.doc_offsets[rows[i] + 1]
        anchor = _next_opening(ids, opens, doc_begin, doc_end)
        while anchor < doc_end:
            type_ = ids[anchor]
            begin = text.part_offsets[type_]
            for anchor_part in range(text.part_offsets[type_ + 1] - begin):
                word = text.parts[begin + anchor_part]
                for k in range(
                    patterns.anchored_offsets[word], patterns.anchored_offsets[word + 1]
                ):
                    pattern = patterns.anchored[k]
                    at = (anchor, anchor_part, doc_begin)
                    token, part = _step_back(text, patterns, pattern, at)
                    if token < 0:
                        continue
                    last, last_part = _reach(text, patterns, pattern, (token, part, doc_end))
                    if last < 0:
                        continue
                    if n == len(hits):
                        grown = np.empty((2 * n, 6), np.int64)
                        grown[:n] = hits
                        hits = grown
                    hits[n, 0], hits[n, 1] = i, pattern
                    hits[n, 2], hits[n, 3] = token, part
                    hits[n, 4], hits[n, 5] = last, last_part
                    n += 1
            anchor = _next_opening(ids, opens, anchor + 1, doc_end)
    return hits[:n].copy()


@njit(cache=True, nogil=True)
def find_tokens(starts: NDArray[np.int32], doc_offsets: Ints, rows: Ints, places: Ints) -> Ints:
    """Find for places in texts the first token that does not begin before each.

    Parameters
    ----------
    starts, doc_offsets : ndarray
        As in `Tokens`.
    rows : ndarray of int64, shape (n,)
        Documents.
    places : ndarray of int64, shape (n,)
        Code points.

    Returns
    -------
    ndarray of int64, shape (n,)
        The end of the document where there is no such token.
    """
    found = np.empty(len(rows), np.int64)
    for i in range(len(rows)):
        low = doc_offsets[rows[i]]
        high = doc_offsets[rows[i] + 1]
        while low < high:
            middle = (low + high) // 2
            if starts[middle] < places[i]:
                low = middle + 1
            else:
                high = middle
        found[i] = low
    return found


@njit(cache=True, nogil=True)
def count_by_pattern(hits: Ints, n_patterns: int) -> tuple[Ints, Ints]:
    """Count occurrences of each pattern, and the documents that have it.

    Parameters
    ----------
    hits : ndarray of int64, shape (n_hits, 6)
        From `list_hits`.
    n_patterns : int

    Returns
    -------
    n, n_docs : ndarray of int64, shape (n_patterns,)
    """
    n = np.zeros(n_patterns, np.int64)
    n_docs = np.zeros(n_patterns, np.int64)
    seen = np.full(n_patterns, -1, np.int64)
    for hit in range(len(hits)):
        pattern = hits[hit, 1]
        n[pattern] += 1
        if seen[pattern] != hits[hit, 0]:
            seen[pattern] = hits[hit, 0]
            n_docs[pattern] += 1
    return n, n_docs
