"""What may be claimed: what was detected, is large enough and shows in the counts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.floors import ITEM_DOCS
from watchwords.trends.agreement import agree_counts, choose_sides
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.exposure import Ints
from watchwords.trends.shape import GRADUAL, find_direction, to_dates
from watchwords.trends.sightings import Spans
from watchwords.trends.testing import DETECTED_Q
from watchwords.trends.windows import count_windows

SIZES = ("effect", "effect_low", "effect_high")
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
    rest = np.where(tested & (table["n_docs"] >= ITEM_DOCS), "flat", "too few to tell")
    at = {name: table[name].fillna(-1).where(detected, -1).to_numpy(np.int64) for name in DATES}
    return table.assign(
        group="all",
        shape=np.where(detected, table["shape"], rest),
        direction=[
            find_direction(shape, leads) if found else ""
            for shape, leads, found in zip(
                *(values.to_numpy(object) for values in (table["shape"], table["leads"])),
                detected.to_numpy(),
                strict=True,
            )
        ],
        detected=detected,
        **{name: np.exp(table[name].astype(float)) for name in SIZES},
        **_known(at, table["shape"].to_numpy(object), len(periods)),
        **{name: to_dates(index, periods) for name, index in at.items()},
    )


def _known(
    at: dict[str, Ints], shape: NDArray[np.object_], n_periods: int
) -> dict[str, NDArray[np.int64]]:
    """Keep the dates at which documents can be counted apart.

    A gradual change whose date may lie anywhere in half of the span has no two sides.
    """
    known = {}
    for name in ("onset", "end"):
        wide = at[f"{name}_high"] - at[f"{name}_low"] > n_periods / 2
        known[f"{name}_at"] = np.where(wide & np.isin(shape, GRADUAL), -1, at[name])
    return known


def hold_claims(
    table: pd.DataFrame, corpus: DatedCorpus, spans: Spans, *, min_effect: float
) -> pd.DataFrame:
    """Claim what is large enough, and no direction that the counts do not bear out.

    Parameters
    ----------
    table : pandas.DataFrame
        As `name_changes` gives it, in the order of ``corpus.items``.
    corpus : DatedCorpus
        The dated documents.
    spans : Spans
        The first and the last third, which are compared where a change has no date.
    min_effect : float
        Smallest fold change that may be claimed.

    Returns
    -------
    pandas.DataFrame
        `table` with the columns of `count_windows`, ``agrees``, ``claimed`` and ``undated`` (a
        direction without a date: before and after are the first and the last third).
    """
    onset, end = (table[name].to_numpy(np.int64) for name in ("onset_at", "end_at"))
    undated = (table["direction"] != "").to_numpy() & (onset < 0) & (end < 0)
    counts = count_windows(
        corpus.matrix[corpus.tested].tocsc(),
        corpus.period[corpus.tested],
        corpus.n_units[corpus.tested],
        onset=np.where(undated, spans.early_end, onset),
        end=np.where(undated, spans.late_start, end),
        n_periods=len(corpus.periods),
    )
    direction = table["direction"].to_numpy(object)
    burst = (table["shape"] == "burst").to_numpy()
    agrees = agree_counts(
        *choose_sides(counts, direction, burst=burst, undated=undated),
        direction=np.where(burst & (direction == ""), "up", direction),
        damped=(table["score"] == "damped").to_numpy(),
    )
    large = is_large(table, direction, min_effect=min_effect)
    claimed = table["detected"] & large & agrees
    return pd.concat([table, counts], axis=1).assign(
        agrees=agrees, claimed=claimed, undated=undated
    )


def is_large(
    table: pd.DataFrame, direction: NDArray[np.object_], *, min_effect: float
) -> NDArray[np.bool_]:
    """Tell which changes are large enough, in the direction that is said of them.

    Parameters
    ----------
    table : pandas.DataFrame
        Items with ``shape``, ``effect_low`` and ``effect_high``.
    direction : ndarray of str, shape (n_items,)
        "up", "down" or "".
    min_effect : float
        Smallest fold change that may be claimed.

    Returns
    -------
    ndarray of bool, shape (n_items,)
        True where the interval of the effect excludes less than `min_effect` upwards for what
        goes up and for a burst that leads nowhere, downwards for what goes down. Never for a
        seasonal item: its effect is the change over the span, which is no measure of seasons.

    Examples
    --------
    >>> table = pd.DataFrame({"shape": ["rising", "rising", "seasonal"],
    ...     "effect_low": [2.0, 0.1, 2.0], "effect_high": [4.0, 0.5, 4.0]})
    >>> is_large(table, np.array(["up", "up", ""], object), min_effect=1.3).tolist()
    [True, False, False]
    """
    up = table["effect_low"].to_numpy(float) > min_effect
    down = table["effect_high"].to_numpy(float) < 1 / min_effect
    burst = (table["shape"] == "burst").to_numpy() & (direction == "")
    return np.asarray(
        np.select([direction == "down", (direction == "up") | burst], [down, up], False)
    )
