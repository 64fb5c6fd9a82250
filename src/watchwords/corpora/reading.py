"""A corpus from a folder, or from a folder that holds a corpus already."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from watchwords.corpora.store import Stored, is_store, load_store
from watchwords.corpora.update import store_corpus
from watchwords.errors import ReportError
from watchwords.read import corpus as reading
from watchwords.read.corpus import Corpus, warn_of_rejects
from watchwords.read.corrections import apply_corrections, read_corrections
from watchwords.read.listing import check_options, list_corpus

if TYPE_CHECKING:
    from watchwords.clean.documents import Cleaned


def read_corpus(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    path_pattern: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    issuer: str = "",
    date_order: str = "",
    workers: int = 1,
    out: str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> Corpus:
    r"""Read a folder of texts, pages, office files and tables, or one such file.

    Every input ends as a document or as a row of the rejects. A date is given only if it is
    written in a column, the head of the text or the path; a missing year is never guessed.

    With `out` the documents come back cleaned, and are kept there as a Parquet dataset: reading
    the folder again takes what has not changed from there. Without it they come as they were
    extracted.

    Parameters
    ----------
    source : path
        A folder (read with all below it; hidden names left out), one file, or a folder written
        with `out` before. Read are .txt, .md (YAML front matter gives columns), .html, .htm,
        .shtml, .pdf, .docx, .csv, .tsv, .jsonl, .json, .parquet, .xlsx, and these in .zip and
        .gz.
    columns : mapping, optional
        Our column to the name in the tables that have it, where the rule does not fit:
        ``{"text": "speech"}``. The rule: date, published or time; title or headline; text, body
        or content; source, outlet or paper; issuer or organ; others are carried along.
    path_pattern : str, optional
        Columns in the paths, such as "{issuer}/{year}/{name}".
    metadata : path, optional
        The analyst's corrections; default "metadata.csv" beside the texts, if there.
    as_of : datetime.date, optional
        The day of judgement: later dates are mistakes. Default: no date is too late.
    issuer : str, default ""
        Who speaks, where nothing else says so.
    date_order : {"", "dmy", "mdy"}
        How 02/03/2021 is meant; by default such a date is known by its year only.
    workers : int, default 1
        Processes that read side by side; the result is the same.
    out : path, optional
        Where the cleaned corpus is kept: a new folder, or one written before.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Corpus
        ``documents``, ``rejects``, ``notes`` and ``outcomes``.

    Raises
    ------
    ReportError
        If `source` does not exist, or an option, the corrections, the pattern or `out` do not
        fit.
    SchemaError
        If `source` is one table without a column of texts.
    EmptyCorpusError
        If nothing in it could be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "council.txt").write_text("The council met\n2021-02-03\n\nIt met.")
    ...     corpus = read_corpus(folder, out=Path(folder, "corpus"))
    ...     again = read_corpus(Path(folder, "corpus"))
    >>> corpus
    Corpus(1 documents, 1 dated (2021-02-03 to 2021-02-03); 1 en; 0 rejected)
    >>> again.outcomes
              path  row   outcome
    0  council.txt    0  accepted
    """
    options: dict[str, Any] = {
        "columns": columns,
        "path_pattern": path_pattern,
        "as_of": as_of,
        "issuer": issuer,
        "date_order": date_order,
    }
    if is_store(Path(source)):
        return _read_stored(Path(source), options, metadata=metadata, out=out)
    if out is None:
        return reading.read_corpus(
            source, **options, metadata=metadata, workers=workers, progress=progress
        )
    listing = list_corpus(source, check_options(**options), metadata=metadata)
    return store_corpus(listing, out, workers=workers, progress=progress).stored.corpus


def read_documents(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    path_pattern: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    issuer: str = "",
    date_order: str = "",
    workers: int = 1,
    out: str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Read the documents of a folder; warn if something in it is no document.

    Parameters
    ----------
    source, columns, path_pattern, metadata, as_of, issuer, date_order, workers, out, progress
        As for `read_corpus`, which also gives the rejects.

    Returns
    -------
    pandas.DataFrame
        The table ``documents``, sorted by date (undated last) and doc_id. With `out`, or from a
        folder written with it: cleaned, the text as extracted in ``raw``.

    Warns
    -----
    ReadWarning
        How many inputs were rejected, and where to see them.

    Raises
    ------
    ReportError, SchemaError, EmptyCorpusError
        As for `read_corpus`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2021-02-03_council.txt").write_text("The council\u2019s day.")
    ...     documents = read_documents(folder, out=Path(folder, "corpus"))
    >>> documents[["doc_id", "date", "text", "raw"]]
                       doc_id       date                text                 raw
    0  2021-02-03_council.txt 2021-02-03  The council's day.  The council’s day.
    """
    corpus = read_corpus(
        source,
        columns=columns,
        path_pattern=path_pattern,
        metadata=metadata,
        as_of=as_of,
        issuer=issuer,
        date_order=date_order,
        workers=workers,
        out=out,
        progress=progress,
    )
    warn_of_rejects(corpus, source)
    return corpus.documents


def clean_anew(documents: pd.DataFrame, *, progress: bool = False) -> "Cleaned":
    """Clean documents, those from a stored corpus from their raw text, as if for the first time.

    What repeats and what is a copy depends on the documents that are kept: a part of a stored
    corpus is cleaned as that part, without cleaning its texts one by one again.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``; with ``raw`` if it was cleaned before.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Cleaned
    """
    # Loaded when needed: a second read of what has not changed is over before that.
    from watchwords.clean.documents import clean_corpus

    cleaned_before = {"raw", "removed_lines"} <= set(documents.columns)
    previous = documents if cleaned_before else None
    return clean_corpus(documents, previous=previous, progress=progress)


def _read_stored(
    folder: Path,
    options: Mapping[str, Any],
    *,
    metadata: str | os.PathLike[str] | None,
    out: str | os.PathLike[str] | None,
) -> Corpus:
    settled = [name for name, value in {**options, "out": out}.items() if value]
    if settled:
        raise ReportError(
            f"`{settled[0]}` is given, but {str(folder)!r} holds a corpus already read; say it "
            "when its folder is read: watchwords read FOLDER --out …"
        )
    stored: Stored = load_store(folder)
    if metadata is None:
        return stored.corpus
    documents = apply_corrections(
        stored.documents,
        read_corrections(metadata),
        as_of=date.max,
        rejected=stored.rejects["path"].tolist(),
    )
    return Corpus(documents, stored.rejects, stored.notes)
