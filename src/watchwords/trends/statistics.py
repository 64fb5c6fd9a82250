"""How far the scores of an item depart from those of a flat one."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from watchwords.trends.courses import Courses
from watchwords.trends.dispersion import wallace_square
from watchwords.trends.expectation import Expectation, GridPlace, RateGrid
from watchwords.trends.exposure import Floats

Singles = NDArray[np.float32]


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


def course_ratios(
    observed: Floats,
    cells: list[sparse.csr_array],
    *,
    courses: Courses,
    grid: RateGrid,
    place: GridPlace,
) -> Singles:
    r"""Compare each course with no change by its likelihood.

    Parameters
    ----------
    observed : ndarray of float, shape (n_items, n_periods)
        Scores by period.
    cells : list of csr_array
        Documents by period and size, one a stratum.
    courses : Courses
        The courses.
    grid, place : RateGrid, GridPlace
        What flat items would score.

    Returns
    -------
    ndarray of float32, shape (n_items, n_courses)
        Twice the logarithm of the likelihood ratio, not yet divided by any variance.

    Notes
    -----
    Given the total :math:`K_s` of each stratum :math:`s`, scores are shared out over periods in
    proportion to :math:`E_{st} f_t`:

    .. math:: \Lambda = 2 \Big[\sum_t S_t \log f_t
       - \sum_s K_s \log \frac{\sum_t E_{st} f_t}{K_s}\Big]
    """
    ratio: Singles = observed.astype(np.float32) @ (2 * np.log(courses.curve)).T
    for stratum, cell in enumerate(cells):
        # Only the rates that some item lies next to are needed.
        rates, at = np.unique(place.column[:, stratum], return_inverse=True)
        table = cell @ grid.mean[:, np.concatenate([rates, rates + 1])]
        total = table.sum(axis=0)
        share = (courses.curve.astype(float) @ table) / np.where(total > 0, total, 1.0)
        # The share hardly depends on the rate, so its logarithm may be interpolated.
        log_share = np.log(np.where(share > 0, share, 1.0)).T.astype(np.float32)
        beside, right = at + len(rates), place.weight[:, stratum]
        reach = 2 * place.scale[:, stratum] * (total[at] + right * (total[beside] - total[at]))
        ratio -= log_share[at] * (reach * (1 - right)).astype(np.float32)[:, None]
        ratio -= log_share[beside] * (reach * right).astype(np.float32)[:, None]
    return ratio


def scale_ratios(
    ratios: Singles,
    courses: Courses,
    variance: Floats,
    *,
    dispersion: tuple[Floats, Floats, Floats] | None = None,
) -> Singles:
    """Turn likelihood ratios into log posterior weights of the courses against no change.

    Parameters
    ----------
    ratios : ndarray of float32, shape (n_items, n_courses)
        As `course_ratios` gives them.
    courses : Courses
        The courses.
    variance : ndarray of float, shape (n_items,)
        Scale between documents.
    dispersion : tuple of ndarray of float, optional
        As `period_dispersion` gives it: the fast one divides bursts, the slow one the rest.

    Returns
    -------
    ndarray of float32, shape (n_items, n_courses)
    """
    scaled = ratios * (1 / variance).astype(np.float32)[:, None]
    if dispersion is not None:
        fast, slow, df = (value.astype(np.float32)[:, None] for value in dispersion)
        spread = np.where((courses.shape == "burst")[None, :], fast, slow)
        # Evidence against a course is not weakened: that would raise the average over all.
        scaled = np.where(scaled > 0, wallace_square(np.maximum(scaled, 0) / spread, df), scaled)
    scaled *= np.float32(0.5)
    scaled += courses.log_weight
    return np.asarray(scaled, np.float32)


def pool_courses(weights: Singles) -> Floats:
    r"""Average the evidence over all courses.

    Parameters
    ----------
    weights : ndarray of float32, shape (n_items, n_courses)
        As `scale_ratios` gives them.

    Returns
    -------
    ndarray of float, shape (n_items,)
        :math:`\log \sum_m w_m e^{\Lambda_m/2}`: the average likelihood ratio, the most powerful
        test on average over courses drawn by their weights.
    """
    top = weights.max(axis=1, keepdims=True)
    mass = weights - top
    np.exp(mass, out=mass)
    return np.asarray(top[:, 0] + np.log(mass.sum(axis=1)), float)
