"""What chance alone would do: the same statistics with the dates of the documents handed around.

Draws are pooled over items found in about as many documents, so that a few permutations give
thousands of draws; beyond the largest of them the tail is taken as exponential.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from watchwords.fdr import Tail
from watchwords.trends.blocks import map_threads
from watchwords.trends.exposure import Exposure, Floats, Ints, permute_periods
from watchwords.trends.screen import Pairs, Screen, sum_periods

GROUP_ITEMS = 60
MAX_GROUPS = 40
SAMPLE_ITEMS = 120
DRAWS = 14_400
MIN_DRAWS = 2_400
MAX_PERMUTATIONS = 720
TAIL_SHARE = 0.01
TAIL_DRAWS = 50
_WORK = 2e8
_MANY_PAIRS = 1e6

Statistic = Callable[[Ints, Floats, Ints], Floats]
"""Of positions of items, their scores by period and the documents' periods: one value an item."""


def group_items(n_docs: Ints) -> Ints:
    """Gather items that are found in about as many documents.

    Parameters
    ----------
    n_docs : ndarray of int64, shape (n_items,)
        Documents with each item.

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Number of the group of each item, rising with `n_docs`. A group is closed when it has
        60 items, or when the next item is found in half as many documents again.
    """
    levels, n = np.unique(n_docs, return_counts=True)
    enough = max(GROUP_ITEMS, -(-len(n_docs) // MAX_GROUPS))
    group_of_level = np.empty(len(levels), np.int64)
    group, filled, first = 0, 0, int(levels[0]) if len(levels) else 0
    for at, (level, count) in enumerate(zip(levels.tolist(), n.tolist(), strict=True)):
        if filled and (filled >= enough or level > 1.5 * first):
            group, filled, first = group + 1, 0, level
        group_of_level[at] = group
        filled += count
    return group_of_level[np.searchsorted(levels, n_docs)]


def count_draws(n_pairs: int, n_rates: int) -> int:
    """Choose how many draws each group of items gets.

    Parameters
    ----------
    n_pairs : int
        Pairs of an item and a document that has it.
    n_rates : int
        Rates of the catalogue of courses, over all periods.

    Returns
    -------
    int
        14,400 while pairs times rates stay below 14 thousand million (0.27 million pairs with
        52,000 rates, a long axis). Beyond, where they would take longer than all else, fewer in
        proportion, down to what a million pairs get (3,846 with 52,000 rates), and never below
        2,400. With few draws another seed gives another verdict on too many items.

    Examples
    --------
    >>> [count_draws(n, 52_000) for n in (260_000, 500_000, 1_000_000, 3_000_000)]
    [14400, 7692, 3846, 3846]
    """
    work = _WORK * max(1.0, _MANY_PAIRS / max(n_pairs, 1))
    return int(np.clip(work / n_rates, MIN_DRAWS, DRAWS))


def draw_null(
    screen: Screen,
    exposure: Exposure,
    *,
    groups: Ints,
    statistic: Statistic,
    seed: list[int],
    n_draws: int = DRAWS,
) -> list[NDArray[np.float64]]:
    """Compute statistics of items whose documents have permuted dates.

    Parameters
    ----------
    screen : Screen
        The items.
    exposure : Exposure
        The documents; dates stay within their stratum.
    groups : ndarray of int64, shape (n_items,)
        As `group_items` gives them.
    statistic : callable
        What to compute of each permutation.
    seed : list of int
        Seed of the permutations.
    n_draws : int, default 14,400
        Draws of each group, about.

    Returns
    -------
    list of ndarray of float, shape (n_draws,)
        One array a group: of 120 items at most, the more permutations the fewer items there are.
    """
    sample, rounds = _sample(groups, screen.n_docs, n_draws)
    drawn: list[list[Floats]] = [[] for _ in range(int(groups.max(initial=-1)) + 1)]
    first = 0
    for last in np.unique(rounds).tolist():
        active = sample[rounds >= last]
        pairs = screen.take(active).pairs()

        def turn(number: int, active: Ints = active, pairs: Pairs = pairs) -> Floats:
            # A generator of its own makes a permutation the same on whatever thread it is drawn.
            period = permute_periods(exposure, np.random.default_rng([*seed, number]))
            observed = sum_periods(pairs, period, (len(active), exposure.n_periods))
            return statistic(active, observed, period)

        values = np.stack(map_threads(turn, range(first, last)))
        for group in np.unique(groups[active]):
            drawn[group].append(values[:, groups[active] == group].ravel())
        first = last
    return [np.concatenate(parts) for parts in drawn]


def _sample(groups: Ints, n_docs: Ints, n_draws: int) -> tuple[Ints, Ints]:
    """Choose items of each group, and how many permutations they take part in.

    The same items for every seed, evenly from the rarest to the most frequent of a group: which
    items are asked would move the limits of a group more than which permutations are drawn.
    """
    chosen, rounds = [], []
    for group in range(int(groups.max(initial=-1)) + 1):
        members = np.flatnonzero(groups == group)
        if len(members) > SAMPLE_ITEMS:
            ordered = members[np.argsort(n_docs[members], kind="stable")]
            even = (np.arange(SAMPLE_ITEMS) + 0.5) * len(members) / SAMPLE_ITEMS
            members = np.sort(ordered[even.astype(np.int64)])
        n = min(-(-n_draws // len(members)), MAX_PERMUTATIONS)
        chosen.append(members)
        rounds.append(np.full(len(members), n))
    if not chosen:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate(chosen), np.concatenate(rounds)


def tail_p_value(observed: Floats, null: Floats) -> Floats:
    r"""Find the share of draws that reach each observed value.

    Parameters
    ----------
    observed : ndarray of float, shape (n,)
        Statistics; larger is more surprising.
    null : ndarray of float, shape (n_draws,)
        The same statistic under permuted dates.

    Returns
    -------
    ndarray of float, shape (n,)
        :math:`(b + 1)/(m + 1)` up to the 99th percentile of the draws (lower, to keep
        50 draws beyond it, where there are few); beyond it, that share
        times :math:`e^{-(x - u)/\bar e}` with the mean excess :math:`\bar e` over the
        percentile :math:`u`. Never 0 [1]_.

    References
    ----------
    .. [1] T. A. Knijnenburg et al. (2009). Fewer permutations, more accurate P-values.
       Bioinformatics 25(12), i161-i168.

    Examples
    --------
    >>> tail_p_value(np.array([0.5, 50.0]), np.linspace(0, 1, 1001)).round(2).tolist()
    [0.5, 0.0]
    """
    ordered = np.sort(null)
    m = len(ordered)
    reached = m - np.searchsorted(ordered, observed, side="left")
    p = (reached + 1) / (m + 1)
    n_tail = max(int(TAIL_SHARE * m), min(TAIL_DRAWS, m // 10), 1)
    threshold = ordered[m - n_tail]
    excess = float(np.maximum((ordered[m - n_tail :] - threshold).mean(), 1e-9))
    share = (n_tail + 1) / (m + 1)
    # Far beyond the draws the exponential underflows; a p-value is never 0.
    tail = np.maximum(share * np.exp(-np.maximum(observed - threshold, 0) / excess), 1e-300)
    return np.where(observed > threshold, tail, p)


def surprise_tail(null: Floats, top: float) -> Tail:
    """Tabulate how often chance alone reaches each surprise.

    The surprise of an item is the logarithm of its average likelihood ratio minus that of its
    p-value: the ratio says how much likelier a change is, the p-value corrects it where chance
    does better than the model expects.

    Parameters
    ----------
    null : ndarray of float, shape (n_draws,)
        Evidence under permuted dates.
    top : float
        Largest evidence to cover.

    Returns
    -------
    surprise, log_p : ndarray of float
        Rising surprises and the logarithm of the chance to reach them.
    """
    low, high = float(null.min()), max(float(top), float(null.max())) + 1.0
    evidence = np.unique(
        np.concatenate([np.quantile(null, np.linspace(0, 1, 200)), np.linspace(low, high, 400)])
    )
    log_p = np.log(tail_p_value(evidence, null))
    return evidence - log_p, log_p
