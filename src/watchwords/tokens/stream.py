"""Texts of any number read into one stream of word codes, a few megabytes at a time."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from watchwords.errors import SchemaError
from watchwords.tokens.english import normal_forms, split_hyphens
from watchwords.tokens.layout import find_sentences
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.scan import (
    Blob,
    Pieces,
    Store,
    empty_store,
    scan_texts,
    stored_strings,
    to_blob,
)
from watchwords.tokens.sentences import Gaps, judge_gaps, judge_words
from watchwords.tokens.units import count_units

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

# Characters scanned at a time: what is known of them for a moment stays in the cache.
_BLOCK = 1 << 21
# Room for words to begin with; what is not written to is not taken from the machine.
_FIRST_ROOM = 1 << 24
_NONE = np.empty(0, np.int32)


@dataclass(frozen=True, eq=False)
class TextStream:
    """The words of texts, hyphenated ones split, as codes in alphabetical order.

    Attributes
    ----------
    codes : ndarray of int32, shape (n_words,)
        Place of the word in `vocabulary`, and 1; negative where no sequence may reach it from
        the word before.
    vocabulary : ndarray of object (str), shape (n_types,)
        Normal forms, sorted.
    total : ndarray of int64, shape (n_types,)
        Occurrences of each.
    n_words : ndarray of int64, shape (n_texts,)
        Codes of each text.
    n_units : ndarray of int64, shape (n_texts,)
        Length of each text, see `watchwords.tokens.units.count_units`.
    """

    codes: Ints32
    vocabulary: NDArray[np.object_]
    total: Ints
    n_words: Ints
    n_units: Ints


class _Words:
    """The printed words met so far: what each may be, and the types of its parts."""

    def __init__(self, *, judged: bool) -> None:
        self.types: dict[str, int] = defaultdict(count(1).__next__)
        # The code of a word; for one of several parts where in `parts` their number stands.
        self.codes, self.parts = array("i"), array("i", [0])
        self.flags = array("B")
        self.judged = judged

    def take(self, printed: list[str]) -> None:
        """Take in printed words that are new."""
        types, parts, first = self.types, self.parts, len(self.codes)
        forms = normal_forms(printed)
        # A word of several parts is a type for a moment; it has no occurrences, and goes.
        self.codes.extend(map(types.__getitem__, forms))
        for at in [at for at, form in enumerate(forms) if "-" in form]:
            several = split_hyphens(forms[at])
            self.codes[first + at] = -len(parts)
            parts.extend([len(several), *map(types.__getitem__, several)])
        if self.judged:
            self.flags.frombytes(judge_words(printed).tobytes())


def read_stream(texts: Iterable[str], *, across_breaks: bool, lang: str = "en") -> TextStream:
    """Read texts into one stream.

    Parameters
    ----------
    texts : iterable of str
        The texts; an iterator is read as it goes.
    across_breaks : bool
        Only the end of a text divides.
    lang : str, default "en"
        "zh" to measure the texts in Chinese characters.

    Returns
    -------
    TextStream
    """
    pour = load_kernels("ngram_kernels").pour
    words, gap_flags = _Words(judged=not across_breaks), array("B")
    stores: tuple[Store, Store] = (empty_store(), empty_store(1 << 10))
    flow, total = np.empty(_FIRST_ROOM, np.int32), np.zeros(1 << 12, np.int64)
    n_words: list[Ints] = [np.empty(0, np.int64)]
    n = 0
    for blob in _blobs(texts):
        known = stores[0][3], stores[1][3]
        readable = np.ones(len(blob.offsets) - 1, bool)
        pieces, stores = scan_texts(blob, stores, readable=readable, with_places=False)
        words.take(stored_strings(stores[0], known[0]))
        breaks = np.empty(0, np.bool_)
        if not across_breaks:
            gap_flags.frombytes(judge_gaps(stored_strings(stores[1], known[1])).flags.tobytes())
            breaks = _breaks(pieces, words, gap_flags)
        # A word of several parts has a hyphen for each, so that there are never more than this.
        flow = _with_room(flow, n + len(blob.data) // 2 + len(readable))
        total = _with_room(total, len(words.types) + 1)
        counts = np.zeros(len(readable), np.int64)
        parts = np.frombuffer(words.codes, np.int32), np.frombuffer(words.parts, np.int32)
        n += pour((pieces.word, pieces.counts, breaks, readable), parts, flow[n:], total, counts)
        n_words.append(counts)
        del parts
    flow.resize(n, refcheck=False)
    return _alphabetical(flow, words.types, total, n_words=np.concatenate(n_words), lang=lang)


def _breaks(pieces: Pieces, words: _Words, gap_flags: "array[int]") -> Bools:
    flags = np.frombuffer(words.flags, np.uint8)
    gaps = Gaps(np.frombuffer(gap_flags, np.uint8), _NONE, _NONE)
    return find_sentences(pieces, type_of=_NONE, words=flags, gaps=gaps).breaks


def _with_room(numbers: Any, n: int) -> Any:
    """Lengthen an array in place; the operating system moves it without copying."""
    if n > len(numbers):
        numbers.resize(max(n, len(numbers) + len(numbers) // 8), refcheck=False)
    return numbers


def _blobs(texts: Iterable[str]) -> Iterator[Blob]:
    """Lay texts out, some megabytes at a time."""
    if isinstance(texts, pd.Series):
        if texts.isna().any():
            raise SchemaError('`texts` has one that is missing; unknown is written as "".')
        whole = to_blob(texts)
        edges = np.flatnonzero(np.diff(whole.offsets[:-1] // _BLOCK)) + 1
        for first, end in pairwise([0, *edges.tolist(), len(texts)]):
            offsets = whole.offsets[first : end + 1]
            yield Blob(whole.data[offsets[0] : offsets[-1]], offsets - offsets[0])
        return
    block: list[str] = []
    size = 0
    for text in texts:
        if not isinstance(text, str):
            raise SchemaError(f"`texts` has {text!r}, which is not a str.")
        block.append(text)
        size += len(text)
        if size >= _BLOCK:
            yield to_blob(block)
            block, size = [], 0
    yield to_blob(block)


def _alphabetical(
    flow: Ints32, types: dict[str, int], total: Ints, *, n_words: Ints, lang: str
) -> TextStream:
    words = pa.array(list(types), pa.large_string())
    # The bytes of UTF-8 sort as the code points do.
    order = pc.array_sort_indices(words).to_numpy()
    order = order[total[order + 1] > 0]
    codes = np.zeros(len(types) + 1, np.int32)
    codes[order + 1] = np.arange(1, len(order) + 1)
    load_kernels("ngram_kernels").relabel(flow, codes)
    vocabulary = words.take(pa.array(order)).to_numpy(zero_copy_only=False)
    n_units = n_words
    if lang == "zh":
        offsets = np.concatenate([[0], np.cumsum(n_words)]).astype(np.int64)
        n_units = count_units(np.abs(flow) - 1, offsets, vocabulary=vocabulary, lang=lang)
    return TextStream(flow, vocabulary, total[order + 1], n_words, n_units)
