"""The parts of a Word document that python-docx has no call for: fields, links, marks, bytes."""

import re
import zipfile
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# What XML 1.0 cannot hold, escaped or not.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def legal(text: str) -> str:
    r"""Leave out the characters that no Word file may have.

    Examples
    --------
    >>> legal("a\x00b\ud800c")
    'abc'
    """
    return _ILLEGAL.sub("", text)


def style_id(name: str) -> str:
    """Name a style as a document refers to it; looking it up would take most of the time.

    Examples
    --------
    >>> style_id("Heading 1")
    'Heading1'
    """
    return name.replace(" ", "")


def add_line(place: Any, style: str, text: str = "") -> Paragraph:
    """Add a paragraph.

    Parameters
    ----------
    place : Document or cell
    style : str
        Its style.
    text : str, default ""

    Returns
    -------
    Paragraph
    """
    line: Paragraph = place.add_paragraph()
    line._p.style = style_id(style)
    if text:
        add_text(line, text)
    return line


def element(tag: str, /, **attributes: str) -> Any:
    """Make an element of WordprocessingML.

    Parameters
    ----------
    tag : str
        Such as "w:shd".
    **attributes : str
        In the same namespace.

    Returns
    -------
    lxml element
    """
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_text(paragraph: Paragraph, text: str, style: str = "", *, lang: str = "") -> Run:
    """Add a run of text; Chinese in it is set in the Chinese font, its quotes too.

    Parameters
    ----------
    paragraph : Paragraph
    text : str
    style : str, default ""
        A character style.
    lang : str, default ""
        Of the text, if it is not that of the document.

    Returns
    -------
    Run
    """
    run = paragraph.add_run(legal(text))
    if style:
        run._r.style = style_id(style)
    if _HAN.search(text) or lang.startswith("zh"):
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:hint"), "eastAsia")
    if lang and lang != "en":
        key = "eastAsia" if lang.startswith(("zh", "ja", "ko")) else "val"
        run._r.get_or_add_rPr().append(element("w:lang", **{key: _full(lang)}))
    return run


def _full(lang: str) -> str:
    return {"zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR"}.get(lang, lang)


def add_link(paragraph: Paragraph, text: str, *, style: str, url: str = "", to: str = "") -> None:
    """Add a link to an address or to a bookmark of the document.

    Parameters
    ----------
    paragraph : Paragraph
    text : str
    style : str
        A character style.
    url : str, optional
        An address, checked before.
    to : str, optional
        The name of a bookmark.
    """
    link = OxmlElement("w:hyperlink")
    if url:
        name = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), name)
    else:
        link.set(qn("w:anchor"), to)
    link.append(add_text(paragraph, text, style)._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> Any:
    """Add a field that Word can count anew, with what it shows until then.

    Parameters
    ----------
    paragraph : Paragraph
    instruction : str
        Such as "PAGE" or "SEQ Figure".
    shown : str

    Returns
    -------
    lxml element
    """
    field = element("w:fldSimple", instr=f" {instruction} ")
    field.append(add_text(paragraph, shown)._r)
    paragraph._p.append(field)
    return field


def add_bookmark(paragraph: Paragraph, name: str, number: int, *, first: int = 0) -> None:
    """Mark a paragraph, from one of its elements on, as the place that links lead to.

    Parameters
    ----------
    paragraph : Paragraph
        With its text.
    name : str
    number : int
        Unique in the document.
    first : int, default 0
        Which of its runs, links and fields is the first inside.
    """
    start = element("w:bookmarkStart", id=str(number), name=name)
    inside = [part for part in paragraph._p if part.tag != qn("w:pPr")]
    if inside:
        inside[first].addprevious(start)
    else:
        paragraph._p.append(start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def bookmark_name(text: str) -> str:
    """Make the name of a bookmark: letters, digits and "_", forty at most.

    Examples
    --------
    >>> bookmark_name("table-concept.up")
    'x_table_concept_up'
    """
    return ("x_" + re.sub(r"\W", "_", text, flags=re.ASCII))[:40]


def shade(properties: Any, colour: str) -> None:
    """Put a colour behind a run, paragraph or cell.

    Parameters
    ----------
    properties : lxml element
        Its properties.
    colour : str
        Six hexadecimal digits.
    """
    properties.append(element("w:shd", val="clear", color="auto", fill=colour))


def drop_thumbnail(document: Document) -> None:
    """Leave out the picture of another document that the empty template carries."""
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]


def document_bytes(document: Document) -> bytes:
    """Write a document as the same bytes whenever it is written.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        A ``.docx`` file, its parts sorted, none with a date.
    """
    stream, out = BytesIO(), BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(out, "w") as packed:
        # Word looks for the list of types first.
        names = sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, parts.read(name))
    return out.getvalue()
