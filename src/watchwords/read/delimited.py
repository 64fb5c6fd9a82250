"""Comma- and tab-separated tables, every value kept as it is written."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO

from watchwords.read.columns import map_columns
from watchwords.read.encodings import decode
from watchwords.read.outcomes import Outcome, Rejected, Rejection
from watchwords.read.rows import row_outcome

MAX_FIELD = 5_000_000


def read_delimited(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .csv or .tsv file, one document a row.

    "NA", "NO", "null" and "007" stay the words they are. A row with another number of fields
    than the header is rejected and the others go on; a quote that is never closed costs the rows
    it swallows, which are named.

    Parameters
    ----------
    path : str
        Relative path; rows are known as "table.csv#1", the first below the header.
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
    decoded = decode(data)
    notes = (("encoding_guessed", decoded.guessed),) if decoded.guessed else ()
    row = 0
    ours: dict[str, str] = {}
    header: list[str] = []
    for lines, fields, fault in _records(decoded.text, _delimiter(decoded.text, path)):
        if not header:
            if fault:
                raise Rejected("malformed", f"the header: {fault}")
            header, ours = fields, map_columns(fields, columns)
            continue
        row += 1
        if fault:
            yield Rejection(path, row, "malformed", f"{lines}: {fault}")
            continue
        if len(fields) != len(header):
            flaw = f"{lines}: {len(fields)} fields where the header has {len(header)}"
            yield Rejection(path, row, "malformed", flaw)
            continue
        values = {ours[name]: value for name, value in zip(header, fields, strict=True)}
        yield row_outcome(path, row, values, notes=notes)
    if not header:
        raise Rejected("no_text", "no header and no row")


def _records(text: str, delimiter: str) -> Iterator[tuple[str, list[str], str]]:
    """Read rows that are not blank: the lines they stand on, their fields, or what is wrong."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start, fault = reader.line_num + 1, ""
        fields: list[str] = []
        try:
            with _long_fields():
                fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = _plain(error)
        if fault or any(field.strip() for field in fields):
            end = reader.line_num
            yield (f"line {start}" if start == end else f"lines {start} to {end}"), fields, fault


def _delimiter(text: str, path: str) -> str:
    """Take the tab in .tsv files; in others the comma unless the header has none."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if path.lower().endswith(".tsv"):
        return "\t"
    return next((sign for sign in (",", "\t", ";") if sign in first), ",")


def _plain(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "a quote that opens here is never closed"
    return str(error)


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let fields be as long as a document for one call; the limit is one for the process."""
    before = csv.field_size_limit(MAX_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)
