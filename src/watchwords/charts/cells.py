"""Cells of a heat grid: darker for more, the number inside where it fits, silence marked."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from numpy.typing import NDArray

from watchwords.charts.lettering import text_width
from watchwords.charts.style import COLOURS, tint
from watchwords.floors import count_of

NUMBER = 6.0
_PALEST, _DARKEST = 0.16, 0.92
# From this strength on dark letters would be hard to read.
_DEEP = 0.5
_ROOM = 0.025
# A dash in a narrower cell would only blur its colour.
_DASHED = 0.07


def shade(n: int, most: int) -> float:
    """Give the strength of a cell's colour: the square root, so that small numbers differ.

    Examples
    --------
    >>> [round(shade(n, 100), 2) for n in (1, 25, 100)]
    [0.16, 0.5, 0.92]
    >>> round(shade(2, 2), 2), shade(1, 1)
    (0.41, 0.16)
    """
    if most < 2:
        return _PALEST
    # Where two is the most, it is not a world apart from one.
    darkest = _PALEST + (_DARKEST - _PALEST) * min(np.log2(most) / 3, 1.0)
    place = (np.sqrt(n) - 1) / (np.sqrt(most) - 1)
    return float(_PALEST + (darkest - _PALEST) * place)


def short_count(n: int) -> str:
    """Print a number in four characters at most.

    Examples
    --------
    >>> [short_count(n) for n in (7, 950, 1_234, 56_700, 1_200_000)]
    ['7', '950', '1.2k', '57k', '1.2m']
    """
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if n >= size:
            part = n / size
            return f"{part:.0f}{letter}" if part >= 9.95 else f"{part:.1f}{letter}"
    return str(n)


def documents_in(counts: NDArray[np.int64], period: str) -> str:
    """Word what the shades of cells stand for.

    Examples
    --------
    >>> documents_in(np.array([3, 0, 12]), "month"), documents_in(np.array([1]), "year")
    ('3 to 12 documents in a month', '1 document in a year')
    """
    some = counts[counts > 0]
    least, most = int(some.min()), int(some.max())
    if least == most:
        return f"{count_of(most, 'document')} in a {period}"
    return f"{least:,} to {most:,} documents in a {period}"


def draw_cells(
    axes: Axes,
    corners: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    size: tuple[float, float],
    room: float,
    counts: NDArray[np.int64],
    running: NDArray[np.bool_],
    most: int,
    strengths: Sequence[float] | None = None,
) -> None:
    """Draw cells: tinted by their number, hollow while running, a dash where there is nothing.

    Parameters
    ----------
    axes : Axes
    corners : tuple of ndarray of float, shape (n_cells,)
        The left and the upper edge of each, in the data of `axes`, whose vertical axis goes down.
    size : tuple of float
        Width and height, in the data of `axes`.
    room : float
        Width in inches, for the numbers.
    counts : ndarray of int, shape (n_cells,)
    running : ndarray of bool, shape (n_cells,)
        Periods not over yet.
    most : int
        The number that has the darkest colour.
    strengths : sequence of float, optional
        Strength of each colour, 0 to 1; default by the number.
    """
    x, y = corners
    across, down = size
    # Not to the very edge, so that the outline of a hollow cell stays within its own.
    inset = (min(0.012 / room, 0.1) * across, 0.08 * down)
    left, right = x + inset[0], x + across - inset[0]
    top, bottom = y + inset[1], y + down - inset[1]
    boxes = np.array([[left, top], [left, bottom], [right, bottom], [right, top]])
    if strengths is None:
        strengths = [shade(int(n), most) for n in counts]
    faces = [
        COLOURS["gap"] if not n else "white" if open_ else tint(COLOURS["watched"], strength)
        for n, open_, strength in zip(counts, running, strengths, strict=True)
    ]
    edges = [COLOURS["incomplete"] if open_ else "none" for open_ in running]
    axes.add_collection(
        PolyCollection(
            list(boxes.transpose(2, 0, 1)),
            facecolors=faces,
            edgecolors=edges,
            linewidths=[0.8 if open_ else 0.0 for open_ in running],
            clip_on=False,
            zorder=2,
        ),
        autolim=False,
    )
    empty = counts == 0
    middle = (x + across / 2, y + down / 2)
    if room > _DASHED:
        half = min(0.3, 0.05 / room) * across
        axes.hlines(
            middle[1][empty],
            middle[0][empty] - half,
            middle[0][empty] + half,
            color=COLOURS["accent"],
            linewidth=0.8,
            zorder=3,
        )
    for i in np.flatnonzero(~empty):
        text = short_count(int(counts[i]))
        if text_width(text, NUMBER) + 2 * _ROOM <= room:
            deep = strengths[int(i)] > _DEEP and not running[i]
            write_number(axes, (middle[0][i], middle[1][i]), text, deep=deep)


def write_number(axes: Axes, place: tuple[float, float], text: str, *, deep: bool = False) -> None:
    """Write a small number, its middle at a place of the axes.

    Parameters
    ----------
    axes : Axes
    place : tuple of float
        In the data of `axes`.
    text : str
    deep : bool, default False
        On a dark cell.
    """
    axes.annotate(
        text,
        place,
        xytext=(0, -0.35 * NUMBER),
        textcoords="offset points",
        ha="center",
        va="baseline",
        fontsize=NUMBER,
        color="white" if deep else COLOURS["ink"],
        annotation_clip=False,
    )
