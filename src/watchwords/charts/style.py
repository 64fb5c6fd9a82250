"""What all charts share: colours by meaning, type sizes, fonts, a blank figure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib
from matplotlib import rc_params_from_file, rcParamsDefault
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import fontManager

from watchwords.errors import WatchwordsError, nearest
from watchwords.fonts import chinese_fonts, font_files

# The text column of a brief, and the half that two charts share, in inches.
WIDTH = 165 / 25.4
HALF_WIDTH = 80 / 25.4

# Type sizes in points.
LABEL = 8.0
SMALL = 7.0

# Chosen to stay apart in grey: the lightness (CIE L*) is 29 for "watched", 38 for "up", 53 for
# "down" and 69 for "flat"; direction is always shown by place as well.
COLOURS = MappingProxyType(
    {
        "up": "#00665c",
        "down": "#c6622b",
        "flat": "#a1abb4",
        "watched": "#1f4673",
        "accent": "#b3821b",
        "target": "#1f4673",
        "reference": "#b3821b",
        "incomplete": "#7b8791",
        "muted": "#c3cbd2",
        "ink": "#1d2733",
        "quiet": "#5d6975",
        "grid": "#e1e6ea",
        "gap": "#ede6d6",
    }
)

_HAN = "Watchwords Han"
# Settings that have to do with looks; the others (backends, windows, folders) are the user's.
_LOOKS = frozenset({"axes", "errorbar", "font", "hatch", "lines", "markers", "patch", "path", "svg",
                    "text", "xtick", "ytick"})  # fmt: skip


def colour_of(meaning: str) -> str:
    """Look up the colour of a meaning.

    Parameters
    ----------
    meaning : str
        A key of `COLOURS`, such as "up", "down", "flat" or "watched".

    Returns
    -------
    str
        A hexadecimal colour.

    Raises
    ------
    WatchwordsError
        If no colour has that meaning.

    Examples
    --------
    >>> colour_of("down")
    '#c6622b'
    """
    if meaning not in COLOURS:
        raise WatchwordsError(f"no colour means {meaning!r}; {nearest(meaning, COLOURS)}")
    return COLOURS[meaning]


def tint(colour: str, strength: float) -> str:
    """Mix a colour with white; opaque, so that what lies below does not shine through.

    Parameters
    ----------
    colour : str
        Any colour that matplotlib knows.
    strength : float
        1 keeps the colour, 0 gives white.

    Returns
    -------
    str

    Examples
    --------
    >>> tint("#000000", 0.2)
    '#cccccc'
    """
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return str(to_hex((red, green, blue)))


@contextmanager
def chart_style() -> Iterator[None]:
    """Apply the style sheet, and nothing of the user's own settings, while a chart is made.

    Yields
    ------
    None
        Settings are those of before when the block is left.

    Examples
    --------
    >>> with chart_style():
    ...     matplotlib.rcParams["svg.fonttype"]
    'path'
    """
    _register_fonts()
    with matplotlib.rc_context(_settings()):
        yield


@cache
def _settings() -> dict[Any, Any]:
    sheet = Path(__file__).with_name("watchwords.mplstyle")
    defaults = {name: v for name, v in rcParamsDefault.items() if name.split(".")[0] in _LOOKS}
    return {**defaults, **rc_params_from_file(sheet, use_default_template=False)}


@cache
def _register_fonts() -> None:
    """Make the fonts known to matplotlib, once; nothing else in the process changes."""
    chinese = str(chinese_fonts()[0])
    fontManager.addfont(chinese)
    # Under its own name a copy of the font on the machine could be taken instead of ours.
    entry = next(entry for entry in fontManager.ttflist if entry.fname == chinese)
    # It has one weight, which stands for the others without a complaint.
    weights = (400, 600, 700)
    fontManager.ttflist.extend(replace(entry, name=_HAN, weight=weight) for weight in weights)
    # `addfont` forgets earlier look-ups, so what is added by hand comes before.
    for path in font_files():
        fontManager.addfont(path)
