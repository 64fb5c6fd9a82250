"""Date the changes that were found, on the full axis of periods."""

import numpy as np
import pandas as pd

from watchwords.trends.expectation import count_cells, expect_scores
from watchwords.trends.exposure import Exposure, Floats, Ints
from watchwords.trends.model import Model
from watchwords.trends.onset import date_step, date_window
from watchwords.trends.screen import sum_periods

_ONSET = ["onset", "onset_low", "onset_high"]
_END = ["end", "end_low", "end_high"]


def date_changes(
    evidence: pd.DataFrame,
    model: Model,
    members: Ints,
    *,
    found: Ints,
    fine: Exposure,
    stride: int,
) -> None:
    """Write the dates of changes into the evidence, as indices of the full axis.

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
    scale = model.variance[found] * own["dispersion"].to_numpy()[found]
    for names, columns in (
        (("step up", "appeared"), _ONSET),
        (("step down", "vanished"), _END),
    ):
        chosen = np.isin(shape, names)
        if chosen.any():
            observed, expected = _sums(model, found[chosen], fine)
            dates = date_step(observed, expected, scale=scale[chosen])
            evidence.loc[members[found[chosen]], columns] = dates
    chosen = shape == "burst"
    if chosen.any():
        rows = members[found[chosen]]
        observed, expected = _sums(model, found[chosen], fine)
        window = (
            evidence.loc[rows, "onset"].to_numpy(np.int64),
            evidence.loc[rows, "end"].to_numpy(np.int64),
        )
        onset, end = date_window(observed, expected, window, scale=scale[chosen], stride=stride)
        evidence.loc[rows, _ONSET] = onset
        evidence.loc[rows, _END] = end


def _sums(model: Model, items: Ints, fine: Exposure) -> tuple[Floats, Floats]:
    pairs = model.screen.take(items).pairs()
    observed = sum_periods(pairs, fine.period, (len(items), fine.n_periods))
    expected = expect_scores(
        model.grid, model.place.take(items), count_cells(fine, fine.period), time=fine.time
    )
    return observed, expected.by_period
