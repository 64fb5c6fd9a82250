"""Control of false discoveries over a whole screen of tests."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SHRINK = 60.0
Tail = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Values of a statistic, rising, and the logarithm of the chance to reach each under the null."""


def benjamini_hochberg(p_values: ArrayLike) -> NDArray[np.float64]:
    r"""Adjust p-values so that the expected share of false discoveries is controlled.

    The family is everything that was tested, not what looked interesting: pass all p-values
    of a screen in one call. The control holds for independent and for positively dependent
    tests.

    Parameters
    ----------
    p_values : array_like of float, shape (n_tests,)
        NaN marks what was not tested; it stays NaN and does not count.

    Returns
    -------
    ndarray of float, shape (n_tests,)
        q-values, in the order of `p_values`.

    Notes
    -----
    With ordered :math:`p_{(1)} \le \dots \le p_{(m)}`, :math:`q_{(i)} = \min_{j \ge i} m p_{(j)}/j`
    [1]_.

    References
    ----------
    .. [1] Y. Benjamini and Y. Hochberg (1995). Controlling the false discovery rate. Journal of
       the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.053, 0.053, 0.5]
    """
    p = np.asarray(p_values, float)
    q = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    m = len(order)
    scaled = p[order] * m / np.arange(1, m + 1)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def pooled_step_up(
    statistic: ArrayLike, groups: ArrayLike, tails: Sequence[Tail]
) -> NDArray[np.float64]:
    r"""Adjust for a screen by one threshold on a statistic whose null differs between groups.

    Equal p-values are not equal evidence: where a test has little power, a small p-value is as
    likely to be chance as it is elsewhere rare. A statistic that weighs the evidence itself is
    the better order, and the share of false discoveries above a threshold on it follows from the
    nulls of all groups. With one group this is `benjamini_hochberg`.

    Parameters
    ----------
    statistic : array_like of float, shape (n_tests,)
        Larger is more surprising.
    groups : array_like of int, shape (n_tests,)
        Index into `tails` of each test.
    tails : sequence of (values, log_p)
        Null of each group: rising values of the statistic, and the logarithm of the chance to
        reach them; between the values interpolated, beyond them extended.

    Returns
    -------
    ndarray of float, shape (n_tests,)
        q-values, in the order of `statistic`.

    Notes
    -----
    With :math:`R(c)` tests that reach :math:`c`, :math:`q_i = \min_{c \le s_i} \sum_j
    P_{g(j)}(S \ge c) / R(c)`: the pooled rule for grouped tests [1]_, with all tests taken for
    nulls.

    References
    ----------
    .. [1] T. T. Cai and W. Sun (2009). Simultaneous testing of grouped hypotheses. Journal of the
       American Statistical Association 104, 1467-1481.

    Examples
    --------
    >>> tail = (np.array([0.0, 10.0]), np.array([0.0, -10.0]))
    >>> pooled_step_up([4.6, 3.2, 3.5, 0.7], [0, 0, 0, 0], [tail]).round(3).tolist()
    [0.04, 0.054, 0.054, 0.497]
    """
    found = np.asarray(statistic, float)
    order = np.argsort(-found, kind="stable")
    ordered = found[order]
    expected = np.zeros(len(found))
    for tail, n in zip(tails, np.bincount(groups, minlength=len(tails)).tolist(), strict=True):
        expected += n * np.exp(np.minimum(_extend(ordered, tail), 0.0))
    reached = np.searchsorted(-ordered, -ordered, side="right")
    q = np.empty(len(found))
    q[order] = np.minimum.accumulate((expected / np.maximum(reached, 1))[::-1])[::-1]
    return np.minimum(q, 1.0)


def null_shares(p_values: ArrayLike, groups: ArrayLike) -> NDArray[np.float64]:
    r"""Estimate which share of each group of tests is null.

    Words found in many documents change more often than rare ones. Where a screen holds both, one
    share for all of them hides the former behind the number of the latter.

    Parameters
    ----------
    p_values : array_like of float, shape (n_tests,)
        One p-value per test.
    groups : array_like of int, shape (n_tests,)
        Group of each test, from 0; it must not depend on what the test finds.

    Returns
    -------
    ndarray of float, shape (n_groups,)
        Between 0.02 and 0.98.

    Notes
    -----
    Of :math:`n_g` tests, twice the number of p-values above 1/2 estimates the nulls [1]_; that is
    drawn towards the share :math:`\hat\pi` of the whole screen with the weight of 60 tests:
    :math:`\pi_g = (60 \hat\pi + 2 \#\{p > 1/2\}) / (60 + n_g)`. The large p-values that are
    counted say nothing of the small ones that are found.

    References
    ----------
    .. [1] J. D. Storey (2002). A direct approach to false discovery rates. Journal of the Royal
       Statistical Society B 64, 479-498.

    Examples
    --------
    >>> common, rare = np.linspace(0, 0.3, 300), np.linspace(0, 1, 3000)
    >>> null_shares(np.concatenate([common, rare]), [0] * 300 + [1] * 3000).round(2).tolist()
    [0.15, 0.98]
    """
    p, of = np.asarray(p_values, float), np.asarray(groups)
    n = np.bincount(of)
    null = 2.0 * np.bincount(of[p > 0.5], minlength=len(n))
    overall = min(float(null.sum() / max(n.sum(), 1)), 1.0)
    return np.clip((_SHRINK * overall + null) / (_SHRINK + n), 0.02, 0.98)


def _extend(values: NDArray[np.float64], tail: Tail) -> NDArray[np.float64]:
    """Interpolate a tail, and follow its last stretch beyond its end."""
    at, log_p = tail
    inside = np.interp(values, at, log_p)
    if len(at) < 2 or at[-1] <= at[-2]:
        return inside
    slope = (log_p[-1] - log_p[-2]) / (at[-1] - at[-2])
    return np.asarray(inside + np.minimum(slope, 0.0) * np.maximum(values - at[-1], 0.0))


def adaptive_step_down(q_values: ArrayLike) -> NDArray[np.float64]:
    r"""Lower q-values by what a screen in which much is true leaves unused.

    Step-up procedures hold the share of false discoveries to the level times the share of true
    nulls: where most of a screen changes, much below the level. Here what was rejected before
    no longer counts as a possible null.

    Parameters
    ----------
    q_values : array_like of float, shape (n_tests,)
        As `benjamini_hochberg` or `pooled_step_up` give them; NaN for what was not tested.

    Returns
    -------
    ndarray of float, shape (n_tests,)
        q-values in the same order, at most 1.

    Notes
    -----
    With :math:`R_i` tests at or below :math:`q_i` among :math:`m`, and :math:`\hat p_i = q_i
    R_i/m` the chance of a null to get there, the adaptive step-down procedure [1]_ rejects as
    long as :math:`\hat p_i \le R_i \alpha / (m + 1 - R_i (1 - \alpha))`: the q-value is the
    largest of :math:`(m + 1 - R_j) \hat p_j / (R_j (1 - \hat p_j))` over all :math:`q_j \le q_i`.

    References
    ----------
    .. [1] Y. Gavrilov, Y. Benjamini and S. K. Sarkar (2009). An adaptive step-down procedure with
       proven FDR control under independence. Annals of Statistics 37, 619-629.

    Examples
    --------
    >>> adaptive_step_down([0.006, 0.006, 0.02, 0.045, 0.054, 0.6]).round(3).tolist()
    [0.005, 0.005, 0.013, 0.023, 0.023, 0.25]
    """
    given = np.asarray(q_values, float)
    q = np.full(given.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(given))
    order = tested[np.argsort(given[tested], kind="stable")]
    ordered, m = given[order], len(order)
    reached = np.searchsorted(ordered, ordered, side="right")
    chance = np.minimum(ordered * reached / max(m, 1), 1.0)
    with np.errstate(divide="ignore"):
        raw = (m + 1 - reached) * chance / (reached * (1 - chance))
    q[order] = np.minimum(np.maximum.accumulate(raw), 1.0)
    return q
