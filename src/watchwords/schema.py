"""The tables that the stages hand to each other: columns, types and keys, defined once.

A table may carry further columns; those named here must be there and have the type.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from watchwords.errors import SchemaError

Kind = Literal["text", "date", "int", "float", "bool"]


@dataclass(frozen=True)
class TableSpec:
    """Columns with their kind of value, and the columns that identify a row."""

    columns: dict[str, Kind]
    key: tuple[str, ...]


TABLES: dict[str, TableSpec] = {
    "documents": TableSpec(
        {
            "doc_id": "text",
            "date": "date",
            "date_precision": "text",
            "date_basis": "text",
            "date_role": "text",
            "event_date": "text",
            "edtf": "text",
            "lang": "text",
            "title": "text",
            "source": "text",
            "issuer": "text",
            "place": "text",
            "level": "text",
            "genre": "text",
            "translation": "text",
            "translator": "text",
            "translation_of": "text",
            "url": "text",
            "path": "text",
            "text": "text",
            "sha256": "text",
            "duplicate_of": "text",
        },
        ("doc_id",),
    ),
    "rejects": TableSpec(
        {"path": "text", "row": "int", "stage": "text", "reason": "text", "detail": "text"},
        ("path", "row"),
    ),
    "rates": TableSpec(
        {
            "item": "text",
            "lang": "text",
            "group": "text",
            "period": "date",
            "n": "int",
            "n_docs": "int",
            "n_units": "int",
            "unit": "text",
            "n_docs_total": "int",
            "share": "float",
            "share_low": "float",
            "share_high": "float",
            "rate": "float",
            "complete": "bool",
        },
        ("item", "lang", "group", "period"),
    ),
    "hits": TableSpec(
        {
            "doc_id": "text",
            "start": "int",
            "end": "int",
            "concept_id": "text",
            "form": "text",
            "rule": "text",
        },
        ("doc_id", "start", "end", "concept_id"),
    ),
    "topic_terms": TableSpec({"topic": "text", "term": "text", "beta": "float"}, ("topic", "term")),
    "doc_topics": TableSpec(
        {"doc_id": "text", "topic": "text", "gamma": "float"}, ("doc_id", "topic")
    ),
    "trends": TableSpec(
        {
            "item": "text",
            "lang": "text",
            "group": "text",
            "shape": "text",
            "direction": "text",
            "q_value": "float",
            "detected": "bool",
            "claimed": "bool",
            "effect": "float",
            "effect_low": "float",
            "effect_high": "float",
            "onset": "date",
            "onset_low": "date",
            "onset_high": "date",
            "end": "date",
            "end_low": "date",
            "end_high": "date",
            "first_seen": "date",
            "last_seen": "date",
            "n_docs": "int",
            "verdict": "text",
        },
        ("item", "lang", "group"),
    ),
}

_EMPTY: dict[Kind, str] = {
    "text": "str",
    "date": "datetime64[s]",
    "int": "int64",
    "float": "float64",
    "bool": "bool",
}


def check_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Check that a table has the columns, types and unique key of its kind.

    Parameters
    ----------
    name : str
        One of `TABLES`.
    table : pandas.DataFrame
        The table; it is returned unchanged, so that a call can wrap an expression.

    Returns
    -------
    pandas.DataFrame
        `table` itself.

    Raises
    ------
    SchemaError
        If a column is absent or of another type, or two rows share a key.

    Examples
    --------
    >>> check_table("topic_terms", pd.DataFrame({"topic": ["a"], "term": ["war"]}))
    Traceback (most recent call last):
    watchwords.errors.SchemaError: the table `topic_terms` has no column `beta`; \
it has: topic, term.
    """
    spec = TABLES[name]
    for column, kind in spec.columns.items():
        if column not in table.columns:
            present = ", ".join(str(c) for c in table.columns)
            raise SchemaError(f"the table `{name}` has no column `{column}`; it has: {present}.")
        if not _is_kind(table[column], kind):
            raise SchemaError(
                f"the column `{column}` of `{name}` holds {table[column].dtype}, not {kind}."
            )
    repeated = table.duplicated(list(spec.key))
    if repeated.any():
        row = table.loc[repeated, list(spec.key)].iloc[0]
        shown = ", ".join(f"{column} {value!r}" for column, value in row.items())
        raise SchemaError(f"{shown} occurs more than once in `{name}`; it must be unique.")
    return table


def empty_table(name: str) -> pd.DataFrame:
    """Return a table of a kind with no rows and the right types.

    Parameters
    ----------
    name : str
        One of `TABLES`.

    Returns
    -------
    pandas.DataFrame
        No rows; text columns are of pandas' ``str``, dates ``datetime64[s]``.

    Examples
    --------
    >>> list(empty_table("rejects").columns)
    ['path', 'row', 'stage', 'reason', 'detail']
    """
    spec = TABLES[name]
    return pd.DataFrame(
        {column: pd.Series([], dtype=_EMPTY[kind]) for column, kind in spec.columns.items()}
    )


def _is_kind(column: pd.Series, kind: Kind) -> bool:
    if kind == "date":
        return pd.api.types.is_datetime64_dtype(column)
    if kind == "text":
        return isinstance(column.dtype, pd.StringDtype) or (
            column.dtype == np.object_ and bool(column.map(lambda v: isinstance(v, str)).all())
        )
    if kind == "bool":
        return pd.api.types.is_bool_dtype(column)
    if kind == "int":
        return pd.api.types.is_integer_dtype(column)
    return pd.api.types.is_float_dtype(column)
