"""How evenly occurrences are spread over documents."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def deviation_of_proportions(counts: sparse.csr_array, sizes: Ints) -> Floats:
    r"""Measure how far occurrences are from being spread like the words.

    Parameters
    ----------
    counts : sparse array of int, shape (n_docs, n_items)
        Occurrences by document.
    sizes : ndarray of int64, shape (n_docs,)
        Words of each document.

    Returns
    -------
    ndarray of float64, shape (n_items,)
        0 where every document has its share, towards 1 where one short document has all; NaN
        where there is no occurrence.

    Notes
    -----
    With the shares :math:`s_i` of the words and :math:`v_i` of the occurrences in document
    :math:`i`, :math:`\tfrac12 \sum_i |v_i - s_i|` [1]_, divided by its highest possible value,
    :math:`1 - \min s_i` [2]_.

    References
    ----------
    .. [1] S. Th. Gries (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics 13, 403-437.
    .. [2] J. Lijffijt and S. Th. Gries (2012). Correction to the above. International Journal of
       Corpus Linguistics 17, 147-149.

    Examples
    --------
    >>> counts = sparse.csr_array(np.array([[1, 4, 0], [1, 0, 0], [2, 0, 0]]))
    >>> deviation_of_proportions(counts, np.array([100, 100, 200])).tolist()
    [0.0, 1.0, nan]
    """
    n_items = counts.shape[1]
    total = np.asarray(counts.sum(axis=0), np.float64).ravel()
    filled = sizes > 0
    if not filled.any():
        return np.full(n_items, np.nan)
    share = sizes / sizes.sum()
    cells = counts.tocoo()
    row, item = cells.coords
    v = cells.data / total[item]
    # A document without the item deviates by its share; only the others need a look.
    beyond = np.bincount(item, np.abs(v - share[row]) - share[row], minlength=n_items)
    highest = 1 - share[filled].min()
    deviation = (1 + beyond) / 2
    scaled = deviation / highest if highest > 0 else np.zeros(n_items)
    return np.where(total > 0, np.clip(scaled, 0, 1), np.nan)
