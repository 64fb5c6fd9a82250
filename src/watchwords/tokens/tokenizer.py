"""Documents in, compiled tokens out."""

from collections import defaultdict
from itertools import chain, count, islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError
from watchwords.schema import TABLES
from watchwords.tokens.compiled import TOKENIZED, Tokens
from watchwords.tokens.english import normal_forms, split_hyphens
from watchwords.tokens.layout import find_sentences
from watchwords.tokens.scan import empty_store, scan_texts, stored_strings, to_blob
from watchwords.tokens.sentences import judge_gaps, judge_words

Ints = NDArray[np.int32]
Ints64 = NDArray[np.int64]


def tokenize(documents: pd.DataFrame, *, progress: bool = False) -> Tokens:
    """Compile documents into token ids.

    The language of a document decides how it is read: words in "en", single characters in "zh"
    (Latin words within it as words). A document in another language is kept with no tokens; see
    `Tokens.untokenized`, and do not take it for a document without the terms.

    Texts are taken as they are. A line break divides as punctuation does, so that no term reaches
    across it: lines that are broken within a sentence are joined by `watchwords.clean_documents`.

    Parameters
    ----------
    documents : pandas.DataFrame
        One row per document with at least ``doc_id`` (unique), ``lang`` and ``text``; the other
        columns of `watchwords.schema` are added as unknown where they are absent, further ones
        are carried along.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Tokens

    Raises
    ------
    SchemaError
        If a column is absent, a ``doc_id`` occurs twice, a ``text`` is missing, or ``date`` holds
        no dates.

    See Also
    --------
    watchwords.terms.count_terms : The next step.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"doc_id": ["a", "b"], "lang": ["en", "zh"], "text": ["Mr. Ford’s plan.", "新发展理念"]}
    ... )
    >>> tokens = tokenize(table)
    >>> tokens
    Tokens: 8 in 2 documents, 2 sentences, 8 types
    >>> tokens.vocabulary[tokens.ids[:3]].tolist()
    ['mr', 'ford', 'plan']
    """
    check_documents(documents)
    arrays = compile_documents(documents, np.empty(0, object), progress=progress)
    return Tokens(documents=describe_documents(documents), **arrays)


def compile_documents(
    documents: pd.DataFrame, vocabulary: NDArray[np.object_], *, progress: bool = False
) -> dict[str, NDArray[Any]]:
    """Make the arrays of `Tokens`, with types that go on from a vocabulary.

    Parameters
    ----------
    documents : pandas.DataFrame
        Checked by `check_documents`.
    vocabulary : ndarray of object (str)
        Types that have ids already.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    dict of str to ndarray
        By attribute of `Tokens`; ``vocabulary``, ``parts`` and ``part_offsets`` are of the new
        types only, and offsets begin with 0.
    """
    blob = to_blob(documents["text"])
    readable = documents["lang"].isin(TOKENIZED).to_numpy(bool)
    pieces, (words, gaps) = scan_texts(
        blob, (empty_store(), empty_store()), readable=readable, progress=progress
    )
    printed = stored_strings(words)
    added, type_of, parts, part_offsets = _extend_vocabulary(printed, vocabulary)
    layout = find_sentences(
        pieces, type_of=type_of, words=judge_words(printed), gaps=judge_gaps(stored_strings(gaps))
    )
    return {
        "ids": pieces.word,
        "starts": pieces.starts,
        "ends": pieces.ends,
        "breaks": layout.breaks,
        "doc_offsets": _offsets(pieces.counts),
        "sentence_offsets": layout.sentence_offsets,
        "paragraph_offsets": layout.paragraph_offsets,
        "sentence_bounds": layout.sentence_bounds,
        "vocabulary": added,
        "parts": parts,
        "part_offsets": part_offsets,
        "texts": blob.data,
        "text_offsets": blob.offsets,
    }


def check_documents(documents: pd.DataFrame) -> None:
    """Refuse a table that cannot be tokenised; see `tokenize`.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents.
    """
    for column in ("doc_id", "lang", "text"):
        if column not in documents.columns:
            present = ", ".join(str(name) for name in documents.columns)
            raise SchemaError(f"`documents` has no column `{column}`; it has: {present}.")
        if documents[column].isna().any():
            at = documents.loc[documents[column].isna(), "doc_id"].iloc[0]
            raise SchemaError(
                f'`documents` has no `{column}` for document {at!r}; unknown is written as "".'
            )
    if "date" in documents and not pd.api.types.is_datetime64_dtype(documents["date"]):
        raise SchemaError(
            f"the column `date` of `documents` holds {documents['date'].dtype}, not dates; use "
            "`pandas.to_datetime`."
        )
    repeated = documents["doc_id"].duplicated()
    if repeated.any():
        at = documents.loc[repeated, "doc_id"].iloc[0]
        raise SchemaError(f"doc_id {at!r} occurs more than once in `documents`; make it unique.")


def _extend_vocabulary(
    printed: list[str], vocabulary: NDArray[np.object_]
) -> tuple[NDArray[np.object_], Ints, Ints, Ints]:
    """Give printed words their types; return the new types, and the parts of these."""
    types: dict[str, int] = defaultdict(count(len(vocabulary)).__next__)
    types.update(zip(vocabulary, range(len(vocabulary)), strict=True))
    type_of = np.fromiter(map(types.__getitem__, normal_forms(printed)), np.int32, len(printed))
    new = list(islice(types, len(vocabulary), None))
    parts = [[types[part] for part in split_hyphens(form)] for form in new]
    # A part that no word of its own brought in is its own only part.
    parts += [[number] for number in range(len(vocabulary) + len(new), len(types))]
    part_offsets = _offsets(np.array([len(numbers) for numbers in parts], np.int64))
    flat = np.fromiter(chain.from_iterable(parts), np.int32, int(part_offsets[-1]))
    added = np.empty(len(parts), object)
    added[:] = list(islice(types, len(vocabulary), None))
    return added, type_of, flat, part_offsets.astype(np.int32)


def describe_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Keep the documents without their text, with all columns of the schema; "" is unknown.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents.

    Returns
    -------
    pandas.DataFrame
    """
    kept = documents.drop(columns="text").reset_index(drop=True)
    for column in kept.columns:
        if _is_text(kept[column], known=TABLES["documents"].columns.get(str(column))):
            kept[column] = _without_gaps(kept[column])
    if "date" in kept:
        kept["date"] = kept["date"].astype("datetime64[s]")
    unknown = {
        "text": pd.Series("", kept.index, dtype="str"),
        "date": pd.Series(pd.NaT, kept.index, dtype="datetime64[s]"),
    }
    absent = {
        column: unknown[kind]
        for column, kind in TABLES["documents"].columns.items()
        if column not in documents.columns
    }
    return pd.concat([kept, pd.DataFrame(absent, index=kept.index)], axis=1) if absent else kept


def _is_text(column: pd.Series, *, known: str | None) -> bool:
    """Tell columns of text, whose missing values are unknown, from columns of anything else."""
    if known is not None:
        return known == "text"
    return pd.api.types.infer_dtype(column, skipna=True) == "string"


def _without_gaps(column: pd.Series) -> pd.Series:
    if column.dtype == "str":
        return column.fillna("") if column.isna().any() else column
    return column.astype(object).fillna("").astype("str")


def _offsets(lengths: Ints64) -> Ints64:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
