"""The brief for those who must edit before they send: its JSON as a Word document."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.shared import Inches, Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from watchwords.briefs.docx_parts import (
    add_bookmark,
    add_field,
    add_line,
    add_link,
    add_text,
    bookmark_name,
    document_bytes,
    legal,
    style_id,
)
from watchwords.briefs.docx_styles import TEXT_WIDTH, new_document
from watchwords.briefs.docx_tables import SPARK, add_frame, add_table
from watchwords.briefs.outline import outline_brief
from watchwords.briefs.pictures import PPI, draw_pixels, pixel_size
from watchwords.errors import WatchwordsError

WHERE = (
    "Every number in bold leads to its sentences in report.html and data/evidence.csv, which were "
    "made with this document. What is changed here is not changed there."
)
Place = Document | _Cell


def write_docx(brief: dict[str, Any], path: Path, *, timestamp: datetime.datetime) -> None:
    """Write a brief as a Word document, to be edited.

    Headings, captions, quotes and small print are styles; tables repeat their header row; figures
    are pictures with an alternative text; references to figures and tables are fields, which
    count anew when some are deleted. Footnotes stand at the end. Nothing is left out but the
    evidence, which stays in the page. The same brief and timestamp give the same bytes.

    Parameters
    ----------
    brief : dict
        The JSON of a brief. Not changed.
    path : Path
        Where to write; the folder must exist.
    timestamp : datetime
        The date of creation in the file, with a time zone.

    Raises
    ------
    ReportError
        If an exhibit is malformed; see `watchwords.briefs.outline.outline_brief`.
    WatchwordsError
        If `timestamp` has no time zone, or a drawing is broken.
    """
    if timestamp.tzinfo is None:
        raise WatchwordsError(
            f"timestamp={timestamp.isoformat()} has no time zone; pass "
            "timestamp.replace(tzinfo=datetime.UTC)."
        )
    outline = outline_brief(brief)
    document = new_document(outline["cover"])
    _describe(document, outline["cover"], timestamp)
    writer = _Writer(document, _pictures(outline), count(1), [])
    _write_cover(writer, outline)
    for part in outline["parts"]:
        _write_part(writer, part)
    _write_end(writer, outline)
    path.write_bytes(document_bytes(document))


@dataclass(frozen=True)
class _Writer:
    """A document being written: its pictures, the numbers of its bookmarks, its notes."""

    document: Document
    pictures: dict[str, bytes]
    numbers: Iterator[int]
    notes: list[str]

    def line(self, style: str, text: str = "", *, place: Place | None = None) -> Paragraph:
        return add_line(place or self.document, style, text)

    def small(self, note: str, *, place: Place | None = None) -> None:
        if note:
            self.line("Watchwords Small", note, place=place)

    def mark(self, paragraph: Paragraph, name: str, *, first: int = 0) -> None:
        add_bookmark(paragraph, bookmark_name(name), next(self.numbers), first=first)


def _describe(document: Document, cover: dict[str, str], timestamp: datetime.datetime) -> None:
    about = document.core_properties
    day = timestamp.astimezone(datetime.UTC).replace(tzinfo=None)
    about.title, about.subject = legal(cover["title"]), legal(cover["corpus"])
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = day
    about.revision, about.language = 1, cover["lang"]


def _blocks(outline: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in outline["parts"]:
        for section in part["sections"]:
            yield from section["blocks"]


def _pictures(outline: dict[str, Any]) -> dict[str, bytes]:
    """Turn every drawing into pixels, at once: one by one would take ten times as long."""
    svgs: dict[str, None] = {}
    for block in _blocks(outline):
        for item in block.get("items", []):
            svgs[item["svg"]] = None
        if block["kind"] == "table":
            svgs |= {cell["svg"]: None for row in block["rows"] for cell in row if cell["svg"]}
    return dict(zip(svgs, draw_pixels(list(svgs)), strict=True))


def _write_cover(writer: _Writer, outline: dict[str, Any]) -> None:
    cover = outline["cover"]
    kicker = " · ".join(part for part in (cover["kicker"], cover["as_of_words"]) if part)
    writer.line("Watchwords Kicker", kicker)
    writer.line("Title", cover["title"])
    if cover["subtitle"]:
        writer.line("Subtitle", cover["subtitle"])
    span = " · ".join(part for part in (cover["corpus"], cover["span"]) if part)
    writer.small(span)
    if cover["label"]:
        add_text(writer.line("Subtitle"), cover["label"], "Watchwords Mark")
    if not outline["facts"]:
        return
    for cell, fact in zip(
        add_frame(writer.document, len(outline["facts"])), outline["facts"], strict=True
    ):
        cell.paragraphs[0]._p.style = style_id("Watchwords Fact")
        add_text(cell.paragraphs[0], fact["value"])
        writer.small(fact["label"], place=cell)


def _write_part(writer: _Writer, part: dict[str, Any]) -> None:
    if not part["sections"]:
        return
    level = 1
    if part["title"]:
        heading = writer.line("Heading 1", part["title"])
        heading.paragraph_format.page_break_before = True
        level = 2
    for section in part["sections"]:
        if section["title"]:
            writer.line(f"Heading {level}", section["title"])
        for block in section["blocks"]:
            _WRITE[block["kind"]](writer, block, level + 1)


def _write_segments(
    writer: _Writer, line: Paragraph, parts: list[dict[str, Any]], *, lang: str = ""
) -> None:
    for part in parts:
        if part["svg"]:
            _add_picture(line, writer.pictures[part["svg"]], part["alt"], width=Mm(SPARK))
        elif part["target"]:
            name = bookmark_name(part["target"])
            add_link(line, part["text"], style="Watchwords Link", to=name)
        else:
            style = "Watchwords Number" if part["evidence"] else ""
            add_text(line, part["text"], "Watchwords Mark" if part["mark"] else style, lang=lang)
        if part["footnote"]:
            writer.notes.append(part["footnote"])
            number = str(len(writer.notes))
            add_link(line, number, style="Watchwords Note Mark", to=bookmark_name(f"note {number}"))


def _write_finding(writer: _Writer, block: dict[str, Any], level: int) -> None:
    heading = writer.line(f"Heading {level}", f"{block['number']}  {block['headline']}")
    writer.mark(heading, block["id"])
    _write_segments(writer, writer.line("Normal"), block["segments"], lang=block.get("lang", ""))
    writer.small(block["note"])


def _caption(writer: _Writer, block: dict[str, Any], place: Place | None = None) -> None:
    """Write a caption with its number as a field: when one is deleted, the rest counts on."""
    line = writer.line("Caption", place=place)
    word, _, number = block["label"].partition(" ")
    add_text(line, f"{word} ", "Watchwords Number")
    add_field(line, f"SEQ {word} \\* ARABIC", number)
    writer.mark(line, block["id"])
    add_text(line, f"  {block['title']}")


def _write_figures(writer: _Writer, row: dict[str, Any], _: int) -> None:
    pair = len(row["items"]) == 2
    places: list[Any] = add_frame(writer.document, 2) if pair else [writer.document]
    for block, place in zip(row["items"], places, strict=True):
        _caption(writer, block, place)
        png = writer.pictures[block["svg"]]
        width = TEXT_WIDTH / 2 - 4 if block["width"] == "half" else TEXT_WIDTH
        _add_picture(
            writer.line("Watchwords Picture", place=place), png, block["alt"], width=Mm(width)
        )
        writer.small(block["note"], place=place)
        if pair:  # a cell begins with an empty line
            first = place.paragraphs[0]._p
            first.getparent().remove(first)


def _add_picture(line: Paragraph, png: bytes, alt: str, *, width: int | None = None) -> None:
    size = Inches(pixel_size(png)[0] / PPI)
    shape = line.add_run().add_picture(BytesIO(png), width=min(width or size, Mm(TEXT_WIDTH)))
    about = shape._inline.docPr
    about.set("descr", legal(alt))


def _write_table(writer: _Writer, block: dict[str, Any], _: int) -> None:
    _caption(writer, block)
    table = add_table(writer.document, block)
    for row, cells in zip(list(table.rows)[1:], block["rows"], strict=True):
        for cell, part in zip(row.cells, cells, strict=True):
            _write_segments(writer, cell.paragraphs[0], [part])
    # Without a line between them Word would join two tables.
    writer.line("Watchwords Small", block["note"])


def _write_quote(writer: _Writer, block: dict[str, Any], _: int) -> None:
    line = writer.line("Quote")
    _write_segments(writer, line, block["segments"], lang=block.get("lang", ""))
    line.paragraph_format.keep_with_next = True
    writer.mark(line, block["id"])
    source = writer.line("Watchwords Small")
    source.paragraph_format.left_indent = Mm(6)
    if block["url"]:
        add_link(source, block["source"], style="Watchwords Link", url=block["url"])
    else:
        add_text(source, block["source"])
    rest = [part for part in (block["date"], block["doc_id"]) if part]
    add_text(source, "".join(f" · {part}" for part in rest))
    writer.small(block["note"])


def _write_note(writer: _Writer, block: dict[str, Any], level: int) -> None:
    styles = {"refusal": "Watchwords Refusal", "method": "Watchwords Method"}
    if block["title"]:
        writer.line(f"Heading {min(level, 3)}", block["title"])
    for number, parts in enumerate(block["paragraphs"]):
        style = styles.get(block["style"], "Normal")
        plain = block["style"] == "refusal" and number > 0
        line = writer.line("Normal" if plain else style)
        _write_segments(writer, line, parts)
        if number == 0:
            writer.mark(line, block["id"])
    writer.small(block["note"])


def _write_end(writer: _Writer, outline: dict[str, Any]) -> None:
    has_annex = bool(outline["parts"][-1]["sections"])
    level = 2 if has_annex else 1
    if outline["provenance"]:
        writer.line(f"Heading {level}", "Provenance")
        for key, value in outline["provenance"]:
            line = writer.line("Watchwords Small")
            line.paragraph_format.space_after = 0
            add_text(line, f"{key}: ", "Watchwords Number")
            add_text(line, value)
    writer.line(f"Heading {level}", "Notes")
    for number, note in enumerate(writer.notes, start=1):
        line = writer.line("Watchwords Small", f"{number}  {note}")
        writer.mark(line, f"note {number}")
    writer.small(WHERE)


_WRITE: dict[str, Callable[[_Writer, dict[str, Any], int], None]] = {
    "finding": _write_finding,
    "figures": _write_figures,
    "table": _write_table,
    "quote": _write_quote,
    "note": _write_note,
}
