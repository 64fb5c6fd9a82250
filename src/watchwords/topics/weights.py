"""Weights of words: what is everywhere tells little."""

import numpy as np
from scipy import sparse

IDF_POWER = 1.75


def weigh_words(counts: sparse.csr_array) -> sparse.csr_array:
    r"""Weigh words by how rare they are, and give every paragraph length 1.

    The weight falls faster with frequency than usual: texts of state share a large vocabulary
    (government, people, great) that would otherwise fill a third of the topics. On two centuries
    of presidential messages the steeper weight gave topics whose words keep closer company.

    Parameters
    ----------
    counts : scipy.sparse.csr_array of int, shape (n_paragraphs, n_words)
        Occurrences.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_paragraphs, n_words)
        Rows of Euclidean length 1, or 0 where a paragraph has none of the words.

    Notes
    -----
    :math:`(1 + \ln n_{pw}) \, (\ln N / N_w)^{1.75}` for :math:`n_{pw}` occurrences of a word found
    in :math:`N_w` of :math:`N` paragraphs; tf-idf has the power 1 [1]_.

    References
    ----------
    .. [1] G. Salton and C. Buckley (1988). Term-weighting approaches in automatic text
       retrieval. Information Processing & Management 24(5), 513-523.

    Examples
    --------
    >>> counts = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 1], [0, 0, 2]]))
    >>> weigh_words(counts).toarray().round(2)
    array([[0.17, 0.99, 0.  ],
           [0.71, 0.  , 0.71],
           [0.  , 0.  , 1.  ]])
    """
    n_rows, n_words = counts.shape
    n_with = np.bincount(counts.indices, minlength=n_words)
    rarity = np.log(n_rows / np.maximum(n_with, 1)) ** IDF_POWER
    weights = counts.astype(np.float64)
    weights.data = (1 + np.log(weights.data)) * rarity[weights.indices]
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    row = np.repeat(np.arange(n_rows), np.diff(weights.indptr))
    weights.data /= np.where(length > 0, length, 1.0)[row]
    return sparse.csr_array(weights)
