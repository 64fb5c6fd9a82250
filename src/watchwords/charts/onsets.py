"""When changes began and ended: one row an item, each date with what the data leave open."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from watchwords.charts.events import EventMark, draw_events, mark_events
from watchwords.charts.first_seen import coverage_limits, date_ticks, years_of
from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable
from watchwords.charts.marks import draw_points
from watchwords.charts.rows import Column, Rows, draw_scale, lay_rows
from watchwords.charts.style import WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_columns, require_rows
from watchwords.errors import SchemaError
from watchwords.periods import (
    next_period,
    parse_freq,
    period_label,
    period_range,
    period_start,
)

_DATES = ("onset", "onset_low", "onset_high", "end", "end_low", "end_high")
_HALF = 0.05


def plot_onsets(
    trends: pd.DataFrame,
    *,
    freq: str,
    coverage_start: date | str,
    coverage_end: date | str,
    labels: Mapping[str, str] | None = None,
    events: pd.DataFrame | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw when each change began and, if it did, ended, with the sets of periods not excluded.

    The bar around a date is its 95 % set: the change may have begun in any period of it; that of
    an end covers the periods that may be the last ones with the item. It runs to the edge where
    the set reaches beyond the corpus. A line joins beginning and end; it runs to the edge where
    the change lasts to the end of the corpus.
    An onset near the edge of the corpus says little: what came before is not in it.

    Parameters
    ----------
    trends : pandas.DataFrame
        With ``item``, ``direction``, ``onset``, ``onset_low``, ``onset_high``, ``end``,
        ``end_low``, ``end_high`` (first days of periods, NaT where there is none) and ``n_docs``,
        as in the table of `watchwords.fit_trends`; it is not changed. Items with neither date
        are left out.
    freq : str
        Length of a period of the tests.
    coverage_start, coverage_end : date or str
        Dates of the first and the last document.
    labels : mapping of str to str, optional
        Names of items; an item without one is its own name.
    events : pandas.DataFrame, optional
        Dated events, as in `plot_rates`.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved. Rows are sorted by what came first, then by name.

    Raises
    ------
    SchemaError
        If a column is absent or no date.
    WatchwordsError
        If no item has a date, or coverage ends before it begins.

    Examples
    --------
    >>> from watchwords import fit_trends
    >>> from watchwords.simulate import simulate_scores
    >>> corpus = simulate_scores({"burst": 1, "flat": 3}, n_docs=1500, seed=3)
    >>> trends = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    >>> dates = corpus.documents["date"]
    >>> figure = plot_onsets(
    ...     trends.table, freq="Y", coverage_start=dates.min(), coverage_end=dates.max()
    ... )
    >>> len(figure.axes)
    1
    """
    require_columns(trends, ("item", "direction", "n_docs", *_DATES), "trends")
    for name in _DATES:
        if not pd.api.types.is_datetime64_dtype(trends[name]):
            raise SchemaError(f"the column `{name}` of `trends` holds {trends[name].dtype}.")
    dated = trends[trends["onset"].notna() | trends["end"].notna()]
    dated = require_rows(dated, "trends")
    first = dated["onset"].fillna(dated["end"])
    table = dated.assign(first=first).sort_values(["first", "item"], ignore_index=True)
    limits = coverage_limits(coverage_start, coverage_end)
    with chart_style():
        return _draw(table, limits, freq=freq, labels=labels or {}, events=events, width=width)


def _draw(
    table: pd.DataFrame,
    limits: pd.Series,
    *,
    freq: str,
    labels: Mapping[str, str],
    events: pd.DataFrame | None,
    width: float,
) -> Figure:
    bounds = limits.to_numpy().astype("datetime64[D]")
    starts = period_range(bounds[0], bounds[1], freq)
    marks, worded = mark_events(events, starts, freq)
    start, end = years_of(limits)
    # A row of its own for the letters of events, where they have any.
    above = [""] * any(mark.letter for mark in marks)
    began, ended = (
        [_set_words(row, name, freq) for _, row in table.iterrows()] for name in ("onset", "end")
    )
    rows = lay_rows(
        [*(["events"] * len(above)), *(drawable(labels.get(i, i)) for i in table["item"])],
        [
            Column("began", [*above, *began]),
            Column("ended", [*above, *ended]),
            Column("documents", [*above, *(f"{n:,}" for n in table["n_docs"])]),
        ],
        width=width,
        limits=(start, end),
        entries=[*_key(table), *worded],
    )
    draw_scale(rows, date_ticks(rows, limits), strong=(start, end))
    if marks:
        _draw_marks(rows, marks, n_periods=len(starts))
    for (_, row), y in zip(table.iterrows(), rows.heights[len(above) :], strict=True):
        _draw_row(rows, y, row, freq=freq)
    return rows.figure


def _draw_marks(rows: Rows, marks: list[EventMark], *, n_periods: int) -> None:
    """Draw events below the rows, on a scale of periods of its own."""
    below = rows.figure.add_axes(rows.axes.get_position().bounds, zorder=-1)
    below.axis("off")
    below.set_xlim(-0.5, n_periods - 0.5)
    at = 1 - rows.heights[0] / rows.axes.get_ylim()[0]
    draw_events(below, marks, width=rows.inches, at=at, rise=-2)


def _set_words(row: pd.Series, name: str, freq: str) -> str:
    """Word the set of a date, or the date where there is none: "1933–1941"."""
    if pd.isna(row[name]):
        return ""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if not pd.isna(low) and pd.isna(high):
        # The set reaches beyond the last period.
        return f"{name_window(low, low, freq, ends=name == 'end')} or later"
    if pd.isna(low):
        low = high = row[name]
    return name_window(low, high, freq, ends=name == "end")


def name_window(low: pd.Timestamp, high: pd.Timestamp, freq: str, *, ends: bool = False) -> str:
    """Name the years or months of a set of periods: to the end of its last period.

    Parameters
    ----------
    low, high : Timestamp
        First days of the first and the last period of the set.
    freq : str
        Length of a period.
    ends : bool, default False
        The days are those of ends, first periods without: the periods before them are named, the
        last ones with, as in sentences and tables.

    Returns
    -------
    str

    Examples
    --------
    >>> low, high = pd.Timestamp("1930-01-01"), pd.Timestamp("1950-01-01")
    >>> name_window(low, high, "10Y"), name_window(low, high, "Y"), name_window(low, low, "Q")
    ('1930–1959', '1930–1950', 'Jan 1930–Mar 1930')
    >>> name_window(low, high, "Y", ends=True)
    '1929–1949'
    """
    unit = "Y" if parse_freq(freq)[0] == "Y" else "M"
    days = np.array([low, high], "datetime64[D]") - int(ends)
    first, last = period_start(days, freq)
    until = next_period(np.array([last]), freq)[0] - 1
    names = [period_label(first, unit), period_label(until, unit)]
    return "–".join(dict.fromkeys(names))


def _key(table: pd.DataFrame) -> list[Entry]:
    ways = table["direction"].where(table["direction"].isin(["up", "down"]), "")
    words = {"up": ("up", "up"), "down": ("down", "down"), "": ("came and went", "watched")}
    entries = [Entry("dot", *words[way]) for way in words if way in set(ways)]
    entries += [Entry("interval", "95\u202f% set of the date", "ink")]
    if table["end"].notna().any():
        entries.append(Entry("tick", "end", "ink"))
    return entries


def _draw_row(rows: Rows, y: float, row: pd.Series, *, freq: str) -> None:
    colour = colour_of(row["direction"] if row["direction"] in {"up", "down"} else "watched")
    edge = rows.axes.get_xlim()[1]
    began, ended = (years_of(pd.Series([row[name]]))[0] for name in ("onset", "end"))
    for name in ("onset", "end"):
        if not pd.isna(row[f"{name}_low"]):
            span = _set_span(row, name, freq, edge=edge)
            rows.axes.hlines(y, *span, color=tint(colour, 0.35), linewidth=5, zorder=2)
    if not np.isnan(began):
        last = edge if np.isnan(ended) else ended
        rows.axes.hlines(y, began, last, color=tint(colour, 0.7), linewidth=1.2, zorder=3)
        draw_points(rows.axes, began, y, colour=colour, size=4.4)
    if not np.isnan(ended):
        rows.axes.vlines(ended, y - _HALF, y + _HALF, color=colour, linewidth=1.4, zorder=4)


def _set_span(row: pd.Series, name: str, freq: str, *, edge: float) -> tuple[float, float]:
    """Place the set of a date, from the first to the last period that its words name."""
    ends = int(name == "end")
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    # An open set reaches beyond the last period.
    bounds = [low] if pd.isna(high) else [low, high]
    first = period_start(np.array(bounds, "datetime64[D]") - ends, freq)
    until = next_period(first[-1:], freq)
    left, right = years_of(pd.Series(np.concatenate([first[:1], until]).astype("datetime64[s]")))
    return float(left), edge if pd.isna(high) else min(float(right), edge)
