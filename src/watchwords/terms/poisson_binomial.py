"""In how many documents something stands near by chance: trials of unequal chances."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

from watchwords.terms.loading import load_kernels

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EXACT = 2000  # trials up to which a distribution is built, and not approximated


def chance_near(n: Ints, sizes: Ints) -> Floats:
    """Compute the chance that an item stands near at least once.

    Parameters
    ----------
    n : ndarray of int64, shape (n_cells,)
        Occurrences in a document.
    sizes : ndarray of int64, shape (n_cells, 2)
        Words near and beyond in that document.

    Returns
    -------
    ndarray of float64, shape (n_cells,)

    Examples
    --------
    >>> chance_near(np.array([1, 2, 9]), np.array([[5, 15], [5, 15], [5, 4]])).round(3).tolist()
    [0.25, 0.447, 1.0]
    """
    beyond, every = sizes[:, 1].astype(float), sizes.sum(axis=1).astype(float)
    possible = beyond >= n
    left = np.where(possible, beyond - n, 0)
    none = gammaln(beyond + 1) - gammaln(left + 1) - gammaln(every + 1) + gammaln(every - n + 1)
    return np.where(possible, -np.expm1(np.minimum(none, 0)), 1.0)


def tail_chances(chances: Floats, offsets: Ints, successes: Ints) -> tuple[Floats, Floats]:
    """Find how likely at most and at least so many documents are.

    Parameters
    ----------
    chances : ndarray of float64
        Chance of each document, those of one item together.
    offsets : ndarray of int64, shape (n_items + 1,)
        Where the documents of each item begin.
    successes : ndarray of int64, shape (n_items,)

    Returns
    -------
    low, high : ndarray of float64, shape (n_items,)
    """
    sum_tails = load_kernels("cooccurrence_kernels").sum_tails
    trials = np.diff(offsets)
    few = np.flatnonzero(trials <= _EXACT)
    kept = np.repeat(trials <= _EXACT, trials)
    few_offsets = np.concatenate([[0], np.cumsum(trials[few])]).astype(np.int64)
    low, high = np.ones(len(trials)), np.ones(len(trials))
    low[few], high[few] = sum_tails(chances[kept], few_offsets, successes[few])
    for item in np.flatnonzero(trials > _EXACT):
        p = chances[offsets[item] : offsets[item + 1]]
        low[item], high[item] = _approximate(p, int(successes[item]))
    return low, high


def _approximate(p: Floats, successes: int) -> tuple[float, float]:
    variance = float((p * (1 - p)).sum())
    if variance == 0:
        return float(successes >= round(p.sum())), float(successes <= round(p.sum()))
    skewness = float((p * (1 - p) * (1 - 2 * p)).sum()) / variance**1.5

    def below(x: float) -> float:
        z = (x - float(p.sum())) / variance**0.5
        density = math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
        return float(np.clip(ndtr(z) + skewness * (1 - z**2) * density / 6, 0, 1))

    return below(successes + 0.5), 1 - below(successes - 0.5)
