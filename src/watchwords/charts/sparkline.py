"""Sparklines: a series at the height of a line of text, for tables."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from watchwords.charts.marks import is_alone
from watchwords.charts.style import COLOURS, colour_of, tint
from watchwords.errors import WatchwordsError

# In points: 24 mm by 4.4 mm, and room for half a mark at the edges.
_WIDTH, _HEIGHT = 68.0, 12.4
_EDGE = 2.2
_BASE = _HEIGHT - _EDGE


def sparkline(
    values: ArrayLike,
    complete: ArrayLike,
    *,
    meaning: str = "watched",
    top: float | None = None,
) -> str:
    """Draw a series very small: its shape, from nought, without a scale and without any text.

    Sparklines of different tops cannot be compared in height; pass the same `top` to those that
    stand in one column. There are dozens of them in a table, so they are written as they are and
    not by way of a figure: each has a few hundred bytes.

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
    str
        One ``<svg>`` element, 24 mm wide and 4.4 mm high. Give it an alternative text where it
        is used.

    Raises
    ------
    WatchwordsError
        If there is no value, or the two are not of one length.

    Examples
    --------
    >>> svg = sparkline([0.1, float("nan"), 0.3, 0.2], [True, True, True, False])
    >>> svg[:5], svg.count("<circle"), len(svg) < 900
    ('<svg ', 3, True)
    """
    y, done = np.asarray(values, float), np.asarray(complete, bool)
    if not len(y) or y.shape != done.shape:
        raise WatchwordsError(
            f"`values` has {y.size} entries and `complete` {done.size}; both need one a period."
        )
    colour = colour_of(meaning)
    x = _EDGE + (np.arange(len(y)) + 0.5) * (_WIDTH - 2 * _EDGE) / len(y)
    highest = np.nanmax(y, initial=0.0) if top is None else top
    up = _BASE - (_BASE - _EDGE) * np.minimum(y / (highest or 1.0), 1.0)
    joined = done & ~np.isnan(y)
    parts = [f'<path d="M{_EDGE} {_BASE}H{_WIDTH - _EDGE}" stroke="{COLOURS["muted"]}"/>']
    for run in _runs(joined):
        line = "L".join(f"{x[i]:.1f} {up[i]:.1f}" for i in run)
        if len(run) > 1:
            area = f"M{x[run[0]]:.1f} {_BASE}L{line}V{_BASE}Z"
            parts.append(f'<path d="{area}" stroke="none" fill="{tint(colour, 0.16)}"/>')
            parts.append(f'<path d="M{line}" stroke="{colour}" stroke-width=".9"/>')
    last = np.flatnonzero(~np.isnan(y))[-1:]
    for i in sorted({*np.flatnonzero(is_alone(joined)), *np.flatnonzero(~done & ~np.isnan(y))}):
        if i not in last:
            parts.append(_point((x[i], up[i]), 0.9, colour=colour, hollow=not done[i]))
    parts += [_point((x[i], up[i]), 1.3, colour=colour, hollow=not done[i]) for i in last]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH:g}pt" height="{_HEIGHT:g}pt" '
        f'viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" fill="none" stroke-width=".4">{"".join(parts)}</svg>'
    )


def _runs(joined: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Split the periods that a line may pass through where it breaks."""
    places = np.flatnonzero(joined)
    return [run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(run)]


def _point(place: tuple[float, float], radius: float, *, colour: str, hollow: bool) -> str:
    face = f'fill="#fff" stroke="{colour}" stroke-width=".8"' if hollow else f'fill="{colour}"'
    return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:g}" {face}/>'
