"""How much must be there before something may be said.

The tests are valid for small numbers because they permute whole documents; the floors keep us
from saying more than a reader would take from it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from watchwords.periods import Dates, fits_period, period_start, period_word
from watchwords.plurals import plural_of

MIN_DATED = 20
MIN_PERIODS = 4
DIRECTION_PERIODS = 6
PERIOD_DOCS = 100
ITEM_DOCS = 6
TEST_DOCS = 3
HEADLINE_DOCS = 10
SPAN_DOCS = 30
COMPARE_DOCS = 20

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True)
class Coverage:
    """How many documents there are, and how well they are dated.

    Attributes
    ----------
    n_docs : int
        Documents, duplicates left out.
    n_dated : int
        Those of them with a date fine enough for `freq`.
    n_periods : int
        Periods that hold at least one of them.
    freq : str
        Length of a period.
    fewest : int, default 0
        Dated documents of the period that has the fewest of those that have any.
    """

    n_docs: int
    n_dated: int
    n_periods: int
    freq: str
    fewest: int = 0

    @property
    def rung(self) -> str:
        """What may be said: "occurrences", "seen" (first and last, k of n) or "direction".

        Four or five periods are enough for a direction where each of them has 100 documents, so
        that its share is known to ten points: it is the documents that are tested, not the
        periods.
        """
        if self.n_dated < MIN_DATED or self.n_periods < MIN_PERIODS:
            return "occurrences"
        enough = self.n_periods >= DIRECTION_PERIODS or self.fewest >= PERIOD_DOCS
        return "direction" if enough else "seen"

    def refusal(self) -> str:
        """Word the sentence that stands instead of any trend.

        Returns
        -------
        str

        Examples
        --------
        >>> Coverage(5, 2, 2, "M").refusal()
        'Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences only.'
        """
        return (
            f"Too few documents for a trend: {count_of(self.n_docs, 'document')}, {self.n_dated} "
            f"with a date, in {self.n_periods} {period_word(self.freq, self.n_periods)}. "
            "Occurrences only."
        )

    def missing(self, undated: int | None = None) -> str:
        """Word what a trend would need, and what is missing of it.

        Parameters
        ----------
        undated : int, optional
            Documents without a date; default all that are not among the dated ones here, which
            is wrong where dated ones were left out (of an unfinished period, say).

        Returns
        -------
        str

        Examples
        --------
        >>> print(Coverage(5, 2, 2, "M").missing())
        A trend needs 20 dated documents in 4 months, and a wording in 6 of them; 18 documents and
        2 months are missing. Three documents can be dated by hand in metadata.csv.
        >>> print(Coverage(40, 40, 3, "Y").missing())
        A trend needs 20 dated documents in 4 years, and a wording in 6 of them; 1 year is missing.
        """
        gaps = []
        if self.n_dated < MIN_DATED:
            gaps.append(count_of(MIN_DATED - self.n_dated, "document"))
        if self.n_periods < MIN_PERIODS:
            few = MIN_PERIODS - self.n_periods
            gaps.append(f"{few} {period_word(self.freq, few)}")
        needs = (
            f"A trend needs {MIN_DATED} dated documents in {MIN_PERIODS} {period_word(self.freq)}, "
            f"and a wording in {ITEM_DOCS} of them"
        )
        if gaps:
            single = len(gaps) == 1 and gaps[0].startswith("1 ")
            needs += f"; {' and '.join(gaps)} {'is' if single else 'are'} missing"
        undated = self.n_docs - self.n_dated if undated is None else undated
        if not undated:
            return needs + "."
        who = count_of(undated, "document", words=True).capitalize()
        return f"{needs}. {who} can be dated by hand in metadata.csv."


def measure_coverage(documents: pd.DataFrame, freq: str) -> Coverage:
    """Count documents, dated ones and the periods they fall in.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents; rows with ``duplicate_of`` do not count.
    freq : str
        Length of a period.

    Returns
    -------
    Coverage
    """
    kept = documents[documents["duplicate_of"] == ""]
    dated = fits_period(kept["date_precision"], freq) & kept["date"].notna().to_numpy()
    starts = period_start(kept["date"].to_numpy()[dated], freq)
    return cover_periods(starts, freq, n_docs=len(kept))


def cover_periods(starts: Dates, freq: str, *, n_docs: int) -> Coverage:
    """Count dated documents and the periods they fall in.

    Parameters
    ----------
    starts : ndarray of datetime64, shape (n_dated,)
        First day of the period of each dated document.
    freq : str
        Length of a period.
    n_docs : int
        Documents, dated or not.

    Returns
    -------
    Coverage

    Examples
    --------
    >>> years = np.array(["2020-01-01", "2020-01-01", "2021-01-01"], "datetime64[D]")
    >>> cover_periods(years, "Y", n_docs=5)
    Coverage(n_docs=5, n_dated=3, n_periods=2, freq='Y', fewest=1)
    """
    n = np.unique(starts, return_counts=True)[1].tolist()
    return Coverage(n_docs, len(starts), len(n), freq, min(n, default=0))


def count_of(n: int, noun: str, *, words: bool = False, plural: str = "") -> str:
    """Word a number of things, with the plural where it belongs.

    Parameters
    ----------
    n : int
        How many.
    noun : str
        In the singular.
    words : bool, default False
        Spell numbers up to twelve.
    plural : str, optional
        Default the regular one.

    Returns
    -------
    str

    Examples
    --------
    >>> count_of(1, "period"), count_of(1200, "speech"), count_of(3, "document", words=True)
    ('1 period', '1,200 speeches', 'three documents')
    """
    number = _NUMBERS[n] if words and n < len(_NUMBERS) else f"{n:,}"
    return f"{number} {noun if n == 1 else plural or plural_of(noun)}"
