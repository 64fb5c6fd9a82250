"""Places in a text that lie inside one another, or cross: compiled."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@njit(cache=True, nogil=True)
def judge_overlaps(begins: Ints, ends: Ints, strength: Floats) -> tuple[Bools, Bools]:
    """Say which places lie inside another, and which are crossed by a stronger one.

    Parameters
    ----------
    begins, ends : ndarray of int64, shape (n_places,)
        Half-open intervals, no two of them the same, by begin and, of those with the same begin,
        the longest first.
    strength : ndarray of float64, shape (n_places,)
        Of two places that cross the weaker one is marked.

    Returns
    -------
    nested, crossed : ndarray of bool, shape (n_places,)
    """
    n = len(begins)
    nested, crossed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    for i in range(n):
        j = i + 1
        while j < n and begins[j] < ends[i]:
            if ends[j] <= ends[i]:
                nested[j] = True
            elif strength[i] > strength[j]:
                crossed[j] = True
            elif strength[j] > strength[i]:
                crossed[i] = True
            j += 1
    return nested, crossed
