"""Calendar of a corpus: a cell for each period, in rows that a reader knows from calendars."""

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.cells import (
    NUMBER,
    documents_in,
    draw_cells,
    short_count,
    write_number,
)
from watchwords.charts.key import LINE_HEIGHT, Entry, draw_key, key_lines
from watchwords.charts.lettering import add_axes, blank_figure, text_width
from watchwords.charts.placed import Placed, place_documents
from watchwords.charts.style import COLOURS, SMALL, WIDTH, chart_style
from watchwords.floors import count_of
from watchwords.periods import Dates, parse_freq, period_word

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKS = 53
# What is known only of documents that no period can be given.
_COARSE = ("year only", "coarser")
_HEAD = 0.15
_BETWEEN = 0.22
_AFTER_LABEL = 0.06
_WIDEST = 0.56
# Heights of a row in inches; the first that keeps the grid within its height is taken.
_ROWS = (0.17, 0.15, 0.13, 0.11)


@dataclass(frozen=True)
class _Sheet:
    """Where each period stands: its row and column, and what rows and columns are called."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    rows: list[str]
    columns: list[str]


@dataclass(frozen=True)
class _Blocks:
    """The rows broken into blocks side by side, in inches."""

    n_rows: int
    row: float
    cell: float
    label: float
    extra: float
    pitch: float


def plot_calendar(
    documents: pd.DataFrame,
    *,
    freq: str,
    as_of: date | None = None,
    height: float = 3.4,
    width: float = WIDTH,
) -> Figure:
    """Draw the documents of each period as a calendar: months by years, or years by decades.

    What to look at before any other chart. A cell is darker where there are more documents, with
    their number where it fits; a period without any, between the first and the last, is marked
    with a dash: a silence of the corpus, not of those who wrote. What is dated, but not as
    finely, stands in a column of its own; what is not dated is in the key. Duplicates are not
    counted.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents, with ``date``, ``date_precision`` and ``duplicate_of``. It is not changed.
    freq : str
        Length of a period: "W" (a row is a year), "M", "Q" (a year), "Y" (a decade) or a number
        of years such as "10Y" (ten of them).
    as_of : datetime.date, optional
        The day of judgement: a period that had not ended then is drawn hollow.
    height : float, default 3.4
        Of the grid in inches, roughly; longer calendars are set in blocks side by side.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved.

    Raises
    ------
    SchemaError
        If a column is absent.
    TooFewDocumentsError
        If no document has a date fine enough for `freq`.

    Examples
    --------
    >>> documents = pd.DataFrame(
    ...     {
    ...         "date": pd.to_datetime(["2021-11-01", "2022-01-05", "2022-01-20", None]),
    ...         "date_precision": ["day", "day", "day", "none"],
    ...         "duplicate_of": "",
    ...     }
    ... )
    >>> figure = plot_calendar(documents, freq="M")
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_text().isdigit()]
    ['1', '2', '2021', '2022']
    """
    placed = place_documents(documents, freq, as_of=as_of)
    sheet = _lay_out(placed, freq)
    with chart_style():
        blocks = _break_rows(sheet, placed, height=height, width=width)
        lines = key_lines(_key(placed, freq), width)
        n_blocks = ceil(len(sheet.rows) / blocks.n_rows)
        body = blocks.n_rows * blocks.row
        figure = blank_figure(width, len(lines) * LINE_HEIGHT + 0.06 + _HEAD + body + 0.03)
        draw_key(figure, lines, float(figure.get_size_inches()[1]))
        axes = add_axes(figure, 0.0, 0.03, width=width, height=body)
        axes.set_xlim(0, width)
        axes.set_ylim(body, 0)
        block, line = np.divmod(sheet.row, blocks.n_rows)
        left = block * blocks.pitch + blocks.label + sheet.column * blocks.cell
        draw_cells(
            axes,
            (left, line * blocks.row),
            size=(blocks.cell, blocks.row),
            room=blocks.cell,
            counts=placed.counts,
            running=~placed.complete,
            most=int(placed.counts.max()),
        )
        for i in range(n_blocks):
            _write_head(axes, sheet, blocks, left=i * blocks.pitch, freq=freq)
        _write_rows(axes, sheet, blocks, coarse=_coarse_rows(placed, sheet))
    return figure


def _lay_out(placed: Placed, freq: str) -> _Sheet:
    unit, multiple = parse_freq(freq)
    years = _years(placed.starts)
    months = placed.starts.astype("datetime64[M]").astype(np.int64) % 12
    if unit == "W":
        # The ISO year and week of a week are those of its Thursday.
        thursday = placed.starts + np.timedelta64(3, "D")
        first = thursday.astype("datetime64[Y]").astype("datetime64[D]")
        row, column = _years(thursday), (thursday - first).astype(np.int64) // 7
        names = [""] * _WEEKS
        for month, name in enumerate(_MONTHS):
            names[round(month * 365 / 12 / 7)] = name
    elif unit == "M":
        row, column, names = years, months, list(_MONTHS)
    elif unit == "Q":
        row, column, names = years, months // 3, ["Q1", "Q2", "Q3", "Q4"]
    else:
        row, column = years // (10 * multiple), years % (10 * multiple) // multiple
        ends = [f"{multiple * i:02d}s" if multiple == 10 else f"+{multiple * i}" for i in range(10)]
        names = [str(i) for i in range(10)] if multiple == 1 else ends
    coarse = _years(placed.coarse["date"].to_numpy())
    first_row = int(min(row.min(), coarse.min(initial=row.min())))
    last_row = int(max(row.max(), coarse.max(initial=row.max())))
    length = 1 if unit != "Y" else 10 * multiple
    labels = [f"{length * i}{'s' if freq == 'Y' else ''}" for i in range(first_row, last_row + 1)]
    return _Sheet(row - first_row, column, labels, names)


def _years(days: Dates) -> NDArray[np.int64]:
    return np.asarray(days.astype("datetime64[Y]").astype(np.int64) + 1970)


def _coarse_rows(placed: Placed, sheet: _Sheet) -> list[int]:
    """Count, for each row, the documents of its year that no period can be given."""
    if placed.coarse.empty:
        return []
    years = _years(placed.coarse["date"].to_numpy()) - int(sheet.rows[0])
    return [int(n) for n in np.bincount(years, minlength=len(sheet.rows))]


def _break_rows(sheet: _Sheet, placed: Placed, *, height: float, width: float) -> _Blocks:
    """Choose as few blocks as keep the grid within its height, then rows as high as fit."""
    label = max(text_width(name, SMALL) for name in sheet.rows) + _AFTER_LABEL
    extra = text_width(_COARSE[0], SMALL) + 0.1 if len(placed.coarse) else 0.0
    n_columns, total = len(sheet.columns), len(sheet.rows)
    least = 0.11 if n_columns == _WEEKS else 0.2
    across = label + n_columns * least + extra + _BETWEEN
    most = max(int((width + _BETWEEN) / across), 1)
    wanted = next((n for n in range(1, most) if ceil(total / n) * _ROWS[0] <= height), most)
    n_rows = ceil(total / wanted)
    n_blocks = ceil(total / n_rows)
    row = next((size for size in _ROWS if n_rows * size <= height), _ROWS[-1])
    room = (width + _BETWEEN) / n_blocks - _BETWEEN - label - extra
    cell = min(room / n_columns, _WIDEST)
    pitch = label + n_columns * cell + extra + _BETWEEN
    return _Blocks(n_rows, row, cell, label, extra, pitch)


def _write_head(axes: Axes, sheet: _Sheet, blocks: _Blocks, *, left: float, freq: str) -> None:
    names = sheet.columns
    if len(names) == len(_MONTHS) and max(text_width(n, SMALL) for n in names) > blocks.cell - 0.04:
        names = [name[0] for name in names]
    for i, name in enumerate(names):
        # A week is too narrow for the name of a month, which begins there and runs on.
        align = "left" if len(names) == _WEEKS else "center"
        x = left + blocks.label + (i + (0.5 if align == "center" else 0.0)) * blocks.cell
        _write(axes, (x, 0.0), name, align=align, rise=0.04)
    if blocks.extra:
        x = left + blocks.label + len(names) * blocks.cell + blocks.extra
        _write(axes, (x, 0.0), _COARSE[freq == "W"], align="right", rise=0.04)


def _write_rows(axes: Axes, sheet: _Sheet, blocks: _Blocks, *, coarse: list[int]) -> None:
    for i, name in enumerate(sheet.rows):
        block, line = divmod(i, blocks.n_rows)
        left, y = block * blocks.pitch, (line + 0.5) * blocks.row
        _write(axes, (left + blocks.label - _AFTER_LABEL, y), name, align="right", rise=-0.033)
        if coarse and coarse[i]:
            x = left + blocks.pitch - _BETWEEN - text_width("0", NUMBER)
            write_number(axes, (x, y), short_count(coarse[i]))


def _write(axes: Axes, place: tuple[float, float], text: str, *, align: str, rise: float) -> None:
    axes.annotate(
        text,
        place,
        xytext=(0, 72 * rise),
        textcoords="offset points",
        ha=align,
        va="baseline",
        fontsize=SMALL,
        color=COLOURS["quiet"],
        annotation_clip=False,
    )


def _key(placed: Placed, freq: str) -> list[Entry]:
    n_periods = len(placed.starts)
    one, many = period_word(freq, 1), period_word(freq, n_periods)
    entries = [Entry("cells", documents_in(placed.counts, one))]
    empty = int((placed.counts == 0).sum())
    if empty:
        entries.append(Entry("gap", f"none: {empty:,} of {n_periods:,} {many}"))
    if not placed.complete.all():
        entries.append(Entry("frame", f"{one} not over yet", "incomplete"))
    if len(placed.coarse):
        rough = count_of(len(placed.coarse), "document")
        entries.append(Entry("", f"at the right: {rough} dated, but not to the {one}"))
    if placed.n_undated:
        entries.append(Entry("", f"not shown: {count_of(placed.n_undated, 'document')} undated"))
    return entries
