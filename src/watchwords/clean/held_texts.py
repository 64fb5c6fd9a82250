"""Texts that stay where they are: each is made a word of Python only while it is used."""

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

PART_CHARACTERS = 10_000_000
"""Characters that are held one by one before they go into a table."""


class HeldTexts(Sequence[str]):
    """Rows of a column of texts, or some of the texts of another sequence, as a sequence.

    Parameters
    ----------
    texts : pandas.Series or sequence of str
        Not copied.
    places : iterable of int, optional
        Which rows, in this order; default all.

    Examples
    --------
    >>> texts = HeldTexts(pd.Series(["a", "b", "c"], dtype="str"), [2, 0])
    >>> texts[0], texts[0:2], len(texts)
    ('c', ['c', 'a'], 2)
    """

    def __init__(
        self, texts: pd.Series | Sequence[str], places: Iterable[int] | None = None
    ) -> None:
        self._values = texts.array if isinstance(texts, pd.Series) else texts
        chosen = range(len(texts)) if places is None else places
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
            chosen = self._places[at]
            if isinstance(self._values, ExtensionArray):
                taken: list[str] = self._values.take(chosen).tolist()
                return taken
            return [self._values[each] for each in chosen.tolist()]
        text: str = self._values[int(self._places[at])]
        return text

    def select(self, places: Iterable[int]) -> "HeldTexts":
        """Choose some of them, by their places among these."""
        chosen = HeldTexts(())
        chosen._values = self._values
        chosen._places = self._places[np.fromiter(places, np.int64)]
        return chosen


def hold_texts(texts: Iterable[str]) -> pd.Series:
    """Put texts into a column as they come.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    pandas.Series of str
    """
    part: list[str] = []
    parts: list[pd.Series] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size > PART_CHARACTERS:
            parts.append(pd.Series(part, dtype="str"))
            part, size = [], 0
    return pd.concat([*parts, pd.Series(part, dtype="str")], ignore_index=True)
