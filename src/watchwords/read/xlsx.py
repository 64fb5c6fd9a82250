"""Excel workbooks (.xlsx): the values of every sheet, one document a row."""

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

from watchwords.errors import SchemaError
from watchwords.read.columns import map_columns, note_absent
from watchwords.read.office_packages import check_package
from watchwords.read.outcomes import Outcome, Rejected, Rejection, Source
from watchwords.read.parser_faults import blaming_the_file
from watchwords.read.rows import row_outcome
from watchwords.read.table_outcomes import hold_back

BATCH_ROWS = 256
MAX_ROWS = 1_048_576
MAX_CELLS = 20_000_000
MAX_TABLE_CHARACTERS = 200_000_000
_SIGNS = re.compile("#|%(?=2[35])")


def read_xlsx(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .xlsx file: the first row that is not blank names the columns of a sheet.

    Values are words as they stand: dates in ISO form, whole numbers without ".0", a formula as
    the value it had when the file was saved (nothing if it was never computed). Sheets that have
    no text are rejected by name and the others read.

    Parameters
    ----------
    path : str
        Relative path; rows are known as Excel knows them, "book.xlsx#Sheet1!2", counted from 1
        with the row of the header.
    data : bytes
        The file.
    columns : mapping
        Our column to the name in the header, where the rule is overruled.

    Yields
    ------
    Source or Rejection
        The path of a rejection names the sheet, its row the row; row 0 is the whole sheet.

    Raises
    ------
    Rejected
        mismatch, encrypted, bomb, xml_dtd, nesting, malformed, memory or no_text: the whole file.
    SchemaError
        If no sheet has a column that holds the text.
    """
    import openpyxl

    check_package(data, "XLSX")
    with blaming_the_file("XLSX"), _quiet():
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheets = list(book.worksheets)
    yield from hold_back(
        found
        for address, sheet in zip(_addresses(path, sheets), sheets, strict=True)
        for found in _read_sheet(address, sheet, columns)
    )


def _addresses(path: str, sheets: list[Any]) -> list[str]:
    """Name sheets apart from each other, "#" written so that it parts file and sheet only once."""
    names: list[str] = []
    for sheet in sheets:
        name = _SIGNS.sub(lambda sign: "%23" if sign[0] == "#" else "%25", sheet.title)
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
    return [f"{path}#{name}" for name in names]


def _read_sheet(
    address: str, sheet: Any, columns: Mapping[str, str]
) -> Iterator[tuple[Outcome, SchemaError | None]]:
    ours: dict[str, str] = {}
    header: list[str] = []
    notes: tuple[tuple[str, str], ...] = ()
    characters = 0
    for row, words in _rows(sheet):
        if isinstance(words, Rejected):
            yield Rejection(address, row, words.reason, f"from here on: {words.detail}"), None
            return
        if not any(word.strip() for word in words):
            continue
        if not header:
            header = _trimmed(words)
            try:
                ours, notes = map_columns(header, columns), note_absent(header, columns)
            except SchemaError as error:
                yield Rejection(address, 0, "schema", str(error)), error
                return
            continue
        characters += sum(map(len, words))
        if characters > MAX_TABLE_CHARACTERS:
            yield Rejection(address, row, "too_large", "the sheet, from here on"), None
            return
        outcome = _outcome(address, row, words, header=header, ours=ours)
        if isinstance(outcome, Source):
            outcome = replace(outcome, path=f"{address}!{row}", notes=notes)
        yield outcome, None


def _outcome(
    address: str, row: int, words: list[str], *, header: list[str], ours: dict[str, str]
) -> Outcome:
    extra = len(_trimmed(words)) - len(header)
    if extra > 0:
        flaw = f"{len(header) + extra} values where the header has {len(header)}"
        return Rejection(address, row, "malformed", flaw)
    padded = [*words, *[""] * len(header)][: len(header)]
    values = {ours[name]: word for name, word in zip(header, padded, strict=True)}
    return row_outcome(address, row, values)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str] | Rejected]]:
    """Give the rows of a sheet their numbers in Excel; what breaks in it ends it with a verdict."""
    sheet.reset_dimensions()
    values = enumerate(sheet.iter_rows(values_only=True), start=1)
    last, cells, verdict = 0, 0, None
    while verdict is None:
        batch: list[tuple[int, list[str] | Rejected]] = []
        try:
            with blaming_the_file("sheet"), _quiet():
                for row, found in islice(values, BATCH_ROWS):
                    last, cells = row, cells + len(found)
                    batch.append((row, [_word(value) for value in found]))
        except Rejected as fault:
            verdict = fault
        if last > MAX_ROWS or cells > MAX_CELLS:
            verdict = Rejected("bomb", f"more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells")
        yield from batch
        if not batch:
            break
    if verdict is not None:
        yield last + 1, verdict


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library warns of (styles, dates beyond its calendar) out of the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _trimmed(words: list[str]) -> list[str]:
    """Cut off the empty cells at the end of a row."""
    end = len(words)
    while end and not words[end - 1].strip():
        end -= 1
    return words[:end]
