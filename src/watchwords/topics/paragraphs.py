"""Paragraphs as rows of words: the documents of a topic model."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.tokens import Tokens

MIN_WORDS = 20
MIN_DOCS_WITH_WORD = 5
MIN_PARAGRAPHS_WITH_WORD = 5
MAX_SHARE = 0.5
MIN_SHARE = 0.001

# Letters only, so that numbers and contractions ("don't") stay out; "u.s." is a stop word.
_CONTENT = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
# Offsets of all documents on one axis: document * _STRIDE + code point.
_STRIDE = np.int64(2**31)


@dataclass(frozen=True, eq=False)
class Paragraphs:
    """Word counts of paragraphs, and where the paragraphs stand.

    Attributes
    ----------
    counts : scipy.sparse.csr_array of int32, shape (n_paragraphs, n_words)
        Occurrences.
    words : ndarray of str, shape (n_words,)
        In the order of the columns, which is alphabetical.
    doc : ndarray of int64, shape (n_paragraphs,)
        Row of the document in ``tokens.documents``, ascending.
    start, end : ndarray of int64, shape (n_paragraphs,)
        Code-point offsets into the document's text.
    searched : ndarray of bool, shape (n_docs,)
        English documents that are no duplicates.
    """

    counts: sparse.csr_array
    words: NDArray[np.object_]
    doc: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    searched: NDArray[np.bool_]


def count_paragraphs(
    tokens: Tokens, drop: pd.DataFrame | None = None, *, drop_words: Collection[str] = ()
) -> Paragraphs:
    """Count the content words of paragraphs.

    Stop words, numbers and contractions do not count, nor does what is to be dropped. A paragraph
    of fewer than 20 content words is joined with its neighbours in the same document, so the
    "paragraphs" of a text in one-line paragraphs are longer than those its author set.

    Parameters
    ----------
    tokens : Tokens
        The corpus; its English documents are read, duplicates are left out.
    drop : pandas.DataFrame, optional
        Places to leave out: the table ``hits``, of which ``doc_id``, ``start``, ``end`` are used.
    drop_words : collection of str, default ()
        Single words to leave out everywhere, such as personal names; case does not matter.

    Returns
    -------
    Paragraphs
        With the words found in at least 5 documents, in at least 5 paragraphs and one in a
        thousand of them, and in at most half.

    Raises
    ------
    SchemaError
        If `drop` has a document that `tokens` does not have.
    WatchwordsError
        If `drop_words` has an entry of several words.
    """
    documents = tokens.documents
    searched = ((documents["lang"] == "en") & (documents["duplicate_of"] == "")).to_numpy()
    doc = tokens.doc_index().astype(np.int64)
    candidate = _is_content(tokens.vocabulary, drop_words)
    kept = candidate[tokens.ids] & searched[doc]
    if drop is not None and len(drop):
        kept &= ~_inside(tokens, drop)
    kept &= _spread_enough(doc[kept], tokens.ids[kept], len(tokens.vocabulary))[tokens.ids]

    bounds = tokens.paragraph_offsets
    first = doc[bounds[:-1]]
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    read = np.flatnonzero(searched[first])
    unit = join_paragraphs(np.diff(before[bounds])[read], first[read], min_words=MIN_WORDS)
    begin = read[np.flatnonzero(np.diff(unit, prepend=-1))]
    last = read[np.flatnonzero(np.diff(unit, append=len(begin)))]
    row_of = np.full(len(first), -1, np.int64)
    row_of[read] = unit
    row = np.repeat(row_of, np.diff(bounds))[kept]
    counts, columns = _count_words(row, tokens.ids[kept], tokens.vocabulary, n_rows=len(begin))
    start, end = _text_bounds(tokens, bounds[begin], bounds[last + 1])
    return Paragraphs(counts, tokens.vocabulary[columns], first[begin], start, end, searched)


def join_paragraphs(
    n_words: NDArray[np.int64], doc: NDArray[np.int64], *, min_words: int
) -> NDArray[np.int64]:
    """Join short neighbouring paragraphs of a document.

    Parameters
    ----------
    n_words : ndarray of int, shape (n,)
        Words of each paragraph.
    doc : ndarray of int, shape (n,)
        Document of each paragraph, ascending.
    min_words : int
        A paragraph takes in the next ones until it has so many; a rest at the end of a document
        joins the paragraph before it.

    Returns
    -------
    ndarray of int64, shape (n,)
        Number of the joined paragraph, from 0, ascending.

    Examples
    --------
    >>> words, doc = np.array([30, 5, 16, 5, 8, 40]), np.array([0, 0, 0, 0, 1, 2])
    >>> join_paragraphs(words, doc, min_words=20).tolist()
    [0, 1, 1, 1, 2, 3]
    """
    opens: list[bool] = []
    cuts = np.flatnonzero(np.diff(doc)) + 1
    for document in np.split(n_words, cuts):
        opens += _open_units(document.tolist(), min_words)
    return np.cumsum(opens, dtype=np.int64) - 1


def _open_units(n_words: list[int], min_words: int) -> list[bool]:
    opens = []
    held = min_words
    for n in n_words:
        opens.append(held >= min_words)
        held = n if opens[-1] else held + n
    if held < min_words:
        # The rest at the end joins the unit before it, unless it is all there is.
        last = max((i for i, is_open in enumerate(opens) if is_open and i), default=None)
        if last is not None:
            opens[last] = False
    return opens


def read_stop_words() -> frozenset[str]:
    """Read the English stop words that come with the package.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "the" in read_stop_words()
    True
    """
    source = resources.files("watchwords") / "data" / "stop_words_en.txt"
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _is_content(vocabulary: NDArray[np.object_], drop_words: Collection[str]) -> NDArray[np.bool_]:
    phrases = sorted(word for word in drop_words if len(word.split()) != 1)
    if phrases:
        raise WatchwordsError(
            f"`drop_words` has {phrases[0]!r}; it takes single words. Pass places to leave out as "
            "the table `hits` in `drop`."
        )
    left_out = read_stop_words() | {word.lower() for word in drop_words}
    keep = (bool(_CONTENT.fullmatch(word)) and word not in left_out for word in vocabulary)
    return np.fromiter(keep, bool, len(vocabulary))


def _inside(tokens: Tokens, places: pd.DataFrame) -> NDArray[np.bool_]:
    row = pd.Index(tokens.documents["doc_id"]).get_indexer(pd.Index(places["doc_id"]))
    if (row < 0).any():
        missing = places["doc_id"].iloc[int(np.flatnonzero(row < 0)[0])]
        raise SchemaError(
            f"`drop` has a document {missing!r} that the tokens do not have; match the concepts in "
            "the same tokens."
        )
    base = tokens.doc_index() * _STRIDE
    # The tokens that reach into a place are neighbours: from the first that ends behind its
    # start to the last that begins before its end.
    low = np.searchsorted(base + tokens.ends, row * _STRIDE + places["start"].to_numpy(), "right")
    high = np.searchsorted(base + tokens.starts, row * _STRIDE + places["end"].to_numpy(), "left")
    edge = np.zeros(len(tokens.ids) + 1, np.int64)
    np.add.at(edge, low, 1)
    np.add.at(edge, np.maximum(high, low), -1)
    return np.cumsum(edge[:-1]) > 0


def _spread_enough(
    doc: NDArray[np.int64], ids: NDArray[np.int32], n_types: int
) -> NDArray[np.bool_]:
    pairs = np.unique(doc * n_types + ids)
    return np.bincount(pairs % n_types, minlength=n_types) >= MIN_DOCS_WITH_WORD


def _count_words(
    row: NDArray[np.int64],
    ids: NDArray[np.int32],
    vocabulary: NDArray[np.object_],
    *,
    n_rows: int,
) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    ones = np.ones(len(row), np.int32)
    table = sparse.csc_array((ones, (row, ids)), shape=(n_rows, len(vocabulary)))
    table.sum_duplicates()
    n_with = np.diff(table.indptr)
    enough = max(MIN_PARAGRAPHS_WITH_WORD, int(np.ceil(MIN_SHARE * n_rows)))
    columns = np.flatnonzero((n_with >= enough) & (n_with <= MAX_SHARE * n_rows))
    columns = columns[np.argsort(vocabulary[columns].astype(str), kind="stable")]
    return sparse.csr_array(table[:, columns]), columns


def _text_bounds(
    tokens: Tokens, first: NDArray[np.int64], stop: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    low = np.searchsorted(tokens.sentence_offsets, first, "right") - 1
    high = np.searchsorted(tokens.sentence_offsets, stop, "left") - 1
    bounds = tokens.sentence_bounds.astype(np.int64)
    return bounds[low, 0], bounds[high, 1]
