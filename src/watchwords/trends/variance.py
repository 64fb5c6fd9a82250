"""How much the scores of documents vary: the scale that every test is divided by.

It is estimated between documents, of which there are thousands, not between periods, of which
there may be eight.
"""

import numpy as np

from watchwords.trends.expectation import GridPlace, RateGrid, expect_at, stratum_bins
from watchwords.trends.exposure import Exposure, Floats
from watchwords.trends.screen import Screen


def document_variance(
    screen: Screen, exposure: Exposure, *, grid: RateGrid, place: GridPlace
) -> tuple[Floats, Floats]:
    r"""Estimate the variance of scores between documents, per unit of score and per unit of model.

    Parameters
    ----------
    screen : Screen
        The items and their scores.
    exposure : Exposure
        The documents.
    grid, place : RateGrid, GridPlace
        What a flat item would score.

    Returns
    -------
    per_score : ndarray of float, shape (n_items,)
        Quasi-Poisson scale :math:`v_j`: about 1 for rare items judged by presence.
    per_model : ndarray of float, shape (n_items,)
        The same residuals over the variance of independent mentions: above 1 where an item
        comes in clusters.

    Notes
    -----
    .. math:: v_j = \frac{\sum_d s_{dj}^2 - 2 \sum_d s_{dj} e_{dj} + \sum_d e_{dj}^2}{K_j}

    with the score :math:`s`, its expectation :math:`e` and :math:`K_j = \sum_d s_{dj}`, after
    the between-subject scale of quasi-likelihood [1]_.

    References
    ----------
    .. [1] P. McCullagh and J. A. Nelder (1989). Generalized Linear Models, 2nd ed., ch. 9.
    """
    item, doc, score = screen.pairs()
    expected = expect_at(grid.mean, place, (item, exposure.bin[doc], exposure.stratum[doc]))
    n_items = screen.n_items
    residual = np.bincount(item, score * (score - 2 * expected), n_items).astype(float)
    model = np.zeros(n_items)
    for stratum in range(exposure.n_strata):
        n = stratum_bins(exposure, stratum)
        left, w = place.column[:, stratum], place.weight[:, stratum]
        scale = place.scale[:, stratum]
        square, cross = n @ grid.mean**2, n @ (grid.mean[:, :-1] * grid.mean[:, 1:])
        squares = (
            (1 - w) ** 2 * square[left] + 2 * w * (1 - w) * cross[left] + w**2 * square[left + 1]
        )
        residual += scale**2 * squares
        spread = n @ grid.variance
        model += scale * ((1 - w) * spread[left] + w * spread[left + 1])
    total = screen.totals.sum(axis=1)
    residual = np.maximum(residual, 1e-9)
    return residual / np.where(total > 0, total, 1.0), residual / np.maximum(model, 1e-9)
