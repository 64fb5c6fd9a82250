"""Numbers to sentences: the fixed phrases of verdicts and briefs.

Always k of n, always "in this corpus"; a percentage only where there are documents enough for
one; never a word for why.
"""

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from watchwords.floors import SPAN_DOCS
from watchwords.intervals import wilson_interval

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BEYOND = 1000  # a fitted ratio beyond this says only "from next to nothing"
CORPUS_SECTION = "The corpus"
FOOTNOTE = (
    "What chance alone could do with so many documents; it says nothing about documents not in "
    "this corpus."
)


def percent(share: float) -> str:
    """Print a share as a whole percentage, and never a small one as none.

    Parameters
    ----------
    share : float
        Between 0 and 1.

    Returns
    -------
    str

    Examples
    --------
    >>> [percent(share) for share in (0.0, 0.004, 0.304, 0.997, 1.0)]
    ['0 %', '0.4 %', '30 %', '99.7 %', '100 %']
    """
    value = 100 * share
    near_edge = 0 < value < 1 or 99 < value < 100
    return f"{value:.1f} %" if near_edge else f"{value:.0f} %"


@lru_cache(maxsize=4096)
def share_in_words(k: int, n: int) -> str:
    """Word a share of documents with its interval, or leave it out where `n` is small.

    Parameters
    ----------
    k, n : int
        Documents with the item, and in all.

    Returns
    -------
    str
        Empty below 30 documents: there the count says all there is to say.

    Examples
    --------
    >>> share_in_words(12, 40)
    '30 %, 95 % interval 18–45 %'
    >>> share_in_words(0, 40)
    'up to 9 % would still be compatible'
    >>> share_in_words(40, 40)
    '95 % interval from 91 %'
    >>> share_in_words(3, 11)
    ''
    """
    if n < SPAN_DOCS:
        return ""
    low, high = (float(limit) for limit in wilson_interval(k, n))
    if k == 0:
        return f"up to {percent(high)} would still be compatible"
    if k == n:
        return f"95 % interval from {percent(low)}"
    return f"{percent(k / n)}, 95 % interval {percent(low)[:-2]}–{percent(high)}"


def day_in_words(day: pd.Timestamp | None, precision: str = "day") -> str:
    """Print a date as exactly as it is known.

    Parameters
    ----------
    day : Timestamp or None
        NaT and None give "undated".
    precision : {"day", "month", "year"}
        Of the date.

    Returns
    -------
    str

    Examples
    --------
    >>> day_in_words(pd.Timestamp("1945-01-06")), day_in_words(pd.Timestamp("2021-02-01"), "month")
    ('6 January 1945', 'February 2021')
    """
    if day is None or pd.isna(day):
        return "undated"
    if precision == "year":
        return str(day.year)
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if precision == "month" else f"{day.day} {month}"


def quoted(form: str) -> str:
    """Put a wording into quotes, which mark it as the documents' and not ours.

    Parameters
    ----------
    form : str
        A term, a form or a label.

    Returns
    -------
    str

    Examples
    --------
    >>> quoted("soviet union")
    '“soviet union”'
    """
    return f"“{form}”"


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence lists them.

    Parameters
    ----------
    parts : sequence of str

    Returns
    -------
    str

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def fold_change(effect: float) -> str:
    """Print a fold change so that a fall reads as one.

    Parameters
    ----------
    effect : float
        Ratio of the last to the first expected level; positive.

    Returns
    -------
    str

    Examples
    --------
    >>> fold_change(12.34), fold_change(2.5), fold_change(0.1), fold_change(80_000.0)
    ('×12', '×2.5', '×1/10', 'over ×1,000')
    """
    size = max(effect, 1 / effect)
    if size >= _BEYOND:
        return f"over ×{_BEYOND:,}" if effect >= 1 else f"below ×1/{_BEYOND:,}"
    number = f"{size:.1f}".removesuffix(".0") if size < 10 else f"{size:,.0f}"
    return f"×{number}" if effect >= 1 else f"×1/{number}"
