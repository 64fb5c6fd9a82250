"""Dated events on charts over time: thin lines and bands, told apart by a letter and the key."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable, text_width
from watchwords.charts.style import COLOURS, tint
from watchwords.charts.tables import require_columns
from watchwords.errors import SchemaError
from watchwords.periods import Dates, next_period, parse_freq, period_label

LETTER = 5.6
# Room for the letters above a panel, in inches.
LEAD = 0.075
MAX_NAMES = 8
# Of one kind so many are drawn, or up to twice as many on a long axis: the rest marks nothing.
MAX_EVENTS = 12
_COLUMNS = ("date", "date_end", "name", "kind")
# Narrower than that, in inches, a band is a line; closer than that, lines are ticks.
_THIN = 0.03
_CLOSE = 0.035
_TICK = 0.06


@dataclass(frozen=True)
class EventMark:
    """An event on an axis of periods, the first of which stands at 0.

    Attributes
    ----------
    left, right : float
        Where it begins and ends; alike for an event of a day.
    letter : str
        What stands for its name.
    """

    left: float
    right: float
    letter: str


def mark_events(
    events: pd.DataFrame | None, starts: Dates, freq: str
) -> tuple[list[EventMark], list[Entry]]:
    """Place events on an axis of periods and word them for the key.

    An event has the letter of its name or, where there are more than eight names, of its kind. A
    kind of which there are more than twelve, and more than one in three periods or twice as
    many, is left out. Many of one kind alone have no letter.

    Parameters
    ----------
    events : pandas.DataFrame or None
        ``date`` and ``date_end`` (datetime64; NaT for an event of a day), ``name`` and ``kind``
        (str), as `watchwords.read_events` gives them.
        What lies outside the axis is left out.
    starts : ndarray of datetime64, shape (n_periods,)
        First days of the periods, in order.
    freq : str
        Length of the last one.

    Returns
    -------
    marks : list of EventMark
        From left to right.
    entries : list of Entry
        For the key.

    Raises
    ------
    SchemaError
        If a column is absent, or ``date`` and ``date_end`` are no dates.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["1941-12-07"]), "name": "war", "kind": "",
    ...     "date_end": pd.to_datetime(["1945-09-02"])})
    >>> starts = np.array(["1930-01-01", "1940-01-01", "1950-01-01"], "datetime64[D]")
    >>> marks, entries = mark_events(events, starts, "10Y")
    >>> round(marks[0].left, 2), round(marks[0].right, 2), entries[0].text
    (0.69, 1.07, 'a war 1941–1945')
    """
    if events is None or not len(events):
        return [], []
    require_columns(events, _COLUMNS, "events")
    for column in ("date", "date_end"):
        if not pd.api.types.is_datetime64_dtype(events[column]):
            raise SchemaError(f"the column `{column}` of `events` holds {events[column].dtype}.")
    table = _choose(events, starts, freq)
    by = "name" if table["name"].nunique() <= MAX_NAMES else "kind"
    names = list(dict.fromkeys(table[by]))[: len(ascii_lowercase)]
    letters = dict(zip(names, ascii_lowercase, strict=False))
    if len(names) == 1 and len(table) > 1:
        letters = {names[0]: ""}
    marks = [
        EventMark(left, right, letters.get(name, ""))
        for left, right, name in zip(table["left"], table["right"], table[by], strict=True)
    ]
    entries = [
        Entry(
            "event",
            f"{letters[name]} {_worded(table[table[by] == name], name, freq)}".strip(),
            "accent",
        )
        for name in names
    ]
    return marks, entries


def _choose(events: pd.DataFrame, starts: Dates, freq: str) -> pd.DataFrame:
    """Place the events that lie on the axis, but for what returns too often for it."""
    table = events[events["date"].notna()].sort_values(["date", "name"], kind="stable")
    left = place_days(table["date"], starts, freq)
    right = place_days(table["date_end"].fillna(table["date"]), starts, freq)
    first, last = -0.5, len(starts) - 0.5
    table = table.assign(left=np.maximum(left, first), right=np.minimum(right, last))
    table = table[(right >= first) & (left <= last)]
    times = table["kind"].map(table["kind"].value_counts())
    often = times > max(MAX_EVENTS, min(len(starts) / 3, 2 * MAX_EVENTS))
    return table[(table["kind"] == "") | ~often]


def place_days(days: pd.Series, starts: Dates, freq: str) -> NDArray[np.float64]:
    """Place days on an axis on which period i reaches from i - 0.5 to i + 0.5.

    Parameters
    ----------
    days : Series of datetime64
    starts : ndarray of datetime64, shape (n_periods,)
    freq : str
        Length of the last period.

    Returns
    -------
    ndarray of float
        NaN for NaT; days outside are beyond the edges.
    """
    bounds = np.append(starts.astype("datetime64[D]"), next_period(starts[-1:], freq)).astype(float)
    at = days.to_numpy().astype("datetime64[D]")
    when = np.where(np.isnat(at), np.nan, at.astype(float))
    places = np.interp(when, bounds, np.arange(len(bounds)) - 0.5)
    places = np.where(when < bounds[0], -1.0, places)
    return np.where(when >= bounds[-1], float(len(starts)), places)


def draw_events(
    axes: Axes, marks: Sequence[EventMark], *, width: float, at: float = 1.0, rise: float = 2.4
) -> None:
    """Draw events behind the data; a letter without room above is left out, its line is not.

    Parameters
    ----------
    axes : Axes
    marks : sequence of EventMark
        From left to right.
    width : float
        Of the axes, in inches.
    at : float, default 1
        Height of the letters, 1 for the upper edge of the axes.
    rise : float, default 2.4
        How far above that, in points.
    """
    first, last = axes.get_xlim()
    room = width / (last - first)
    gaps = np.diff([mark.left for mark in marks]) * room
    height = _TICK if len(gaps) and float(np.median(gaps)) < _CLOSE else 1.0
    pale, free = tint(COLOURS["accent"], 0.55), -1.0
    for mark in marks:
        if (mark.right - mark.left) * room > _THIN:
            face = tint(COLOURS["accent"], 0.16)
            axes.axvspan(mark.left, mark.right, color=face, linewidth=0, zorder=0.2)
        else:
            axes.axvline(mark.left, 1 - height, 1, color=pale, linewidth=0.6, zorder=0.7)
        size = text_width(mark.letter, LETTER)
        middle = ((mark.left + mark.right) / 2 - first) * room
        left = min(max(middle - size / 2, 0.0), width - size)
        if mark.letter and left > free:
            free = left + size + 0.02
            axes.annotate(
                mark.letter,
                (left / width, at),
                xycoords="axes fraction",
                xytext=(0, rise),
                textcoords="offset points",
                va="baseline",
                fontsize=LETTER,
                color=COLOURS["accent"],
                annotation_clip=False,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
            )


def _worded(events: pd.DataFrame, name: str, freq: str) -> str:
    """Name events with when they were; of many of a kind, with how many there are."""
    if len(events) > 1:
        return drawable(f"{name} ({len(events)} times)")
    event = events.iloc[0]
    unit = "Y" if parse_freq(freq)[0] == "Y" else "M"
    days = [day for day in (event["date"], event["date_end"]) if not pd.isna(day)]
    labels = list(dict.fromkeys(period_label(day, unit) for day in days))
    said = ("–" if unit == "Y" else " to ").join(labels)
    if str(days[0].year) in name:
        # "Two Sessions 2024 (Mar)", "presidential election 1860": the year is said once.
        said = f"({said.replace(f' {days[0].year}', '')})" if unit == "M" else ""
    return drawable(f"{name} {said}".strip())
