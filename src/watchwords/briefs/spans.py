"""Where spans of documents begin, named for a reader."""

import pandas as pd

from watchwords.briefs.workspace import Workspace
from watchwords.floors import SPAN_DOCS
from watchwords.periods import period_label, period_start


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
    return period_label(stamp, work.report.freq)


def latest_period_start(work: Workspace) -> pd.Timestamp:
    """Find where the last full span of at least 30 documents begins.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Timestamp
        The first day of a chart period, so that a reader can say "since 1990".
    """
    freq = work.report.chart_freq
    dates = work.counted["date"].dropna().sort_values()
    position = max(len(dates) - SPAN_DOCS, 0)
    return pd.Timestamp(period_start(dates.iloc[[position]].to_numpy(), freq)[0])
