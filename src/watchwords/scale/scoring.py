"""Chosen sequences counted by document in a corpus in partitions: what trends are judged on."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.scale.arrays import pack_arrays, unpack_arrays
from watchwords.scale.execution import Workers, run_all
from watchwords.scale.partitions import Partition, Where, read_partition, resolve_partitions
from watchwords.scale.passes import wanted_documents
from watchwords.scale.storage import open_scratch, read_file, write_file
from watchwords.scores import Scores
from watchwords.tokens import normal_form, split_phrase
from watchwords.tokens.chinese import HAN_OR_WORD
from watchwords.tokens.english import split_hyphens
from watchwords.tokens.flow import MAX_WORDS, Flow, Limits
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.ranges import iterate_ranges
from watchwords.tokens.stream import TextStream, read_stream
from watchwords.tokens.units import UNITS

Ints32 = NDArray[np.int32]
_COLUMNS = ("doc_id", "text", "lang", "duplicate_of")


def score_partitions(
    partitions: Where | Sequence[Where | Partition],
    items: Sequence[str],
    *,
    executor: Executor | None = None,
    scratch: Where | None = None,
    progress: bool = False,
) -> Scores:
    """Count chosen sequences of words in every document of a corpus of any size.

    `count_partitions` says which sequences there are; those of interest are counted here by
    document, which is what `fit_trends` takes. The matrix has to fit into memory, the texts need
    not.

    Parameters
    ----------
    partitions : path or sequence of paths or Partition
        As for `count_partitions`; with ``doc_id``.
    items : sequence of str
        Words joined by blanks, or Chinese characters, as `Counts.items` gives them or as a reader
        writes them: "High-quality" is "high quality".
    executor, scratch, progress
        As for `count_partitions`.

    Returns
    -------
    Scores
        One row per document in the language of the partitions that is no copy, sorted by doc_id;
        the same, bit for bit, on whatever executor. ``items`` has ``item``, ``lang``, ``kind``
        ("term") and ``n_words``.

    Raises
    ------
    WatchwordsError
        As for `count_partitions`, or if there is no item, one stands twice or has punctuation
        within, or two documents share a doc_id.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from watchwords.scale import write_partitions
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["No war.", "War and cold war"]})
    >>> with TemporaryDirectory() as folder:
    ...     partitions = write_partitions(documents, folder, max_bytes=12)
    ...     scores = score_partitions(partitions, ["war", "cold war"])
    >>> scores.matrix.toarray().tolist()
    [[1, 0], [2, 1]]
    """
    if isinstance(items, str) or not len(items):
        raise WatchwordsError(f"`items` is {items!r}; give a list of at least one item.")
    parts = resolve_partitions(partitions)
    rows = {name: _read_item(name, parts[0].lang) for name in items}
    if len(set(map(tuple, rows.values()))) < len(items):
        raise WatchwordsError("`items` has one more than once, however it is written.")
    return score_sequences(parts, rows, executor=executor, scratch=scratch, progress=progress)


def _read_item(item: str, lang: str) -> list[str]:
    """Fold and split an item as the texts are."""
    words, divided = [], False
    for written in item.split():
        if lang == "en" and normal_form(written) == written and HAN_OR_WORD.fullmatch(written):
            words += split_hyphens(written)
        else:
            words += [word for word, _ in split_phrase(written)]
            divided = any(after for _, after in split_phrase(item))
    if not 1 <= len(words) <= MAX_WORDS or divided:
        raise WatchwordsError(
            f"`items` has {item!r}, which is not 1 to {MAX_WORDS} words without punctuation "
            "between them."
        )
    return words


def score_sequences(
    parts: list[Partition],
    sequences: Mapping[str, list[str]],
    *,
    executor: Executor | None,
    scratch: Where | None,
    progress: bool,
) -> Scores:
    """Count sequences, each given as the words of the texts.

    Parameters
    ----------
    parts : list of Partition
    sequences : mapping of str to list of str
        By their names, which become the items; normal forms.
    executor, scratch, progress
        As for `count_partitions`.

    Returns
    -------
    Scores
    """
    lang = parts[0].lang
    names, rows = list(sequences), list(sequences.values())
    width = max(map(len, rows))
    vocabulary = sorted({word for row in rows for word in row})
    number = {word: at for at, word in enumerate(vocabulary)}
    words = np.full((len(rows), width), -1, np.int32)
    for at, row in enumerate(rows):
        words[at, : len(row)] = [number[word] for word in row]
    with open_scratch(scratch) as folder, Workers(executor) as workers:
        packed = pack_arrays(words=pa.array(vocabulary, pa.large_string()), rows=words.ravel())
        common = write_file(folder, "items", [packed])
        tasks = [
            partial(score_partition, part, folder, common=common, max_words=width) for part in parts
        ]
        files = run_all(workers, tasks, parts, doing="scoring", progress=progress)
        scored = [unpack_arrays(read_file(folder, name)) for name in files]
    described = {"item": names, "lang": lang, "kind": "term", "n_words": [len(r) for r in rows]}
    return _assemble(scored, pd.DataFrame(described).astype({"item": "str"}), lang)


def score_partition(partition: Partition, folder: str, *, common: str, max_words: int) -> str:
    """Count the items in the documents of a partition.

    Parameters
    ----------
    partition : Partition
    folder : str
        For partial results.
    common : str
        File with the words of the items, sorted, and the items as rows of them.
    max_words : int
        Longest item.

    Returns
    -------
    str
        File with ``doc``, ``item`` and ``n`` of each cell, ``doc_ids`` and ``n_units``.
    """
    table = read_partition(partition, _COLUMNS)
    for column in ("doc_id", "text"):
        if column not in table:
            raise SchemaError(f"{partition} has no column `{column}`.")
    table = table[wanted_documents(table, partition.lang)]
    texts = table["text"].fillna("").astype("str")
    stream = read_stream(texts, across_breaks=False, lang=partition.lang)
    shared = unpack_arrays(read_file(folder, common))
    rows = shared["rows"].reshape(-1, max_words)
    keys = _keys(rows)
    order = np.argsort(keys, kind="stable")
    flow, word_of = _lay_out(stream, shared["words"])
    found: dict[str, list[Any]] = {name: [np.empty(0, np.int32)] for name in ("doc", "item", "n")}
    for counted in iterate_ranges(flow, Limits(max_words)):
        here = _keys(np.append(word_of, np.int32(-1))[counted.words])
        place = np.searchsorted(keys[order], here).clip(max=len(keys) - 1)
        item = np.where(keys[order][place] == here, order[place], -1)
        cells = np.repeat(item, np.diff(counted.offsets))
        found["doc"].append(counted.cell[cells >= 0])
        found["item"].append(cells[cells >= 0].astype(np.int32))
        found["n"].append(counted.n[cells >= 0])
    packed = pack_arrays(
        compression="zstd",
        **{name: np.concatenate(columns) for name, columns in found.items()},
        doc_ids=pa.array(table["doc_id"].astype("str"), pa.large_string()),
        n_units=stream.n_units,
    )
    return write_file(folder, "scores", [packed])


def _lay_out(stream: TextStream, words: Any) -> tuple[Flow, Ints32]:
    """Leave out the words of no item."""
    number = pc.index_in(pa.array(stream.vocabulary, pa.large_string()), value_set=words)
    kept = number.is_valid().to_numpy(zero_copy_only=False)
    new = np.concatenate([[0], np.where(kept, np.cumsum(kept), 0)]).astype(np.int32)
    load_kernels("ngram_kernels").relabel(stream.codes, new)
    offsets = np.concatenate([[0], np.cumsum(stream.n_words)]).astype(np.int64)
    docs = np.arange(len(stream.n_words), dtype=np.int32)
    anywhere = np.ones(int(kept.sum()), bool)
    flow = Flow(stream.codes, offsets, docs, stream.total[kept], anywhere, anywhere)
    return flow, number.drop_null().to_numpy().astype(np.int32)


def _keys(rows: Ints32) -> NDArray[np.bytes_]:
    """Make each row one value that sorts as the row does."""
    ascending = np.ascontiguousarray(rows + 1, ">i4")
    return ascending.view(f"S{4 * rows.shape[1]}").ravel()


def _assemble(scored: Sequence[dict[str, Any]], items: pd.DataFrame, lang: str) -> Scores:
    doc_ids = np.concatenate([one["doc_ids"].to_numpy(zero_copy_only=False) for one in scored])
    first = np.cumsum([0, *(len(one["doc_ids"]) for one in scored)])
    docs = np.concatenate([one["doc"] + base for one, base in zip(scored, first, strict=False)])
    item, n = (np.concatenate([one[name] for one in scored]) for name in ("item", "n"))
    order = np.argsort(doc_ids.astype(object), kind="stable")
    matrix = sparse.coo_array((n, (docs, item)), shape=(len(doc_ids), len(items))).tocsr()[order]
    matrix.sort_indices()
    n_units = np.concatenate([one["n_units"] for one in scored])[order]
    return Scores(matrix, doc_ids[order], items, n_units, UNITS[lang])
