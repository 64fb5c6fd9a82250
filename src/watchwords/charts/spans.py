"""Early and late: the share of documents with an item in two spans, side by side."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable
from watchwords.charts.marks import draw_points
from watchwords.charts.rows import Column, draw_scale, lay_rows
from watchwords.charts.style import WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_columns, require_rows
from watchwords.intervals import wilson_interval

_COLUMNS = ["item", "direction", "k_early", "n_early", "k_late", "n_late"]


def plot_spans(
    trends: pd.DataFrame,
    *,
    early_label: str,
    late_label: str,
    labels: Mapping[str, str] | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw the share of documents with each item in an early and in a late span.

    What a reader can check by counting: two shares with their Wilson intervals. Items that are up
    stand above those that are down, each in the order given.

    Parameters
    ----------
    trends : pandas.DataFrame
        With ``item``, ``direction``, ``k_early``, ``n_early``, ``k_late``, ``n_late``, as in the
        table of `watchwords.fit_trends`; it is not changed. Rows that are neither up nor down are
        left out.
    early_label, late_label : str
        Words for the two spans, such as "before 1868" and "since 1947".
    labels : mapping of str to str, optional
        Names of items; an item without one is its own name.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved.

    Raises
    ------
    SchemaError
        If a column is absent.
    WatchwordsError
        If no row is up or down.

    Examples
    --------
    >>> spans = pd.DataFrame({"item": ["jobs"], "direction": ["up"], "k_early": [0],
    ...     "n_early": [79], "k_late": [68], "n_late": [79]})
    >>> len(plot_spans(spans, early_label="before 1868", late_label="since 1947").axes)
    1
    """
    require_columns(trends, _COLUMNS, "trends")
    ways = [trends[trends["direction"] == way] for way in ("up", "down")]
    table = require_rows(pd.concat(ways, ignore_index=True), "trends")
    named = dict(labels or {})
    with chart_style():
        rows = lay_rows(
            [drawable(named.get(item, item)) for item in table["item"]],
            [
                Column(early_label, _counts(table, "early")),
                Column(late_label, _counts(table, "late")),
            ],
            width=width,
            limits=(-0.02, 1.02),
            heading="share of documents",
            entries=[
                Entry("dot", early_label, "flat"),
                Entry("dot", f"{late_label}, up", "up"),
                Entry("dot", f"{late_label}, down", "down"),
                Entry("interval", "95\u202f% interval", "ink"),
            ],
            split=len(ways[0]),
        )
        draw_scale(rows, [(share, f"{share:.0%}") for share in np.arange(5) / 4])
        for (_, row), y in zip(table.iterrows(), rows.heights, strict=True):
            early, late = colour_of("flat"), colour_of(row["direction"])
            _draw_span(rows.axes, y - 0.02, row["k_early"], n=row["n_early"], colour=early)
            _draw_span(rows.axes, y + 0.02, row["k_late"], n=row["n_late"], colour=late)
    return rows.figure


def _counts(table: pd.DataFrame, span: str) -> list[str]:
    pairs = zip(table[f"k_{span}"], table[f"n_{span}"], strict=True)
    return [f"{int(k)} of {int(n)}" for k, n in pairs]


def _draw_span(axes: Axes, y: float, k: int, *, n: int, colour: str) -> None:
    low, high = wilson_interval(k, n)
    axes.hlines(y, float(low), float(high), color=tint(colour, 0.35), linewidth=2.6, zorder=2)
    draw_points(axes, k / n, y, colour=colour, size=4.2)
