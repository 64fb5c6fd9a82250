"""The marks that several charts share: full and hollow points, arrows, bars."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.transforms import Transform
from numpy.typing import ArrayLike, NDArray


def draw_points(
    axes: Axes,
    x: ArrayLike,
    y: ArrayLike,
    *,
    colour: str,
    size: float,
    marker: str = "o",
    hollow: bool = False,
    rim: bool = False,
) -> None:
    """Draw points without a line between them, above all else and over the edge of the axes.

    Parameters
    ----------
    axes : Axes
    x, y : array_like of float
        One point, or as many as there are.
    colour : str
    size : float
        In points.
    marker : str, default "o"
        "o", "D", or an arrow head: "<" or ">".
    hollow : bool, default False
        White within: for what is not over yet.
    rim : bool, default False
        White around, so that a mark on another stays apart.
    """
    axes.plot(
        x,
        y,
        linestyle="",
        color=colour,
        marker=marker,
        markersize=size,
        markerfacecolor="white" if hollow else colour,
        markeredgecolor="white" if rim else colour,
        markeredgewidth=0.9 if hollow else 0.6 if rim else 0,
        clip_on=False,
        zorder=5 if rim else 4,
    )


def draw_bars(
    axes: Axes,
    heights: ArrayLike,
    *,
    width: float,
    colours: tuple[str, str],
    hollow: NDArray[np.bool_],
    base: float = 0.0,
    transform: Transform | None = None,
) -> None:
    """Draw one bar a period, as one collection: hundreds of patches are slow.

    Parameters
    ----------
    axes : Axes
    heights : array_like of float, shape (n_periods,)
        Above `base`; the bar of period i stands at i.
    width : float
        Of a bar; periods are 1 apart.
    colours : tuple of str
        Of full bars, and of the outline of hollow ones.
    hollow : ndarray of bool, shape (n_periods,)
    base : float, default 0
    transform : Transform, optional
        Default the data of the axes.
    """
    tops = base + np.asarray(heights, float)
    left, right = np.arange(len(tops)) - width / 2, np.arange(len(tops)) + width / 2
    low = np.full(len(tops), base)
    corners = np.array([[left, low], [left, tops], [right, tops], [right, low]])
    full, outline = colours
    bars = PolyCollection(
        list(corners.transpose(2, 0, 1)),
        facecolors=["white" if empty else full for empty in hollow],
        edgecolors=[outline if empty else "none" for empty in hollow],
        linewidths=[0.7 if empty else 0.0 for empty in hollow],
        transform=transform or axes.transData,
        clip_on=False,
        zorder=2,
    )
    axes.add_collection(bars, autolim=False)


def is_alone(joined: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell the periods that no line reaches, because neither neighbour is joined.

    Examples
    --------
    >>> is_alone(np.array([True, True, False, True, False])).tolist()
    [False, False, False, True, False]
    """
    before, after = np.append(False, joined[:-1]), np.append(joined[1:], False)
    return np.asarray(joined & ~before & ~after)
