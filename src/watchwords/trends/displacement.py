"""How much of the late text is new wordings, which leave less room for all others."""

import numpy as np
from scipy import sparse

from watchwords.trends.exposure import Ints

LIMIT = 0.1


def new_text_share(
    matrix: sparse.csc_array,
    period: Ints,
    n_units: Ints,
    *,
    length: Ints,
    late_start: int,
) -> float:
    r"""Measure how much of the late text is items that were in no earlier document.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences.
    period, n_units : ndarray of int64, shape (n_docs,)
        Period and length of each document.
    length : ndarray of int64, shape (n_items,)
        Words (Chinese characters) of each item; 0 for what is no wording.
    late_start : int
        Index of the first period of the late text.

    Returns
    -------
    float
        At least so much, between 0 and 1.

    Notes
    -----
    Wordings overlap: of "grand harvest plan" also "grand harvest" and "harvest plan" are counted.
    Two occurrences of as many words never begin at the same word, so for each length :math:`k` the
    number of occurrences of new items is a lower bound of the words they cover; the largest of
    these bounds over :math:`k`, divided by the length of the late text, is returned. Shares of one
    text are compositional [1]_: what is added to some is taken from the others.

    References
    ----------
    .. [1] J. Aitchison (1982). The statistical analysis of compositional data. Journal of the
       Royal Statistical Society B 44, 139-177.

    Examples
    --------
    >>> matrix = sparse.csc_array(np.array([[5, 0, 0], [1, 3, 0], [0, 4, 1]]))
    >>> new_text_share(matrix, np.array([0, 1, 1]), np.full(3, 20),
    ...     length=np.array([1, 1, 2]), late_start=1)
    0.175
    """
    late = period >= late_start
    text = float(n_units[late].sum())
    if not text or not matrix.shape[1]:
        return 0.0
    item = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    known = np.bincount(item[~late[matrix.indices]], minlength=matrix.shape[1]) > 0
    total = np.bincount(item, matrix.data, matrix.shape[1])
    new = ~known & (length > 0)
    covered = np.bincount(length[new], total[new], 1)
    return float(min(covered.max(initial=0.0) / text, 1.0))


def warn_displaced(share: float, since: str, *, unit: str) -> str:
    """Word what new wordings do to the shares of all others.

    Parameters
    ----------
    share : float
        As `new_text_share` gives it.
    since : str
        Words for the beginning of the late text.
    unit : str
        "word" or "character".

    Returns
    -------
    str
        "" up to 10 %.

    Examples
    --------
    >>> print(warn_displaced(0.175, "2019", unit="word"))
    Wordings found in no document before 2019 make up at least 17 % of all words since: what was
    there before may seem to fall because they took its room.
    >>> warn_displaced(0.05, "2019", unit="word")
    ''
    """
    if share <= LIMIT:
        return ""
    return (
        f"Wordings found in no document before {since} make up at least {int(100 * share)} % of "
        f"all {unit}s since: what was there before may seem to fall because they took its room."
    )
