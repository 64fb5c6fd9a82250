"""Control of false discoveries over a whole screen of tests."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


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
