"""What to expect of an item that does not change: its score by period, given the documents.

A flat item has one rate; longer and more numerous documents make its score larger without any
change. The rate of each item is found on a grid that all items share, so that a hundred thousand
items cost two matrix products and an interpolation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from watchwords.trends.damping import mean_score, score_variance
from watchwords.trends.exposure import Exposure, Floats, Ints

N_RATES = 128


@dataclass(frozen=True, eq=False)
class RateGrid:
    """Mean and variance of a document's score on a grid of rates.

    Attributes
    ----------
    rate : ndarray of float, shape (n_rates,)
        Mentions in a document of size 1, in rising order.
    mean, variance : ndarray of float, shape (n_bins, n_rates)
        Of the score of a document in a bin of sizes.
    """

    rate: Floats
    mean: Floats
    variance: Floats


@dataclass(frozen=True, eq=False)
class GridPlace:
    """Where items lie on the grid: between two of its columns, by stratum.

    Attributes
    ----------
    column : ndarray of int64, shape (n_items, n_strata)
        The column on the left.
    weight : ndarray of float, shape (n_items, n_strata)
        Share of the column on the right.
    scale : ndarray of float, shape (n_items, n_strata)
        Factor that makes the expected scores sum to the observed ones.
    """

    column: Ints
    weight: Floats
    scale: Floats

    def take(self, items: Ints | slice) -> "GridPlace":
        """Keep some items.

        Parameters
        ----------
        items : ndarray of int64 or slice
            Their positions.

        Returns
        -------
        GridPlace
        """
        return GridPlace(self.column[items], self.weight[items], self.scale[items])


@dataclass(frozen=True, eq=False)
class Expectation:
    """Expected scores of flat items.

    Attributes
    ----------
    by_period : ndarray of float, shape (n_items, n_periods)
        0 in a period without documents.
    moment : ndarray of float, shape (n_items,)
        Expected score weighted by time.
    spread : ndarray of float, shape (n_items,)
        Information about a linear trend: the spread of time within strata, weighted by the
        expected score.
    """

    by_period: Floats
    moment: Floats
    spread: Floats


def rate_grid(exposure: Exposure, *, damped: bool, max_score: float) -> RateGrid:
    """Tabulate the score of a document over sizes and rates.

    Parameters
    ----------
    exposure : Exposure
        The documents.
    damped : bool
        Kind of score.
    max_score : float
        Largest score of any document, to know how far the rates must reach.

    Returns
    -------
    RateGrid
    """
    sizes = exposure.bin_size
    weight = np.bincount(exposure.bin, minlength=len(sizes)).astype(float)
    most = 40.0 if not damped else 4 * max(2.0**max_score, 2.0)
    low = 0.25 / max(float(weight @ sizes), 1.0)
    high = most / float(np.quantile(sizes[sizes > 0], 0.05))
    rate = np.geomspace(low, high, N_RATES)
    mentions = sizes[:, None] * rate[None, :]
    return RateGrid(
        rate, mean_score(mentions, damped=damped), score_variance(mentions, damped=damped)
    )


def count_cells(exposure: Exposure, period: Ints) -> list[sparse.csr_array]:
    """Count the documents of each period and size, one matrix a stratum.

    Parameters
    ----------
    exposure : Exposure
        The documents.
    period : ndarray of int64, shape (n_docs,)
        Their periods, permuted or not.

    Returns
    -------
    list of csr_array, shape (n_periods, n_bins)
    """
    n_bins = len(exposure.bin_size)
    shape = (exposure.n_periods, n_bins)
    cell = period * n_bins + exposure.bin
    cells = []
    for members in exposure.members:
        n = np.bincount(cell[members], minlength=shape[0] * shape[1])
        filled = np.flatnonzero(n)
        bounds = np.searchsorted(filled, np.arange(shape[0] + 1) * n_bins)
        cells.append(
            sparse.csr_array((n[filled].astype(float), filled % n_bins, bounds), shape=shape)
        )
    return cells


def place_items(grid: RateGrid, exposure: Exposure, totals: Floats) -> GridPlace:
    """Find the rate at which a flat item would have the score it has.

    Parameters
    ----------
    grid : RateGrid
        The grid.
    exposure : Exposure
        The documents.
    totals : ndarray of float, shape (n_items, n_strata)
        Sum of the scores of each item in each stratum.

    Returns
    -------
    GridPlace
    """
    column = np.empty(totals.shape, np.int64)
    weight = np.empty(totals.shape)
    scale = np.empty(totals.shape)
    for stratum in range(exposure.n_strata):
        n = stratum_bins(exposure, stratum)
        reach = n @ grid.mean
        left = np.clip(np.searchsorted(reach, totals[:, stratum]) - 1, 0, len(reach) - 2)
        step = reach[left + 1] - reach[left]
        ratio = (totals[:, stratum] - reach[left]) / np.where(step > 0, step, 1.0)
        column[:, stratum] = left
        weight[:, stratum] = np.clip(ratio, 0.0, 1.0)
        got = reach[left] + weight[:, stratum] * step
        scale[:, stratum] = totals[:, stratum] / np.where(got > 0, got, 1.0)
    return GridPlace(column, weight, scale)


def stratum_bins(exposure: Exposure, stratum: int) -> Floats:
    """Count the documents of a stratum by size.

    Parameters
    ----------
    exposure : Exposure
        The documents.
    stratum : int
        Index of the stratum.

    Returns
    -------
    ndarray of float, shape (n_bins,)
    """
    own = exposure.bin[exposure.members[stratum]]
    return np.bincount(own, minlength=len(exposure.bin_size)).astype(float)


def expect_scores(
    grid: RateGrid, place: GridPlace, cells: list[sparse.csr_array], *, time: Floats
) -> Expectation:
    r"""Compute the expected score of flat items by period.

    Parameters
    ----------
    grid : RateGrid
        Score of a document over sizes and rates.
    place : GridPlace
        Where the items lie on it.
    cells : list of csr_array
        Documents by period and size, as `count_cells` gives them.
    time : ndarray of float, shape (n_periods,)
        Position of each period.

    Returns
    -------
    Expectation

    Notes
    -----
    With size :math:`a_d` of a document and :math:`h` the mean score, the rate :math:`\lambda_j`
    solves :math:`\sum_d h(\lambda_j a_d) = K_j` in each stratum, and
    :math:`E_{jt} = \sum_{d \in t} h(\lambda_j a_d)`; the spread is
    :math:`\sum_t E_{jt} x_t^2 - (\sum_t E_{jt} x_t)^2 / K_j`, summed over strata.
    """
    n_items = len(place.column)
    by_period, moment, spread = np.zeros((n_items, len(time))), np.zeros(n_items), np.zeros(n_items)
    for stratum, cell in enumerate(cells):
        table = np.ascontiguousarray((cell @ grid.mean).T)
        powers = np.stack([table.sum(axis=1), (table * time).sum(axis=1)], axis=1)
        powers = np.concatenate([powers, (table * time**2).sum(axis=1)[:, None]], axis=1)
        total, first, second = interpolate(powers, place, stratum).T
        moment += first
        spread += second - first**2 / np.where(total > 0, total, 1.0)
        by_period += interpolate(table, place, stratum)
    return Expectation(by_period, moment, spread)


def interpolate(table: Floats, place: GridPlace, stratum: int) -> Floats:
    """Read sums over documents off the grid, for each item at its own rate.

    Parameters
    ----------
    table : ndarray of float, shape (n_rates, n_columns)
        Sums over the documents of a stratum, by rate.
    place : GridPlace
        Where the items lie.
    stratum : int
        The stratum.

    Returns
    -------
    ndarray of float, shape (n_items, n_columns)
    """
    left = place.column[:, stratum]
    right = place.weight[:, stratum] * place.scale[:, stratum]
    return np.asarray(
        table[left] * (place.scale[:, stratum] - right)[:, None] + table[left + 1] * right[:, None]
    )


def expect_at(
    values: Floats, place: GridPlace, where: tuple[NDArray[np.int64], Ints, Ints]
) -> Floats:
    """Read the expected scores of single documents off the grid.

    Parameters
    ----------
    values : ndarray of float, shape (n_bins, n_rates)
        ``mean`` of a `RateGrid`.
    place : GridPlace
        Where the items lie.
    where : tuple of ndarray of int64
        For each pair of a document and an item: the item, the document's bin, its stratum.

    Returns
    -------
    ndarray of float
    """
    item, size_bin, stratum = where
    left = place.column[item, stratum]
    right = place.weight[item, stratum]
    between = values[size_bin, left] * (1 - right) + values[size_bin, left + 1] * right
    return np.asarray(between * place.scale[item, stratum])


def score_elasticity(grid: RateGrid, place: GridPlace, exposure: Exposure) -> Floats:
    r"""Compute by how many percent scores grow when mentions grow by one percent.

    Parameters
    ----------
    grid, place : RateGrid, GridPlace
        What flat items score.
    exposure : Exposure
        The documents.

    Returns
    -------
    ndarray of float, shape (n_items,)
        :math:`d \log \sum_d h / d \log \lambda`: 1 for rare items, less where documents are
        saturated.
    """
    gain = np.gradient(grid.mean, np.log(grid.rate), axis=1)
    top, bottom = np.zeros(len(place.column)), np.zeros(len(place.column))
    for stratum in range(exposure.n_strata):
        n = stratum_bins(exposure, stratum)
        top += interpolate((n @ gain)[:, None], place, stratum)[:, 0]
        bottom += interpolate((n @ grid.mean)[:, None], place, stratum)[:, 0]
    return np.clip(top / np.where(bottom > 0, bottom, 1.0), 0.05, 1.0)
