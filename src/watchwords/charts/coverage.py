"""Coverage: how many documents there are in each period, and where there are none."""

from datetime import date

import pandas as pd
from matplotlib.figure import Figure

from watchwords.charts.key import LINE_HEIGHT, Entry, draw_key, key_lines
from watchwords.charts.lettering import add_axes, blank_figure, text_width
from watchwords.charts.marks import draw_bars
from watchwords.charts.panels import draw_frame, draw_gaps, draw_ticks, round_top
from watchwords.charts.placed import Placed, place_documents
from watchwords.charts.style import COLOURS, SMALL, WIDTH, chart_style
from watchwords.charts.timeaxis import pick_ticks
from watchwords.floors import count_of
from watchwords.periods import period_word

_FOOT = 0.2
_RIGHT = 0.035
_WIDEST = 0.12


def plot_coverage(
    documents: pd.DataFrame,
    *,
    freq: str,
    as_of: date | None = None,
    height: float = 1.0,
    width: float = WIDTH,
) -> Figure:
    """Draw the number of documents in each period.

    It is to be read before any other chart: a period without documents, tinted here, is a silence
    of the corpus and not of those who wrote. Documents without a date, or with one too coarse for
    the period, are counted in the last line and not drawn; duplicates are not counted.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents, with ``date``, ``date_precision`` and ``duplicate_of``. It is not changed.
    freq : str
        Length of a period: "W", "M", "Q", "Y" or a number of years such as "10Y".
    as_of : datetime.date, optional
        The day of judgement: a period that had not ended then is drawn hollow.
    height : float, default 1.0
        Height of the bars' room in inches.
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
    ...         "date": pd.to_datetime(["2021-05-01", "2023-01-01", None]),
    ...         "date_precision": ["day", "day", "none"],
    ...         "duplicate_of": "",
    ...     }
    ... )
    >>> figure = plot_coverage(documents, freq="Y")
    >>> [int(bar.vertices[:, 1].max()) for bar in figure.axes[0].collections[0].get_paths()]
    [1, 0, 1]
    """
    placed = place_documents(documents, freq, as_of=as_of)
    starts, counts = placed.starts, placed.counts
    with chart_style():
        lines = key_lines(_key(placed, freq), width)
        top = round_top(int(counts.max()))
        labels = [f"{value:,g}" for value in ([0, top] if top % 2 else [0, top / 2, top])]
        left = text_width(labels[-1], SMALL) + 0.05
        inches = width - left - _RIGHT
        figure = blank_figure(width, len(lines) * LINE_HEIGHT + 0.09 + height + _FOOT)
        draw_key(figure, lines, float(figure.get_size_inches()[1]))
        axes = add_axes(figure, left, _FOOT, width=inches, height=height)
        axes.set_xlim(-0.5, len(starts) - 0.5)
        draw_frame(axes, top, labels, first_column=True)
        draw_gaps(axes, counts == 0)
        draw_bars(
            axes,
            counts,
            width=min(0.72, _WIDEST * len(starts) / inches),
            colours=(COLOURS["flat"], COLOURS["incomplete"]),
            hollow=~placed.complete,
        )
        ticks = pick_ticks(starts, freq, inches)
        draw_ticks(axes, ticks, width=inches, n_periods=len(starts), drop=0.0)
    return figure


def _key(placed: Placed, freq: str) -> list[Entry]:
    n_periods = len(placed.starts)
    one, many = period_word(freq, 1), period_word(freq, n_periods)
    entries = [Entry("bars", f"documents per {one}")]
    empty = int((placed.counts == 0).sum())
    if empty:
        entries.append(Entry("gap", f"no documents: {empty:,} of {n_periods:,} {many}"))
    if not placed.complete.all():
        entries.append(Entry("frame", f"{one} not over yet", "incomplete"))
    lacking = placed.n_docs - len(placed.table)
    if lacking:
        lack = f"{lacking:,} of {count_of(placed.n_docs, 'document')} not drawn"
        entries.append(Entry("", f"{lack}: no date as fine as a {one}"))
    return entries
