"""How large a change is that took place at a date: the rate inside a window over that outside."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

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


def _mask(bounds: tuple[Ints, Ints], n_periods: int) -> NDArray[np.bool_]:
    t = np.arange(n_periods)[None, :]
    return np.asarray((t >= bounds[0][:, None]) & (t < bounds[1][:, None]))
