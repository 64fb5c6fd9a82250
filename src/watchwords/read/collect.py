"""What became of the files of a corpus, put into tables while they are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.errors import SchemaError
from watchwords.read.children import Children
from watchwords.read.documents import join_tables, records_table
from watchwords.read.files import Event, Read, Task, Unfit, is_trusted, read_file
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
        Child processes. With one, plain text is read here and the rest in the child.

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
        for task in tasks:
            if is_trusted(task.name):
                yield from ((task, event) for event in read_file(task, root, options))
            else:
                yield from children.read([task])


def collect(events: Iterable[tuple[Task, Event]], *, alone: bool = False) -> Found:
    """Put what was found into tables.

    Parameters
    ----------
    events : iterable of (Task, Event)
        From `read_tasks`.
    alone : bool, default False
        Whether the corpus is one table: then a missing column of texts is an error.

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
