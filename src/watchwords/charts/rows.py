"""Charts of rows: a label to the left, a scale in the middle, figures to the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from watchwords.charts.key import LINE_HEIGHT, Entry, draw_key, key_lines
from watchwords.charts.lettering import add_axes, blank_figure, text_width, wrap, write_text
from watchwords.charts.style import COLOURS, SMALL

_PITCH = 0.19
_LEADING = 0.125
_HEAD = 0.19
# From the edge of the rows to the base of the text above them.
_RISE = 0.05
_SPLIT = 0.1
# Folds between two marks of a scale, and the room that needs, in inches.
_BASES = ((2, 0.4), (4, 0.4), (10, 0.45), (100, 0.6), (1000, 0.7))
_GAP = 0.14


@dataclass(frozen=True)
class Column:
    """Figures at the right margin: a heading and one text a row."""

    heading: str
    texts: Sequence[str]

    def width(self) -> float:
        """Width of the widest text, in inches."""
        return max(text_width(text, SMALL) for text in (self.heading, *self.texts))


@dataclass(frozen=True)
class Rows:
    """A chart of rows, ready to be drawn into.

    Attributes
    ----------
    figure : Figure
    axes : Axes
    heights : list of float
        Where the rows stand in `axes`, whose vertical scale is inches from the top.
    inches : float
        Width of the axes.
    """

    figure: Figure
    axes: Axes
    heights: list[float]
    inches: float


def lay_rows(
    labels: Sequence[str],
    columns: Sequence[Column],
    *,
    width: float,
    limits: tuple[float, float],
    heading: str = "",
    entries: Sequence[Entry] = (),
    split: int | None = None,
) -> Rows:
    """Lay out a chart of rows and write its labels and columns.

    Parameters
    ----------
    labels : sequence of str
        From top to bottom; a label has at most two lines.
    columns : sequence of Column
        From left to right.
    width : float
        Of the figure in inches.
    limits : tuple of float
        Of the scale.
    heading : str, default ""
        Above the labels: what the scale measures.
    entries : sequence of Entry, default ()
        The key.
    split : int, optional
        A little room is left above this row.

    Returns
    -------
    Rows
    """
    most = 0.36 * width
    lines = [wrap(label, most) for label in labels]
    left = max(text_width(line) for row in lines for line in row)
    left = max(left, text_width(heading, SMALL)) + _GAP
    right = sum(column.width() + _GAP for column in columns)
    heights, body = _stack([len(row) for row in lines], split)
    key = key_lines(entries, width) if entries else []
    top = len(key) * LINE_HEIGHT + (0.07 if key else 0.0)
    figure = blank_figure(width, top + _HEAD + body + 0.03)
    draw_key(figure, key, top + _HEAD + body + 0.03)
    inches = width - left - right
    axes = add_axes(figure, left, 0.03, width=inches, height=body)
    axes.set_xlim(*limits)
    axes.set_ylim(body, 0)
    middles = [0.03 + body - y for y in heights]
    for row, middle in zip(lines, middles, strict=True):
        for i, line in enumerate(row):
            # The middle of small letters, not of the line with its accents, is what looks central.
            base = middle - 0.035 + ((len(row) - 1) / 2 - i) * _LEADING
            write_text(figure, (0, base), line)
    write_text(figure, (0, 0.03 + body + _RISE), heading, size=SMALL, colour="quiet")
    _write_columns(figure, columns, middles, top=0.03 + body + _RISE)
    for y in heights:
        axes.axhline(y, color=COLOURS["grid"], linewidth=0.5, zorder=0.4)
    return Rows(figure, axes, heights, inches)


def _stack(lines: Sequence[int], split: int | None) -> tuple[list[float], float]:
    """Place rows of one or two lines one below the other; also gives where the last one ends."""
    heights, end = [], 0.0
    for i, n_lines in enumerate(lines):
        pitch = _PITCH + (n_lines - 1) * _LEADING
        end += pitch + (_SPLIT if split and i == split else 0.0)
        heights.append(end - pitch / 2)
    return heights, end


def _write_columns(
    figure: Figure, columns: Sequence[Column], middles: Sequence[float], *, top: float
) -> None:
    x = float(figure.get_size_inches()[0])
    style: dict[str, Any] = {"size": SMALL, "colour": "quiet", "align": "right"}
    for column in reversed(columns):
        for text, middle in zip(column.texts, middles, strict=True):
            write_text(figure, (x, middle - 0.033), text, **style)
        write_text(figure, (x, top), column.heading, **style)
        x -= column.width() + _GAP


def draw_scale(
    rows: Rows, ticks: Sequence[tuple[float, str]], *, strong: Sequence[float] = ()
) -> None:
    """Write the scale above the rows, with a line down from each of its marks.

    Parameters
    ----------
    rows : Rows
    ticks : sequence of (float, str)
        Marks from left to right; a text without room is left out, its line is not.
    strong : sequence of float, default ()
        Marks whose line is dark.
    """
    first, last = rows.axes.get_xlim()
    free = 0.0
    for value, text in ticks:
        is_strong = value in strong
        rows.axes.axvline(
            value,
            color=COLOURS["incomplete" if is_strong else "grid"],
            linewidth=0.8 if is_strong else 0.5,
            zorder=0.5,
        )
        size = text_width(text, SMALL)
        left = (value - first) / (last - first) * rows.inches - size / 2
        left = min(max(left, 0.0), rows.inches - size)
        if left < free:
            continue
        free = left + size + 0.08
        rows.axes.annotate(
            text,
            (left / rows.inches, 1),
            xycoords="axes fraction",
            xytext=(0, 72 * _RISE),
            textcoords="offset points",
            va="baseline",
            fontsize=SMALL,
            color=COLOURS["quiet"],
        )


def fold_ticks(rows: Rows) -> list[tuple[float, int]]:
    """Choose the marks of a scale whose unit is one doubling.

    Parameters
    ----------
    rows : Rows
        With the limits of the scale in doublings, 0 for no change.

    Returns
    -------
    list of (float, int)
        Place and fold, the fold below "no change" negative: (-2, -4) is one quarter. Folds are
        powers of 2 or 4 or, where the scale is long, of 10, 100 or 1,000.
    """
    first, last = rows.axes.get_xlim()
    doubling = rows.inches / (last - first)
    fits = (base for base, room in _BASES if log2(base) * doubling > room)
    longest = 2 ** floor(max(-first, last))
    base = min(next(fits, _BASES[-1][0]), longest)
    powers = range(ceil(first / log2(base)), floor(last / log2(base)) + 1)
    return [(k * log2(base), base**k if k >= 0 else -(base**-k)) for k in powers]
