"""What was found, put in order: names given, patterns checked, corrections applied."""

from collections import Counter
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

import pandas as pd

from watchwords.errors import EmptyCorpusError, ReportError, SchemaError
from watchwords.read.collect import Found
from watchwords.read.columns import ABSENT, describe_absent
from watchwords.read.corrections import absent_paths, apply_corrections, read_corrections
from watchwords.read.documents import name_documents, sort_documents
from watchwords.read.listing import Listing
from watchwords.read.outcomes import drop_row, split_row
from watchwords.read.patterns import UNMATCHED
from watchwords.read.readers import READABLE, format_of
from watchwords.schema import check_table

TAKEN = "doc_id"
"""The code of the note on a document whose given name another one has."""


GONE = "correction"
"""The code of the note on a row of metadata.csv whose document is not there."""


def settle(listing: Listing, found: Found, *, known: Set[str] = frozenset()) -> Found:
    """Give every document its name, and check that there is one.

    Parameters
    ----------
    listing : Listing
    found : Found
        From `collect`, in the order of the files.
    known : set of str, default empty
        Paths and names that were in the corpus earlier.

    Returns
    -------
    Found
        By path and row, with every ``doc_id`` filled, and notes on those that were taken.

    Raises
    ------
    EmptyCorpusError
        If there is no document.
    ReportError
        If the pattern matches no path.
    SchemaError
        If no table has a column that `columns` names.
    """
    if found.documents.empty:
        raise _empty(listing.root, len(listing.tasks), found.rejects)
    pattern = listing.options.path_pattern
    unmatched = found.notes.loc[found.notes["code"] == UNMATCHED, "path"]
    if pattern and len(unmatched) == len(found.documents):
        raise ReportError(
            f"`path_pattern` {pattern!r} matches none of {len(unmatched)} paths, such as "
            f"{unmatched.iloc[0]!r}; each {{field}} stands for one part between two slashes."
        )
    _check_named(listing, found)
    documents, taken = name_documents(_in_order(found.documents, found.documents["path"]))
    gone = _gone(listing, documents, known=known | set(found.rejects["path"]))
    rows = [
        (*_place(path), TAKEN, f"the name {given!r} belongs to another document")
        for path, given in taken
    ]
    rows += [(path, 0, GONE, "corrected in metadata.csv, but no document") for path in gone]
    notes = pd.DataFrame(rows, columns=list(found.notes.columns))
    notes = pd.concat([found.notes, notes.astype(found.notes.dtypes)], ignore_index=True)
    return replace(
        found,
        documents=documents,
        notes=_in_order(notes, notes["path"]),
        rejects=check_table("rejects", _in_order(found.rejects, found.rejects["path"])),
        files=_in_order(found.files, found.files["path"]),
    )


def correct(listing: Listing, found: Found) -> pd.DataFrame:
    """Apply the analyst's corrections, and sort.

    Parameters
    ----------
    listing : Listing
    found : Found
        From `settle`.

    Returns
    -------
    pandas.DataFrame
        The table ``documents``.

    Raises
    ------
    ReportError
        If the corrections do not fit.
    """
    ordered = sort_documents(found.documents)
    if listing.corrections is None:
        return ordered
    corrected = apply_corrections(
        ordered,
        read_corrections(listing.corrections),
        as_of=listing.options.as_of,
        rejected=found.notes.loc[found.notes["code"] == GONE, "path"].tolist(),
    )
    return sort_documents(corrected)


def count_words(values: pd.Series) -> str:
    """Word how often each value occurs, the most frequent first."""
    counts = Counter(values)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{n} {word}" for word, n in ordered)


def _gone(listing: Listing, documents: pd.DataFrame, *, known: Set[str]) -> list[str]:
    if listing.corrections is None:
        return []
    return absent_paths(documents, read_corrections(listing.corrections), known=known)


def _check_named(listing: Listing, found: Found) -> None:
    """Check that every column the user names is one of some table."""
    columns = listing.options.columns
    if not columns:
        return
    paths = found.documents["path"]
    forms = [format_of(drop_row(path)) for path in paths]
    tables = sum(form is not None and form.kind == "table" for form in forms)
    absent = found.notes.loc[found.notes["code"] == ABSENT, "detail"]
    for ours, theirs in columns.items():
        if tables and (absent == describe_absent(ours, theirs)).sum() == tables:
            raise SchemaError(
                f"`columns` says `{theirs}` for `{ours}`, but no table in {str(listing.root)!r} "
                "has a column of that name."
            )


def _in_order(table: pd.DataFrame, paths: pd.Series) -> pd.DataFrame:
    """Sort by file, then row, whatever the order of reading was."""
    keys = list(map(split_row, paths))
    rows = table["row"] if "row" in table else [0] * len(table)
    order = sorted(
        range(len(keys)), key=[(*key, row) for key, row in zip(keys, rows, strict=True)].__getitem__
    )
    return table.take(order).reset_index(drop=True)


def _place(path: str) -> tuple[str, int]:
    return path, split_row(path)[1]


def _empty(root: Path, n_files: int, rejects: pd.DataFrame) -> EmptyCorpusError:
    if n_files == 0:
        return EmptyCorpusError(
            f"no document in {str(root)!r}: it holds no file. Read are {' '.join(READABLE)}."
        )
    shown = "; ".join(
        f"{path}{f'#{row}' if row else ''}: {reason} ({detail})"
        for path, row, _, reason, detail in rejects.head(3).itertuples(index=False)
    )
    return EmptyCorpusError(
        f"no document in {str(root)!r}: {n_files} files, all rejected "
        f"({count_words(rejects['reason'])}). {shown}."
    )
