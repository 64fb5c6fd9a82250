"""What the counting of sequences takes and gives, whichever way it is done."""

from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

MAX_WORDS = 64
"""Longest sequence that is asked for; longer ones are whole paragraphs."""


def check_whole(**values: int | None) -> None:
    """Refuse what is no whole number from 1, and sequences longer than any that is counted.

    Parameters
    ----------
    **values : int or None
        Arguments by name; None is one that was not given.

    Raises
    ------
    WatchwordsError
        If one is no whole number or below 1, or ``max_words`` is above 64.

    Examples
    --------
    >>> check_whole(max_words=3, max_memory=None)
    >>> check_whole(workers=0)
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: `workers` is 0; it must be at least 1.
    """
    for name, value in values.items():
        if value is None:
            continue
        if not isinstance(value, Integral):
            raise WatchwordsError(f"`{name}` is {value!r}; it must be a whole number, at least 1.")
        if value < 1:
            raise WatchwordsError(f"`{name}` is {value}; it must be at least 1.")
        if name == "max_words" and value > MAX_WORDS:
            raise WatchwordsError(f"`max_words` is {value}; it must be 1 to {MAX_WORDS}.")


@dataclass(frozen=True, eq=False)
class Flow:
    """Words in reading order, as codes from 1, and what may become of them.

    Attributes
    ----------
    codes : ndarray of int32, shape (n_places,)
        0 for a word that no sequence may hold, negative where no sequence may reach the word
        from the one before.
    offsets : ndarray of int64, shape (n_runs + 1,)
        Where each run (a document) begins; its first code is not positive.
    cells : ndarray of int32, shape (n_runs,)
        What each run is counted under.
    total : ndarray of int64, shape (n_codes,)
        Occurrences of each code, from 1.
    opens, closes : ndarray of bool, shape (n_codes,)
        Codes that may stand first, and last.
    """

    codes: Ints32
    offsets: Ints
    cells: Ints32
    total: Ints
    opens: Bools
    closes: Bools


@dataclass(frozen=True, eq=False)
class Counted:
    """Sequences in lexicographic order of their codes, each before those it begins.

    Attributes
    ----------
    words : ndarray of int32, shape (n_ngrams, max_words)
        Codes less 1, -1 behind the last.
    n_words : ndarray of uint8, shape (n_ngrams,)
        Length of each sequence.
    offsets : ndarray of int64, shape (n_ngrams + 1,)
        Where the cells of each sequence begin.
    cell, n : ndarray of int32, shape (n_cells,)
        The cell, and occurrences in it; ascending by cell within a sequence.
    """

    words: Ints32
    n_words: NDArray[np.uint8]
    offsets: Ints
    cell: Ints32
    n: Ints32


@dataclass(frozen=True)
class Limits:
    """What is counted: lengths up to `max_words`, in so many cells, so many times.

    Lengths up to `mark_words` are marked at each place; 0 for none. `max_memory` is in bytes, for
    the places being counted; `workers` are threads.
    """

    max_words: int
    min_docs: int = 1
    min_count: int = 1
    mark_words: int = 0
    max_memory: int | None = None
    workers: int = 1


@dataclass(frozen=True, eq=False)
class Results:
    """Room for what `Counted` has, and how much of it is used."""

    arrays: tuple[Any, ...]
    n_ngrams: int = 0
    n_cells: int = 0

    def doubled(self, n_ngrams: int, n_cells: int) -> "Results":
        """Give twice the room.

        Parameters
        ----------
        n_ngrams, n_cells : int
            How much is used by now.

        Returns
        -------
        Results
        """
        longer = tuple(
            np.empty((2 * len(array), *array.shape[1:]), array.dtype) for array in self.arrays
        )
        for new, old in zip(longer, self.arrays, strict=True):
            new[: len(old)] = old
        return Results(longer, n_ngrams, n_cells)

    def counted(self) -> Counted:
        """Cut the room to what is used.

        Returns
        -------
        Counted
        """
        words, n_words, offsets, cell, n = self.arrays
        rows, cells = slice(self.n_ngrams), slice(self.n_cells)
        return Counted(
            words[rows], n_words[rows], offsets[: self.n_ngrams + 1], cell[cells], n[cells]
        )


def room_for_results(n_places: int, max_words: int) -> Results:
    """Make room for the sequences that begin at some places.

    Memory that is not written to is not taken from the machine.

    Parameters
    ----------
    n_places : int
        How many places.
    max_words : int
        Longest sequence.

    Returns
    -------
    Results
    """
    n_ngrams, n_cells = n_places + 1024, 2 * n_places + 1024
    offsets = np.empty(n_ngrams + 1, np.int64)
    offsets[0] = 0
    return Results(
        (
            np.empty((n_ngrams, max_words), np.int32),
            np.empty(n_ngrams, np.uint8),
            offsets,
            np.empty(n_cells, np.int32),
            np.empty(n_cells, np.int32),
        )
    )
