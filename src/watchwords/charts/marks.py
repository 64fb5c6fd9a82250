"""The marks that several charts share: full and hollow points, arrows."""

from matplotlib.axes import Axes
from numpy.typing import ArrayLike


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
        marker=marker,
        markersize=size,
        markerfacecolor="white" if hollow else colour,
        markeredgecolor="white" if rim else colour,
        markeredgewidth=0.9 if hollow else 0.6 if rim else 0,
        clip_on=False,
        zorder=5 if rim else 4,
    )
