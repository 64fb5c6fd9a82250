"""The fonts that charts and briefs are set in, and the characters they have.

Our Latin fonts are static subsets that lie here; the Chinese ones come with the package
``pylopdf_fonts_zh_cn``. No font of the machine is ever used, so every machine sets the same page.
"""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

SANS = "Watchwords Sans"
SERIF = "Watchwords Serif"
CHINESE_SANS = "Noto Sans SC"
CHINESE_SERIF = "Noto Serif SC"


def font_files() -> list[Path]:
    """List our Latin fonts: `SANS` and `SERIF` in their weights and italics.

    Returns
    -------
    list of Path
        TrueType files, in the order of their names.

    Examples
    --------
    >>> [path.stem for path in font_files()][-3:]
    ['WatchwordsSerif-Italic', 'WatchwordsSerif-Regular', 'WatchwordsSerif-SemiBold']
    """
    return sorted(Path(__file__).parent.glob("*.ttf"))


def chinese_fonts() -> list[Path]:
    """List the Chinese fonts: `CHINESE_SANS` and `CHINESE_SERIF`, regular weight only.

    Returns
    -------
    list of Path
        OpenType files, the sans first.

    Examples
    --------
    >>> [path.stem for path in chinese_fonts()]
    ['NotoSansSC-Regular', 'NotoSerifSC-Regular']
    """
    return [Path(pylopdf_fonts_zh_cn.sans_path()), Path(pylopdf_fonts_zh_cn.serif_path())]


@cache
def covered_characters(*files: Path) -> frozenset[int]:
    """Collect the characters that at least one of the fonts can draw.

    A character outside is a hole on the page (an error in an accessible PDF): replace it and say
    so. Inside, it may still come from a Chinese font in the middle of Latin text.

    Parameters
    ----------
    *files : Path
        Fonts; none given means all of `font_files` and `chinese_fonts`.

    Returns
    -------
    frozenset of int
        Code points.

    Examples
    --------
    >>> [ord(character) in covered_characters() for character in "a≤强"]
    [True, True, True]
    >>> ord("ꙮ") in covered_characters()
    False
    """
    return frozenset().union(*map(_characters, files or font_files() + chinese_fonts()))


def _characters(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def character_widths(path: Path) -> dict[int, float]:
    """Read how far each character of a font takes the pen.

    Parameters
    ----------
    path : Path
        One of `font_files` or `chinese_fonts`.

    Returns
    -------
    dict of int to float
        Width by code point, in ems: multiply by the size of the type.

    Examples
    --------
    >>> widths = character_widths(chinese_fonts()[0])
    >>> widths[ord("强")]
    1.0
    """
    with TTFont(path, lazy=True) as font:
        units, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: advances[name][0] / units for code, name in font.getBestCmap().items()}
