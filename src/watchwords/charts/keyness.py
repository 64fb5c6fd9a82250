"""Keyness: the most distinctive items of two sides, diverging from "no difference"."""

from collections.abc import Mapping
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from watchwords.charts.key import Entry
from watchwords.charts.lettering import drawable, shorten
from watchwords.charts.marks import draw_points
from watchwords.charts.rows import Column, draw_scale, fold_ticks, lay_rows
from watchwords.charts.style import SMALL, WIDTH, chart_style, colour_of, tint
from watchwords.charts.tables import require_columns, require_rows

_COUNTS = ("n_docs_target", "n_target_docs", "n_docs_reference", "n_reference_docs")
_COLUMNS = ("item", "log_ratio", "q_value", *_COUNTS)
_FARTHEST = 8
_MARGIN = 0.3
_SUPPORTED = 0.05


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    top_n: int = 10,
    target_label: str,
    reference_label: str,
    labels: Mapping[str, str] | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw the most distinctive items of a target and of its reference.

    On either side the rows are chosen by q-value, then by size, and drawn by size. Colour is for
    items whose difference the test supports (q at most 0.05); the others are grey. The log ratio
    compares words, the figures at the right count documents: an item that one document repeats
    has a large ratio and a small count.

    Parameters
    ----------
    keyness : pandas.DataFrame
        Columns ``item`` (str), ``log_ratio`` (float, base 2, above 0 in the target), ``q_value``
        (float), ``n_docs_target`` of ``n_target_docs`` and ``n_docs_reference`` of
        ``n_reference_docs`` (int), as `watchwords.score_keyness` gives them. It is not changed.
    top_n : int, default 10
        At most so many rows on either side.
    target_label, reference_label : str
        Names of the two sides.
    labels : mapping of str to str, optional
        Names of items.
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
        If no item differs between the sides.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "item": ["tariff", "internet"],
    ...         "log_ratio": [-3.2, 5.1],
    ...         "q_value": [0.001, 0.002],
    ...         "n_docs_target": [2, 14],
    ...         "n_target_docs": 40,
    ...         "n_docs_reference": [90, 0],
    ...         "n_reference_docs": 200,
    ...     }
    ... )
    >>> figure = plot_keyness(table, target_label="since 1980", reference_label="before")
    >>> {"internet", "14 of 40", "0 of 200"} <= {text.get_text() for text in figure.texts}
    True
    """
    require_columns(keyness, _COLUMNS, "keyness")
    target = _strongest(keyness[keyness["log_ratio"] > 0], top_n)
    reference = _strongest(keyness[keyness["log_ratio"] < 0], top_n)
    shown = require_rows(pd.concat([target, reference]), "keyness")
    ratio = shown["log_ratio"].to_numpy(float)
    side = np.where(ratio > 0, "target", "reference")
    meanings = np.where(shown["q_value"].to_numpy(float) <= _SUPPORTED, side, "flat")
    sides = drawable(target_label), drawable(reference_label)
    finite = np.abs(ratio[np.isfinite(ratio)])
    reach = min(max(ceil(finite.max(initial=1.0)), 1), _FARTHEST)
    edge = reach + _MARGIN
    with chart_style():
        rows = lay_rows(
            [drawable((labels or {}).get(item, item)) for item in shown["item"]],
            _counts(shown, sides, width / 6),
            width=width,
            limits=(-edge, edge),
            heading="times as often",
            entries=_key(meanings, sides, width / 3),
            split=len(target),
        )
        ticks = [(place, f"×{abs(fold):,}") for place, fold in fold_ticks(rows)]
        draw_scale(rows, ticks, strong=[0])
        for y, value, meaning in zip(rows.heights, ratio, meanings, strict=True):
            _draw_row(rows.axes, y, float(np.clip(value, -edge, edge)), colour=colour_of(meaning))
    return rows.figure


def _strongest(side: pd.DataFrame, top_n: int) -> pd.DataFrame:
    size = side["log_ratio"].abs()
    ranked = side.assign(size=-size).sort_values(["q_value", "size", "item"]).head(top_n)
    # The largest on top where the target is ahead, at the bottom where the reference is.
    return ranked.sort_values(["log_ratio", "item"], ascending=[False, True])


def _counts(shown: pd.DataFrame, sides: tuple[str, str], room: float) -> list[Column]:
    pairs = (("n_docs_target", "n_target_docs"), ("n_docs_reference", "n_reference_docs"))
    return [
        Column(
            shorten(side, room, size=SMALL),
            [f"{k:,} of {n:,}" for k, n in zip(shown[hits], shown[total], strict=True)],
        )
        for side, (hits, total) in zip(sides, pairs, strict=True)
    ]


def _key(meanings: NDArray[np.str_], sides: tuple[str, str], room: float) -> list[Entry]:
    names = [shorten(side, room, size=SMALL) for side in sides]
    words = dict(zip(("target", "reference"), names, strict=True))
    words["flat"] = f"not supported by the test (q > {_SUPPORTED})"
    return [Entry("dot", text, meaning) for meaning, text in words.items() if meaning in meanings]


def _draw_row(axes: Axes, y: float, end: float, *, colour: str) -> None:
    axes.hlines(y, 0, end, color=tint(colour, 0.45), linewidth=1.6, zorder=2)
    marker = "o" if end not in axes.get_xlim() else ">" if end > 0 else "<"
    draw_points(axes, end, y, colour=colour, size=4.8, marker=marker)
