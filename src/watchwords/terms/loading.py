"""Compiled code, loaded when first used; it is compiled once on a machine and then kept."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.loading import preparing


@cache
def load_kernels(name: str) -> ModuleType:
    """Load a module of compiled code; say so on stderr if it has to be compiled first.

    Parameters
    ----------
    name : str
        One of "scan_kernels", "phrase_kernels", "cooccurrence_kernels" and "overlap_kernels".

    Returns
    -------
    module
        Each of its functions has run once, on one word.
    """
    with preparing(Path(__file__).with_name(f"{name}.py")):
        module = import_module(f"watchwords.terms.{name}")
        REHEARSALS[name](module)
    return module


def warm() -> list[str]:
    """Compile everything that searches, so that the first search need not wait.

    Returns
    -------
    list of str
        The modules that are ready.
    """
    for name in REHEARSALS:
        load_kernels(name)
    return list(REHEARSALS)


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """View an array read-only, whatever it is mapped from.

    Arrays mapped from a file cannot be written: if those in memory are no different, one
    compilation of a kernel serves both.

    Parameters
    ----------
    array : ndarray

    Returns
    -------
    ndarray
    """
    view = np.ascontiguousarray(array).view(np.ndarray)
    view.flags.writeable = False
    return view


def _one_word() -> Any:
    """Make the arrays of a corpus of one word."""
    from watchwords.terms.scan_kernels import Text

    arrays = (
        np.zeros(1, np.int32),
        np.ones(1, bool),
        np.array([0, 1], np.int64),
        np.zeros(1, np.int32),
        np.array([0, 1], np.int32),
    )
    return Text(*map(read_only, arrays))


def _rehearse_scan(kernels: ModuleType) -> None:
    rows = np.zeros(1, np.int64)
    arrays = (
        np.ones(1, bool),
        np.array([0, 1], np.int64),
        np.zeros(1, np.int32),
        np.zeros(1, np.int64),
        np.array([0, 1], np.int64),
        np.zeros(1, np.int32),
        np.zeros(1, bool),
        np.zeros((0, 1), bool),
    )
    text, patterns = _one_word(), kernels.Patterns(*map(read_only, arrays))
    kernels.count_in_documents(text, patterns, rows)
    kernels.count_by_pattern(kernels.list_hits(text, patterns, rows), 1)
    kernels.find_tokens(read_only(np.zeros(1, np.int32)), text.doc_offsets, rows, rows)


def _rehearse_phrases(kernels: ModuleType) -> None:
    words, breaks, doc_begins, counts = kernels.lay_out(_one_word(), np.zeros(1, np.int64))
    every = np.ones(1, bool)
    numbers = kernels.number_words(words, every)
    piles = kernels.pile_up(words, breaks, numbers, 1, counts)
    opening, _, last, _, _ = kernels.count_piles(piles, numbers, doc_begins, 1, (1, 1))
    kernels.renumber(piles, opening, last, np.ones(len(last), bool), 1, numbers)
    kernels.measure_neighbours(words, breaks, numbers, 2, counts, (every, every))


def _rehearse_overlaps(kernels: ModuleType) -> None:
    one = np.zeros(1, np.int64)
    kernels.judge_overlaps(one, one + 1, np.ones(1))


def _rehearse_cooccurrence(kernels: ModuleType) -> None:
    rows, spans = np.zeros(1, np.int64), np.array([[0, 1]], np.int64)
    marks = read_only(kernels.mark_zones(1, spans, spans))
    kernels.count_near_words(_one_word(), rows, marks, read_only(np.ones(1, bool)))
    kernels.sum_tails(np.ones(1), np.array([0, 1], np.int64), np.ones(1, np.int64))


REHEARSALS: dict[str, Callable[[ModuleType], None]] = {
    "scan_kernels": _rehearse_scan,
    "phrase_kernels": _rehearse_phrases,
    "cooccurrence_kernels": _rehearse_cooccurrence,
    "overlap_kernels": _rehearse_overlaps,
}
