"""What becomes of an input: a source that may be a document, or a rejection with a fixed word."""

import re
from dataclasses import dataclass, field

REASONS = (
    "bad_date",
    "bad_name",
    "bomb",
    "empty",
    "encoding",
    "encrypted",
    "malformed",
    "memory",
    "mismatch",
    "nesting",
    "no_date",
    "no_text",
    "not_regular",
    "outside_root",
    "schema",
    "timeout",
    "too_large",
    "unreadable",
    "unsupported",
    "vanished",
    "xml_dtd",
)
"""The fixed words for why an input did not become a document."""


class Rejected(Exception):  # noqa: N818  (a verdict on one input, not an error of the run)
    """An input is no document; carries a word of `REASONS` and a detail for the analyst."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Rejection:
    """A file (row 0) or a row of a table that did not become a document."""

    path: str
    row: int
    reason: str
    detail: str


@dataclass(frozen=True)
class Source:
    """A text with what its file says about it, before dates and titles are looked for.

    Attributes
    ----------
    path : str
        Relative to the corpus, with "/"; the row of a table as "#12".
    text : str
        As extracted.
    sha256 : str
        Of the file's bytes; of the text for a row of a table.
    fields : dict of str
        Columns, front matter or parts of the path: our names where the rule knows them.
    notes : tuple of (str, str)
        What was done to read it: a code and a detail.
    row : int
        0 for a file.
    """

    path: str
    text: str
    sha256: str
    fields: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    row: int = 0


Outcome = Source | Rejection


def file_of(source: Source) -> str:
    """Give the file a source comes from: its path without the row."""
    return source.path.rsplit("#", 1)[0] if source.row else source.path


_ROW = re.compile(r"(.*)#([1-9]\d*)", re.DOTALL)
_SHEET = re.compile(r"(.*\.xlsx)#([^#]+?)(?:!([1-9]\d*))?", re.DOTALL | re.IGNORECASE)


def split_row(path: str) -> tuple[str, int]:
    """Part the path of a document into its table and its row, 0 if it is a file or a sheet.

    The table of a workbook is a sheet: documents and rejections know it by the same name.

    Examples
    --------
    >>> split_row("speeches.csv#12"), split_row("council.txt")
    (('speeches.csv', 12), ('council.txt', 0))
    >>> split_row("book.xlsx#Sheet1!2"), split_row("book.xlsx#2021")
    (('book.xlsx#Sheet1', 2), ('book.xlsx#2021', 0))
    """
    if sheet := _SHEET.fullmatch(path):
        return f"{sheet[1]}#{sheet[2]}", int(sheet[3] or 0)
    match = _ROW.fullmatch(path)
    return (match[1], int(match[2])) if match else (path, 0)


def drop_row(path: str) -> str:
    """Give the file, or member of an archive, that a document comes from.

    Examples
    --------
    >>> drop_row("book.xlsx#Sheet 1.2!3"), drop_row("a.zip/rows.csv#12")
    ('book.xlsx', 'a.zip/rows.csv')
    """
    sheet = _SHEET.fullmatch(path)
    return sheet[1] if sheet else split_row(path)[0]
