"""How strongly the words of a phrase belong together, and how free the phrase stands."""

import numpy as np
from numpy.typing import NDArray

from watchwords.terms.sequences import Level, endings, openings

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def normalized_pmi(n: Ints, n_opening: Ints, *, n_ending: Ints, n_words: int) -> Floats:
    r"""Measure how much more often two parts meet than they would by chance.

    Parameters
    ----------
    n, n_opening, n_ending : ndarray of int64
        Occurrences of the phrase and of its two parts.
    n_words : int
        Words in all.

    Returns
    -------
    ndarray of float64
        1 where the parts only occur together, 0 where they meet as often as by chance, towards -1
        where they avoid each other.

    Notes
    -----
    .. math:: \ln\frac{p(xy)}{p(x)\,p(y)} \Big/ -\ln p(xy)

    [1]_, with shares of all words, as in gensim's ``Phrases``.

    References
    ----------
    .. [1] G. Bouma (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of the Biennial GSCL Conference, 31-40.

    Examples
    --------
    >>> opening, ending = np.array([10, 100, 10]), np.array([10, 100, 200])
    >>> npmi = normalized_pmi(np.array([10, 10, 1]), opening, n_ending=ending, n_words=1000)
    >>> (npmi.round(2) + 0).tolist()
    [1.0, 0.0, -0.1]
    """
    joint = n / n_words
    chance = (n_opening / n_words) * (n_ending / n_words)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n >= n_words, 1.0, np.log(joint / chance) / -np.log(joint))


def signed_log_likelihood(n: Ints, n_opening: Ints, *, n_ending: Ints, n_words: int) -> Floats:
    r"""Measure the evidence that two parts attract (above 0) or avoid each other (below 0).

    Parameters
    ----------
    n, n_opening, n_ending : ndarray of int64
        Occurrences of the phrase and of its two parts.
    n_words : int
        Words in all.

    Returns
    -------
    ndarray of float64
        G², with the sign of the difference to chance. It takes every word for independent of the
        others, grows with the corpus, and is given for those who look for it.

    Notes
    -----
    Over the four cells :math:`O` (with and without either part) and what chance expects of them,
    :math:`G^2 = 2 \sum O \ln (O/E)` [1]_.

    References
    ----------
    .. [1] T. Dunning (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19, 61-74.

    Examples
    --------
    >>> one = np.array([10])
    >>> signed_log_likelihood(one, one + 20, n_ending=one + 10, n_words=1000).round(2).tolist()
    [46.5]
    """
    cells = (n, n_opening - n, n_ending - n, n_words - n_opening - n_ending + n)
    rows, columns = (n_opening, n_words - n_opening), (n_ending, n_words - n_ending)
    total = np.zeros(len(n))
    for cell, (row, column) in zip(cells, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        expected = rows[row] * (columns[column] / n_words)
        counted = (cell > 0) & (expected > 0)
        ratio = np.divide(cell, expected, out=np.ones(len(n)), where=counted)
        # Parts that overlap ("no no no") may leave a cell below 0, or fill what cannot be filled.
        total += cell * np.log(ratio)
    attracted = n * float(n_words) >= n_opening.astype(float) * n_ending
    return np.where(attracted, 2, -2) * np.maximum(total, 0.0)


def weakest_joint(levels: list[Level], length: int, n_words: int) -> tuple[Floats, Floats]:
    """Score every sequence of one length at the joint where it holds together least.

    A phrase of k words can be cut into two in k - 1 ways. Each cut is a pair, with the measures
    of a pair; a chain is as strong as its weakest link, so the smallest is taken. It needs no
    correction for length: a phrase of two words has the measures of its only cut, and a longer
    one can only lose by a word that does not belong to it.

    Parameters
    ----------
    levels : list of Level
    length : int
        Number of words, at least 2.
    n_words : int
        Words in all.

    Returns
    -------
    npmi, log_likelihood : ndarray of float64
        The smallest over all cuts, each by itself.
    """
    n = levels[length - 1].n
    npmi, evidence = np.full(len(n), np.inf), np.full(len(n), np.inf)
    left, right = openings(levels, length), endings(levels, length)
    for k in range(1, length):
        n_opening = levels[k - 1].n[left[k - 1]]
        n_ending = levels[length - k - 1].n[right[length - k - 1]]
        attraction = normalized_pmi(n, n_opening, n_ending=n_ending, n_words=n_words)
        joint = signed_log_likelihood(n, n_opening, n_ending=n_ending, n_words=n_words)
        npmi, evidence = np.minimum(npmi, attraction), np.minimum(evidence, joint)
    return npmi, evidence


def c_values(levels: list[Level], candidates: list[Bools], *, word: int = 1) -> list[Floats]:
    r"""Measure how often each candidate stands for itself, not only inside longer ones.

    Parameters
    ----------
    levels : list of Level
    candidates : list of ndarray of bool
        For each level which sequences are candidates.
    word : int, default 1
        Length of a word in tokens: 2 where tokens are Chinese characters.

    Returns
    -------
    list of ndarray of float64
        For each level; 0 for what is no candidate, and for what is a single word.

    Notes
    -----
    With :math:`f` the number of documents ([1]_ counts occurrences; documents are what we take for
    evidence), :math:`|a|` words and :math:`T_a` the longer candidates that contain :math:`a`,

    .. math:: \log_2 |a| \left(f(a) - \frac{1}{|T_a|} \sum_{b \in T_a} f(b)\right)

    [1]_, the bracket without its second half where :math:`T_a` is empty.

    References
    ----------
    .. [1] K. Frantzi, S. Ananiadou and H. Mima (2000). Automatic recognition of multi-word terms:
       the C-value/NC-value method. International Journal on Digital Libraries 3, 115-130.
    """
    total = [np.zeros(len(level.n)) for level in levels]
    n_longer = [np.zeros(len(level.n)) for level in levels]
    for length in range(3, len(levels) + 1):
        chosen = np.flatnonzero(candidates[length - 1])
        f = levels[length - 1].n_docs[chosen]
        for size, inner in _inner(levels, length, chosen).items():
            # A part that stands twice in a longer one is in it once.
            inner.sort(axis=1)
            once = np.ones(inner.shape, bool)
            once[:, 1:] = inner[:, 1:] != inner[:, :-1]
            row, _ = np.nonzero(once)
            np.add.at(total[size - 1], inner[once], f[row])
            np.add.at(n_longer[size - 1], inner[once], 1)
    values = []
    for length, level in enumerate(levels, start=1):
        mean = total[length - 1] / np.maximum(n_longer[length - 1], 1)
        value = np.log2(max(length / word, 1)) * (level.n_docs - mean)
        values.append(np.where(candidates[length - 1], value, 0.0))
    return values


def _inner(levels: list[Level], length: int, chosen: Ints) -> dict[int, NDArray[np.int32]]:
    """Find all parts of two words and more: for each size one row per sequence."""
    parts: dict[int, list[NDArray[np.int32]]] = {}
    ending: NDArray[np.integer] = chosen
    for reach in range(length, 1, -1):
        # `ending` is the last `reach` words; its openings begin where it begins.
        part: NDArray[np.integer] = ending
        for size in range(reach, 1, -1):
            if size < length:
                parts.setdefault(size, []).append(part.astype(np.int32))
            part = levels[size - 1].opening[part]
        ending = levels[reach - 1].ending[ending]
    return {size: np.column_stack(columns) for size, columns in parts.items()}
