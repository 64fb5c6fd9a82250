"""Documents placed in periods: what every chart of coverage counts, and in the same way."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.charts.tables import require_columns
from watchwords.errors import TooFewDocumentsError
from watchwords.floors import count_of
from watchwords.periods import (
    Dates,
    fits_period,
    is_complete,
    period_range,
    period_start,
    period_word,
)

_COLUMNS = ("date", "date_precision", "duplicate_of")


@dataclass(frozen=True)
class Placed:
    """The documents of a corpus by period, duplicates left out.

    Attributes
    ----------
    table : pandas.DataFrame
        The documents that are fine enough for the period, with ``place``: which of `starts`.
    coarse : pandas.DataFrame
        Those whose date is known, but not finely enough.
    n_docs : int
        All documents, those without a date included.
    starts : ndarray of datetime64[D]
        First days of all periods from the first document to the last.
    counts : ndarray of int
        Documents in each.
    complete : ndarray of bool
        False for a period that had not ended on the day of judgement.
    """

    table: pd.DataFrame
    coarse: pd.DataFrame
    n_docs: int
    starts: Dates
    counts: NDArray[np.int64]
    complete: NDArray[np.bool_]

    @property
    def n_undated(self) -> int:
        """Documents without any date."""
        return self.n_docs - len(self.table) - len(self.coarse)


def place_documents(documents: pd.DataFrame, freq: str, *, as_of: date | None) -> Placed:
    """Place the documents of a table in periods.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date``, ``date_precision`` and ``duplicate_of``; not changed.
    freq : str
        Length of a period.
    as_of : datetime.date or None
        The day of judgement.

    Returns
    -------
    Placed

    Raises
    ------
    SchemaError
        If a column is absent.
    TooFewDocumentsError
        If no document has a date fine enough for `freq`.
    """
    require_columns(documents, _COLUMNS, "documents")
    kept = documents[documents["duplicate_of"] == ""]
    dated = kept["date"].notna().to_numpy()
    fine = fits_period(kept["date_precision"], freq) & dated
    if not fine.any():
        raise TooFewDocumentsError(
            f"none of {count_of(len(kept), 'document')} has a date as fine as a "
            f"{period_word(freq, 1)}; there is no coverage to draw."
        )
    at = period_start(kept["date"].to_numpy()[fine], freq)
    starts = period_range(at.min(), at.max(), freq)
    place = np.searchsorted(starts, at)
    return Placed(
        table=kept[fine].assign(place=place),
        coarse=kept[dated & ~fine],
        n_docs=len(kept),
        starts=starts,
        counts=np.bincount(place, minlength=len(starts)),
        complete=is_complete(starts, freq, as_of=as_of),
    )
