"""The compiled corpus: numbers instead of strings, and the text to quote from."""

import json
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.tokens.arrays import map_array, save_array
from watchwords.tokens.units import count_units

FORMAT = 2
TOKENIZED = ("en", "zh")
_RECORD = "tokens.json"


@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """Documents as arrays of token ids, with every boundary and offset kept.

    All offsets count Unicode code points of the document's text; intervals are half open.
    Tokens are words (English) or characters (Chinese); punctuation is no token, but `breaks`
    says where it stood.

    Attributes
    ----------
    ids : ndarray of int32, shape (n_tokens,)
        Index into `vocabulary`.
    starts, ends : ndarray of int32, shape (n_tokens,)
        Where the token stands in the text of its document.
    breaks : ndarray of bool, shape (n_tokens,)
        A term may not reach this token from the one before: there is punctuation between them,
        or a new sentence, paragraph or document begins.
    doc_offsets : ndarray of int64, shape (n_docs + 1,)
        Token with which each document begins.
    sentence_offsets : ndarray of int64, shape (n_sentences + 1,)
        Token with which each sentence begins; no sentence crosses a paragraph.
    paragraph_offsets : ndarray of int64, shape (n_paragraphs + 1,)
        Token with which each paragraph begins; no paragraph crosses a document.
    sentence_bounds : ndarray of int32, shape (n_sentences, 2)
        The sentence in the text, with its closing punctuation and quotes.
    vocabulary : ndarray of object (str), shape (n_types,)
        Normal form of each id: lower case, straight apostrophe, no possessive; the parts of
        hyphenated words are in it too.
    parts, part_offsets : ndarray of int32, shapes (n_parts,) and (n_types + 1,)
        Ids of the parts of each type; a word without hyphen has itself as its only part.
    documents : pandas.DataFrame, n_docs rows
        The documents without their text, in the order of the tokens.
    texts, text_offsets : ndarray of uint8 and int64, shapes (n_bytes,) and (n_docs + 1,)
        All texts in UTF-8, one after the other.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    breaks: NDArray[np.bool_]
    doc_offsets: NDArray[np.int64]
    sentence_offsets: NDArray[np.int64]
    paragraph_offsets: NDArray[np.int64]
    sentence_bounds: NDArray[np.int32]
    vocabulary: NDArray[np.object_]
    parts: NDArray[np.int32]
    part_offsets: NDArray[np.int32]
    documents: pd.DataFrame
    texts: NDArray[np.uint8]
    text_offsets: NDArray[np.int64]

    def __repr__(self) -> str:
        """Say in one line what is here."""
        missing = len(self.untokenized)
        return (
            f"Tokens: {len(self.ids):,} in {len(self.documents):,} documents, "
            f"{len(self.sentence_bounds):,} sentences, {len(self.vocabulary):,} types"
            + (f"; {missing:,} not in English or Chinese and without tokens" if missing else "")
        )

    @property
    def untokenized(self) -> pd.DataFrame:
        """Documents that have no tokens because their language has no tokeniser here.

        Columns ``doc_id`` and ``lang``. They must be named wherever others are counted: "not
        read" is not 0.
        """
        other = ~self.documents["lang"].isin(TOKENIZED)
        return self.documents.loc[other, ["doc_id", "lang"]].reset_index(drop=True)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {doc_id: row for row, doc_id in enumerate(self.documents["doc_id"])}

    @cached_property
    def _types(self) -> pd.Index:
        return pd.Index(self.vocabulary, dtype=object)

    def row(self, doc_id: str) -> int:
        """Find the row of a document.

        Parameters
        ----------
        doc_id : str
            One of ``documents.doc_id``.

        Returns
        -------
        int

        Raises
        ------
        SchemaError
            If there is no such document.
        """
        if doc_id not in self._rows:
            raise SchemaError(f"`doc_id` is {doc_id!r}; the tokens have no such document.")
        return self._rows[doc_id]

    def text(self, doc_id: str) -> str:
        """Return the text of a document.

        Parameters
        ----------
        doc_id : str
            One of ``documents.doc_id``.

        Returns
        -------
        str
        """
        row = self.row(doc_id)
        return self.texts[self.text_offsets[row] : self.text_offsets[row + 1]].tobytes().decode()

    def sentence(self, doc_id: str, start: int, end: int) -> tuple[int, int]:
        """Find the sentence around a place in a text.

        Parameters
        ----------
        doc_id : str
            One of ``documents.doc_id``.
        start, end : int
            The place; if it reaches over several sentences, all of them are returned.

        Returns
        -------
        start, end : int
            The whole text where a document has no tokens.

        Examples
        --------
        >>> from watchwords.tokens import tokenize
        >>> text = "Peace holds. (War does not.) We go on."
        >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
        >>> start, end = tokens.sentence("a", 14, 17)
        >>> text[start:end]
        '(War does not.)'
        """
        row = self.row(doc_id)
        low, high = np.searchsorted(self.sentence_offsets, self.doc_offsets[row : row + 2])
        bounds = self.sentence_bounds[low:high]
        if not len(bounds):
            return 0, len(self.text(doc_id))
        first = max(int(np.searchsorted(bounds[:, 0], start, side="right")) - 1, 0)
        last = max(int(np.searchsorted(bounds[:, 0], max(end - 1, start), side="right")) - 1, first)
        return int(bounds[first, 0]), int(bounds[last, 1])

    def doc_index(self) -> NDArray[np.int32]:
        """Say for each token which document it stands in.

        Returns
        -------
        ndarray of int32, shape (n_tokens,)
            Row of `documents`.
        """
        return _spread(self.doc_offsets)

    def sentence_index(self) -> NDArray[np.int32]:
        """Say for each token which sentence it stands in.

        Returns
        -------
        ndarray of int32, shape (n_tokens,)
            Row of `sentence_bounds`.
        """
        return _spread(self.sentence_offsets)

    def n_units(self) -> NDArray[np.int64]:
        """Measure each document: words, or Chinese characters where ``lang`` is "zh".

        Returns
        -------
        ndarray of int64, shape (n_docs,)
            0 for a document in a language without a tokeniser. The parts of hyphenated words are
            words each, as they are for all that counts sequences.

        Examples
        --------
        >>> from watchwords.tokens import tokenize
        >>> texts = ["High-quality growth", "G20杭州峰会"]
        >>> table = pd.DataFrame({"doc_id": ["a", "b"], "lang": ["en", "zh"], "text": texts})
        >>> tokenize(table).n_units().tolist()
        [3, 4]
        """
        more = np.diff(self.part_offsets) - 1
        split = np.flatnonzero((more > 0)[self.ids])
        n_before = np.concatenate([[0], np.cumsum(more[self.ids[split]], dtype=np.int64)])
        ends = self.doc_offsets + n_before[np.searchsorted(split, self.doc_offsets)]
        n_units: NDArray[np.int64] = np.diff(ends)
        chinese = (self.documents["lang"] == "zh").to_numpy(bool)
        if chinese.any():
            characters = count_units(
                self.ids, self.doc_offsets, vocabulary=self.vocabulary, lang="zh"
            )
            n_units[chinese] = characters[chinese]
        return n_units

    def alphabetical(self) -> NDArray[np.int32]:
        """Give the types in alphabetical order.

        Returns
        -------
        ndarray of int32, shape (n_types,)
            Index into `vocabulary`.
        """
        return self._alphabetical

    @cached_property
    def _alphabetical(self) -> NDArray[np.int32]:
        return np.argsort(self.vocabulary, kind="stable").astype(np.int32)

    def lookup(self, words: list[str]) -> NDArray[np.int64]:
        """Find the ids of normal forms.

        Parameters
        ----------
        words : list of str
            Normal forms.

        Returns
        -------
        ndarray of int64, shape (n_words,)
            -1 for what is not in the vocabulary.
        """
        return self._types.get_indexer(pd.Index(words, dtype=object)).astype(np.int64)

    def expanded(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Split hyphenated words, so that "high-quality" and "high quality" are one sequence.

        Returns
        -------
        ids : ndarray of int32, shape (n_parts,)
            Index into `vocabulary`.
        token_index : ndarray of int64, shape (n_parts,)
            The token each part stands in, ascending.

        Examples
        --------
        >>> from watchwords.tokens import tokenize
        >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["High-quality growth"]})
        >>> tokens = tokenize(table)
        >>> ids, token_index = tokens.expanded()
        >>> tokens.vocabulary[ids].tolist(), token_index.tolist()
        (['high', 'quality', 'growth'], [0, 0, 1])
        """
        n_parts = np.diff(self.part_offsets)[self.ids]
        token_index = np.repeat(np.arange(len(self.ids), dtype=np.int64), n_parts)
        first = np.cumsum(n_parts, dtype=np.int64) - n_parts
        within = np.arange(len(token_index), dtype=np.int64) - first[token_index]
        return self.parts[self.part_offsets[self.ids[token_index]] + within], token_index

    def save(self, folder: Path) -> None:
        """Write the compiled corpus; `load_tokens` maps it back into memory.

        Parameters
        ----------
        folder : Path
            Made if it is not there. Arrays as .npy, tables as Parquet; no pickle.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            save_array(folder / f"{name}.npy", getattr(self, name))
        words = pd.DataFrame({"type": pd.Series(self.vocabulary, dtype="str")})
        words.to_parquet(folder / "vocabulary.parquet")
        self.documents.to_parquet(folder / "documents.parquet")
        rows = {name: len(getattr(self, name)) for name in ARRAYS}
        write_record(folder, {"rows": rows} | {name: [f"{name}.parquet"] for name in TABLES})


TABLES = ("vocabulary", "documents")
ARRAYS = tuple(field.name for field in fields(Tokens) if field.name not in TABLES)


def load_tokens(folder: Path) -> Tokens:
    """Read what `Tokens.save` wrote; the arrays are mapped, not copied.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    Tokens
        Its arrays are read-only.

    Raises
    ------
    WatchwordsError
        If the folder holds no tokens, or tokens of another format.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from watchwords.tokens import tokenize
    >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["Two upholds."]})
    >>> with TemporaryDirectory() as folder:
    ...     tokenize(table).save(Path(folder))
    ...     print(load_tokens(Path(folder)))
    Tokens: 2 in 1 documents, 1 sentences, 2 types
    """
    folder = Path(folder)
    record = read_record(folder)
    arrays = {name: map_array(folder / f"{name}.npy", record["rows"][name]) for name in ARRAYS}
    words = pd.concat([pd.read_parquet(folder / name) for name in record["vocabulary"]])
    documents = join_documents([pd.read_parquet(folder / name) for name in record["documents"]])
    return Tokens(vocabulary=words["type"].to_numpy(object), documents=documents, **arrays)


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Put on record what a folder of tokens holds, in one step: before it, nothing new counts.

    Parameters
    ----------
    folder : Path
        The folder.
    record : dict
        ``rows`` of each array, the files of each table.
    """
    text = json.dumps({"format": FORMAT} | record, indent=1) + "\n"
    path = folder / "tokens.json.new"
    path.write_text(text, encoding="utf-8")
    path.replace(folder / _RECORD)


def read_record(folder: Path) -> dict[str, Any]:
    """Read what a folder of tokens holds.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    dict

    Raises
    ------
    WatchwordsError
        If the folder holds no tokens, or tokens of another format.
    """
    path = folder / _RECORD
    if not path.is_file():
        raise WatchwordsError(f"`folder` is {str(folder)!r}; it holds no tokens (no tokens.json).")
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if record.get("format") != FORMAT:
        raise WatchwordsError(
            f"the tokens in {str(folder)!r} have format {record.get('format')!r}, this version "
            f"reads {FORMAT}; tokenise the documents again."
        )
    return record


def join_documents(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of documents one below the other; text that only some have is unknown in others.

    Parameters
    ----------
    tables : list of pandas.DataFrame
        As in `Tokens.documents`.

    Returns
    -------
    pandas.DataFrame
    """
    joined = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0].copy()
    for name in joined.columns:
        if any(pd.api.types.is_string_dtype(table[name]) for table in tables if name in table):
            joined[name] = joined[name].fillna("").astype("str")
    # Parquet knows no seconds and gives milliseconds back.
    joined["date"] = joined["date"].astype("datetime64[s]")
    return joined


def _spread(offsets: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
