"""Phrases that hold together: how firmly, how often by themselves, and beside what."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import TooFewDocumentsError, WatchwordsError, nearest
from watchwords.terms.association import c_values
from watchwords.terms.edges import judge_edges
from watchwords.terms.mining import Measured, mine_sequences
from watchwords.terms.occurrences import count_documents, split_item
from watchwords.terms.searched import searched_documents
from watchwords.terms.sequences import Level, spell
from watchwords.terms.spelling import join_words
from watchwords.tokens import TOKENIZED, Tokens
from watchwords.tokens.flow import check_whole

Ints = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

LONGEST = 8
# Beyond so many bits a neighbourhood is varied enough: eight equally frequent words have three.
_VARIED = 3.0


def score_phrases(
    tokens: Tokens,
    *,
    max_words: int = LONGEST,
    min_docs: int = 3,
    min_count: int = 5,
    min_npmi: float = 0.0,
    lang: str | None = None,
    reference: Tokens | None = None,
    known: Collection[str] = (),
    stop_words: Collection[str] | None = None,
    keep_duplicates: bool = False,
) -> pd.DataFrame:
    r"""Find phrases of two to eight words (in Chinese: characters), the most term-like first.

    Stop words stand inside a phrase ("belt and road") but not at its edges; no phrase reaches
    across punctuation. Chinese is not segmented: any run of characters is a candidate, and what
    is a term is decided by how firmly its characters hold together and how freely it stands, and
    by the term base (`known`). The measures describe wording, not importance: boilerplate that
    stands in every document holds together best of all.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    max_words : int, default 8
        Longest phrase, 2 to 8.
    min_docs, min_count : int, default 3 and 5
        Leave out what is in fewer documents, or rarer.
    min_npmi : float, default 0.0
        Leave out what is less associated; -1 keeps all.
    lang : str, optional
        "en" or "zh"; by default every one of them that has documents, each by itself.
    reference : Tokens, optional
        Documents of another kind (general language, other issuers): a phrase that is as usual
        there is no term of this corpus.
    known : collection of str, optional
        Forms of a term base: they are listed if they are frequent enough, whatever their
        measures; parts that mostly stand inside them are not.
    stop_words : collection of str, optional
        Normal forms that replace the bundled list; an empty one lets any word stand anywhere.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too.

    Returns
    -------
    pandas.DataFrame
        One row per phrase and language, by language and rank: ``item``, ``lang`` (str), ``n_words``
        (int; Chinese: characters), ``n``, ``n_docs`` (int, occurrences and documents),
        ``npmi`` (float, -1 to 1), ``log_likelihood`` (float, signed G²), both of the joint at
        which the phrase is weakest, ``c_value`` (float, free-standing documents times the
        logarithm of the length), ``variety_before``, ``variety_behind`` (float, bits: how varied
        the neighbours are), ``known`` (bool), ``termhood`` (float, at least 0) and ``rank`` (int,
        from 1, within the language). With a `reference` also ``n_docs_reference``,
        ``n_reference_docs`` (int) and ``log_ratio`` (float, base 2, of the shares of documents).

    Raises
    ------
    WatchwordsError
        If `max_words` is not 2 to 8, a limit is below 1, or `lang` has no tokeniser.
    TooFewDocumentsError
        If no document is in a language that is read, or `reference` has none in the language.

    See Also
    --------
    watchwords.terms.count_terms : Terms by document, for trends.

    Notes
    -----
    A pair :math:`x y` has the normalised mutual information [1]_ (in -1 to 1) and the
    log-likelihood ratio [2]_. A longer phrase has a pair at each of its joints and takes the
    least of them: it needs no correction for length, since that of two words has one joint only.
    The C-value [3]_ counts documents in place of occurrences. In Chinese a word has about two
    characters, and :math:`|a|` is half of their number: two characters are taken for a single
    word, not a phrase, and their C-value and termhood are 0. The variety of the neighbours is the
    branching entropy [4]_. Together they make

    .. math:: \text{termhood} = \max(\text{npmi}, 0)\; \log_2(1 + \max(\text{C-value}, 0))\;
        \min\left(1, \frac{\min(H_\text{before}, H_\text{behind})}{3\text{ bits}}\right)

    times, with a reference, :math:`s / (s + s')` of the shares of documents here and there. It is
    halved for what terms seldom have: a pronoun, or a verb such as make or go.

    References
    ----------
    .. [1] G. Bouma (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of the Biennial GSCL Conference, 31-40.
    .. [2] T. Dunning (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19, 61-74.
    .. [3] K. Frantzi, S. Ananiadou and H. Mima (2000). Automatic recognition of multi-word terms:
       the C-value/NC-value method. International Journal on Digital Libraries 3, 115-130.
    .. [4] Z. Jin and K. Tanaka-Ishii (2006). Unsupervised segmentation of Chinese text by use of
       branching entropy. COLING/ACL poster sessions, 428-435.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "The belt and road grows. A belt and road; no road. Our belt and road ends."
    >>> table = pd.DataFrame({"doc_id": ["a", "b", "c"], "lang": "en", "text": text})
    >>> phrases = score_phrases(tokenize(table), min_count=9)
    >>> phrases[["item", "n", "n_docs", "npmi"]].round(2)
                item  n  n_docs  npmi
    0  belt and road  9       3  0.83
    """
    _check(max_words=max_words, min_docs=min_docs, min_count=min_count)
    tables = []
    for spoken in _languages(tokens, lang):
        rows = np.flatnonzero(
            searched_documents(tokens, lang=spoken, keep_duplicates=keep_duplicates)
        )
        edges = judge_edges(tokens.vocabulary, lang=spoken, stop_words=stop_words)
        forms = [split_item(tokens, form) for form in sorted(set(known))]
        levels, measured, _ = mine_sequences(
            tokens,
            rows,
            max_words=max_words,
            floors=(min_count, min_docs),
            edges=edges,
            min_npmi=min_npmi,
            known=[tokens.lookup([word for word, _ in form]) for form in forms if form],
        )
        columns = _tabulate(tokens, levels, measured, lang=spoken)
        compared: Columns = {}
        if reference is not None:
            compared = _compare(
                columns,
                reference,
                lang=spoken,
                n_docs=len(rows),
                keep_duplicates=keep_duplicates,
            )
        tables.append(_rank(columns, compared, lang=spoken))
    return pd.concat(tables, ignore_index=True)


def _check(*, max_words: int, min_docs: int, min_count: int) -> None:
    check_whole(max_words=max_words, min_docs=min_docs, min_count=min_count)
    if not 2 <= max_words <= LONGEST:
        raise WatchwordsError(f"`max_words` is {max_words}; it must be 2 to {LONGEST}.")


def _languages(tokens: Tokens, lang: str | None) -> list[str]:
    if lang is None:
        present = set(tokens.documents["lang"])
        found = [each for each in TOKENIZED if each in present]
        if present and not found:
            raise TooFewDocumentsError(
                f"no document is in a language that is read ({', '.join(TOKENIZED)}); `lang` of "
                "the documents says which they are in."
            )
        return found or ["en"]
    if lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, TOKENIZED)}"
        )
    return [lang]


def _tabulate(
    tokens: Tokens, levels: list[Level], measured: list[Measured], *, lang: str
) -> Columns:
    """Lay out the candidates of all lengths."""
    none = np.zeros(len(levels[0].n), bool)
    values = c_values(
        levels, [none, *(one.is_candidate for one in measured)], word=2 if lang == "zh" else 1
    )
    nested = _nested_in_known(levels, measured)
    parts = []
    for length, (level, one) in enumerate(zip(levels[1:], measured, strict=True), start=2):
        chosen = np.flatnonzero(one.is_candidate & ~nested[length - 1])
        types = spell(levels, length, chosen)
        parts.append(
            {
                "item": join_words(tokens.vocabulary[types], lang),
                "n_words": np.full(len(chosen), length, np.int64),
                "n": level.n[chosen],
                "n_docs": level.n_docs[chosen],
                "npmi": one.npmi[chosen],
                "log_likelihood": one.log_likelihood[chosen],
                "c_value": values[length - 1][chosen],
                "variety_before": one.before[chosen],
                "variety_behind": one.after[chosen],
                "known": one.is_known[chosen],
                "weak": one.is_weak[chosen],
            }
        )
    return {
        name: np.concatenate([empty, *(part[name] for part in parts)])
        for name, empty in _EMPTY.items()
    }


_EMPTY: dict[str, NDArray[Any]] = {
    "item": np.empty(0, object),
    **{name: np.empty(0, np.int64) for name in ("n_words", "n", "n_docs")},
    **{
        name: np.empty(0, np.float64)
        for name in ("npmi", "log_likelihood", "c_value", "variety_before", "variety_behind")
    },
    **{name: np.empty(0, bool) for name in ("known", "weak")},
}


def _nested_in_known(levels: list[Level], measured: list[Measured]) -> list[NDArray[np.bool_]]:
    """Mark parts of known terms that stand inside them more often than not."""
    nested = [np.zeros(len(level.n), bool) for level in levels]
    for length in range(len(levels), 2, -1):
        number = np.flatnonzero(measured[length - 2].is_known)
        n = levels[length - 1].n[number]
        reached: list[tuple[int, Ints, Ints]] = [(length, number, n)]
        while reached:
            size, inner, times = reached.pop()
            if size <= 2:
                continue
            for part in (levels[size - 1].opening[inner], levels[size - 1].ending[inner]):
                mostly = 2 * times > levels[size - 2].n[part]
                nested[size - 2][part[mostly]] = True
                reached.append((size - 1, part.astype(np.int64), times))
    known = [one.is_known for one in measured]
    return [nested[0], *(mask & ~own for mask, own in zip(nested[1:], known, strict=True))]


def _compare(
    columns: Columns, reference: Tokens, *, lang: str, n_docs: int, keep_duplicates: bool
) -> Columns:
    searched = searched_documents(reference, lang=lang, keep_duplicates=keep_duplicates)
    n_reference = int(searched.sum())
    if not n_reference:
        raise TooFewDocumentsError(f"`reference` has no document in the language {lang!r}.")
    found = count_documents(reference, list(columns["item"]), rows=np.flatnonzero(searched))
    shares = (columns["n_docs"] + 0.5) / (n_docs + 1), (found + 0.5) / (n_reference + 1)
    return {
        "n_docs_reference": found,
        "n_reference_docs": np.full(len(found), n_reference, np.int64),
        "log_ratio": np.log2(shares[0] / shares[1]),
    }


def _rank(columns: Columns, compared: Columns, *, lang: str) -> pd.DataFrame:
    freedom = np.minimum(columns["variety_before"], columns["variety_behind"])
    termhood = (
        np.maximum(columns["npmi"], 0)
        * np.log2(1 + np.maximum(columns["c_value"], 0))
        * np.minimum(freedom / _VARIED, 1)
        * np.where(columns["weak"], 0.5, 1.0)
    )
    if compared:
        termhood /= 1 + np.exp2(-compared["log_ratio"])
    by_text = np.argsort(columns["item"], kind="stable")
    order = by_text[np.lexsort((-columns["npmi"][by_text], -termhood[by_text]))]
    shown = {
        "item": pd.array(columns["item"][order], dtype="str"),
        "lang": pd.array([lang] * len(order), dtype="str"),
        **{name: columns[name][order] for name in _EMPTY if name not in ("item", "weak")},
        "termhood": termhood[order],
        "rank": np.arange(1, len(order) + 1),
        **{name: column[order] for name, column in compared.items()},
    }
    return pd.DataFrame(shown)
