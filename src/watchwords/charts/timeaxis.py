"""Time along the bottom of a chart: which periods, where they stand, which are named."""

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.charts.lettering import text_width
from watchwords.charts.rows import Rows
from watchwords.charts.style import COLOURS, SMALL
from watchwords.periods import Dates, parse_freq, period_label, period_range

_MONTH_SPACING = {1: "M", 3: "Q", 12: "Y"}


def infer_freq(periods: pd.Series) -> str:
    """Read the length of a period off the smallest distance between two of them.

    Parameters
    ----------
    periods : Series of datetime64
        First days; a single distinct one says nothing and is taken for a year.

    Returns
    -------
    str
        As `watchwords.periods.parse_freq` reads it.

    Examples
    --------
    >>> infer_freq(pd.Series(pd.to_datetime(["1790-01-01", "1810-01-01", "1800-01-01"])))
    '10Y'
    >>> infer_freq(pd.Series(pd.to_datetime(["2026-11-09", "2026-11-16"])))
    'W'
    """
    days = np.unique(periods.to_numpy().astype("datetime64[D]"))
    if len(days) < 2:
        return "Y"
    if np.diff(days).astype(int).min() < 28:
        return "W"
    months = int(np.diff(days.astype("datetime64[M]")).astype(int).min())
    return _MONTH_SPACING.get(months) or f"{max(months // 12, 1)}Y"


def all_periods(periods: pd.Series, freq: str) -> Dates:
    """List the periods from the first to the last, those without a row included.

    Parameters
    ----------
    periods : Series of datetime64
        First days, in any order, at least one.
    freq : str
        Length of a period.

    Returns
    -------
    ndarray of datetime64[D]
    """
    days = periods.to_numpy().astype("datetime64[D]")
    return period_range(days.min(), days.max(), freq)


def tick_text(start: np.datetime64, freq: str) -> str:
    """Word a period as short as an axis needs it.

    Parameters
    ----------
    start : datetime64
        First day of the period.
    freq : str
        Length of a period.

    Returns
    -------
    str

    Examples
    --------
    >>> tick_text(np.datetime64("2026-11-16"), "W"), tick_text(np.datetime64("1795-01-01"), "5Y")
    ('16 Nov 2026', '1795')
    """
    unit, multiple = parse_freq(freq)
    if unit == "Y" and multiple not in (1, 10):
        return str(pd.Timestamp(start).year)
    return period_label(start, freq).removeprefix("week of ")


def pick_ticks(starts: Dates, freq: str, width: float) -> list[tuple[int, str]]:
    """Choose the periods to be named: first, last, and round ones between if there is room.

    Parameters
    ----------
    starts : ndarray of datetime64, shape (n_periods,)
        All periods, in order.
    freq : str
        Length of a period.
    width : float
        Of the axis, in inches.

    Returns
    -------
    list of (int, str)
        Position among `starts` and text, from left to right.

    Examples
    --------
    >>> decades = all_periods(pd.Series(pd.to_datetime(["1790-01-01", "2020-01-01"])), "10Y")
    >>> [text for _, text in pick_ticks(decades, "10Y", 2.0)]
    ['1790s', '1850s', '1900s', '1950s', '2020s']
    """
    last = len(starts) - 1
    if last == 0:
        return [(0, tick_text(starts[0], freq))]
    ends = [(0, tick_text(starts[0], freq)), (last, tick_text(starts[last], freq))]
    if not _fits(ends, width, len(starts)):
        return ends[1:]
    for step in _round_steps(freq):
        inner = [(i, tick_text(starts[i], freq)) for i in _round_positions(starts, step)]
        # A round period beside the first or the last would only repeat it.
        inner = [tick for tick in inner if _fits([ends[0], tick, ends[1]], width, len(starts))]
        if inner and _fits([ends[0], *inner, ends[1]], width, len(starts)):
            return [ends[0], *inner, ends[1]]
    return ends


def tick_edges(place: int, text: str, *, width: float, n_periods: int) -> tuple[float, float]:
    """Place a label below its period, but inside the axis.

    Parameters
    ----------
    place : int
        Which period.
    text : str
        The label.
    width : float
        Of the axis, in inches.
    n_periods : int
        On the axis.

    Returns
    -------
    tuple of float
        Left and right edge, in inches from the left end of the axis.
    """
    size = text_width(text, SMALL)
    left = (place + 0.5) / n_periods * width - size / 2
    left = min(max(left, 0.0), width - size)
    return left, left + size


def _round_steps(freq: str) -> list[int]:
    """Distances in months, the closest first; what is closer than a period never fits."""
    unit, multiple = parse_freq(freq)
    years = [1, 2, 5, 10, 20, 50, 100]
    own = {"W": 0, "M": 1, "Q": 3, "Y": 12 * multiple}[unit]
    months = [1, 3, 6] if unit in {"W", "M"} else []
    return [step for step in (*months, *(12 * year for year in years)) if step >= own]


def _round_positions(starts: Dates, step: int) -> NDArray[np.intp]:
    months = starts.astype("datetime64[M]").astype(int) + 1970 * 12
    at = np.flatnonzero(months % step == 0)
    # Several weeks begin in one month: the first of them stands for it.
    return at[np.flatnonzero(np.diff(months[at], prepend=-1))]


def _fits(ticks: list[tuple[int, str]], width: float, n_periods: int) -> bool:
    edges = [tick_edges(place, text, width=width, n_periods=n_periods) for place, text in ticks]
    return all(after[0] - before[1] > 0.09 for before, after in pairwise(edges))


def write_periods(rows: Rows, starts: Dates, freq: str) -> None:
    """Name periods above the rows of a chart whose scale counts them from 0.

    Parameters
    ----------
    rows : Rows
    starts : ndarray of datetime64, shape (n_periods,)
    freq : str
        Length of a period.
    """
    for place, text in pick_ticks(starts, freq, rows.inches):
        left, _ = tick_edges(place, text, width=rows.inches, n_periods=len(starts))
        rows.axes.annotate(
            text,
            (left / rows.inches, 1),
            xycoords="axes fraction",
            xytext=(0, 3.6),
            textcoords="offset points",
            va="baseline",
            fontsize=SMALL,
            color=COLOURS["quiet"],
        )
