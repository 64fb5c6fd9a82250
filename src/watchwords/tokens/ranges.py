"""Counting by ranges of first words, so that each range fits into memory and cache."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.tokens.flow import (
    Counted,
    Flow,
    Ints,
    Ints32,
    Limits,
    Results,
    room_for_results,
)
from watchwords.tokens.packed import count_packed, spare_bits
from watchwords.tokens.placed import block_runs, count_placed

_MAX_PLACES = 2**32
_BYTES_A_PLACE = 16
# Places that are counted at once: few enough for the cache, many enough to be worth a pass.
_RANGE = 1 << 23
_RANGES = 24


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
    count_range = _counter(flow, limits, longest)
    edges = _cut(flow, limits)
    ranges = [slice(first, end) for first, end in pairwise(edges.tolist())]
    if limits.workers == 1 or len(ranges) < 2:
        n_places = int(flow.total[flow.opens].sum())
        results = room_for_results(n_places, limits.max_words)
        for codes in ranges:
            results = count_range(codes, results)
        return results.counted(), longest
    with ThreadPoolExecutor(limits.workers) as executor:
        rooms = (_room(flow, limits, codes) for codes in ranges)
        done = list(executor.map(count_range, ranges, rooms))
    if limits.mark_words:
        # Each range has numbered its sequences from 0.
        sizes = [part.n_ngrams for part in done]
        base = np.repeat(np.cumsum([0, *sizes[:-1]]), np.diff(edges)).astype(np.int32)
        marked = np.flatnonzero(longest >= 0)
        longest[marked] += base[np.abs(flow.codes[marked]) - 1]
    parts = [part.counted() for part in done]
    # What is joined is let go only if nothing else holds it.
    done.clear()
    return _join(parts, limits.max_words), longest


def iterate_ranges(flow: Flow, limits: Limits) -> Iterator[Counted]:
    """Count the sequences of one range of first words after the other.

    Parameters
    ----------
    flow : Flow
        The words.
    limits : Limits
        What is counted; nothing is marked.

    Yields
    ------
    Counted
        The sequences of a range; good until the next one is asked for.
    """
    count_range = _counter(flow, limits, np.empty(0, np.int32))
    for first, end in pairwise(_cut(flow, limits).tolist()):
        codes = slice(first, end)
        yield count_range(codes, _room(flow, limits, codes)).counted()


def _room(flow: Flow, limits: Limits, codes: slice) -> Results:
    return room_for_results(int(flow.total[codes][flow.opens[codes]].sum()), limits.max_words)


def _counter(flow: Flow, limits: Limits, longest: Ints32) -> Callable[[slice, Results], Results]:
    """Choose how to count: whole sequences in one number if they fit, else place by place."""
    order = np.argsort(flow.cells, kind="stable")
    if spare_bits(flow, limits) >= 1 and not limits.mark_words:
        return lambda codes, results: count_packed(
            flow, limits, codes=codes, order=order, results=results
        )
    blocks = block_runs(flow)
    return lambda codes, results: count_placed(
        flow, limits, codes=codes, order=order, blocks=blocks, longest=longest, results=results
    )


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


def _join(parts: list[Counted], max_words: int) -> Counted:
    """Put ranges together; each is let go as soon as it is copied."""
    n_cells = np.cumsum([0, *(len(part.cell) for part in parts)])
    offsets = [part.offsets[1:] + base for part, base in zip(parts, n_cells, strict=False)]
    columns: dict[str, list[NDArray[Any]]] = {
        "words": [np.empty((0, max_words), np.int32), *(part.words for part in parts)],
        "n_words": [np.empty(0, np.uint8), *(part.n_words for part in parts)],
        "offsets": [np.zeros(1, np.int64), *offsets],
        "cell": [np.empty(0, np.int32), *(part.cell for part in parts)],
        "n": [np.empty(0, np.int32), *(part.n for part in parts)],
    }
    parts.clear()
    return Counted(**{name: np.concatenate(columns.pop(name)) for name in list(columns)})
