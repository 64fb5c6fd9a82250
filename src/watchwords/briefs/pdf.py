"""The brief on paper: its JSON set by a constant Typst template, as PDF/UA-1."""

import datetime
import json
import tempfile
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import typst

from watchwords.briefs.fill import Marks, find_shrinkable, weigh_pages
from watchwords.briefs.lost import keep_covered
from watchwords.briefs.outline import outline_brief
from watchwords.briefs.pictures import page_fonts
from watchwords.errors import WatchwordsError
from watchwords.fonts import covered_characters

STANDARD: Final = "ua-1"
DENSITIES = (1.0, 0.9, 1.1, 0.8, 0.7)
GOOD_ENOUGH = 0.25
MAX_FITS = 3
_TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"


class Setting(NamedTuple):
    """How a brief is set: the density of white space, and the scale of what is made smaller."""

    density: float
    scales: dict[str, float]


def write_pdf(brief: dict[str, Any], path: Path, *, timestamp: datetime.datetime) -> None:
    """Set a brief as an accessible PDF (PDF/UA-1) on A4.

    The texts are data and never markup: the template is constant and reads them from a JSON
    file. The brief is set at a few densities of white space; the one is kept that holds the
    front to two pages, cuts no table badly and leaves the least paper empty, where a figure or a
    table that all but fits on a page is made a little smaller. A character
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


def _set(folder: Path, timestamp: datetime.datetime) -> bytes:
    least, best = float("inf"), Setting(DENSITIES[0], {})
    for density in DENSITIES:
        flaws, setting = _fit_figures(folder, Setting(density, {}))
        if flaws + abs(density - 1) / 2 < least:
            least, best = flaws + abs(density - 1) / 2, setting
        if flaws < GOOD_ENOUGH:
            break
    compiler = _compiler(folder, best)
    pdf = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=timestamp)
    return cast("bytes", pdf)


def _fit_figures(folder: Path, setting: Setting) -> tuple[float, Setting]:
    tried: set[str] = set()
    marks = _marks(_compiler(folder, setting))
    flaws = weigh_pages(marks)
    while len(tried) < MAX_FITS and (found := find_shrinkable(marks, tried)):
        tried.add(found[0])
        smaller = Setting(setting.density, setting.scales | {found[0]: found[1]})
        shrunk = _marks(_compiler(folder, smaller))
        if weigh_pages(shrunk) < flaws:
            flaws, setting, marks = weigh_pages(shrunk), smaller, shrunk
    return flaws, setting


def _marks(compiler: typst.Compiler) -> Marks:
    marks: Marks = json.loads(compiler.query("<marks>", field="value", one=True))
    return marks


def _compiler(folder: Path, setting: Setting) -> typst.Compiler:
    return typst.Compiler(
        str(folder / _TEMPLATE.name),
        root=str(folder),
        font_paths=page_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"density": str(setting.density), "scales": json.dumps(setting.scales)},
    )


def _explain(error: RuntimeError) -> str:
    if isinstance(error, typst.TypstError):
        hints = "".join(f" Hint: {hint}." for hint in error.hints)
        return f"Typst could not set the brief: {error.message}.{hints}"
    return f"Typst could not set the brief: {error}."
