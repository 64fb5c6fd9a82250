"""How large a change is that took place at a date: the rate inside a window over that outside."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from watchwords.intervals import Z_95
from watchwords.trends.exposure import Floats, Ints


def window_effect(
    observed: Floats,
    expected: Floats,
    *,
    inside: tuple[Ints, Ints],
    among: tuple[Ints, Ints],
    variance: Floats,
) -> tuple[Floats, Floats, Floats]:
    r"""Compare the rate inside a window of time with that outside.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    inside : tuple of ndarray of int64, shape (n_items,)
        First period of the window, and the first after it.
    among : tuple of ndarray of int64, shape (n_items,)
        First period that is compared, and the first after: the rest of the axis does not count.
    variance : ndarray of float, shape (n_items,)
        Scale between documents, times that between periods.

    Returns
    -------
    log_effect, low, high : ndarray of float, shape (n_items,)
        Logarithm of the ratio, and its 95 % interval; all 0 where one side has no documents.

    Notes
    -----
    With half a score added on both sides so that an absence stays finite [1]_, the effect is
    :math:`\log \frac{(S_{in} + 1/2)/E_{in}}{(S_{out} + 1/2)/E_{out}}`. Given their sum, the
    scores inside are a share of it; its limits are the quantiles of a beta distribution with
    Jeffreys' prior [2]_, scores being divided by the variance. A normal interval would be far
    too wide where one side has none.

    References
    ----------
    .. [1] J. B. S. Haldane (1956). The estimation and significance of the logarithm of a ratio
       of frequencies. Annals of Human Genetics 20, 309-311.
    .. [2] L. D. Brown, T. T. Cai and A. DasGupta (2001). Interval estimation for a binomial
       proportion. Statistical Science 16, 101-133.

    Examples
    --------
    >>> observed, expected = np.array([[9.5, 9.5, 39.5]]), np.array([[20.0, 19.0, 20.0]])
    >>> sizes = window_effect(observed, expected, variance=np.ones(1),
    ...     inside=(np.array([2]), np.array([3])), among=(np.array([0]), np.array([3])))
    >>> [round(float(np.exp(size[0])), 1) for size in sizes]
    [4.0, 2.4, 7.1]
    """
    window, used = (_mask(bounds, observed.shape[1]) for bounds in (inside, among))
    window = window & used
    found, flat = (observed * window).sum(axis=1), (expected * window).sum(axis=1)
    rest = np.maximum((observed * used).sum(axis=1) - found, 0.0)
    flat_rest = (expected * used).sum(axis=1) - flat
    both = (flat > 1e-9) & (flat_rest > 1e-9)
    chance = np.log(np.where(both, flat, 1.0)) - np.log(np.where(both, flat_rest, 1.0))
    shape = found / variance + 0.5, rest / variance + 0.5
    sizes = [np.log((found + 0.5) / (rest + 0.5))]
    for tail in (0.025, 0.975):
        share = np.clip(special.betaincinv(*shape, tail), 1e-300, 1 - 1e-15)
        sizes.append(np.log(share) - np.log1p(-share))
    effect, low, high = (np.where(both, size - chance, 0.0) for size in sizes)
    return effect, np.minimum(low, effect), np.maximum(high, effect)


def lead_bursts(
    observed: Floats, expected: Floats, dates: tuple[Ints, Ints], *, z: Floats, variance: Floats
) -> NDArray[np.str_]:
    """Tell where bursts lead: to another level than before, or back to it.

    A burst that ends early has more of an item in the first part of the span than in the last,
    and yet is no fall, if what came after it is what was before.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    dates : tuple of ndarray of int64, shape (n_items,)
        First period of the burst, and the first after it.
    z : ndarray of float, shape (n_items,)
        Trend statistic over the span.
    variance : ndarray of float, shape (n_items,)
        Scale between documents, times that between periods.

    Returns
    -------
    ndarray of str, shape (n_items,)
        "up" or "down" where `z` tells the late part of the span from the early one, and the 95 %
        interval of the level after the burst over that before it excludes 1 on the same side, or
        the burst begins or ends with the documents; else "".

    Examples
    --------
    >>> observed = np.array([[5.0, 60, 5, 5, 5, 5], [30.0, 60, 5, 5, 5, 5]])
    >>> dates = (np.array([1, 1]), np.array([2, 2]))
    >>> lead_bursts(observed, np.full((2, 6), 20.0), dates, z=np.array([-4.0, -9.0]),
    ...     variance=np.ones(2)).tolist()
    ['', 'down']
    """
    n_periods, (onset, end) = observed.shape[1], dates
    zero, last = np.zeros(len(observed), np.int64), np.full(len(observed), n_periods)
    outside = ~_mask(dates, n_periods)
    sides = [expected * _mask(bounds, n_periods) for bounds in ((zero, onset), (end, last))]
    open_ended = np.min([side.sum(axis=1) for side in sides], axis=0) <= 1e-9
    _, low, high = window_effect(
        observed * outside,
        expected * outside,
        inside=(end, last),
        among=(zero, last),
        variance=variance,
    )
    up, down = (z > Z_95) & (open_ended | (low > 0)), (z < -Z_95) & (open_ended | (high < 0))
    return np.select([up, down], ["up", "down"], "")


def _mask(bounds: tuple[Ints, Ints], n_periods: int) -> NDArray[np.bool_]:
    t = np.arange(n_periods)[None, :]
    return np.asarray((t >= bounds[0][:, None]) & (t < bounds[1][:, None]))
