"""How large a change is that took place at a date: the rate inside a window over that outside."""

import numpy as np

from watchwords.trends.exposure import Floats, Ints


def window_effect(
    observed: Floats, expected: Floats, *, start: Ints, stop: Ints, variance: Floats
) -> tuple[Floats, Floats]:
    r"""Compare the rate inside a window of time with that outside.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    start, stop : ndarray of int64, shape (n_items,)
        First period inside, and the first after it.
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
    >>> effect, error = window_effect(observed, expected, start=np.array([2]),
    ...     stop=np.array([3]), variance=np.ones(1))
    >>> round(float(np.exp(effect[0])), 1)
    4.0
    """
    t = np.arange(observed.shape[1])[None, :]
    inside = (t >= start[:, None]) & (t < stop[:, None])
    found, flat = (observed * inside).sum(axis=1) + 0.5, (expected * inside).sum(axis=1)
    rest, flat_rest = observed.sum(axis=1) + 1.0 - found, expected.sum(axis=1) - flat
    both = (flat > 1e-9) & (flat_rest > 1e-9)
    ratio = np.where(both, found * flat_rest / np.where(both, rest * flat, 1.0), 1.0)
    return np.log(ratio), np.sqrt(variance * (1 / found + 1 / rest))
