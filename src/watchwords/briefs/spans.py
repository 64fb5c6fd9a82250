"""Where spans of documents begin, named for a reader."""

import pandas as pd

from watchwords.briefs.workspace import Workspace
from watchwords.floors import SPAN_DOCS
from watchwords.periods import fits_period, parse_freq, period_in_words, period_start
from watchwords.wording import day_in_words


def span_label(work: Workspace, day: pd.Timestamp) -> str:
    """Name the boundary of a span: a year where it is one, else the period.

    Parameters
    ----------
    work : Workspace
    day : Timestamp

    Returns
    -------
    str
    """
    stamp = pd.Timestamp(day)
    if stamp.month == 1 and stamp.day == 1:
        return str(stamp.year)
    return period_in_words(stamp, work.report.freq)


def window_in_words(low: pd.Timestamp, high: pd.Timestamp, freq: str) -> str:
    """Name the periods from one day to another: one name if both lie in the same period.

    Parameters
    ----------
    low, high : Timestamp
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str

    Examples
    --------
    >>> low, high = pd.Timestamp("2016-10-01"), pd.Timestamp("2017-01-01")
    >>> window_in_words(low, high, "Q"), window_in_words(low, low, "Q")
    ('2016 Q4 to 2017 Q1', '2016 Q4')
    >>> window_in_words(low, high, "Y"), window_in_words(low, high, "10Y")
    ('2016–2017', 'the 2010s')
    """
    starts = period_start(pd.DatetimeIndex([low, high]).to_numpy(), freq)
    first, last = (period_in_words(start, freq) for start in starts)
    plain = parse_freq(freq) == ("Y", 1)
    return first if first == last else f"{first}{'–' if plain else ' to '}{last}"


def burst_in_words(row: pd.Series, freq: str) -> str:
    """Word when an item that came and went is mainly found.

    Parameters
    ----------
    row : Series
        A row of the judged items.
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str
        "" for any other shape, and where a burst has no beginning or no end.

    Examples
    --------
    >>> days = pd.to_datetime(["1848-01-01", "1882-01-01"])
    >>> row = pd.Series(["burst", *days], ["shape", "onset", "end"])
    >>> burst_in_words(row, "Y")
    'found mainly between 1848 and 1881'
    """
    if row.get("shape", "") != "burst" or pd.isna(row["onset"]) or pd.isna(row["end"]):
        return ""
    # An end is the first day without: the last period with is named.
    days = pd.DatetimeIndex([row["onset"], row["end"] - pd.Timedelta(days=1)])
    first, last = (period_in_words(day, freq) for day in period_start(days.to_numpy(), freq))
    return (
        f"found mainly in {first}" if first == last else f"found mainly between {first} and {last}"
    )


def finely_dated(work: Workspace, lang: str) -> pd.DataFrame:
    """Choose the documents of a language that have a place on the axis of the periods.

    Parameters
    ----------
    work : Workspace
    lang : str

    Returns
    -------
    pandas.DataFrame
        Of the counted documents, those dated at least as exactly as a period asks, by date.
    """
    own = work.counted[(work.counted["lang"] == lang) & work.counted["date"].notna()]
    fine = own[fits_period(own["date_precision"], work.report.freq)]
    return fine.sort_values(["date", "doc_id"], kind="stable")


def bounds_in_words(documents: pd.DataFrame) -> tuple[str, str]:
    """Print the first and the last date of documents, each as exactly as it is known.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date`` and ``date_precision``, at least one dated.

    Returns
    -------
    first, last : str

    Examples
    --------
    >>> days = pd.to_datetime(["2016-01-01", "2018-03-01", None])
    >>> exact = ["year", "month", "none"]
    >>> bounds_in_words(pd.DataFrame({"date": days, "date_precision": exact}))
    ('2016', 'March 2018')
    """
    dated = documents[documents["date"].notna()].sort_values("date", kind="stable")
    first, last = dated.iloc[0], dated.iloc[-1]
    return (
        day_in_words(first["date"], first["date_precision"]),
        day_in_words(last["date"], last["date_precision"]),
    )


def latest_period_start(work: Workspace, lang: str) -> pd.Timestamp:
    """Find where the last full span of at least 30 documents of a language begins.

    Parameters
    ----------
    work : Workspace
    lang : str
        Of the documents, at least one of them dated as exactly as a period asks.

    Returns
    -------
    Timestamp
        The first day of a chart period, so that a reader can say "since 1990".
    """
    freq = work.report.chart_freq
    dates = finely_dated(work, lang)["date"]
    position = max(len(dates) - SPAN_DOCS, 0)
    return pd.Timestamp(period_start(dates.iloc[[position]].to_numpy(), freq)[0])
