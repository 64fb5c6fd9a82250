"""Text on charts: what can be drawn, how wide it is, where it breaks."""

import unicodedata
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import NullLocator

from watchwords.charts.style import COLOURS, LABEL
from watchwords.charts.svg import Chart
from watchwords.fonts import character_widths, chinese_fonts, covered_characters, font_files

_PPI = 72.0
_MISSING = "\u25a1"


def blank_figure(width: float, height: float) -> Chart:
    """Make an empty figure.

    Parameters
    ----------
    width, height : float
        In inches.

    Returns
    -------
    Chart
    """
    return Chart(figsize=(width, height))


def add_axes(figure: Figure, left: float, bottom: float, *, width: float, height: float) -> Axes:
    """Add axes without ticks and frame: charts write their own.

    Parameters
    ----------
    figure : Figure
    left, bottom : float
        Lower left corner, in inches from that of the figure.
    width, height : float
        In inches.

    Returns
    -------
    Axes
    """
    across, up = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())
    axes.spines["bottom"].set_visible(False)
    return axes


def write_text(
    figure: Figure,
    place: tuple[float, float],
    text: str,
    *,
    size: float = LABEL,
    colour: str = "ink",
    weight: str = "normal",
    align: str = "left",
) -> Text:
    """Write text into a figure; all of it is taken literally.

    Parameters
    ----------
    figure : Figure
    place : tuple of float
        In inches from the lower left corner of the figure.
    text : str
        Only what `drawable` lets pass can be drawn.
    size : float, default 8
        In points.
    colour : str, default "ink"
        A meaning, or any colour.
    weight : {"normal", "semibold", "bold"}
    align : {"left", "center", "right"}
        Which end of the text stands at `place`.

    Returns
    -------
    Text
    """
    across, up = figure.get_size_inches()
    return figure.text(
        place[0] / across,
        place[1] / up,
        text,
        fontsize=size,
        color=COLOURS.get(colour, colour),
        fontweight=weight,
        ha=align,
        va="baseline",
        parse_math=False,
    )


def drawable(text: str) -> str:
    r"""Replace what no font has by a square, and whatever breaks a line by a blank.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> drawable("a\tb\U0001f600")
    'a b□'
    """
    text = " ".join(text.split())
    covered = _covered()
    kept = (c if ord(c) in covered else _MISSING for c in text if not _is_invisible(c))
    return "".join(kept)


@cache
def _covered() -> frozenset[int]:
    upright = next(path for path in font_files() if path.stem == "WatchwordsSans-Regular")
    return covered_characters(upright, chinese_fonts()[0])


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}


def text_width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Measure a line of text in inches, kerning left aside: it never takes more room.

    Parameters
    ----------
    text : str
        One line.
    size : float, default 8
        In points.
    weight : {"normal", "semibold", "bold"}

    Returns
    -------
    float

    Examples
    --------
    >>> text_width("wide") > text_width("ill") > 0
    True
    """
    widths = _widths(weight)
    return sum(widths.get(ord(character), 1.0) for character in text) * size / _PPI


@cache
def _widths(weight: str) -> dict[int, float]:
    style = {"normal": "Regular", "semibold": "SemiBold", "bold": "Bold"}[weight]
    latin = next(path for path in font_files() if path.stem == f"WatchwordsSans-{style}")
    return {**character_widths(chinese_fonts()[0]), **character_widths(latin)}


def shorten(text: str, width: float, *, size: float = LABEL, weight: str = "normal") -> str:
    """Cut a line that is too wide, and end it with dots.

    Parameters
    ----------
    text : str
        One line.
    width : float
        Room in inches.
    size : float, default 8
        In points.
    weight : {"normal", "semibold", "bold"}

    Returns
    -------
    str

    Examples
    --------
    >>> shorten("a rather long label", 0.5)
    'a rather…'
    """
    if text_width(text, size, weight) <= width:
        return text
    ends = [text_width(text[:n].rstrip() + "…", size, weight) <= width for n in range(len(text))]
    return text[: max(int(np.sum(ends)) - 1, 0)].rstrip() + "…"


def wrap(
    text: str, width: float, *, lines: int = 2, size: float = LABEL, weight: str = "normal"
) -> list[str]:
    """Break text into lines no wider than `width`; the last one is cut if there is more.

    Lines break at blanks, after hyphens, and between Chinese characters.

    Parameters
    ----------
    text : str
        One line.
    width : float
        Room in inches.
    lines : int, default 2
        At most so many.
    size : float, default 8
        In points.
    weight : {"normal", "semibold", "bold"}

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrap("four sense of consciousness", 0.9)
    ['four sense of', 'consciousness']
    """
    broken = [""]
    for piece in _pieces(text):
        longer = broken[-1] + piece
        if broken[-1] and text_width(longer.rstrip(), size, weight) > width:
            broken.append("")
        broken[-1] += piece
    if len(broken) > lines:
        broken[lines - 1 :] = ["".join(broken[lines - 1 :])]
    return [shorten(line.strip(), width, size=size, weight=weight) for line in broken]


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for character in text:
        if unicodedata.east_asian_width(character) == "W" and pieces[-1]:
            pieces.append("")
        pieces[-1] += character
        if character in " -/" or unicodedata.east_asian_width(character) == "W":
            pieces.append("")
    return [piece for piece in pieces if piece]
