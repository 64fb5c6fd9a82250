"""The same months a year before: what returns with the calendar is no change."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.floors import SPAN_DOCS
from watchwords.trends.agreement import share_difference
from watchwords.trends.exposure import Ints

MIN_MONTHS = 24
_YEAR = 12
_WINDOWS = (3, 6, _YEAR)


def count_same_months(
    matrix: sparse.csc_array, period: Ints, *, n_periods: int, monthly: bool
) -> pd.DataFrame:
    """Count the documents of the last months with each item, and of those months a year before.

    The last three months; six, or twelve, where three hold fewer than 30 documents in either
    year. An item that returns every year, before each congress say, is then compared with itself.
    A year that was odd as a whole is not seen.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences in the tested documents.
    period : ndarray of int64, shape (n_docs,)
        Month of each document.
    n_periods : int
        Months of the axis.
    monthly : bool
        The periods are months; otherwise nothing is compared.

    Returns
    -------
    pandas.DataFrame
        One row per item: ``k_recent``, ``n_recent`` (documents with it and in all, in the last
        months), ``k_year_before``, ``n_year_before`` (in the same months of the year before) and
        ``months`` (how many they are). All 0 below 24 months, and where months are not the
        periods.

    Examples
    --------
    >>> matrix = sparse.csc_array(np.array([[1]] * 40 + [[0]] * 40, np.int32))
    >>> period = np.repeat([11, 23], 40)
    >>> count_same_months(matrix, period, n_periods=24, monthly=True)
       k_recent  n_recent  k_year_before  n_year_before  months
    0         0        40             40             40       3
    """
    n_items = matrix.shape[1]
    names = ["k_recent", "n_recent", "k_year_before", "n_year_before", "months"]
    if not monthly or n_periods < MIN_MONTHS:
        return pd.DataFrame(0, index=range(n_items), columns=names)
    n = np.bincount(period, minlength=n_periods)
    enough = [
        min(int(n[-w:].sum()), int(n[-w - _YEAR : -_YEAR].sum())) >= SPAN_DOCS for w in _WINDOWS
    ]
    months = _WINDOWS[enough.index(True)] if any(enough) else _YEAR
    item = np.repeat(np.arange(n_items), np.diff(matrix.indptr))
    out: dict[str, NDArray[np.int64] | int] = {}
    for name, ago in (("recent", 0), ("year_before", _YEAR)):
        end = n_periods - ago
        inside = (period >= end - months) & (period < end)
        chosen = inside[matrix.indices]
        out[f"k_{name}"] = np.bincount(item[chosen], minlength=n_items).astype(np.int64)
        out[f"n_{name}"] = int(inside.sum())
    return pd.DataFrame({**out, "months": months}, index=range(n_items))


def lie_after(counts: pd.DataFrame, changed_at: Ints, *, n_periods: int) -> NDArray[np.bool_]:
    """Tell of which items both compared spans of months lie after the change.

    What is in both years is then what came of the change, and their comparison cannot bear it
    out.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `count_same_months` gives it.
    changed_at : ndarray of int64, shape (n_items,)
        Month of a change that took place at a date; -1 for none, or for one that went on.
    n_periods : int
        Months of the axis.

    Returns
    -------
    ndarray of bool, shape (n_items,)
    """
    months = counts["months"].to_numpy(np.int64)
    after = (changed_at >= 0) & (changed_at <= n_periods - _YEAR - months)
    return np.asarray((months > 0) & after)


def agree_months(
    counts: pd.DataFrame, direction: NDArray[np.object_], *, after: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which directions the same months a year before bear out, or cannot judge.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `count_same_months` gives it.
    direction : ndarray of str, shape (n_items,)
        "up", "down" or "".
    after : ndarray of bool, shape (n_items,)
        Both years lie after the change, as `lie_after` tells.

    Returns
    -------
    ndarray of bool, shape (n_items,)
        True if the share moves in the direction, where there is one and months are compared.
        Where both years lie after the change it is True unless the 95 % interval of the
        difference lies on the other side of 0.
    """
    k, n = counts["k_recent"].to_numpy(), counts["n_recent"].to_numpy()
    k_before, n_before = counts["k_year_before"].to_numpy(), counts["n_year_before"].to_numpy()
    sign = np.select([direction == "up", direction == "down"], [1, -1], 0)
    moved = sign * (k * n_before - k_before * n)
    compared = (counts["months"].to_numpy() > 0) & (sign != 0)
    low, high = share_difference((k_before, n_before), (k, n))
    against = ((sign > 0) & (high < 0)) | ((sign < 0) & (low > 0))
    agrees: NDArray[np.bool_] = ~compared | np.where(after, ~against, moved > 0)
    return agrees
