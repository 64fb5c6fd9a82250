"""Date the changes that were found on the full axis of periods, and measure them there."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.intervals import Z_95
from watchwords.trends.courses import list_ramps
from watchwords.trends.expectation import count_cells, expect_scores
from watchwords.trends.exposure import Exposure, Floats, Ints
from watchwords.trends.level import lead_bursts, window_effect
from watchwords.trends.model import Model
from watchwords.trends.onset import date_ramp, date_step, date_window
from watchwords.trends.screen import sum_periods
from watchwords.trends.shape import GRADUAL

_ONSET = ["onset", "onset_low", "onset_high"]
_END = ["end", "end_low", "end_high"]
_SIZES = ["effect", "effect_low", "effect_high"]
_BLOCK = 512


def size_spans(evidence: pd.DataFrame) -> None:
    """Write the size of changes over the span into the evidence.

    Parameters
    ----------
    evidence : pandas.DataFrame
        With ``span_effect`` and ``span_error``; changed in place.
    """
    reach = Z_95 * evidence["span_error"]
    for name, sign in zip(_SIZES, (0, -1, 1), strict=True):
        evidence[name] = evidence["span_effect"] + sign * reach


def date_changes(
    evidence: pd.DataFrame,
    model: Model,
    members: Ints,
    *,
    found: Ints,
    fine: Exposure,
    stride: int,
) -> None:
    """Write dates and sizes of changes into the evidence, as indices of the full axis.

    Parameters
    ----------
    evidence : pandas.DataFrame
        As `screen_items` makes it, with dates on the axis of the tests; changed in place.
    model : Model
        The items.
    members : ndarray of int64, shape (n_items,)
        Rows of `evidence` that the items of the model have.
    found : ndarray of int64
        Positions, in the model, of the items that were found to change.
    fine : Exposure
        The documents on the full axis.
    stride : int
        Periods that the tests took together.
    """
    own = evidence.loc[members]
    for column in (*_ONSET, *_END):
        last = stride - 1 if column.endswith("_high") else 0
        at = own[column].to_numpy(np.int64)
        widened = np.minimum(at * stride + last, fine.n_periods)
        evidence.loc[members, column] = np.where(at >= 0, widened, -1)
    shape = evidence.loc[members[found], "shape"].to_numpy(str)
    for start in range(0, len(found), _BLOCK):
        part = slice(start, start + _BLOCK)
        items, rows = found[part], members[found[part]]
        observed, expected = _sums(model, items, fine)
        scale = model.variance[items] * evidence.loc[rows, "dispersion"].to_numpy()
        sums = (observed, expected, scale)
        _date(evidence, rows, shape[part], sums=sums, stride=stride)
        _keep_to_sightings(evidence, rows, observed)
        _size(evidence, rows, shape[part], sums=sums, elasticity=model.elasticity[items])


def _sums(model: Model, items: Ints, fine: Exposure) -> tuple[Floats, Floats]:
    pairs = model.screen.take(items).pairs()
    observed = sum_periods(pairs, fine.period, (len(items), fine.n_periods))
    expected = expect_scores(
        model.grid, model.place.take(items), count_cells(fine, fine.period), time=fine.time
    )
    return observed, expected.by_period


def _date(
    evidence: pd.DataFrame,
    rows: Ints,
    shape: NDArray[np.str_],
    *,
    sums: tuple[Floats, Floats, Floats],
    stride: int,
) -> None:
    """Replace the dates of the tests by those of the full axis."""
    for names, columns in (
        (("step up", "appeared"), _ONSET),
        (("step down", "vanished"), _END),
        (("rising",), _ONSET),
        (("falling",), _END),
    ):
        chosen = np.isin(shape, names)
        if not chosen.any():
            continue
        observed, expected, scale = (values[chosen] for values in sums)
        if names[0] in GRADUAL:
            ramps = list_ramps(observed.shape[1], down=names[0] == "falling")
            dates = date_ramp(observed, expected, ramps=ramps, scale=scale)
        else:
            dates = date_step(observed, expected, scale=scale)
        evidence.loc[rows[chosen], columns] = dates
    chosen = shape == "burst"
    if chosen.any():
        observed, expected, scale = (values[chosen] for values in sums)
        own = evidence.loc[rows[chosen], ["onset", "end"]].to_numpy(np.int64)
        window = (own[:, 0], own[:, 1])
        onset, end = date_window(observed, expected, window, scale=scale, stride=stride)
        evidence.loc[rows[chosen], _ONSET] = onset
        evidence.loc[rows[chosen], _END] = end


def _keep_to_sightings(evidence: pd.DataFrame, rows: Ints, observed: Floats) -> None:
    """Move dates to where the item is found: a reader looks for it in the period of an onset.

    An onset moves forward to the first period with the item, an end back to the one after the
    last; the set of probable dates keeps what it had, and holds the date.
    """
    seen = observed > 0
    at, n_periods = np.arange(seen.shape[1]), seen.shape[1]
    following = np.minimum.accumulate(np.where(seen, at, n_periods)[:, ::-1], axis=1)[:, ::-1]
    preceding = np.maximum.accumulate(np.where(seen, at, -1), axis=1) + 1
    own = evidence.loc[rows, [*_ONSET, *_END]].to_numpy(np.int64, copy=True)
    row = np.arange(len(rows))
    onset, end = own[:, 0], own[:, 3]
    later = following[row, np.clip(onset, 0, n_periods - 1)]
    onset = np.where((onset >= 0) & (later < n_periods), later, onset)
    earlier = preceding[row, np.clip(end, 1, n_periods) - 1]
    end = np.where((end >= 0) & (earlier > np.maximum(onset, 0)), earlier, end)
    own[:, 0], own[:, 2] = onset, np.maximum(own[:, 2], onset)
    own[:, 3], own[:, 4] = end, np.where(end >= 0, np.minimum(own[:, 4], end), own[:, 4])
    evidence.loc[rows, [*_ONSET, *_END]] = own


def _size(
    evidence: pd.DataFrame,
    rows: Ints,
    shape: NDArray[np.str_],
    *,
    sums: tuple[Floats, Floats, Floats],
    elasticity: Floats,
) -> None:
    """Measure what changed at a date by the rates on both sides of it.

    A burst that leads up is compared with what was before it, one that leads down with what came
    after, so that effect and direction agree.
    """
    chosen = ~np.isin(shape, GRADUAL)
    if not chosen.any():
        return
    own = evidence.loc[rows[chosen]]
    observed, expected, scale = (values[chosen] for values in sums)
    n_periods = observed.shape[1]
    onset, end = own["onset"].to_numpy(np.int64), own["end"].to_numpy(np.int64)
    dates = (onset, np.where(end < 0, n_periods, end))
    z = own["statistic"].to_numpy(float)
    leads = lead_bursts(observed, expected, dates, z=z, variance=scale)
    leads = np.where(shape[chosen] == "burst", leads, "")
    evidence.loc[rows[chosen], "leads"] = leads
    stop = np.where(end < 0, n_periods, end)
    falls = (onset < 0) | (leads == "down")
    sizes = window_effect(
        observed,
        expected,
        inside=(np.where(falls, stop, onset), np.where(falls, n_periods, stop)),
        among=(
            np.where(leads == "down", onset, 0),
            np.where(leads == "up", stop, n_periods),
        ),
        variance=scale,
    )
    for name, size in zip(_SIZES, sizes, strict=True):
        evidence.loc[rows[chosen], name] = size / elasticity[chosen]
