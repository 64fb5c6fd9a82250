"""Sequences of a few words, counted by sorting them whole."""

import numpy as np

from watchwords.tokens.flow import (
    Flow,
    Ints,
    Limits,
    Results,
)
from watchwords.tokens.loading import load_kernels

_BITS = 64
# Places of a part: they and a copy of them fit into the second cache of a processor.
_PART = 1 << 15


def spare_bits(flow: Flow, limits: Limits) -> int:
    """Say how many bits are left for the first word; below 1 a sequence does not fit."""
    n_cells = int(flow.cells.max(initial=0)) + 1
    return _BITS - n_cells.bit_length() - (limits.max_words - 1) * len(flow.total).bit_length()


def count_packed(
    flow: Flow, limits: Limits, *, codes: slice, order: Ints, results: Results
) -> Results:
    """Count the sequences that begin with a range of codes.

    Parameters
    ----------
    flow : Flow
        The words; `spare_bits` must be at least 1.
    limits : Limits
        What is counted; nothing is marked.
    codes : slice
        Codes less 1.
    order : ndarray of int64, shape (n_runs,)
        Runs by ascending cell.
    results : Results
        Results of the codes before; these are added.

    Returns
    -------
    Results
    """
    kernels = load_kernels("packed_kernels")
    sizes = np.where(flow.opens[codes], flow.total[codes], 0)
    opens = flow.opens[codes]
    first, starts = _part(sizes, spare_bits(flow, limits))
    part = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(sizes))))
    behind = np.arange(len(sizes)) - first[part] if len(first) else np.empty(0, np.int64)
    n_cells = int(flow.cells.max(initial=0)) + 1
    word_bits, cell_bits = len(flow.total).bit_length(), n_cells.bit_length()
    entries = np.empty(starts[-1], np.uint64)
    kernels.pack(
        flow.codes,
        (flow.offsets[:-1][order], flow.offsets[1:][order], flow.cells[order]),
        np.where(opens, part << 32 | behind, -1).astype(np.int64),
        (codes.start + 1, limits.max_words - 1, word_bits, cell_bits),
        starts[:-1].copy(),
        entries,
    )
    longest = int(np.diff(starts).max(initial=0))
    at = np.array([0, 0, 0, results.n_ngrams, results.n_cells], np.int64)
    stack = np.zeros((limits.max_words + 1, 3), np.int64)
    most = np.diff(np.append(first, len(sizes))) - 1
    prefix_bits = np.array([n.bit_length() for n in most.tolist()], np.int64)
    n_bits = prefix_bits + cell_bits + word_bits * (limits.max_words - 1)
    numbers = (limits.max_words, limits.min_docs, limits.min_count, word_bits, cell_bits)
    arrays = entries, np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    inputs = (
        arrays,
        (starts, first + codes.start + 1, n_bits),
        np.concatenate([[False], flow.closes]),
        (*numbers, n_cells),
    )
    while kernels.unpack(at, stack, *inputs, results.arrays):
        results = results.doubled(*at[kernels.N_NGRAMS :].tolist())
    return Results(results.arrays, *at[kernels.N_NGRAMS :].tolist())


def _part(sizes: Ints, bits: int) -> tuple[Ints, Ints]:
    """Cut words into parts of few places; return the first word and the first place of each."""
    before = np.cumsum(sizes) - sizes
    words = np.arange(len(sizes))
    new = np.ones(len(sizes), bool)
    new[1:] = np.diff(before // _PART) > 0
    # Within a part a word is known by its distance from the first: cut where it is too far.
    origin = np.maximum.accumulate(np.where(new, words, 0))
    new |= (words - origin) % (1 << min(bits, 32)) == 0
    first = np.flatnonzero(new)
    starts = np.append(before[first], sizes.sum())
    return first, starts.astype(np.int64)
