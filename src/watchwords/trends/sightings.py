"""Where items were first and last found, and in how many documents early and late."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.trends.exposure import Ints


@dataclass(frozen=True)
class Spans:
    """The first and the last third of the dated documents, moved to bounds of periods.

    Attributes
    ----------
    early_end : int
        Index of the first period after the early span.
    late_start : int
        Index of the first period of the late span.
    n_early, n_late : int
        Documents in each.
    """

    early_end: int
    late_start: int
    n_early: int
    n_late: int


def split_spans(period: Ints, n_periods: int) -> Spans:
    """Choose an early and a late span of about a third of the documents each.

    Parameters
    ----------
    period : ndarray of int64, shape (n_docs,)
        Period of each document.
    n_periods : int
        Length of the axis, at least 2.

    Returns
    -------
    Spans
        The two never overlap.

    Examples
    --------
    >>> split_spans(np.array([0, 0, 1, 1, 2, 2, 3, 3, 3]), 4)
    Spans(early_end=1, late_start=3, n_early=2, n_late=3)
    """
    before = np.concatenate([[0], np.cumsum(np.bincount(period, minlength=n_periods))])
    total = int(before[-1])
    early_end = 1 + int(np.argmin(np.abs(before[1:n_periods] - total / 3)))
    candidates = np.arange(early_end, n_periods)
    late_start = int(candidates[np.argmin(np.abs(total - before[candidates] - total / 3))])
    return Spans(early_end, late_start, int(before[early_end]), total - int(before[late_start]))


def count_spans(
    matrix: sparse.csc_array, period: Ints, n_units: Ints, *, spans: Spans
) -> pd.DataFrame:
    """Count the documents with each item, and its occurrences, in the early and the late span.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences in the dated documents.
    period, n_units : ndarray of int64, shape (n_docs,)
        Period and length of each document.
    spans : Spans
        The two spans.

    Returns
    -------
    pandas.DataFrame
        One row per item: ``k_early``, ``n_early``, ``k_late``, ``n_late`` (documents),
        ``occurrences_early``, ``occurrences_late``, ``units_early`` and ``units_late``.
    """
    item = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    out: dict[str, NDArray[np.int64] | int] = {}
    for name, inside, n in (
        ("early", period < spans.early_end, spans.n_early),
        ("late", period >= spans.late_start, spans.n_late),
    ):
        chosen = inside[matrix.indices]
        counts = np.bincount(item[chosen], matrix.data[chosen], matrix.shape[1])
        out[f"k_{name}"] = np.bincount(item[chosen], minlength=matrix.shape[1])
        out[f"n_{name}"] = n
        out[f"occurrences_{name}"] = counts.astype(np.int64)
        out[f"units_{name}"] = int(n_units[inside].sum())
    return pd.DataFrame(out, index=range(matrix.shape[1]))


def find_sightings(matrix: sparse.csc_array, documents: pd.DataFrame) -> pd.DataFrame:
    """Find the first and the last document with each item.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences in the dated documents.
    documents : pandas.DataFrame
        The same documents in order of date, with ``date``, ``date_precision`` and, if there is
        one, ``issuer``.

    Returns
    -------
    pandas.DataFrame
        One row per item: ``n_dated`` documents with it; ``first_seen``, ``last_seen`` (dates,
        NaT if it is in no dated document) and ``first_precision``, ``last_precision``;
        ``n_before_first``, documents dated earlier than the first, ``n_after_last``, dated later
        than the last; ``entering``, the issuer whose first document of all is that first one,
        if the corpus began without it, else "". Without documents every item is in none.
    """
    if not len(documents):
        return _unseen(matrix.shape[1])
    n = np.diff(matrix.indptr)
    item = np.repeat(np.arange(matrix.shape[1]), n)
    first = np.full(matrix.shape[1], len(documents), np.int64)
    last = np.full(matrix.shape[1], -1, np.int64)
    np.minimum.at(first, item, matrix.indices)
    np.maximum.at(last, item, matrix.indices)
    found = n > 0
    dates = documents["date"].to_numpy().astype("datetime64[s]")
    at_first, at_last = np.where(found, first, 0), np.where(found, last, 0)
    precision = documents["date_precision"].to_numpy(object)
    entering = _entering(documents)
    nat = np.datetime64("NaT", "s")
    return pd.DataFrame(
        {
            "n_dated": n.astype(np.int64),
            "first_seen": np.where(found, dates[at_first], nat),
            "last_seen": np.where(found, dates[at_last], nat),
            "first_precision": np.where(found, precision[at_first], ""),
            "last_precision": np.where(found, precision[at_last], ""),
            "n_before_first": np.where(found, np.searchsorted(dates, dates[at_first], "left"), 0),
            "n_after_last": np.where(
                found, len(dates) - np.searchsorted(dates, dates[at_last], "right"), 0
            ),
            "entering": np.where(found, entering[at_first], ""),
        }
    )


def _unseen(n_items: int) -> pd.DataFrame:
    """Describe items that no document can have been found with."""
    never = np.full(n_items, np.datetime64("NaT", "s"))
    unknown = np.full(n_items, "", object)
    none = np.zeros(n_items, np.int64)
    return pd.DataFrame(
        {
            "n_dated": none,
            "first_seen": never,
            "last_seen": never,
            "first_precision": unknown,
            "last_precision": unknown,
            "n_before_first": none,
            "n_after_last": none,
            "entering": unknown,
        }
    )


def _entering(documents: pd.DataFrame) -> NDArray[np.object_]:
    """Name the issuer at its first document, unless the corpus begins with it."""
    names = np.full(len(documents), "", object)
    if "issuer" not in documents.columns or not len(documents):
        return names
    issuer = documents["issuer"].to_numpy(object)
    enters = ~pd.Series(issuer).duplicated().to_numpy()
    later = (documents["date"] > documents["date"].iloc[0]).to_numpy()
    chosen = enters & later & (issuer != "")
    names[chosen] = issuer[chosen]
    return names
