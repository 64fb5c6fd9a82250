"""A corpus in parts: files of Parquet, or row groups of them, each as large as a worker likes."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from watchwords.errors import ReportError, SchemaError, StorageError, WatchwordsError, nearest
from watchwords.read.folders import STORE_FILE
from watchwords.scale.columns import plain_column
from watchwords.scale.storage import find_place
from watchwords.tokens import TOKENIZED
from watchwords.tokens.flow import check_whole

PARTITION_BYTES = 1 << 25
"""Text of a partition: small enough for any worker, large enough to be worth a task."""
_ROWS_AT_A_TIME = 256

Where = str | os.PathLike[str]


@dataclass(frozen=True)
class Partition:
    """Some row groups of a file of Parquet: what one worker counts at a time.

    Attributes
    ----------
    path : str
        The file, or its URI.
    first, end : int
        Row groups, half open.
    lang : str
        Language of the documents that are counted; others are left out.
    """

    path: str
    first: int
    end: int
    lang: str = "en"

    def __str__(self) -> str:
        """Name it for people."""
        groups = f"row group {self.first}"
        if self.end - self.first != 1:
            groups = f"row groups {self.first} to {self.end - 1}"
        return f"{self.path} ({groups})"


def write_partitions(
    documents: pd.DataFrame | Where, folder: Where, *, max_bytes: int = PARTITION_BYTES
) -> list[Partition]:
    """Write documents as files of Parquet, each small enough for one worker.

    Parameters
    ----------
    documents : pandas.DataFrame or path
        The table ``documents``, or a file of Parquet with it, which is read a few rows at a time.
        Their order is kept: documents by date give less to merge.
    folder : path
        A folder that is new or empty; part-00000.parquet and so on are written.
    max_bytes : int, default 33,554,432
        Text of a part in UTF-8, unless one document has more. A worker takes eight to ten times
        as much memory, and about 270 MB for itself.

    Returns
    -------
    list of Partition
        To count the English documents; ``list_partitions(folder, lang="zh")`` for the Chinese.

    Raises
    ------
    WatchwordsError
        If the folder holds something, there is no column of texts, or the disk refuses.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["One.", "Two.", "Three."]})
    >>> with TemporaryDirectory() as folder:
    ...     parts = write_partitions(documents, folder, max_bytes=8)
    >>> [part.path.rpartition("/")[2] for part in parts]
    ['part-00000.parquet', 'part-00001.parquet']
    """
    import pyarrow.parquet as pq

    check_whole(max_bytes=max_bytes)
    system, path = find_place(os.fspath(folder))
    parts: list[Partition] = []
    try:
        system.create_dir(path, recursive=True)
        if system.get_file_info(_selector(path)):
            raise ReportError(f"`folder` is {os.fspath(folder)!r}, which is not empty.")
        for table in _cut(_pieces(documents), max_bytes):
            name = f"part-{len(parts):05}.parquet"
            file = f"{path}/{name}"
            pq.write_table(
                table, file, filesystem=system, compression="zstd", row_group_size=len(table)
            )
            parts.append(Partition(f"{os.fspath(folder).rstrip('/')}/{name}", 0, 1))
    except OSError as error:
        raise StorageError(f"cannot write to {os.fspath(folder)!r}: {error}") from None
    return parts


def list_partitions(
    source: Where | Sequence[Where], *, lang: str = "en", max_bytes: int = PARTITION_BYTES
) -> list[Partition]:
    """List what there is to count, neighbouring row groups together up to a size.

    Parameters
    ----------
    source : path or sequence of paths
        Files of Parquet with a column ``text``, a folder of them, or a folder that
        ``watchwords read --out`` wrote.
    lang : {"en", "zh"}, default "en"
        Language of the documents to count; languages are never pooled.
    max_bytes : int, default 33,554,432
        Text of a partition, unless one row group has more.

    Returns
    -------
    list of Partition
        Files by name.

    Raises
    ------
    WatchwordsError
        If there is no such file, one has no column of texts, or `lang` has no tokeniser.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["One.", "Two."]})
    >>> with TemporaryDirectory() as folder:
    ...     parts = write_partitions(documents, folder, max_bytes=4)
    ...     list_partitions(folder) == parts
    True
    """
    if lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, TOKENIZED)}"
        )
    several = [source] if isinstance(source, str | os.PathLike) else list(source)
    files = [file for where in several for file in _files(os.fspath(where))]
    if not files:
        raise ReportError(f"`{source}` has no file of Parquet; write_partitions makes some.")
    parts = [part for file in files for part in _groups(file, max_bytes)]
    return [replace(part, lang=lang) for part in parts]


def read_partition(partition: Partition, columns: Iterable[str]) -> pd.DataFrame:
    """Read some columns of a partition.

    Parameters
    ----------
    partition : Partition
    columns : iterable of str
        Those it does not have are left out.

    Returns
    -------
    pandas.DataFrame
        All but ``date`` of pandas' ``str``, so that a value reads the same whatever else a
        partition holds.

    Raises
    ------
    StorageError
        If it cannot be read.
    SchemaError
        If a column holds what is no text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    system, path = find_place(partition.path)
    try:
        with pq.ParquetFile(path, filesystem=system) as file:
            there = [name for name in file.schema_arrow.names if name in set(columns)]
            groups = range(partition.first, partition.end)
            table = file.read_row_groups(groups, columns=there, use_threads=False)
    except (OSError, pa.ArrowException, IndexError) as error:
        raise StorageError(f"cannot read {partition}: {error}") from None
    columns_read = {name: plain_column(table[name], name, where=str(partition)) for name in there}
    frame: pd.DataFrame = pa.table(columns_read).to_pandas(ignore_metadata=True)
    return frame


def list_columns(partition: Partition) -> list[str]:
    """List the columns that a partition has.

    Parameters
    ----------
    partition : Partition

    Returns
    -------
    list of str
    """
    import pyarrow.parquet as pq

    system, path = find_place(partition.path)
    names: list[str] = pq.read_schema(path, filesystem=system).names
    return names


def resolve_partitions(partitions: Where | Sequence[Where | Partition]) -> list[Partition]:
    """List partitions that are given in any way.

    Parameters
    ----------
    partitions : path or sequence of paths or Partition

    Returns
    -------
    list of Partition
        In one language.

    Raises
    ------
    WatchwordsError
        If there is none, one twice (however its path is written), or they are in two languages.
    """
    several = [partitions] if isinstance(partitions, str | os.PathLike) else list(partitions)
    parts: list[Partition] = []
    for one in several:
        parts += [one] if isinstance(one, Partition) else list_partitions(one)
    if len({part.lang for part in parts}) > 1:
        raise WatchwordsError(
            "`partitions` are in English and in Chinese, which are never pooled; count each "
            "language by itself."
        )
    twice = _find_overlap(parts)
    if twice or not parts:
        what = f"{twice} more than once" if twice else "nothing"
        raise WatchwordsError(f"`partitions` has {what}; pass files of Parquet, each once.")
    return parts


def _find_overlap(parts: list[Partition]) -> Partition | None:
    """Find row groups that are there already, however the path of their file is written."""
    paths = {part.path for part in parts}
    place = {
        path: path if "://" in (file := path.removeprefix("file://")) else os.path.realpath(file)
        for path in paths
    }
    ordered = sorted(parts, key=lambda part: (place[part.path], part.first, part.end))
    for one, other in pairwise(ordered):
        if place[one.path] == place[other.path] and other.first < one.end:
            return other
    return None


def exceeds(source: Where, max_bytes: int = 4 * PARTITION_BYTES) -> bool:
    """Tell whether a row group is too large to be counted at a time.

    Parameters
    ----------
    source : path
        As for `list_partitions`.
    max_bytes : int, default 134,217,728
        Text of a row group.

    Returns
    -------
    bool
    """
    sizes = [size for file in _files(os.fspath(source)) for size in _text_sizes(file)]
    return max(sizes, default=0) > max_bytes


def _files(where: str) -> list[str]:
    from pyarrow import fs

    system, path = find_place(where)
    try:
        info = system.get_file_info(path)
        if info.type == fs.FileType.File:
            return [where]
        if info.type == fs.FileType.NotFound:
            raise ReportError(f"`partitions` has {where!r}: there is no such file or folder.")
        entries = system.get_file_info(_selector(path))
    except OSError as error:
        raise StorageError(f"cannot read {where!r}: {error}") from None
    found = [entry.base_name for entry in entries if entry.is_file]
    names = sorted(name for name in found if name.endswith(".parquet") and name[0] not in "._")
    if STORE_FILE in found and "documents.parquet" in names:
        names = ["documents.parquet"]
    return [f"{where.rstrip('/')}/{name}" for name in names]


def _selector(path: str) -> Any:
    from pyarrow import fs

    return fs.FileSelector(path, allow_not_found=True)


def _groups(file: str, max_bytes: int) -> Iterator[Partition]:
    first, held = 0, 0
    sizes = _text_sizes(file)
    for group, size in enumerate(sizes):
        if group > first and held + size > max_bytes:
            yield Partition(file, first, group)
            first, held = group, 0
        held += size
    if sizes:
        yield Partition(file, first, len(sizes))


def _text_sizes(file: str) -> list[int]:
    """Say how many bytes of text each row group has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    system, path = find_place(file)
    try:
        about = pq.read_metadata(path, filesystem=system)
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"cannot read {file!r}: {error}") from None
    columns = [about.schema.column(at).path for at in range(about.num_columns)]
    if "text" not in columns:
        shown = ", ".join(columns[:8])
        raise SchemaError(f"{file!r} has no column `text`; it has: {shown}.")
    text = columns.index("text")
    groups = [about.row_group(group) for group in range(about.num_row_groups)]
    return [int(group.column(text).total_uncompressed_size) for group in groups]


def _pieces(documents: pd.DataFrame | Where) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if isinstance(documents, pd.DataFrame):
        _check_columns(documents.columns)
        try:
            schema = pa.Schema.from_pandas(documents, preserve_index=False)
        except pa.ArrowException as error:
            raise SchemaError(
                f"`documents` has a column of several kinds of values: {error}"
            ) from None
        plain_column(schema.empty_table()["text"], "text", where="`documents`")
        for at in range(0, len(documents), _ROWS_AT_A_TIME):
            rows = documents.iloc[at : at + _ROWS_AT_A_TIME]
            yield pa.Table.from_pandas(rows, schema, preserve_index=False)
    else:
        system, path = find_place(os.fspath(documents))
        with pq.ParquetFile(path, filesystem=system) as file:
            _check_columns(file.schema_arrow.names)
            for batch in file.iter_batches(_ROWS_AT_A_TIME, use_threads=False):
                yield pa.Table.from_batches([batch])


def _check_columns(names: Iterable[str]) -> None:
    if "text" not in names:
        shown = ", ".join(map(str, list(names)[:8]))
        raise SchemaError(f"`documents` has no column `text`; it has: {shown}.")


def _cut(tables: Iterable[Any], max_bytes: int) -> Iterator[Any]:
    """Cut tables into such with at most so many bytes of text, a row at least."""
    import pyarrow as pa
    import pyarrow.compute as pc

    held: list[Any] = []
    size = 0
    for table in tables:
        first = 0
        lengths = pc.fill_null(pc.binary_length(table["text"]), 0).to_pylist()
        for row, n_bytes in enumerate(lengths):
            if size and size + n_bytes > max_bytes:
                held.append(table.slice(first, row - first))
                yield pa.concat_tables(held)
                held, size, first = [], 0, row
            size += n_bytes
        held.append(table.slice(first))
    if held:
        yield pa.concat_tables(held)
