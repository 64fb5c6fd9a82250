"""Checks of the tables that charts are given."""

from collections.abc import Iterable

import pandas as pd

from watchwords.errors import SchemaError, WatchwordsError, nearest


def require_columns(table: pd.DataFrame, columns: Iterable[str], name: str) -> pd.DataFrame:
    """Check that a table has columns and rows.

    Parameters
    ----------
    table : pandas.DataFrame
        The table; it is returned unchanged.
    columns : iterable of str
        What must be there.
    name : str
        Name of the argument, for the message.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    SchemaError
        If a column is absent.
    WatchwordsError
        If there is no row.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"a": [1]}), ["b"], "keyness")
    Traceback (most recent call last):
    watchwords.errors.SchemaError: `keyness` has no column `b`; it has: a.
    """
    for column in columns:
        if column not in table.columns:
            present = ", ".join(map(str, table.columns)) or "no column at all"
            raise SchemaError(f"`{name}` has no column `{column}`; it has: {present}.")
    return require_rows(table, name)


def require_rows(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Check that there is something to draw.

    Parameters
    ----------
    table : pandas.DataFrame
        The table; it is returned unchanged.
    name : str
        Name of the argument, for the message.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    WatchwordsError
        If there is no row.
    """
    if not len(table):
        raise WatchwordsError(
            f"`{name}` has no rows, and a chart needs one; say in words that there is nothing to "
            "show."
        )
    return table


def require_choice(value: str, allowed: Iterable[str], name: str) -> str:
    """Check that an argument is one of the words allowed.

    Parameters
    ----------
    value : str
        What came; it is returned.
    allowed : iterable of str
        What is allowed.
    name : str
        Name of the argument.

    Returns
    -------
    str

    Raises
    ------
    WatchwordsError
        If it is another word.
    """
    choices = list(allowed)
    if value not in choices:
        raise WatchwordsError(f"`{name}` has {value!r}; {nearest(str(value), choices)}")
    return value
