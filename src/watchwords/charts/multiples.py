"""Small multiples of a table of rates: one panel an item, drawn alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.events import LEAD, draw_events, mark_events
from watchwords.charts.key import Entry, draw_key, key_lines
from watchwords.charts.lettering import blank_figure, drawable
from watchwords.charts.panels import (
    Grid,
    add_panel,
    draw_frame,
    draw_gaps,
    draw_strip,
    draw_ticks,
    plan_grid,
)
from watchwords.charts.tables import require_choice, require_rows
from watchwords.charts.timeaxis import all_periods, infer_freq, pick_ticks
from watchwords.periods import Dates, period_word


@dataclass(frozen=True)
class Series:
    """One panel: its title, a note beside it, and a row for every period of the axis.

    A period that the table left out has ``n_docs_total`` 0, as one without documents.
    """

    item: str
    title: str
    note: str
    table: pd.DataFrame

    def has_documents(self) -> NDArray[np.bool_]:
        """Tell the periods with documents."""
        return np.asarray(self.table["n_docs_total"].to_numpy() > 0)

    def joined(self) -> NDArray[np.bool_]:
        """Tell the periods that a line may pass through: over, and with documents."""
        return np.asarray(self.has_documents() & self.table["complete"].to_numpy(bool))


@dataclass(frozen=True)
class Axis:
    """What the panels share: the periods, their length, the vertical scale, and dated events.

    ``unit`` is the word for what a point stands for, where it is not a period of ``freq``.
    """

    starts: Dates
    freq: str
    top: float
    labels: Sequence[str]
    events: pd.DataFrame | None = None
    unit: str = ""


def read_series(
    rates: pd.DataFrame,
    *,
    items: Sequence[str] | None,
    labels: Mapping[str, str] | None,
    freq: str | None,
) -> tuple[Dates, str, list[Series]]:
    """Split a table of rates into panels, in the order asked for.

    Parameters
    ----------
    rates : pandas.DataFrame
        A checked table of rates.
    items : sequence of str or None
        The items to keep, in this order.
    labels : mapping of str to str or None
        Titles.
    freq : str or None
        Length of a period; None reads it off the table.

    Returns
    -------
    starts : ndarray of datetime64
        All periods from the first to the last.
    freq : str
    series : list of Series
    """
    require_rows(rates, "rates")
    known = list(dict.fromkeys(rates["item"]))
    wanted = list(known if items is None else items)
    for item in wanted:
        require_choice(item, known, "items")
    freq = freq or infer_freq(rates["period"])
    starts = all_periods(rates["period"], freq)
    kept = rates[rates["item"].isin(wanted)]
    require_rows(kept, "items")
    varies = [name for name in ("group", "lang") if kept.groupby("item")[name].nunique().max() > 1]
    series = []
    for item in wanted:
        rows = kept[kept["item"] == item]
        for key, part in rows.groupby(["lang", "group"], sort=False):
            named = dict(zip(("lang", "group"), key, strict=True))
            parts = [(labels or {}).get(item, item), *(named[name] for name in varies)]
            title = drawable(" · ".join(parts))
            series.append(Series(item, title, _k_of_n(part), _fill(part, starts)))
    return starts, freq, series


def _k_of_n(part: pd.DataFrame) -> str:
    return f"{part['n_docs'].sum():,} of {part['n_docs_total'].sum():,}"


def _fill(part: pd.DataFrame, starts: Dates) -> pd.DataFrame:
    table = part.set_index(part["period"].astype("datetime64[s]")).drop(columns="period")
    table = table.reindex(pd.DatetimeIndex(starts.astype("datetime64[s]")))
    counts = ["n", "n_docs", "n_units", "n_docs_total"]
    whole = table[counts].fillna(0).astype("int64")
    # A missing row is a period without documents; whether it is over does not matter.
    complete = table["complete"].eq(False).to_numpy()
    return table.assign(**{name: whole[name] for name in counts}, complete=~complete)


def draw_multiples(
    series: Sequence[Series],
    axis: Axis,
    draw: Callable[[Axes, Series, float], None],
    *,
    entries: Sequence[Entry],
    width: float,
    height: float,
    columns: int,
) -> Figure:
    """Draw one panel for every series, with the key above and documents below.

    Parameters
    ----------
    series : sequence of Series
        In the order of the panels.
    axis : Axis
        What they share.
    draw : callable
        Draws a series into axes; the last argument is the distance of two periods in points.
    entries : sequence of Entry
        The key to what `draw` draws; that to hollow, tinted and n is added here.
    width, height : float
        Of the figure and of a panel, in inches.
    columns : int
        At most so many panels in a row.

    Returns
    -------
    matplotlib.figure.Figure
    """
    marks, worded = mark_events(axis.events, axis.starts, axis.freq)
    lines = key_lines([*entries, *_common_entries(series, axis), *worded], width)
    grid = plan_grid(
        [one.title for one in series],
        [one.note for one in series],
        width=width,
        height=height,
        columns=columns,
        axis_labels=axis.labels,
    )
    alike = len({tuple(one.table["n_docs_total"]) for one in series}) == 1
    grid = replace(
        grid, strips="bottom" if alike else "all", key=len(lines), lead=LEAD * bool(marks)
    )
    figure = blank_figure(grid.width, grid.height)
    draw_key(figure, lines, grid.height)
    for place, one in enumerate(series):
        n_periods = len(axis.starts)
        axes = add_panel(figure, grid, place, note=one.note, n_periods=n_periods)
        draw_frame(axes, axis.top, axis.labels, first_column=place % grid.columns == 0)
        draw_gaps(axes, ~one.has_documents())
        draw_events(axes, marks, width=grid.panel[0])
        draw(axes, one, 72 * grid.panel[0] / n_periods)
        _draw_foot(axes, one, axis, grid=grid, most=_most(series), lowest=grid.is_lowest(place))
    return figure


def _draw_foot(axes: Axes, one: Series, axis: Axis, *, grid: Grid, most: int, lowest: bool) -> None:
    if lowest or grid.strips == "all":
        totals = one.table["n_docs_total"].to_numpy()
        complete = one.table["complete"].to_numpy()
        draw_strip(axes, totals, complete, most=most, height=grid.panel[1])
    if lowest:
        width, n_periods = grid.panel[0], len(axis.starts)
        ticks = pick_ticks(axis.starts, axis.freq, width)
        draw_ticks(axes, ticks, width=width, n_periods=n_periods, drop=grid.strip_height)


def _most(series: Sequence[Series]) -> int:
    return max(int(one.table["n_docs_total"].max()) for one in series)


def _common_entries(series: Sequence[Series], axis: Axis) -> list[Entry]:
    entries = []
    running = any((one.has_documents() & ~one.joined()).any() for one in series)
    if running:
        entries.append(Entry("hollow", f"{period_word(axis.freq, 1)} not over yet", "incomplete"))
    if any((~one.has_documents()).any() for one in series):
        entries.append(Entry("gap", "no documents"))
    if len(axis.starts) > 6:
        per = axis.unit or period_word(axis.freq, 1)
        entries.append(Entry("bars", f"documents per {per}, at most {_most(series):,}"))
    else:
        entries.append(Entry("", f"n: documents per {axis.unit or period_word(axis.freq, 1)}"))
    return entries
