"""Words of a term written as one string."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.chinese import HAN_OR_WORD, is_han


def join_words(words: NDArray[np.object_], lang: str) -> NDArray[np.object_]:
    """Write sequences as terms: words joined by blanks, Chinese characters without.

    Parameters
    ----------
    words : ndarray of object (str), shape (n_sequences, n_words)
    lang : str

    Returns
    -------
    ndarray of object (str), shape (n_sequences,)

    Examples
    --------
    >>> join_words(np.array([["g20", "杭", "州"], ["smart", "grid", "网"]], object), "zh").tolist()
    ['g20杭州', 'smart grid网']
    """
    joined = np.empty(len(words), object)
    if lang == "zh":
        joined[:] = [join_chinese(row) for row in words.tolist()]
    else:
        joined[:] = [" ".join(row) for row in words.tolist()]
    return joined


def join_chinese(words: list[str]) -> str:
    """Write Chinese characters one after the other, and blanks between words in Latin letters.

    Parameters
    ----------
    words : list of str

    Returns
    -------
    str

    Examples
    --------
    >>> join_chinese(["g20", "杭", "州"]), join_chinese(["smart", "grid"])
    ('g20杭州', 'smart grid')
    """
    text = words[0]
    for before, word in pairwise(words):
        text += word if is_han(before) or is_han(word) else f" {word}"
    return text


def split_words(item: str, lang: str) -> list[str]:
    """Take a term apart into words, or Chinese characters.

    Parameters
    ----------
    item : str
        As `join_words` wrote it.
    lang : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> split_words("foreign policy", "en"), split_words("g20杭州", "zh")
    (['foreign', 'policy'], ['g20', '杭', '州'])
    """
    return HAN_OR_WORD.findall(item) if lang == "zh" else item.split(" ")
