"""Texts cut into numbered words and gaps, in blocks of bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from watchwords.errors import SchemaError
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.signs import find_signs

Ints = NDArray[np.int32]
# The hash table of a set of strings, their bytes one after the other, where each begins, and
# how many there are.
_BLOCK = 1 << 22

Store = tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.int64], int]


@dataclass(frozen=True, eq=False)
class Blob:
    """Texts in UTF-8, one after the other.

    Attributes
    ----------
    data : ndarray of uint8, shape (n_bytes,)
        The bytes.
    offsets : ndarray of int64, shape (n_texts + 1,)
        Where each text begins.
    """

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Words and gaps of texts, by their numbers.

    Attributes
    ----------
    word, gap : ndarray of int32, shape (n_tokens,)
        Number of each word as printed, and of the gap before it.
    starts, ends : ndarray of int32, shape (n_tokens,)
        Code points of the text; empty if they were not asked for.
    counts : ndarray of int64, shape (n_texts,)
        Words of each text.
    last_gaps : ndarray of int32, shape (n_texts,)
        Number of the gap behind the last word.
    """

    word: Ints
    gap: Ints
    starts: Ints
    ends: Ints
    counts: NDArray[np.int64]
    last_gaps: Ints


def to_blob(texts: pd.Series | list[str]) -> Blob:
    """Lay texts out in UTF-8; what Arrow has already laid out is not copied.

    Parameters
    ----------
    texts : pandas.Series or list of str
        The texts.

    Returns
    -------
    Blob

    Raises
    ------
    SchemaError
        If one is no str, or not to be written in UTF-8.
    """
    if not len(texts):
        return Blob(np.empty(0, np.uint8), np.zeros(1, np.int64))
    try:
        array = pa.array(texts, pa.large_string(), from_pandas=False)
    except (pa.ArrowException, UnicodeEncodeError):
        raise _find_bad(texts) from None
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    _, offsets, data = array.buffers()
    places = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    everything = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return Blob(everything[places[0] : places[-1]], places - places[0])


def _find_bad(texts: pd.Series | list[str]) -> SchemaError:
    """Name the first text that is none."""
    for number, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            return SchemaError(
                f"text {number:,} is {text!r}, of type {type(text).__name__}, not a str."
            )
        try:
            text.encode()
        except UnicodeEncodeError as error:
            return SchemaError(
                f"text {number:,} has half a character ({text[error.start]!r} at {error.start}); "
                "decode it anew, or drop such with `text.encode(errors='ignore').decode()`."
            )
    return SchemaError("the texts are no str; convert them.")


def empty_store(capacity: int = 1 << 14) -> Store:
    """Make room for strings that have not been met.

    Parameters
    ----------
    capacity : int
        A power of 2; more are taken in as they come.

    Returns
    -------
    tuple
        Table, bytes, places, 0.
    """
    table = np.zeros(3 * 2 * capacity, np.uint64)
    return table, np.zeros(8 * capacity, np.uint8), np.zeros(capacity + 1, np.int64), 0


def stored_strings(store: Store, first: int = 0) -> list[str]:
    """Return the strings of a store in the order of their numbers.

    Parameters
    ----------
    store : tuple
        From `empty_store`, filled by `scan_texts`.
    first : int, default 0
        Number to begin with.

    Returns
    -------
    list of str
    """
    _, pool, places, n = store
    if n == first:
        return []
    used = places[first : n + 1]
    buffers = [None, pa.py_buffer(used - used[0]), pa.py_buffer(pool[used[0] : used[-1]])]
    strings: list[str] = pa.LargeStringArray.from_buffers(n - first, *buffers[1:]).to_pylist()
    return strings


def scan_texts(
    blob: Blob,
    stores: tuple[Store, Store],
    *,
    readable: NDArray[np.bool_],
    with_places: bool = True,
    progress: bool = False,
) -> tuple[Pieces, tuple[Store, Store]]:
    """Cut texts into words and gaps.

    Parameters
    ----------
    blob : Blob
        The texts.
    stores : tuple
        The words and the gaps met so far; used up, take those that come back.
    readable : ndarray of bool, shape (n_texts,)
        A text where this is False has no words.
    with_places : bool, default True
        Say where each word stands.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Pieces, tuple
        The words, and the stores with what was new.
    """
    room = _room(blob, readable)
    word, gap = np.empty(room, np.int32), np.empty(room, np.int32)
    starts, ends = (np.empty(room if with_places else 0, np.int32) for _ in range(2))
    kernels = load_kernels("scan_kernels")
    n_texts = len(readable)
    counts, last_gaps = np.zeros(n_texts, np.int64), np.zeros(n_texts, np.int32)
    outputs = word, gap, starts, ends
    at = np.zeros(8, np.int64)
    for first, end in _blocks(blob, progress):
        texts = slice(first, end)
        at[:2] = 0, -1
        inputs = (
            blob.data,
            blob.offsets[first : end + 1],
            readable[texts].view(np.uint8),
            find_signs(),
        )
        stores = _scan_block(at, inputs, stores, outputs=(outputs, counts[texts], last_gaps[texts]))
    n = int(at[kernels.TOKEN])
    return Pieces(word[:n], gap[:n], starts[:n], ends[:n], counts, last_gaps), stores


def _scan_block(
    at: NDArray[np.int64],
    inputs: tuple[Any, ...],
    stores: tuple[Store, Store],
    *,
    outputs: tuple[Any, ...],
) -> tuple[Store, Store]:
    kernels = load_kernels("scan_kernels")
    words, gaps = stores
    at[kernels.N_WORDS], at[kernels.N_GAPS] = words[3], gaps[3]
    while full := kernels.scan(at, *inputs, words[:3], gaps[:3], *outputs):
        n_words, n_gaps, needed = at[kernels.N_WORDS :].tolist()
        if full == 1:
            words = _larger((*words[:3], n_words), needed)
        else:
            gaps = _larger((*gaps[:3], n_gaps), needed)
    return (*words[:3], int(at[kernels.N_WORDS])), (*gaps[:3], int(at[kernels.N_GAPS]))


def _larger(store: Store, needed: int) -> Store:
    """Double the room for strings, or more if one of `needed` bytes asks for it."""
    table, pool, places, n = store
    wide = np.zeros(2 * len(table), np.uint64)
    load_kernels("scan_kernels").refill((table, pool, places), wide)
    room = max(2 * len(pool), int(places[n]) + needed)
    return wide, _extended(pool, room), _extended(places, 2 * len(places)), n


def _extended(array: Any, room: int) -> Any:
    longer = np.zeros(room, array.dtype)
    longer[: len(array)] = array
    return longer


def _room(blob: Blob, readable: NDArray[np.bool_]) -> int:
    """Bound the number of words: between two of one byte there is a gap, of Chinese there is not.

    Memory that is not written to is not taken from the machine.
    """
    return int((np.diff(blob.offsets)[readable] // 2 + 1).sum())


def _blocks(blob: Blob, progress: bool) -> Iterator[tuple[int, int]]:
    """Give ranges of texts of some megabytes each."""
    n_texts = len(blob.offsets) - 1
    cuts = np.arange(_BLOCK, blob.offsets[-1], _BLOCK) if progress else np.empty(0, np.int64)
    edges = np.unique(np.concatenate([[0], np.searchsorted(blob.offsets, cuts), [n_texts]]))
    ranges = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    if not progress:
        yield from ranges
        return
    from tqdm import tqdm

    with tqdm(total=n_texts, desc="tokenising", unit="document") as bar:
        for first, end in ranges:
            yield first, end
            bar.update(end - first)
