"""Strata: groups of documents within which dates may be exchanged.

Two sources that write differently, one early and one late, look like a change of wording.
Permuting dates only within each source takes that away, as far as the sources overlap in time.
"""

import numpy as np
import pandas as pd

from watchwords.errors import SchemaError, nearest
from watchwords.trends.exposure import Ints

ENOUGH_OVERLAP = 0.5


def number_strata(documents: pd.DataFrame, strata: str | None) -> tuple[Ints, list[str]]:
    """Give each document the number of its stratum.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents.
    strata : str or None
        A column of `documents`; None puts all documents into one stratum.

    Returns
    -------
    number : ndarray of int64, shape (n_docs,)
    names : list of str
        In the order of the numbers; an empty value is a stratum of its own.

    Raises
    ------
    SchemaError
        If there is no such column.
    """
    if strata is None:
        return np.zeros(len(documents), np.int64), ["all"]
    if strata not in documents.columns:
        raise SchemaError(
            f"`strata` is {strata!r}, which is no column of `documents`; "
            f"{nearest(strata, map(str, documents.columns))}"
        )
    names = sorted(set(documents[strata].fillna("").astype(str)))
    number = pd.Index(names).get_indexer(pd.Index(documents[strata].fillna("").astype(str)))
    return number.astype(np.int64), names


def describe_strata(
    stratum: Ints, period: Ints, names: list[str], *, n_periods: int
) -> pd.DataFrame:
    """Measure which part of the span of the corpus each stratum covers.

    Parameters
    ----------
    stratum, period : ndarray of int64, shape (n_docs,)
        Indices of each document.
    names : list of str
        Of the strata.
    n_periods : int
        Length of the axis.

    Returns
    -------
    pandas.DataFrame
        One row per stratum: ``stratum``, ``n_docs``, ``first``, ``last`` (indices of periods)
        and ``span``, the share of the axis from the first to the last.
    """
    rows = []
    for index, name in enumerate(names):
        own = period[stratum == index]
        first, last = (int(own.min()), int(own.max())) if len(own) else (0, -1)
        span = (last - first) / max(n_periods - 1, 1) if len(own) else 0.0
        rows.append((name, len(own), first, last, span))
    return pd.DataFrame(rows, columns=["stratum", "n_docs", "first", "last", "span"])


def warn_confounded(strata: pd.DataFrame, column: str | None) -> str:
    """Word that sources and time cannot be told apart, if so.

    Parameters
    ----------
    strata : pandas.DataFrame
        As `describe_strata` gives it.
    column : str or None
        The column that named the strata.

    Returns
    -------
    str
        "" if the strata cover, weighted by their documents, at least half of the span.
    """
    if column is None or not strata["n_docs"].sum():
        return ""
    cover = float((strata["span"] * strata["n_docs"]).sum() / strata["n_docs"].sum())
    if cover >= ENOUGH_OVERLAP:
        return ""
    return (
        f"The strata by {column} cover on average {100 * cover:.0f} % of the span of the corpus: "
        f"the test cannot tell {column} from time."
    )
