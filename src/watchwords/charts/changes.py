"""What changed, and by how much: a ranked chart of fold changes with their intervals."""

from collections.abc import Mapping
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.key import Entry
from watchwords.charts.lettering import blank_figure, drawable, wrap, write_text
from watchwords.charts.marks import draw_points
from watchwords.charts.rows import Column, draw_scale, fold_ticks, lay_rows
from watchwords.charts.style import SMALL, WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_rows
from watchwords.errors import SchemaError
from watchwords.floors import Coverage
from watchwords.schema import check_table

NOTHING_CLAIMED = (
    "No change is claimed in this corpus: none passes the test and exceeds the smallest effect "
    "worth a sentence."
)
# In doublings: about a million times. Beyond, the figure says how rare an item was at one end.
_FARTHEST = 20
_EXTREME = 1_000_000
_MARGIN = 0.25


def plot_changes(
    trends: pd.DataFrame,
    *,
    top_n: int = 12,
    labels: Mapping[str, str] | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw the largest changes, ranked, each with its interval.

    Rises and falls are taken by turns. The rows are chosen by the end of the interval that is
    nearer to "no change", so that a large but uncertain change does not push out a smaller
    certain one; items without direction or interval are left out. A change with dates is measured
    at them, any other over the whole span. Colour is for what is claimed:
    the others are grey. A change with an arrow goes beyond the scale.

    Parameters
    ----------
    trends : pandas.DataFrame
        The table ``trends`` of `watchwords.fit_trends`; it is not changed.
    top_n : int, default 12
        At most so many rows.
    labels : mapping of str to str, optional
        Names of items; an item without one is its own name.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved. The largest rise is on top, the largest fall at the bottom.

    Raises
    ------
    SchemaError
        If `trends` is not a table of trends.
    WatchwordsError
        If no item has a direction and an interval.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> plot_changes(empty_table("trends"))
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: `trends` has no rows, and a chart needs one; say in words \
that there is nothing to show.
    """
    check_table("trends", trends)
    require_rows(trends, "trends")
    judged = trends[["effect", "effect_low", "effect_high"]].notna().all(axis=1)
    chosen = trends[judged & trends["direction"].isin(["up", "down"])]
    return _draw(_rank(require_rows(chosen, "trends"), top_n), dict(labels or {}), width)


def plot_trends(
    trends: object,
    *,
    top_n: int = 12,
    labels: Mapping[str, str] | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw the claimed changes, or the sentence that there is none.

    Parameters
    ----------
    trends : Trends or pandas.DataFrame
        What `watchwords.fit_trends` returned, or its ``table``.
    top_n : int, default 12
        At most so many rows.
    labels : mapping of str to str, optional
        Names of items.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        As of `plot_changes`.

    Raises
    ------
    SchemaError
        If it is neither.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> plot_trends(empty_table("trends")).texts[0].get_text()[:27]
    'No change is claimed in thi'
    """
    table = getattr(trends, "table", trends)
    if not isinstance(table, pd.DataFrame):
        raise SchemaError(
            f"`trends` is a {type(trends).__name__}; pass what `fit_trends` returned, or its table."
        )
    claimed = check_table("trends", table)[table["claimed"].to_numpy(bool)]
    if len(claimed):
        return plot_changes(claimed, top_n=top_n, labels=labels, width=width)
    coverage = getattr(trends, "coverage", None)
    sentence = NOTHING_CLAIMED
    if isinstance(coverage, Coverage) and coverage.rung == "occurrences":
        sentence = coverage.refusal()
    with chart_style():
        lines = wrap(sentence, width, lines=4)
        figure = blank_figure(width, 0.14 + 0.15 * len(lines))
        for i, line in enumerate(lines):
            write_text(figure, (0, 0.11 + 0.15 * (len(lines) - 1 - i)), line, colour="quiet")
    return figure


def _rank(trends: pd.DataFrame, top_n: int) -> pd.DataFrame:
    low, high = _fold(trends["effect_low"]), _fold(trends["effect_high"])
    # An interval that spans "no change" is certain of nothing.
    certain = np.where(low > 0, low, np.where(high < 0, -high, 0.0))
    size = _fold(trends["effect"])
    order = trends.assign(certain=-certain, size=-np.abs(size), fold=size)
    order = order.sort_values(["certain", "size", "item", "lang", "group"])
    # Rises and falls by turns, so that the many of one kind leave room for the other.
    turn = order.groupby("direction").cumcount()
    order = order.assign(turn=turn).sort_values("turn", kind="stable").head(top_n)
    return order.sort_values(["fold", "item", "lang", "group"], ascending=[False, True, True, True])


def _fold(effect: pd.Series) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(effect.to_numpy(float)))


def _draw(trends: pd.DataFrame, labels: Mapping[str, str], width: float) -> Figure:
    folds = [_fold(trends[name]) for name in ("effect_low", "effect", "effect_high")]
    known = np.concatenate([fold[np.isfinite(fold)] for fold in folds])
    reach = (_reach(-known), _reach(known))
    meanings = np.where(trends["claimed"], trends["direction"], "flat")
    names = [drawable(labels.get(item, item)) for item in trends["item"]]
    n_docs = Column("documents", [f"{n:,}" for n in trends["n_docs"]])
    words = {"up": "up", "down": "down", "flat": "not claimed"}
    entries = [Entry("dot", words[word], word) for word in words if word in meanings]
    entries.append(Entry("interval", "95\u202f% interval", "ink"))
    with chart_style():
        rows = lay_rows(
            names,
            [n_docs],
            width=width,
            limits=(-reach[0] - _MARGIN, reach[1] + _MARGIN),
            heading="fold change at its dates, else over all",
            entries=entries,
            split=int((folds[1] > 0).sum()),
        )
        ticks = [(place, _times(fold)) for place, fold in fold_ticks(rows)]
        draw_scale(rows, ticks, strong=[0])
        for i, y in enumerate(rows.heights):
            _draw_row(rows.axes, y, [fold[i] for fold in folds], colour=colour_of(meanings[i]))
    return rows.figure


def _reach(folds: NDArray[np.float64]) -> int:
    return min(max(ceil(float(folds.max(initial=0.0)) - 1e-9), 1), _FARTHEST)


def _times(fold: int) -> str:
    return f"×{fold:,}" if fold > 0 else f"×1/{-fold:,}"


def _draw_row(axes: Axes, y: float, fold: list[float], *, colour: str) -> None:
    edges = axes.get_xlim()
    low, middle, high = (float(np.clip(value, *edges)) for value in fold)
    pale = tint(colour, 0.35)
    axes.hlines(y, low, high, color=pale, linewidth=3.4, zorder=2)
    for value, marker in ((low, "<"), (high, ">")):
        if value in edges:
            draw_points(axes, value, y, colour=pale, size=4.4, marker=marker)
    if middle in edges:
        _name_extreme(axes, middle, y, colour=colour)
    marker = "o" if middle not in edges else ">" if middle > 0 else "<"
    draw_points(axes, middle, y, colour=colour, size=4.6, marker=marker)


def _name_extreme(axes: Axes, x: float, y: float, *, colour: str) -> None:
    rises = x > 0
    axes.annotate(
        f"over {_times(_EXTREME)}" if rises else f"under {_times(-_EXTREME)}",
        (x, y),
        xytext=(-5 if rises else 5, -2.4),
        textcoords="offset points",
        ha="right" if rises else "left",
        fontsize=SMALL,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
    )
