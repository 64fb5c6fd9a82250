"""Which terms set one group of documents apart from another."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import gammaln

from watchwords.errors import SchemaError, TooFewDocumentsError, WatchwordsError
from watchwords.fdr import benjamini_hochberg
from watchwords.floors import COMPARE_DOCS, count_of
from watchwords.intervals import Z_95
from watchwords.scores import Scores
from watchwords.terms.dispersion import deviation_of_proportions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Two tables that are equally likely may differ in the last digits of their probability.
_EQUAL = 1 + 1e-7


def score_keyness(
    scores: Scores, target: Collection[str], *, reference: Collection[str] | None = None
) -> pd.DataFrame:
    r"""Score how much more, or less, each item is used in a target than in a reference.

    The test asks of documents whether they have the item at all. It takes documents for
    independent of one another and their lengths for alike on both sides: where the documents of
    one side are longer, all its items are in more of them, and where the sides lie in different
    times, a difference of times is what is found. ``log_ratio`` says how large the difference of
    rates is, and its interval how well that is known, documents being what is sampled;
    ``log_likelihood`` takes every word for independent and is given only because readers of other
    tools look for it: rank by it if you must, decide by ``q_value``.

    Parameters
    ----------
    scores : Scores
        Occurrences by document, from any source.
    target : collection of str
        ``doc_id`` of one side.
    reference : collection of str, optional
        ``doc_id`` of the other side; by default all other documents of `scores`.

    Returns
    -------
    pandas.DataFrame
        One row per item found on either side, most distinctive first (by ``p_value``, then by
        size of ``log_ratio``): ``item``, ``lang`` (str), ``n_target``, ``n_reference`` (int,
        occurrences), ``n_docs_target``, ``n_target_docs``, ``n_docs_reference``,
        ``n_reference_docs`` (int, documents with the item, of all on that side),
        ``share_difference`` (float, -1 to 1, target minus reference, of documents),
        ``log_ratio``, ``log_ratio_low``, ``log_ratio_high`` (float, base 2, with 95 % interval;
        +1 means twice the rate in the target), ``log_likelihood`` (float, G², below 0 where the
        reference has more), ``dispersion_target``, ``dispersion_reference`` (float, 0 where the
        occurrences are spread like the words, towards 1 where one document has all, NaN where
        there are none), ``p_value`` (float, Fisher's exact test, two-sided) and ``q_value``
        (float, Benjamini-Hochberg over all rows).

    Raises
    ------
    SchemaError
        If a document is on both sides or not among the scores.
    TooFewDocumentsError
        If a side has fewer documents than the floor for comparisons.
    WatchwordsError
        If a side has no words.

    Notes
    -----
    Given the documents with the item, their number in the target is hypergeometric under the
    null; the p-value sums the probabilities of all numbers no more likely than the one found
    [1]_. With :math:`a, b` occurrences, :math:`c, d` words and :math:`E_1 = c(a+b)/(c+d)`,
    :math:`E_2 = d(a+b)/(c+d)`,

    .. math:: G^2 = 2\left(a \ln\frac{a}{E_1} + b \ln\frac{b}{E_2}\right)

    [2]_, with the sign of :math:`a/c - b/d`. For the log ratio a zero is read as one half, so that
    it stays finite [3]_. The variance of the logarithm of a rate :math:`r = \sum n_i / \sum w_i`
    over :math:`m` documents is that of a ratio of sums [4]_,

    .. math:: \frac{m}{m-1} \frac{\sum_i (n_i - r w_i)^2}{(\sum_i n_i)^2},

    and 2 for that half. The dispersion is the normalised deviation of proportions [5]_.

    References
    ----------
    .. [1] R. A. Fisher (1935). The logic of inductive inference. Journal of the Royal Statistical
       Society 98, 39-82.
    .. [2] P. Rayson and R. Garside (2000). Comparing corpora using frequency profiling.
       Proceedings of the Workshop on Comparing Corpora, 1-6.
    .. [3] A. Hardie (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus
       Approaches to Social Science, Lancaster.
    .. [4] W. G. Cochran (1977). Sampling Techniques, third edition, section 6.4. Wiley.
    .. [5] S. Th. Gries (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics 13, 403-437.

    Examples
    --------
    >>> from watchwords.terms import count_terms
    >>> from watchwords.tokens import tokenize
    >>> texts = ["War and peace."] * 20 + ["Peace and trade."] * 20
    >>> names = [f"{number:02}" for number in range(40)]
    >>> table = pd.DataFrame({"doc_id": names, "lang": "en", "text": texts})
    >>> keyness = score_keyness(count_terms(tokenize(table), max_words=1), names[:20])
    >>> keyness[["item", "n_docs_target", "n_docs_reference", "log_ratio"]].round(2)
        item  n_docs_target  n_docs_reference  log_ratio
    0  trade              0                20      -5.32
    1    war             20                 0       5.32
    2  peace             20                20       0.00
    """
    inside = _rows(scores, target, "target")
    outside = ~inside if reference is None else _rows(scores, reference, "reference")
    if (inside & outside).any():
        both = scores.doc_ids[int(np.flatnonzero(inside & outside)[0])]
        raise SchemaError(f"the document {both!r} is in `target` and in `reference`.")
    _check_floor(int(inside.sum()), int(outside.sum()))
    n_units = [int(scores.n_units[side].sum()) for side in (inside, outside)]
    if not all(n_units):
        raise WatchwordsError(
            f"`target` has {n_units[0]} {scores.unit}s, `reference` {n_units[1]}."
        )
    ours, theirs = scores.matrix[inside], scores.matrix[outside]
    sizes = scores.n_units[inside], scores.n_units[outside]
    n, m = _total(ours), _total(theirs)
    n_docs, m_docs = _total(ours.sign()), _total(theirs.sign())
    ratio = log_ratio(n, m, n_units)
    half = Z_95 * np.sqrt(log_rate_variance(ours, sizes[0]) + log_rate_variance(theirs, sizes[1]))
    table = pd.DataFrame(
        {
            "item": scores.items["item"],
            "lang": scores.items.get("lang", ""),
            "n_target": n,
            "n_reference": m,
            "n_docs_target": n_docs,
            "n_target_docs": int(inside.sum()),
            "n_docs_reference": m_docs,
            "n_reference_docs": int(outside.sum()),
            "share_difference": n_docs / inside.sum() - m_docs / outside.sum(),
            "log_ratio": ratio,
            "log_ratio_low": ratio - half / np.log(2),
            "log_ratio_high": ratio + half / np.log(2),
            "log_likelihood": log_likelihood(n, m, n_units),
            "dispersion_target": deviation_of_proportions(ours, sizes[0]),
            "dispersion_reference": deviation_of_proportions(theirs, sizes[1]),
            "p_value": fisher_exact(n_docs, m_docs, sizes=(int(inside.sum()), int(outside.sum()))),
        }
    )
    found = table[(n + m) > 0]
    found = found.assign(
        q_value=benjamini_hochberg(found["p_value"]), size=-found["log_ratio"].abs()
    )
    return found.sort_values(["p_value", "size", "item"], ignore_index=True).drop(columns="size")


def fisher_exact(k: Ints, j: Ints, *, sizes: tuple[int, int]) -> Floats:
    """Test for many items at once whether two shares of documents differ.

    Parameters
    ----------
    k, j : ndarray of int64, shape (n_items,)
        Documents with the item on either side.
    sizes : (int, int)
        Documents in all on either side.

    Returns
    -------
    ndarray of float64, shape (n_items,)
        Two-sided p-values of Fisher's exact test.

    Examples
    --------
    >>> fisher_exact(np.array([8, 3]), np.array([1, 3]), sizes=(10, 10)).round(4).tolist()
    [0.0055, 1.0]
    """
    p_values = np.ones(len(k))
    for total in np.unique(k + j):
        # Items in equally many documents share one distribution.
        items = np.flatnonzero(k + j == total)
        lowest = max(0, int(total) - sizes[1])
        support = np.arange(lowest, min(int(total), sizes[0]) + 1)
        log_pmf = (
            _log_choose(sizes[0], support)
            + _log_choose(sizes[1], total - support)
            - _log_choose(sum(sizes), total)
        )
        pmf = np.exp(log_pmf)
        ascending = np.sort(pmf)
        reached = np.searchsorted(ascending, pmf * _EQUAL, side="right")
        two_sided = np.minimum(np.cumsum(ascending)[reached - 1], 1.0)
        p_values[items] = two_sided[k[items] - lowest]
    return p_values


def _log_choose(n: int, k: Ints) -> Floats:
    chosen: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return chosen


def _rows(scores: Scores, doc_ids: Collection[str], name: str) -> NDArray[np.bool_]:
    rows = pd.Index(scores.doc_ids).get_indexer(pd.Index(sorted(set(doc_ids)), dtype=object))
    if (rows < 0).any():
        missing = sorted(set(doc_ids))[int(np.flatnonzero(rows < 0)[0])]
        raise SchemaError(
            f"`{name}` has a document {missing!r} that was not searched; leave out duplicates and "
            "other languages, or count with them."
        )
    inside = np.zeros(len(scores.doc_ids), bool)
    inside[rows] = True
    return inside


def _check_floor(n_target: int, n_reference: int) -> None:
    if min(n_target, n_reference) < COMPARE_DOCS:
        raise TooFewDocumentsError(
            f"Too few documents for a comparison: {count_of(n_target, 'document')} against "
            f"{n_reference:,}; it needs {COMPARE_DOCS} on each side. Counts only."
        )


def _total(counts: sparse.csr_array) -> Ints:
    return np.asarray(counts.sum(axis=0, dtype=np.int64)).ravel()


def log_rate_variance(counts: sparse.csr_array, sizes: Ints) -> Floats:
    """Estimate the variance of the logarithm of a rate, documents being what is sampled.

    Parameters
    ----------
    counts : sparse array of int, shape (n_docs, n_items)
        Occurrences by document.
    sizes : ndarray of int64, shape (n_docs,)
        Words of each document.

    Returns
    -------
    ndarray of float64, shape (n_items,)
        Of the natural logarithm; 2 where there is no occurrence, which is read as one half.
    """
    n = _total(counts).astype(float)
    rate = n / sizes.sum()
    squares = np.asarray(counts.multiply(counts).sum(axis=0), float).ravel()
    products = np.asarray(counts.T @ sizes.astype(float)).ravel()
    residual = squares - 2 * rate * products + rate**2 * float(np.sum(sizes.astype(float) ** 2))
    m = len(sizes)
    variance = m / max(m - 1, 1) * np.maximum(residual, 0) / np.maximum(n, 0.5) ** 2
    return np.where(n > 0, variance, 2.0)


def log_ratio(n: Ints, m: Ints, n_units: Sequence[int]) -> Floats:
    """Compare two rates: the binary logarithm of their ratio, a zero read as one half.

    Parameters
    ----------
    n, m : ndarray of int64
        Occurrences on either side.
    n_units : (int, int)
        Words on either side.

    Returns
    -------
    ndarray of float64
    """
    rates = np.maximum(n, 0.5) / n_units[0], np.maximum(m, 0.5) / n_units[1]
    ratio: Floats = np.log2(rates[0] / rates[1])
    return ratio


def log_likelihood(n: Ints, m: Ints, n_units: Sequence[int]) -> Floats:
    """Compute G² of two counts, below 0 where the first rate is the lower one.

    Parameters
    ----------
    n, m, n_units
        As in `log_ratio`.

    Returns
    -------
    ndarray of float64
    """
    shares = np.array(n_units) / sum(n_units)
    total = np.zeros(len(n))
    for count, share in ((n, shares[0]), (m, shares[1])):
        expected = share * (n + m)
        fraction = np.divide(count, expected, out=np.ones(len(n)), where=count > 0)
        total += 2 * count * np.log(fraction)
    return np.where(n * n_units[1] >= m * n_units[0], 1, -1) * np.maximum(total, 0.0)
