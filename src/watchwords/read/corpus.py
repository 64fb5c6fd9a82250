"""A folder or a table to documents and rejects: nothing lost silently, nothing stops the rest."""

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from watchwords.read.collect import collect, read_tasks
from watchwords.read.listing import check_options, list_corpus, watched
from watchwords.read.outcomes import split_row
from watchwords.read.readers import READABLE
from watchwords.read.settle import correct, count_words, settle

__all__ = ["READABLE", "Corpus", "ReadWarning", "read_corpus", "read_documents"]


class ReadWarning(UserWarning):
    """Some inputs did not become documents."""


@dataclass(frozen=True)
class Corpus:
    """What a folder held.

    Attributes
    ----------
    documents : pandas.DataFrame
        The table ``documents``, with ``date_text`` and the carried columns.
    rejects : pandas.DataFrame
        The table ``rejects``: every file and row that is no document, and why.
    notes : pandas.DataFrame
        Columns path, row, code and detail: guessed encodings, flags of dates, paths that do not
        match the pattern.
    """

    documents: pd.DataFrame
    rejects: pd.DataFrame
    notes: pd.DataFrame

    def __repr__(self) -> str:
        """Say how many documents there are, how many dated, and what was rejected."""
        dated = self.documents["date"].dropna()
        span = f" ({dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d})" if len(dated) else ""
        langs = count_words(self.documents["lang"])
        lost = f"{len(self.rejects)} rejected"
        if len(self.rejects):
            lost += f": {count_words(self.rejects['reason'])}"
        return f"Corpus({len(self.documents)} documents, {len(dated)} dated{span}; {langs}; {lost})"

    @property
    def outcomes(self) -> pd.DataFrame:
        """What became of every file and row: path, row and outcome, sorted.

        An outcome is "accepted", "accepted:warn=CODE", "merged:duplicate" or "rejected:CODE";
        each input has exactly one.
        """
        warned = self.notes[self.notes["code"] != "date"].drop_duplicates("path")
        codes = dict(zip(warned["path"], warned["code"], strict=True))
        documents = self.documents[["path", "duplicate_of"]]
        rows = [
            (*split_row(path), _judge(copy, codes.get(path, "")))
            for path, copy in documents.itertuples(index=False)
        ]
        rows += [
            (path, row, f"rejected:{reason}")
            for path, row, reason in self.rejects[["path", "row", "reason"]].itertuples(index=False)
        ]
        table = pd.DataFrame(sorted(rows), columns=["path", "row", "outcome"])
        return table.astype({"path": "str", "row": "int64", "outcome": "str"})


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
    progress: bool = False,
) -> Corpus:
    r"""Read a folder of texts, pages, office files and tables, or one such file.

    Every input ends as a document or as a row of the rejects. A date is given only if it is
    written in a column, the head of the text or the path; a missing year is never guessed. The
    text is the whole document, title included, so that hits in titles count; for a row of a table
    it is the column of the text alone.

    Parameters
    ----------
    source : path
        A folder (read with all below it; hidden names left out) or one file: .txt, .md (YAML
        front matter gives columns), .html, .htm, .shtml, .pdf, .docx, .csv, .tsv, .jsonl, .json,
        .parquet, .xlsx, and the same in .zip and .gz.
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
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Corpus

    Raises
    ------
    ReportError
        If `source` does not exist, or an option, the corrections or the pattern do not fit.
    SchemaError
        If `source` is one table without a column of texts.
    EmptyCorpusError
        If nothing in it could be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "council.txt")
    ...     _ = file.write_text("The council met\n2021-02-03\n\nYesterday the council met.")
    ...     corpus = read_corpus(folder)
    >>> corpus
    Corpus(1 documents, 1 dated (2021-02-03 to 2021-02-03); 1 en; 0 rejected)
    >>> corpus.documents[["doc_id", "title", "event_date", "date_basis"]]
            doc_id            title  event_date date_basis
    0  council.txt  The council met  2021-02-02  date_line
    """
    options = check_options(
        columns=columns,
        path_pattern=path_pattern,
        as_of=as_of,
        issuer=issuer,
        date_order=date_order,
    )
    listing = list_corpus(source, options, metadata=metadata)
    tasks = watched(listing.tasks, progress=progress)
    events = read_tasks(tasks, listing.root, options, workers=workers)
    found = settle(listing, collect(events, alone=listing.is_file))
    return Corpus(correct(listing, found), found.rejects, found.notes)


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
    progress: bool = False,
) -> pd.DataFrame:
    """Read the documents of a folder; warn if something in it is no document.

    Parameters
    ----------
    source, columns, path_pattern, metadata, as_of, issuer, date_order, workers, progress
        As for `read_corpus`, which also gives the rejects.

    Returns
    -------
    pandas.DataFrame
        The table ``documents``, sorted by date (undated last) and doc_id.

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
    >>> from pathlib import Path
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2021-02-03_council.txt").write_text("The council met.")
    ...     documents = read_documents(folder)
    >>> documents[["doc_id", "date", "date_basis"]]
                       doc_id       date date_basis
    0  2021-02-03_council.txt 2021-02-03  file name
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
        progress=progress,
    )
    warn_of_rejects(corpus, source)
    return corpus.documents


def warn_of_rejects(corpus: Corpus, source: str | os.PathLike[str]) -> None:
    """Warn if something in a folder is no document.

    Parameters
    ----------
    corpus : Corpus
    source : path
        Named in the warning, with the call that shows what was rejected.
    """
    if len(corpus.rejects):
        warnings.warn(
            f"{len(corpus.rejects)} inputs are no documents "
            f"({count_words(corpus.rejects['reason'])}); see "
            f"watchwords.read_corpus({str(source)!r}).rejects",
            ReadWarning,
            stacklevel=3,
        )


def _judge(duplicate_of: str, code: str) -> str:
    if duplicate_of:
        return "merged:duplicate"
    return f"accepted:warn={code}" if code else "accepted"
