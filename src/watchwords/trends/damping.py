"""What one document says about an item: presence, or a damped count where presence says little."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

DAMPED_SHARE = 0.3
_LOG_2 = float(np.log(2))
_LARGE = 100.0


def is_damped(n_docs: ArrayLike, n_docs_total: int) -> NDArray[np.bool_]:
    """Tell which items are judged by damped counts instead of by presence.

    Presence makes repetition inside a document harmless, but says nothing of an item that
    nearly every document has.

    Parameters
    ----------
    n_docs : array_like of int, shape (n_items,)
        Documents with each item.
    n_docs_total : int
        Documents in all.

    Returns
    -------
    ndarray of bool
        True where more than 30 % of the documents have the item.
    """
    return np.asarray(np.asarray(n_docs) > DAMPED_SHARE * n_docs_total)


def damp(counts: ArrayLike) -> Floats:
    """Damp counts so that the tenth mention in a document adds less than the first.

    Parameters
    ----------
    counts : array_like of int
        Occurrences in a document.

    Returns
    -------
    ndarray of float
        log2(1 + count): 0 stays 0, 1 stays 1, 7 becomes 3.

    Examples
    --------
    >>> damp([0, 1, 7]).tolist()
    [0.0, 1.0, 3.0]
    """
    return np.asarray(np.log2(1.0 + np.asarray(counts, float)))


def mean_score(mentions: ArrayLike, *, damped: bool) -> Floats:
    r"""Compute the expected score of a document in which so many mentions are expected.

    Parameters
    ----------
    mentions : array_like of float
        Expected number of mentions, Poisson.
    damped : bool
        The damped count, or else presence.

    Returns
    -------
    ndarray of float
        :math:`1 - e^{-m}`, or :math:`E \log_2(1 + \mathrm{Poisson}(m))` from a table, by the
        delta method above 100 mentions.

    Examples
    --------
    >>> mean_score([0.0, 0.01], damped=False).round(4).tolist()
    [0.0, 0.01]
    """
    m = np.asarray(mentions, float)
    if not damped:
        return np.asarray(-np.expm1(-m), dtype=float)
    grid, ratio, _ = _damped_table()
    small = m * np.interp(np.log(np.clip(m, 1e-12, _LARGE)), grid, ratio)
    large = np.log2(1 + m) - m / (1 + m) ** 2 / (2 * _LOG_2)
    return np.asarray(np.where(m < _LARGE, small, large))


def score_variance(mentions: ArrayLike, *, damped: bool) -> Floats:
    """Compute the variance of a document's score when mentions are Poisson.

    Parameters
    ----------
    mentions : array_like of float
        Expected number of mentions.
    damped : bool
        The damped count, or else presence.

    Returns
    -------
    ndarray of float
    """
    m = np.asarray(mentions, float)
    if not damped:
        share = np.exp(-m)
        return np.asarray(share * (1 - share))
    grid, _, ratio = _damped_table()
    small = m * np.interp(np.log(np.clip(m, 1e-12, _LARGE)), grid, ratio)
    large = m / ((1 + m) * _LOG_2) ** 2
    return np.asarray(np.where(m < _LARGE, small, large))


@lru_cache(maxsize=1)
def _damped_table() -> tuple[Floats, Floats, Floats]:
    """Tabulate mean and variance of log2(1 + Poisson(m)), over m, for 1e-5 <= m <= 100."""
    grid = np.linspace(np.log(1e-5), np.log(_LARGE), 700)
    m = np.exp(grid)[:, None]
    k = np.arange(260)[None, :]
    mass = np.exp(k * np.log(m) - m - special.gammaln(k + 1))
    score = np.log2(1.0 + k)
    mean = (mass * score).sum(axis=1)
    variance = (mass * score**2).sum(axis=1) - mean**2
    return grid, mean / m[:, 0], variance / m[:, 0]
