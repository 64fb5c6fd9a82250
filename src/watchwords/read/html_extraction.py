"""The main text of a web page as trafilatura finds it, tables as plain lines."""

import logging
import re
from copy import copy
from typing import Any

MAX_CELL = 300
MAX_TABLES = 500
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?:-{3,})?")
_TABLE_TAGS = ("table", "tbody", "thead", "tr", "td", "th")


def extract_text(tree: Any) -> list[str]:
    """Extract the main text of a page.

    Tables that lay out the page (a cell holds paragraphs, or another table) are read as blocks;
    rows of other tables are lines with bars between their cells.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        Left as it is.

    Returns
    -------
    list of str
        Lines; empty if there is no main text.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    page = tree
    if any(_is_layout(table) for table in list(tree.iter("table"))[:MAX_TABLES]):
        page = copy(tree)
        _unlay(page)
    found: Any = bare_extraction(page, include_comments=False, include_tables=True)
    words = (found.text or "") if found is not None else ""
    lines = [_row(line.strip()) for line in words.split("\n")]
    return [line for line in lines if line]


def _unlay(page: Any) -> None:
    """Turn tables that lay out the page into blocks."""
    for table in list(page.iter("table"))[:MAX_TABLES]:
        if table.tag == "table" and _is_layout(table):
            for element in list(table.iter(*_TABLE_TAGS)):
                if (
                    element.tag in _TABLE_TAGS
                    and next(element.iterancestors("table"), table) is table
                ):
                    element.tag = "div"
            table.tag = "div"


def _is_layout(table: Any) -> bool:
    if table.find(".//table") is not None:
        return True
    return any(
        (len(cell.text_content()) > MAX_CELL and cell.find(".//br") is not None)
        or len(cell.findall(".//p")) > 2
        for cell in table.iter("td")
    )


def _row(line: str) -> str:
    """Take the frame off a row of a table; "" for the rule under its head."""
    if not line.startswith("|"):
        return line
    if _RULE.fullmatch(line):
        return ""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return re.sub(r"(?<=[:：]) \| ", " ", " | ".join(cell for cell in cells if cell))
