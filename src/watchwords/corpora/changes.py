"""Which files of a folder are new, changed, gone, or as they were."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from watchwords.read.files import Task
from watchwords.read.folders import read_regular
from watchwords.read.limits import MAX_TABLE_BYTES
from watchwords.read.listing import Listing
from watchwords.read.outcomes import Rejected


@dataclass(frozen=True)
class Changes:
    """What has happened to a folder since it was read.

    Attributes
    ----------
    again : tuple of Task
        Files that are new or changed: to be read.
    kept : pandas.DataFrame
        path, size, mtime_ns and sha256 of the files that are as they were, times brought up to
        date.
    n_new, n_changed, n_gone : int
    touched : bool
        Whether a time changed although the content did not.
    """

    again: tuple[Task, ...]
    kept: pd.DataFrame
    n_new: int = 0
    n_changed: int = 0
    n_gone: int = 0
    touched: bool = False

    @property
    def any(self) -> bool:
        """Whether anything differs from what is stored."""
        return bool(self.again) or self.n_gone > 0 or self.touched


def find_changes(listing: Listing, files: pd.DataFrame, *, doubted: frozenset[str]) -> Changes:
    """Compare the files of a corpus with those that were read.

    Size and time of change decide; where only the time differs, the content does.

    Parameters
    ----------
    listing : Listing
        What is there now.
    files : pandas.DataFrame
        What was there: path, size, mtime_ns, sha256.
    doubted : frozenset of str
        Files that are read again whatever their time says.

    Returns
    -------
    Changes
    """
    known = {path: tuple(rest) for path, *rest in files.itertuples(index=False)}
    kept, again, n_new, touched = [], [], 0, False
    for task in listing.tasks:
        before = known.get(task.name)
        n_new += before is None
        now = None
        if before is not None and task.name not in doubted:
            now = _compare(task, listing.root, before)
        if now is None:
            again.append(task)
        else:
            touched |= now != before
            kept.append((task.name, *now))
    table = pd.DataFrame(kept, columns=list(files.columns)).astype(files.dtypes)
    names = {task.name for task in listing.tasks}
    return Changes(
        tuple(again), table, n_new, len(again) - n_new, len(known.keys() - names), touched
    )


def _compare(task: Task, root: Path, before: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """Give what is known of a file that is as it was, else None."""
    size, time, digest = before
    try:
        status = os.lstat(task.path)
    except OSError:
        return None
    if size < 0 or status.st_size != size:
        return None
    if status.st_mtime_ns == time:
        return before
    if not digest:
        return None
    try:
        data, status = read_regular(Path(task.path), root, limit=MAX_TABLE_BYTES)
    except Rejected:
        return None
    same = hashlib.sha256(data).hexdigest() == digest
    return (size, status.st_mtime_ns, digest) if same else None
