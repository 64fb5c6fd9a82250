"""Topics over time: small multiples of their share of the paragraphs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.key import Entry
from watchwords.charts.marks import draw_points, is_alone
from watchwords.charts.multiples import Axis, Series, draw_multiples, read_series
from watchwords.charts.panels import percent_labels, round_top
from watchwords.charts.style import COLOURS, SMALL, WIDTH, chart_style, tint
from watchwords.errors import WatchwordsError
from watchwords.schema import check_table


def plot_topic_shares(
    rates: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    items: Sequence[str] | None = None,
    columns: int = 4,
    height: float = 0.62,
    width: float = WIDTH,
    freq: str | None = None,
    events: pd.DataFrame | None = None,
) -> Figure:
    """Draw the share of paragraphs that each topic has, one panel a topic.

    A paragraph belongs to the one topic that weighs most in it, so the shares of all topics of a
    period sum to 1 or, where paragraphs have no topic, to less. The highest share is written at
    its place. Paragraphs of one document are alike: the shares of a period with few documents
    say how long a document dwelt on a topic, not how usual the topic was.

    Parameters
    ----------
    rates : pandas.DataFrame
        The table ``rates`` of scores by paragraph: ``n`` paragraphs of ``n_units`` belong to the
        topic. It is not changed.
    labels : mapping of str to str
        Titles of topics.
    items : sequence of str, optional
        The topics to draw, in this order; default all, in the order of the table.
    columns : int, default 4
        At most so many panels in a row.
    height : float, default 0.62
        Height of a panel in inches.
    width : float, default 6.5
        Width of the figure in inches.
    freq : str, optional
        Length of a period; default the smallest distance between two periods.
    events : pandas.DataFrame, optional
        Dated events, as in `plot_rates`.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved.

    Raises
    ------
    SchemaError
        If `rates` is not a table of rates.
    WatchwordsError
        If there is nothing to draw, a topic is unknown, or the unit is not the paragraph.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> plot_topic_shares(empty_table("rates"), labels={})
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: `rates` has no rows, and a chart needs one; say in words \
that there is nothing to show.
    """
    check_table("rates", rates)
    units = sorted(set(rates["unit"]) - {"paragraph"})
    if units:
        raise WatchwordsError(
            f"`rates` counts per {units[0]}; shares of topics are of paragraphs. Pass the rates of "
            "a topic model's scores."
        )
    with chart_style():
        starts, freq, series = read_series(rates, items=items, labels=labels, freq=freq)
        # A fifth more leaves room for the highest share, written above the line.
        top = round_top(1.2 * max(float(np.nan_to_num(_share(one)).max()) for one in series))
        plain = [replace(one, note="") for one in series]
        return draw_multiples(
            plain,
            Axis(starts, freq, top, percent_labels(top), events),
            _draw_area,
            entries=[Entry("line", "share of paragraphs, the highest written out", "watched")],
            width=width,
            height=height,
            columns=columns,
        )


def _share(one: Series) -> NDArray[np.float64]:
    units = one.table["n_units"].to_numpy(float)
    share = np.full(len(units), np.nan)
    np.divide(one.table["n"].to_numpy(float), units, out=share, where=units > 0)
    return share


def _draw_area(axes: Axes, one: Series, spacing: float) -> None:
    colour = COLOURS["watched"]
    y, joined = _share(one), one.joined()
    x = np.arange(len(y))
    axes.fill_between(x, 0, y, where=joined, color=tint(colour, 0.16), linewidth=0, zorder=1)
    axes.plot(x, np.where(joined, y, np.nan), color=colour, linewidth=1.1, zorder=2, clip_on=False)
    alone = is_alone(joined)
    size = min(max(0.5 * spacing, 1.8), 3.2)
    running = one.has_documents() & ~joined
    draw_points(axes, x[alone], y[alone], colour=colour, size=size)
    draw_points(axes, x[running], y[running], colour=colour, size=3, hollow=True)
    if joined.any() and np.nanmax(y[joined]) > 0:
        _name_peak(axes, int(np.nanargmax(np.where(joined, y, -1))), y)


def _name_peak(axes: Axes, place: int, y: NDArray[np.float64]) -> None:
    colour = COLOURS["watched"]
    draw_points(axes, place, y[place], colour=colour, size=3.2)
    across = place / max(len(y) - 1, 1)
    axes.annotate(
        f"{100 * y[place]:.0f}\u202f%",
        (place, y[place]),
        xytext=(0, 4),
        textcoords="offset points",
        ha="left" if across < 0.12 else "right" if across > 0.88 else "center",
        fontsize=SMALL,
        color=colour,
        fontweight="semibold",
        zorder=4,
    )
