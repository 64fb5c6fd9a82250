"""A corpus in partitions counted on any executor, from a laptop to a cluster."""

from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from watchwords.errors import EmptyCorpusError, WatchwordsError
from watchwords.periods import parse_freq
from watchwords.scale.arrays import pack_arrays, unpack_arrays
from watchwords.scale.counts import Counts
from watchwords.scale.execution import Workers, run_all
from watchwords.scale.partitions import Partition, Where, resolve_partitions
from watchwords.scale.passes import (
    Counting,
    Encoded,
    Merged,
    Tokenized,
    count_partition,
    merge_range,
    tokenize_partition,
)
from watchwords.scale.storage import open_scratch, read_file, write_file
from watchwords.tokens.flow import check_whole

Ints = NDArray[np.int64]

MAX_WORDS = 8
# Places of a range: no more than the largest partition has, so that merging takes no more memory
# than counting does, unless partitions are very small; and enough to be worth a task.
_MOST, _USUAL, _LEAST, _RANGES = 1 << 25, 1 << 22, 1 << 16, 32
# Words of several partitions that are brought together at a time.
_WORDS = 1 << 22


def count_partitions(
    partitions: Where | Sequence[Where | Partition],
    *,
    freq: str | None = None,
    by: str | None = None,
    max_words: int = 3,
    min_docs: int = 1,
    min_count: int = 5,
    stop_words: Collection[str] = (),
    executor: Executor | None = None,
    scratch: Where | None = None,
    progress: bool = False,
) -> Counts:
    """Count all sequences of words in a corpus of any size, by period and group.

    The words are those of `tokenize`, with hyphenated ones split; no sequence crosses punctuation,
    or the end of a line: clean texts before (`watchwords.clean_documents`). Texts in the language
    of the partitions are counted (English by default; Chinese by its characters, without
    segmentation), copies (``duplicate_of``) and, with `freq`, undated ones are not. Two passes go
    over the partitions, on as many workers as the executor has: the first reads words, the second
    counts sequences; then ranges of sequences, each from all partitions, are merged. What is rare
    is dropped only where all of it is known. The result is the same, bit for bit, on whatever
    executor, and however the corpus is partitioned.

    Parameters
    ----------
    partitions : path or sequence of paths or Partition
        Files of Parquet with ``text`` and, if they have them, ``lang``, ``duplicate_of``,
        ``date``, ``date_precision``; or a folder of them: see `write_partitions`. A document is
        in one of them only.
    freq : str, optional
        Length of a period: "W", "M", "Q", "Y" or a number of years such as "10Y".
    by : str, optional
        A column to group by, such as "issuer".
    max_words : int, default 3
        Longest sequence, 1 to 8.
    min_docs, min_count : int, default 1 and 5
        Keep the sequences in at least so many documents, with at least so many occurrences, in
        the whole corpus.
    stop_words : collection of str, optional
        Normal forms with which no sequence begins or ends; inside, they may stand.
    executor : concurrent.futures.Executor, optional
        Threads, processes, or a Dask cluster by its ``Client.get_executor()``; by default one
        partition after the other. It is not shut down. A task whose worker dies is done again;
        one that kills its worker three times is named in an error.
    scratch : path, optional
        A folder for partial results, or its URI (s3://bucket/folder), which every worker must
        see; about as much room as the text takes. What is written there is removed. By default
        this machine's folder for such files.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Counts

    Raises
    ------
    WatchwordsError
        If a limit is out of range, a partition lacks a column or cannot be read, a partition
        kills its workers, or no document is left to count.

    See Also
    --------
    watchwords.count_terms : The matrix of documents by terms, where it fits into memory.

    Notes
    -----
    A worker's memory depends on the largest partition, not on the number of them; this process
    holds the words of the corpus and the result.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from watchwords.scale import write_partitions
    >>> documents = pd.DataFrame(
    ...     {
    ...         "text": ["No war.", "War and war!", "No cold war"],
    ...         "date": pd.to_datetime(["1990-05-01", "1991-06-01", "1991-07-01"]),
    ...     }
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     partitions = write_partitions(documents, folder, max_bytes=12)
    ...     counts = count_partitions(partitions, freq="Y", max_words=2, min_count=2)
    >>> counts.table()[["item", "period", "n", "n_docs"]]
      item     period  n  n_docs
    0   no 1990-01-01  1       1
    1   no 1991-01-01  1       1
    2  war 1990-01-01  1       1
    3  war 1991-01-01  3       2
    """
    check_whole(max_words=max_words, min_docs=min_docs, min_count=min_count)
    if max_words > MAX_WORDS:
        raise WatchwordsError(f"`max_words` is {max_words}; at most {MAX_WORDS} are counted here.")
    if freq is not None:
        parse_freq(freq)
    parts = resolve_partitions(partitions)
    with open_scratch(scratch) as folder, Workers(executor) as workers:
        counting = Counting(folder, freq, by, max_words, min_docs, min_count)
        run = partial(run_all, workers, progress=progress)
        reading = [partial(tokenize_partition, part, counting) for part in parts]
        tokenized: list[Tokenized] = run(reading, parts, doing="reading words")
        known = _join(tokenized, folder)
        if known.groups.empty:
            raise EmptyCorpusError(_nothing(known.left_out, freq, parts[0].lang))
        words, edges, cuts = _keep(known, min_count, stop_words=stop_words)
        packed = pack_arrays(words=words, edges=edges.view(np.uint8), cuts=cuts)
        common = write_file(folder, "words", [packed])
        passing = [
            partial(count_partition, one, counting, common=common, group_of=group_of)
            for one, group_of in zip(tokenized, known.group_of, strict=True)
        ]
        encoded: list[Encoded] = run(passing, parts, doing="counting")
        merging = _merging(encoded, counting, n_groups=len(known.groups))
        names = [f"range {number + 1} of {len(cuts)}" for number in range(len(cuts))]
        merged: list[Merged] = run(merging, names, doing="merging")
        arrays = _gather(merged, counting)
    vocabulary = np.asarray(words.to_pylist(), object)
    about: dict[str, Any] = {"groups": known.groups, "freq": freq, "left_out": known.left_out}
    about["lang"] = parts[0].lang
    return Counts(vocabulary, **arrays, **about)


@dataclass(frozen=True, eq=False)
class _Known:
    """What the first pass has found: words and groups of all partitions."""

    words: Any
    total: Ints
    largest: int
    groups: pd.DataFrame
    group_of: list[bytes]
    left_out: pd.Series


def _join(tokenized: Sequence[Tokenized], folder: str) -> _Known:
    """Bring words and groups of all partitions together, in orders of their own."""
    held = [pa.table({"words": pa.array([], pa.large_string()), "total": np.empty(0, np.int64)})]
    frames, left_out, largest = [], np.zeros(2, np.int64), 0
    for one in tokenized:
        about = unpack_arrays(read_file(folder, one.name, size=one.n_about))
        held.append(pa.table({"words": about["words"], "total": about["total"]}))
        if sum(map(len, held[1:])) > max(_WORDS, len(held[0])):
            held = [_sum_up(held)]
        names = ("period", "n_units", "n_docs")
        frames.append(
            pd.DataFrame({"group": about["group"].to_pandas()} | {n: about[n] for n in names})
        )
        left_out += about["left_out"]
        largest = max(largest, int(about["total"].sum()))
    words = _sum_up(held).sort_by("words")
    columns = ["group", "period"]
    groups = pd.concat(frames).groupby(columns, sort=True, as_index=False).sum()
    key = pd.MultiIndex.from_frame(groups[columns])
    places = [key.get_indexer(pd.MultiIndex.from_frame(frame[columns])) for frame in frames]
    days = groups["period"].to_numpy().view("datetime64[D]").astype("datetime64[s]")
    groups = groups.rename(columns={"n_docs": "n_docs_total"}).assign(period=days)
    return _Known(
        words["words"].combine_chunks(),
        words["total"].to_numpy(),
        largest,
        groups,
        [place.astype(np.int32).tobytes() for place in places],
        pd.Series(left_out, ["excluded", "undated"]),
    )


def _sum_up(tables: list[Any]) -> Any:
    summed = pa.concat_tables(tables).group_by("words").aggregate([("total", "sum")])
    return summed.rename_columns({"total_sum": "total"})


def _nothing(left_out: pd.Series, freq: str | None, lang: str) -> str:
    n_excluded, n_undated = left_out.tolist()
    spoken, counterpart = ("Chinese", "English") if lang == "zh" else ("English", "Chinese")
    other = "en" if lang == "zh" else "zh"
    why = f"{n_excluded:,} are copies or not in {spoken}"
    if freq is not None:
        why += f", {n_undated:,} have no date fine enough for periods of `{freq}`"
    way = f"list_partitions(…, lang={other!r}) takes those in {counterpart}"
    return f"no document is left to count: {why}; {way}."


def _keep(
    known: _Known, min_count: int, *, stop_words: Collection[str]
) -> tuple[Any, NDArray[np.bool_], NDArray[np.uint64]]:
    """Drop rare words, which no frequent sequence holds; cut sequences into ranges."""
    kept = known.total >= min_count
    words, total = known.words.filter(pa.array(kept)), known.total[kept]
    stops = pa.array(sorted(stop_words), pa.large_string())
    edges = pc.invert(pc.is_in(words, value_set=stops)).to_numpy(zero_copy_only=False)
    return words, edges, cut_ranges(total, edges, largest=known.largest)


def cut_ranges(total: Ints, edges: NDArray[np.bool_], *, largest: int = 0) -> NDArray[np.uint64]:
    """Cut all sequences, by their first two words, into ranges with about as many places each.

    Parameters
    ----------
    total : ndarray of int64, shape (n_types,)
        Occurrences of each word.
    edges : ndarray of bool, shape (n_types,)
        Words with which sequences begin.
    largest : int, default 0
        Words of the largest partition: a range has no more places, unless these are few.

    Returns
    -------
    ndarray of uint64
        Where each range begins, ascending: number of the first word and 1 in the upper half, of
        the second one in the lower, 0 for none.
    """
    places = np.where(edges, total, 0)
    behind = np.cumsum(places)
    most = min(max(largest, _USUAL), _MOST)
    size = int(np.clip(places.sum() // _RANGES, _LEAST, most))
    shares = np.cumsum(total) / max(total.sum(), 1)
    cuts, word = [0], 0
    while word < len(places):
        if places[word] > 2 * size:
            # As its second words are spread over the words, so are its sequences.
            n = int(-(-places[word] // size))
            second = np.unique(np.searchsorted(shares, np.arange(1, n) / n))
            cuts += [(word + 1) << 32, *(((word + 1) << 32) + second + 1).tolist()]
            word += 1
            continue
        done = behind[word - 1] if word else 0
        end = max(int(np.searchsorted(behind, done + size, side="right")), word + 1)
        heavy = np.flatnonzero(places[word + 1 : end] > 2 * size)
        cuts.append((word + 1) << 32)
        word = word + 1 + int(heavy[0]) if len(heavy) else end
    return np.unique(np.array(cuts, np.uint64))


def _merging(
    encoded: Sequence[Encoded], counting: Counting, *, n_groups: int
) -> list[partial[Merged]]:
    """Hand each range its place in every partition's file."""
    names = [one.name for one in encoded]
    index = np.stack([np.frombuffer(one.index, np.int64).reshape(-1, 5) for one in encoded])
    tasks = []
    for number in range(index.shape[1]):
        there = np.flatnonzero(index[:, number, 2])
        place = index[there, number].tobytes()
        files = [names[at] for at in there]
        tasks.append(partial(merge_range, files, place, counting=counting, n_groups=n_groups))
    return tasks


def _gather(merged: Sequence[Merged], counting: Counting) -> dict[str, Any]:
    """Put the ranges one behind the other."""
    n_rows, n_cells = (sum(getattr(one, name) for one in merged) for name in ("n_rows", "n_cells"))
    words = np.empty((n_rows, counting.max_words), np.int32)
    lengths, offsets = np.empty(n_rows, np.uint8), np.zeros(n_rows + 1, np.int64)
    cells = {
        "cell": np.empty(n_cells, np.int32),
        "n": np.empty(n_cells, np.int64),
        "n_docs": np.empty(n_cells, np.int64),
    }
    row, cell = 0, 0
    for one in merged:
        arrays = unpack_arrays(read_file(counting.folder, one.name))
        rows, here = slice(row, row + one.n_rows), slice(cell, cell + one.n_cells)
        words[rows] = arrays["words"].reshape(-1, counting.max_words)
        lengths[rows] = arrays["n_words"]
        offsets[row + 1 : row + 1 + one.n_rows] = arrays["ends"] + cell
        for name, column in cells.items():
            column[here] = arrays[name]
        row, cell = rows.stop, here.stop
    return {"words": words, "n_words": lengths, "offsets": offsets, **cells}
