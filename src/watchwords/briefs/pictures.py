"""Drawings as pixels, for what cannot show an SVG: a text processor."""

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import typst

from watchwords.errors import WatchwordsError
from watchwords.fonts import chinese_fonts, font_files

PPI: Final = 220
# One page a drawing, as large as the drawing; the names of the files are our own.
_PAGES = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for number in range(int(sys.inputs.n)) { page(image(str(number) + ".svg")) }
"""


@cache
def page_fonts() -> typst.Fonts:
    """Load the fonts of a brief, and none of the machine's.

    Returns
    -------
    typst.Fonts
    """
    folders = sorted({str(font.parent) for font in font_files() + chinese_fonts()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def draw_pixels(svgs: Sequence[str]) -> list[bytes]:
    r"""Turn SVG drawings into PNG pictures of 220 pixels an inch.

    Parameters
    ----------
    svgs : sequence of str
        Drawings of a stated size.

    Returns
    -------
    list of bytes
        A PNG file for each, in order; the same bytes on every machine.

    Raises
    ------
    WatchwordsError
        If one of them is no drawing.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"></svg>'
    >>> (png,) = draw_pixels([svg])
    >>> png[:4], pixel_size(png)
    (b'\x89PNG', (220, 110))
    """
    if not svgs:
        return []
    with tempfile.TemporaryDirectory(prefix="watchwords-png-") as name:
        folder = Path(name)
        for number, svg in enumerate(svgs):
            (folder / f"{number}.svg").write_text(svg, "utf-8")
        (folder / "pages.typ").write_text(_PAGES, "utf-8")
        compiler = typst.Compiler(
            str(folder / "pages.typ"),
            root=name,
            font_paths=page_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"n": str(len(svgs))},
        )
        try:
            pages = compiler.compile(format="png", ppi=PPI)
        except RuntimeError as error:
            raise WatchwordsError(f"a drawing could not be turned into pixels: {error}") from error
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page]


def pixel_size(png: bytes) -> tuple[int, int]:
    """Read the width and height of a PNG picture.

    Parameters
    ----------
    png : bytes
        A PNG file.

    Returns
    -------
    tuple of int
        In pixels.
    """
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
