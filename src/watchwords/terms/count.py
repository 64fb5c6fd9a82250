"""Candidates for terms, counted by document."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import WatchwordsError, nearest
from watchwords.scores import Scores
from watchwords.terms.stop_words import read_stop_words
from watchwords.tokens import (
    TOKENIZED,
    Ngrams,
    Tokens,
    count_ngrams,
    free_occurrences,
    word_stream,
)

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

CHINESE_LATER = "Discovery for Chinese texts comes later: watched concepts only."
MIN_LETTERS = 3


def count_terms(
    tokens: Tokens,
    *,
    max_words: int = 3,
    min_docs: int = 3,
    min_count: int = 5,
    lang: str = "en",
    stop_words: Collection[str] | None = None,
    keep_duplicates: bool = False,
    free_standing: bool = False,
    max_memory: int | None = None,
    workers: int = 1,
) -> Scores:
    """Count every term of one to `max_words` words in every document.

    A term is a sequence of words that no punctuation divides, without a stop word or a single
    letter at either edge, and without a bare number at its head. Hyphens are folded
    ("high-quality" and "high quality" are one) and a possessive ending is dropped. Terms overlap:
    each occurrence of "foreign policy" is one of "policy" too, unless `free_standing` is asked
    for; see also `hide_nested`.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    max_words : int, default 3
        Longest term.
    min_docs, min_count : int, default 3 and 5
        Keep the terms in at least so many documents, with at least so many occurrences. The
        lengths of documents count all words, those of dropped terms included.
    lang : str, default "en"
        Only documents in this language are searched; languages are never pooled.
    stop_words : collection of str, optional
        Normal forms that replace the bundled list.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too, so that a reprint counts again.
    free_standing : bool, default False
        Count only the occurrences of a term that lie within no occurrence of a longer term of
        the same result: "great society" on its own, not in "great society program". Which terms
        there are is decided by all occurrences, so that a term may be left with none.
    max_memory : int, optional
        Bytes that what is being counted may take beside the tokens and the result; the work is
        then done in more and smaller parts, with the same result.
    workers : int, default 1
        Threads.

    Returns
    -------
    Scores
        One row per searched document, whether it has a term or not. ``items`` has ``item`` (str,
        words joined by blanks), ``lang``, ``kind`` ("term"), ``n_words`` (int) and ``beyond``
        (float: for a term of `max_words` words the share of its occurrences that one sequence
        longer by a word covers, else 0), in the order of the text of the items; with
        `free_standing` also ``n_all`` (int: occurrences within longer terms included).

    Raises
    ------
    WatchwordsError
        If `lang` is "zh" or has no tokeniser, or a limit is below 1.

    See Also
    --------
    watchwords.terms.find_term : Where a term stands.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> texts = ["High-quality growth, not growth of any kind.", "The growth is of high quality."]
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": texts})
    >>> scores = count_terms(tokenize(table), max_words=2, min_docs=2, min_count=2)
    >>> scores.items["item"].tolist()
    ['growth', 'high', 'high quality', 'quality']
    >>> scores.matrix.toarray().tolist()
    [[2, 1, 1, 1], [1, 1, 1, 1]]
    """
    _check_limits(max_words=max_words, min_docs=min_docs, min_count=min_count)
    _check_lang(lang)
    searched = searched_documents(tokens, lang=lang, keep_duplicates=keep_duplicates)
    stops = read_stop_words() if stop_words is None else stop_words
    edges, numbers = _judge_types(tokens.vocabulary, stops)
    stream = word_stream(tokens, searched, with_tokens=False)
    ngrams = count_ngrams(
        stream,
        max_words=max_words + 1,
        opens=edges & ~numbers,
        closes=edges,
        min_docs=min_docs,
        min_count=min_count,
        mark_words=max_words if free_standing else 0,
        max_memory=max_memory,
        workers=workers,
    )
    kept = _candidates(ngrams, tokens.vocabulary, edges=edges, max_words=max_words)
    kept = kept[_alphabetical(ngrams.words[kept], tokens.vocabulary)]
    column = np.full(len(ngrams.n_words), -1, np.int32)
    column[kept] = np.arange(len(kept), dtype=np.int32)
    items = _describe(ngrams, tokens.vocabulary, kept=kept, lang=lang)
    if free_standing:
        doc, term = free_occurrences(stream, ngrams, column)
        cells = doc, term, np.ones(len(doc), np.int32)
    else:
        items = items.drop(columns="n_all")
        good = column[ngrams.ngram] >= 0
        cells = ngrams.doc[good], column[ngrams.ngram[good]], ngrams.n[good]
    return Scores(
        _to_matrix(cells, searched, len(kept)),
        tokens.documents["doc_id"].to_numpy(object)[searched],
        items,
        tokens.n_units()[searched],
        "word",
    )


def searched_documents(tokens: Tokens, *, lang: str, keep_duplicates: bool) -> Bools:
    """Say which documents a count of one language takes in.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    lang : str
        Language.
    keep_duplicates : bool
        Take reprints in.

    Returns
    -------
    ndarray of bool, shape (n_docs,)
    """
    in_lang = (tokens.documents["lang"] == lang).to_numpy(bool)
    original = (tokens.documents["duplicate_of"] == "").to_numpy(bool)
    searched: Bools = in_lang & (original | keep_duplicates)
    return searched


def _check_limits(**limits: int) -> None:
    for name, value in limits.items():
        if value < 1:
            raise WatchwordsError(f"`{name}` is {value}; it must be at least 1.")


def _check_lang(lang: str) -> None:
    if lang == "zh":
        raise WatchwordsError(CHINESE_LATER)
    if lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, ['en'])}"
        )


def _judge_types(vocabulary: NDArray[np.object_], stops: Collection[str]) -> tuple[Bools, Bools]:
    edges = np.fromiter((len(w) > 1 and w not in stops for w in vocabulary), bool, len(vocabulary))
    numbers = np.fromiter(
        (not w.isalpha() and not any(map(str.isalpha, w)) for w in vocabulary),
        bool,
        len(vocabulary),
    )
    return edges, numbers


def _candidates(
    ngrams: Ngrams, vocabulary: NDArray[np.object_], *, edges: Bools, max_words: int
) -> Ints:
    # "1990s" and "20th" may stand at an edge, but something must be said of them.
    counted = np.fromiter((word[:1].isnumeric() for word in vocabulary), bool, len(vocabulary))
    content = np.append(edges & ~counted, False)  # padding, -1, finds the appended entry
    short = np.fromiter((len(word) < MIN_LETTERS for word in vocabulary), bool, len(vocabulary))
    alone = ngrams.n_words == 1
    kept = (ngrams.n_words <= max_words) & content[ngrams.words].any(axis=1)
    kept[alone] &= ~short[ngrams.words[alone, 0]]
    return np.flatnonzero(kept)


def _alphabetical(words: NDArray[np.int32], vocabulary: NDArray[np.object_]) -> Ints:
    """Order sequences as their words joined by blanks would be, without joining them."""
    # A blank comes before every sign of a word: to compare word by word gives the same order.
    rank = np.full(len(vocabulary) + 1, -1, np.int64)
    rank[np.argsort(vocabulary, kind="stable")] = np.arange(len(vocabulary))
    return np.lexsort(rank[words].T[::-1])


def _name(words: NDArray[np.int32], vocabulary: NDArray[np.object_]) -> NDArray[np.object_]:
    names = vocabulary[words[:, 0]]
    for place in range(1, words.shape[1]):
        longer = words[:, place] >= 0
        names[longer] += " " + vocabulary[words[longer, place]]
    return names


def _share_beyond(ngrams: Ngrams, total: Ints) -> NDArray[np.float64]:
    """Measure how much of each sequence one sequence longer by its first or last word covers.

    Only the longest but one are asked: those whose own longer sequences are not kept.
    """
    longest = ngrams.words.shape[1]
    share = np.zeros(len(total))
    inner = np.flatnonzero(ngrams.n_words == longest - 1)
    outer = np.flatnonzero(ngrams.n_words == longest)
    rows = ngrams.words[inner, :-1], ngrams.words[outer, :-1], ngrams.words[outer, 1:]
    number = _number_rows(np.concatenate(rows))
    where = np.full(int(number.max(initial=-1)) + 1, -1, np.int64)
    where[number[: len(inner)]] = inner
    covered = where[number[len(inner) :]]
    found = covered >= 0
    n = np.tile(total[outer], 2)[found] / total[covered[found]]
    np.maximum.at(share, covered[found], n)
    return share


def _number_rows(rows: NDArray[np.int32]) -> Ints:
    """Give equal rows the same number."""
    number = rows[:, 0].astype(np.int64)
    n_types = int(rows.max(initial=0)) + 1
    for place in range(1, rows.shape[1]):
        number = np.unique(number * n_types + rows[:, place], return_inverse=True)[1]
    return number


def _describe(
    ngrams: Ngrams, vocabulary: NDArray[np.object_], *, kept: Ints, lang: str
) -> pd.DataFrame:
    total = np.bincount(ngrams.ngram, ngrams.n, minlength=len(ngrams.n_words)).astype(np.int64)
    return pd.DataFrame(
        {
            "item": pd.Series(_name(ngrams.words[kept], vocabulary), dtype="str"),
            "lang": pd.Series(lang, range(len(kept)), dtype="str"),
            "kind": pd.Series("term", range(len(kept)), dtype="str"),
            "n_words": ngrams.n_words[kept],
            "beyond": _share_beyond(ngrams, total)[kept],
            "n_all": total[kept],
        }
    )


def _to_matrix(cells: tuple[Any, Any, Any], searched: Bools, n_items: int) -> sparse.csr_array:
    doc, column, n = cells
    row = (np.cumsum(searched) - 1).astype(np.int32)[doc]
    shape = (int(searched.sum()), n_items)
    matrix = sparse.coo_array((n, (row, column)), shape=shape).tocsr()
    matrix.sum_duplicates()
    return matrix
