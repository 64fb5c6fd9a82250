"""How far the scores of an item depart from those of a flat one."""

import numpy as np

from watchwords.trends.expectation import Expectation
from watchwords.trends.exposure import Floats


def trend_z(observed: Floats, expected: Expectation, *, variance: Floats, time: Floats) -> Floats:
    r"""Score a steady rise (above 0) or fall (below 0).

    Parameters
    ----------
    observed : ndarray of float, shape (n_items, n_periods)
        Scores by period.
    expected : Expectation
        The same for flat items.
    variance : ndarray of float, shape (n_items,)
        Scale between documents.
    time : ndarray of float, shape (n_periods,)
        Position of each period.

    Returns
    -------
    ndarray of float, shape (n_items,)
        0 where the dates of a stratum leave nothing to compare.

    Notes
    -----
    The score test of a log-linear slope [1]_,

    .. math:: z = \frac{\sum_t x_t (S_t - E_t)}{\sqrt{v (\sum_t E_t x_t^2 - (\sum_t E_t x_t)^2/K)}}

    References
    ----------
    .. [1] D. R. Cox and D. V. Hinkley (1974). Theoretical Statistics, ch. 9.
    """
    score = np.einsum("jt,t->j", observed, time) - expected.moment
    information = variance * expected.spread
    usable = information > 1e-9
    return np.where(usable, score / np.sqrt(np.where(usable, information, 1.0)), 0.0)
