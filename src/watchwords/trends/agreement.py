"""Whether the documents and words that a reader can count go the way the test says."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.intervals import wilson_interval
from watchwords.trends.exposure import Floats, Ints

SATURATED = 0.9


@dataclass(frozen=True, eq=False)
class Side:
    """What was counted of each item on one side of its change.

    Attributes
    ----------
    k, n : ndarray of int64, shape (n_items,)
        Documents with the item, documents.
    occurrences, units : ndarray of int64, shape (n_items,)
        Occurrences of the item, length of the text.
    """

    k: Ints
    n: Ints
    occurrences: Ints
    units: Ints


def choose_sides(
    counts: pd.DataFrame,
    direction: NDArray[np.object_],
    *,
    burst: NDArray[np.bool_],
    undated: NDArray[np.bool_],
) -> tuple[Side, Side]:
    """Choose the two sides of each change, in the order in which a rise would go.

    Parameters
    ----------
    counts : pandas.DataFrame, n_items rows
        As `count_windows` gives it.
    direction : ndarray of str, shape (n_items,)
        "up", "down" or "".
    burst : ndarray of bool, shape (n_items,)
        The change has a beginning and an end.
    undated : ndarray of bool, shape (n_items,)
        It has neither, and the counts are of the first and the last part of the span.

    Returns
    -------
    first, second : Side
        Before and within for what goes up, within and after for what goes down, before and after
        for what has no date; for a burst that leads nowhere all that lies outside, and within.
    """
    down, outside = (direction == "down") & ~undated, burst & (direction == "")

    def side(name: str) -> tuple[Ints, Ints]:
        before, within, after = (
            counts[f"{name}_{part}"].to_numpy(np.int64) for part in ("before", "within", "after")
        )
        first = np.where(down, within, np.where(outside, before + after, before))
        return first, np.where(down | undated, after, within)

    parts = [side(name) for name in ("k", "n", "occurrences", "units")]
    return Side(*(first for first, _ in parts)), Side(*(second for _, second in parts))


def agree_counts(
    first: Side, second: Side, *, direction: NDArray[np.object_], damped: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which directions the counts on both sides of a change bear out.

    The test weighs every document by its length; a reader compares two shares. Where the
    documents of one side are longer, the share can rise while the rate falls: then neither
    direction is borne out. And a word that nearly every document has on both sides, or as many
    as chance allows, is no more or less used by anyone: how often it is repeated follows style
    and kind of text.

    Parameters
    ----------
    first, second : Side
        As `choose_sides` gives them.
    direction : ndarray of str, shape (n_items,)
        "up", "down" or "", which has nothing to be borne out.
    damped : ndarray of bool, shape (n_items,)
        Scored by damped counts, because many documents have the item.

    Returns
    -------
    ndarray of bool, shape (n_items,)
        True if the share moves in the direction and the rate not against it. For a damped item
        the shares must differ by more than chance and must not both be 0.9 or more.

    Notes
    -----
    The difference of two shares is judged by its interval, `share_difference`.

    Examples
    --------
    >>> few, many = np.array([5, 5]), np.array([30, 30])
    >>> n, units = np.array([80, 80]), np.array([1000, 1000])
    >>> first = Side(few, n, np.array([9, 90]), units)
    >>> second = Side(many, n, np.array([40, 40]), units)
    >>> agree_counts(first, second, direction=np.array(["up", "up"], object),
    ...     damped=np.array([False, False]))
    array([ True, False])
    """
    sign = np.select([direction == "up", direction == "down"], [1, -1], 0)
    share = sign * np.sign(second.k * first.n - first.k * second.n)
    # A side without text has no rate, which then moves nowhere.
    both = (first.units > 0) & (second.units > 0)
    rate = sign * np.sign(second.occurrences * first.units - first.occurrences * second.units)
    borne_out = (share > 0) & (rate * both >= 0)
    filled = (first.k >= SATURATED * first.n) & (second.k >= SATURATED * second.n)
    low, high = share_difference((first.k, first.n), (second.k, second.n))
    visible = ~damped | (~filled & ((low > 0) | (high < 0)))
    agrees: NDArray[np.bool_] = (borne_out & visible) | (sign == 0)
    return agrees


def share_difference(first: tuple[Ints, Ints], second: tuple[Ints, Ints]) -> tuple[Floats, Floats]:
    """Give the interval of the difference of two shares.

    Parameters
    ----------
    first, second : tuple of ndarray of int64, shape (n_items,)
        Documents with the item, and documents.

    Returns
    -------
    low, high : ndarray of float, shape (n_items,)
        95 % interval of the second share minus the first: the hybrid score interval [1]_.

    References
    ----------
    .. [1] R. G. Newcombe (1998). Interval estimation for the difference between independent
       proportions. Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> low, high = share_difference((np.array([48]), np.array([80])),
    ...     (np.array([56]), np.array([70])))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0524], [0.3339])
    """
    shares = []
    for k, n in (first, second):
        low, high = wilson_interval(k, n)
        shares.append((k / np.maximum(n, 1), low, high))
    one, other = shares
    gap = other[0] - one[0]
    below = np.hypot(other[0] - other[1], one[2] - one[0])
    above = np.hypot(other[2] - other[0], one[0] - one[1])
    return np.asarray(gap - below), np.asarray(gap + above)
