"""Text on charts: what can be drawn, how wide it is, where it breaks."""

import unicodedata
from functools import cache, lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.ticker import NullLocator

from watchwords.charts.style import COLOURS, LABEL, chart_style
from watchwords.charts.svg import Chart
from watchwords.fonts import chinese_fonts, covered_characters, font_files

_PPI = 72.0
_FINE = 10
_MISSING = "\u25a1"


def blank_figure(width: float, height: float) -> Chart:
    """Make an empty figure of a size in inches."""
    return Chart(figsize=(width, height))


def add_axes(figure: Figure, left: float, bottom: float, *, width: float, height: float) -> Axes:
    """Add axes at a place in inches, without ticks: charts write their own."""
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
    anchor: str = "baseline",
) -> Text:
    """Write text at a place in inches from the lower left corner; all of it is taken literally."""
    across, up = figure.get_size_inches()
    return figure.text(
        place[0] / across,
        place[1] / up,
        text,
        fontsize=size,
        color=COLOURS.get(colour, colour),
        fontweight=weight,
        ha=align,
        va=anchor,
        linespacing=1.15,
        parse_math=False,
    )


def drawable(text: str) -> str:
    r"""Replace what no font has by a square, and whatever breaks a line by a blank.

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


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Measure a line of text in inches.

    Examples
    --------
    >>> text_width("wide") > text_width("ill") > 0
    True
    """
    with chart_style():
        font = FontProperties(size=size, weight=weight)
        size_of = _ruler().get_text_width_height_descent
        width, _, _ = size_of(text, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(width) / (_PPI * _FINE)


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, _PPI * _FINE)  # type: ignore[no-untyped-call]


def shorten(text: str, width: float, *, size: float = LABEL, weight: str = "normal") -> str:
    """Cut a line that is too wide, and end it with dots.

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
