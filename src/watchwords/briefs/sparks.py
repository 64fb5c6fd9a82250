"""Small drawings in tables: how the share of each item moves from period to period."""

from collections.abc import Iterable

import pandas as pd

from watchwords.briefs.exhibits import Cell, column
from watchwords.briefs.workspace import Workspace
from watchwords.charts.sparkline import sparkline
from watchwords.floors import MIN_PERIODS
from watchwords.periods import period_label, period_word
from watchwords.wording import percent


def spark_column(work: Workspace) -> dict[str, str]:
    """Head the column of the drawings.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    dict of str
    """
    return column(f"by {period_word(work.report.chart_freq, 1)}")


def spark_note(work: Workspace) -> str:
    """Say what the drawings show.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
    """
    unit = period_word(work.report.chart_freq, 1)
    return (
        f" Lines: share of {work.report.nouns} by {unit}, all of this table on one scale from 0; "
        "a gap: no document, hollow: unfinished."
    )


def spark_cells(work: Workspace, keys: Iterable[tuple[str, str]]) -> list[Cell]:
    """Draw the share of documents with each item, period by period, on one scale.

    Parameters
    ----------
    work : Workspace
    keys : iterable of (str, str)
        Item and language, in the order of the rows.

    Returns
    -------
    list of cells
        ``svg`` and ``alt``, one a row; "" for an item without rates. Empty if the items cover
        fewer than four periods, where counts say it all.
    """
    wanted = list(keys)
    grouped = work.rates.sort_values("period").groupby(["item", "lang"], sort=False)
    found = {key: part for key, part in grouped if key in set(wanted)}
    if not found or max(int(part["share"].notna().sum()) for part in found.values()) < MIN_PERIODS:
        return []
    top = max(float(part["share"].max()) for part in found.values())
    return [_cell(work, found[key], top) if key in found else "" for key in wanted]


def _cell(work: Workspace, part: pd.DataFrame, top: float) -> dict[str, str]:
    share = part["share"].to_numpy(float)
    svg = sparkline(share, part["complete"].to_numpy(bool), top=top)
    known = part[part["share"].notna()]
    if known.empty or not known["share"].max() > 0:
        return {"svg": svg, "alt": "in none"}
    highest, last = known.iloc[int(known["share"].to_numpy().argmax())], known.iloc[-1]
    freq = work.report.chart_freq
    return {
        "svg": svg,
        "alt": (
            f"highest {percent(highest['share'])} in {_name(highest['period'], freq)}, "
            f"{percent(last['share'])} in {_name(last['period'], freq)}"
        ),
    }


def _name(period: pd.Timestamp, freq: str) -> str:
    label = period_label(period, freq)
    return f"the {label}" if label.endswith("s") or label.startswith("week") else label
