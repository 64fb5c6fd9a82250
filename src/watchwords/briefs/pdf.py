"""The brief on paper: its JSON set by a constant Typst template, as PDF/UA-1."""

import datetime
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from watchwords.briefs.lost import keep_covered
from watchwords.briefs.outline import outline_brief
from watchwords.errors import WatchwordsError
from watchwords.fonts import chinese_fonts, covered_characters, font_files

STANDARD: Final = "ua-1"
DENSITIES = (1.0, 0.95, 1.05, 0.9, 1.1, 0.85, 1.15, 0.8)
GOOD_ENOUGH = 0.2
FRONT_PAGES = 2
_TOP, _BOTTOM = 23.0, 277.0  # of the text on a page, in mm; as in the template
_STUB = 30.0  # less than this on a page, in mm, is no page
_TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"


def write_pdf(brief: dict[str, Any], path: Path, *, timestamp: datetime.datetime) -> None:
    """Set a brief as an accessible PDF (PDF/UA-1) on A4.

    The texts are data and never markup: the template is constant and reads them from a JSON
    file. The brief is set at a few densities of white space; the one is kept that holds the
    front to two pages, cuts no table badly and leaves the least paper empty. A character
    without a glyph is shown as a box and named at the end of the brief. The same brief and
    timestamp give the same bytes on every machine, since no font of the machine is used.

    Parameters
    ----------
    brief : dict
        The JSON of a brief. Not changed.
    path : Path
        Where to write; the folder must exist.
    timestamp : datetime
        The creation date in the file, with a time zone.

    Raises
    ------
    ReportError
        If an exhibit is malformed; see `watchwords.briefs.outline.outline_brief`.
    WatchwordsError
        If `timestamp` has no time zone, or Typst refuses, which a broken SVG can cause.
    """
    if timestamp.tzinfo is None:
        raise WatchwordsError(
            f"timestamp={timestamp.isoformat()} has no time zone; pass "
            "timestamp.replace(tzinfo=datetime.UTC)."
        )
    with tempfile.TemporaryDirectory(prefix="watchwords-pdf-") as folder:
        (Path(folder) / "outline.json").write_text(json.dumps(_printable(brief)), "utf-8")
        (Path(folder) / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        try:
            pdf = _set(Path(folder), timestamp)
        except RuntimeError as error:
            raise WatchwordsError(_explain(error)) from error
    path.write_bytes(pdf)


def _printable(brief: dict[str, Any]) -> dict[str, Any]:
    outline = outline_brief(brief)
    known = {row["char"]: row for row in outline.pop("lost")}
    del outline["evidence"]  # stands in the HTML and the tables, not on paper
    kept, lost = keep_covered(outline, covered_characters())
    rows = sorted((known | {row["char"]: row for row in lost}).values(), key=_code)
    shown = [f"U+{_code(row):04X} {row['name'].lower()} ({row['n']:,})" for row in rows]
    return {**kept, "lost": shown}


def _code(row: dict[str, Any]) -> int:
    return ord(row["char"][0])


def _compiler(folder: Path, density: float) -> typst.Compiler:
    return typst.Compiler(
        str(folder / _TEMPLATE.name),
        root=str(folder),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"density": str(density)},
    )


@cache
def _fonts() -> typst.Fonts:
    folders = sorted({str(font.parent) for font in font_files() + chinese_fonts()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _set(folder: Path, timestamp: datetime.datetime) -> bytes:
    weighed: list[tuple[float, float]] = []
    for density in DENSITIES:
        compiler = _compiler(folder, density)
        flaws = _flaws(json.loads(compiler.query("<marks>", field="value", one=True)))
        weighed.append((flaws + abs(density - 1) / 2, density))
        if flaws < GOOD_ENOUGH:
            break
    compiler = _compiler(folder, min(weighed)[1])
    pdf = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=timestamp)
    return cast("bytes", pdf)


def _flaws(marks: list[dict[str, Any]]) -> float:
    """Weigh pages beyond the front's two, stubs of pages and tables, and paper left empty."""
    cut = next(at for at, mark in enumerate(marks) if mark["what"] == "front")
    front_end: int = marks[max(cut - 1, 0)]["page"]
    last: int = marks[-1]["page"]
    fills = dict.fromkeys(range(1, last + 1), _TOP)
    starts: dict[str, int] = {}
    flaws = 10.0 * max(0, front_end - FRONT_PAGES)
    for mark in marks:
        page, y = mark["page"], mark["y"]
        if mark["what"] == "start":
            starts[mark["id"]] = page
            continue
        begun = starts.get(mark["id"], page)
        if begun < page:
            fills |= dict.fromkeys(range(begun, page), _BOTTOM)
            flaws += 1.0 if y - _TOP < _STUB else 0.0
        fills[page] = max(fills[page], y)
    for page, fill in fills.items():
        empty: float = (_BOTTOM - fill) / (_BOTTOM - _TOP)
        if page not in {front_end, last}:
            flaws += empty**2
        elif fill - _TOP < 2 * _STUB:
            flaws += 1.0
    return flaws


def _explain(error: RuntimeError) -> str:
    if isinstance(error, typst.TypstError):
        hints = "".join(f" Hint: {hint}." for hint in error.hints)
        return f"Typst could not set the brief: {error.message}.{hints}"
    return f"Typst could not set the brief: {error}."
