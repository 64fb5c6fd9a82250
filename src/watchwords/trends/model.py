"""A screen with all that its tests and fits need."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from watchwords.trends.courses import Courses
from watchwords.trends.expectation import (
    GridPlace,
    RateGrid,
    count_cells,
    place_items,
    rate_grid,
    score_elasticity,
)
from watchwords.trends.exposure import Exposure, Floats, Ints, length_exponent, measure_exposure
from watchwords.trends.screen import Screen, make_screen, sum_periods
from watchwords.trends.statistics import CourseShares, share_courses
from watchwords.trends.variance import document_variance


@dataclass(frozen=True, eq=False)
class Model:
    """Items judged by one kind of score, and what they would score if they were flat.

    Attributes
    ----------
    screen : Screen
        The items.
    exposure : Exposure
        The documents.
    courses : Courses
        What the items are compared with.
    grid, place : RateGrid, GridPlace
        What flat items would score.
    variance, dispersion : ndarray of float, shape (n_items,)
        As `document_variance` gives them.
    elasticity : ndarray of float, shape (n_items,)
        As `score_elasticity` gives it.
    """

    screen: Screen
    exposure: Exposure
    courses: Courses
    grid: RateGrid
    place: GridPlace
    variance: Floats
    dispersion: Floats
    elasticity: Floats

    @cached_property
    def cells(self) -> list[sparse.csr_array]:
        """Documents by period and size with the dates that they have, one matrix a stratum."""
        return count_cells(self.exposure, self.exposure.period)

    @cached_property
    def shares(self) -> CourseShares:
        """What each course takes of them."""
        return share_courses(self.cells, courses=self.courses, grid=self.grid, place=self.place)


def expose_documents(
    matrix: sparse.csc_array, n_units: Ints, *, damped: bool, period: Ints, stratum: Ints
) -> Exposure:
    """Measure the documents, with one length exponent for all items of a kind.

    Presence grows more slowly than a document does; the counts of words that every document has
    grow with it. Each kind of score therefore has its own exponent.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences of the items of one kind.
    n_units : ndarray of int64, shape (n_docs,)
        Length of each document.
    damped : bool
        Kind of score.
    period, stratum : ndarray of int64, shape (n_docs,)
        Indices of each document.

    Returns
    -------
    Exposure
    """
    counted = matrix.data.astype(float) if damped else np.ones(len(matrix.data))
    totals = np.bincount(matrix.indices, counted, matrix.shape[0]).astype(float)
    size = n_units.astype(float) ** length_exponent(totals, n_units)
    return measure_exposure(period, stratum, size if size.sum() > 0 else np.ones(len(size)))


def build_model(
    matrix: sparse.csc_array, exposure: Exposure, courses: Courses, *, damped: bool
) -> Model:
    """Prepare the items of one kind of score.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Their occurrences.
    exposure : Exposure
        The documents.
    courses : Courses
        What the items are compared with.
    damped : bool
        Kind of score.

    Returns
    -------
    Model
    """
    screen = make_screen(matrix, exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.data.max(initial=1)))
    place = place_items(grid, exposure, screen.totals)
    variance, dispersion = document_variance(screen, exposure, grid=grid, place=place)
    elasticity = score_elasticity(grid, place, exposure)
    return Model(screen, exposure, courses, grid, place, variance, dispersion, elasticity)


def sum_strata(model: Model, items: Ints) -> list[Floats]:
    """Sum the scores of items by period, one array a stratum.

    Parameters
    ----------
    model : Model
        The items.
    items : ndarray of int64
        Their positions.

    Returns
    -------
    list of ndarray of float, shape (n_items, n_periods)
    """
    item, doc, score = model.screen.take(items).pairs()
    exposure = model.exposure
    shape = (len(items), exposure.n_periods)
    parts = []
    for stratum in range(exposure.n_strata):
        own = exposure.stratum[doc] == stratum
        parts.append(sum_periods((item[own], doc[own], score[own]), exposure.period, shape))
    return parts
