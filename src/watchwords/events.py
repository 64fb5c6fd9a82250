"""Calendars of dated events, to be seen beside what changes: congresses, sessions, elections."""

import csv
import re
from importlib.resources import files
from os import PathLike
from pathlib import Path

import pandas as pd

from watchwords.errors import ReportError, SchemaError, nearest

REQUIRED = ("date", "name")
COLUMNS = ("date", "date_end", "name", "kind", "source")
CALENDARS = ("china", "us")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_events(source: str | PathLike[str]) -> pd.DataFrame:
    """Read a calendar of dated events, to be drawn on charts over time.

    That an event and a change of wording fall together says nothing about why the wording
    changed: the calendar is there to see what returns every year, and what a reader would ask.

    Parameters
    ----------
    source : str or path
        A CSV in UTF-8, with or without byte order mark, one row an event, with ``date`` (a day,
        as 2022-10-16) and ``name``, and if known ``date_end`` (its last day), ``kind`` and
        ``source``; or the name of a bundled calendar: "china" (Party congresses since 1945;
        plenums since 1977, Two Sessions since 1978 and Central Economic Work Conferences since
        1994, up to March 2026) or "us" (presidential elections and inaugurations since 1789, wars).

    Returns
    -------
    pandas.DataFrame
        In order of date: ``date``, ``date_end`` (datetime64; NaT for an event of a day), ``name``,
        ``kind``, ``source`` (where the date is published; str, "" if unknown). Further columns
        are left out.

    Raises
    ------
    ReportError
        If there is no such file or bundled name.
    SchemaError
        If a column is absent or a value is wrong; the message names file, row and column.

    See Also
    --------
    watchwords.charts.plot_rates : Draws them with ``events=``, as all charts over time do.

    Examples
    --------
    >>> events = read_events("china")
    >>> events.loc[events["kind"] == "Party congress", "name"].iloc[-1]
    '20th Party Congress'
    """
    path = _locate(source)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, restval=""))
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path} is not UTF-8; save it as “CSV UTF-8”.") from error
    for column in REQUIRED:
        if not rows or column not in rows[0]:
            raise SchemaError(f"{path} has no column `{column}`, or no rows below the header.")
    records = [
        _read_row(row, f"{path}, row {number}")
        for number, row in enumerate(rows, start=2)
        if any(row.get(column) for column in COLUMNS)
    ]
    table = pd.DataFrame(records, columns=list(COLUMNS))
    table = table.astype(dict.fromkeys(("name", "kind", "source"), "str"))
    for column in ("date", "date_end"):
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d").astype("datetime64[s]")
    return table.sort_values(["date", "name"], kind="stable", ignore_index=True)


def _locate(source: str | PathLike[str]) -> Path:
    if str(source) in CALENDARS:
        return Path(str(files("watchwords").joinpath("data", "events", f"{source}.csv")))
    if not Path(source).is_file():
        raise ReportError(
            f"`source` is {str(source)!r}: there is no such file, and of the bundled calendars "
            + nearest(str(source), CALENDARS)
        )
    return Path(source)


def _read_row(row: dict[str, str], where: str) -> dict[str, str | None]:
    if None in row:
        raise SchemaError(f"{where}: more values than columns; a name with a comma needs quotes.")
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not values["name"]:
        raise SchemaError(f"{where}, column `name`: is empty; say what the event is.")
    days = [values["date"], values["date_end"]]
    for column, day in zip(("date", "date_end"), days, strict=True):
        if (day or column == "date") and not _is_day(day):
            raise SchemaError(f"{where}, column `{column}`: {day!r} is not a day, as 2022-10-16.")
    if days[1] and days[1] < days[0]:
        raise SchemaError(f"{where}: `date_end` {days[1]} lies before `date` {days[0]}.")
    return {**values, "date_end": values["date_end"] or None}


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    return bool(pd.notna(pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")))
