"""Which hits of many are shown: spread over time, or page by page."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def spread_evenly(counts: Ints, dates: pd.Series, *, n: int) -> tuple[Ints, Ints]:
    """Choose `n` hits that cover the time of the documents they stand in.

    The time from the first to the last document with a hit is cut into `n` equal parts, the
    undated being one more; each part gives its first hit, then each its second, until there are
    enough. Only the numbers of hits are asked for, so that no hit need be known before it is
    chosen.

    Parameters
    ----------
    counts : ndarray of int64, shape (n_docs,)
        Hits in each document, in the order of time.
    dates : pandas.Series of datetime64, shape (n_docs,)
        Ascending, NaT last.
    n : int
        How many are wanted.

    Returns
    -------
    doc, number : ndarray of int64
        For each hit chosen its document and its number within it, from 0; in the order of both.

    Examples
    --------
    >>> dates = pd.Series(pd.to_datetime(["1900", "1901", "1999", None]))
    >>> doc, number = spread_evenly(np.array([50, 9, 1, 2]), dates, n=4)
    >>> doc.tolist(), number.tolist()
    ([0, 0, 2, 3], [0, 1, 0, 0])
    """
    if counts.sum() <= n:
        return take_page(counts, first=0, n=n)
    found = np.flatnonzero(counts)
    part = _time_parts(dates.to_numpy()[found], n)
    # Hits of a part that stand in earlier documents of it.
    before = np.cumsum(counts[found]) - counts[found]
    opens = np.ones(len(found), bool)
    opens[1:] = part[1:] != part[:-1]
    begins = before[opens]
    sizes = np.diff(np.append(begins, counts.sum()))
    rounds = _full_rounds(sizes, n)
    full = np.minimum(sizes, rounds)
    spare = np.cumsum(sizes > rounds) <= n - full.sum()
    taken = full + (spare & (sizes > rounds))
    turn = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken)
    place = np.repeat(begins, taken) + turn
    entry = np.searchsorted(before, place, side="right") - 1
    return found[entry].astype(np.int64), (place - before[entry]).astype(np.int64)


def take_page(counts: Ints, *, first: int, n: int) -> tuple[Ints, Ints]:
    """Choose `n` hits that follow one another.

    Parameters
    ----------
    counts : ndarray of int64, shape (n_docs,)
        Hits in each document, in the order wanted.
    first : int
        Hits to pass over.
    n : int
        How many are wanted.

    Returns
    -------
    doc, number : ndarray of int64
        As from `spread_evenly`.

    Examples
    --------
    >>> doc, number = take_page(np.array([2, 0, 3]), first=1, n=3)
    >>> doc.tolist(), number.tolist()
    ([0, 2, 2], [1, 0, 1])
    """
    after = np.cumsum(counts)
    total = int(after[-1]) if len(after) else 0
    place = np.arange(min(first, total), min(first + n, total), dtype=np.int64)
    doc = np.searchsorted(after, place, side="right").astype(np.int64)
    return doc, place - (after - counts)[doc]


def _time_parts(dates: NDArray[np.datetime64], n: int) -> Ints:
    days = dates.astype("datetime64[D]")
    undated = np.isnat(days)
    number = np.where(undated, 0, days.astype(np.int64))
    first = int(number[~undated].min()) if (~undated).any() else 0
    last = int(number[~undated].max()) if (~undated).any() else 0
    return np.where(undated, n, (number - first) * n // max(last - first + 1, 1)).astype(np.int64)


def _full_rounds(sizes: Ints, n: int) -> int:
    """Find how many hits every part can give before there are more than `n`."""
    low, high = 0, n
    while low < high:
        middle = (low + high + 1) // 2
        if int(np.minimum(sizes, middle).sum()) <= n:
            low = middle
        else:
            high = middle - 1
    return low
