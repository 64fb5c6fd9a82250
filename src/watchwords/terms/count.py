"""Candidates for terms, counted by document."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import WatchwordsError, nearest
from watchwords.scores import Scores
from watchwords.terms.chinese import LONGEST as LONGEST_CHINESE
from watchwords.terms.chinese import ChineseTerms, find_chinese
from watchwords.terms.searched import searched_documents
from watchwords.terms.stop_words import read_stop_words
from watchwords.tokens import (
    TOKENIZED,
    Limits,
    Sequences,
    Tokens,
    count_sequences,
    free_occurrences,
)
from watchwords.tokens.flow import check_whole
from watchwords.tokens.units import UNITS

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

MIN_LETTERS = 3
# Words of the longest English term.
LONGEST = 3


def count_terms(
    tokens: Tokens,
    *,
    max_words: int | None = None,
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

    An English term is a sequence of words that no punctuation divides, without a stop word or a
    single letter at either edge, and without a bare number at its head. Hyphens are folded
    ("high-quality" and "high quality" are one) and a possessive ending is dropped. Terms overlap:
    each occurrence of "foreign policy" is one of "policy" too, unless `free_standing` is asked
    for; see also `hide_nested`.

    Chinese is not segmented: a term is a sequence of characters that attract each other and
    whose neighbours vary on either side, or a form of the bundled term base "tifa"; a fragment
    of a longer word is none. Which sequences are terms therefore depends on the corpus.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    max_words : int, optional
        Longest term: by default 3 words in English (1 to 64), 8 characters (2 to 8) in Chinese,
        where forms of the term base may be longer.
    min_docs, min_count : int, default 3 and 5
        Keep the terms in at least so many documents, with at least so many occurrences. The
        lengths of documents count all words, those of dropped terms included.
    lang : {"en", "zh"}, default "en"
        Only documents in this language are searched; languages are never pooled.
    stop_words : collection of str, optional
        Normal forms that replace the bundled list of what stands at no edge of a term.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too, so that a reprint counts again.
    free_standing : bool, default False
        Count only the occurrences of a term that lie within no occurrence of a longer term of
        the same result: "great society" on its own, not in "great society program". Which terms
        there are is decided by all occurrences, so that a term may be left with none.
    max_memory : int, optional
        Bytes that what is being counted may take beside the tokens and the result; the work is
        then done in more and smaller parts, with the same result. English only.
    workers : int, default 1
        Threads. English only.

    Returns
    -------
    Scores
        One row per searched document, whether it has a term or not. ``items`` has ``item`` (str,
        words joined by blanks), ``lang``, ``kind`` ("term"), ``n_words`` (int; Chinese:
        characters) and ``beyond`` (float: for an English term of `max_words` words the share of
        its occurrences that one sequence longer by a word covers, else 0), in the order of the
        text of the items; with `free_standing` also ``n_all`` (int: occurrences within longer
        terms included).

    Raises
    ------
    WatchwordsError
        If `lang` has no tokeniser, a limit is out of range or no whole number, or `max_memory` or
        `workers` is given for Chinese.

    See Also
    --------
    watchwords.terms.find_term : Where a term stands.
    watchwords.terms.score_phrases : How firmly phrases hold together.

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
    _check_lang(lang)
    if max_words is None:
        max_words = LONGEST if lang == "en" else LONGEST_CHINESE
    check_whole(max_words=max_words, min_docs=min_docs, min_count=min_count)
    check_whole(max_memory=max_memory, workers=workers)
    if lang == "zh" and not 2 <= max_words <= LONGEST_CHINESE:
        raise WatchwordsError(
            f"`max_words` is {max_words}; in Chinese it must be 2 to {LONGEST_CHINESE} characters."
        )
    if lang == "zh" and (workers != 1 or max_memory is not None):
        raise WatchwordsError(
            "`workers` and `max_memory` are for English; Chinese terms are found by one thread. "
            "Leave them out."
        )
    searched = searched_documents(tokens, lang=lang, keep_duplicates=keep_duplicates)
    if lang == "zh":
        rows = np.flatnonzero(searched)
        floors = min_count, min_docs
        found = find_chinese(
            tokens, rows, max_words=max_words, floors=floors, stop_words=stop_words
        )
        return _score_chinese(tokens, rows, found, free_standing=free_standing)
    stops = read_stop_words() if stop_words is None else stop_words
    edges, heads, _ = judge_types(tokens.vocabulary, stops)
    sequences = count_sequences(
        tokens,
        searched,
        opens=heads,
        closes=edges,
        limits=Limits(
            max_words + 1,
            min_docs,
            min_count,
            mark_words=max_words if free_standing else 0,
            max_memory=max_memory,
            workers=workers,
        ),
    )
    kept, items = list_candidates(sequences, tokens.vocabulary, stop_words=stops)
    if free_standing:
        matrix = _free_matrix(sequences, kept)
    else:
        items = items.drop(columns="n_all")
        matrix = _to_matrix(sequences, kept)
    if not searched.all():
        matrix = matrix[searched]
    doc_ids = tokens.documents["doc_id"].to_numpy(object)[searched]
    n_units = np.diff(sequences.place_offsets)[searched]
    return Scores(matrix, doc_ids, items, n_units, UNITS["en"])


def _check_lang(lang: str) -> None:
    if lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, TOKENIZED)}"
        )


def _score_chinese(
    tokens: Tokens, rows: Ints, found: ChineseTerms, *, free_standing: bool
) -> Scores:
    """Sum places up by document."""
    n_items = len(found.items)
    items = pd.DataFrame(
        {
            "item": pd.Series(found.items, dtype="str"),
            "lang": pd.Series("zh", range(n_items), dtype="str"),
            "kind": pd.Series("term", range(n_items), dtype="str"),
            "n_words": found.n_words,
            "beyond": np.zeros(n_items),
        }
    )
    counted = found.free if free_standing else np.ones(len(found.term), bool)
    if free_standing:
        items["n_all"] = np.bincount(found.term, minlength=n_items)
    cells = np.ones(int(counted.sum()), np.int32), (found.row[counted], found.term[counted])
    matrix = sparse.coo_array(cells, shape=(len(rows), n_items)).tocsr()
    matrix.sum_duplicates()
    doc_ids = tokens.documents["doc_id"].to_numpy(object)[rows]
    return Scores(matrix, doc_ids, items, tokens.n_units()[rows], UNITS["zh"])


def judge_types(
    vocabulary: NDArray[np.object_], stops: Collection[str]
) -> tuple[Bools, Bools, Bools]:
    """Judge the types of a vocabulary.

    Parameters
    ----------
    vocabulary : ndarray of object (str)
    stops : collection of str
        Stop words.

    Returns
    -------
    edges, heads, content : ndarray of bool, shape (n_types,)
        Whether each may end an English term, begin one, and says something of its own.
    """
    n = len(vocabulary)
    edges = np.fromiter((len(word) > 1 and word not in stops for word in vocabulary), bool, n)
    # "1990s" and "20th" may stand at an edge, but something must be said of them.
    counted = np.fromiter((word[:1].isnumeric() for word in vocabulary), bool, n)
    heads = edges.copy()
    # A number alone, with no letter in it, heads no term.
    for at in np.flatnonzero(edges):
        word = vocabulary[at]
        heads[at] = word.isalpha() or any(map(str.isalpha, word))
    return edges, heads, edges & ~counted


def list_candidates(
    sequences: Sequences, vocabulary: NDArray[np.object_], *, stop_words: Collection[str]
) -> tuple[Bools, pd.DataFrame]:
    """Choose English terms among sequences, and describe them.

    Parameters
    ----------
    sequences : Sequences
        Whose edges are judged already, a word longer than the longest term.
    vocabulary : ndarray of object (str)
    stop_words : collection of str

    Returns
    -------
    kept : ndarray of bool, shape (n_sequences,)
    items : pandas.DataFrame
        As in the scores of `count_terms`, with ``n_all``.
    """
    _, _, content = judge_types(vocabulary, stop_words)
    kept = _candidates(sequences, vocabulary, content=content)
    return kept, _describe(sequences, vocabulary, kept=kept, lang="en")


def _candidates(sequences: Sequences, vocabulary: NDArray[np.object_], *, content: Bools) -> Bools:
    says = np.append(content, False)  # padding, -1, finds the appended entry
    short = np.fromiter((len(word) < MIN_LETTERS for word in vocabulary), bool, len(vocabulary))
    alone = sequences.n_words == 1
    kept: Bools = sequences.n_words < sequences.words.shape[1]
    kept &= says[sequences.words].any(axis=1)
    kept[alone] &= ~short[sequences.words[alone, 0]]
    return kept


def _name(words: NDArray[np.int32], vocabulary: NDArray[np.object_]) -> NDArray[np.object_]:
    names = vocabulary[words[:, 0]]
    for place in range(1, words.shape[1]):
        longer = words[:, place] >= 0
        names[longer] += " " + vocabulary[words[longer, place]]
    return names


def _share_beyond(sequences: Sequences, total: Ints) -> NDArray[np.float64]:
    """Measure how much of each sequence one sequence longer by its first or last word covers.

    Only the longest but one are asked: those whose own longer sequences are not kept.
    """
    words = sequences.words
    longest = words.shape[1]
    share = np.zeros(len(total))
    inner = np.flatnonzero(sequences.n_words == longest - 1)
    outer = np.flatnonzero(sequences.n_words == longest)
    number = _number_rows(np.concatenate([words[inner, :-1], words[outer, :-1], words[outer, 1:]]))
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
    sequences: Sequences, vocabulary: NDArray[np.object_], *, kept: Bools, lang: str
) -> pd.DataFrame:
    total = np.add.reduceat(np.append(sequences.n, 0), sequences.offsets[:-1], dtype=np.int64)
    n_items = int(kept.sum())
    return pd.DataFrame(
        {
            "item": pd.Series(_name(sequences.words[kept], vocabulary), dtype="str"),
            "lang": pd.Series(lang, range(n_items), dtype="str"),
            "kind": pd.Series("term", range(n_items), dtype="str"),
            "n_words": sequences.n_words[kept].astype(np.int64),
            "beyond": _share_beyond(sequences, total)[kept],
            "n_all": total[kept],
        }
    )


def _to_matrix(sequences: Sequences, kept: Bools) -> sparse.csr_array:
    sizes = np.diff(sequences.offsets)
    cells = np.repeat(kept, sizes)
    starts = np.concatenate([[0], np.cumsum(sizes[kept])])
    shape = (len(sequences.place_offsets) - 1, int(kept.sum()))
    columns = sparse.csc_array((sequences.n[cells], sequences.doc[cells], starts), shape=shape)
    return columns.tocsr()


def _free_matrix(sequences: Sequences, kept: Bools) -> sparse.csr_array:
    column = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    doc, term = free_occurrences(sequences, column)
    shape = (len(sequences.place_offsets) - 1, int(kept.sum()))
    matrix = sparse.coo_array((np.ones(len(doc), np.int32), (doc, term)), shape=shape).tocsr()
    matrix.sum_duplicates()
    return matrix
