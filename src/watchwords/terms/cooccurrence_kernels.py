"""Words near a hit, counted document by document, and how many documents chance would give."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from watchwords.terms.scan_kernels import Text

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

BEYOND, NEAR, OWN = 0, 1, 2


@njit(cache=True, nogil=True)
def mark_zones(n_tokens: int, zones: Ints, hits: Ints) -> Bytes:
    """Mark the tokens near hits, and those of the hits themselves.

    Parameters
    ----------
    n_tokens : int
    zones, hits : ndarray of int64, shape (n_hits, 2)
        First token, and the one behind the last, of what is near each hit, and of the hit.

    Returns
    -------
    ndarray of uint8, shape (n_tokens,)
        `BEYOND`, `NEAR` or `OWN`.
    """
    marks = np.zeros(n_tokens, np.uint8)
    for hit in range(len(zones)):
        marks[zones[hit, 0] : zones[hit, 1]] = 1
    for hit in range(len(hits)):
        marks[hits[hit, 0] : hits[hit, 1]] = 2
    return marks


@njit(cache=True, nogil=True)
def count_near_words(
    text: Text, rows: Ints, marks: Bytes, asked: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Count words near the hits and beyond.

    Parameters
    ----------
    text : Text
    rows : ndarray of int64, shape (n_rows,)
        Documents.
    marks : ndarray of uint8
        From `mark_zones`.
    asked : ndarray of bool, shape (n_types,)
        Types to count; sizes count all words.

    Returns
    -------
    cells : ndarray of int64, shape (n_cells, 4)
        Entry of `rows`, type, occurrences near and beyond.
    sizes : ndarray of int64, shape (n_rows, 2)
        Words near and beyond; those of the hits are in neither.
    """
    tally = np.zeros((len(asked), 2), np.int64)
    found = np.empty(len(asked), np.int32)
    sizes = np.zeros((len(rows), 2), np.int64)
    cells = np.empty((1024, 4), np.int64)
    n_cells = 0
    for i in range(len(rows)):
        n_found = 0
        for token in range(text.doc_offsets[rows[i]], text.doc_offsets[rows[i] + 1]):
            mark = marks[token]
            if mark == 2:
                continue
            side = 0 if mark == 1 else 1
            type_ = text.ids[token]
            for part in range(text.part_offsets[type_], text.part_offsets[type_ + 1]):
                word = text.parts[part]
                sizes[i, side] += 1
                if not asked[word]:
                    continue
                if tally[word, 0] + tally[word, 1] == 0:
                    found[n_found] = word
                    n_found += 1
                tally[word, side] += 1
        if n_cells + n_found > len(cells):
            wider = np.empty((2 * (n_cells + n_found), 4), np.int64)
            wider[:n_cells] = cells[:n_cells]
            cells = wider
        for spot in range(n_found):
            word = found[spot]
            cells[n_cells, 0], cells[n_cells, 1] = i, word
            cells[n_cells, 2], cells[n_cells, 3] = tally[word, 0], tally[word, 1]
            tally[word, 0] = 0
            tally[word, 1] = 0
            n_cells += 1
    return cells[:n_cells].copy(), sizes


@njit(cache=True, nogil=True)
def sum_tails(chances: Floats, offsets: Ints, successes: Ints) -> tuple[Floats, Floats]:
    """Find how likely at most and at least so many successes are, of trials of unequal chances.

    Parameters
    ----------
    chances : ndarray of float64
        Chance of each trial, those of one item together.
    offsets : ndarray of int64, shape (n_items + 1,)
        Where the trials of each item begin.
    successes : ndarray of int64, shape (n_items,)

    Returns
    -------
    low, high : ndarray of float64, shape (n_items,)
        P(X <= successes) and P(X >= successes), exact: the distribution is built trial by trial.
    """
    n_items = len(successes)
    low, high = np.ones(n_items), np.ones(n_items)
    for item in range(n_items):
        n = offsets[item + 1] - offsets[item]
        chance_of = np.zeros(n + 1)
        chance_of[0] = 1.0
        for trial in range(n):
            p = chances[offsets[item] + trial]
            for k in range(trial + 1, 0, -1):
                chance_of[k] = chance_of[k] * (1 - p) + chance_of[k - 1] * p
            chance_of[0] *= 1 - p
        low[item] = min(chance_of[: successes[item] + 1].sum(), 1.0)
        high[item] = min(chance_of[successes[item] :].sum(), 1.0)
    return low, high
