"""Counting by ranges of first words, so that each range fits into memory and cache."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.tokens.loading import load_kernels

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

_MAX_PLACES = 2**32
_BYTES_A_PLACE = 16
# Places that are counted at once: few enough for the cache, many enough to be worth a pass.
_RANGE = 1 << 22
_RANGES = 12


@dataclass(frozen=True, eq=False)
class Flow:
    """Words in reading order, as codes from 1, and what may become of them.

    Attributes
    ----------
    codes : ndarray of int32, shape (n_places,)
        0 for a word that no sequence may hold, negative where no sequence may reach the word
        from the one before.
    offsets : ndarray of int64, shape (n_runs + 1,)
        Where each run (a document) begins; its first code is not positive.
    cells : ndarray of int32, shape (n_runs,)
        What each run is counted under.
    total : ndarray of int64, shape (n_codes,)
        Occurrences of each code, from 1.
    opens, closes : ndarray of bool, shape (n_codes,)
        Codes that may stand first, and last.
    """

    codes: Ints32
    offsets: Ints
    cells: Ints32
    total: Ints
    opens: Bools
    closes: Bools


@dataclass(frozen=True, eq=False)
class Counted:
    """Sequences in lexicographic order of their codes, each before those it begins.

    Attributes
    ----------
    words : ndarray of int32, shape (n_ngrams, max_words)
        Codes less 1, -1 behind the last.
    n_words : ndarray of uint8, shape (n_ngrams,)
        Length of each sequence.
    offsets : ndarray of int64, shape (n_ngrams + 1,)
        Where the cells of each sequence begin.
    cell, n : ndarray of int32, shape (n_cells,)
        The cell, and occurrences in it; ascending by cell within a sequence.
    """

    words: Ints32
    n_words: NDArray[np.uint8]
    offsets: Ints
    cell: Ints32
    n: Ints32


@dataclass(frozen=True)
class Limits:
    """What is counted: lengths up to `max_words`, in so many cells, so many times.

    Lengths up to `mark_words` are marked at each place; 0 for none. `max_memory` is in bytes, for
    the places being counted; `workers` are threads.
    """

    max_words: int
    min_docs: int = 1
    min_count: int = 1
    mark_words: int = 0
    max_memory: int | None = None
    workers: int = 1


def count_ranges(flow: Flow, limits: Limits) -> tuple[Counted, Ints32]:
    """Count all sequences of some words.

    Parameters
    ----------
    flow : Flow
        The words.
    limits : Limits
        What is counted.

    Returns
    -------
    Counted
        The sequences.
    ndarray of int32, shape (n_places,) or (0,)
        Number of the longest sequence that begins at each place, -1 for none.

    Raises
    ------
    WatchwordsError
        If there are 2**32 words or more.
    """
    longest = np.full(len(flow.codes) if limits.mark_words else 0, -1, np.int32)
    edges = _cut(flow, limits)
    parts = list(iterate_ranges(flow, limits, edges=edges, longest=longest))
    sizes = [len(part.n_words) for part in parts]
    if limits.mark_words and len(parts) > 1:
        # Each range has numbered its sequences from 0.
        base = np.repeat(np.cumsum([0, *sizes[:-1]]), np.diff(edges)).astype(np.int32)
        marked = np.flatnonzero(longest >= 0)
        longest[marked] += base[np.abs(flow.codes[marked]) - 1]
    return _join(parts, limits.max_words), longest


def iterate_ranges(
    flow: Flow, limits: Limits, *, edges: Ints | None = None, longest: Ints32 | None = None
) -> Iterator[Counted]:
    """Count the sequences of one range of first words after the other.

    Parameters
    ----------
    flow : Flow
        The words.
    limits : Limits
        What is counted.
    edges : ndarray of int64, optional
        Ranges of codes less 1.
    longest : ndarray of int32, optional
        Written to; see `count_ranges`. Sequences are numbered within their range.

    Yields
    ------
    Counted
    """
    edges = _cut(flow, limits) if edges is None else edges
    runs = _order_runs(flow)
    marks = np.empty(0, np.int32) if longest is None else longest

    def count_range(first: int) -> Counted:
        codes = slice(int(edges[first]), int(edges[first + 1]))
        return _count_range((flow, runs, marks), limits, codes=codes)

    numbers = range(len(edges) - 1)
    if limits.workers == 1:
        yield from map(count_range, numbers)
        return
    with ThreadPoolExecutor(limits.workers) as executor:
        yield from executor.map(count_range, numbers)


def _cut(flow: Flow, limits: Limits) -> Ints:
    """Cut the codes into ranges with about as many places each."""
    n_places = len(flow.codes)
    if n_places >= _MAX_PLACES:
        raise WatchwordsError(
            f"there are {n_places:,} words, and at most {_MAX_PLACES - 1:,} can be counted at a "
            "time; count fewer documents at a time."
        )
    room = max(_RANGE, n_places // _RANGES)
    if limits.max_memory is not None:
        room = max(1, min(room, limits.max_memory // (_BYTES_A_PLACE * limits.workers)))
    behind = np.cumsum(np.where(flow.opens, flow.total, 0))
    n_codes = len(behind)
    edges = [0]
    while edges[-1] < n_codes:
        done = behind[edges[-1] - 1] if edges[-1] else 0
        end = int(np.searchsorted(behind, done + room, side="right"))
        edges.append(min(max(end, edges[-1] + 1), n_codes))
    return np.array(edges, np.int64)


def _order_runs(flow: Flow) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints32, Ints32]]:
    """Sort runs by their cell, and say for each block of places with which run it begins."""
    order = np.argsort(flow.cells, kind="stable")
    block = 1 << load_kernels("ngram_kernels").BLOCK_BITS
    places = np.arange(0, len(flow.codes), block)
    blocks = (np.searchsorted(flow.offsets, places, side="right") - 1).astype(np.int32)
    bounds = (flow.offsets[:-1][order], flow.offsets[1:][order])
    return bounds, (flow.offsets, flow.cells, blocks)


def _count_range(parts: tuple[Flow, Any, Ints32], limits: Limits, *, codes: slice) -> Counted:
    kernels = load_kernels("ngram_kernels")
    flow, (bounds, runs), longest = parts
    opens, closes = (np.concatenate([[False], roles]) for roles in (flow.opens, flow.closes))
    sizes = np.where(flow.opens[codes], flow.total[codes], 0)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    first = codes.start + 1
    entries = np.empty(starts[-1], np.uint64)
    kernels.fill(flow.codes, bounds, opens, first, starts[:-1].copy(), entries)
    spare = np.empty(int(sizes.max(initial=0)), np.uint64)
    at = np.zeros(4, np.int64)
    stack = np.zeros((limits.max_words + 1, 3), np.int64)
    n_bits = len(flow.total).bit_length()
    numbers = (limits.max_words, limits.min_docs, limits.min_count, limits.mark_words, n_bits)
    outputs = _outputs(len(entries), int(spare.size), limits.max_words)
    inputs = (flow.codes, runs, (entries, spare), (starts, first), closes, numbers)
    while kernels.grow(at, stack, *inputs, outputs, longest):
        outputs = tuple(map(_doubled, outputs))
    n_ngrams, n_cells = at[kernels.N_NGRAMS :].tolist()
    words, n_words, ends, cell, n = outputs
    return Counted(
        words[:n_ngrams].copy(),
        n_words[:n_ngrams].copy(),
        np.concatenate([[0], ends[:n_ngrams]]).astype(np.int64),
        cell[:n_cells].copy(),
        n[:n_cells].copy(),
    )


def _outputs(n_entries: int, n_most: int, max_words: int) -> tuple[Any, ...]:
    n_ngrams, n_cells = n_entries // 4 + 1024, max(n_entries // 2, 2 * n_most) + 1024
    return (
        np.empty((n_ngrams, max_words), np.int32),
        np.empty(n_ngrams, np.uint8),
        np.empty(n_ngrams, np.int64),
        np.empty(n_cells, np.int32),
        np.empty(n_cells, np.int32),
    )


def _doubled(array: Any) -> Any:
    longer = np.empty((2 * len(array), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


def _join(parts: list[Counted], max_words: int) -> Counted:
    n_cells = np.cumsum([0, *(len(part.cell) for part in parts)])
    offsets = [part.offsets[1:] + base for part, base in zip(parts, n_cells, strict=False)]
    return Counted(
        np.concatenate([np.empty((0, max_words), np.int32), *(part.words for part in parts)]),
        np.concatenate([np.empty(0, np.uint8), *(part.n_words for part in parts)]),
        np.concatenate([np.zeros(1, np.int64), *offsets]),
        np.concatenate([np.empty(0, np.int32), *(part.cell for part in parts)]),
        np.concatenate([np.empty(0, np.int32), *(part.n for part in parts)]),
    )
