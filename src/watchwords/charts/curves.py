"""Small multiples of fitted changes: the curve, and when it began and ended."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.events import place_days
from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable
from watchwords.charts.marks import draw_points
from watchwords.charts.multiples import Axis, Series, draw_multiples
from watchwords.charts.onsets import name_window
from watchwords.charts.panels import percent_labels, round_top
from watchwords.charts.style import COLOURS, WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_choice, require_columns, require_rows
from watchwords.charts.timeaxis import infer_freq
from watchwords.periods import Dates, next_period, period_range, period_word

_CURVE = ("item", "period", "n_docs_total", "score", "observed", "fitted", "low", "high")
_DATES = ("onset", "onset_low", "onset_high", "end", "end_low", "end_high")
_SCORES = ("presence", "damped")


def plot_curves(
    curve: pd.DataFrame,
    trends: pd.DataFrame,
    *,
    freq: str,
    items: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    score: str = "presence",
    columns: int = 3,
    events: pd.DataFrame | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw the fitted change of each item over what was observed, with when it began and ended.

    The shaded span is the 95 % set of the onset: the change may have begun in any period of it,
    and a narrow one does not make it sharp. The strong upright line is the end. All panels share
    both axes. The curve is the simplest shape that the data do not contradict, not a forecast.

    Parameters
    ----------
    curve : pandas.DataFrame
        ``curve`` of `watchwords.fit_trends`; it is not changed.
    trends : pandas.DataFrame
        Its ``table``: direction, onset and end of each item, with their sets.
    freq : str
        Length of a period of the tests.
    items : sequence of str, optional
        The items to draw, in this order; default all of `score`.
    labels : mapping of str to str, optional
        Titles of items; an item without one is its own title.
    score : {"presence", "damped"}, default "presence"
        Share of documents; or mean of log2(1 + occurrences), the score of items in most
        documents. The two do not share an axis.
    columns : int, default 3
        At most so many panels in a row.
    events : pandas.DataFrame, optional
        Dated events, as in `plot_rates`.
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
    WatchwordsError
        If no item has a curve of that score, or an item is unknown.

    Examples
    --------
    >>> from watchwords import fit_trends
    >>> from watchwords.simulate import simulate_scores
    >>> corpus = simulate_scores({"step up": 1, "flat": 3}, n_docs=1500, seed=3)
    >>> trends = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    >>> figure = plot_curves(trends.curve, trends.table, freq="Y")
    >>> [panel.get_title(loc="left") for panel in figure.axes]
    ['step up 0']
    """
    require_choice(score, _SCORES, "score")
    require_columns(curve, _CURVE, "curve")
    require_columns(trends, ("item", "direction", *_DATES), "trends")
    drawn = require_rows(curve[curve["score"] == score], "curve")
    known = list(dict.fromkeys(drawn["item"]))
    wanted = list(known if items is None else items)
    for item in wanted:
        require_choice(item, known, "items")
    judged = {row["item"]: row for _, row in trends.iloc[::-1].iterrows()}
    starts = np.unique(drawn["period"].to_numpy().astype("datetime64[D]"))
    named = labels or {}
    series = [
        _read(drawn[drawn["item"] == item], starts, judged[item], freq=freq) for item in wanted
    ]
    series = [
        Series(one.item, drawable(named.get(one.item, one.item)), one.note, one.table)
        for one in series
    ]
    with chart_style():
        return draw_multiples(
            series,
            _axis(series, starts, score=score, events=events, unit=_unit(starts, freq)),
            lambda axes, one, spacing: _draw(
                axes, one, spacing, judged=judged[one.item], starts=starts, freq=freq
            ),
            entries=_key(pd.DataFrame([judged[item] for item in wanted]), score),
            width=width,
            height=0.9,
            columns=columns,
        )


def _read(part: pd.DataFrame, starts: Dates, judged: pd.Series, *, freq: str) -> Series:
    table = part.set_index(part["period"].astype("datetime64[s]"))
    table = table.reindex(pd.DatetimeIndex(starts.astype("datetime64[s]")))
    total = table["n_docs_total"].fillna(0).astype("int64")
    item = str(part["item"].iloc[0])
    # Only periods that are over were tested.
    return Series(
        item, item, _set_words(judged, freq), table.assign(n_docs_total=total, complete=True)
    )


def _set_words(judged: pd.Series, freq: str) -> str:
    """Word the set of the onset or, of what only ends, of the end."""
    for name, word in (("onset", "from"), ("end", "until")):
        low, high = judged[f"{name}_low"], judged[f"{name}_high"]
        if not pd.isna(low) and not pd.isna(high):
            return f"{word} {name_window(low, high, freq, ends=name == 'end')}"
    return ""


def _axis(
    series: Sequence[Series],
    starts: Dates,
    *,
    score: str,
    events: pd.DataFrame | None,
    unit: str,
) -> Axis:
    values = [one.table[["observed", "fitted", "high"]].to_numpy(float) for one in series]
    top = round_top(max(float(np.nan_to_num(value).max()) for value in values))
    if score == "presence":
        top = min(top, 1.0)
    labels = percent_labels(top) if score == "presence" else ["0", f"{top / 2:,g}", f"{top:,g}"]
    return Axis(starts, infer_freq(pd.Series(starts)), top, labels, events, unit)


def _unit(starts: Dates, freq: str) -> str:
    """Name what a point stands for: the tests of a long axis take several periods together."""
    if len(starts) < 2:
        return period_word(freq, 1)
    nearest = int(np.argmin(np.diff(starts.astype("datetime64[D]")).astype(int)))
    joined = len(period_range(starts[nearest], starts[nearest + 1], freq)) - 1
    return period_word(freq, 1) if joined == 1 else f"{joined} {period_word(freq, joined)}"


def _key(judged: pd.DataFrame, score: str) -> list[Entry]:
    what = {"presence": "share of documents", "damped": "mean of log2(1 + occurrences)"}[score]
    entries = [
        Entry("dot", f"{what}, observed", "flat"),
        Entry("line", "fitted, with its 95\u202f% interval", "ink"),
    ]
    if judged["onset_low"].notna().any():
        entries.append(Entry("band", "began here: 95\u202f% set of the onset", "watched"))
    if judged["end"].notna().any():
        entries.append(Entry("tick", "ended here", "ink"))
    return entries


def _draw(
    axes: Axes, one: Series, spacing: float, *, judged: pd.Series, starts: Dates, freq: str
) -> None:
    way = judged["direction"]
    colour = colour_of(way if way in {"up", "down"} else "watched")
    x = np.arange(len(starts))
    observed, fitted, low, high = (
        one.table[name].to_numpy(float) for name in ("observed", "fitted", "low", "high")
    )
    size = min(max(0.5 * spacing, 1.4), 3.0)
    draw_points(axes, x, observed, colour=COLOURS["flat"], size=size)
    top = axes.get_ylim()[1]
    axes.fill_between(
        x,
        np.minimum(low, top),
        np.minimum(high, top),
        color=tint(colour, 0.2),
        linewidth=0,
        zorder=1,
    )
    # Expected counts can exceed the documents; a share cannot.
    axes.plot(x, np.minimum(fitted, top), color=colour, linewidth=1.3, zorder=3, clip_on=False)
    span = _onset_span(judged, starts, freq)
    if span is not None:
        axes.axvspan(*span, color=tint(COLOURS["watched"], 0.22), linewidth=0, zorder=0.3)
    end = place_days(pd.Series([judged["end"]]), starts, freq)[0]
    if not np.isnan(end):
        axes.vlines(end, 0, 0.22 * top, color=COLOURS["ink"], linewidth=1.2, zorder=4)


def _onset_span(judged: pd.Series, starts: Dates, freq: str) -> NDArray[np.float64] | None:
    """Place the set of the onset: to the end of its last period."""
    low, high = judged["onset_low"], judged["onset_high"]
    if pd.isna(low) or pd.isna(high):
        return None
    until = next_period(np.array([high], "datetime64[D]"), freq).astype("datetime64[s]")[0]
    places = place_days(pd.Series([low, pd.Timestamp(until)]), starts, freq)
    return np.clip(places, -0.5, len(starts) - 0.5)
