"""Which words stand near a wording more often than in the rest of the same documents."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import WatchwordsError, nearest
from watchwords.fdr import benjamini_hochberg
from watchwords.floors import COMPARE_DOCS
from watchwords.intervals import Z_95
from watchwords.terms.dispersion import deviation_of_proportions
from watchwords.terms.edges import judge_edges
from watchwords.terms.keyness import log_likelihood, log_rate_variance, log_ratio
from watchwords.terms.loading import load_kernels, read_only
from watchwords.terms.occurrences import find_sequences, split_item
from watchwords.terms.patterns import readable
from watchwords.terms.phrases import score_phrases
from watchwords.terms.poisson_binomial import chance_near, tail_chances
from watchwords.terms.queries import find_query
from watchwords.terms.searched import searched_documents
from watchwords.tokens import TOKENIZED, Tokens
from watchwords.tokens.flow import check_whole

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SEGMENTS = ("sentence", "paragraph")
_SHORTEST = 3  # letters of a word that is counted, as in count_terms
_CHINESE = 4  # characters of the longest phrase asked about by itself


@dataclass(frozen=True, eq=False)
class _Near:
    """Occurrences near and beyond, of items by document; the documents that have the query."""

    near: sparse.csr_array
    beyond: sparse.csr_array
    sizes: Ints
    items: NDArray[np.object_]


def score_cooccurrence(
    tokens: Tokens,
    query: str,
    *,
    within: str | int = "sentence",
    terms: Collection[str] | None = None,
    min_docs: int = 3,
    min_count: int = 5,
    lang: str | None = None,
    hits: pd.DataFrame | None = None,
    stop_words: Collection[str] | None = None,
    keep_duplicates: bool = False,
) -> pd.DataFrame:
    r"""Score which words or terms stand near a wording.

    What is near is compared with the rest of the same documents, so that a word is not found
    only because it belongs to documents that have the query, too; for that compare documents
    with `score_keyness`. The test asks in how many documents the item stands near at least once,
    and in how many it would if its occurrences were scattered over the document; each document
    counts once, however often it repeats itself.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    query : str
        As in `concordance`.
    within : {"sentence", "paragraph"} or int, default "sentence"
        What is near: the same sentence or paragraph, or so many tokens on either side, across
        sentences but not across documents.
    terms : collection of str, optional
        Ask about these terms, of any length. By default about every word of three letters that
        is no stop word; in Chinese about the phrases of two to four characters that hold
        together.
    min_docs, min_count : int, default 3 and 5
        Leave out what is in fewer of the documents with the query, or rarer in them.
    lang : str, optional
        "en" or "zh"; by default the language in which most documents have the query.
    hits : pandas.DataFrame, optional
        Where concepts stand, as in `concordance`.
    stop_words : collection of str, optional
        Normal forms that replace the bundled list.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too.

    Returns
    -------
    pandas.DataFrame
        One row per item, most certain first (by ``p_value``, then ``log_ratio``): ``item``,
        ``lang`` (str), ``n_near``, ``n_beyond`` (int, occurrences near and in the rest of the
        same documents; the query's own words are in neither), ``n_docs_near`` (int, documents with
        the item near), ``n_docs`` (int, with the item and the query), ``n_query_docs`` (int, with
        the query), ``expected_docs`` (float, ``n_docs_near`` by chance), ``log_ratio``,
        ``log_ratio_low``, ``log_ratio_high`` (float, base 2, of the rates near and beyond, with 95
        % interval), ``log_likelihood`` (float, G², below 0 where the item avoids the query),
        ``dispersion`` (float, of ``n_near`` over documents, see `score_keyness`), ``p_value``
        (float, two-sided) and ``q_value`` (float, Benjamini-Hochberg over all rows). Where fewer
        than 20 documents have the query, the interval, ``p_value`` and ``q_value`` are NaN:
        counts only.

    Raises
    ------
    WatchwordsError
        If `query` is empty, `within` or `lang` is unknown, a limit is below 1, or nothing of the
        documents lies beyond what is near.

    Notes
    -----
    In document :math:`d` with :math:`A_d` words near and :math:`B_d` beyond, an item of
    :math:`n_d` occurrences is near at least once with the chance

    .. math:: p_d = 1 - \binom{B_d}{n_d} \Big/ \binom{A_d + B_d}{n_d} .

    Their sum over documents has a Poisson binomial distribution, exact up to 2,000 documents with
    the item, beyond that with the refined normal approximation [1]_; the p-value is twice the
    smaller tail. Words that come in bursts meet fewer documents than chance expects: the test
    then claims too little attraction, not too much. The interval takes documents for what is
    sampled, near and beyond of each together.

    References
    ----------
    .. [1] Y. Hong (2013). On computing the distribution function for the Poisson binomial
       distribution. Computational Statistics and Data Analysis 59, 41-51.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "The gold standard holds. The silver coin falls. We sleep. They talk. You eat."
    >>> names = [f"{number:02}" for number in range(20)]
    >>> table = pd.DataFrame({"doc_id": names, "lang": "en", "text": text})
    >>> near = score_cooccurrence(tokenize(table), "standard")
    >>> near[["item", "n_near", "n_docs_near", "expected_docs"]].head(2).round(1)
        item  n_near  n_docs_near  expected_docs
    0   gold      20           20            4.6
    1  holds      20           20            4.6
    """
    _check(within, lang, min_docs=min_docs, min_count=min_count)
    spans, rows = find_query(tokens, query, hits=hits, keep_duplicates=keep_duplicates)
    lang = _language(tokens, rows) if lang is None else lang
    mine = searched_documents(tokens, lang=lang, keep_duplicates=keep_duplicates)
    spans, rows = spans[mine[rows]], rows[mine[rows]]
    zones = _zones(tokens, spans, rows=rows, within=within)
    found = _count(
        tokens,
        np.unique(rows),
        marked=(zones, spans),
        terms=_choose_terms(
            tokens,
            terms,
            lang=lang,
            floors=(min_count, min_docs),
            stop_words=stop_words,
            keep_duplicates=keep_duplicates,
        ),
        asked=_countable(tokens, lang, stop_words),
    )
    return _tabulate(found, lang=lang, floors=(min_count, min_docs))


def _check(within: str | int, lang: str | None, **limits: int) -> None:
    if isinstance(within, str) and within not in SEGMENTS:
        raise WatchwordsError(
            f"`within` is {within!r}; {nearest(within, SEGMENTS)} A number of tokens will do, too."
        )
    if lang is not None and lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, TOKENIZED)}"
        )
    check_whole(**limits, within=None if isinstance(within, str) else within)


def _language(tokens: Tokens, rows: Ints) -> str:
    langs = tokens.documents["lang"].to_numpy(object)[np.unique(rows)]
    n_docs = [int((langs == lang).sum()) for lang in TOKENIZED]
    return TOKENIZED[int(np.argmax(n_docs))]


def _zones(tokens: Tokens, spans: Ints, *, rows: Ints, within: str | int) -> Ints:
    if not isinstance(within, str):
        begins, ends = tokens.doc_offsets[rows], tokens.doc_offsets[rows + 1]
        return np.column_stack(
            [np.maximum(spans[:, 0] - within, begins), np.minimum(spans[:, 1] + within, ends)]
        )
    offsets = tokens.sentence_offsets if within == "sentence" else tokens.paragraph_offsets
    first = np.searchsorted(offsets, spans[:, 0], side="right") - 1
    last = np.searchsorted(offsets, spans[:, 1] - 1, side="right") - 1
    return np.column_stack([offsets[first], offsets[last + 1]])


def _choose_terms(
    tokens: Tokens,
    terms: Collection[str] | None,
    *,
    lang: str,
    floors: tuple[int, int],
    stop_words: Collection[str] | None,
    keep_duplicates: bool,
) -> list[str] | None:
    if terms is not None:
        return sorted(set(terms))
    if lang != "zh":
        return None
    phrases = score_phrases(
        tokens,
        lang="zh",
        max_words=_CHINESE,
        min_count=floors[0],
        min_docs=floors[1],
        min_npmi=0.2,
        stop_words=stop_words,
        keep_duplicates=keep_duplicates,
    )
    varied = phrases[["variety_before", "variety_behind"]].min(axis=1) >= 1
    return sorted(phrases.loc[varied, "item"])


def _countable(tokens: Tokens, lang: str, stop_words: Collection[str] | None) -> NDArray[np.bool_]:
    edges = judge_edges(tokens.vocabulary, lang=lang, stop_words=stop_words)
    n_types = len(tokens.vocabulary)
    long = np.fromiter((len(word) >= _SHORTEST for word in tokens.vocabulary), bool, n_types)
    countable: NDArray[np.bool_] = edges.names & long
    return countable


def _count(
    tokens: Tokens,
    rows: Ints,
    *,
    marked: tuple[Ints, Ints],
    terms: list[str] | None,
    asked: NDArray[np.bool_],
) -> _Near:
    kernels = load_kernels("cooccurrence_kernels")
    marks = kernels.mark_zones(len(tokens.ids), *marked)
    cells, sizes = kernels.count_near_words(
        readable(tokens), rows, read_only(marks), read_only(asked)
    )
    if terms is None:
        numbers, column = np.unique(cells[:, 1], return_inverse=True)
        items = tokens.vocabulary[numbers].astype(object)
        cells = np.column_stack([cells[:, 0], column, cells[:, 2:]])
    else:
        items = np.array(terms, object)
        cells = _count_terms(tokens, rows, marks=marks, terms=terms)
    shape = (len(rows), len(items))
    near, beyond = (
        sparse.coo_array((cells[:, side], (cells[:, 0], cells[:, 1])), shape=shape).tocsr()
        for side in (2, 3)
    )
    near.eliminate_zeros()
    beyond.eliminate_zeros()
    return _Near(near, beyond, sizes, items)


def _count_terms(tokens: Tokens, rows: Ints, *, marks: NDArray[np.uint8], terms: list[str]) -> Ints:
    kernels = load_kernels("cooccurrence_kernels")
    hits = find_sequences(tokens, [split_item(tokens, term) for term in terms], rows=rows)
    first, last = hits[:, 2], hits[:, 4] + 1
    # A term is near if all of it is; one that shares a word with the query is not counted.
    before = np.concatenate([[0], np.cumsum(marks == kernels.NEAR)])
    owned = np.concatenate([[0], np.cumsum(marks == kernels.OWN)])
    inside = before[last] - before[first] == last - first
    free = owned[last] == owned[first]
    sides = np.column_stack([inside, ~inside]).astype(np.int64)
    cells: Ints = np.column_stack([hits[:, 0], hits[:, 1], sides])[free]
    return cells


def _tabulate(found: _Near, *, lang: str, floors: tuple[int, int]) -> pd.DataFrame:
    n_words = found.sizes.sum(axis=0)
    if len(found.sizes) and not n_words.all():
        what = "near the query" if not n_words[0] else "beyond what is near; make `within` smaller"
        raise WatchwordsError(f"`within` leaves no word {what}.")
    every = sparse.csr_array(found.near + found.beyond)
    n_docs = _total(every.sign())
    tested = np.flatnonzero((_total(every) >= floors[0]) & (n_docs >= floors[1]))
    near, beyond, every = (part[:, tested] for part in (found.near, found.beyond, every))
    n, m = _total(near), _total(beyond)
    n_docs_near = _total(near.sign())
    expected, p_values = _test(sparse.csr_array(every), found.sizes, n_docs_near)
    units = [max(int(size), 1) for size in n_words]
    ratio = log_ratio(n, m, units)
    half = Z_95 / np.log(2) * np.sqrt(_ratio_variance(near, beyond, found.sizes))
    if len(found.sizes) < COMPARE_DOCS:
        half, p_values = np.full(len(tested), np.nan), np.full(len(tested), np.nan)
    table = pd.DataFrame(
        {
            "item": pd.array(found.items[tested], dtype="str"),
            "lang": pd.array([lang] * len(tested), dtype="str"),
            "n_near": n,
            "n_beyond": m,
            "n_docs_near": n_docs_near,
            "n_docs": n_docs[tested],
            "n_query_docs": np.full(len(tested), len(found.sizes), np.int64),
            "expected_docs": expected,
            "log_ratio": ratio,
            "log_ratio_low": ratio - half,
            "log_ratio_high": ratio + half,
            "log_likelihood": log_likelihood(n, m, units),
            "dispersion": deviation_of_proportions(near, found.sizes[:, 0]),
            "p_value": p_values,
            "q_value": benjamini_hochberg(p_values),
        }
    )
    order = ["p_value", "log_ratio", "item"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _total(counts: sparse.csr_array) -> Ints:
    return np.asarray(counts.sum(axis=0, dtype=np.int64)).ravel()


def _test(every: sparse.csr_array, sizes: Ints, n_docs_near: Ints) -> tuple[Floats, Floats]:
    """Compare documents with an item near with what chance within each of them gives."""
    cells = every.tocsc()
    cells.sort_indices()
    chances = chance_near(cells.data, sizes[cells.indices])
    offsets = cells.indptr.astype(np.int64)
    item = np.repeat(np.arange(len(n_docs_near)), np.diff(offsets))
    expected: Floats = np.bincount(item, chances, minlength=len(n_docs_near)).astype(np.float64)
    low, high = tail_chances(chances, offsets, n_docs_near)
    return expected, np.minimum(2 * np.minimum(low, high), 1.0)


def _ratio_variance(near: sparse.csr_array, beyond: sparse.csr_array, sizes: Ints) -> Floats:
    """Estimate the variance of the logarithm of a ratio of rates within the same documents."""
    n, m = np.maximum(_total(near), 0.5), np.maximum(_total(beyond), 0.5)
    offset = sizes[:, 0] / max(sizes[:, 0].sum(), 1) - sizes[:, 1] / max(sizes[:, 1].sum(), 1)
    # The sum of (near / n - beyond / m - offset)² over documents, multiplied out for sparse counts.
    squared = (
        _total(near.multiply(near)) / n**2
        + _total(beyond.multiply(beyond)) / m**2
        - 2 * _total(near.multiply(beyond)) / (n * m)
        - 2 * np.asarray(near.T @ offset).ravel() / n
        + 2 * np.asarray(beyond.T @ offset).ravel() / m
        + float(np.sum(offset**2))
    )
    n_docs = len(sizes)
    together = n_docs / max(n_docs - 1, 1) * np.maximum(squared, 0)
    alone = log_rate_variance(near, sizes[:, 0]) + log_rate_variance(beyond, sizes[:, 1])
    return np.where((n < 1) | (m < 1), alone, together)
