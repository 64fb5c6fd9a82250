"""Intervals for shares of documents."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_95 = 1.959963984540054


def wilson_interval(
    k: ArrayLike, n: ArrayLike, *, z: float = Z_95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Compute the Wilson score interval of a share.

    It treats documents as independent draws and says what chance alone could do with so many
    of them; it says nothing about documents that are not in the corpus.

    Parameters
    ----------
    k : array_like of int
        Documents with the item.
    n : array_like of int
        Documents in all. Where `n` is 0 both limits are NaN: there is nothing to estimate.
    z : float, default 1.96
        Normal quantile; the default gives 95 %.

    Returns
    -------
    low, high : ndarray of float
        Limits between 0 and 1, of the broadcast shape of `k` and `n`.

    Notes
    -----
    With :math:`p = k/n` the limits are [1]_

    .. math:: \frac{p + z^2/2n \pm z\sqrt{p(1-p)/n + z^2/4n^2}}{1 + z^2/n} .

    References
    ----------
    .. [1] E. B. Wilson (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> low, high = wilson_interval(12, 40)
    >>> f"{low:.0%} to {high:.0%}"
    '18% to 45%'
    >>> low, high = wilson_interval(0, 40)
    >>> f"{low:.0%} to {high:.0%}"
    '0% to 9%'
    """
    hits, total = np.broadcast_arrays(np.asarray(k, float), np.asarray(n, float))
    size = np.where(total > 0, total, np.nan)
    share = hits / size
    centre = share + z**2 / (2 * size)
    half = z * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    scale = 1 + z**2 / size
    # Rounding must not let 0 of n have a lower limit above 0, or n of n an upper one below 1.
    low = np.where(hits == 0, np.where(total > 0, 0.0, np.nan), (centre - half) / scale)
    high = np.where(hits == total, np.where(total > 0, 1.0, np.nan), (centre + half) / scale)
    return low, high
