"""The calendar of a corpus, and its gaps in words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from watchwords import charts
from watchwords.briefs.claims import headlined
from watchwords.briefs.exhibits import Figure
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.periods import (
    fits_period,
    parse_freq,
    period_label,
    period_range,
    period_start,
    period_word,
)
from watchwords.wording import CORPUS_SECTION, listed

SECTION = CORPUS_SECTION
N_GAPS = 6
# Rows of a calendar that the front has room for; there, years stand side by side.
_FRONT_ROWS = 12
_FRONT_WEEK_ROWS = 5
_FRONT_FINDINGS = 3


Run = tuple[np.datetime64, np.datetime64, int]


@dataclass(frozen=True)
class Gaps:
    """Periods without documents between the first and the last.

    Attributes
    ----------
    runs : list of (datetime64, datetime64, int)
        First day of the first and of the last period of each gap, and how many they are.
    n_periods : int
        Periods in all.
    freq : str
        Length of a period.
    """

    runs: list[Run]
    n_periods: int
    freq: str

    @property
    def n_empty(self) -> int:
        """Periods without documents."""
        return sum(run[2] for run in self.runs)

    @property
    def longest(self) -> int:
        """Periods of the longest gap."""
        return max((run[2] for run in self.runs), default=0)

    def name(self, run: Run) -> str:
        """Name a gap by its first and its last period."""
        first, last = (period_label(day, self.freq) for day in run[:2])
        joint = "–" if parse_freq(self.freq) == ("Y", 1) else " to "
        return first if first == last else f"{first}{joint}{last}"


def find_gaps(documents: pd.DataFrame, freq: str) -> Gaps:
    """Find the periods without documents, between the first and the last that have one.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date`` and ``date_precision``; dates too coarse for a period are in none.
    freq : str
        Length of a period.

    Returns
    -------
    Gaps

    Examples
    --------
    >>> documents = pd.DataFrame({"date": pd.to_datetime(["2019-02-03", "2019-08-01"])})
    >>> gaps = find_gaps(documents.assign(date_precision="day"), "M")
    >>> [gaps.name(run) for run in gaps.runs], gaps.n_periods
    (['Mar 2019 to Jul 2019'], 7)
    """
    fine = fits_period(documents["date_precision"], freq) & documents["date"].notna().to_numpy()
    starts = np.unique(period_start(documents["date"].to_numpy()[fine], freq))
    if not len(starts):
        return Gaps([], 0, freq)
    every = period_range(starts[0], starts[-1], freq)
    empty = np.flatnonzero(~np.isin(every, starts))
    parts = np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1) if len(empty) else []
    runs = [(every[part[0]], every[part[-1]], len(part)) for part in parts]
    return Gaps(runs, len(every), freq)


def gaps_in_words(work: Workspace) -> str:
    """Say when there are no documents.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        One sentence; "" where too few documents are dated to speak of gaps.
    """
    noun, gaps = work.report.noun, find_gaps(work.counted, work.report.freq)
    if work.rung == "occurrences" or not gaps.n_periods:
        return ""
    unit = period_word(gaps.freq, 1)
    if not gaps.runs:
        return f"No {unit} is without a {noun}."
    verb = "has" if gaps.n_empty == 1 else "have"
    many = period_word(gaps.freq, gaps.n_periods)
    sentence = f"{gaps.n_empty:,} of {gaps.n_periods:,} {many} {verb} no {noun}"
    if len(gaps.runs) <= N_GAPS + 2:
        return f"{sentence}: {listed([gaps.name(run) for run in gaps.runs])}."
    longest = max(gaps.runs, key=lambda run: run[2])
    if longest[2] == 1:
        return f"{sentence}, never two in a row."
    size = count_of(longest[2], unit)
    return f"{sentence}, the longest gap {gaps.name(longest)} ({size})."


def calendar_figure(work: Workspace) -> Figure | None:
    """Draw the calendar of the corpus: on the front where it is small and has room.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Figure or None
        None where so few are dated that a list says it better.
    """
    if work.rung == "occurrences":
        return None
    report, gaps = work.report, find_gaps(work.counted, work.report.freq)
    is_front = _fits_the_front(work)
    drawn = charts.plot_calendar(
        work.counted, freq=report.freq, as_of=work.as_of, height=1.05 if is_front else 3.4
    )
    dated = work.counted["date"].dropna()
    return Figure(
        id="fig-calendar",
        place="front" if is_front else "annex",
        section="What this rests on" if is_front else SECTION,
        title=f"{report.nouns.capitalize()} by {period_word(report.freq, 1)}",
        svg=charts.figure_svg(drawn),
        alt=(
            f"Calendar: {report.nouns} in each {period_word(report.freq, 1)} from "
            f"{dated.min().year} to {dated.max().year}. {gaps_in_words(work)}"
        ),
        width="full",
        note=(
            f"Copies left out. A dash: no {report.noun}; such periods stay on every axis and "
            "are never drawn as 0."
            if gaps.runs
            else "Copies left out."
        ),
    )


def _fits_the_front(work: Workspace) -> bool:
    """Tell whether the calendar is small, and the findings leave it room on two pages."""
    dated = work.counted["date"].dropna()
    unit, multiple = parse_freq(work.report.freq)
    length = 10 * multiple if unit == "Y" else 1
    n_rows = dated.max().year // length - dated.min().year // length + 1
    is_small = n_rows <= (_FRONT_WEEK_ROWS if unit == "W" else _FRONT_ROWS)
    return bool(is_small and len(headlined(work)) <= _FRONT_FINDINGS)
