"""The items that are tested together: their scores by document, one kind of score."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from watchwords.trends.damping import damp
from watchwords.trends.exposure import Exposure, Floats, Ints

Pairs = tuple[Ints, Ints, Floats]
"""Items, the documents that have them, and the scores."""


@dataclass(frozen=True, eq=False)
class Screen:
    """Scores of items by document.

    Attributes
    ----------
    scores : csc_array of float, shape (n_docs, n_items)
        Presence or damped counts.
    totals : ndarray of float, shape (n_items, n_strata)
        Sums over the documents of each stratum.
    n_docs : ndarray of int64, shape (n_items,)
        Documents with each item.
    damped : bool
        Kind of score.
    """

    scores: sparse.csc_array
    totals: Floats
    n_docs: Ints
    damped: bool

    @property
    def n_items(self) -> int:
        """Number of items."""
        return int(self.scores.shape[1])

    def pairs(self) -> Pairs:
        """List the pairs of an item and a document that has it.

        Returns
        -------
        item, doc : ndarray of int64
        score : ndarray of float
        """
        item = np.repeat(np.arange(self.n_items), np.diff(self.scores.indptr))
        return item, self.scores.indices.astype(np.int64), self.scores.data

    def take(self, items: Ints) -> "Screen":
        """Keep some items.

        Parameters
        ----------
        items : ndarray of int64
            Their positions.

        Returns
        -------
        Screen
        """
        return Screen(
            sparse.csc_array(self.scores[:, items]),
            self.totals[items],
            self.n_docs[items],
            self.damped,
        )


def make_screen(matrix: sparse.csc_array, exposure: Exposure, *, damped: bool) -> Screen:
    """Score occurrences and sum them by stratum.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences.
    exposure : Exposure
        The documents, in the same order.
    damped : bool
        Damped counts, or else presence.

    Returns
    -------
    Screen
    """
    data = damp(matrix.data) if damped else np.ones(len(matrix.data))
    scores = sparse.csc_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    n = len(exposure.stratum)
    cell = sparse.csr_array(
        (np.ones(n), (exposure.stratum, np.arange(n))), shape=(exposure.n_strata, n)
    )
    totals = np.ascontiguousarray((cell @ scores).toarray().T)
    return Screen(scores, totals, np.diff(matrix.indptr).astype(np.int64), damped)


def sum_periods(pairs: Pairs, period: Ints, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Sum scores by item and period.

    Parameters
    ----------
    pairs : tuple of ndarray
        As `Screen.pairs` gives them.
    period : ndarray of int64, shape (n_docs,)
        The period of each document, permuted or not.
    shape : tuple of int
        Number of items and of periods.

    Returns
    -------
    ndarray of float, shape `shape`
    """
    item, doc, score = pairs
    cell = item * shape[1] + period[doc]
    sums = np.bincount(cell, score, shape[0] * shape[1])
    return sums.astype(float, copy=False).reshape(shape)
