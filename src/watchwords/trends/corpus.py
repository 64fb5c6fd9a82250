"""Which documents can be tested: dated finely enough, in a finished period, in order of time."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import SchemaError, nearest
from watchwords.floors import Coverage, count_of, cover_periods
from watchwords.periods import (
    fits_period,
    is_complete,
    period_label,
    period_range,
    period_start,
    period_word,
)
from watchwords.scores import Scores
from watchwords.trends.exposure import Ints


@dataclass(frozen=True, eq=False)
class DatedCorpus:
    """The dated documents in order of time, and what was left out.

    Attributes
    ----------
    documents : pandas.DataFrame
        Documents with a date fine enough for `freq`, sorted by date and doc_id.
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences in them; items sorted by name.
    n_units : ndarray of int64, shape (n_docs,)
        Length of each document.
    unit : str
        Unit of the lengths.
    tested : ndarray of bool, shape (n_docs,)
        The document lies in a finished period.
    period : ndarray of int64, shape (n_docs,)
        Index of the period of each document; beyond `periods` in an unfinished one.
    periods : ndarray of datetime64[D], shape (n_periods,)
        The axis of the tests, empty periods included.
    items : pandas.DataFrame
        ``item``, ``lang``, ``kind`` and ``n_docs``, documents with it, dated or not.
    coverage : Coverage
        All documents, and those that can be tested.
    notes : tuple of str
        What was left out.
    translations : {"counted", "left out", "untested"}, default "counted"
        Whether translations are among the documents under test, are left out of them, or are too
        many for the items to be tested at all.
    """

    documents: pd.DataFrame
    matrix: sparse.csc_array
    n_units: Ints
    unit: str
    tested: NDArray[np.bool_]
    period: Ints
    periods: NDArray[np.datetime64]
    items: pd.DataFrame
    coverage: Coverage
    notes: tuple[str, ...]
    translations: Literal["counted", "left out", "untested"] = "counted"


def place_documents(
    scores: Scores, documents: pd.DataFrame, *, freq: str, as_of: date | None
) -> DatedCorpus:
    """Bring scores and documents together, in an order that depends on neither table.

    Parameters
    ----------
    scores : Scores
        Occurrences by document.
    documents : pandas.DataFrame
        With ``doc_id``, ``date``, ``date_precision`` and, if there is one, ``duplicate_of``.
    freq : str
        Length of a period.
    as_of : datetime.date or None
        The day of judgement; a period that had not ended then is not tested.

    Returns
    -------
    DatedCorpus

    Raises
    ------
    SchemaError
        If a scored document is not in `documents`, or a column is absent.
    """
    table = scores.align(documents)
    for column in ("date", "date_precision"):
        if column not in table.columns:
            raise SchemaError(
                f"`documents` has no column `{column}`; {nearest(column, map(str, table.columns))}"
            )
    doubled = _column(table, "duplicate_of") != ""
    fine = fits_period(table["date_precision"], freq) & table["date"].notna().to_numpy()
    kept = np.flatnonzero(~doubled)
    dated = np.flatnonzero(~doubled & fine)
    order = np.lexsort(
        (_column(table, "doc_id")[dated].astype(str), table["date"].to_numpy()[dated])
    )
    dated = dated[order]
    names = scores.items["item"].to_numpy(object)
    by_name = np.argsort(names.astype(str), kind="stable")
    starts = period_start(table["date"].to_numpy()[dated], freq)
    tested = is_complete(starts, freq, as_of=as_of)
    periods = (
        period_range(starts[tested].min(), starts[tested].max(), freq)
        if tested.any()
        else np.empty(0, "datetime64[D]")
    )
    presence = sparse.csc_array(scores.matrix[kept])
    lang = _column(scores.items, "lang")
    items = pd.DataFrame(
        {
            "item": names[by_name],
            "lang": lang[by_name],
            "kind": _column(scores.items, "kind")[by_name],
            "n_docs": np.diff(presence.indptr)[by_name],
        }
    ).astype({"item": "str", "lang": "str", "kind": "str", "n_docs": "int64"})
    matrix = sparse.csc_array(sparse.csc_array(scores.matrix[dated])[:, by_name])
    matrix.sort_indices()
    coverage = cover_periods(starts[tested], freq, n_docs=len(kept))
    return DatedCorpus(
        documents=table.iloc[dated].reset_index(drop=True),
        matrix=matrix,
        n_units=scores.n_units[dated].astype(np.int64),
        unit=scores.unit,
        tested=tested,
        period=np.searchsorted(periods, starts).astype(np.int64),
        periods=periods,
        items=items,
        coverage=coverage,
        notes=_left_out(
            coverage, doubled=int(doubled.sum()), running=starts[~tested], n_dated=len(dated)
        ),
    )


def _column(table: pd.DataFrame, name: str) -> NDArray[np.object_]:
    """Take a text column, or "" in every row if there is none."""
    if name not in table.columns:
        return np.full(len(table), "", object)
    return table[name].fillna("").astype(str).to_numpy(object)


def _left_out(
    coverage: Coverage, *, doubled: int, running: NDArray[np.datetime64], n_dated: int
) -> tuple[str, ...]:
    notes = []
    if doubled:
        copies = "copies of other documents were" if doubled > 1 else "copy of another document was"
        notes.append(f"{doubled:,} {copies} left out.")
    coarse = coverage.n_docs - n_dated
    if coarse:
        verb = "were" if coarse > 1 else "was"
        notes.append(
            f"{count_of(coarse, 'document')} without a date, or with one coarser than the "
            f"{period_word(coverage.freq, 1)}, {verb} left out of the tests."
        )
    if len(running):
        label = period_label(running.min(), coverage.freq)
        notes.append(
            f"{count_of(len(running), 'document')} from {label} on, which had not ended, "
            "can be first or last sightings but decide no test."
        )
    return tuple(notes)
