"""Documents added to a compiled corpus; what is there already is not read again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError
from watchwords.tokens.arrays import lengthen_array, set_length
from watchwords.tokens.compiled import (
    ARRAYS,
    TABLES,
    Tokens,
    join_documents,
    load_tokens,
    read_record,
    write_record,
)
from watchwords.tokens.tokenizer import check_documents, compile_documents, describe_documents

Arrays = dict[str, NDArray[Any]]

# Offsets begin with 0, and go on from the last one; each points into this array.
_OFFSETS_OF = {
    "doc_offsets": "ids",
    "sentence_offsets": "ids",
    "paragraph_offsets": "ids",
    "part_offsets": "parts",
    "text_offsets": "texts",
}
# A table is put together again when it lies in so many files.
_MANY_FILES = 16


def append_documents(
    tokens: Tokens | Path, documents: pd.DataFrame, *, progress: bool = False
) -> Tokens:
    """Tokenise new documents only, and add them to a compiled corpus.

    Ids never change; words that are new come behind the others in the vocabulary. The result says
    the same as if all documents had been tokenised at once, but for the order of the ids.

    Parameters
    ----------
    tokens : Tokens or Path
        The compiled corpus, which is not changed; or the folder it is saved in, which is: files
        become longer at their end, and the new documents count from one moment on. A run that is
        killed before leaves the folder as it was. One process at a time may append.
    documents : pandas.DataFrame
        New documents, as for `tokenize`. Columns that only some documents have are unknown in the
        others.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Tokens
        The whole corpus; mapped from the folder if there is one.

    Raises
    ------
    SchemaError
        If the table is not one for `tokenize`, or a document is there already.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": ["War.", "War ends."]})
    >>> tokens = tokenize(table.iloc[:1])
    >>> append_documents(tokens, table.iloc[1:])
    Tokens: 3 in 2 documents, 2 sentences, 2 types
    """
    check_documents(documents)
    if isinstance(tokens, Tokens):
        _check_new(tokens.documents["doc_id"], documents)
        added = _continue(_lengths(tokens), documents, tokens.vocabulary, progress=progress)
        arrays = {
            name: np.concatenate([getattr(tokens, name), added[name]])
            for name in (*ARRAYS, "vocabulary")
        }
        table = join_documents([tokens.documents, describe_documents(documents)])
        return replace(tokens, documents=table, **arrays)
    return _append_to_folder(Path(tokens), documents, progress=progress)


def _append_to_folder(folder: Path, documents: pd.DataFrame, *, progress: bool) -> Tokens:
    record = read_record(folder)
    ids = [pd.read_parquet(folder / name, columns=["doc_id"]) for name in record["documents"]]
    _check_new(pd.concat(ids)["doc_id"], documents)
    words = pd.concat([pd.read_parquet(folder / name) for name in record["vocabulary"]])
    rows = record["rows"]
    added = _continue(rows, documents, words["type"].to_numpy(object), progress=progress)
    for name in ARRAYS:
        lengthen_array(folder / f"{name}.npy", added[name], rows[name])
    rows = {name: rows[name] + len(added[name]) for name in ARRAYS}
    tables = {
        "vocabulary": pd.DataFrame({"type": pd.Series(added["vocabulary"], dtype="str")}),
        "documents": describe_documents(documents),
    }
    files = {name: _write_table(folder, record[name], tables[name]) for name in TABLES}
    write_record(folder, {"rows": rows} | files)
    # Behind this line the new documents are there; the rest is tidying up.
    for name, n_rows in rows.items():
        set_length(folder / f"{name}.npy", n_rows)
    for gone in {name for table in TABLES for name in set(record[table]) - set(files[table])}:
        (folder / gone).unlink()
    return load_tokens(folder)


def _lengths(tokens: Tokens) -> dict[str, int]:
    return {name: len(getattr(tokens, name)) for name in ARRAYS}


def _continue(
    rows: dict[str, int],
    documents: pd.DataFrame,
    vocabulary: NDArray[np.object_],
    *,
    progress: bool,
) -> Arrays:
    """Compile documents into arrays that go on where others end."""
    arrays = compile_documents(documents, vocabulary, progress=progress)
    for name, of in _OFFSETS_OF.items():
        later = arrays[name][1:] + rows[of]
        arrays[name] = later.astype(arrays[name].dtype)
    return arrays


def _check_new(known: pd.Series, documents: pd.DataFrame) -> None:
    there = documents["doc_id"].isin(known)
    if there.any():
        at = documents.loc[there, "doc_id"].iloc[0]
        raise SchemaError(
            f"`documents` has doc_id {at!r}, which is among the tokens already; a document that "
            "changed needs a new doc_id, or all documents tokenised again."
        )


def _write_table(folder: Path, files: list[str], added: pd.DataFrame) -> list[str]:
    """Write more rows of a table into a file of their own; put all together if there are many."""
    stem = files[0].split(".")[0].split("-")[0]
    number = max(int(f"0{name.removeprefix(stem).strip('-').split('.')[0]}") for name in files) + 1
    name = f"{stem}-{number}.parquet"
    if len(files) >= _MANY_FILES:
        tables = [*(pd.read_parquet(folder / file) for file in files), added]
        added = join_documents(tables) if stem == "documents" else pd.concat(tables)
        files = []
    added.to_parquet(folder / name)
    return [*files, name]
