"""What ``watchwords read`` does, apart from printing it."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.corpora.reading import clean_anew, read_corpus
from watchwords.corpora.store import is_store
from watchwords.corpora.summary import Line, summarize_corpus
from watchwords.corpora.update import Update, store_corpus
from watchwords.errors import ReportError
from watchwords.read.corpus import Corpus
from watchwords.read.corrections import FILE_NAME, write_todo
from watchwords.read.listing import check_options, list_corpus
from watchwords.read.samples import read_sample
from watchwords.schema import empty_table


def read_and_tell(
    source: str,
    out: str | os.PathLike[str] | None = None,
    *,
    columns: Mapping[str, str],
    path_pattern: str | None = None,
    date_order: str = "",
    as_of: date | None = None,
    workers: int = 1,
    progress: bool = False,
) -> tuple[list[Line], pd.DataFrame]:
    """Read and clean a corpus, keep it if that is asked, and sum it up.

    Parameters
    ----------
    source : str
        A folder, a file, a stored corpus or "sample:NAME".
    out : path, optional
        Where the corpus is kept.
    columns, path_pattern, date_order, as_of, workers, progress
        As for `read_corpus`.

    Returns
    -------
    lines : list of Line
        What there is, and what was done.
    documents : pandas.DataFrame
        The table ``documents``, cleaned; without its texts if it is kept.

    Raises
    ------
    WatchwordsError
        As for `read_corpus`.
    """
    options: dict[str, Any] = {
        "columns": columns,
        "path_pattern": path_pattern,
        "date_order": date_order,
        "as_of": as_of,
    }
    if out is not None and not source.startswith("sample:") and not is_store(Path(source)):
        listing = list_corpus(source, check_options(**options))
        update = store_corpus(listing, out, workers=workers, texts=False, progress=progress)
        corpus = update.stored.corpus
        return [*summarize_corpus(corpus), *_deeds(update, out)], corpus.documents
    if source.startswith("sample:"):
        if out is not None:
            raise ReportError("`out` is given, but a sample is not kept: it comes with watchwords.")
        notes = pd.DataFrame({name: pd.Series([], dtype="str") for name in ("path", "code")})
        read = Corpus(read_sample(source.removeprefix("sample:")), empty_table("rejects"), notes)
    else:
        read = read_corpus(source, **options, workers=workers, out=out, progress=progress)
    cleaned = clean_anew(read.documents, progress=progress).documents
    return summarize_corpus(replace(read, documents=cleaned)), cleaned


def write_list(source: str, documents: pd.DataFrame) -> tuple[int, Path]:
    """Write what is to be filled in by hand beside the documents.

    Parameters
    ----------
    source : str
        The folder or file that was read.
    documents : pandas.DataFrame
        The table ``documents``.

    Returns
    -------
    n_rows : int
    file : Path

    Raises
    ------
    ReportError
        If `source` is a stored corpus, or the file holds something else.
    """
    root = Path(source)
    if is_store(root):
        raise ReportError(
            f"{source!r} holds a corpus already read; corrections lie beside the texts: say "
            "--todo with their folder."
        )
    file = (root if root.is_dir() else root.parent) / FILE_NAME
    asked = ["date", "place"] if documents["place"].ne("").any() else ["date"]
    return write_todo(documents, file, columns=asked), file


def _deeds(update: Update, out: str | os.PathLike[str]) -> list[Line]:
    lines = [Line(update.n_read, "files read" + (f": {update.why}" if update.why else ""))]
    if update.n_kept:
        lines.append(Line(update.n_kept, "files as they were, not read again"))
    if update.n_gone:
        lines.append(Line(update.n_gone, "files gone, taken out"))
    n = len(update.stored.documents)
    return [*lines, Line(n, f"documents kept in {os.fspath(out)}", "strong")]
