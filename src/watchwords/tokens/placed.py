"""Sequences of any length, counted by going from place to place."""

import numpy as np

from watchwords.tokens.flow import (
    Flow,
    Ints,
    Ints32,
    Limits,
    Results,
)
from watchwords.tokens.loading import load_kernels


def block_runs(flow: Flow) -> Ints32:
    """Say for each block of places with which run it begins."""
    block = 1 << load_kernels("ngram_kernels").BLOCK_BITS
    places = np.arange(0, len(flow.codes), block)
    return (np.searchsorted(flow.offsets, places, side="right") - 1).astype(np.int32)


def count_placed(
    flow: Flow,
    limits: Limits,
    *,
    codes: slice,
    order: Ints,
    blocks: Ints32,
    longest: Ints32,
    results: Results,
) -> Results:
    """Count the sequences that begin with a range of codes.

    Parameters
    ----------
    flow : Flow
        The words.
    limits : Limits
        What is counted.
    codes : slice
        Codes less 1.
    order : ndarray of int64, shape (n_runs,)
        Runs by ascending cell.
    blocks : ndarray of int32
        From `block_runs`.
    longest : ndarray of int32, shape (n_places,)
        Written to: the number of the longest sequence at each place.
    results : Results
        Results of the codes before; these are added.

    Returns
    -------
    Results
    """
    kernels = load_kernels("ngram_kernels")
    opens, closes = (np.concatenate([[False], roles]) for roles in (flow.opens, flow.closes))
    sizes = np.where(flow.opens[codes], flow.total[codes], 0)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    first = codes.start + 1
    entries = np.empty(starts[-1], np.uint64)
    bounds = flow.offsets[:-1][order], flow.offsets[1:][order]
    kernels.fill(flow.codes, bounds, opens, first, starts[:-1].copy(), entries)
    spare = np.empty(int(sizes.max(initial=0)), np.uint64)
    at = np.array([0, 0, results.n_ngrams, results.n_cells], np.int64)
    stack = np.zeros((limits.max_words + 1, 3), np.int64)
    n_bits = len(flow.total).bit_length()
    numbers = (limits.max_words, limits.min_docs, limits.min_count, limits.mark_words, n_bits)
    runs = flow.offsets, flow.cells, blocks
    inputs = (flow.codes, runs, (entries, spare), (starts, first), closes, numbers)
    while kernels.grow(at, stack, *inputs, results.arrays, longest):
        results = results.doubled(*at[kernels.N_NGRAMS :].tolist())
    return Results(results.arrays, *at[kernels.N_NGRAMS :].tolist())
