"""What is to be read of a corpus: its files, the analyst's corrections and the options."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from watchwords.errors import ReportError
from watchwords.read.columns import check_columns
from watchwords.read.corrections import FILE_NAME, is_corrections
from watchwords.read.files import Task
from watchwords.read.folders import check_source, list_files, read_bytes
from watchwords.read.outcomes import Rejected
from watchwords.read.patterns import check_pattern
from watchwords.read.records import DATE_ORDERS, Options


@dataclass(frozen=True)
class Listing:
    """The files of a corpus, and how they are to be read.

    Attributes
    ----------
    root : Path
        The folder, or the one file.
    tasks : tuple of Task
        In the order of the paths.
    corrections : Path or None
        The analyst's file.
    options : Options
    """

    root: Path
    tasks: tuple[Task, ...]
    corrections: Path | None
    options: Options

    @property
    def is_file(self) -> bool:
        """Whether the corpus is one file."""
        return not self.root.is_dir()


def check_options(
    *,
    columns: Mapping[str, str] | None = None,
    path_pattern: str | None = None,
    as_of: date | None = None,
    issuer: str = "",
    date_order: str = "",
) -> Options:
    """Check what a user says about all documents.

    Parameters
    ----------
    columns, path_pattern, as_of, issuer, date_order
        As for `read_corpus`.

    Returns
    -------
    Options

    Raises
    ------
    ReportError
        If the pattern or the order of dates cannot be read.
    SchemaError
        If `columns` names a column that documents do not have.
    """
    if date_order not in DATE_ORDERS:
        raise ReportError(
            f"`date_order` is {date_order!r}; it is 'dmy' (03/02/2021 is the third of February), "
            "'mdy' (the second of March) or '' (such dates keep their year only)."
        )
    if path_pattern is not None:
        check_pattern(path_pattern)
    given = check_columns(columns)
    return Options(given, path_pattern or "", as_of or date.max, issuer, date_order)


def list_corpus(
    source: str | os.PathLike[str],
    options: Options,
    *,
    metadata: str | os.PathLike[str] | None = None,
) -> Listing:
    """List the files of a corpus, the corrections apart from them.

    Parameters
    ----------
    source : path
        A folder or a file.
    options : Options
    metadata : path, optional
        The corrections; default "metadata.csv" beside the texts, if there.

    Returns
    -------
    Listing

    Raises
    ------
    ReportError
        If `source` or `metadata` does not exist.
    """
    root = check_source(source)
    corrections = _find_corrections(root, metadata)
    apart = None if corrections is None else os.path.normpath(corrections)
    files = [
        (name, path)
        for name, path in list_files(root)
        if apart is None or os.path.normpath(path) != apart
    ]
    return Listing(root, _name_apart(files), corrections, options)


def _name_apart(files: Sequence[tuple[str, str]]) -> tuple[Task, ...]:
    """Tell apart what is written alike: names with control characters may be, once escaped."""
    known, used, tasks = {name for name, _ in files}, set[str](), []
    for name, path in files:
        own, n = name, 1
        while own in used or (n > 1 and own in known):
            n += 1
            own = f"{name} ({n})"
        used.add(own)
        tasks.append(Task(own, path))
    return tuple(tasks)


def watched(tasks: Sequence[Task], *, progress: bool) -> Iterable[Task]:
    """Show a bar while tasks are taken, if that is wanted."""
    if not progress:
        return tasks
    from tqdm.auto import tqdm

    bar: Iterable[Task] = tqdm(tasks, desc="reading", unit="file")
    return bar


def _find_corrections(root: Path, metadata: str | os.PathLike[str] | None) -> Path | None:
    if metadata is not None:
        path = Path(metadata)
        if not path.is_file():
            raise ReportError(f"`metadata` {str(path)!r} does not exist.")
        return path
    path = (root if root.is_dir() else root.parent) / FILE_NAME
    if path == root or path.is_symlink() or not path.is_file():
        return None
    try:
        data = read_bytes(path, path.parent)
    except Rejected:
        return path
    return path if is_corrections(data) else None
