"""A folder or a table to documents and rejects: nothing lost silently, nothing stops the rest."""

import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from watchwords.errors import EmptyCorpusError, ReportError, SchemaError
from watchwords.read.columns import check_columns
from watchwords.read.corrections import (
    FILE_NAME,
    apply_corrections,
    is_corrections,
    read_corrections,
)
from watchwords.read.delimited import read_delimited
from watchwords.read.documents import Note, build_documents
from watchwords.read.folders import MAX_FILE_BYTES, check_source, list_files, read_bytes
from watchwords.read.jsonl import read_jsonl
from watchwords.read.outcomes import Outcome, Rejected, Rejection, Source
from watchwords.read.parquet import read_parquet
from watchwords.read.patterns import apply_pattern
from watchwords.read.text import read_markdown, read_text
from watchwords.schema import check_table, empty_table

MAX_TABLE_BYTES = 1_000_000_000
_TEXTS = {".txt": read_text, ".md": read_markdown}
_TABLES = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
}
READABLE = (*_TEXTS, *_TABLES)


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
        langs = _counted(self.documents["lang"])
        lost = f"{len(self.rejects)} rejected"
        if len(self.rejects):
            lost += f": {_counted(self.rejects['reason'])}"
        return f"Corpus({len(self.documents)} documents, {len(dated)} dated{span}; {langs}; {lost})"


def read_corpus(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    path_pattern: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    issuer: str = "",
    progress: bool = False,
) -> Corpus:
    r"""Read a folder of texts and tables, or one such file.

    Every input ends as a document or as a row of the rejects. A date is given only if it is
    written in a column, the head of the text or the path; a missing year is never guessed. The
    text is the whole document, title included, so that hits in titles count; for a row of a table
    it is the column of the text alone.

    Parameters
    ----------
    source : path
        A folder (read with all below it; hidden names left out) or one file: .txt, .md (YAML
        front matter gives columns), .csv, .tsv, .jsonl, .parquet.
    columns : mapping, optional
        Our column to the name in the tables, where the rule does not fit:
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
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Corpus

    Raises
    ------
    ReportError
        If `source` does not exist, or the corrections or the pattern do not fit.
    SchemaError
        If `source` is one table without a column of texts.
    EmptyCorpusError
        If nothing in it could be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "council.txt")
    ...     _ = file.write_text("The council met\n2021-02-03\n\nYesterday the council met.")
    ...     corpus = read_corpus(folder)
    >>> corpus
    Corpus(1 documents, 1 dated (2021-02-03 to 2021-02-03); 1 en; 0 rejected)
    >>> corpus.documents[["doc_id", "title", "event_date", "date_basis"]]
        doc_id            title  event_date date_basis
    0  council  The council met  2021-02-02  date_line
    """
    root = check_source(source)
    given = check_columns(columns)
    corrections = _corrections_file(root, metadata)
    files = [item for item in list_files(root) if corrections is None or item[1] != corrections]
    outcomes = list(_outcomes(_watched(files, progress=progress), root, given))
    sources = [outcome for outcome in outcomes if isinstance(outcome, Source)]
    rejections = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    if not sources:
        raise _empty(root, len(files), rejections)
    if path_pattern is not None:
        sources = apply_pattern(sources, path_pattern)
    day = as_of or date.max
    documents, notes = build_documents(sources, as_of=day, issuer=issuer)
    if corrections is not None:
        documents = apply_corrections(
            documents,
            read_corrections(corrections),
            as_of=day,
            rejected=[rejection.path for rejection in rejections],
        ).sort_values(["date", "doc_id"], kind="stable", na_position="last", ignore_index=True)
    return Corpus(check_table("documents", documents), _rejects(rejections), _notes(notes))


def read_documents(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    path_pattern: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    issuer: str = "",
    progress: bool = False,
) -> pd.DataFrame:
    """Read the documents of a folder; warn if something in it is no document.

    Parameters
    ----------
    source, columns, path_pattern, metadata, as_of, issuer, progress
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
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2021-02-03_council.txt").write_text("The council met.")
    ...     documents = read_documents(folder)
    >>> documents[["doc_id", "date", "date_basis"]]
                   doc_id       date date_basis
    0  2021-02-03_council 2021-02-03  file name
    """
    corpus = read_corpus(
        source,
        columns=columns,
        path_pattern=path_pattern,
        metadata=metadata,
        as_of=as_of,
        issuer=issuer,
        progress=progress,
    )
    if len(corpus.rejects):
        warnings.warn(
            f"{len(corpus.rejects)} inputs are no documents ({_counted(corpus.rejects['reason'])})"
            f"; see watchwords.read_corpus({str(source)!r}).rejects",
            ReadWarning,
            stacklevel=2,
        )
    return corpus.documents


def _outcomes(
    files: Iterable[tuple[str, Path]], root: Path, columns: dict[str, str]
) -> Iterator[Outcome]:
    for name, path in files:
        try:
            yield from _read_file(name, path, root, columns=columns)
        except Rejected as verdict:
            yield Rejection(name, 0, verdict.reason, verdict.detail)
        except SchemaError as error:
            if root == path:
                raise
            yield Rejection(name, 0, "schema", str(error))


def _read_file(name: str, path: Path, root: Path, *, columns: dict[str, str]) -> Iterator[Outcome]:
    ending = Path(name).suffix.lower()
    limit = MAX_TABLE_BYTES if ending in _TABLES else MAX_FILE_BYTES
    if ending in _TEXTS:
        yield _TEXTS[ending](name, read_bytes(path, root, limit=limit))
    elif ending in _TABLES:
        yield from _TABLES[ending](name, read_bytes(path, root, limit=limit), columns)
    else:
        _check_openable(path, root)
        raise Rejected("unsupported", f"read are {' '.join(READABLE)}")


def _check_openable(path: Path, root: Path) -> None:
    """Tell links, devices and odd names apart from regular files of an unknown ending."""
    try:
        read_bytes(path, root, limit=0)
    except Rejected as verdict:
        if verdict.reason not in {"too_large", "empty", "unreadable"}:
            raise


def _corrections_file(root: Path, metadata: str | os.PathLike[str] | None) -> Path | None:
    if metadata is not None:
        path = Path(metadata)
        if not path.is_file():
            raise ReportError(f"`metadata` {str(path)!r} does not exist.")
        return path
    path = (root if root.is_dir() else root.parent) / FILE_NAME
    if path == root or path.is_symlink() or not path.is_file():
        return None
    try:
        data = read_bytes(path, path.parent)
    except Rejected:
        return path
    return path if is_corrections(data) else None


def _watched(files: list[tuple[str, Path]], *, progress: bool) -> Iterable[tuple[str, Path]]:
    if not progress:
        return files
    from tqdm.auto import tqdm

    bar: Iterable[tuple[str, Path]] = tqdm(files, desc="reading", unit="file")
    return bar


def _empty(root: Path, n_files: int, rejections: list[Rejection]) -> EmptyCorpusError:
    if n_files == 0:
        return EmptyCorpusError(
            f"no document in {str(root)!r}: it holds no file. Read are {' '.join(READABLE)}."
        )
    reasons = _counted(pd.Series([rejection.reason for rejection in rejections], dtype="str"))
    shown = "; ".join(
        f"{item.path}{f'#{item.row}' if item.row else ''}: {item.reason} ({item.detail})"
        for item in rejections[:3]
    )
    return EmptyCorpusError(
        f"no document in {str(root)!r}: {n_files} files, all rejected ({reasons}). {shown}."
    )


def _rejects(rejections: list[Rejection]) -> pd.DataFrame:
    if not rejections:
        return empty_table("rejects")
    table = pd.DataFrame(
        {
            "path": pd.Series([item.path for item in rejections], dtype="str"),
            "row": pd.Series([item.row for item in rejections], dtype="int64"),
            "stage": pd.Series(["read"] * len(rejections), dtype="str"),
            "reason": pd.Series([item.reason for item in rejections], dtype="str"),
            "detail": pd.Series([item.detail for item in rejections], dtype="str"),
        }
    )
    return check_table("rejects", table)


def _notes(notes: list[Note]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "path": pd.Series([note.path for note in notes], dtype="str"),
            "row": pd.Series([note.row for note in notes], dtype="int64"),
            "code": pd.Series([note.code for note in notes], dtype="str"),
            "detail": pd.Series([note.detail for note in notes], dtype="str"),
        }
    )


def _counted(values: pd.Series) -> str:
    counts = Counter(values)
    return ", ".join(
        f"{n} {word}" for word, n in sorted(counts.items(), key=lambda i: (-i[1], i[0]))
    )
