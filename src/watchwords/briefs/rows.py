"""Rows of a table, one after the other."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """Go through a table row by row, columns as attributes.

    Parameters
    ----------
    table : pandas.DataFrame

    Yields
    ------
    named tuple
        Its values are of the types of the columns, which a type checker cannot know.

    Examples
    --------
    >>> [row.item for row in each_row(pd.DataFrame({"item": ["navy", "militia"]}))]
    ['navy', 'militia']
    """
    yield from table.itertuples(index=False)
