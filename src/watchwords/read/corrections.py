"""metadata.csv: what the analyst knows better than the machine, kept as data."""

import csv
import os
import re
import tempfile
import unicodedata
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from io import StringIO
from pathlib import Path, PurePosixPath

import pandas as pd

from watchwords.errors import ReportError, nearest
from watchwords.read.dates import describe_known, parse_date, resolve_known
from watchwords.read.encodings import decode
from watchwords.read.folders import read_bytes
from watchwords.read.outcomes import Rejected
from watchwords.read.records import TRANSLATIONS
from watchwords.schema import TABLES

FILE_NAME = "metadata.csv"
COLUMNS = ("path", "column", "value", "reason", "by", "on")
_CLOSE = 0.88
_LEAST_STEM = 5
_FIXED = {"doc_id", "path", "text", "raw", "sha256", "duplicate_of", "date_text", "date_precision",
          "date_basis", "edtf"}  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """A row of metadata.csv; `row` counts from 1 below the header."""

    row: int
    path: str
    column: str
    value: str
    reason: str
    by: str
    on: str


def is_corrections(data: bytes) -> bool:
    """Say whether a file called metadata.csv holds corrections rather than documents.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool
        False if its header has a column of texts.
    """
    try:
        header = next(csv.reader(StringIO(decode(data).text, newline="")), [])
    except (Rejected, csv.Error):
        return True
    return not {"text", "body", "content"} & {name.strip().lower() for name in header}


def read_corrections(path: str | os.PathLike[str]) -> list[Correction]:
    """Read metadata.csv; rows without a value are to do and come back too.

    Parameters
    ----------
    path : path
        UTF-8 CSV with the columns path, column, value, reason, by, on; others are ignored.

    Returns
    -------
    list of Correction

    Raises
    ------
    ReportError
        If it cannot be read or lacks a column.
    """
    file = Path(path)
    try:
        text = decode(read_bytes(file, file.parent)).text
        rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    except (Rejected, csv.Error) as error:
        raise ReportError(f"`metadata` {str(file)!r} cannot be read: {error}.") from None
    header = [name.strip().lower() for name in rows[0]] if rows else []
    missing = [name for name in ("path", "column", "value") if name not in header]
    if missing:
        raise ReportError(
            f"`metadata` {str(file)!r} lacks the column {missing[0]!r}; its columns are "
            f"{', '.join(COLUMNS)}."
        )
    corrections = []
    for number, row in enumerate(rows[1:], start=1):
        values = dict(zip(header, (value.strip() for value in row), strict=False))
        if any(values.values()):
            given = [values.get(name, "") for name in COLUMNS]
            given[0] = given[0].removeprefix("./")
            corrections.append(Correction(number, *given))
    return corrections


def apply_corrections(
    documents: pd.DataFrame,
    corrections: Sequence[Correction],
    *,
    as_of: date,
    rejected: Sequence[str] = (),
) -> pd.DataFrame:
    """Overrule what was found by what the analyst decided.

    A corrected date has ``date_basis`` "analyst: <reason>"; the value "none" takes a wrong date
    away. The path "*" means every document; rows that name one document come after it, and of two
    rows for the same value the later one holds.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents.
    corrections : sequence of Correction
        Rows without a value are left out.
    as_of : datetime.date
        A later date is refused.
    rejected : sequence of str
        Paths that may be named although they are no documents, however they are spelt.

    Returns
    -------
    pandas.DataFrame
        A corrected copy, in the same order of rows.

    Raises
    ------
    ReportError
        If a row names what is nearly the name of a document, no column, or a value that cannot
        be read; it names the row. Rows for documents that are gone are left out.
    """
    table = documents.reset_index(drop=True)
    decided = [item for item in corrections if item.value]
    places: dict[str, list[int]] = {}
    for key in ("doc_id", "path"):
        for at, name in enumerate(table[key]):
            places[name] = [at]
    places["*"] = list(range(len(table)))
    for item in sorted(decided, key=lambda item: (item.path != "*", item.row)):
        rows = places.get(item.path)
        if rows is None:
            _check_gone(item, places, rejected=rejected)
            continue
        _check_item(item, table)
        changes = _date_changes(item, as_of) if item.column == "date" else {item.column: item.value}
        for column, value in changes.items():
            table.loc[rows, column] = value
        if item.column == "date":
            posted = str(changes["edtf"])
            table.loc[rows, "event_date"] = [
                _complete(known, posted) for known in table.loc[rows, "event_date"]
            ]
    return table


def absent_paths(
    documents: pd.DataFrame, corrections: Sequence[Correction], *, known: Set[str] = frozenset()
) -> list[str]:
    """List the paths in metadata.csv that are no document, and no slip of the pen for one.

    Parameters
    ----------
    documents : pandas.DataFrame
    corrections : sequence of Correction
    known : set of str, default empty
        Paths that are or were in the corpus: those are no slips.

    Returns
    -------
    list of str
        In alphabetical order.
    """
    names = {"*", *documents["doc_id"], *documents["path"]}
    absent = {item.path for item in corrections if item.value} - names
    return sorted(path for path in absent if path in known or not is_misspelt(path, names))


def is_misspelt(path: str, names: Collection[str]) -> bool:
    """Say whether a path is most likely meant for one that is there.

    Two names that differ in their digits, or short ones in a single letter, are two names.

    Parameters
    ----------
    path : str
    names : collection of str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_misspelt("2019/ Ropes.TXT", ["2019/ropes.txt"]), is_misspelt("b.txt", ["a.txt"])
    (True, False)
    >>> is_misspelt("ropes-2.txt", ["ropes-1.txt"]), is_misspelt("harbour.txt", ["habour.txt"])
    (False, True)
    """
    plain = _plain(path)
    folded = {name: _plain(name) for name in names if _digits(name) == _digits(path)}
    if plain in folded.values():
        return True
    close = get_close_matches(plain, list(folded.values()), n=1, cutoff=_CLOSE)
    if not close:
        return False
    return len(close[0]) != len(plain) or len(PurePosixPath(plain).stem) >= _LEAST_STEM


def _plain(path: str) -> str:
    words = unicodedata.normalize("NFKC", path).replace("\\", "/").casefold()
    return "".join(words.split()).removeprefix("./")


def _digits(path: str) -> list[str]:
    return re.findall(r"\d+", path)


def write_todo(
    documents: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] = ("date",),
) -> int:
    """Write metadata.csv with a row for every document that lacks a date, and what is known.

    Rows in which the analyst has written a value, a reason, a name or a day are kept as they
    are; rows that are still empty are written anew.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents, as read.
    path : path
        The file, usually metadata.csv beside the texts.
    columns : sequence of str, default ("date",)
        What to ask for where it is empty: "date", and columns such as "issuer" or "place".

    Returns
    -------
    int
        Rows to be filled.

    Raises
    ------
    ReportError
        If the file is there and is no metadata.csv, or a column is not one of documents.
    """
    file = Path(path)
    kept = []
    if file.exists():
        kept = [
            item
            for item in read_corrections(file)
            if item.value or item.reason or item.by or item.on
        ]
    decided = {(item.path, item.column) for item in kept}
    rows = [[*_cells(item), ""] for item in kept]
    todo = []
    for column in columns:
        _check_column(column, documents)
        empty = documents[column].isna() if column == "date" else documents[column] == ""
        lacking = documents[empty].sort_values("path", kind="stable")
        for record in lacking.to_dict("records"):
            names = {(str(record["path"]), column), (str(record["doc_id"]), column)}
            if names & decided:
                continue
            known = describe_known(str(record["edtf"]), str(record["date_text"]))
            todo.append([_guard(str(record["path"])), column, "", "", "", "", known])
    _write_csv(file, [*rows, *todo])
    return len(todo)


def _check_gone(item: Correction, places: Collection[str], *, rejected: Sequence[str]) -> None:
    if item.path not in rejected and is_misspelt(item.path, places):
        raise _wrong(item, f"`path` {item.path!r} is no document; {nearest(item.path, places)}")


def _check_item(item: Correction, table: pd.DataFrame) -> None:
    try:
        _check_column(item.column, table)
    except ReportError as error:
        raise _wrong(item, str(error)) from None
    if item.column == "translation" and item.value not in TRANSLATIONS:
        raise _wrong(item, f"`value` is {item.value!r}; {nearest(item.value, TRANSLATIONS)}")


def _date_changes(item: Correction, as_of: date) -> dict[str, str | pd.Timestamp | None]:
    basis = f"analyst: {item.reason}" if item.reason else "analyst: no reason given"
    if item.value.lower() == "none":
        return {
            "date": None,
            "date_precision": "none",
            "date_role": "",
            "edtf": "",
            "date_basis": basis,
            "date_text": item.value,
        }
    found = parse_date(item.value, as_of=as_of)
    if found.date is None or found.flags:
        flaw = "lies after the day of judgement" if "future" in found.flags else "is no date"
        raise _wrong(item, f"`value` {item.value!r} {flaw}; write 2021-02-03, 2021-02 or 2021")
    return {
        "date": pd.Timestamp((found.date + "-01-01")[:10]).as_unit("s"),
        "date_precision": found.precision,
        "date_role": "publication",
        "edtf": found.date,
        "date_basis": basis,
        "date_text": item.value,
    }


def _complete(known: str, posted: str) -> str:
    """Complete an event without its year, once the analyst gave the day of posting."""
    return resolve_known(known, date.fromisoformat(posted)) if len(posted) == 10 else known


def _check_column(column: str, documents: pd.DataFrame) -> None:
    allowed = [name for name in [*TABLES["documents"].columns, *documents.columns]
               if name not in _FIXED]  # fmt: skip
    if column not in allowed:
        raise ReportError(f"`column` is {column!r}; {nearest(column, set(allowed))}")


def _wrong(item: Correction, message: str) -> ReportError:
    return ReportError(f"metadata.csv, row {item.row}: {message}.".replace("..", "."))


def _cells(item: Correction) -> list[str]:
    return [_guard(item.path), item.column, item.value, item.reason, item.by, item.on]


def _guard(path: str) -> str:
    """Keep a spreadsheet from taking a file name for a formula; reading drops the "./"."""
    return f"./{path}" if path[:1] in "=+-@" else path


def _write_csv(file: Path, rows: list[list[str]]) -> None:
    """Write the whole file beside the old one, then put it in its place."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".metadata-", suffix=".csv")
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*COLUMNS, "known"])
        writer.writerows(rows)
    Path(name).chmod(0o644)
    Path(name).replace(file)
