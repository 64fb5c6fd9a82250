"""Bring a stored corpus up to date: read what is new or changed, keep the rest as it was read."""

import hashlib
import os
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from watchwords.clean.documents import Cleaned, clean_corpus
from watchwords.corpora.changes import Changes, find_changes
from watchwords.corpora.owners import doubted_files, owners_of
from watchwords.corpora.store import Stored, is_store, load_store, write_store
from watchwords.corpora.swap import locked
from watchwords.errors import ReportError
from watchwords.read.collect import Found, collect, read_tasks
from watchwords.read.documents import join_tables
from watchwords.read.folders import STORE_FILE, is_ruin
from watchwords.read.listing import Listing, watched
from watchwords.read.settle import GONE, TAKEN, correct, settle
from watchwords.read.worker import describe_options

_LIBRARIES = ("charset-normalizer", "ftfy", "lxml", "openpyxl", "pyarrow", "pypdf", "python-docx",
              "trafilatura")  # fmt: skip
_PARTS = ("read", "clean")


@dataclass(frozen=True, eq=False)
class Update:
    """A stored corpus, and how much of it was read anew.

    Attributes
    ----------
    stored : Stored
        The corpus as it is on disk now.
    n_read, n_kept, n_gone : int
        Files read, taken as they were, and no longer there.
    why : str
        Why everything was read although a corpus was there, or "".
    """

    stored: Stored
    n_read: int
    n_kept: int
    n_gone: int
    why: str = ""


def store_corpus(
    listing: Listing, out: str | os.PathLike[str], *, workers: int = 1, progress: bool = False
) -> Update:
    """Read and clean a corpus into a folder, or bring the folder up to date.

    Files that are as they were are not read again, unless the options, the program or one of its
    parsers changed, or the folder was damaged. What is on disk afterwards does not depend on
    what was there before.

    Parameters
    ----------
    listing : Listing
        From `list_corpus`.
    out : path
        A folder that is empty, absent, or holds a corpus.
    workers : int, default 1
        Processes that read side by side.
    progress : bool, default False
        Show bars.

    Returns
    -------
    Update

    Raises
    ------
    ReportError
        If `out` is the folder that is read, or holds something else than a corpus.
    EmptyCorpusError, SchemaError
        As for `read_corpus`.
    LockedError
        If another process writes the folder.
    StorageError
        If the disk refuses; what was in the folder is untouched.
    """
    folder = check_out(out, listing.root)
    about = describe_reading(listing)
    with locked(folder):
        before, why = _load_alike(folder, about)
        changes = _compare(listing, before)
        if before is not None and not changes.any and before.about | about == before.about:
            return Update(before, 0, len(changes.kept), 0)
        cleaned, settled = _finish(
            listing,
            _read(listing, changes, before, workers=workers, progress=progress),
            before,
            progress=progress,
        )
        added = [name for name in cleaned.documents if name not in settled.documents]
        stored = Stored(
            folder,
            cleaned.documents,
            settled.rejects,
            settled.notes,
            cleaned.removed,
            cleaned.copies,
            settled.files,
            _differences(settled.documents, cleaned.documents),
            about | {"added": added},
        )
        write_store(stored)
    return Update(stored, len(changes.again), len(changes.kept), changes.n_gone, why)


def check_out(out: str | os.PathLike[str], root: Path) -> Path:
    """Check that a folder may be written.

    Parameters
    ----------
    out : path
        The folder.
    root : Path
        What is read.

    Returns
    -------
    Path

    Raises
    ------
    ReportError
        If it is what is read or around it, or holds something else than a corpus.
    """
    folder = Path(out)
    if root.resolve().is_relative_to(folder.resolve()):
        raise ReportError(
            f"`out` {str(folder)!r} is the folder that is read, or lies around it; choose a folder "
            "of its own."
        )
    taken = folder.exists() and not is_store(folder) and not is_ruin(folder)
    if taken and not (folder.is_dir() and not any(folder.iterdir())):
        raise ReportError(
            f"`out` {str(folder)!r} holds something else than a corpus, which would be replaced; "
            "choose a new folder."
        )
    return folder


def describe_reading(listing: Listing) -> dict[str, Any]:
    """Say what a reading depends on besides the files: options, program, parsers, corrections."""
    digest = hashlib.sha256()
    for part in _PARTS:
        spec = find_spec(f"watchwords.{part}")
        for folder in (spec.submodule_search_locations or []) if spec else []:
            for module in sorted(Path(folder).glob("*.py")):
                digest.update(module.name.encode() + module.read_bytes())
    corrections = listing.corrections
    decided = hashlib.sha256(corrections.read_bytes()).hexdigest() if corrections else ""
    return {
        "reading": {
            "options": describe_options(listing.options),
            "watchwords": version("watchwords"),
            "code": digest.hexdigest(),
            "libraries": {name: version(name) for name in _LIBRARIES},
        },
        "corrections": decided,
    }


def restore_found(stored: Stored) -> Found:
    """Give back what was found in the files, before corrections and cleaning.

    Parameters
    ----------
    stored : Stored

    Returns
    -------
    Found
    """
    documents = stored.documents.drop(columns=stored.about["added"])
    documents = documents.assign(text=stored.documents["raw"], duplicate_of="")
    place = pd.Series(documents.index, index=documents["path"])
    for column, replaced in stored.found.groupby("column"):
        values = replaced["value"]
        if column == "date":
            values = pd.to_datetime(values.replace("", None)).astype("datetime64[s]")
        documents.loc[place[replaced["path"]], column] = values.to_numpy()
    notes = stored.notes[~stored.notes["code"].isin([TAKEN, GONE])]
    return Found(documents.astype({"duplicate_of": "str"}), stored.rejects, notes, stored.files)


def _load_alike(folder: Path, about: dict[str, Any]) -> tuple[Stored | None, str]:
    """Load what was read in the same way; else say why it is not used."""
    if is_ruin(folder):
        return None, f"the corpus {str(folder)!r} had lost {STORE_FILE}, or it was damaged"
    if not is_store(folder):
        return None, ""
    try:
        stored = load_store(folder)
    except ReportError as error:
        return None, str(error)
    if stored.about["reading"] != about["reading"]:
        return None, "the options or the program changed"
    return stored, ""


def _compare(listing: Listing, before: Stored | None) -> Changes:
    if before is None:
        return Changes(listing.tasks, pd.DataFrame(), n_new=len(listing.tasks))
    taken = before.notes.loc[before.notes["code"] == TAKEN, "path"]
    return find_changes(listing, before.files, doubted=doubted_files(before, taken))


def _read(
    listing: Listing, changes: Changes, before: Stored | None, *, workers: int, progress: bool
) -> Found:
    """Read what is new or changed, and put it with what is kept."""
    tasks = watched(changes.again, progress=progress)
    events = read_tasks(tasks, listing.root, listing.options, workers=workers)
    found = collect(events, alone=listing.is_file)
    return found if before is None else _join(restore_found(before), changes, found)


def _join(before: Found, changes: Changes, again: Found) -> Found:
    """Put what is kept and what was read anew together."""
    names = set(before.files["path"])
    kept = set(changes.kept["path"])

    def only_kept(table: pd.DataFrame) -> pd.DataFrame:
        rows = np.array([owners_of(path, names) <= kept for path in table["path"]], dtype=bool)
        return table[rows]

    return Found(
        join_tables([only_kept(before.documents), again.documents]),
        _below(only_kept(before.rejects), again.rejects),
        _below(only_kept(before.notes), again.notes),
        _below(changes.kept, again.files),
    )


def _finish(
    listing: Listing, found: Found, before: Stored | None, *, progress: bool
) -> tuple[Cleaned, Found]:
    """Name, correct and clean; what was found comes back without its texts."""
    known: set[str] = set()
    if before is not None:
        gone = before.notes.loc[before.notes["code"] == GONE, "path"]
        known.update(before.documents["path"], before.documents["doc_id"], gone)
        known.update(before.rejects["path"], before.files["path"])
    settled = settle(listing, found, known=known)
    del found
    documents = correct(listing, settled)
    settled = replace(settled, documents=settled.documents.drop(columns="text"))
    previous = None if before is None else before.documents
    return clean_corpus(documents, previous=previous, progress=progress), settled


def _differences(found: pd.DataFrame, final: pd.DataFrame) -> pd.DataFrame:
    """List what corrections and cleaning replaced: path, column and the value found."""
    compared = found.columns.difference(["path", "text", "duplicate_of"])
    aligned = final[["path", *compared]].set_index("path").loc[found["path"]]
    parts = []
    for column in compared:
        was, now = _words(found[column]), _words(aligned[column])
        changed = was.to_numpy() != now.to_numpy()
        parts.append(pd.DataFrame({"path": found["path"], "column": column, "value": was})[changed])
    differing: pd.DataFrame = pd.concat(parts, ignore_index=True).astype("str")
    return differing


def _words(values: pd.Series) -> pd.Series:
    if not pd.api.types.is_datetime64_dtype(values):
        return values
    days: pd.Series = values.dt.strftime("%Y-%m-%d").fillna("").astype("str")
    return days


def _below(upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([upper, lower], ignore_index=True) if len(lower) else upper
