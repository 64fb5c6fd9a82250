"""Documents in, compiled tokens out."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError
from watchwords.schema import TABLES
from watchwords.tokens.chinese import HAN_CHARACTER, HAN_OR_WORD
from watchwords.tokens.compiled import TOKENIZED, Tokens
from watchwords.tokens.english import WORD, normal_form, split_hyphens
from watchwords.tokens.sentences import (
    find_breaks,
    find_sentence_starts,
    judge_gaps,
    judge_words,
)

Ints = NDArray[np.int32]


def tokenize(documents: pd.DataFrame, *, progress: bool = False) -> Tokens:
    """Compile documents into token ids.

    The language of a document decides how it is read: words in "en", single characters in "zh"
    (Latin words within it as words). A document in another language is kept with no tokens; see
    `Tokens.untokenized`, and do not take it for a document without the terms.

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
    _check(documents)
    words: dict[str, int] = defaultdict(count().__next__)
    gaps: dict[str, int] = defaultdict(count().__next__)
    pieces = [_split(text, words, gaps) for text in _readable_texts(documents, progress)]
    word, starts, ends = (_join([piece[i] for piece in pieces]) for i in range(3))
    gap = _join([piece[3][:-1] for piece in pieces])
    last_gaps = _join([piece[3][-1:] for piece in pieces])
    doc_offsets = _offsets([len(piece[0]) for piece in pieces])

    about_words, about_gaps = judge_words(list(words)), judge_gaps(list(gaps))
    first = np.zeros(len(word), bool)
    first[doc_offsets[:-1][np.diff(doc_offsets) > 0]] = True
    opens = find_sentence_starts(about_words, about_gaps, word=word, gap=gap, first=first)
    sentence_offsets = _starts(opens)
    behind = _gaps_behind(gap, last_gaps, doc_offsets)
    begin, last = sentence_offsets[:-1], sentence_offsets[1:] - 1
    left = starts[begin] - about_gaps.tails[gap[begin]]
    right = ends[last] + about_gaps.heads[behind[last]]
    vocabulary, ids, parts, part_offsets = _build_vocabulary(list(words))
    texts = [text.encode() for text in documents["text"]]
    return Tokens(
        ids=ids[word],
        starts=starts,
        ends=ends,
        breaks=find_breaks(about_words, about_gaps, word=word, gap=gap, opens=opens),
        doc_offsets=doc_offsets,
        sentence_offsets=sentence_offsets,
        paragraph_offsets=_starts(first | about_gaps.paragraph[gap]),
        sentence_bounds=np.column_stack([left, right]),
        vocabulary=vocabulary,
        parts=parts,
        part_offsets=part_offsets,
        documents=_describe(documents),
        texts=np.frombuffer(b"".join(texts), np.uint8),
        text_offsets=_offsets([len(text) for text in texts]),
    )


def _check(documents: pd.DataFrame) -> None:
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


def _readable_texts(documents: pd.DataFrame, progress: bool) -> Iterable[str]:
    texts = documents["text"].where(documents["lang"].isin(TOKENIZED), "")
    if not progress:
        return iter(texts)
    from tqdm import tqdm

    return tqdm(texts, desc="tokenising", unit="document")  # type: ignore[no-any-return]


def _split(text: str, words: dict[str, int], gaps: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints]:
    pattern = HAN_OR_WORD if HAN_CHARACTER.search(text) else WORD
    # With one group, `split` alternates gap, word, gap, …, gap: lengths give all the offsets.
    pieces = pattern.split(text)
    edges = np.cumsum(np.fromiter(map(len, pieces), np.int32, len(pieces)), dtype=np.int32)
    n = len(pieces) // 2
    word = np.fromiter(map(words.__getitem__, pieces[1::2]), np.int32, n)
    gap = np.fromiter(map(gaps.__getitem__, pieces[0::2]), np.int32, n + 1)
    return word, edges[0:-1:2], edges[1::2], gap


def _gaps_behind(gap: Ints, last_gaps: Ints, doc_offsets: NDArray[np.int64]) -> Ints:
    behind = np.roll(gap, -1)
    filled = np.diff(doc_offsets) > 0
    behind[doc_offsets[1:][filled] - 1] = last_gaps[filled]
    return behind


def _build_vocabulary(words: list[str]) -> tuple[NDArray[np.object_], Ints, Ints, Ints]:
    types: dict[str, int] = defaultdict(count().__next__)
    ids = np.fromiter((types[normal_form(word)] for word in words), np.int32, len(words))
    split = [split_hyphens(form) for form in list(types)]
    parts = [[types[part] for part in forms] for forms in split]
    # A part that no word of its own brought in is its own only part.
    parts += [[number] for number in range(len(split), len(types))]
    part_offsets = _offsets([len(numbers) for numbers in parts]).astype(np.int32)
    flat = np.fromiter(chain.from_iterable(parts), np.int32, int(part_offsets[-1]))
    vocabulary = np.empty(len(types), object)
    vocabulary[:] = list(types)
    return vocabulary, ids, flat, part_offsets


def _describe(documents: pd.DataFrame) -> pd.DataFrame:
    kept = documents.drop(columns="text").reset_index(drop=True)
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


def _starts(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.append(np.flatnonzero(flags), len(flags)).astype(np.int64)


def _offsets(lengths: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


def _join(arrays: list[Ints]) -> Ints:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)
