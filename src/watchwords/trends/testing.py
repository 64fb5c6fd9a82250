"""Test every item of a screen, and measure the size of its change."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.fdr import benjamini_hochberg
from watchwords.trends.damping import damp, is_damped
from watchwords.trends.expectation import (
    GridPlace,
    RateGrid,
    count_cells,
    expect_scores,
    place_items,
    rate_grid,
)
from watchwords.trends.exposure import Exposure, Floats, Ints, length_exponent, measure_exposure
from watchwords.trends.permutation import draw_null, group_items, tail_p_value
from watchwords.trends.screen import Screen, make_screen, sum_periods
from watchwords.trends.slope import Slope, fit_slope
from watchwords.trends.statistics import trend_z
from watchwords.trends.variance import document_variance

BLOCK = 512


@dataclass(frozen=True, eq=False)
class _Model:
    """A screen with all that its tests and fits need."""

    screen: Screen
    exposure: Exposure
    grid: RateGrid
    place: GridPlace
    variance: Floats
    dispersion: Floats


def screen_items(
    matrix: sparse.csc_array, n_units: Ints, *, period: Ints, stratum: Ints, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Test all items in one call and control the false discoveries over all of them.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences; the order of rows and columns must not depend on the caller's tables.
    n_units : ndarray of int64, shape (n_docs,)
        Length of each document.
    period, stratum : ndarray of int64, shape (n_docs,)
        Indices of each document; the axis ends with the last period.
    seed : int
        Seed of the permutations.

    Returns
    -------
    evidence : pandas.DataFrame
        One row per item, in order: ``statistic`` (z of the trend), ``p_value``, ``q_value``,
        ``dispersion`` (variance between documents over that of independent mentions),
        ``log_effect``, ``error`` (of it), ``score`` ("presence" or "damped").
    curve : pandas.DataFrame
        One row per item found to change and period: ``item`` (position), ``period`` (index),
        ``observed``, ``expected`` if flat, ``fitted``, ``low``, ``high``: mean score of the
        documents of the period, NaN where there is none.
    """
    damped = is_damped(np.diff(matrix.indptr), matrix.shape[0])
    exposure = _expose(matrix, n_units, damped=damped, period=period, stratum=stratum)
    evidence = pd.DataFrame(
        {
            "statistic": np.nan,
            "p_value": np.nan,
            "q_value": np.nan,
            "dispersion": np.nan,
            "log_effect": np.nan,
            "error": np.nan,
            "score": np.where(damped, "damped", "presence"),
        },
        index=range(matrix.shape[1]),
    )
    models = {}
    for kind in (False, True):
        members = np.flatnonzero(damped == kind)
        if not len(members):
            continue
        model = _model(sparse.csc_array(matrix[:, members]), exposure, damped=kind)
        z, p = _test(model, seed=[seed, int(kind)])
        evidence.loc[members, "statistic"] = z
        evidence.loc[members, "p_value"] = p
        evidence.loc[members, "dispersion"] = model.dispersion
        models[kind] = (members, model)
    evidence["q_value"] = benjamini_hochberg(evidence["p_value"])
    curves = [_measure(evidence, members, model) for members, model in models.values()]
    return evidence, pd.concat(curves, ignore_index=True)


def _expose(
    matrix: sparse.csc_array,
    n_units: Ints,
    *,
    damped: NDArray[np.bool_],
    period: Ints,
    stratum: Ints,
) -> Exposure:
    column = np.repeat(damped, np.diff(matrix.indptr))
    score = np.where(column, damp(matrix.data), 1.0)
    totals = np.bincount(matrix.indices, score, matrix.shape[0]).astype(float)
    size = n_units.astype(float) ** length_exponent(totals, n_units)
    return measure_exposure(period, stratum, size if size.sum() > 0 else np.ones(len(size)))


def _model(matrix: sparse.csc_array, exposure: Exposure, *, damped: bool) -> _Model:
    screen = make_screen(matrix, exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.data.max(initial=1)))
    place = place_items(grid, exposure, screen.totals)
    variance, dispersion = document_variance(screen, exposure, grid=grid, place=place)
    return _Model(screen, exposure, grid, place, variance, dispersion)


def _statistic(model: _Model, items: Ints, observed: Floats, period: Ints) -> Floats:  # noqa: PLR0917
    cells = count_cells(model.exposure, period)
    time = model.exposure.time
    values = np.empty((len(items), 1))
    for start in range(0, len(items), BLOCK):
        chunk = slice(start, start + BLOCK)
        expected = expect_scores(model.grid, model.place.take(items[chunk]), cells, time=time)
        variance = model.variance[items[chunk]]
        values[chunk, 0] = trend_z(observed[chunk], expected, variance=variance, time=time)
    return values


def _test(model: _Model, *, seed: list[int]) -> tuple[Floats, Floats]:
    exposure, n_items = model.exposure, model.screen.n_items
    z = np.empty(n_items)
    for start in range(0, n_items, BLOCK):
        items = np.arange(start, min(start + BLOCK, n_items))
        pairs = model.screen.take(items).pairs()
        observed = sum_periods(pairs, exposure.period, (len(items), exposure.n_periods))
        z[items] = _statistic(model, items, observed, exposure.period)[:, 0]
    groups = group_items(model.screen.n_docs)

    def statistic(items: Ints, observed: Floats, period: Ints) -> Floats:
        return _statistic(model, items, observed, period)

    null = draw_null(model.screen, exposure, groups=groups, statistic=statistic, seed=seed)
    p = np.empty(n_items)
    for group, draws in enumerate(null):
        members = groups == group
        p[members] = tail_p_value(z[members] ** 2, draws[:, 0] ** 2)
    return z, p


def _measure(evidence: pd.DataFrame, members: Ints, model: _Model) -> pd.DataFrame:
    """Fit the size of every change into `evidence`; return the curves of those detected."""
    exposure = model.exposure
    n_docs = np.bincount(exposure.period, minlength=exposure.n_periods)
    cells = count_cells(exposure, exposure.period)
    detected = (evidence["q_value"].to_numpy() <= 0.05)[members]
    curves = [_curve(np.empty(0, np.int64), n_docs, columns={})]
    for start in range(0, len(members), BLOCK):
        items = np.arange(start, min(start + BLOCK, len(members)))
        observed = _by_stratum(model, items)
        slope = _fit(model, items, observed=observed, cells=cells)
        evidence.loc[members[items], "log_effect"] = slope.log_effect
        evidence.loc[members[items], "error"] = slope.error
        chosen = np.flatnonzero(detected[items])
        expected = expect_scores(
            model.grid, model.place.take(items[chosen]), cells, time=exposure.time
        )
        reach = 1.96 * slope.fitted_error[chosen]
        columns = {
            "observed": sum(observed)[chosen],  # type: ignore[index]
            "expected": expected.by_period,
            "fitted": slope.fitted[chosen],
            "low": np.maximum(slope.fitted[chosen] - reach, 0.0),
            "high": slope.fitted[chosen] + reach,
        }
        curves.append(_curve(members[items[chosen]], n_docs, columns=columns))
    return pd.concat(curves, ignore_index=True)


def _by_stratum(model: _Model, items: Ints) -> list[Floats]:
    item, doc, score = model.screen.take(items).pairs()
    exposure = model.exposure
    shape = (len(items), exposure.n_periods)
    parts = []
    for stratum in range(exposure.n_strata):
        own = exposure.stratum[doc] == stratum
        parts.append(sum_periods((item[own], doc[own], score[own]), exposure.period, shape))
    return parts


def _fit(
    model: _Model, items: Ints, *, observed: list[Floats], cells: list[sparse.csr_array]
) -> Slope:
    return fit_slope(
        observed,
        cells,
        grid=model.grid,
        place=model.place.take(items),
        time=model.exposure.time,
        dispersion=model.dispersion[items],
    )


def _curve(items: Ints, n_docs: Ints, *, columns: dict[str, Floats]) -> pd.DataFrame:
    n_periods = len(n_docs)
    per_doc = np.where(n_docs > 0, n_docs, np.nan).astype(float)
    frame = pd.DataFrame(
        {
            "item": np.repeat(items, n_periods),
            "period": np.tile(np.arange(n_periods), len(items)),
            "n_docs_total": np.tile(n_docs, len(items)),
        }
    )
    for name in ("observed", "expected", "fitted", "low", "high"):
        values = columns.get(name, np.empty((0, n_periods)))
        frame[name] = (values / per_doc).ravel()
    return frame
