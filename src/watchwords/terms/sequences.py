"""Sequences of words, length by length, each knowing its parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Level:
    """All frequent sequences of one length.

    Attributes
    ----------
    n, n_docs : ndarray of int64, shape (n_sequences,)
        Occurrences, and documents with one. Documents of single words are not counted (0).
    opening, ending : ndarray of int32, shape (n_sequences,)
        Number, among those shorter by a word, of the sequence without its last and without its
        first word. Of single words both are -1.
    first, last : ndarray of int32, shape (n_sequences,)
        Types of the first and the last word. Numbers of single words are types.
    """

    n: Ints
    n_docs: Ints
    opening: NDArray[np.int32]
    ending: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]


def spell(levels: list[Level], length: int, chosen: Ints) -> NDArray[np.int32]:
    """Spell sequences out.

    Parameters
    ----------
    levels : list of Level
    length : int
        Their length.
    chosen : ndarray of int64
        Their numbers.

    Returns
    -------
    ndarray of int32, shape (n_chosen, length)
        Types.
    """
    types = np.empty((len(chosen), length), np.int32)
    inner = chosen
    for place in range(length - 1, -1, -1):
        types[:, place] = levels[place].last[inner]
        inner = levels[place].opening[inner].astype(np.int64)
    return types


def find_number(levels: list[Level], types: Ints) -> int:
    """Find the number of a sequence.

    Parameters
    ----------
    levels : list of Level
    types : ndarray of int64
        Its words; -1 for what is not in the vocabulary.

    Returns
    -------
    int
        -1 if it is not among the frequent ones.
    """
    number = int(types[0])
    for level, last in zip(levels[1:], types[1:], strict=False):
        if number < 0 or last < 0:
            return -1
        first, end = np.searchsorted(level.opening, [number, number + 1])
        at = int(first + np.searchsorted(level.last[first:end], last))
        number = at if at < end and level.last[at] == last else -1
    return number


def openings(levels: list[Level], length: int) -> list[NDArray[np.int32]]:
    """Find the openings of all sequences of one length.

    Parameters
    ----------
    levels : list of Level
    length : int

    Returns
    -------
    list of ndarray of int32
        For k = 1 … `length` - 1 the number of the sequence of the first k words.
    """
    return _chain([level.opening for level in levels], length)


def endings(levels: list[Level], length: int) -> list[NDArray[np.int32]]:
    """Find the endings of all sequences of one length.

    Parameters
    ----------
    levels : list of Level
    length : int

    Returns
    -------
    list of ndarray of int32
        For k = 1 … `length` - 1 the number of the sequence of the last k words.
    """
    return _chain([level.ending for level in levels], length)


def _chain(shorter: list[NDArray[np.int32]], length: int) -> list[NDArray[np.int32]]:
    chain = [shorter[length - 1]]
    for k in range(length - 2, 0, -1):
        chain.append(shorter[k][chain[-1]])
    return chain[::-1]
