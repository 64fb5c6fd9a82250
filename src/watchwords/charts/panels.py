"""Small multiples: equal panels on a grid that share both axes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, floor, log10

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.key import LINE_HEIGHT
from watchwords.charts.lettering import add_axes, text_width, wrap
from watchwords.charts.marks import draw_bars
from watchwords.charts.style import COLOURS, LABEL, SMALL
from watchwords.charts.timeaxis import tick_edges

STRIP = 0.13
_TITLE_LINE = 0.135
_TITLE_PAD = 0.085
_COLUMN_GAP = 0.2
_ROW_GAP = 0.15
# A point at the last period is as wide as its marker.
_RIGHT = 0.035
_TICK_ROW = 0.175
_STRIP_GAP = 0.03


@dataclass(frozen=True)
class Grid:
    """Geometry of small multiples, in inches.

    Attributes
    ----------
    width : float
        Of the figure.
    panel : tuple of float
        Width and height of a panel.
    left : float
        Room for the labels of the vertical axis.
    columns : int
        Panels in a row.
    titles : tuple of tuple of str
        Lines of each panel's title; there are as many panels as titles.
    strips : str
        Where the numbers of documents stand: "none", "bottom" or "all".
    key : int
        Lines of the key.
    lead : float
        Further room between titles and panels.
    """

    width: float
    panel: tuple[float, float]
    left: float
    columns: int
    titles: tuple[tuple[str, ...], ...]
    strips: str = "none"
    key: int = 1
    lead: float = 0.0

    @property
    def rows(self) -> int:
        """Rows of panels."""
        return ceil(len(self.titles) / self.columns)

    @property
    def height(self) -> float:
        """Of the figure."""
        return self._top(self.rows) + self.foot

    @property
    def foot(self) -> float:
        """Below the lowest panels."""
        return _TICK_ROW + self.strip_height

    @property
    def strip_height(self) -> float:
        """Room for the numbers of documents below a panel."""
        return 0.0 if self.strips == "none" else STRIP + _STRIP_GAP

    def bottom(self, row: int) -> float:
        """Lower edge of the panels of a row, from the bottom of the figure."""
        return self.height - self._top(row + 1)

    def is_lowest(self, place: int) -> bool:
        """Tell whether no panel stands below this one."""
        return place + self.columns >= len(self.titles)

    def _top(self, rows: int) -> float:
        """Everything from the top of the figure to the lower edge of the last of some rows."""
        between = _ROW_GAP + (STRIP + _STRIP_GAP if self.strips == "all" else 0.0)
        height = self.key * LINE_HEIGHT + 0.06 + max(rows - 1, 0) * between
        for row in range(rows):
            lines = max(map(len, self.titles[row * self.columns : (row + 1) * self.columns]))
            height += lines * _TITLE_LINE + _TITLE_PAD + self.lead + self.panel[1]
        return height


def plan_grid(
    titles: Sequence[str],
    notes: Sequence[str],
    *,
    width: float,
    height: float,
    columns: int,
    axis_labels: Sequence[str],
) -> Grid:
    """Lay out panels so that rows are as even as they can be and titles fit.

    Parameters
    ----------
    titles, notes : sequence of str
        Of each panel: its title, and what stands at the right end of the same line.
    width, height : float
        Of the figure and of a panel, in inches.
    columns : int
        At most so many panels in a row.
    axis_labels : sequence of str
        Of the vertical axis.

    Returns
    -------
    Grid
    """
    rows = ceil(len(titles) / columns)
    columns = ceil(len(titles) / rows)
    left = max(text_width(label, SMALL) for label in axis_labels) + 0.05
    across = (width - left - _RIGHT - (columns - 1) * _COLUMN_GAP) / columns
    grid = Grid(width, (across, height), left, columns, ())
    lines = []
    for title, note in zip(titles, notes, strict=True):
        room = across - (text_width(note, SMALL) + 0.08 if note else 0.0)
        lines.append(tuple(wrap(title, room, weight="semibold")))
    return replace(grid, titles=tuple(lines))


def add_panel(figure: Figure, grid: Grid, place: int, *, note: str, n_periods: int) -> Axes:
    """Add one panel with its title.

    Parameters
    ----------
    figure : Figure
    grid : Grid
    place : int
        Which panel, in the order of reading.
    note : str
        At the right end of the title.
    n_periods : int
        The horizontal axis counts periods, the first at 0.

    Returns
    -------
    Axes
    """
    row, column = divmod(place, grid.columns)
    across, up = grid.panel
    axes = add_axes(
        figure,
        grid.left + column * (across + _COLUMN_GAP),
        grid.bottom(row),
        width=across,
        height=up,
    )
    axes.set_xlim(-0.5, n_periods - 0.5)
    pad = (_TITLE_PAD + grid.lead - 0.01) * 72
    axes.set_title("\n".join(grid.titles[place]), loc="left", fontsize=LABEL, pad=pad)
    axes.set_title(
        note, loc="right", fontsize=SMALL, fontweight="normal", color=COLOURS["quiet"], pad=pad
    )
    return axes


def draw_frame(axes: Axes, top: float, labels: Sequence[str], *, first_column: bool) -> None:
    """Draw the base, the grid lines and, in the first column, the labels of the vertical axis.

    Parameters
    ----------
    axes : Axes
    top : float
        Upper end of the vertical axis; the lower one is 0.
    labels : sequence of str
        From 0 to `top`, evenly spaced.
    first_column : bool
    """
    axes.set_ylim(0, top)
    heights = np.linspace(0, top, len(labels))
    for height, label in zip(heights, labels, strict=True):
        is_base = height == 0
        axes.axhline(
            height,
            color=COLOURS["incomplete" if is_base else "grid"],
            linewidth=0.7 if is_base else 0.6,
            zorder=1.5 if is_base else 0.5,
            clip_on=False,
        )
        if first_column:
            axes.annotate(
                label,
                (0, height),
                xycoords=("axes fraction", "data"),
                xytext=(-3.5, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=SMALL,
                color=COLOURS["quiet"],
            )


def draw_ticks(
    axes: Axes, ticks: Sequence[tuple[int, str]], *, width: float, n_periods: int, drop: float
) -> None:
    """Write the names of periods below the base.

    Parameters
    ----------
    axes : Axes
    ticks : sequence of (int, str)
        From `watchwords.charts.timeaxis.pick_ticks`.
    width : float
        Of the axes, in inches.
    n_periods : int
        On the axis.
    drop : float
        Distance from the base, in inches.
    """
    for place, text in ticks:
        left, _ = tick_edges(place, text, width=width, n_periods=n_periods)
        axes.annotate(
            text,
            (left / width, 0),
            xycoords="axes fraction",
            xytext=(0, -72 * drop - 2.5),
            textcoords="offset points",
            va="top",
            fontsize=SMALL,
            color=COLOURS["quiet"],
        )


def draw_gaps(axes: Axes, empty: NDArray[np.bool_]) -> None:
    """Tint the periods without documents.

    Parameters
    ----------
    axes : Axes
    empty : ndarray of bool, shape (n_periods,)
    """
    for is_empty, run in groupby(range(len(empty)), key=lambda i: bool(empty[i])):
        places = list(run)
        if is_empty:
            axes.axvspan(
                places[0] - 0.5, places[-1] + 0.5, color=COLOURS["gap"], linewidth=0, zorder=0
            )


def draw_strip(
    axes: Axes, totals: NDArray[np.int64], complete: NDArray[np.bool_], *, most: int, height: float
) -> None:
    """Draw the number of documents below the base: figures if they have room, else bars.

    Parameters
    ----------
    axes : Axes
    totals : ndarray of int, shape (n_periods,)
    complete : ndarray of bool, shape (n_periods,)
        False where the bar is hollow.
    most : int
        What a bar of full height stands for.
    height : float
        Of the axes, in inches.
    """
    x = np.arange(len(totals))
    down = axes.get_xaxis_transform()
    if len(totals) <= 6:
        for i, total in zip(x, totals, strict=True):
            axes.annotate(
                f"n = {total:,}",
                (i, 0),
                xycoords=down,
                xytext=(0, -72 * _STRIP_GAP),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=SMALL,
                color=COLOURS["quiet"],
            )
        return
    base = -(_STRIP_GAP + STRIP) / height
    draw_bars(
        axes,
        STRIP / height * totals / max(most, 1),
        width=0.72,
        colours=(COLOURS["muted"], COLOURS["incomplete"]),
        hollow=~complete,
        base=base,
        transform=down,
    )


def round_top(highest: float) -> float:
    """Round up to a number whose half is easy to read.

    Parameters
    ----------
    highest : float
        The highest value; 1 is the answer where there is none above 0.

    Returns
    -------
    float

    Examples
    --------
    >>> [round_top(x) for x in (0.031, 0.62, 1.0, 7.2, 0.0)]
    [0.04, 0.8, 1.0, 8.0, 1.0]
    """
    if not highest > 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    steps = (1, 2, 3, 4, 5, 6, 8, 10)
    return float(round(power * next(step for step in steps if step * power >= highest - 1e-12), 12))


def percent_labels(top: float) -> list[str]:
    """Word the marks of a scale of shares: nought, half and top.

    Parameters
    ----------
    top : float
        Upper end, as a share of 1.

    Returns
    -------
    list of str

    Examples
    --------
    >>> percent_labels(0.4)
    ['0', '20', '40\u202f%']
    """
    return ["0", f"{50 * top:g}", f"{100 * top:g}\u202f%"]
