"""Periods: their words, their bounds, their labels.

``freq`` is our own word, resolved here alone: "W" (weeks from Monday), "M", "Q", "Y" and
multiples of years such as "10Y", aligned to years divisible by the multiple. A period is known
by its first day.
"""

import re
from datetime import date, datetime
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError

Dates = NDArray[np.datetime64]
_PATTERN = re.compile(r"(?:([1-9]\d{0,2})Y|[WMQY])")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_PRECISION_RANK = {"day": 0, "month": 1, "year": 2, "none": 3}


def parse_freq(freq: str) -> tuple[Literal["W", "M", "Q", "Y"], int]:
    """Split a period word into its unit and its multiple.

    Parameters
    ----------
    freq : str
        "W", "M", "Q", "Y" or a number of years such as "10Y".

    Returns
    -------
    unit : {"W", "M", "Q", "Y"}
    multiple : int

    Raises
    ------
    WatchwordsError
        If `freq` is another word.

    Examples
    --------
    >>> parse_freq("10Y")
    ('Y', 10)
    >>> parse_freq("D")
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: `freq` is 'D'; it is one of "W", "M", "Q", "Y", or a \
number of years such as "10Y".
    """
    match = _PATTERN.fullmatch(freq) if isinstance(freq, str) else None
    if match is None:
        raise WatchwordsError(
            f'`freq` is {freq!r}; it is one of "W", "M", "Q", "Y", or a number of years '
            'such as "10Y".'
        )
    if match.group(1):
        return "Y", int(match.group(1))
    return freq, 1  # type: ignore[return-value]  # (matched above)


def period_start(dates: pd.Series | Dates, freq: str) -> Dates:
    """Find the first day of the period that holds each date.

    Parameters
    ----------
    dates : Series or ndarray of datetime64, shape (n,)
        NaT is allowed and stays NaT.
    freq : str
        See `parse_freq`.

    Returns
    -------
    ndarray of datetime64[D], shape (n,)

    Examples
    --------
    >>> period_start(np.array(["1796-12-07", "1800-01-01"], "datetime64[D]"), "10Y").astype(str)
    array(['1790-01-01', '1800-01-01'], dtype='<U28')
    >>> period_start(np.array(["2026-11-01"], "datetime64[D]"), "W").astype(str)
    array(['2026-10-26'], dtype='<U28')
    """
    unit, multiple = parse_freq(freq)
    days = np.asarray(dates).astype("datetime64[D]")
    missing = np.isnat(days)
    safe = np.where(missing, np.datetime64("2000-01-01", "D"), days)
    if unit == "W":
        # 1970-01-01 was a Thursday: three days after the Monday that starts its week.
        number = safe.astype(np.int64)
        start = (number - (number + 3) % 7).astype("datetime64[D]")
    else:
        months = safe.astype("datetime64[M]").astype(np.int64)
        length = {"M": 1, "Q": 3, "Y": 12 * multiple}[unit]
        # Months count from 1970; multiples of years are aligned to the year 0.
        shifted = months + 1970 * 12
        start = (
            (shifted - shifted % length - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
        )
    return np.where(missing, np.datetime64("NaT", "D"), start)


def next_period(starts: Dates, freq: str) -> Dates:
    """Find the first day of the period after each period.

    Parameters
    ----------
    starts : ndarray of datetime64
        First days, as `period_start` gives them.
    freq : str
        See `parse_freq`.

    Returns
    -------
    ndarray of datetime64[D]

    Examples
    --------
    >>> str(next_period(np.datetime64("2026-11-01"), "Q"))
    '2027-01-01'
    """
    unit, multiple = parse_freq(freq)
    days = np.asarray(starts).astype("datetime64[D]")
    if unit == "W":
        return np.asarray(days + np.timedelta64(7, "D"))
    length = {"M": 1, "Q": 3, "Y": 12 * multiple}[unit]
    after = period_start(np.atleast_1d(days), freq).astype("datetime64[M]") + length
    return np.asarray(after.astype("datetime64[D]")).reshape(days.shape)


def period_range(first: np.datetime64, last: np.datetime64, freq: str) -> Dates:
    """List the periods from one date to another, empty ones included.

    Parameters
    ----------
    first, last : datetime64
        Any days; the periods that hold them are the first and the last of the list.
    freq : str
        See `parse_freq`.

    Returns
    -------
    ndarray of datetime64[D]
        First days, in order.

    Examples
    --------
    >>> len(period_range(np.datetime64("1790-01-08"), np.datetime64("2026-02-24"), "10Y"))
    24
    """
    bounds = period_start(np.array([first, last], "datetime64[D]"), freq)
    unit, multiple = parse_freq(freq)
    if unit == "W":
        return np.arange(bounds[0], bounds[1] + np.timedelta64(1, "D"), np.timedelta64(7, "D"))
    length = {"M": 1, "Q": 3, "Y": 12 * multiple}[unit]
    months = bounds.astype("datetime64[M]")
    return np.arange(months[0], months[1] + 1, length).astype("datetime64[D]")


def is_complete(starts: Dates, freq: str, *, as_of: date | None) -> NDArray[np.bool_]:
    """Tell which periods had ended on a day.

    Parameters
    ----------
    starts : ndarray of datetime64
        First days of periods.
    freq : str
        See `parse_freq`.
    as_of : datetime.date or None
        The day of judgement. None gives True everywhere: the caller knows of no later day.

    Returns
    -------
    ndarray of bool

    Examples
    --------
    >>> periods = period_range(np.datetime64("2026-09-05"), np.datetime64("2026-11-01"), "M")
    >>> is_complete(periods, "M", as_of=date(2026, 10, 31)).tolist()
    [True, False, False]
    """
    if as_of is None:
        return np.ones(np.shape(starts), bool)
    # A period is over when its last day has passed: on that day a document may still come.
    return np.asarray(next_period(starts, freq) <= np.datetime64(as_of, "D"))


def fits_period(precision: pd.Series, freq: str) -> NDArray[np.bool_]:
    """Tell which dates are precise enough to be placed in a period.

    Parameters
    ----------
    precision : Series of str
        The column ``date_precision`` of the documents: day, month, year or none.
    freq : str
        See `parse_freq`.

    Returns
    -------
    ndarray of bool

    Examples
    --------
    >>> fits_period(pd.Series(["day", "month", "year", "none"]), "M").tolist()
    [True, True, False, False]
    """
    unit, _ = parse_freq(freq)
    allowed = {"W": 0, "M": 1, "Q": 1, "Y": 2}[unit]
    rank = precision.map(_PRECISION_RANK).fillna(3)
    return np.asarray(rank <= allowed)


def period_label(start: np.datetime64 | datetime, freq: str) -> str:
    """Word a period for a reader.

    Parameters
    ----------
    start : datetime64 or datetime
        First day of the period.
    freq : str
        See `parse_freq`.

    Returns
    -------
    str

    Examples
    --------
    >>> [period_label(pd.Timestamp("2020-01-01"), f) for f in ("M", "Q", "Y", "10Y")]
    ['Jan 2020', '2020 Q1', '2020', '2020s']
    >>> period_label(pd.Timestamp("2025-01-01"), "5Y")
    '2025–2029'
    """
    unit, multiple = parse_freq(freq)
    day = pd.Timestamp(start)
    if unit == "W":
        return f"week of {day.day} {_MONTHS[day.month - 1]} {day.year}"
    if unit == "M":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if unit == "Q":
        return f"{day.year} Q{(day.month + 2) // 3}"
    if multiple == 10:
        return f"{day.year}s"
    return str(day.year) if multiple == 1 else f"{day.year}–{day.year + multiple - 1}"


def period_in_words(start: np.datetime64 | datetime, freq: str) -> str:
    """Name a period within a sentence.

    Parameters
    ----------
    start : datetime64 or datetime
        First day of the period.
    freq : str
        See `parse_freq`.

    Returns
    -------
    str
        As `period_label`, with the article that decades and weeks want.

    Examples
    --------
    >>> [period_in_words(pd.Timestamp("2024-01-01"), f) for f in ("W", "Q", "Y")]
    ['the week of 1 January 2024', '2024 Q1', '2024']
    >>> period_in_words(pd.Timestamp("1930-01-01"), "10Y")
    'the 1930s'
    """
    unit, multiple = parse_freq(freq)
    if unit == "W":
        day = pd.Timestamp(start)
        return f"the week of {day.day} {day.month_name()} {day.year}"
    label = period_label(start, freq)
    return f"the {label}" if multiple == 10 else label


def name_months(first: np.datetime64 | pd.Timestamp, n: int) -> tuple[str, str]:
    """Name a run of months, and the same months a year before.

    Parameters
    ----------
    first : datetime64 or Timestamp
        Any day of the first of them.
    n : int
        How many, at most 12.

    Returns
    -------
    these, a year before : str

    Examples
    --------
    >>> name_months(np.datetime64("2024-09-01"), 3)
    ('September to November 2024', 'the same months of 2023')
    >>> name_months(np.datetime64("2024-11-01"), 3)
    ('November 2024 to January 2025', 'the same months a year before')
    """
    start = pd.Timestamp(first)
    end = start + pd.DateOffset(months=n - 1)
    names = [day.month_name() for day in (start, end)]
    if start.year == end.year:
        run = f"{names[0]} to {names[1]}" if start.month != end.month else names[0]
        return f"{run} {end.year}", f"the same months of {end.year - 1}"
    return f"{names[0]} {start.year} to {names[1]} {end.year}", "the same months a year before"


def period_word(freq: str, n: int = 2) -> str:
    """Name the unit of a period, singular or plural.

    Parameters
    ----------
    freq : str
        See `parse_freq`.
    n : int, default 2
        How many; 1 gives the singular.

    Returns
    -------
    str

    Examples
    --------
    >>> period_word("M"), period_word("Y", 1), period_word("10Y"), period_word("5Y")
    ('months', 'year', 'decades', 'periods of 5 years')
    """
    unit, multiple = parse_freq(freq)
    if multiple not in (1, 10):
        return f"period{'' if n == 1 else 's'} of {multiple} years"
    word = {"W": "week", "M": "month", "Q": "quarter", "Y": "year" if multiple == 1 else "decade"}
    return word[unit] + ("" if n == 1 else "s")
