"""Texts that stay in the column of a table: each is made a word of Python only while it is used."""

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
import pandas as pd


class HeldTexts(Sequence[str]):
    """Rows of a column of texts, as a sequence.

    Parameters
    ----------
    column : pandas.Series
        Of texts; not copied.
    places : iterable of int, optional
        Which rows, in this order; default all.

    Examples
    --------
    >>> texts = HeldTexts(pd.Series(["a", "b", "c"], dtype="str"), [2, 0])
    >>> texts[0], texts[0:2], len(texts)
    ('c', ['c', 'a'], 2)
    """

    def __init__(self, column: pd.Series, places: Iterable[int] | None = None) -> None:
        self._values = column.array
        chosen = range(len(column)) if places is None else places
        self._places = np.fromiter(chosen, np.int64)

    def __len__(self) -> int:
        """Count the texts."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Give a text, or a list of some."""
        if isinstance(at, slice):
            taken: list[str] = self._values.take(self._places[at]).tolist()
            return taken
        text: str = self._values[self._places[at]]
        return text

    def select(self, places: Iterable[int]) -> "HeldTexts":
        """Choose some of them, by their places among these."""
        chosen = HeldTexts(pd.Series([], dtype="str"))
        chosen._values = self._values
        chosen._places = self._places[np.fromiter(places, np.int64)]
        return chosen
