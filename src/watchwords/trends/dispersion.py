"""How much more periods vary than their documents: the documents of a month share its events."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchwords.trends.exposure import Floats

Reals = NDArray[np.floating[Any]]

_PRIOR_PERIODS = 200.0
_PRIOR_DF = (20.0, 25.0)
_CAP = 4.0


def period_dispersion(
    observed: Floats, fitted: Floats, variance: Floats, *, n_parameters: Floats
) -> tuple[Floats, Floats, Floats]:
    r"""Estimate the variance between periods over that between documents.

    Parameters
    ----------
    observed, fitted : ndarray of float, shape (n_items, n_periods)
        Scores by period, and what the best of a few shapes makes of them.
    variance : ndarray of float, shape (n_items,)
        Scale between documents.
    n_parameters : ndarray of float, shape (n_items,)
        Of the fitted shape.

    Returns
    -------
    fast, slow : ndarray of float, shape (n_items,)
        For statistics of single periods, and for those of long stretches, which neighbouring
        periods that go together disturb more. Shrunk towards 1, never below.
    df : ndarray of float, shape (n_items,)
        Degrees of freedom, those of the shrinkage included.

    Notes
    -----
    The weight of the prior, in degrees of freedom, is 200 over the number of periods, at least 20
    and at most 25: of 8 periods little can be learned about their variance, of 48 more.

    With Pearson residuals :math:`r_t`, weights :math:`w_t = \min(\mu_t/v, 1)` and
    autocovariances :math:`\gamma_k`, the fast one is the weighted mean of :math:`r_t^2`, the slow
    one adds :math:`2 \sum_k (1 - k/4) \gamma_k` for :math:`k \le 3` (1 below 24 periods) [1]_.

    References
    ----------
    .. [1] W. K. Newey and K. D. West (1987). A simple, positive semi-definite,
       heteroskedasticity and autocorrelation consistent covariance matrix. Econometrica 55,
       703-708.
    """
    scale = np.maximum(variance, 1e-9)[:, None]
    used = fitted > 1e-9
    mean = np.where(used, fitted, 1.0)
    residual = np.where(used, (observed - fitted) / np.sqrt(scale * mean), 0.0)
    residual = np.clip(residual, -_CAP, _CAP)
    weight = np.where(used, np.minimum(fitted / scale, 1.0), 0.0)
    total = np.maximum(weight.sum(axis=1), 1e-9)
    fast = (weight * residual**2).sum(axis=1) / total
    slow = fast.copy()
    for lag in range(1, 4 if observed.shape[1] >= 24 else 2):
        shared = np.sqrt(weight[:, lag:] * weight[:, :-lag])
        together = (shared * residual[:, lag:] * residual[:, :-lag]).sum(axis=1) / total
        slow += 2 * (1 - lag / 4) * together
    slow = np.maximum(slow, fast)
    prior = float(np.clip(_PRIOR_PERIODS / observed.shape[1], *_PRIOR_DF))
    df = np.maximum(total - n_parameters, 0.0)
    correction = np.where(df > 0, total / np.maximum(df, 1e-9), 1.0)
    shrunk = [
        np.maximum((prior + df * np.minimum(correction, 3.0) * value) / (prior + df), 1.0)
        for value in (fast, slow)
    ]
    return shrunk[0], shrunk[1], prior + df


def wallace_square(square: Reals, df: Reals) -> Reals:
    r"""Turn the square of a t into the square of a z of the same tail.

    Parameters
    ----------
    square : ndarray of float
        Squares of t.
    df : ndarray of float
        Degrees of freedom, of a shape that broadcasts.

    Returns
    -------
    ndarray of float
        :math:`((8f + 1)/(8f + 3))^2 f \log(1 + t^2/f)` [1]_.

    References
    ----------
    .. [1] D. L. Wallace (1959). Bounds on normal approximations to Student's and the chi-square
       distributions. Annals of Mathematical Statistics 30, 1121-1130.

    Examples
    --------
    >>> wallace_square(np.array([4.0]), np.array([1e6])).round(3).tolist()
    [4.0]
    """
    # Not log1p, which numpy computes one number at a time.
    return np.asarray(((8 * df + 1) / (8 * df + 3)) ** 2 * df * np.log(1 + square / df))
