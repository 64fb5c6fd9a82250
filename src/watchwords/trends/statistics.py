"""How far the scores of an item depart from those of a flat one."""

from dataclasses import dataclass

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


@dataclass(frozen=True, eq=False)
class CourseShares:
    """What each course takes of the documents, at neighbouring rates of the grid.

    Attributes
    ----------
    log_share : ndarray of float32, shape (n_strata * n_rates, n_courses)
        Logarithm of the expected score under a course over that of a flat item.
    total : ndarray of float, shape (n_strata, n_rates)
        Expected score of a flat item over all documents of a stratum.
    first : int
        Column of the grid that the rates begin with.
    """

    log_share: Singles
    total: Floats
    first: int


def share_courses(
    cells: list[sparse.csr_array], *, courses: Courses, grid: RateGrid, place: GridPlace
) -> CourseShares:
    """Compute what each course takes of documents with given dates.

    Parameters
    ----------
    cells : list of csr_array
        Documents by period and size, one a stratum.
    courses : Courses
        The courses.
    grid, place : RateGrid, GridPlace
        What flat items score, and where those lie for whom this is wanted.

    Returns
    -------
    CourseShares
    """
    first, last = int(place.column.min()), int(place.column.max()) + 2
    curve = courses.curve.astype(float)
    logs, totals = [], []
    for cell in cells:
        table = cell @ grid.mean[:, first:last]
        total = table.sum(axis=0)
        share = (curve @ table) / np.where(total > 0, total, 1.0)
        logs.append(np.log(np.where(share > 0, share, 1.0)).T.astype(np.float32))
        totals.append(total)
    return CourseShares(np.concatenate(logs), np.stack(totals), first)


def course_ratios(
    observed: Floats,
    shares: CourseShares,
    *,
    courses: Courses,
    place: GridPlace,
    variance: Floats,
) -> Singles:
    r"""Compare each course with no change by its likelihood.

    Parameters
    ----------
    observed : ndarray of float, shape (n_items, n_periods)
        Scores by period.
    shares : CourseShares
        What each course takes of the documents.
    courses : Courses
        The courses.
    place : GridPlace
        Where the items lie on the grid of rates.
    variance : ndarray of float, shape (n_items,)
        Scale between documents.

    Returns
    -------
    ndarray of float32, shape (n_items, n_courses)
        Logarithm of the likelihood ratio.

    Notes
    -----
    Given the total :math:`K_s` of each stratum :math:`s`, scores are shared out over periods in
    proportion to :math:`E_{st} f_t`:

    .. math:: \Lambda/2 = \frac{1}{v} \Big[\sum_t S_t \log f_t
       - \sum_s K_s \log \frac{\sum_t E_{st} f_t}{K_s}\Big]
    """
    scaled = (observed / variance[:, None]).astype(np.float32)
    ratio: Singles = scaled @ courses.log_curve
    ratio -= _reach(shares, place, variance) @ shares.log_share
    return ratio


def _reach(shares: CourseShares, place: GridPlace, variance: Floats) -> sparse.csr_array:
    """Divide each item's total between the two rates it lies next to, in each stratum.

    The share hardly depends on the rate, so its logarithm may be interpolated.
    """
    n_items, n_strata = place.column.shape
    stratum = np.arange(n_strata)
    left, right = place.column - shares.first, place.weight
    total, beside = shares.total[stratum, left], shares.total[stratum, left + 1]
    reach = place.scale * (total + right * (beside - total)) / variance[:, None]
    parts = np.stack([reach * (1 - right), reach * right], axis=2).astype(np.float32)
    row = left + stratum * shares.total.shape[1]
    rows = np.stack([row, row + 1], axis=2)
    bounds = np.arange(n_items + 1) * 2 * n_strata
    shape = (n_items, len(shares.log_share))
    return sparse.csr_array((parts.ravel(), rows.ravel(), bounds), shape=shape)


def weigh_ratios(
    ratios: Singles,
    courses: Courses,
    *,
    dispersion: tuple[Floats, Floats, Floats] | None = None,
) -> Singles:
    """Turn likelihood ratios into log posterior weights of the courses against no change.

    Parameters
    ----------
    ratios : ndarray of float32, shape (n_items, n_courses)
        As `course_ratios` gives them; left as they are.
    courses : Courses
        The courses.
    dispersion : tuple of ndarray of float, optional
        As `period_dispersion` gives it: the fast one divides bursts, the slow one the rest.

    Returns
    -------
    ndarray of float32, shape (n_items, n_courses)
    """
    if dispersion is None:
        return np.asarray(ratios + courses.log_weight)
    fast, slow, df = (value.astype(np.float32)[:, None] for value in dispersion)
    raised = np.maximum(ratios, 0)
    raised[:, courses.bursts] *= slow / fast
    raised *= 2 / slow
    weights = wallace_square(raised, df)
    weights *= np.float32(0.5)
    # Evidence against a course is not weakened: that would raise the average over all.
    weights += np.minimum(ratios, 0)
    weights += courses.log_weight
    return weights


def pool_courses(weights: Singles) -> Floats:
    r"""Average the evidence over all courses.

    Parameters
    ----------
    weights : ndarray of float32, shape (n_items, n_courses)
        As `weigh_ratios` gives them.

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
