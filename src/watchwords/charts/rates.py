"""Items over time: small multiples of the share of documents, or of the rate."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from watchwords.charts.key import Entry
from watchwords.charts.marks import draw_points
from watchwords.charts.multiples import Axis, Series, draw_multiples, read_series
from watchwords.charts.panels import percent_labels, round_top
from watchwords.charts.style import WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_choice
from watchwords.errors import WatchwordsError
from watchwords.schema import check_table


def plot_rates(
    rates: pd.DataFrame,
    *,
    items: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
    measure: str = "share",
    columns: int = 3,
    height: float = 0.9,
    width: float = WIDTH,
    freq: str | None = None,
    events: pd.DataFrame | None = None,
) -> Figure:
    """Draw items over time, one panel each.

    All panels share both axes, so that heights can be compared between items. A line joins
    neighbouring periods only: where a period has no documents it breaks and the period is tinted,
    and it ends before a period that is not over, which stands alone and hollow. Bars behind the
    points are 95 % intervals of the share; with few documents a period they, not the points, are
    what can be read.

    Parameters
    ----------
    rates : pandas.DataFrame
        The table ``rates`` of `watchwords.period_rates`; it is not changed. A panel is drawn for
        every item, language and group.
    items : sequence of str, optional
        The items to draw, in this order; default all, in the order of the table.
    labels : mapping of str to str, optional
        Titles of items; an item without one is its own title.
    meanings : mapping of str to str, optional
        Meaning of the colour of an item: "up", "down", "flat" or, the default, "watched".
    measure : {"share", "rate"}, default "share"
        Share of documents with the item, or occurrences per 10,000 units of text.
    columns : int, default 3
        At most so many panels in a row.
    height : float, default 0.9
        Height of a panel in inches.
    width : float, default 6.5
        Width of the figure in inches, the text column of a brief.
    freq : str, optional
        Length of a period; default the smallest distance between two periods.
    events : pandas.DataFrame, optional
        Dated events, drawn as thin lines and bands behind the series and named by a letter in the
        key: ``date`` and ``date_end`` (datetime64; NaT for an event of a day), ``name``, ``kind``,
        as `watchwords.read_events` gives them. What returns too often for the axis is left out.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved.

    Raises
    ------
    SchemaError
        If `rates` is not a table of rates.
    WatchwordsError
        If there is nothing to draw, an item or a measure is unknown, or rates per words and per
        characters would share an axis.

    Examples
    --------
    >>> rates = pd.DataFrame(
    ...     {
    ...         "item": ["reform", "reform", "growth", "growth"],
    ...         "lang": "en",
    ...         "group": "all",
    ...         "period": pd.to_datetime(["2021", "2022"] * 2),
    ...         "n": [3, 1, 0, 2],
    ...         "n_docs": [2, 1, 0, 2],
    ...         "n_units": 900,
    ...         "unit": "word",
    ...         "n_docs_total": 4,
    ...         "share": [0.5, 0.25, 0.0, 0.5],
    ...         "share_low": [0.15, 0.05, 0.0, 0.15],
    ...         "share_high": [0.85, 0.7, 0.49, 0.85],
    ...         "rate": [33.3, 11.1, 0.0, 22.2],
    ...         "complete": True,
    ...     }
    ... )
    >>> figure = plot_rates(rates, labels={"growth": "Growth"})
    >>> [panel.get_title(loc="left") for panel in figure.axes]
    ['reform', 'Growth']
    """
    check_table("rates", rates)
    require_choice(measure, ("share", "rate"), "measure")
    meanings = dict(meanings or {})
    with chart_style():
        starts, freq, series = read_series(rates, items=items, labels=labels, freq=freq)
        top = round_top(max(_highest(one.table, measure) for one in series))
        axis = Axis(starts, freq, top, _axis_labels(top, measure), events)
        return draw_multiples(
            series,
            axis,
            partial(_draw_series, measure=measure, meanings=meanings),
            entries=_key(series, measure, meanings),
            width=width,
            height=height,
            columns=columns,
        )


def _highest(table: pd.DataFrame, measure: str) -> float:
    column = table["share_high" if measure == "share" else "rate"].to_numpy(float)
    return float(np.nan_to_num(column, nan=0.0).max())


def _axis_labels(top: float, measure: str) -> list[str]:
    if measure == "share":
        return percent_labels(top)
    return ["0", f"{top / 2:,g}", f"{top:,g}"]


def _key(series: list[Series], measure: str, meanings: Mapping[str, str]) -> list[Entry]:
    used = {meanings.get(one.item, "watched") for one in series}
    colour = colour_of(used.pop()) if len(used) == 1 else colour_of("ink")
    if measure == "share":
        points = Entry("dot", "share of documents with the item", colour)
        return [points, Entry("interval", "95\u202f% interval", colour)]
    units = {unit for one in series for unit in one.table["unit"].dropna()}
    if len(units) > 1:
        raise WatchwordsError(
            f"`rates` counts per {' and per '.join(sorted(units))}, and such rates do not share an "
            'axis; draw one language at a time, or `measure="share"`.'
        )
    return [Entry("dot", f"occurrences per 10,000 {units.pop()}s", colour)]


def _draw_series(
    axes: Axes, one: Series, spacing: float, *, measure: str, meanings: Mapping[str, str]
) -> None:
    colour = colour_of(meanings.get(one.item, "watched"))
    table, joined, present = one.table, one.joined(), one.has_documents()
    x = np.arange(len(table))
    y = table[measure].to_numpy(float)
    if measure == "share":
        low, high = (table[name].to_numpy(float) for name in ("share_low", "share_high"))
        axes.vlines(
            x[present],
            low[present],
            high[present],
            colors=[tint(colour, 0.26 if done else 0.14) for done in joined[present]],
            linewidth=min(max(0.38 * spacing, 0.8), 3.2),
            zorder=1,
        )
    axes.plot(x, np.where(joined, y, np.nan), color=colour, linewidth=1.0, zorder=2, clip_on=False)
    size = min(max(0.55 * spacing, 1.6), 3.6)
    running = present & ~joined
    draw_points(axes, x[joined], y[joined], colour=colour, size=size)
    draw_points(axes, x[running], y[running], colour=colour, size=max(size, 2.6), hollow=True)
