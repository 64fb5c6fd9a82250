"""First and last seen: one row an item, from its first document in the corpus to its last."""

import re
from datetime import date
from math import ceil, floor

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable, text_width
from watchwords.charts.marks import draw_points
from watchwords.charts.rows import Column, Rows, draw_scale, lay_rows
from watchwords.charts.style import COLOURS, SMALL, WIDTH, chart_style, tint
from watchwords.charts.tables import require_columns
from watchwords.errors import SchemaError, WatchwordsError
from watchwords.periods import period_label

_COLUMNS = ("label", "first_seen", "last_seen", "n_docs")
_USE = re.compile(r"\d{4}(-\d{2}){0,2}")
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
# A mark for what lies outside the corpus stands this far beside its edge, in inches.
_BESIDE = 0.06
# Spans below this many years have their dates written with the month.
_SHORT = 8
_YEAR = 4  # letters of a date that is known to the year only
# A figure below this width, in inches, has no room for all columns.
_NARROW = 4.5


def plot_first_seen(
    table: pd.DataFrame,
    *,
    coverage_start: date | str,
    coverage_end: date | str | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw when each item is first and last seen in the corpus.

    What is first seen where the corpus begins may be older: the line at the left says where that
    is. A diamond marks the first use known from elsewhere; one before the corpus begins stands
    at the edge.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``label`` (str), ``first_seen`` and ``last_seen`` (datetime64; NaT where there is
        no dated document), ``n_docs`` (int) and, if known, ``first_precision`` and
        ``last_precision`` ("year" is never written with a month), ``first_use`` (str: a year, a
        month as 2016-01, or a day; "" where unknown). It is not changed.
    coverage_start : date or str
        Date of the first document.
    coverage_end : date or str, optional
        Date of the last one; default the latest ``last_seen``.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved. Rows are sorted by first seen, then by label; what is never seen
        is at the bottom.

    Raises
    ------
    SchemaError
        If a column is absent or no date.
    WatchwordsError
        If there are no rows, or coverage has no dates or ends before it begins.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "label": ["internet", "railroads"],
    ...         "first_seen": pd.to_datetime(["1997-02-04", "1830-12-06"]),
    ...         "last_seen": pd.to_datetime(["2024-03-07", "1962-01-11"]),
    ...         "n_docs": [14, 95],
    ...     }
    ... )
    >>> figure = plot_first_seen(table, coverage_start="1790-01-08", coverage_end="2026-02-24")
    >>> [text.get_text() for text in figure.texts if text.get_text() in set(table["label"])]
    ['railroads', 'internet']
    """
    require_columns(table, _COLUMNS, "table")
    for name in ("first_seen", "last_seen"):
        if not pd.api.types.is_datetime64_dtype(table[name]):
            raise SchemaError(f"the column `{name}` of `table` holds {table[name].dtype}, no dates")
    latest = table["last_seen"].max()
    limits = coverage_limits(coverage_start, latest if coverage_end is None else coverage_end)
    start, end = years_of(limits)
    shown = table.sort_values(["first_seen", "label"], kind="stable", na_position="last")
    uses = [_parse_use(text) for text in shown.get("first_use", pd.Series("", shown.index))]
    exact = ["year" if len(str(text)) == _YEAR else "" for text in shown.get("first_use", uses)]
    shown = shown.assign(first_use=np.array(uses, "datetime64[s]"), use_precision=exact)
    freq = "M" if end - start < _SHORT else "Y"
    with chart_style():
        rows = lay_rows(
            [drawable(label) for label in shown["label"]],
            _columns(shown, freq=freq, narrow=width < _NARROW),
            width=width,
            limits=(start, end),
            entries=_key(shown),
        )
        draw_scale(rows, date_ticks(rows, limits), strong=(start, end))
        first, last, use = (years_of(shown[n]) for n in ("first_seen", "last_seen", "first_use"))
        for i, y in enumerate(rows.heights):
            _draw_span(rows.axes, y, (first[i], last[i]))
            _draw_use(rows, y, use[i])
    return rows.figure


def coverage_limits(first: date | str, last: date | str) -> pd.Series:
    """Read where the corpus begins and ends.

    Parameters
    ----------
    first, last : date or str

    Returns
    -------
    Series of datetime64
        The two.

    Raises
    ------
    WatchwordsError
        If one is no date, or the corpus ends before it begins.
    """
    limits = pd.to_datetime(pd.Series([first, last]), errors="coerce")
    if not limits[0] < limits[1]:
        shown = " to ".join(str(day) for day in (first, last))
        raise WatchwordsError(
            f"coverage is {shown}; `coverage_start` and `coverage_end` are two dates, the earlier "
            "one first."
        )
    return limits


def years_of(dates: pd.Series) -> NDArray[np.float64]:
    """Turn dates into years with a fraction; NaN where there is none.

    Examples
    --------
    >>> years_of(pd.Series(pd.to_datetime(["2021-01-01", None]))).tolist()
    [2021.0, nan]
    """
    year = dates.dt.year.to_numpy(float)
    day = dates.dt.day_of_year.to_numpy(float)
    return np.asarray(year + (day - 1) / (365 + dates.dt.is_leap_year.to_numpy(float)))


def _parse_use(text: object) -> np.datetime64:
    """Read a year, a month or a day, whose first day stands for it; NaT for anything else."""
    known = isinstance(text, str) and _USE.fullmatch(text)
    return np.datetime64(str(text) if known else "NaT", "s")


def _words(days: pd.Series, freq: str, yearly: pd.Series) -> list[str]:
    """Name days by month, or by year where no more is known of them."""
    return [
        "" if pd.isna(day) else period_label(day, "Y" if year else freq)
        for day, year in zip(days, yearly, strict=True)
    ]


def _yearly(shown: pd.DataFrame, name: str) -> pd.Series:
    """Tell which dates are known to the year only."""
    exact = {"first_use": "use_precision"}.get(name, name.replace("_seen", "_precision"))
    if exact in shown:
        return shown[exact] == "year"
    return pd.Series(False, shown.index)


def _columns(shown: pd.DataFrame, *, freq: str, narrow: bool) -> list[Column]:
    blank = ["no date" if n else "not found" for n in shown["n_docs"]]
    days = ("first_use", "first_seen", "last_seen")
    words = {name: _words(shown[name], freq, _yearly(shown, name)) for name in days}
    first = [word or none for word, none in zip(words["first_seen"], blank, strict=True)]
    known = [Column("known use", words["first_use"])] if any(words["first_use"]) else []
    columns = [*known, Column("first seen", first), Column("last seen", words["last_seen"])]
    documents = Column("documents", [f"{n:,}" for n in shown["n_docs"]])
    return [Column("first seen", first), documents] if narrow else [*columns, documents]


def _key(shown: pd.DataFrame) -> list[Entry]:
    entries = [Entry("dot", "first seen in this corpus", "watched")]
    if (shown["last_seen"] > shown["first_seen"]).any():
        entries.append(Entry("line", "to last seen", tint(COLOURS["watched"], 0.55)))
    if shown["first_use"].notna().any():
        entries.append(Entry("mark", "first use known from elsewhere", "accent"))
    return entries


def date_ticks(rows: Rows, limits: pd.Series) -> list[tuple[float, str]]:
    """Choose the years to be named on a scale that reaches over the corpus, and name its ends.

    Parameters
    ----------
    rows : Rows
        Its scale has years.
    limits : Series of datetime64
        From `coverage_limits`.

    Returns
    -------
    list of (float, str)
    """
    start, end = rows.axes.get_xlim()
    freq = "M" if end - start < _SHORT else "Y"
    ends = [period_label(day, freq) for day in limits]
    room = rows.inches / (end - start)
    step = next((step for step in _STEPS if step * room > 0.5), _STEPS[-1])
    # A round year beside an end of the corpus would be written over it.
    free = [
        (text_width(text, SMALL) + text_width("2000", SMALL) / 2 + 0.08) / room for text in ends
    ]
    years = range(ceil(start + free[0]), floor(end - free[1]) + 1)
    ticks = [(float(year), str(year)) for year in years if year % step == 0]
    return [(start, ends[0]), *ticks, (end, ends[1])]


def _draw_span(axes: Axes, y: float, span: tuple[float, float]) -> None:
    first, last = span
    if np.isnan(first):
        return
    pale = tint(COLOURS["watched"], 0.55)
    axes.hlines(y, first, last, color=pale, linewidth=1.5, zorder=2, clip_on=False)
    axes.vlines(last, y - 0.035, y + 0.035, color=pale, linewidth=1.5, zorder=2, clip_on=False)
    draw_points(axes, first, y, colour=COLOURS["watched"], size=4.6)


def _draw_use(rows: Rows, y: float, use: float) -> None:
    if np.isnan(use):
        return
    start, end = rows.axes.get_xlim()
    beside = _BESIDE * (end - start) / rows.inches
    x, marker = use, "D"
    if use < start:
        x, marker = start - beside, "<"
    elif use > end:
        x, marker = end + beside, ">"
    size = 4 if marker == "D" else 5
    draw_points(rows.axes, x, y, colour=COLOURS["accent"], size=size, marker=marker, rim=True)
