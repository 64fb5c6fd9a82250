"""Set the first pages of two briefs side by side, as the README shows them.

``make pictures`` runs this after both briefs were made. It needs pdftoppm (Debian: poppler-utils).
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps

WIDTH, GAP, EDGE = 760, 32, (200, 205, 212)


def first_page(pdf: Path) -> Image.Image:
    """Draw the first page of a PDF at the width of half the picture."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page"
        options = ["-png", "-singlefile", "-f", "1", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
        subprocess.run(["pdftoppm", *options, str(pdf), str(target)], check=True)  # noqa: S603, S607
        with Image.open(target.with_suffix(".png")) as page:
            return ImageOps.expand(page.convert("RGB"), 1, EDGE)


def main() -> None:
    """Write docs/first-pages.png from the PDF files named on the command line."""
    pages = [first_page(Path(name)) for name in sys.argv[1:]]
    size = (sum(page.width for page in pages) + GAP * (len(pages) - 1), pages[0].height)
    sheet = Image.new("RGB", size, (255, 255, 255))
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + GAP
    small = sheet.quantize(colors=64, dither=Image.Dither.NONE)
    Path("docs").mkdir(exist_ok=True)
    small.save("docs/first-pages.png", optimize=True)


if __name__ == "__main__":
    main()
