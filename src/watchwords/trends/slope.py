"""How large a change is: the fold change over the span of the corpus, with its interval."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from watchwords.trends.expectation import GridPlace, RateGrid
from watchwords.trends.exposure import Floats, Ints

PRIOR_SD = 3.0
_STEPS = 40
_FULL_STEPS = 8
_PRECISION = 1e-5
_MAX_STEP = 1.5


@dataclass(frozen=True, eq=False)
class Slope:
    """Fitted log-linear changes.

    Attributes
    ----------
    log_effect, error : ndarray of float, shape (n_items,)
        Logarithm of the fold change from the first period to the last, and its standard error.
    """

    log_effect: Floats
    error: Floats


@dataclass(frozen=True, eq=False)
class _Part:
    """What one stratum says at the present estimate."""

    residual: Floats
    weight: Floats


@dataclass(frozen=True, eq=False)
class _Step:
    """A step of Fisher scoring, and the information about the slope."""

    slope: Floats
    level: Floats
    information: Floats


def fit_slope(
    observed: list[Floats],
    cells: list[sparse.csr_array],
    *,
    grid: RateGrid,
    place: GridPlace,
    time: Floats,
    dispersion: Floats,
) -> Slope:
    r"""Fit a log-linear change of the rate by quasi-likelihood.

    The change is one of the *rate of mention*, from which presence and damped counts follow:
    an item that goes from 40 % to 90 % of the documents is mentioned far more than twice as
    often. It is the change over the whole span of the corpus, and says little of an item whose
    whole change took place in a moment.

    Parameters
    ----------
    observed : list of ndarray of float, shape (n_items, n_periods)
        Scores by period, one array a stratum.
    cells : list of csr_array, shape (n_periods, n_bins)
        Documents by period and size, one a stratum.
    grid, place : RateGrid, GridPlace
        What flat items would score.
    time : ndarray of float, shape (n_periods,)
        Position of each period, from 0 to 1.
    dispersion : ndarray of float, shape (n_items,)
        Variance over that of independent mentions.

    Returns
    -------
    Slope

    Notes
    -----
    :math:`E S_{st} = \sum_{d \in s,t} h(\lambda_s e^{a_s + b x_t} a_d)`, with an intercept for
    each stratum :math:`s` and one :math:`b`, by Fisher scoring on the quasi-score [1]_. A normal
    prior with standard deviation 3 on :math:`b` (a factor of 20) keeps finite the change of an
    item that a part of the span lacks altogether.

    References
    ----------
    .. [1] R. W. M. Wedderburn (1974). Quasi-likelihood functions, generalized linear models, and
       the Gauss-Newton method. Biometrika 61, 439-447.
    """
    tables = [_tabulate(cell, grid) for cell in cells]
    base = _rates(grid, place)
    level, slope = np.zeros(base.shape), np.zeros(len(base))
    prior = dispersion / PRIOR_SD**2

    def evaluate(items: Ints) -> list[_Part]:
        parts = []
        for stratum, table in enumerate(tables):
            start = base[items, stratum] + level[items, stratum]
            line = start[:, None] + slope[items, None] * time[None, :]
            parts.append(_evaluate(observed[stratum][items], table, grid=grid, log_rate=line))
        return parts

    active = np.arange(len(base))
    for turn in range(_STEPS):
        step = _scoring_step(evaluate(active), time, slope[active], prior=prior[active])
        # Where full steps overshoot for ever, half steps do not.
        length = 1.0 if turn < _FULL_STEPS else 0.5
        slope[active] += length * step.slope
        level[active] += length * step.level
        moved = np.maximum(np.abs(step.slope), np.abs(step.level).max(axis=1))
        active = active[moved > _PRECISION]
        if not len(active):
            break
    parts = evaluate(np.arange(len(base)))
    information = _scoring_step(parts, time, slope, prior=prior).information
    error = np.sqrt(dispersion / np.maximum(information, 1e-9))
    return Slope(slope, error)


def _rates(grid: RateGrid, place: GridPlace) -> Floats:
    left, w = grid.rate[place.column], place.weight
    found = (left * (1 - w) + grid.rate[place.column + 1] * w) * np.minimum(place.scale, 1.0)
    return np.log(np.maximum(found, 1e-12))


def _evaluate(observed: Floats, table: Floats, *, grid: RateGrid, log_rate: Floats) -> _Part:
    first, step = np.log(grid.rate[0]), np.log(grid.rate[1] / grid.rate[0])
    column = np.clip(((log_rate - first) / step).astype(np.int64), 0, len(grid.rate) - 2)
    rate = np.exp(np.minimum(log_rate, np.log(grid.rate[-1])))
    left = grid.rate[column]
    weight = ((rate - left) / (grid.rate[column + 1] - left))[..., None]
    cell = column + len(grid.rate) * np.arange(observed.shape[1])
    values = table[cell]
    values = values + weight * (table[cell + 1] - values)
    mean, gain, variance = values[..., 0], values[..., 1], values[..., 2]
    informed = (variance > 1e-12) & (mean > 1e-12)
    safe = np.where(informed, variance, 1.0)
    sensitivity = np.where(informed, gain, 0.0)
    return _Part(sensitivity / safe * (observed - mean), sensitivity**2 / safe)


def _tabulate(cell: sparse.csr_array, grid: RateGrid) -> Floats:
    """Sum mean, gain and variance over the documents of a period: a row a period and rate."""
    gain = np.gradient(grid.mean, np.log(grid.rate), axis=1)
    columns = [(cell @ values).ravel() for values in (grid.mean, gain, grid.variance)]
    return np.stack(columns, axis=1)


def _scoring_step(parts: list[_Part], time: Floats, slope: Floats, *, prior: Floats) -> _Step:
    """Solve for the slope and the levels; the levels of the strata meet only in the slope."""
    score, information = -prior * slope, prior.copy()
    level_scores, own, shared = [], [], []
    for part in parts:
        a, i_aa, i_ab = part.residual.sum(axis=1), part.weight.sum(axis=1), part.weight @ time
        safe = np.where(i_aa > 1e-9, i_aa, np.inf)
        score = score + part.residual @ time - i_ab * a / safe
        information = information + part.weight @ time**2 - i_ab**2 / safe
        level_scores.append(a)
        own.append(safe)
        shared.append(i_ab)
    change = np.clip(score / np.maximum(information, 1e-9), -_MAX_STEP, _MAX_STEP)
    levels = [
        np.clip((a - i_ab * change) / safe, -_MAX_STEP, _MAX_STEP)
        for a, i_ab, safe in zip(level_scores, shared, own, strict=True)
    ]
    return _Step(change, np.stack(levels, axis=1), information)
