"""The brief on screen: its JSON as one self-contained page without a script."""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from watchwords.briefs.outline import outline_brief, valid_url
from watchwords.floors import count_of
from watchwords.fonts import SANS, SERIF, chinese_fonts

_TEMPLATES = Path(__file__).parent / "templates"
_FAMILIES = {"WatchwordsSans": SANS, "WatchwordsSerif": SERIF}
_WEIGHTS = {"Regular": 400, "SemiBold": 600}
MAX_CHINESE = 600
_FIRST_CHINESE = "\u2e80"
_MARKS = frozenset("‘’“”—…·")
_ROW_FIELDS = ("doc_id", "date", "date_basis", "issuer", "form", "sentence", "path", "url")


def write_html(brief: dict[str, Any], path: Path) -> None:
    """Write a brief as one HTML file that loads nothing and runs nothing.

    Figures and the Latin fonts are inside the page, and a content security policy allows neither
    scripts nor the network. Every number with evidence is a link to the sentences behind it, at
    the end of the page. Chinese characters are inside too, up to 600 different ones; beyond that
    the reader's own fonts set them. The same brief gives the same bytes.

    Parameters
    ----------
    brief : dict
        The JSON of a brief. Not changed.
    path : Path
        Where to write; the folder must exist.

    Raises
    ------
    ReportError
        If an exhibit is malformed; see `watchwords.briefs.outline.outline_brief`.
    """
    page = _link_page(outline_brief(brief))
    template = _environment().get_template("brief.html.j2")
    letters = set(template.render(page, style="", style_hash=""))
    css = (_TEMPLATES / "brief.css").read_text("utf-8")
    style = _latin_faces() + _chinese_face(letters) + css
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    html = template.render(page, style=Markup(style), style_hash=digest)  # noqa: S704  (our own style sheet, no text of a document)
    path.write_bytes(html.encode("utf-8", "replace"))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["picture"] = _picture
    return environment


def _picture(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _link_page(page: dict[str, Any]) -> dict[str, Any]:
    """Count the footnotes, tie each number to its evidence, and the evidence back to it."""
    anchors = _anchors(page["evidence"])
    cited: dict[str, str] = {}
    footnotes: list[str] = []
    for segment in _segments(page):
        segment |= {"href": "", "cite": "", "number": 0}
        if segment["evidence"]:
            anchor = anchors[segment["evidence"]]
            segment["href"] = f"ev-{anchor}"
            if anchor not in cited:
                segment["cite"] = cited[anchor] = f"cite-{anchor}"
        elif segment["target"]:
            segment["href"] = f"exhibit-{segment['target']}"
        if segment["footnote"]:
            footnotes.append(segment["footnote"])
            segment["number"] = len(footnotes)
    page["evidence"] = [
        {
            "anchor": anchor,
            "cited": cited.get(anchor, ""),
            "title": str(page["evidence"][name].get("title", name)),
            "rows": [_evidence_row(row) for row in page["evidence"][name].get("rows", [])],
        }
        for name, anchor in anchors.items()
    ]
    for item in page["evidence"]:
        item["size"] = count_of(len(item["rows"]), "sentence")
    sections = [section for part in page["parts"] for section in part["sections"]]
    for number, section in enumerate(sections, 1):
        section["anchor"] = f"section-{number}"
    return page | {"footnotes": footnotes}


def _segments(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in page["parts"]:
        for section in part["sections"]:
            for block in section["blocks"]:
                yield from block.get("segments", [])
                for line in (*block.get("paragraphs", []), *block.get("rows", [])):
                    yield from line


def _anchors(names: dict[str, Any]) -> dict[str, str]:
    anchors: dict[str, str] = {}
    for name in names:
        anchor = re.sub(r"[^\w.-]+", "-", name)
        while anchor in anchors.values():
            anchor += "-"
        anchors[name] = anchor
    return anchors


def _evidence_row(row: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {field: str(row.get(field) or "") for field in _ROW_FIELDS}
    found = re.search(re.escape(read["form"]), read["sentence"], re.IGNORECASE)
    start, end = found.span() if found else (0, 0)
    sentence = read["sentence"]
    parts = (sentence[:start], sentence[start:end], sentence[end:])
    return read | {"url": valid_url(read["url"]), "parts": parts}


@cache
def _latin_faces() -> str:
    # Cut from watchwords/fonts once, without hinting, to Latin letters and punctuation:
    # pyftsubset X.ttf --flavor=woff2 --no-hinting
    # --layout-features=kern,liga,lnum,tnum,mark,mkmk,ccmp,locl
    # --unicodes=U+0020-007E,U+00A0-017F,U+2010-2027,U+202F,U+2030-203A,U+2044,U+2070-2079,
    # U+20AC,U+2190-2193,U+2212,U+2248,U+2260-2265,U+25A1
    faces = []
    for file in sorted(_TEMPLATES.glob("*.woff2")):
        family, _, style = file.stem.partition("-")
        faces.append(_face((_FAMILIES[family], _WEIGHTS[style]), file.read_bytes(), "woff2"))
    return "".join(faces)


def _chinese_face(letters: set[str]) -> str:
    wanted = sorted(letter for letter in letters if letter in _MARKS or letter >= _FIRST_CHINESE)
    if not set(wanted) - _MARKS or len(wanted) > MAX_CHINESE:
        return ""
    options = Options(layout_features=[], hinting=False, name_IDs=[])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    with TTFont(chinese_fonts()[0], recalcTimestamp=False, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=list(map(ord, wanted)))
        subsetter.subset(font)
        font.flavor = "woff"
        stream = BytesIO()
        font.save(stream)
    return _face(("Watchwords Chinese", 400), stream.getvalue(), "woff")


def _face(named: tuple[str, int], data: bytes, kind: str) -> str:
    family, weight = named
    letters = base64.b64encode(data).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f'src:url(data:font/{kind};base64,{letters}) format("{kind}")}}\n'
    )
