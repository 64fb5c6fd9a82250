"""What may be claimed: what was detected, is large enough and shows in the counts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.floors import ITEM_DOCS
from watchwords.intervals import Z_95
from watchwords.trends.agreement import agree_counts, choose_sides
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.shape import find_direction, to_dates
from watchwords.trends.testing import DETECTED_Q
from watchwords.trends.windows import count_windows

DATES = ("onset", "onset_low", "onset_high", "end", "end_low", "end_high")


def name_changes(table: pd.DataFrame, periods: NDArray[np.datetime64]) -> pd.DataFrame:
    """Name shape, direction, size and dates of what was detected.

    Parameters
    ----------
    table : pandas.DataFrame
        Items with the columns of the evidence, NaN for those that were not tested.
    periods : ndarray of datetime64
        First days of the periods.

    Returns
    -------
    pandas.DataFrame
        `table` with ``shape``, ``direction``, ``detected``, ``effect``, ``effect_low``,
        ``effect_high`` and dates instead of indices, which stay as ``onset_at`` and ``end_at``.
    """
    tested = table["q_value"].notna()
    detected = tested & (table["q_value"] <= DETECTED_Q)
    # Only a shape that was found measures a change; all others are measured over the span.
    effect = table["effect"].where(detected, table["span_effect"])
    reach = Z_95 * table["error"].where(detected, table["span_error"])
    rest = np.where(tested & (table["n_docs"] >= ITEM_DOCS), "flat", "too few to tell")
    at = {name: table[name].fillna(-1).where(detected, -1).to_numpy(np.int64) for name in DATES}
    return table.assign(
        group="all",
        shape=np.where(detected, table["shape"], rest),
        direction=[
            find_direction(shape, z) if found else ""
            for shape, z, found in zip(table["shape"], table["statistic"], detected, strict=True)
        ],
        detected=detected,
        effect=np.exp(effect),
        effect_low=np.exp(effect - reach),
        effect_high=np.exp(effect + reach),
        onset_at=at["onset"],
        end_at=at["end"],
        **{name: to_dates(index, periods) for name, index in at.items()},
    )


def hold_claims(table: pd.DataFrame, corpus: DatedCorpus, *, min_effect: float) -> pd.DataFrame:
    """Claim what is large enough, and no direction that the counts do not bear out.

    Parameters
    ----------
    table : pandas.DataFrame
        As `name_changes` gives it, in the order of ``corpus.items``.
    corpus : DatedCorpus
        The dated documents.
    min_effect : float
        Smallest fold change that may be claimed.

    Returns
    -------
    pandas.DataFrame
        `table` with the columns of `count_windows`, ``agrees`` and ``claimed``.
    """
    counts = count_windows(
        corpus.matrix[corpus.tested].tocsc(),
        corpus.period[corpus.tested],
        corpus.n_units[corpus.tested],
        onset=table["onset_at"].to_numpy(np.int64),
        end=table["end_at"].to_numpy(np.int64),
        n_periods=len(corpus.periods),
    )
    direction = table["direction"].to_numpy(object)
    burst = (table["shape"] == "burst").to_numpy()
    agrees = agree_counts(
        *choose_sides(counts, direction, burst),
        direction=np.where(burst & (direction == ""), "up", direction),
        damped=(table["score"] == "damped").to_numpy(),
    )
    large = (table["effect_low"] > min_effect) | (table["effect_high"] < 1 / min_effect)
    claimed = table["detected"] & large & agrees
    return pd.concat([table, counts], axis=1).assign(agrees=agrees, claimed=claimed)
