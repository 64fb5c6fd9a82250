"""The term base: a table with one row for each form of each watched concept."""

import csv
import re
from importlib.resources import files
from os import PathLike
from pathlib import Path

import numpy as np
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
    table = concepts.copy()
    table["_row"] = np.arange(len(table)) + 2
    for column in (*REQUIRED, *_OF_CONCEPT, "note"):
        given = table.get(column, pd.Series("", table.index))
        table[column] = given.astype("str").fillna("").str.strip()
    for column in ("needs_context", "exact"):
        table[column] = _read_flags(table, column, source)
    table = table[(table[list(REQUIRED)] != "").any(axis=1)].reset_index(drop=True)
    _check_values(table, source)
    _check_forms(table, source)
    for column in _OF_CONCEPT:
        table[column] = _fill_concept(table, column, source)
    _check_relations(table, source)
    further = [name for name in table.columns if name not in (*COLUMNS, "_row")]
    return table[[*COLUMNS, *further]]


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


def _wrong(source: str, row: int, column: str) -> str:
    return f"{source}, row {row}, column `{column}`: "


def _read_flags(table: pd.DataFrame, column: str, source: str) -> pd.Series:
    if column not in table:
        return pd.Series(False, table.index)
    text = table[column].fillna("").astype("str").str.strip().str.lower()
    known = text.map({"1": True, "true": True, "0": False, "false": False, "": False})
    if known.isna().any():
        at = int(np.flatnonzero(known.isna())[0])
        came = table[column].iloc[at]
        raise SchemaError(_wrong(source, at + 2, column) + f"{came!r} is neither 0 nor 1.")
    return known.astype(bool)


def _check_values(table: pd.DataFrame, source: str) -> None:
    allowed = (
        ("concept_id", table["concept_id"] != "", "is empty; every form belongs to a concept."),
        ("concept_id", ~table["concept_id"].str.contains(r"\s"), "has a blank; write a_b."),
        ("lang", table["lang"].isin(LANGUAGES), "is not known; allowed are: en, zh."),
        ("form", table["form"].str.contains(r"\w"), "has no letter; write the words to find."),
        ("first_use", table["first_use"].str.fullmatch(_DATE), "is not YYYY, YYYY-MM or a day."),
        (
            "first_use_confidence",
            table["first_use_confidence"].isin(_CONFIDENCES),
            "is not high, medium or low.",
        ),
    )
    for column, right, problem in allowed:
        if not right.all():
            at = int(np.flatnonzero(~right)[0])
            where = _wrong(source, table["_row"].iloc[at], column)
            raise SchemaError(f"{where}{table[column].iloc[at]!r} {problem}")


def _check_forms(table: pd.DataFrame, source: str) -> None:
    """One form may stand for two concepts only where both rows say that they need context."""
    folded = table["lang"] + " " + table["form"].str.casefold()
    for _, rows in table[folded.duplicated(keep=False)].groupby(folded, sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        where = _wrong(source, last["_row"], "form") + repr(last["form"])
        if rows["concept_id"].duplicated().any():
            raise SchemaError(f"{where} is listed twice for {last['concept_id']!r}.")
        if not rows["needs_context"].all():
            raise SchemaError(
                f"{where} is a form of {first['concept_id']!r} already (row {first['_row']}); keep "
                "one, or mark both with needs_context = 1."
            )


def _fill_concept(table: pd.DataFrame, column: str, source: str) -> pd.Series:
    """Let what one row says of a concept hold for all its rows; two must not disagree."""
    said = table[table[column] != ""]
    first = said.drop_duplicates("concept_id").set_index("concept_id")[column]
    filled = table["concept_id"].map(first).astype("str").fillna("")
    wrong = (table[column] != "") & (table[column] != filled)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        where = _wrong(source, table["_row"].iloc[at], column)
        earlier = f"{filled.iloc[at]!r} in an earlier row of {table['concept_id'].iloc[at]!r}"
        raise SchemaError(f"{where}{table[column].iloc[at]!r} differs from {earlier}.")
    return filled


def _check_relations(table: pd.DataFrame, source: str) -> None:
    ids = set(table["concept_id"])
    for row, apart in zip(table["_row"], table["keep_apart"], strict=True):
        for other in apart.split():
            if other not in ids:
                raise SchemaError(
                    f"{_wrong(source, row, 'keep_apart')}there is no concept {other!r}; "
                    + nearest(other, ids)
                )
