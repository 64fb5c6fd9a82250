"""Documents by source, issuer or any other column, and by period: who is there, and when."""

from datetime import date

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.cells import documents_in, draw_cells
from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable
from watchwords.charts.placed import Placed, place_documents
from watchwords.charts.rows import Column, Rows, lay_rows
from watchwords.charts.style import WIDTH, chart_style
from watchwords.charts.tables import require_columns
from watchwords.charts.timeaxis import write_periods
from watchwords.floors import count_of
from watchwords.periods import period_word

_CELL = 0.155
NOT_NAMED = "not named"


def plot_groups(
    documents: pd.DataFrame,
    *,
    by: str,
    freq: str,
    as_of: date | None = None,
    top: int = 12,
    width: float = WIDTH,
) -> Figure:
    """Draw the documents of each group, such as a source, in each period.

    The groups with the most documents have a row each, the others share the last one. A row
    begins with the first document of its group and ends with the last: what is empty outside is
    not a silence of that group, but the edge of what was collected. A change in what the whole
    corpus says may be no more than one source coming or going.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents, with ``date``, ``date_precision``, ``duplicate_of`` and the column `by`,
        where "" stands for unknown. It is not changed.
    by : str
        The column whose values are the groups, such as "source" or "issuer".
    freq : str
        Length of a period: "W", "M", "Q", "Y" or a number of years such as "10Y".
    as_of : datetime.date, optional
        The day of judgement: a period that had not ended then is drawn hollow.
    top : int, default 12
        Groups with a row of their own.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved. Rows are sorted by the number of documents, then by name.

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
    ...         "date": pd.to_datetime(["2021-11-01", "2022-01-05", "2022-01-20"]),
    ...         "date_precision": "day",
    ...         "duplicate_of": "",
    ...         "source": ["新华网", "Daily", "新华网"],
    ...     }
    ... )
    >>> figure = plot_groups(documents, by="source", freq="M")
    >>> [text.get_text() for text in figure.texts if text.get_text() in {"新华网", "Daily"}]
    ['新华网', 'Daily']
    """
    require_columns(documents, (by,), "documents")
    placed = place_documents(documents, freq, as_of=as_of)
    groups = _group(placed.table[by], top)
    n_periods = len(placed.starts)
    counts = np.zeros((len(groups), n_periods), np.int64)
    for row, (_, members) in enumerate(groups):
        inside = placed.table[by].isin(members)
        counts[row] = np.bincount(placed.table.loc[inside, "place"], minlength=n_periods)
    with chart_style():
        rows = lay_rows(
            [drawable(name) for name, _ in groups],
            [Column("documents", [f"{n:,}" for n in counts.sum(axis=1)])],
            width=width,
            limits=(0, n_periods),
            entries=_key(placed, counts, freq=freq),
        )
        _draw_rows(rows, placed, counts)
        write_periods(rows, placed.starts, freq)
    return rows.figure


def _group(values: pd.Series, top: int) -> list[tuple[str, list[str]]]:
    """Name the groups, largest first, each with its values; the rest share the last one."""
    counted = values.value_counts()
    ordered = sorted(counted.index, key=lambda value: (-int(counted[value]), value))
    groups = [(value or NOT_NAMED, [value]) for value in ordered]
    if len(groups) <= top:
        return groups
    return [*groups[: top - 1], (f"other ({len(groups) - top + 1:,})", ordered[top - 1 :])]


def _draw_rows(rows: Rows, placed: Placed, counts: NDArray[np.int64]) -> None:
    at_row, at = [], []
    for row, numbers in enumerate(counts):
        inside = np.arange(*_ends(numbers))
        at_row += [row] * len(inside)
        at += inside.tolist()
    row_of, column = np.array(at_row), np.array(at)
    tops = np.array(rows.heights)[row_of] - _CELL / 2
    room = rows.inches / len(placed.starts)
    draw_cells(
        rows.axes,
        (column.astype(float), tops),
        size=(1.0, _CELL),
        room=room,
        counts=counts[row_of, column],
        running=~placed.complete[column],
        most=int(counts.max()),
    )


def _ends(numbers: NDArray[np.int64]) -> tuple[int, int]:
    """Where a row begins, and one beyond where it ends."""
    seen = np.flatnonzero(numbers)
    return int(seen[0]), int(seen[-1]) + 1


def _key(placed: Placed, counts: NDArray[np.int64], *, freq: str) -> list[Entry]:
    one = period_word(freq, 1)
    entries = [Entry("cells", documents_in(counts, one))]
    if any((numbers[slice(*_ends(numbers))] == 0).any() for numbers in counts):
        entries.append(Entry("gap", "none, between the first and the last"))
    if not placed.complete.all():
        entries.append(Entry("frame", f"{one} not over yet", "incomplete"))
    lacking = placed.n_docs - len(placed.table)
    if lacking:
        what = count_of(lacking, "document")
        entries.append(Entry("", f"not shown: {what} without a date as fine as a {one}"))
    return entries
