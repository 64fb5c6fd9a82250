"""Word files (.docx): paragraphs and tables in the order they are read."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from watchwords.read.file_properties import check_properties
from watchwords.read.office_packages import check_package
from watchwords.read.outcomes import Source
from watchwords.read.parser_faults import blaming_the_file
from watchwords.read.text import check_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_READ = frozenset(
    {
        *(
            _W + name
            for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")
        ),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SIGNS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "",
}
MAX_CELL = 120


def read_docx(path: str, data: bytes) -> Source:
    """Read a .docx file.

    Headings, paragraphs, lists, text boxes and tables stand in document order, each paragraph a
    line, a row of a table with short cells a line with bars; footnotes follow at the end. Words
    that were deleted under "track changes", fields, headers and footers are not part of the text.

    Parameters
    ----------
    path : str
        Relative path, for the record.
    data : bytes
        The file.

    Returns
    -------
    Source
        ``fields`` hold the title if the text prints it too, and what the file says of itself:
        ``file_title``, ``file_author``, ``file_created``. None of these is a date of publication.

    Raises
    ------
    Rejected
        mismatch, encrypted, bomb, xml_dtd, nesting, malformed, memory, too_large or no_text.
    """
    import docx

    check_package(data, "DOCX")
    with blaming_the_file("DOCX"):
        document = docx.Document(BytesIO(data))
        lines = [*_lines(document.element.body), *_footnotes(document.part)]
        text = "\n".join(lines).strip("\n")
        fields = _properties(document, text)
    return Source(path, check_text(text), hashlib.sha256(data).hexdigest(), fields)


def _lines(body: Any) -> Iterator[str]:
    """Walk the body without recursion: a table row at a time, else a paragraph at a time."""
    pending = [body]
    while pending:
        element = pending.pop()
        if element.tag in _NOT_READ:
            continue
        if element.tag == _W + "p":
            yield _paragraph(element)
            pending.extend(_boxes(element))
        elif element.tag == _W + "tr" and (row := _row(element)) is not None:
            yield row
        else:
            pending.extend(reversed(element))


def _row(row: Any) -> str | None:
    """Give a row of short cells as one line, or None if its cells are read one by one."""
    cells = []
    for cell in row.iterfind(f"{_W}tc"):
        if cell.find(f".//{_W}tbl") is not None:
            return None
        lines = [line for line in map(_paragraph, cell.iterfind(f".//{_W}p")) if line.strip()]
        if len(lines) > 1 or any(len(line) > MAX_CELL for line in lines):
            return None
        cells.append(lines[0].strip() if lines else "")
    return " | ".join(cell for cell in cells if cell) if cells else None


def _paragraph(paragraph: Any) -> str:
    parts: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag in _NOT_READ or element.tag == _W + "p":
            continue
        if element.tag == _W + "t":
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        else:
            pending.extend(reversed(element))
    return "".join(parts)


def _boxes(paragraph: Any) -> list[Any]:
    """List text boxes anchored in a paragraph, outermost only, last first."""
    boxes = [
        box
        for box in paragraph.iterfind(f".//{_W}txbxContent")
        if not any(parent.tag in _NOT_READ for parent in box.iterancestors())
    ]
    return boxes[:1] if len(boxes) == 1 else list(reversed(_outermost(boxes)))


def _outermost(boxes: list[Any]) -> list[Any]:
    inside = set(boxes)
    return [box for box in boxes if not any(parent in inside for parent in box.iterancestors())]


def _footnotes(part: Any) -> Iterator[str]:
    from lxml import etree

    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = etree.fromstring(relation.target_part.blob)
        for note in root:
            if note.get(f"{_W}type") in {None, "normal"}:
                yield from (line.strip() for line in _lines(note))


def _properties(document: Any, text: str) -> dict[str, str]:
    """Read what the file says of itself; nothing if that part of it is broken."""
    try:
        properties = document.core_properties
        created = properties.created
        found = {
            "file_title": properties.title,
            "file_author": properties.author,
            "file_created": "" if created is None else created.date().isoformat(),
        }
    except Exception:
        return {}
    return check_properties(found, text)
