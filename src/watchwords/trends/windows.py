"""In how many documents an item is found before its change, in its time and after."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.trends.exposure import Ints

PARTS = ("before", "within", "after")


def count_windows(
    matrix: sparse.csc_array,
    period: Ints,
    n_units: Ints,
    *,
    onset: Ints,
    end: Ints,
    n_periods: int,
) -> pd.DataFrame:
    """Count documents, occurrences and text before an item's time, within it and after.

    The time of an item is what lies between its onset and its end: for a rise all from the onset
    on, for a fall all up to the end, for a burst what is between.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences.
    period, n_units : ndarray of int64, shape (n_docs,)
        Period and length of each document.
    onset, end : ndarray of int64, shape (n_items,)
        Index of the first period of the item's time, and of the first after it; -1 for none.
    n_periods : int
        Length of the axis.

    Returns
    -------
    pandas.DataFrame
        One row per item, of int64: ``k_``, ``n_``, ``occurrences_`` and ``units_``, each with
        ``before``, ``within`` and ``after``: documents with the item, documents, occurrences,
        and length of the text.

    Examples
    --------
    >>> matrix = sparse.csc_array(np.array([[0], [2], [1], [0]], np.int32))
    >>> counts = count_windows(matrix, np.array([0, 1, 1, 2]), np.full(4, 10),
    ...     onset=np.array([1]), end=np.array([2]), n_periods=3)
    >>> counts[["k_before", "n_before", "k_within", "n_within", "occurrences_within"]]
       k_before  n_before  k_within  n_within  occurrences_within
    0         0         1         2         2                   3
    """
    n_items = matrix.shape[1]
    start, stop = np.maximum(onset, 0), np.where(end < 0, n_periods, end)
    item = np.repeat(np.arange(n_items), np.diff(matrix.indptr))
    when = period[matrix.indices]
    part = (when >= start[item]).astype(np.int64) + (when >= stop[item])
    cell = part * n_items + item
    found = np.bincount(cell, minlength=3 * n_items).reshape(3, n_items)
    occurrences = np.bincount(cell, matrix.data, 3 * n_items).reshape(3, n_items)
    bounds = (start, stop)
    docs = _parts(np.bincount(period, minlength=n_periods), bounds)
    units = _parts(np.bincount(period, n_units, n_periods), bounds)
    out = {}
    for index, name in enumerate(PARTS):
        out[f"k_{name}"] = found[index].astype(np.int64)
        out[f"n_{name}"] = docs[index]
        out[f"occurrences_{name}"] = occurrences[index].astype(np.int64)
        out[f"units_{name}"] = units[index]
    return pd.DataFrame(out, index=range(n_items))


def _parts(sums: NDArray[Any], bounds: tuple[Ints, Ints]) -> list[NDArray[np.int64]]:
    """Sum what is before, between and after bounds."""
    total = np.concatenate([[0], np.cumsum(sums)]).astype(np.int64)
    first, second = total[bounds[0]], total[bounds[1]]
    return [first, second - first, total[-1] - second]
