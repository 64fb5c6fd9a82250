"""Which items are one wording: they share words and are found in the same documents, as often."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from watchwords.trends.damping import damp, is_damped
from watchwords.trends.exposure import Ints

SAME = 0.9
_SKETCHES = 6
_SEED = 20_260
_BLOCK = 65_536


def group_wordings(matrix: sparse.csc_array, names: NDArray[np.object_]) -> Ints:
    r"""Find for each item the longest one that shares its words and its documents.

    "High-quality", "quality development" and "high-quality development" are one slogan; counted
    as three tests they would be three discoveries of one thing. Items that share documents
    but no words stay apart: in few documents many unlike things begin together. What nearly every
    document has shares its documents with all that is as frequent; such items are judged by how
    often documents have them, and are one slogan only if one lies within the other and is as often.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences, indices sorted.
    names : ndarray of str, shape (n_items,)
        The items; of Chinese every character is taken for a word. What has no name stands alone.

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Position of the representative of each item, its own where it stands alone.

    Notes
    -----
    Items are joined pair by pair if the Jaccard index of their documents is 0.9 or more, and if
    they share at least half of the words of the longer one. Where one of them is scored by damped
    counts (`is_damped`), the words of one must all be in the other, and the same index of their
    counts, :math:`\sum \min / \sum \max` over the documents, must be 0.9 or more too. Of those so
    joined the longest leads all that reach the same with it too; a chain of small differences ends
    there, and what is left of it is grouped anew. Candidates share a word and one of six
    min-hashes [1]_, each of which agrees with the probability of the index: a pair at the limit is
    missed once in a million times. The work grows with the number of occurrences and of items.

    References
    ----------
    .. [1] A. Z. Broder (1997). On the resemblance and containment of documents. Compression and
       Complexity of Sequences, 21-29.

    Examples
    --------
    >>> matrix = sparse.csc_array(np.array([[1, 1, 0], [2, 2, 1], [1, 1, 0]]))
    >>> group_wordings(matrix, np.array(["quality growth", "high quality growth", "quality"]))
    array([1, 1, 2])
    """
    leader = np.arange(matrix.shape[1], dtype=np.int64)
    n_docs = np.diff(matrix.indptr)
    words = [frozenset(split_words(name)) for name in names.tolist()]
    first, second = _candidates(matrix, words)
    one, other = n_docs[first], n_docs[second]
    near = np.minimum(one, other) >= SAME * np.maximum(one, other)
    first, second = first[near], second[near]
    same = _overlap(matrix, first, second) & _as_often(matrix, words, (first, second))
    alike = [
        2 * len(words[a] & words[b]) >= max(len(words[a]), len(words[b]))
        for a, b in zip(first[same].tolist(), second[same].tolist(), strict=True)
    ]
    first, second = first[same][alike], second[same][alike]
    order = sorted(
        np.unique(np.concatenate([first, second])).tolist(),
        key=lambda i: (-len(words[i]), -len(names[i]), -n_docs[i], names[i]),
    )
    rank = np.full(len(words), len(words), np.int64)
    rank[order] = np.arange(len(order))
    while len(first):
        members, best = _families(first, second, rank)
        follows = _overlap(matrix, members, best) & _as_often(matrix, words, (members, best))
        leader[members[follows]] = best[follows]
        left = np.zeros(len(words), bool)
        left[members[~follows]] = True
        kept = left[first] & left[second]
        first, second = first[kept], second[kept]
    return leader


def share_evidence(
    evidence: pd.DataFrame, curve: pd.DataFrame, *, names: NDArray[np.object_], leader: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give every item of a group the evidence and the curve of its representative.

    What was counted is that of the representative, too, until `count_own` puts it right.

    Parameters
    ----------
    evidence, curve : pandas.DataFrame
        Of the representatives, with ``item``.
    names : ndarray of str, shape (n_items,)
        All items.
    leader : ndarray of int64, shape (n_items,)
        As `group_wordings` gives it.

    Returns
    -------
    evidence, curve : pandas.DataFrame
        Of all items, in the order of `names`; ``variant_of`` is the representative of an item
        that was not tested itself, else "".

    Examples
    --------
    >>> tested = pd.DataFrame({"item": ["a b", "c"], "q_value": [0.01, 0.9]})
    >>> shared, _ = share_evidence(tested, tested,
    ...     names=np.array(["a", "a b", "c"]), leader=np.array([1, 1, 2]))
    >>> shared.to_dict("list")
    {'item': ['a', 'a b', 'c'], 'q_value': [0.01, 0.01, 0.9], 'variant_of': ['a b', '', '']}
    """
    variant = np.where(leader == np.arange(len(leader)), "", names[leader])
    about = pd.DataFrame({"item": names, "of": names[leader], "variant_of": variant}).astype("str")
    out = []
    for table in (evidence, curve):
        own = about.merge(
            table.rename(columns={"item": "of"}).astype({"of": "str"}), on="of", sort=False
        )
        own = own.drop(columns=["of"])
        out.append(own[[*table.columns, "variant_of"]])
    return out[0], out[1].drop(columns=["variant_of"])


def count_own(
    evidence: pd.DataFrame, curve: pd.DataFrame, matrix: sparse.csc_array, *, period: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give items that were judged with another one what was counted of themselves.

    The course is that of the representative, scaled to what was observed of the item: the two
    share nine tenths of their documents, and of their occurrences where those are scored.

    Parameters
    ----------
    evidence, curve : pandas.DataFrame
        As `share_evidence` gives them; ``item``, ``n_docs``, ``score``, ``variant_of``, and
        ``item``, ``n_docs_total``, ``observed``, ``expected``, ``fitted``, ``low``, ``high``. A
        curve has one row for each period, in order.
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences of the items of `evidence`, in its order.
    period : ndarray of int64, shape (n_docs,)
        Periods of the curves.

    Returns
    -------
    evidence, curve : pandas.DataFrame
    """
    evidence = evidence.assign(n_docs=np.diff(matrix.indptr).astype(np.int64))
    variants = np.flatnonzero((evidence["variant_of"] != "").to_numpy())
    own = dict(zip(evidence["item"].to_numpy(object)[variants], variants.tolist(), strict=True))
    columns = ["observed", "expected", "fitted", "low", "high"]
    values = curve[columns].to_numpy(float, copy=True)
    for item, rows in curve.groupby("item", sort=False).indices.items():
        if item not in own:
            continue
        at = own[item]
        found = slice(matrix.indptr[at], matrix.indptr[at + 1])
        counts = np.asarray(matrix.data[found], float)
        score = damp(counts) if evidence["score"].iloc[at] == "damped" else np.ones(len(counts))
        total = curve["n_docs_total"].to_numpy(float)[rows]
        sums = np.bincount(period[matrix.indices[found]], score, len(rows))
        before = float(np.nansum(values[rows, 0] * total))
        values[rows] *= sums.sum() / before if before else 1.0
        values[rows, 0] = sums / np.where(total > 0, total, np.nan)
    return evidence, curve.assign(**dict(zip(columns, values.T, strict=True)))


def count_variants(n: int) -> tuple[str, ...]:
    """Say how many items were judged with another one.

    Parameters
    ----------
    n : int
        Items that are not the representative of their group.

    Returns
    -------
    tuple of str
        One sentence, or none.

    Examples
    --------
    >>> count_variants(1)
    ('1 item shares its words and its documents with a longer one and is judged with it.',)
    """
    if not n:
        return ()
    words = "items share their words and their documents with longer ones and are judged with them"
    if n == 1:
        words = "item shares its words and its documents with a longer one and is judged with it"
    return (f"{n:,} {words}.",)


def split_words(name: str) -> list[str]:
    """Cut an item into words, Chinese into characters.

    Parameters
    ----------
    name : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> split_words("high-quality growth"), split_words("改革")
    (['high', 'quality', 'growth'], ['改', '革'])
    """
    parts = name.replace("-", " ").split()
    return parts if len(parts) != 1 or name.isascii() else list(name)


def _candidates(matrix: sparse.csc_array, words: list[frozenset[str]]) -> tuple[Ints, Ints]:
    """Pair items that share a word and a min-hash with their neighbours of as many documents.

    Of damped items, many of which are in all documents, with those of as many occurrences.
    """
    n_docs = np.diff(matrix.indptr)
    size = np.where(is_damped(n_docs, matrix.shape[0]), matrix.sum(axis=0), n_docs)
    number: dict[str, int] = {}
    item = np.repeat(np.arange(len(words)), [len(own) for own in words])
    word = np.array([number.setdefault(w, len(number)) for own in words for w in sorted(own)])
    found = n_docs[item] > 0
    item, word = item[found], word[found].astype(np.int64)
    filled = np.flatnonzero(n_docs)
    rng, pairs = np.random.default_rng(_SEED), []
    for _ in range(_SKETCHES if len(filled) else 0):
        rank = rng.permutation(matrix.shape[0]).astype(np.int64)
        low = np.zeros(len(words), np.int64)
        low[filled] = np.minimum.reduceat(rank[matrix.indices], matrix.indptr[filled])
        order = np.lexsort((item, size[item], low[item], word))
        for step in (1, 2, 3):
            one, other = order[:-step], order[step:]
            same = (word[one] == word[other]) & (low[item[one]] == low[item[other]])
            pairs.append(np.stack([item[one][same], item[other][same]]))
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    joined = np.concatenate(pairs, axis=1)
    unique = np.unique(joined.min(axis=0) * len(words) + joined.max(axis=0))
    return unique // len(words), unique % len(words)


def _families(first: Ints, second: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """List the items that pairs join, and beside each the first by rank of all joined to it."""
    graph = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(len(rank),) * 2)
    family = csgraph.connected_components(graph, directed=False)[1]
    members = np.unique(np.concatenate([first, second]))
    by_rank = members[np.argsort(rank[members], kind="stable")]
    _, at = np.unique(family[by_rank], return_index=True)
    best = np.zeros(len(rank), np.int64)
    best[family[by_rank[at]]] = by_rank[at]
    return members, best[family[members]]


def _overlap(matrix: sparse.csc_array, first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Tell of which pairs the Jaccard index of the documents is large."""
    n_docs, shared = np.diff(matrix.indptr), _shared(matrix, first, second)
    return np.asarray(shared >= SAME * (n_docs[first] + n_docs[second] - shared))


def _as_often(
    matrix: sparse.csc_array, words: list[frozenset[str]], pairs: tuple[Ints, Ints]
) -> NDArray[np.bool_]:
    """Tell which pairs are one wording by their counts too, if either is scored by counts.

    Documents say nothing then: two items of nearly every document always share them.
    """
    first, second = pairs
    damped = is_damped(np.diff(matrix.indptr), matrix.shape[0])
    counted = np.flatnonzero(damped[first] | damped[second])
    named = ((words[a], words[b]) for a, b in zip(first[counted], second[counted], strict=True))
    within = np.array([a <= b or b <= a for a, b in named], bool)
    total, chosen = np.asarray(matrix.sum(axis=0), float), counted[within]
    one, other = first[chosen], second[chosen]
    shared = _sum_least(sparse.csr_array(matrix.T), one, other)
    as_often = np.ones(len(first), bool)
    as_often[counted] = False
    as_often[chosen] = shared >= SAME * (total[one] + total[other] - shared)
    return as_often


def _shared(matrix: sparse.csc_array, first: Ints, second: Ints) -> Ints:
    """Count the documents that both items of each pair are in."""
    rows = sparse.csr_array(matrix.T)
    rows = sparse.csr_array((np.ones(len(rows.data)), rows.indices, rows.indptr), rows.shape)
    return _sum_least(rows, first, second).astype(np.int64)


def _sum_least(rows: sparse.csr_array, first: Ints, second: Ints) -> NDArray[np.float64]:
    """Sum over the columns the smaller value of both rows of each pair."""
    parts = [np.empty(0)]
    for start in range(0, len(first), _BLOCK):
        part = slice(start, start + _BLOCK)
        least = rows[first[part]].minimum(rows[second[part]])
        parts.append(np.asarray(least.sum(axis=1), float).ravel())
    return np.concatenate(parts)
