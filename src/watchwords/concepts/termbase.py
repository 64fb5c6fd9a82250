"""The term base: a table with one row for each form of each watched concept."""

import csv
import re
from collections.abc import Hashable
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.errors import ReportError, SchemaError, nearest

REQUIRED = ("concept_id", "lang", "form")
COLUMNS = (
    *REQUIRED,
    *("label", "zh", "category", "first_use", "first_use_confidence", "note", "keep_apart"),
    *("needs_context", "exact"),
)
_OF_CONCEPT = ("label", "zh", "category", "first_use", "first_use_confidence", "keep_apart")
LANGUAGES = ("en", "zh")
_CONFIDENCES = ("", "high", "medium", "low")
_FLAGS = ("needs_context", "exact")
_FLAG_VALUES = {"1": True, "true": True, "0": False, "false": False, "": False}
_Row = dict[Hashable, Any]
_LETTER = re.compile(r"[^\W_]")
_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")


def read_concepts(source: str | PathLike[str]) -> pd.DataFrame:
    """Read the concepts to watch.

    The file has one row a form. What is known of a concept as a whole (label, Chinese name,
    category, first known use) may stand in any one of its rows. A first use is background
    knowledge from outside the corpus, never a finding.

    Parameters
    ----------
    source : str or path
        A CSV in UTF-8, with or without byte order mark, or the name of a bundled term base:
        "sotu" (the State of the Union) or "tifa" (fixed formulas of Chinese official texts).

    Returns
    -------
    pandas.DataFrame
        One row a form, in the order of the file: ``concept_id``, ``lang`` ("en" or "zh"),
        ``form``, ``label``, ``zh``, ``category``, ``first_use`` (a year, month or day),
        ``first_use_confidence`` ("high", "medium", "low" or ""), ``note``, ``keep_apart`` (ids
        of concepts it is easily taken for, separated by blanks), ``needs_context`` (bool: the
        form alone does not tell which concept is meant; it is shown, not counted), ``exact``
        (bool: only as listed or in capitals throughout). Unknown text is "". Further columns are
        carried along.

    Raises
    ------
    ReportError
        If there is no such file or bundled name.
    SchemaError
        If a column is absent or a value is wrong; the message names file, row and column.

    See Also
    --------
    watchwords.concepts.match_concepts : The next step.

    Examples
    --------
    >>> concepts = read_concepts("tifa")
    >>> concepts.loc[concepts["concept_id"] == "liang_xian_qu", "form"].tolist()[:2]
    ['两先区', 'two first districts']
    """
    path = _locate(source)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path} is not UTF-8; save it as “CSV UTF-8”.") from error
    if not rows or not rows[0]:
        raise SchemaError(f"{path} is empty; its first line names the columns.")
    header = [name.strip() for name in rows[0]]
    for number, row in enumerate(rows[1:], start=2):
        if any(value.strip() for value in row[len(header) :]):
            raise SchemaError(
                f"{path}, row {number}: {len(row)} values for {len(header)} columns; a form with a "
                "comma must stand in quotes."
            )
    filled = [(row + [""] * len(header))[: len(header)] for row in rows[1:]]
    table = pd.DataFrame(filled, columns=header, dtype="str")
    return check_concepts(table, source=str(path))


def check_concepts(concepts: pd.DataFrame, *, source: str = "`concepts`") -> pd.DataFrame:
    """Check a table of forms and complete it, so that one made by hand can be used too.

    Parameters
    ----------
    concepts : pandas.DataFrame
        With at least ``concept_id``, ``lang`` and ``form``.
    source : str, default "`concepts`"
        Where it is from, for the messages; rows are numbered as in a file with a header.

    Returns
    -------
    pandas.DataFrame
        A completed copy, as `read_concepts` describes it.

    Raises
    ------
    SchemaError
        If a column is absent or a value is wrong.

    Examples
    --------
    >>> rows = {"concept_id": ["war", "peace"], "lang": "en", "form": ["cold war", "Cold War"]}
    >>> check_concepts(pd.DataFrame(rows))
    Traceback (most recent call last):
    watchwords.errors.SchemaError: `concepts`, row 3, column `form`: 'Cold War' is a form of \
'war' already (row 2); keep one, or mark both with needs_context = 1.
    """
    for column in REQUIRED:
        if column not in concepts.columns:
            present = ", ".join(str(name) for name in concepts.columns)
            raise SchemaError(f"{source} has no column `{column}`; it has: {present}.")
    further = [name for name in concepts.columns if name not in COLUMNS]
    records = concepts.to_dict("records")
    rows = [_read_row(record, f"{source}, row {at + 2}") for at, record in enumerate(records)]
    rows = [row for row in rows if any(row[column] for column in REQUIRED)]
    for row in rows:
        _check_row(row)
    _check_forms(rows)
    _fill_concepts(rows)
    _check_relations(rows)
    table = pd.DataFrame(rows, columns=[*COLUMNS, *further])
    return table.astype({name: "bool" if name in _FLAGS else "str" for name in COLUMNS})


def name_concepts(concepts: pd.DataFrame) -> pd.Series:
    """Give each concept a name to print: its label, else its first English form, else its first.

    Parameters
    ----------
    concepts : pandas.DataFrame
        As from `read_concepts`.

    Returns
    -------
    pandas.Series of str
        By ``concept_id``, in the order of the table.

    Examples
    --------
    >>> rows = {"concept_id": ["a", "a"], "lang": ["zh", "en"], "form": ["双碳", "dual carbon"]}
    >>> name_concepts(check_concepts(pd.DataFrame(rows))).to_dict()
    {'a': 'dual carbon'}
    """
    order = concepts.drop_duplicates("concept_id")
    english_first = concepts.sort_values("lang", key=lambda lang: lang != "en", kind="stable")
    forms = english_first.drop_duplicates("concept_id").set_index("concept_id")["form"]
    named = order.set_index("concept_id")["label"]
    return named.where(named != "", forms.reindex(named.index))


def _locate(source: str | PathLike[str]) -> Path:
    bundled = {
        Path(str(entry)).stem: Path(str(entry))
        for entry in files("watchwords").joinpath("data", "concepts").iterdir()
        if str(entry).endswith(".csv")
    }
    if str(source) in bundled:
        return bundled[str(source)]
    if not Path(source).is_file():
        raise ReportError(
            f"`source` is {str(source)!r}: there is no such file, and of the bundled term bases "
            + nearest(str(source), bundled)
        )
    return Path(source)


def _read_row(record: dict[Hashable, Any], where: str) -> _Row:
    row: _Row = dict(record)
    row["_where"] = where
    for column in COLUMNS:
        value = record.get(column, "")
        row[column] = "" if pd.isna(value) else str(value).strip()
    for column in _FLAGS:
        if row[column].lower() not in _FLAG_VALUES:
            raise SchemaError(f"{where}, column `{column}`: {row[column]!r} is neither 0 nor 1.")
        row[column] = _FLAG_VALUES[row[column].lower()]
    return row


def _check_row(row: _Row) -> None:
    allowed = (
        ("concept_id", row["concept_id"] != "", "is empty; every form belongs to a concept."),
        ("concept_id", len(row["concept_id"].split()) == 1, "has a blank; write a_b."),
        ("lang", row["lang"] in LANGUAGES, "is not known; allowed are: en, zh."),
        ("form", _LETTER.search(row["form"]), "has no letter; write the words to find."),
        ("first_use", _DATE.fullmatch(row["first_use"]), "is not YYYY, YYYY-MM or a day."),
        (
            "first_use_confidence",
            row["first_use_confidence"] in _CONFIDENCES,
            "is not high, medium or low.",
        ),
    )
    for column, right, problem in allowed:
        if not right:
            raise SchemaError(f"{row['_where']}, column `{column}`: {row[column]!r} {problem}")


def _check_forms(rows: list[_Row]) -> None:
    """One form may stand for two concepts only where both rows say that they need context."""
    seen: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        where = f"{row['_where']}, column `form`: {row['form']!r}"
        earlier = seen.setdefault((row["lang"], row["form"].casefold()), [])
        for other in earlier:
            number = other["_where"].rsplit(" ", 1)[1]
            if other["concept_id"] == row["concept_id"]:
                raise SchemaError(f"{where} is listed twice for {row['concept_id']!r}.")
            if not (row["needs_context"] and other["needs_context"]):
                raise SchemaError(
                    f"{where} is a form of {other['concept_id']!r} already (row {number}); keep "
                    "one, or mark both with needs_context = 1."
                )
        earlier.append(row)


def _fill_concepts(rows: list[_Row]) -> None:
    """Let what one row says of a concept hold for all its rows; two must not disagree."""
    known: dict[tuple[str, str], str] = {}
    for row in rows:
        for column in _OF_CONCEPT:
            value = known.setdefault((row["concept_id"], column), row[column])
            if not value:
                known[row["concept_id"], column] = row[column]
            elif row[column] not in {"", value}:
                earlier = f"{value!r} in an earlier row of {row['concept_id']!r}"
                where = f"{row['_where']}, column `{column}`: {row[column]!r}"
                raise SchemaError(f"{where} differs from {earlier}.")
    for row in rows:
        row |= {column: known[row["concept_id"], column] for column in _OF_CONCEPT}


def _check_relations(rows: list[_Row]) -> None:
    ids = {row["concept_id"] for row in rows}
    for row in rows:
        for other in row["keep_apart"].split():
            if other not in ids:
                raise SchemaError(
                    f"{row['_where']}, column `keep_apart`: there is no concept {other!r}; "
                    + nearest(other, ids)
                )
