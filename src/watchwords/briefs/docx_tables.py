"""Tables of a Word document: a header row that is repeated, and columns as wide as their text."""

import unicodedata
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from watchwords.briefs.docx_parts import add_text, element, style_id
from watchwords.briefs.docx_styles import TABLE, TEXT_WIDTH

# Of a letter and a Chinese character at the size of a table, and of a cell's two margins, in mm.
_LETTER, _HAN, _PADDING = 1.66, 3.05, 3.6
SPARK = 18.0
UNBROKEN = 12
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def add_table(document: Document, block: dict[str, Any]) -> Table:
    """Add a table with its header row and empty cells.

    Parameters
    ----------
    document : Document
    block : dict
        A table of the outline: ``columns``, ``rows``, ``title``.

    Returns
    -------
    Table
        Its cells have the right width, alignment and style, and no text below the header.
    """
    columns, rows = block["columns"], block["rows"]
    table: Table = document.add_table(len(rows) + 1, len(columns), TABLE)
    table.autofit = False
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))
    # What a reader who does not see the table is told of it.
    properties.append(element("w:tblCaption", val=block["title"]))
    widths = column_widths(columns, rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    # A short table stays on one page, a long one begins with three rows.
    held = len(rows) if len(rows) <= UNBROKEN else 3
    for number, row in enumerate(table.rows):
        tags = row._tr.get_or_add_trPr()
        tags.append(element("w:cantSplit"))
        if number == 0:
            tags.append(element("w:tblHeader"))
        for cell, column, width in zip(row.cells, columns, widths, strict=True):
            cell.width = Mm(width)
            line = cell.paragraphs[0]
            line._p.style = style_id("Watchwords Cell" if number else "Watchwords Head")
            line.alignment = _ALIGN[column["align"]]
            if number < held:
                line.paragraph_format.keep_with_next = True
            if number == 0:
                add_text(line, column["label"])
    return table


def add_frame(document: Document, n: int) -> list[_Cell]:
    """Add a row of cells without lines, for what stands side by side.

    Parameters
    ----------
    document : Document
    n : int
        How many.

    Returns
    -------
    list of _Cell
    """
    table = document.add_table(1, n)
    table.autofit = False
    for cell in table.rows[0].cells:
        cell.width = Mm(TEXT_WIDTH / n)
    return list(table.rows[0].cells)


def column_widths(columns: list[dict[str, str]], rows: list[list[dict[str, Any]]]) -> list[float]:
    """Share the width of the page: narrow columns keep their width, the widest share the rest.

    Parameters
    ----------
    columns : list of dict
        ``label`` and ``width``; where all fits, those of a width in "fr" take what is left.
    rows : list of list of dict
        Cells with ``text`` and ``svg``.

    Returns
    -------
    list of float
        In mm; they add up to the width of the text.

    Examples
    --------
    >>> columns = [{"label": "Term", "width": "1fr"}, {"label": "n", "width": "auto"}]
    >>> [round(width) for width in column_widths(columns, [[{"text": "war"}, {"text": "12"}]])]
    [158, 7]
    """
    wanted = [
        _PADDING
        + max(_text_width(column["label"]) * 1.1, *(_cell_width(row[place]) for row in rows))
        if rows
        else _text_width(column["label"]) + _PADDING
        for place, column in enumerate(columns)
    ]
    left = TEXT_WIDTH - sum(wanted)
    if left >= 0:
        roomy = [place for place, column in enumerate(columns) if "fr" in column["width"]]
        for place in roomy or range(len(wanted)):
            wanted[place] += left / len(roomy or wanted)
        return wanted
    room, widest = float(TEXT_WIDTH), float(TEXT_WIDTH)
    for taken, width in enumerate(sorted(wanted)):
        share = room / (len(wanted) - taken)
        if width > share:
            widest = share
            break
        room -= width
    return [min(width, widest) for width in wanted]


def _cell_width(cell: dict[str, Any]) -> float:
    return SPARK + 1 if cell.get("svg") else _text_width(cell["text"])


def _text_width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return wide * _HAN + (len(text) - wide) * _LETTER
