"""A corpus on disk: tables with checksums, and a file that says what they are."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.corpora.swap import replace_folder
from watchwords.errors import ReportError
from watchwords.read.corpus import Corpus
from watchwords.read.folders import STORE_FILE, STORE_MARK, is_store

__all__ = ["FORMAT", "Stored", "is_store", "load_store", "write_store"]

FORMAT = 1
TABLES = ("documents", "rejects", "notes", "removed", "copies", "files", "found", "outcomes")
_ROWS, _LEAST_ROWS = 4096, 16
_GROUP_BYTES = 16_000_000


@dataclass(frozen=True, eq=False)
class Stored:
    """A corpus that was read and cleaned, as it lies on disk.

    Attributes
    ----------
    folder : Path
        Where.
    documents : pandas.DataFrame
        The table ``documents``: ``text`` cleaned, ``raw`` as extracted, copies marked.
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


def write_store(stored: Stored) -> None:
    """Write a corpus; what is in its folder is replaced, whole or not at all.

    Parameters
    ----------
    stored : Stored
        Its folder is held by this process.

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
            _write_table(table, file)
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


def load_store(folder: Path) -> Stored:
    """Load a corpus that was stored.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Stored

    Raises
    ------
    ReportError
        If there is none, it is damaged, or of a format that this version does not read.
    """
    try:
        return _load(folder)
    except ReportError:
        # A writer may have replaced it meanwhile: then the second look finds the new one whole.
        return _load(folder)


def _load(folder: Path) -> Stored:
    about = _read_about(folder)
    tables = {}
    for name in TABLES:
        file = folder / f"{name}.parquet"
        try:
            data = file.read_bytes()
        except OSError as error:
            raise _damaged(folder, f"{file.name}: {error.strerror}") from None
        if hashlib.sha256(data).hexdigest() != about["sha256"].get(file.name):
            raise _damaged(folder, f"{file.name} is not what was written")
        if name != "outcomes":
            tables[name] = _read_table(data)
    documents = tables.pop("documents")
    documents["date"] = documents["date"].astype("datetime64[s]")
    kept = {key: about[key] for key in about if key not in {"format", "version", "rows", "sha256"}}
    return Stored(folder, documents, **tables, about=kept)


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


def _write_table(table: pd.DataFrame, file: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = pa.Table.from_pandas(table, preserve_index=False)
    rows = _group_rows(whole.nbytes, len(table))
    # Bytes on disk follow the rows alone, not the pieces in which a column lies in memory.
    with pq.ParquetWriter(
        file, whole.schema, compression="zstd", write_page_checksum=True
    ) as writer:
        for start in range(0, max(1, len(table)), rows):
            writer.write_table(whole.slice(start, rows).combine_chunks(), row_group_size=rows)


def _group_rows(n_bytes: int, n_rows: int) -> int:
    """Say how many rows are written at once: 4,096, or fewer of long texts, a power of two."""
    rows = _ROWS
    while rows > _LEAST_ROWS and rows * n_bytes > _GROUP_BYTES * max(1, n_rows):
        rows //= 2
    return rows


def _read_table(data: bytes) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(data), page_checksum_verification=True)
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _damaged(folder: Path, how: str) -> ReportError:
    return ReportError(
        f"the corpus {str(folder)!r} is damaged ({how}); read its folder again: watchwords read "
        f"FOLDER --out {folder}"
    )
