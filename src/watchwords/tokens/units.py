"""How long a document is: one definition for whatever counts."""

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.chinese import is_han

Ints = NDArray[np.int64]

UNITS = {"en": "word", "zh": "character"}


def count_units(
    types: NDArray[np.int32], offsets: Ints, *, vocabulary: NDArray[np.object_], lang: str
) -> Ints:
    """Measure documents: in words, or in Chinese characters.

    A hyphenated word is as many words as it has parts, since "high-quality" and "high quality"
    are one sequence wherever sequences are counted. In Chinese a word in Latin letters, or a
    number, is no unit.

    Parameters
    ----------
    types : ndarray of int32, shape (n_words,)
        Index into `vocabulary`; hyphenated words split.
    offsets : ndarray of int64, shape (n_docs + 1,)
        Where each document begins among them.
    vocabulary : ndarray of object (str)
    lang : str
        "zh" for characters.

    Returns
    -------
    ndarray of int64, shape (n_docs,)

    Examples
    --------
    >>> vocabulary = np.array(["g20", "会", "议"], object)
    >>> types, offsets = np.array([0, 1, 2, 1], np.int32), np.array([0, 3, 4])
    >>> count_units(types, offsets, vocabulary=vocabulary, lang="zh").tolist()
    [2, 1]
    """
    if lang != "zh":
        return np.diff(offsets).astype(np.int64)
    han = np.fromiter(map(is_han, vocabulary), bool, len(vocabulary))
    before = np.concatenate([[0], np.cumsum(han[types], dtype=np.int64)])
    return np.diff(before[offsets]).astype(np.int64)
