"""Silence: what was established and is absent since, with the arithmetic of how odd that is."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special

from watchwords.trends.exposure import Floats, Ints

ESTABLISHED = 10
UNLIKELY = 0.05
SILENCE = (
    *("silent", "k_steady", "n_steady", "steady_start", "n_silent"),
    *("silence_start", "expected_silent", "p_silent"),
)


def find_silences(
    table: pd.DataFrame, matrix: sparse.csc_array, period: Ints, *, n_periods: int
) -> pd.DataFrame:
    """Find the claimed falls that end in none at all, and say how many documents were expected.

    Only what the screen has claimed is looked at, so that no silence stands beside the control
    of false discoveries. The rate before is that of the time from the beginning (or onset) to
    the date of the fall, or of its later half where that is lower: what had faded for long is
    not expected as often as once. Lengths of documents are not weighed here.

    Parameters
    ----------
    table : pandas.DataFrame
        Items with ``claimed``, ``direction``, ``onset_at``, ``end_at`` (indices, -1 for none),
        ``dispersion``, ``n_dated`` and ``last_at``, the period of the last document with it,
        those of an unfinished period included.
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences in the tested documents.
    period : ndarray of int64, shape (n_docs,)
        Period of each document.
    n_periods : int
        Length of the axis.

    Returns
    -------
    pandas.DataFrame
        One row per item: ``silent`` (bool), ``k_steady`` of ``n_steady`` documents from
        ``steady_start`` (index of a period) to ``silence_start`` (index of the first period
        without it), ``n_silent`` documents since, ``expected_silent`` of them with it at the rate
        before, and ``p_silent``, the probability of none at that rate. 0, -1 or NaN where there
        is no silence.
    """
    n = np.concatenate([[0], np.cumsum(np.bincount(period, minlength=n_periods))])
    rows = [(False, 0, 0, -1, 0, -1, np.nan, np.nan)] * len(table)
    ends, onsets = table["end_at"].to_numpy(np.int64), table["onset_at"].to_numpy(np.int64)
    fell = (table["claimed"] & (table["direction"] == "down")).to_numpy(bool, copy=True)
    fell &= (ends > 0) & (ends < n_periods) & (table["last_at"].to_numpy() < ends)
    spread = table["dispersion"].to_numpy(float)
    for at in np.flatnonzero(fell).tolist():
        end, found = (
            int(ends[at]),
            period[matrix.indices[matrix.indptr[at] : matrix.indptr[at + 1]]],
        )
        k = np.concatenate([[0], np.cumsum(np.bincount(found, minlength=n_periods))])
        start = _steady_start(k, n, first=max(int(onsets[at]), int(found.min())), end=end)
        k_steady, n_steady = int(k[end] - k[start]), int(n[end] - n[start])
        n_silent = int(n[-1] - n[end])
        p = float(none_probability(k_steady, n_steady, n_silent, dispersion=spread[at]))
        silent = k_steady >= ESTABLISHED and n_silent > 0 and p <= UNLIKELY
        expected = n_silent * k_steady / n_steady
        rows[at] = (silent, k_steady, n_steady, start, n_silent, end, expected, p)
    return pd.DataFrame(rows, columns=list(SILENCE), index=table.index)


def _steady_start(k: Ints, n: Ints, *, first: int, end: int) -> int:
    """Begin the time before a silence where its rate is lower: at first, or half way."""
    half = int(np.searchsorted(n, (n[first] + n[end]) / 2))
    if not first < half < end:
        return first
    whole, later = ((k[end] - k[at]) / max(n[end] - n[at], 1) for at in (first, half))
    return half if later < whole else first


def none_probability(
    k: int | Ints, n: int | Ints, n_since: int | Ints, *, dispersion: float | Floats = 1.0
) -> NDArray[np.float64]:
    r"""Give the probability of no document with an item, at the rate it had before.

    Parameters
    ----------
    k, n : int or ndarray of int64
        Documents with the item, and in all, before.
    n_since : int or ndarray of int64
        Documents since.
    dispersion : float or ndarray of float, default 1
        Variance between periods over that between documents: how much less the documents of a
        period say than so many independent ones.

    Returns
    -------
    ndarray of float

    Notes
    -----
    The beta-binomial :math:`B(a, b + m) / B(a, b)` with :math:`a = k/\phi + 1/2`,
    :math:`b = (n - k)/\phi + 1/2` and :math:`m = n'/\phi`: the rate before is known from
    :math:`n` documents only, and documents of a period go together, so that :math:`\phi` of them
    count as one.

    Examples
    --------
    >>> float(none_probability(52, 240, 41).round(6)), round((1 - 52 / 240) ** 41, 6)
    (9.8e-05, 4.5e-05)
    >>> float(none_probability(52, 240, 41, dispersion=2.0).round(4))
    0.0095
    """
    phi = np.maximum(np.asarray(dispersion, float), 1.0)
    a, b = np.asarray(k) / phi + 0.5, (np.asarray(n) - np.asarray(k)) / phi + 0.5
    m = np.asarray(n_since) / phi
    return np.asarray(np.exp(special.betaln(a, b + m) - special.betaln(a, b)), float)
