"""Comma- and tab-separated tables, every value kept as it is written."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from watchwords.read.columns import map_columns, note_absent
from watchwords.read.encodings import open_lines
from watchwords.read.limits import MAX_FIELD_CHARACTERS
from watchwords.read.outcomes import Outcome, Rejected, Rejection
from watchwords.read.rows import row_outcome

_MAX_LINE = 20 * MAX_FIELD_CHARACTERS
_HEAD = 100_000


def read_delimited(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .csv or .tsv file, one document a row.

    "NA", "NO", "null" and "007" stay the words they are. A row with another number of fields
    than the header is rejected and the others go on; a quote that is never closed costs the rows
    it swallows, which are named.

    Parameters
    ----------
    path : str
        Relative path; rows are known as "table.csv#1", the first below the header. Blank rows
        are nothing that could be read or rejected, but they count, as in a spreadsheet.
    data : bytes
        The file.
    columns : mapping
        Our column to the name in the header, where the rule is overruled.

    Yields
    ------
    Source or Rejection

    Raises
    ------
    Rejected
        encoding or malformed: the whole file.
    SchemaError
        If no column holds the text.
    """
    file, guessed = open_lines(data)
    notes: tuple[tuple[str, str], ...] = (("encoding_guessed", guessed),) if guessed else ()
    row = 0
    ours: dict[str, str] = {}
    header: list[str] = []
    for lines, fields, fault in _records(file, _delimiter(file, path)):
        blank = not fields and not fault
        row += bool(header)
        if blank:
            continue
        if not header:
            if fault:
                raise Rejected(fault.reason, f"the header: {fault.detail}")
            header, ours = fields, map_columns(fields, columns)
            notes = (*notes, *note_absent(fields, columns))
            continue
        if fault:
            yield Rejection(path, row, fault.reason, f"{lines}: {fault.detail}")
            continue
        if len(fields) != len(header):
            flaw = f"{lines}: {len(fields)} fields where the header has {len(header)}"
            yield Rejection(path, row, "malformed", flaw)
            continue
        values = {ours[name]: value for name, value in zip(header, fields, strict=True)}
        yield row_outcome(path, row, values, notes=notes)
    if not header:
        raise Rejected("no_text", "no header and no row")


def _records(file: TextIO, delimiter: str) -> Iterator[tuple[str, list[str], Rejected | None]]:
    """Read rows: the lines they stand on, their fields (none if blank), or what is wrong."""
    reader = csv.reader(_lines(file), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        fault: Rejected | None = None
        fields: list[str] = []
        try:
            with _long_fields():
                fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = _verdict(error)
        end = reader.line_num
        lines = f"line {start}" if start == end else f"lines {start} to {end}"
        yield lines, fields if any(field.strip() for field in fields) else [], fault


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_MAX_LINE + 2):
        if len(line) > _MAX_LINE + 1 and not line.endswith(("\n", "\r")):
            raise csv.Error(f"a line of more than {_MAX_LINE:,} characters; the rest is not read")
        yield line


def _delimiter(file: TextIO, path: str) -> str:
    """Take the tab in .tsv files; in others the comma unless the header has none."""
    first = file.read(_HEAD).lstrip("\r\n").split("\n", 1)[0]
    file.seek(0)
    if path.lower().endswith(".tsv"):
        return "\t"
    return next((sign for sign in (",", "\t", ";") if sign in first), ",")


def _verdict(error: csv.Error) -> Rejected:
    words = str(error)
    if "unexpected end of data" in words:
        return Rejected("malformed", "a quote that opens here is never closed")
    if "field limit" in words:
        words = f"a field of more than {MAX_FIELD_CHARACTERS:,} characters"
    return Rejected("too_large" if "more than" in words else "malformed", words)


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let fields be as long as a document for one call; the limit is one for the process."""
    before = csv.field_size_limit(MAX_FIELD_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
