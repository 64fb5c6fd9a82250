"""Of matches that overlap, the longest counts."""

import numpy as np
from numpy.typing import NDArray

# All documents lie on one line, each with a stretch of its own: longer than any text.
STRETCH = 1 << 32


def keep_longest(
    starts: NDArray[np.int64], ends: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Choose intervals that do not overlap: the longest first, of equal ones the leftmost.

    A part inside a whole thereby counts for the whole only.

    Parameters
    ----------
    starts, ends : ndarray of int64, shape (n,)
        Half-open intervals on one line.
    sizes : ndarray of int64, shape (n,)
        What "longest" compares, such as the number of words.

    Returns
    -------
    ndarray of bool, shape (n,)
        True for the chosen ones.

    Examples
    --------
    >>> starts, ends = np.array([0, 4, 20, 23]), np.array([8, 15, 30, 25])
    >>> keep_longest(starts, ends, np.array([2, 3, 3, 1])).tolist()
    [False, True, True, False]
    """
    order = np.lexsort((ends, starts))
    reach = np.maximum.accumulate(ends[order]) if len(order) else ends
    # A cluster is a run of intervals linked by overlap; nearly all are of one interval.
    opens = np.append(True, starts[order][1:] >= reach[:-1])[: len(order)]
    edges = np.append(np.flatnonzero(opens), len(order))
    kept = np.ones(len(order), bool)
    for at in np.flatnonzero(np.diff(edges) > 1):
        cluster = order[edges[at] : edges[at + 1]]
        kept[cluster] = _choose(starts[cluster], ends[cluster], sizes[cluster])
    return kept


def _choose(
    starts: NDArray[np.int64], ends: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.bool_]:
    chosen = np.zeros(len(starts), bool)
    for at in np.lexsort((starts, -sizes)):
        chosen[at] = not (chosen & (starts < ends[at]) & (ends > starts[at])).any()
    return chosen
