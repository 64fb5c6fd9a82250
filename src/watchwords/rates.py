"""Scores by document to rates by period."""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import TooFewDocumentsError
from watchwords.intervals import wilson_interval
from watchwords.periods import fits_period, is_complete, period_range, period_start
from watchwords.schema import check_table
from watchwords.scores import Scores

PER_UNITS = 10_000


def period_rates(
    scores: Scores,
    documents: pd.DataFrame,
    *,
    freq: str,
    by: str | None = None,
    as_of: date | None = None,
) -> pd.DataFrame:
    """Count the items of scores by period.

    Every item has a row for every period from the first dated document to the last: a silent
    period is 0, a period without documents has ``n_docs_total`` 0 and no share. Denominators
    are all documents searched, whatever the items. Documents whose date is coarser than the
    period are left out.

    Parameters
    ----------
    scores : Scores
        Occurrences by document.
    documents : pandas.DataFrame
        The documents, with ``doc_id``, ``date`` and ``date_precision``.
    freq : str
        Length of a period: "W", "M", "Q", "Y" or a number of years such as "10Y".
    by : str, optional
        A column of `documents` to group by, such as "issuer"; default one group "all".
    as_of : datetime.date, optional
        The day of judgement: a period that had not ended then has ``complete`` False.

    Returns
    -------
    pandas.DataFrame
        The table ``rates``: one row per item, group and period, in the order of the items, with
        ``n`` (occurrences), ``n_docs`` (documents with the item), ``n_units`` (length of the
        period's text), ``n_docs_total``, ``share`` of documents with a 95 % Wilson interval,
        ``rate`` (occurrences per 10,000 units; NaN without text), ``complete``.

    Raises
    ------
    TooFewDocumentsError
        If no document has a date fine enough for `freq`.
    SchemaError
        If a scored document is not in `documents`.

    Examples
    --------
    >>> documents = pd.DataFrame(
    ...     {
    ...         "doc_id": ["a", "b", "c"],
    ...         "date": pd.to_datetime(["2021-05-01", "2021-06-01", "2023-01-01"]),
    ...         "date_precision": "day",
    ...     }
    ... )
    >>> items = pd.DataFrame({"item": ["reform"], "lang": ["en"]})
    >>> matrix = sparse.csr_array(np.array([[2], [0], [1]], np.int32))
    >>> scores = Scores(matrix, np.array(["a", "b", "c"], object), items, np.array([4, 4, 2]),
    ...     "word")
    >>> rates = period_rates(scores, documents, freq="Y")
    >>> rates[["period", "n", "n_docs", "n_docs_total", "share", "rate"]]
          period  n  n_docs  n_docs_total  share    rate
    0 2021-01-01  2       1             2    0.5  2500.0
    1 2022-01-01  0       0             0    NaN     NaN
    2 2023-01-01  1       1             1    1.0  5000.0
    """
    table = scores.align(documents)
    placed = fits_period(table["date_precision"], freq) & table["date"].notna().to_numpy()
    if not placed.any():
        raise TooFewDocumentsError(f"no document has a date fine enough for periods of `{freq}`.")
    starts = period_start(table["date"].to_numpy()[placed], freq)
    periods = period_range(starts.min(), starts.max(), freq)
    labels = table[by].fillna("").astype(str).to_numpy() if by else np.full(len(table), "all")
    frames = []
    for group in sorted(set(labels[placed])):
        member = labels[placed] == group
        cell = _cells(np.searchsorted(periods, starts[member]), len(periods))
        rows = np.flatnonzero(placed)[member]
        frames.append(_group_rates(scores, rows, cells=cell, periods=periods).assign(group=group))
    rates = pd.concat(frames, ignore_index=True)
    rates["complete"] = is_complete(rates["period"].to_numpy(), freq, as_of=as_of)
    columns = ["item", "lang", "group", "period", "n", "n_docs", "n_units", "unit"]
    rest = ["n_docs_total", "share", "share_low", "share_high", "rate", "complete"]
    return check_table("rates", rates[columns + rest])


def _cells(period_index: NDArray[np.int64], n_periods: int) -> sparse.csr_array:
    n = len(period_index)
    ones = np.ones(n, np.int64)
    return sparse.csr_array((ones, (period_index, np.arange(n))), shape=(n_periods, n))


def _group_rates(
    scores: Scores,
    rows: NDArray[np.int64],
    *,
    cells: sparse.csr_array,
    periods: NDArray[np.datetime64],
) -> pd.DataFrame:
    matrix = scores.matrix[rows].astype(np.int64)
    presence = matrix.copy()
    presence.data = np.ones_like(presence.data)
    n = (cells @ matrix).toarray().T.ravel()
    n_docs = (cells @ presence).toarray().T.ravel()
    n_items, n_periods = len(scores.items), len(periods)
    total = np.tile(np.asarray(cells.sum(axis=1)).ravel(), n_items)
    units = np.tile(cells @ scores.n_units[rows], n_items)
    low, high = wilson_interval(n_docs, total)
    share = np.divide(n_docs, total, out=np.full(len(n), np.nan), where=total > 0)
    rate = np.divide(n * PER_UNITS, units, out=np.full(len(n), np.nan), where=units > 0)
    lang = scores.items["lang"] if "lang" in scores.items else pd.Series("", scores.items.index)
    return pd.DataFrame(
        {
            "item": np.repeat(scores.items["item"].to_numpy(), n_periods),
            "lang": np.repeat(lang.to_numpy(), n_periods),
            "period": np.tile(periods.astype("datetime64[s]"), n_items),
            "n": n,
            "n_docs": n_docs,
            "n_units": units,
            "unit": scores.unit,
            "n_docs_total": total,
            "share": share,
            "share_low": low,
            "share_high": high,
            "rate": rate,
        }
    )
