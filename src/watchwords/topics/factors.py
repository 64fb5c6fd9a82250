"""What every engine gives back: how much of a topic is in a paragraph, of a word in a topic."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Enough to tell weights apart, too few for the last bits of a sum to decide an order.
DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Factors:
    """A topic model, whoever fitted it.

    Attributes
    ----------
    gamma : ndarray of float64, shape (n_paragraphs, n_topics)
        Share of each topic in a paragraph: a row sums to 1, or to 0 where the paragraph has
        none of the words.
    beta : ndarray of float64, shape (n_topics, n_words)
        Share of each word in a topic: a row sums to 1.
    n_iter : int
        Rounds of fitting.
    converged : bool or None
        Whether the fit had settled; None where the engine does not say.
    """

    gamma: NDArray[np.float64]
    beta: NDArray[np.float64]
    n_iter: int
    converged: bool | None


def to_shares(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide rows by their sums and round, so that equal weights stay equal everywhere.

    Parameters
    ----------
    rows : ndarray of float64, shape (n, m)
        Not negative.

    Returns
    -------
    ndarray of float64, shape (n, m)
        To nine decimals; a row of zeros stays one.

    Examples
    --------
    >>> to_shares(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    total = rows.sum(axis=1, keepdims=True)
    shares = np.divide(rows, total, out=np.zeros_like(rows), where=total > 0)
    return np.asarray(np.round(shares, DECIMALS), np.float64)


def largest_topic(gamma: NDArray[np.float64]) -> NDArray[np.int64]:
    """Find the topic with the largest share of each paragraph.

    Parameters
    ----------
    gamma : ndarray of float64, shape (n_paragraphs, n_topics)
        Shares.

    Returns
    -------
    ndarray of int64, shape (n_paragraphs,)
        The first of equals; -1 where all shares are 0.

    Examples
    --------
    >>> largest_topic(np.array([[0.2, 0.8], [0.5, 0.5], [0.0, 0.0]])).tolist()
    [1, 0, -1]
    """
    return np.where(gamma.max(axis=1) > 0, gamma.argmax(axis=1), -1).astype(np.int64)
