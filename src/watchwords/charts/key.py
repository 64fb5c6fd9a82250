"""The key: one line of signs and words above a chart, saying only what the chart shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from watchwords.charts.lettering import shorten, text_width, write_text
from watchwords.charts.style import COLOURS, SMALL, tint

LINE_HEIGHT = 0.155
_SIGNS = {
    "dot": 0.06,
    "hollow": 0.065,
    "mark": 0.06,
    "interval": 0.035,
    "frame": 0.055,
    "event": 0.02,
    "tick": 0.02,
    "": -0.045,
}
_SIGN = 0.13
# Marker, size in points, and face if it is not the colour.
_POINTS = {"dot": ("o", 2.7, ""), "hollow": ("o", 3.8, "white"), "mark": ("D", 2.6, "")}
_HEIGHTS = tuple(enumerate((0.025, 0.045, 0.035)))
_DEPTHS = tuple(enumerate((0.2, 0.5, 0.9)))
_GAP = 0.17


@dataclass(frozen=True)
class Entry:
    """A sign and its words.

    Signs are "dot", "hollow", "mark", "interval", "line", "gap", "frame" (a hollow bar), "bars",
    "cells" (of a heat grid, few to many), "band" (a span of time), "event" and "tick" (a thin and a
    strong upright line), and "" for words alone.
    """

    sign: str
    text: str
    colour: str = "quiet"


def key_lines(entries: Sequence[Entry], width: float) -> list[list[Entry]]:
    """Break the entries into lines.

    Parameters
    ----------
    entries : sequence of Entry
    width : float
        Room in inches; an entry that is wider is cut.

    Returns
    -------
    list of list of Entry
    """
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in (_fitting(each, width) for each in entries):
        needed = _width(entry)
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += needed + _GAP
    return lines


def draw_key(figure: Figure, lines: Sequence[Sequence[Entry]], top: float) -> None:
    """Draw the lines of a key.

    Parameters
    ----------
    figure : Figure
    lines : sequence of sequence of Entry
        As `key_lines` broke them.
    top : float
        Their upper edge, in inches from the bottom of the figure.
    """
    for row, entries in enumerate(lines):
        x, y = 0.0, top - (row + 0.72) * LINE_HEIGHT
        for entry in entries:
            if entry.sign:
                _draw_sign(figure, entry, (x, y + 0.033))
            write_text(figure, (x + _indent(entry), y), entry.text, size=SMALL, colour="quiet")
            x += _width(entry) + _GAP


def _fitting(entry: Entry, width: float) -> Entry:
    text = shorten(entry.text, width - _indent(entry), size=SMALL)
    return entry if text == entry.text else replace(entry, text=text)


def _width(entry: Entry) -> float:
    return text_width(entry.text, SMALL) + _indent(entry)


def _indent(entry: Entry) -> float:
    return _SIGNS.get(entry.sign, _SIGN) + 0.045


def _draw_sign(figure: Figure, entry: Entry, place: tuple[float, float]) -> None:
    colour = COLOURS.get(entry.colour, entry.colour)
    x, y = place
    if entry.sign in _POINTS:
        marker, size, face = _POINTS[entry.sign]
        across, up = figure.get_size_inches()
        point = Line2D(
            [(x + _SIGNS[entry.sign] / 2) / across],
            [y / up],
            linestyle="",
            marker=marker,
            markersize=size,
            color=colour,
            markerfacecolor=face or colour,
        )
        figure.add_artist(point)
        return
    boxes = {
        "interval": [(0.002, 0.05, 0.032, tint(colour, 0.35))],
        "line": [(0.0, 0.008, _SIGN, colour)],
        "band": [(0.0, 0.045, _SIGN, tint(colour, 0.22))],
        "event": [(0.002, 0.05, 0.008, tint(colour, 0.55))],
        "tick": [(0.002, 0.05, 0.014, colour)],
        "gap": [(0.0, 0.045, _SIGN, COLOURS["gap"])],
        "frame": [(0.01, 0.045, 0.035, "white")],
        "cells": [(i * 0.047, 0.045, 0.047, tint(COLOURS["watched"], deep)) for i, deep in _DEPTHS],
        "bars": [(0.01 + i * 0.04, up, 0.028, COLOURS["muted"]) for i, up in _HEIGHTS],
    }
    for left, half, width, face in boxes[entry.sign]:
        edge = colour if entry.sign == "frame" else "none"
        corner = (x + left, y - (0.04 if entry.sign == "bars" else half))
        _box(figure, corner, width, height=2 * half, colour=face, edge=edge)


def _box(
    figure: Figure,
    corner: tuple[float, float],
    width: float,
    *,
    height: float,
    colour: str,
    edge: str = "none",
) -> None:
    across, up = figure.get_size_inches()
    figure.add_artist(
        Rectangle(
            (corner[0] / across, corner[1] / up),
            width / across,
            height / up,
            facecolor=colour,
            edgecolor=edge,
            linewidth=0.8 if edge != "none" else 0.0,
            transform=figure.transFigure,
        )
    )
