"""A corpus on disk: tables with checksums, and a file that says what they are."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.corpora.spool import Spool
from watchwords.corpora.swap import replace_folder
from watchwords.errors import ReportError
from watchwords.read.corpus import Corpus
from watchwords.read.folders import STORE_FILE, STORE_MARK, is_store

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "FORMAT",
    "Stored",
    "Texts",
    "is_store",
    "load_store",
    "load_texts",
    "stream_texts",
    "write_store",
]

FORMAT = 1
TABLES = ("documents", "rejects", "notes", "removed", "copies", "files", "found", "outcomes")
_ROWS = 4096
_GROUP_BYTES = 8_000_000
_TEXTS = ("text", "raw")


@dataclass(frozen=True, eq=False)
class Stored:
    """A corpus that was read and cleaned, as it lies on disk.

    Attributes
    ----------
    folder : Path
        Where.
    documents : pandas.DataFrame
        The table ``documents``: ``text`` cleaned, ``raw`` as extracted, copies marked. Without
        these two where the texts were left on disk.
    rejects, notes : pandas.DataFrame
        As for `Corpus`.
    removed, copies : pandas.DataFrame
        What cleaning removed, and which documents are copies of others or may be.
    files : pandas.DataFrame
        path, size, mtime_ns and sha256 of every file listed.
    found : pandas.DataFrame
        path, column and value: what was found where a correction or the cleaning of a title
        replaced it.
    about : dict
        Format, version and options it was read with.
    """

    folder: Path
    documents: pd.DataFrame
    rejects: pd.DataFrame
    notes: pd.DataFrame
    removed: pd.DataFrame
    copies: pd.DataFrame
    files: pd.DataFrame
    found: pd.DataFrame
    about: dict[str, Any]

    def __repr__(self) -> str:
        """Say what is there."""
        return f"{self.corpus!r}, stored in {str(self.folder)!r}"

    @property
    def corpus(self) -> Corpus:
        """Documents, rejects and notes."""
        return Corpus(self.documents, self.rejects, self.notes)


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of a corpus, held outside of its table, in the order of its documents.

    Attributes
    ----------
    text, raw : Spool
        As cleaned and as extracted.
    of_text, of_raw : ndarray of int64
        The number of each document's text there.
    """

    text: Spool
    raw: Spool
    of_text: NDArray[np.int64]
    of_raw: NDArray[np.int64]

    def n_bytes(self, at: int) -> int:
        """Say how long both texts of a document are."""
        return self.text.n_bytes(self.of_text[at]) + self.raw.n_bytes(self.of_raw[at])

    def put_into(self, part: pd.DataFrame, start: int) -> pd.DataFrame:
        """Put the texts into rows of the table that begin at a place."""
        rows = range(start, start + len(part))
        text = [self.text[self.of_text[at]] for at in rows]
        raw = [self.raw[self.of_raw[at]] for at in rows]
        held = {"text": text, "raw": raw}
        return part.assign(
            **{name: pd.Series(held[name], index=part.index, dtype="str") for name in _TEXTS}
        )


def write_store(stored: Stored, texts: Texts) -> None:
    """Write a corpus; what is in its folder is replaced, whole or not at all.

    Parameters
    ----------
    stored : Stored
        Its folder is held by this process.
    texts : Texts
        What its documents print.

    Raises
    ------
    StorageError
        If the disk refuses; the old corpus is untouched.
    """

    def fill(stage: Path) -> None:
        tables = {name: getattr(stored, name) for name in TABLES if name != "outcomes"}
        tables["outcomes"] = stored.corpus.outcomes
        digests = {}
        for name, table in tables.items():
            file = stage / f"{name}.parquet"
            _write_table(table, file, texts if name == "documents" else None)
            with file.open("rb") as written:
                digests[file.name] = hashlib.file_digest(written, "sha256").hexdigest()
        about = {
            "format": "watchwords corpus",
            "version": FORMAT,
            **stored.about,
            "rows": {name: len(table) for name, table in tables.items()},
            "sha256": digests,
        }
        (stage / STORE_FILE).write_text(_sealed(about), "utf-8")

    replace_folder(stored.folder, fill)


def load_store(folder: Path, *, texts: bool = True) -> Stored:
    """Load a corpus that was stored.

    Parameters
    ----------
    folder : Path
    texts : bool, default True
        Load the texts of the documents, too.

    Returns
    -------
    Stored

    Raises
    ------
    ReportError
        If there is none, it is damaged, or of a format that this version does not read.
    """
    try:
        return _load(folder, texts)
    except ReportError:
        # A writer may have replaced it meanwhile: then the second look finds the new one whole.
        return _load(folder, texts)


def _load(folder: Path, texts: bool) -> Stored:
    about = _read_about(folder)
    tables = {}
    for name in TABLES:
        file = folder / f"{name}.parquet"
        try:
            with file.open("rb") as data:
                if hashlib.file_digest(data, "sha256").hexdigest() != about["sha256"][file.name]:
                    raise _damaged(folder, f"{file.name} is not what was written")
                if name != "outcomes":
                    tables[name] = _read_table(data, texts=texts or name != "documents")
        except OSError as error:
            raise _damaged(folder, f"{file.name}: {error.strerror}") from None
    documents = tables.pop("documents")
    documents["date"] = documents["date"].astype("datetime64[s]")
    kept = {key: about[key] for key in about if key not in {"format", "version", "rows", "sha256"}}
    return Stored(folder, documents, **tables, about=kept)


def load_texts(stored: Stored) -> Stored:
    """Load the texts that were left on disk.

    Parameters
    ----------
    stored : Stored
        Loaded without texts; its folder is held by this process.

    Returns
    -------
    Stored
    """
    import pyarrow.parquet as pq

    file = stored.folder / "documents.parquet"
    texts = pq.read_table(file, columns=list(_TEXTS), page_checksum_verification=True).to_pandas()
    documents = stored.documents.assign(**{name: texts[name] for name in _TEXTS})
    return replace(stored, documents=documents[pq.read_schema(file).names])


def stream_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Read the texts of a stored corpus, document by document.

    Parameters
    ----------
    folder : Path
        Held by this process.

    Yields
    ------
    text, raw : str
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(folder / "documents.parquet", page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            columns = file.read_row_group(group, columns=list(_TEXTS))
            yield from zip(*(columns[name].to_pylist() for name in _TEXTS), strict=True)


def _read_about(folder: Path) -> dict[str, Any]:
    try:
        data = (folder / STORE_FILE).read_text("utf-8")
        about: dict[str, Any] = json.loads(data)
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{STORE_FILE}: {error}") from None
    if STORE_MARK.decode() not in data[:100]:
        raise ReportError(f"{str(folder)!r} holds no corpus of watchwords.")
    if about.get("version") != FORMAT:
        raise ReportError(
            f"the corpus {str(folder)!r} has format {about.get('version')!r}; this version reads "
            f"{FORMAT}. Read its folder again: watchwords read FOLDER --out {folder}"
        )
    if _sealed({key: value for key, value in about.items() if key != "seal"}) != data:
        raise _damaged(folder, f"{STORE_FILE} is not what was written")
    return about


def _sealed(about: dict[str, Any]) -> str:
    """Write what is known of a corpus, with a digest of itself at the end."""
    seal = hashlib.sha256(json.dumps(about).encode()).hexdigest()
    return json.dumps(about | {"seal": seal}, indent=1, ensure_ascii=False) + "\n"


def _write_table(table: pd.DataFrame, file: Path, texts: Texts | None) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def group(start: int, end: int) -> "pa.Table":
        part = table.iloc[start:end]
        filled = part if texts is None else texts.put_into(part, start)
        return pa.Table.from_pandas(filled, preserve_index=False).combine_chunks()

    # Bytes on disk follow the rows alone, not the pieces in which a column lies in memory.
    schema = group(0, 0).schema
    named = [name for name in schema.names if name not in _TEXTS]
    with pq.ParquetWriter(
        file, schema, compression="zstd", use_dictionary=named, write_page_checksum=True
    ) as writer:
        for start, end in _groups(len(table), texts):
            writer.write_table(group(start, end), row_group_size=max(1, end - start))
            pa.default_memory_pool().release_unused()


def _groups(n_rows: int, texts: Texts | None) -> Iterator[tuple[int, int]]:
    """Cut rows into groups: 4,096 at most, or fewer of long texts."""
    start, size = 0, 0
    for at in range(n_rows):
        size += texts.n_bytes(at) if texts is not None else 0
        if at + 1 - start == _ROWS or size > _GROUP_BYTES:
            yield start, at + 1
            start, size = at + 1, 0
    if start < n_rows or n_rows == 0:
        yield start, n_rows


def _read_table(data: IO[bytes], *, texts: bool) -> pd.DataFrame:
    import pyarrow.parquet as pq

    data.seek(0)
    with pq.ParquetFile(data, page_checksum_verification=True) as file:
        names = [name for name in file.schema_arrow.names if texts or name not in _TEXTS]
        frame: pd.DataFrame = file.read(columns=names).to_pandas()
    return frame


def _damaged(folder: Path, how: str) -> ReportError:
    return ReportError(
        f"the corpus {str(folder)!r} is damaged ({how}); read its folder again: watchwords read "
        f"FOLDER --out {folder}"
    )
