"""What workers do: two passes over a partition, and the merging of one range of sequences.

Each is a pure function of the files it reads: it may be done again, anywhere, with the same
result. What is large goes through a folder that all workers see; names and sizes come back.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from watchwords.errors import SchemaError, nearest
from watchwords.periods import fits_period, period_start
from watchwords.scale.arrays import compress, decompress, pack_arrays, unpack_arrays
from watchwords.scale.columns import read_days
from watchwords.scale.partitions import Partition, list_columns, read_partition
from watchwords.scale.storage import read_file, write_file
from watchwords.tokens.flow import Counted, Flow, Limits
from watchwords.tokens.loading import load_kernels, preparing
from watchwords.tokens.ranges import iterate_ranges
from watchwords.tokens.stream import read_stream

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

_BUFFER = 1 << 22
# An encoded group takes three numbers of at most ten bytes.
_ROW_BYTES = 30


@dataclass(frozen=True)
class Counting:
    """What is counted, and where partial results go."""

    folder: str
    freq: str | None
    by: str | None
    max_words: int
    min_docs: int
    min_count: int


@dataclass(frozen=True)
class Tokenized:
    """A partition as codes in a file: the bytes of its words and groups, then of the codes."""

    name: str
    n_about: int
    n_codes: int


@dataclass(frozen=True)
class Encoded:
    """A partition as counted sequences in a file.

    `index` holds, for each range of sequences, where its bytes begin, how many there are,
    how many they were before they were compressed, sequences and groups: int64, 5 a range.
    """

    name: str
    index: bytes


@dataclass(frozen=True)
class Merged:
    """A range of sequences, merged, in a file."""

    name: str
    n_rows: int
    n_cells: int


def tokenize_partition(partition: Partition, counting: Counting) -> Tokenized:
    """Read a partition into word codes; say which words and groups it has.

    Parameters
    ----------
    partition : Partition
    counting : Counting

    Returns
    -------
    Tokenized

    Raises
    ------
    SchemaError
        If the partition lacks a column.
    """
    columns = ["text", "lang", "duplicate_of", "date", "date_precision", counting.by]
    table = read_partition(partition, [name for name in columns if name])
    if "text" not in table:
        raise SchemaError(f"{partition} has no column `text`.")
    wanted = wanted_documents(table, partition.lang)
    groups, placed = _group(table, counting, partition)
    left_out = [(~wanted).sum(), (wanted & ~placed).sum()]
    kept = wanted & placed
    texts = table.loc[kept, "text"].fillna("").astype("str")
    stream = read_stream(texts, across_breaks=False, lang=partition.lang)
    del texts
    del table
    cells, labels = _number(groups[kept])
    about = pack_arrays(
        compression="zstd",
        words=pa.array(stream.vocabulary, pa.large_string()),
        total=stream.total,
        group=pa.array(labels["group"], pa.large_string()),
        period=labels["period"].to_numpy().astype("datetime64[D]").astype(np.int64),
        n_units=np.bincount(cells, stream.n_units, len(labels)).astype(np.int64),
        n_docs=np.bincount(cells, minlength=len(labels)).astype(np.int64),
        left_out=np.array(left_out, np.int64),
    )
    codes = pack_arrays(compression="zstd", codes=stream.codes, n_words=stream.n_words, cells=cells)
    name = write_file(counting.folder, "codes", [about, codes])
    return Tokenized(name, len(about), len(codes))


def wanted_documents(table: pd.DataFrame, lang: str) -> NDArray[np.bool_]:
    """Leave out copies, and texts in another language.

    Parameters
    ----------
    table : pandas.DataFrame
        Documents; what a column does not say is no reason.
    lang : str
        The language that is counted.

    Returns
    -------
    ndarray of bool
    """
    wanted = np.ones(len(table), bool)
    if "lang" in table:
        wanted &= (table["lang"] == lang).to_numpy(bool)
    if "duplicate_of" in table:
        wanted &= (table["duplicate_of"].fillna("") == "").to_numpy(bool)
    return wanted


def _group(
    table: pd.DataFrame, counting: Counting, partition: Partition
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Say of each document to which group and period it belongs, and whether to any."""
    for column in ("date" if counting.freq else None, counting.by):
        if column and column not in table:
            hint = nearest(column, list_columns(partition))
            raise SchemaError(f"{partition} has no column `{column}`; {hint}")
    placed = np.ones(len(table), bool)
    period: Any = np.datetime64("NaT", "s")
    if counting.freq:
        days = read_days(table["date"], where=str(partition))
        placed = ~np.isnat(days)
        if "date_precision" in table:
            placed &= fits_period(table["date_precision"], counting.freq)
        period = period_start(days, counting.freq).astype("datetime64[s]")
    label: Any = "all"
    if counting.by == "date":
        days = read_days(table["date"], where=str(partition))
        label = np.where(np.isnat(days), "", np.datetime_as_string(days))
    elif counting.by:
        label = table[counting.by].fillna("")
    columns = {"group": label, "period": period}
    return pd.DataFrame(columns, index=table.index), placed


def _number(groups: pd.DataFrame) -> tuple[Ints32, pd.DataFrame]:
    labels = groups.drop_duplicates().sort_values(["group", "period"], ignore_index=True)
    at = pd.MultiIndex.from_frame(labels).get_indexer(pd.MultiIndex.from_frame(groups))
    return at.astype(np.int32), labels


def count_partition(
    tokenized: Tokenized, counting: Counting, *, common: str, group_of: bytes
) -> Encoded:
    """Count the sequences of a partition by document; write them by ranges, summed up by group.

    Parameters
    ----------
    tokenized : Tokenized
    counting : Counting
    common : str
        File with ``words`` (the words kept, of all partitions, sorted), ``edges`` (whether each
        may stand first and last) and ``cuts`` (where ranges begin).
    group_of : bytes
        int32: number of each of the partition's groups among all groups, ascending.

    Returns
    -------
    Encoded
    """
    flow, word_of, document_of, cuts = _lay_out(tokenized, counting, common=common)
    groups = np.frombuffer(group_of, np.int32)[document_of]
    kernels = load_partial_kernels()
    room = np.empty(max(_BUFFER, _ROW_BYTES * (len(groups) + 9)), np.uint8)
    segments = _Segments(len(cuts))
    for counted in iterate_ranges(flow, Limits(counting.max_words)):
        arrays = _contiguous(counted)
        edges = _find_cuts(counted, word_of, cuts)
        for number in np.flatnonzero(np.diff(edges)).tolist():
            row, end = int(edges[number]), int(edges[number + 1])
            while row < end:
                n_bytes, n_rows, n_cells = kernels.encode(
                    arrays, (row, end), (word_of, groups), room
                )
                segments.add(number, room[:n_bytes], (n_rows, n_cells))
                row += n_rows
    parts, index = segments.finish()
    name = write_file(counting.folder, "counts", parts)
    return Encoded(name, index.tobytes())


def _lay_out(
    tokenized: Tokenized, counting: Counting, *, common: str
) -> tuple[Flow, Ints32, Ints32, NDArray[np.uint64]]:
    """Return the words kept, the number of each, the group of each document, where ranges begin.

    Documents are numbered by group, so that those of a group are neighbours. The words of the
    whole corpus are held here only.
    """
    data = memoryview(read_file(counting.folder, tokenized.name))
    about = unpack_arrays(data[: tokenized.n_about])
    stream = unpack_arrays(data[tokenized.n_about :])
    shared = unpack_arrays(read_file(counting.folder, common))
    # The table is of the partition's words: those of the whole corpus are read by and by.
    place = pc.index_in(shared["words"], value_set=about["words"])
    word_of = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False)).astype(np.int32)
    kept = np.zeros(len(about["words"]), bool)
    kept[place.drop_null().to_numpy()] = True
    codes = np.array(stream["codes"])
    new = np.concatenate([[0], np.where(kept, np.cumsum(kept), 0)]).astype(np.int32)
    load_kernels("ngram_kernels").relabel(codes, new)
    order = np.argsort(stream["cells"], kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    offsets = np.concatenate([[0], np.cumsum(stream["n_words"])]).astype(np.int64)
    edges = shared["edges"][word_of].astype(bool)
    flow = Flow(codes, offsets, rank, about["total"][kept], edges, edges)
    return flow, word_of, stream["cells"][order], np.array(shared["cuts"])


def _contiguous(counted: Counted) -> tuple[Any, ...]:
    columns = counted.words, counted.n_words, counted.offsets, counted.cell, counted.n
    return tuple(np.ascontiguousarray(column) for column in columns)


def _find_cuts(counted: Counted, word_of: Ints32, cuts: NDArray[np.uint64]) -> Ints:
    """Find the row with which each range begins, and the end."""
    names = np.append(word_of, np.int32(-1)).astype(np.int64) + 1
    words = counted.words
    keys = names[words[:, 0]] << 32
    if words.shape[1] > 1:
        keys |= names[words[:, 1]]
    edges = np.searchsorted(keys, cuts.astype(np.int64))
    return np.append(edges, len(keys)).astype(np.int64)


class _Segments:
    """The bytes of each range, compressed as they come."""

    def __init__(self, n_ranges: int) -> None:
        self.raw: list[list[NDArray[np.uint8]]] = [[] for _ in range(n_ranges)]
        self.sizes = np.zeros((n_ranges, 2), np.int64)

    def add(self, number: int, data: NDArray[np.uint8], sizes: tuple[int, int]) -> None:
        self.raw[number].append(data.copy())
        self.sizes[number] += sizes

    def finish(self) -> tuple[list[bytes], Ints]:
        parts = []
        index = np.zeros((len(self.raw), 5), np.int64)
        begin = 0
        for number, pieces in enumerate(self.raw):
            data = np.concatenate([np.empty(0, np.uint8), *pieces])
            pressed = compress(data) if len(data) else b""
            pieces.clear()
            index[number] = begin, len(pressed), len(data), *self.sizes[number]
            parts.append(pressed)
            begin += len(pressed)
        return parts, index


def merge_range(names: list[str], index: bytes, *, counting: Counting, n_groups: int) -> Merged:
    """Merge one range of the sequences of all partitions, and drop what is rare in all.

    Parameters
    ----------
    names : list of str
        The files of the partitions.
    index : bytes
        int64, 5 a file: what `Encoded` says of this range.
    counting : Counting
    n_groups : int
        How many groups there are.

    Returns
    -------
    Merged
    """
    places = np.frombuffer(index, np.int64).reshape(-1, 5)
    bounds = np.zeros((len(places), 2), np.int64)
    bounds[:, 1] = np.cumsum(places[:, 2])
    bounds[1:, 0] = bounds[:-1, 1]
    data = np.empty(int(places[:, 2].sum()), np.uint8)
    for name, (begin, n_bytes, size, *_), (low, high) in zip(
        names, places.tolist(), bounds.tolist(), strict=True
    ):
        if size:
            pressed = read_file(counting.folder, name, begin=begin, size=n_bytes)
            data[low:high] = decompress(pressed, size)
    n_rows, n_cells = places[:, 3:].sum(axis=0).tolist()
    # Memory that is not written to is not taken; one row more is looked at than is kept.
    outputs = (
        np.empty((n_rows + 1, counting.max_words), np.int32),
        np.empty(n_rows + 1, np.uint8),
        np.zeros(n_rows + 2, np.int64),
        np.empty(n_cells, np.int32),
        np.empty(n_cells, np.int64),
        np.empty(n_cells, np.int64),
    )
    limits = n_groups, counting.min_docs, counting.min_count
    n_rows, n_cells = load_partial_kernels().merge(data, bounds, limits, outputs)
    words, lengths, ends, cell, n, n_docs = outputs
    packed = pack_arrays(
        words=words[:n_rows].ravel(),
        n_words=lengths[:n_rows],
        ends=ends[1 : n_rows + 1],
        cell=cell[:n_cells],
        n=n[:n_cells],
        n_docs=n_docs[:n_cells],
    )
    return Merged(write_file(counting.folder, "merged", [packed]), n_rows, n_cells)


def load_partial_kernels() -> Any:
    """Load the compiled code of partial results."""
    with preparing(Path(__file__).with_name("partial_kernels.py")):
        return import_module("watchwords.scale.partial_kernels")
