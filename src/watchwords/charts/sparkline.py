"""Sparklines: a series at the height of a line of text, for tables."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from watchwords.charts.lettering import add_axes, blank_figure
from watchwords.charts.marks import draw_points, is_alone
from watchwords.charts.style import COLOURS, chart_style, colour_of, tint
from watchwords.errors import WatchwordsError

_WIDTH, _HEIGHT = 24 / 25.4, 4.4 / 25.4
_EDGE = 0.03


def sparkline(
    values: ArrayLike,
    complete: ArrayLike,
    *,
    meaning: str = "watched",
    top: float | None = None,
) -> Figure:
    """Draw a series very small: its shape, from nought, without a scale.

    Sparklines of different tops cannot be compared in height; pass the same `top` to those that
    stand in one column.

    Parameters
    ----------
    values : array_like of float, shape (n_periods,)
        One value a period, not below 0; NaN where there are no documents breaks the line.
    complete : array_like of bool, shape (n_periods,)
        False for a period that is not over: it stands alone and hollow.
    meaning : str, default "watched"
        Meaning of the colour, such as "up" or "down".
    top : float, optional
        The value at the upper edge; default the highest of `values`.

    Returns
    -------
    matplotlib.figure.Figure
        24 mm wide and 4.4 mm high, without any text.

    Raises
    ------
    WatchwordsError
        If there is no value, or the two are not of one length.

    Examples
    --------
    >>> figure = sparkline([0.1, float("nan"), 0.3, 0.2], [True, True, True, False])
    >>> [round(float(inch * 25.4), 1) for inch in figure.get_size_inches()]
    [24.0, 4.4]
    """
    y, done = np.asarray(values, float), np.asarray(complete, bool)
    if not len(y) or y.shape != done.shape:
        raise WatchwordsError(
            f"`values` has {y.size} entries and `complete` {done.size}; both need one a period."
        )
    colour = colour_of(meaning)
    x = np.arange(len(y))
    highest = np.nanmax(y, initial=0.0) if top is None else top
    with chart_style():
        figure = blank_figure(_WIDTH, _HEIGHT)
        axes = add_axes(figure, _EDGE, _EDGE, width=_WIDTH - 2 * _EDGE, height=_HEIGHT - 2 * _EDGE)
        axes.set_xlim(-0.5, len(y) - 0.5)
        axes.set_ylim(0, 1.12 * highest or 1.0)  # room for half a point
        axes.axhline(0, color=COLOURS["muted"], linewidth=0.4, clip_on=False)
        line = np.where(done, y, np.nan)
        axes.fill_between(x, 0, line, color=tint(colour, 0.16), linewidth=0, clip_on=False)
        axes.plot(x, line, color=colour, linewidth=0.9, clip_on=False)
        alone = is_alone(~np.isnan(line))
        draw_points(axes, x[alone], y[alone], colour=colour, size=1.8)
        last = np.flatnonzero(~np.isnan(y))[-1:]
        draw_points(axes, x[last], y[last], colour=colour, size=2.6, hollow=not done[last].all())
    return figure
