"""What became of the files of a corpus, put into tables while they are read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.errors import SchemaError
from watchwords.read.children import Children
from watchwords.read.documents import join_tables, records_table
from watchwords.read.files import Event, Read, Task, Unfit, is_plain_table, is_trusted, read_file
from watchwords.read.outcomes import Rejection
from watchwords.read.records import Options, Record

BATCH = 1000
"""Documents that are held one by one before they go into a table."""
BATCH_CHARACTERS = 10_000_000
_TYPES = {"row": "int64", "size": "int64", "mtime_ns": "int64"}


@dataclass(frozen=True)
class Found:
    """What was found in files, in their order; names are not yet settled.

    Attributes
    ----------
    documents : pandas.DataFrame
        The columns of documents; ``doc_id`` is the one a table gives, or "".
    rejects : pandas.DataFrame
        path, row, stage, reason, detail.
    notes : pandas.DataFrame
        path, row, code, detail.
    files : pandas.DataFrame
        path, size, mtime_ns, sha256 of every file listed; -1 and "" where it was never opened.
    """

    documents: pd.DataFrame
    rejects: pd.DataFrame
    notes: pd.DataFrame
    files: pd.DataFrame


def read_tasks(
    tasks: Iterable[Task], root: Path, options: Options, *, workers: int = 1
) -> Iterator[tuple[Task, Event]]:
    """Read files, those that need it in child processes.

    Parameters
    ----------
    tasks : iterable of Task
    root : Path
        The corpus.
    options : Options
    workers : int, default 1
        Child processes. With one, plain text is read here while the child is at the rest.

    Yields
    ------
    task : Task
    event : Record, Rejection, Unfit or Read
        In the order of the tasks.
    """
    with Children(root, options, n=workers) as children:
        if workers > 1:
            yield from children.read(tasks)
            return

        def read_here(task: Task) -> Iterator[Event] | None:
            return read_file(task, root, options) if is_trusted(task.name) else None

        for is_table, some in groupby(tasks, lambda task: is_plain_table(task.name)):
            if is_table:  # row by row, whatever its size
                yield from ((task, event) for task in some for event in read_here(task) or ())
            else:
                yield from children.read(some, read_here=read_here)


def collect(
    events: Iterable[tuple[Task, Event]],
    *,
    alone: bool = False,
    keep: Callable[[str], object] | None = None,
) -> Found:
    """Put what was found into tables.

    Parameters
    ----------
    events : iterable of (Task, Event)
        From `read_tasks`.
    alone : bool, default False
        Whether the corpus is one table: then a missing column of texts is an error.
    keep : callable, optional
        Takes each text as it comes; what it gives back, such as a number, stands for the text
        in the column ``text``. By default the table holds the texts.

    Returns
    -------
    Found

    Raises
    ------
    SchemaError
        If the only table has no column of texts.
    """
    held: list[Record] = []
    size = 0
    tables: list[pd.DataFrame] = []
    rejects: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = []
    files: list[tuple[Any, ...]] = []
    for task, event in events:
        match event:
            case Record():
                _put_away(event, keep)
                held.append(event)
                size += len(str(event.fields["text"]))
                path = event.fields["path"]
                notes.extend((path, event.row, *note) for note in event.notes)
            case Rejection():
                rejects.append((event.path, event.row, "read", event.reason, event.detail))
            case Unfit():
                if alone:
                    raise SchemaError(event.message)
                rejects.append((task.name, 0, "read", "schema", event.message))
            case Read():
                files.append((task.name, event.size, event.mtime_ns, event.sha256))
        if len(held) >= BATCH or size > BATCH_CHARACTERS:
            tables.append(records_table(held))
            held, size = [], 0
    tables.append(records_table(held))
    return Found(
        join_tables(tables),
        _unique(_table(rejects, ["path", "row", "stage", "reason", "detail"])),
        _table(notes, ["path", "row", "code", "detail"]),
        _table(files, ["path", "size", "mtime_ns", "sha256"]),
    )


def _put_away(record: Record, keep: Callable[[str], object] | None) -> None:
    if keep is not None:
        record.fields["text"] = str(keep(str(record.fields["text"])))


def _table(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=_TYPES.get(name, "str"))
            for name, values in zip(names, columns, strict=True)
        }
    )


def _unique(rejects: pd.DataFrame) -> pd.DataFrame:
    """Tell apart what is written alike: names with control characters may be, once escaped."""
    again = rejects.groupby(["path", "row"]).cumcount()
    paths = rejects["path"].where(again == 0, rejects["path"] + " (" + again.astype("str") + ")")
    return rejects.assign(path=paths.astype("str"))
