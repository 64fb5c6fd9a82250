"""Judge blocks of items: evidence, change over the span, fitted curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.intervals import Z_95
from watchwords.trends.courses import Courses
from watchwords.trends.dispersion import period_dispersion
from watchwords.trends.expectation import Expectation, expect_scores
from watchwords.trends.exposure import Floats, Ints
from watchwords.trends.model import Model, sum_strata
from watchwords.trends.shape import best_course
from watchwords.trends.slope import fit_slope
from watchwords.trends.statistics import (
    CourseShares,
    course_ratios,
    pool_courses,
    trend_z,
    weigh_ratios,
)


@dataclass(frozen=True, eq=False)
class Weighed:
    """Courses of a block of items, weighed by what was observed.

    Attributes
    ----------
    weights : ndarray of float32, shape (n_items, n_courses)
        Log posterior weights.
    dispersion : ndarray of float, shape (n_items,)
        Variance between periods over that between documents.
    parts : list of ndarray of float, shape (n_items, n_periods)
        Observed scores, one array a stratum.
    observed : ndarray of float, shape (n_items, n_periods)
        Their sum.
    expected : Expectation
        Scores of flat items.
    """

    weights: NDArray[np.float32]
    dispersion: Floats
    parts: list[Floats]
    observed: Floats
    expected: Expectation


@dataclass(frozen=True, eq=False)
class Judged:
    """What is known of a block of items before chance is asked.

    Attributes
    ----------
    evidence : ndarray of float, shape (n_items,)
        Pooled evidence for any change.
    statistic : ndarray of float, shape (n_items,)
        Trend statistic z.
    dispersion : ndarray of float, shape (n_items,)
        Variance between periods over that between documents.
    span_effect, span_error : ndarray of float, shape (n_items,)
        Logarithm of the fold change over the span, and its standard error.
    """

    evidence: Floats
    statistic: Floats
    dispersion: Floats
    span_effect: Floats
    span_error: Floats


def weigh_courses(model: Model, items: Ints) -> Weighed:
    """Compare items with all courses, with the dates that the documents have.

    Parameters
    ----------
    model : Model
        The items.
    items : ndarray of int64
        Positions of those to weigh.

    Returns
    -------
    Weighed
    """
    courses, parts = model.courses, sum_strata(model, items)
    observed = np.sum(parts, axis=0)
    place, variance = model.place.take(items), model.variance[items]
    expected = expect_scores(model.grid, place, model.cells, time=model.exposure.time)
    ratios = course_ratios(observed, model.shares, courses=courses, place=place, variance=variance)
    dispersion = _disperse(
        observed,
        expected.by_period,
        weights=weigh_ratios(ratios, courses),
        courses=courses,
        variance=variance,
    )
    weights = weigh_ratios(ratios, courses, dispersion=dispersion)
    return Weighed(weights, dispersion[1], parts, observed, expected)


def judge_items(model: Model, items: Ints) -> Judged:
    """Weigh the courses of items, and measure their change over the span.

    Parameters
    ----------
    model : Model
        The items.
    items : ndarray of int64
        Positions of those to judge.

    Returns
    -------
    Judged
    """
    exposure, variance = model.exposure, model.variance[items]
    weighed = weigh_courses(model, items)
    slow, expected = weighed.dispersion, weighed.expected
    slope = fit_slope(
        weighed.parts,
        model.cells,
        grid=model.grid,
        place=model.place.take(items),
        time=exposure.time,
        dispersion=model.dispersion[items] * slow,
    )
    z = trend_z(weighed.observed, expected, variance=variance * slow, time=exposure.time)
    return Judged(
        evidence=pool_courses(weighed.weights),
        statistic=z,
        dispersion=slow,
        span_effect=slope.log_effect,
        span_error=slope.error,
    )


def evidence_of(model: Model, items: Ints, *, observed: Floats, shares: CourseShares) -> Floats:
    """Pool the evidence of items whose documents have permuted dates.

    Parameters
    ----------
    model : Model
        The items.
    items : ndarray of int64
        Their positions.
    observed : ndarray of float, shape (n_items, n_periods)
        Scores by permuted period.
    shares : CourseShares
        What each course takes of the documents by permuted period.

    Returns
    -------
    ndarray of float, shape (n_items,)
        Without the dispersion of periods: permuted dates have none.
    """
    ratios = course_ratios(
        observed,
        shares,
        courses=model.courses,
        place=model.place.take(items),
        variance=model.variance[items],
    )
    return pool_courses(weigh_ratios(ratios, model.courses))


def draw_curve(model: Model, items: Ints, weighed: Weighed) -> tuple[Floats, Floats, Floats]:
    """Average the courses of items by their posterior weights.

    Parameters
    ----------
    model : Model
        The items.
    items : ndarray of int64
        Their positions.
    weighed : Weighed
        Their courses, in the same order.

    Returns
    -------
    fitted, low, high : ndarray of float, shape (n_items, n_periods)
        Expected score by period with a 95 % interval.
    """
    courses, expected = model.courses, weighed.expected.by_period
    total = weighed.observed.sum(axis=1)[:, None]
    mass = np.exp(weighed.weights - weighed.weights.max(axis=1, keepdims=True)).astype(float)
    mass /= mass.sum(axis=1, keepdims=True)
    curve = courses.curve.astype(float)
    weighted = expected @ curve.T
    factor = total / np.where(weighted > 0, weighted, 1.0)
    fitted = expected * ((mass * factor) @ curve)
    square = expected**2 * ((mass * factor**2) @ curve**2)
    scale = (model.variance[items] * weighed.dispersion)[:, None]
    within = scale * fitted**2 / np.maximum(total, 1.0)
    reach = Z_95 * np.sqrt(np.maximum(square - fitted**2, 0.0) + within)
    return fitted, np.maximum(fitted - reach, 0.0), fitted + reach


def _disperse(
    observed: Floats,
    expected: Floats,
    *,
    weights: NDArray[np.float32],
    courses: Courses,
    variance: Floats,
) -> tuple[Floats, Floats, Floats]:
    curve, n_parameters = best_course(weights, courses)
    mean = expected * curve
    total = mean.sum(axis=1, keepdims=True)
    mean *= observed.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0)
    return period_dispersion(observed, mean, variance, n_parameters=n_parameters)
