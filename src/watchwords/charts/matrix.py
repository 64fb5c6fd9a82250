"""Items by period as a heat matrix: documents with the item as numbers, their share as colour."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.cells import draw_cells, write_number
from watchwords.charts.key import Entry
from watchwords.charts.lettering import text_width
from watchwords.charts.multiples import Series, read_series
from watchwords.charts.rows import Column, Rows, lay_rows
from watchwords.charts.style import COLOURS, WIDTH, chart_style
from watchwords.charts.timeaxis import write_periods
from watchwords.periods import period_word
from watchwords.schema import check_table

_CELL = 0.155
_NUMBER = 6.0
_PALEST, _DARKEST = 0.1, 0.92


def plot_matrix(
    rates: pd.DataFrame,
    *,
    items: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    freq: str | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw items by period: in each cell the documents with the item, darker for a larger share.

    The number is a count, because a share of few documents misleads; the first row has the
    documents of each period, so that both can be read. A dash is a silence (no document of the
    period has the item); a period without documents has no cell; one that is not over is hollow.
    Where cells are too narrow for numbers the colour is left.

    Parameters
    ----------
    rates : pandas.DataFrame
        The table ``rates`` of `watchwords.period_rates`; it is not changed.
    items : sequence of str, optional
        The items to draw, in this order; default all, in the order of the table.
    labels : mapping of str to str, optional
        Names of items; an item without one is its own name.
    freq : str, optional
        Length of a period; default the smallest distance between two periods.
    width : float, default 6.5
        Width of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        Neither shown nor saved.

    Raises
    ------
    SchemaError
        If `rates` is not a table of rates.
    WatchwordsError
        If there is nothing to draw, or an item is unknown.

    Examples
    --------
    >>> from watchwords import period_rates
    >>> from watchwords.simulate import simulate_scores
    >>> corpus = simulate_scores({"rising": 1, "burst": 1}, n_docs=400, seed=1)
    >>> rates = period_rates(corpus.scores, corpus.documents, freq="Y")
    >>> figure = plot_matrix(rates, labels={"rising 0": "Rising"})
    >>> [text.get_text() for text in figure.texts if text.get_text() in {"Rising", "burst 0"}]
    ['Rising', 'burst 0']
    """
    check_table("rates", rates)
    with chart_style():
        starts, freq, series = read_series(rates, items=items, labels=labels, freq=freq)
        alike = len({tuple(one.table["n_docs_total"]) for one in series}) == 1
        names = ["all documents"] * alike + [one.title for one in series]
        totals = [f"{_k(one).sum():,}" for one in series]
        every = [f"{series[0].table['n_docs_total'].sum():,}"] * alike
        rows = lay_rows(
            names,
            [Column("documents", [*every, *totals])],
            width=width,
            limits=(0, len(starts)),
            entries=_key(series, freq),
            split=1 if alike else None,
        )
        write_periods(rows, starts, freq)
        if alike:
            _write_totals(rows, series[0].table["n_docs_total"].to_numpy())
        for y, one in zip(rows.heights[int(alike) :], series, strict=True):
            _draw_row(rows, y, one)
    return rows.figure


def _k(one: Series) -> NDArray[np.int64]:
    return np.asarray(one.table["n_docs"].to_numpy(np.int64))


def _draw_row(rows: Rows, y: float, one: Series) -> None:
    silent = np.flatnonzero(one.has_documents() & (_k(one) == 0))
    rows.axes.hlines(
        np.full(len(silent), y), silent + 0.36, silent + 0.64, color=COLOURS["muted"], linewidth=0.8
    )
    there = np.flatnonzero(_k(one))
    share = np.nan_to_num(one.table["share"].to_numpy(float)[there])
    draw_cells(
        rows.axes,
        (there.astype(float), np.full(len(there), y - _CELL / 2)),
        size=(1.0, _CELL),
        room=rows.inches / len(one.table),
        counts=_k(one)[there],
        running=~one.joined()[there],
        most=1,
        strengths=list(_PALEST + (_DARKEST - _PALEST) * share),
    )


def _write_totals(rows: Rows, totals: NDArray[np.int64]) -> None:
    room = rows.inches / len(totals)
    if max(text_width(str(n), _NUMBER) for n in totals) + 0.03 > room:
        return
    for place, n in enumerate(totals):
        write_number(rows.axes, (place + 0.5, rows.heights[0]), str(n) if n else "")


def _key(series: Sequence[Series], freq: str) -> list[Entry]:
    one = period_word(freq, 1)
    entries = [Entry("cells", f"documents with the item, darker for a larger share of the {one}")]
    if any((_k(each)[each.has_documents()] == 0).any() for each in series):
        entries.append(Entry("", "dash: none"))
    if any((each.has_documents() & ~each.joined()).any() for each in series):
        entries.append(Entry("frame", f"{one} not over yet", COLOURS["incomplete"]))
    return entries
