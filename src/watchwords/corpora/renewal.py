"""A corpus made anew: what is kept of it and what was read, named, corrected, cleaned, written."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.clean.held_texts import HeldTexts
from watchwords.corpora.changes import Changes
from watchwords.corpora.owners import owners_of
from watchwords.corpora.spool import Spool
from watchwords.corpora.store import Stored, Texts, stream_texts, write_store
from watchwords.read.collect import Found, collect, read_tasks
from watchwords.read.documents import join_tables
from watchwords.read.listing import Listing, watched
from watchwords.read.settle import GONE, TAKEN, correct, settle


def renew(
    listing: Listing,
    changes: Changes,
    before: Stored | None,
    *,
    folder: Path,
    about: dict[str, Any],
    workers: int,
    progress: bool,
) -> Stored:
    """Read what is new or changed, put it with what is kept, clean and write the whole.

    Parameters
    ----------
    listing : Listing
    changes : Changes
        What is to be read.
    before : Stored or None
        What was there, without its texts.
    folder : Path
        Where it is written, held by this process.
    about : dict
        What the reading depends on.
    workers : int
        Processes that read side by side.
    progress : bool
        Show bars.

    Returns
    -------
    Stored
        Without its texts.
    """
    with ExitStack() as held:
        text, raw = held.enter_context(Spool(folder)), held.enter_context(Spool(folder))
        if before is not None:
            for cleaned_before, raw_before in stream_texts(before.folder):
                text.append(cleaned_before)
                raw.append(raw_before)
        events = read_tasks(
            watched(changes.again, progress=progress),
            listing.root,
            listing.options,
            workers=workers,
        )
        found = collect(events, alone=listing.is_file, keep=raw.append)
        if before is not None:
            found = _join(restore_found(before), changes, found)
        stored, texts = _finish(listing, found, before, spools=(text, raw), progress=progress)
        stored = replace(stored, folder=folder, about=about | stored.about)
        write_store(stored, texts)
    return replace(stored, documents=stored.documents.drop(columns=["text", "raw"]))


def restore_found(stored: Stored) -> Found:
    """Give back what was found in the files, before corrections and cleaning.

    Parameters
    ----------
    stored : Stored

    Returns
    -------
    Found
        In the column ``text`` the row of each document stands for its text.
    """
    every = stored.documents
    documents = every.drop(columns=[name for name in stored.about["added"] if name in every])
    documents = documents.assign(text=every.index.astype("str"), duplicate_of="")
    place = pd.Series(documents.index, index=documents["path"])
    for column, replaced in stored.found.groupby("column"):
        values = replaced["value"]
        if column == "date":
            values = pd.to_datetime(values.replace("", None)).astype("datetime64[s]")
        documents.loc[place[replaced["path"]], column] = values.to_numpy()
    notes = stored.notes[~stored.notes["code"].isin([TAKEN, GONE])]
    return Found(documents.astype({"duplicate_of": "str"}), stored.rejects, notes, stored.files)


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
    listing: Listing,
    found: Found,
    before: Stored | None,
    *,
    spools: tuple[Spool, Spool],
    progress: bool,
) -> tuple[Stored, Texts]:
    """Name, correct and clean."""
    from watchwords.clean.documents import clean_held

    known: set[str] = set()
    if before is not None:
        gone = before.notes.loc[before.notes["code"] == GONE, "path"]
        known.update(before.documents["path"], before.documents["doc_id"], gone)
        known.update(before.rejects["path"], before.files["path"])
    settled = settle(listing, found, known=known)
    documents = correct(listing, settled)
    text, raw = spools
    of_raw = documents["text"].to_numpy().astype(np.int64)
    done_before, first = _cleaned_before(before, text, of_raw), len(text)

    def hold(cleaned: Iterable[str]) -> Sequence[str]:
        text.extend(cleaned)
        return HeldTexts(text, range(first, len(text)))

    cleaned = clean_held(
        documents, HeldTexts(raw, of_raw), hold=hold, known=done_before, progress=progress
    )
    found_documents = settled.documents.drop(columns="text")
    stored = Stored(
        Path(),
        cleaned.documents,
        settled.rejects,
        settled.notes,
        cleaned.removed,
        cleaned.copies,
        settled.files,
        _differences(found_documents, cleaned.documents),
        {"added": [name for name in cleaned.documents if name not in found_documents]},
    )
    return stored, Texts(text, raw, np.arange(first, len(text)), of_raw)


def _cleaned_before(
    before: Stored | None, text: Spool, of_raw: NDArray[np.int64]
) -> Callable[[int, str, str], str] | None:
    """Look up the cleaned texts of the old corpus, by row, language and removed lines."""
    if before is None:
        return None
    made_from = [before.documents[name].tolist() for name in ("lang", "removed_lines")]

    def find(here: int, lang: str, lines: str) -> str:
        at = int(of_raw[here])
        alike = at < len(made_from[0]) and (made_from[0][at], made_from[1][at]) == (lang, lines)
        return text[at] if alike else ""

    return find


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
