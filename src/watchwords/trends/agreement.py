"""Whether the documents and words that a reader can count go the way the test says."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.intervals import wilson_interval
from watchwords.trends.exposure import Ints

SATURATED = 0.9


def agree_counts(
    counts: pd.DataFrame,
    *,
    direction: NDArray[np.object_],
    damped: NDArray[np.bool_],
    units: tuple[int, int],
) -> NDArray[np.bool_]:
    """Tell which directions the counts of the early and the late span bear out.

    The test weighs every document by its length and dates a change on the full axis; a reader
    compares two shares. Where the documents of one span are longer, the share can rise while the
    rate falls: then neither direction is borne out.

    Parameters
    ----------
    counts : pandas.DataFrame, n_items rows
        As `count_spans` gives it: ``k_early``, ``n_early``, ``k_late``, ``n_late`` (documents),
        ``occurrences_early``, ``occurrences_late``.
    direction : ndarray of str, shape (n_items,)
        "up", "down" or "", which has nothing to be borne out.
    damped : ndarray of bool, shape (n_items,)
        Scored by damped counts, because most documents have the item.
    units : tuple of int
        Length of the text, early and late.

    Returns
    -------
    ndarray of bool, shape (n_items,)
        True if the share moves in the direction and the rate not against it, or if the shares are
        equal and the rate moves in the direction. The rate alone decides for a damped item whose
        shares are both at least 0.9 or differ by no more than chance can do.

    Notes
    -----
    The difference of two shares is judged by the hybrid score interval of Newcombe (1998),
    Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> counts = pd.DataFrame({"k_early": [5, 5], "n_early": 80, "k_late": [30, 30], "n_late": 80,
    ...     "occurrences_early": [9, 90], "occurrences_late": [40, 40]})
    >>> agree_counts(counts, direction=np.array(["up", "up"], object),
    ...     damped=np.array([False, False]), units=(1000, 1000))
    array([ True, False])
    """
    k_early, n_early, k_late, n_late, early, late = (
        counts[name].to_numpy(np.int64)
        for name in (
            *("k_early", "n_early", "k_late", "n_late"),
            *("occurrences_early", "occurrences_late"),
        )
    )
    sign = np.select([direction == "up", direction == "down"], [1, -1], 0)
    share = sign * np.sign(k_late * n_early - k_early * n_late)
    # A span without text has no rate, which then moves nowhere.
    rate = sign * np.sign(late * units[0] - early * units[1]) * (min(units) > 0)
    filled = (k_early >= SATURATED * n_early) & (k_late >= SATURATED * n_late)
    by_rate = damped & (filled | ~_differ((k_early, n_early), (k_late, n_late)))
    borne_out = ((share > 0) & (rate >= 0)) | ((share == 0) & (rate > 0))
    agrees: NDArray[np.bool_] = np.where(by_rate, rate > 0, borne_out) | (sign == 0)
    return agrees


def _differ(early: tuple[Ints, Ints], late: tuple[Ints, Ints]) -> NDArray[np.bool_]:
    """Tell where the 95 % interval of the difference of two shares excludes 0."""
    shares = []
    for k, n in (early, late):
        low, high = wilson_interval(k, n)
        shares.append((k / np.maximum(n, 1), low, high))
    first, second = shares
    gap = second[0] - first[0]
    below = np.hypot(second[0] - second[1], first[2] - first[0])
    above = np.hypot(second[2] - second[0], first[0] - first[1])
    differs: NDArray[np.bool_] = (gap - below > 0) | (gap + above < 0)
    return differs
