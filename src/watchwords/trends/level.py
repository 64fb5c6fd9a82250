"""How large a change is that took place at a date: the rate inside a window over that outside."""

import numpy as np
from numpy.typing import NDArray

from watchwords.trends.exposure import Floats, Ints


def window_effect(
    observed: Floats,
    expected: Floats,
    *,
    inside: tuple[Ints, Ints],
    among: tuple[Ints, Ints],
    variance: Floats,
) -> tuple[Floats, Floats]:
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
    log_effect, error : ndarray of float, shape (n_items,)
        Logarithm of the ratio, and its standard error.

    Notes
    -----
    With half a score added on both sides so that an absence stays finite [1]_,
    :math:`\log \frac{(S_{in} + 1/2)/E_{in}}{(S_{out} + 1/2)/E_{out}}` with variance
    :math:`v [1/(S_{in} + 1/2) + 1/(S_{out} + 1/2)]`.

    References
    ----------
    .. [1] J. B. S. Haldane (1956). The estimation and significance of the logarithm of a ratio
       of frequencies. Annals of Human Genetics 20, 309-311.

    Examples
    --------
    >>> observed, expected = np.array([[9.5, 9.5, 39.5]]), np.array([[20.0, 19.0, 20.0]])
    >>> effect, error = window_effect(observed, expected, variance=np.ones(1),
    ...     inside=(np.array([2]), np.array([3])), among=(np.array([0]), np.array([3])))
    >>> round(float(np.exp(effect[0])), 1)
    4.0
    """
    window, used = (_mask(bounds, observed.shape[1]) for bounds in (inside, among))
    window = window & used
    found, flat = (observed * window).sum(axis=1) + 0.5, (expected * window).sum(axis=1)
    rest = (observed * used).sum(axis=1) + 1.0 - found
    flat_rest = (expected * used).sum(axis=1) - flat
    both = (flat > 1e-9) & (flat_rest > 1e-9)
    ratio = np.where(both, found * flat_rest / np.where(both, rest * flat, 1.0), 1.0)
    return np.log(ratio), np.sqrt(variance * (1 / found + 1 / rest))


def _mask(bounds: tuple[Ints, Ints], n_periods: int) -> NDArray[np.bool_]:
    t = np.arange(n_periods)[None, :]
    return np.asarray((t >= bounds[0][:, None]) & (t < bounds[1][:, None]))
