"""Bring a stored corpus up to date: read what is new or changed, keep the rest as it was read."""

import hashlib
import os
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.corpora.changes import Changes, find_changes
from watchwords.corpora.owners import doubted_files
from watchwords.corpora.store import Stored, is_store, load_store, load_texts
from watchwords.corpora.swap import locked
from watchwords.errors import ReportError
from watchwords.read.folders import STORE_FILE, is_ruin
from watchwords.read.listing import Listing
from watchwords.read.settle import TAKEN
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
        The corpus as it is on disk now; with its texts where they were asked for.
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
    listing: Listing,
    out: str | os.PathLike[str],
    *,
    workers: int = 1,
    texts: bool = True,
    progress: bool = False,
) -> Update:
    """Read and clean a corpus into a folder, or bring the folder up to date.

    Files that are as they were are not read again, unless the options, the program or one of its
    parsers changed, or the folder was damaged. What is on disk afterwards does not depend on
    what was there before. Texts go through nameless files beside the folder, so that memory does
    not grow with them.

    Parameters
    ----------
    listing : Listing
        From `list_corpus`.
    out : path
        A folder that is empty, absent, or holds a corpus.
    workers : int, default 1
        Processes that read side by side.
    texts : bool, default True
        Load the texts of the documents at the end.
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
        same = before is not None and not changes.any and before.about | about == before.about
        if before is not None and same:
            update = Update(before, 0, len(changes.kept), 0)
        else:
            # Loaded when needed: a second read of what has not changed is over before that.
            from watchwords.corpora.renewal import renew

            stored = renew(
                listing,
                changes,
                before,
                folder=folder,
                about=about,
                workers=workers,
                progress=progress,
            )
            update = Update(stored, len(changes.again), len(changes.kept), changes.n_gone, why)
        return replace(update, stored=load_texts(update.stored)) if texts else update


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


def _load_alike(folder: Path, about: dict[str, Any]) -> tuple[Stored | None, str]:
    """Load what was read in the same way; else say why it is not used."""
    if is_ruin(folder):
        return None, f"the corpus {str(folder)!r} had lost {STORE_FILE}, or it was damaged"
    if not is_store(folder):
        return None, ""
    try:
        stored = load_store(folder, texts=False)
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
