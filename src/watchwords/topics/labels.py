"""Names for topics, made of their own words."""

import re

import numpy as np
from numpy.typing import NDArray

LABEL_WORDS = 3
_ENDING = re.compile(r"(?<=\w{3})(?:ies|es|s|y|e)$")


def label_topics(beta: NDArray[np.float64], words: NDArray[np.object_]) -> list[str]:
    """Name each topic by the words that are large in it and small in the others.

    A label is a memory aid, not a finding: read the passages before naming a topic in print.

    Parameters
    ----------
    beta : ndarray of float64, shape (n_topics, n_words)
        Share of each word in a topic.
    words : ndarray of str, shape (n_words,)
        The words.

    Returns
    -------
    list of str
        Up to three words each, no two of one stem, joined by commas.

    Notes
    -----
    Words are ranked by share times exclusivity, where exclusivity is the topic's part of the
    word's shares in all topics; compare the FREX score [1]_. Equals are ranked by alphabet.

    References
    ----------
    .. [1] J. M. Bischof and E. M. Airoldi (2012). Summarizing topical content with word frequency
       and exclusivity. Proceedings of the 29th International Conference on Machine Learning.

    Examples
    --------
    >>> beta = np.array([[0.5, 0.3, 0.2, 0.0], [0.3, 0.0, 0.0, 0.7]])
    >>> label_topics(beta, np.array(["state", "ship", "ships", "farm"], object))
    ['state, ship', 'farm, state']
    """
    total = beta.sum(axis=0)
    exclusivity = np.divide(beta, total, out=np.zeros_like(beta), where=total > 0)
    score = np.round(beta * exclusivity, 12)
    return [", ".join(_distinct(words[rank_words(row, words)])) for row in score]


def rank_words(score: NDArray[np.float64], words: NDArray[np.object_]) -> NDArray[np.int64]:
    """Order words by score, equals by alphabet, without those that have none.

    Parameters
    ----------
    score : ndarray of float64, shape (n_words,)
        Not negative.
    words : ndarray of str, shape (n_words,)
        The words.

    Returns
    -------
    ndarray of int64
        Positions of the words with a score above 0, largest first.

    Examples
    --------
    >>> rank_words(np.array([0.2, 0.0, 0.2]), np.array(["war", "tax", "army"], object)).tolist()
    [2, 0]
    """
    order = np.lexsort((words.astype(str), -score))
    return order[score[order] > 0]


def share_stem(one: str, other: str) -> bool:
    """Guess whether two words are forms of one.

    Parameters
    ----------
    one, other : str
        Words.

    Returns
    -------
    bool
        True if one without its ending begins the other: a coarse rule, good enough to keep a
        label from saying one thing twice.

    Examples
    --------
    >>> share_stem("treaty", "treaties"), share_stem("farm", "farmers"), share_stem("war", "army")
    (True, True, False)
    """
    a, b = _ENDING.sub("", one), _ENDING.sub("", other)
    return a.startswith(b) or b.startswith(a)


def _distinct(ranked: NDArray[np.object_]) -> list[str]:
    kept: list[str] = []
    for word in ranked.tolist():
        if len(kept) == LABEL_WORDS:
            break
        if not any(share_stem(word, other) for other in kept):
            kept.append(word)
    return kept
