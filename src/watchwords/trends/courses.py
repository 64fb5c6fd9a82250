"""The courses an item may take through time: a catalogue that a test can average over.

Every course is a curve of relative rates. Averaging the likelihood over all of them, each with
its weight, asks one question (does anything change?) without choosing a shape first; the same
weights then say which shape it was, and when it began.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from watchwords.trends.exposure import Floats, Ints

SHAPES = (
    "rising",
    "falling",
    "step up",
    "step down",
    "appeared",
    "vanished",
    "burst",
    "seasonal",
)
UP = ("rising", "step up", "appeared")
DOWN = ("falling", "step down", "vanished")

_NEVER = 0.01
_WEIGHTS = {
    "rising": 0.14,
    "ramp": 0.05,
    "falling": 0.14,
    "step up": 0.17,
    "step down": 0.15,
    "appeared": 0.08,
    "vanished": 0.07,
    "burst": 0.15,
    "seasonal": 0.05,
}
_RAMP_RATIOS = (3.0, 10.0, 100.0)
_PART_WAY = 0.25
_WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16)

_Entry = tuple[Floats, int, int]


@dataclass(frozen=True, eq=False)
class Courses:
    """A catalogue of courses.

    Attributes
    ----------
    curve : ndarray of float32, shape (n_courses, n_periods)
        Relative rates, above 0.
    shape : ndarray of str, shape (n_courses,)
        Class of each, one of `SHAPES`.
    onset, end : ndarray of int64, shape (n_courses,)
        Index of the first period of a rise, step or burst, and of the first after a burst or
        a fall; -1 where a course has none.
    log_weight : ndarray of float32, shape (n_courses,)
        Logarithm of the weight; the weights sum to 1.
    """

    curve: NDArray[np.float32]
    shape: NDArray[np.str_]
    onset: Ints
    end: Ints
    log_weight: NDArray[np.float32]

    @cached_property
    def log_curve(self) -> NDArray[np.float32]:
        """Logarithms of the rates, a column a course."""
        return np.ascontiguousarray(np.log(self.curve).T)

    @cached_property
    def bursts(self) -> slice:
        """Where the bursts stand, which lie side by side."""
        at = np.flatnonzero(self.shape == "burst")
        return slice(int(at[0]), int(at[-1]) + 1) if len(at) else slice(0, 0)


def list_courses(n_periods: int, *, season: int, emerging: int | None = None) -> Courses:
    """List the courses to compare with the scores of an item.

    Parameters
    ----------
    n_periods : int
        Length of the axis.
    season : int
        Periods in a year, 0 for none; seasons need two years.
    emerging : int, optional
        Only rises that begin in so many last periods.

    Returns
    -------
    Courses
        Some hundreds: steady changes by factors of 2 to 20, ramps by 3 and 8, steps by 2, 4 and
        10, bursts by 4 and 10 over at most a quarter of the span.

    Examples
    --------
    >>> courses = list_courses(8, season=0)
    >>> round(float(np.exp(courses.log_weight).sum()), 3)
    1.0
    """
    t = np.arange(n_periods)
    if emerging is not None:
        first = max(n_periods - emerging, 1)
        groups = {
            "step up": _steps(t, range(first, n_periods)),
            "appeared": _appearances(t, range(first, n_periods)),
            "ramp": _ramps(t, range(first, n_periods - 1)),
        }
        return _catalogue(groups)
    cuts = range(1, n_periods)
    hinges = range(max(1, n_periods // 10), n_periods - 2)
    up, away = _steps(t, cuts), _appearances(t, cuts)
    groups = {
        "rising": _steady(t),
        "ramp": _ramps(t, hinges),
        "falling": [(curve[::-1], -1, -1) for curve, _, _ in _steady(t)],
        "step up": up,
        "step down": [(curve[0] * curve[-1] / curve, -1, at) for curve, at, _ in up],
        "appeared": away,
        "vanished": [(curve[0] * curve[-1] / curve, -1, at) for curve, at, _ in away],
        "burst": _bursts(t),
        "seasonal": _seasons(t, season),
    }
    return _catalogue(groups)


@dataclass(frozen=True, eq=False)
class Ramps:
    """Courses from one level to another, which date a gradual change.

    Attributes
    ----------
    curve : ndarray of float, shape (n_ramps, n_periods)
        Relative rates, above 0.
    date : ndarray of int64, shape (n_ramps,)
        First period above the low level of a rise; first back on it of a fall.
    log_weight : ndarray of float, shape (n_ramps,)
        Logarithm of the weight: every date has the same.
    """

    curve: NDArray[np.float64]
    date: Ints
    log_weight: NDArray[np.float64]


def list_ramps(n_periods: int, *, down: bool) -> Ramps:
    """List rises from every date, of many widths and three heights, or falls to every date.

    Parameters
    ----------
    n_periods : int
        Length of the axis, at least 2.
    down : bool
        Falls, which are rises read backwards.

    Returns
    -------
    Ramps

    Examples
    --------
    >>> ramps = list_ramps(8, down=False)
    >>> sorted(set(ramps.date.tolist()))
    [1, 2, 3, 4, 5, 6, 7]
    """
    t = np.arange(n_periods)
    widths = np.unique(np.round(np.geomspace(1, n_periods - 1, 9)).astype(int))
    curves, dates, weights = [], [], []
    for at in range(1, n_periods):
        own = [width for width in widths if at + width - 1 < n_periods]
        for width in own:
            part = np.clip((t - at + 1) / width, 0.0, 1.0)
            curves += [1 + (ratio - 1) * part for ratio in _RAMP_RATIOS]
            date = at + int(_PART_WAY * (width - 1))
            dates += [n_periods - date if down else date] * len(_RAMP_RATIOS)
            weights += [-np.log(len(own) * len(_RAMP_RATIOS))] * len(_RAMP_RATIOS)
    curve = np.array(curves)
    return Ramps(curve[:, ::-1] if down else curve, np.array(dates, np.int64), np.array(weights))


def _catalogue(groups: dict[str, list[_Entry]]) -> Courses:
    filled = {shape: entries for shape, entries in groups.items() if entries}
    total = sum(_WEIGHTS[shape] for shape in filled)
    shapes, weights, entries = [], [], []
    for shape, own in filled.items():
        shapes += ["rising" if shape == "ramp" else shape] * len(own)
        weights += [_WEIGHTS[shape] / total / len(own)] * len(own)
        entries += own
    return Courses(
        np.array([curve for curve, _, _ in entries], np.float32),
        np.array(shapes),
        np.array([onset for _, onset, _ in entries], np.int64),
        np.array([end for _, _, end in entries], np.int64),
        np.log(weights).astype(np.float32),
    )


def _steady(t: Ints) -> list[_Entry]:
    x = t / max(len(t) - 1, 1)
    curves = [np.exp(np.log(ratio) * x) for ratio in (2, 4, 8, 20)]
    curves += [1 + (ratio - 1) * x for ratio in (2, 4, 8)]
    return [(curve, -1, -1) for curve in curves]


def _ramps(t: Ints, hinges: Iterable[int]) -> list[_Entry]:
    return [
        (1 + (ratio - 1) * np.clip((t - at) / (len(t) - 1 - at), 0, None), at, -1)
        for at in hinges
        for ratio in (3, 8)
    ]


def _steps(t: Ints, cuts: Iterable[int]) -> list[_Entry]:
    return [(np.where(t >= at, ratio, 1.0), at, -1) for at in cuts for ratio in (2, 4, 10)]


def _appearances(t: Ints, cuts: Iterable[int]) -> list[_Entry]:
    return [(np.where(t >= at, 1.0, _NEVER), at, -1) for at in cuts]


def _bursts(t: Ints) -> list[_Entry]:
    entries: list[_Entry] = []
    for width in _WIDTHS:
        if width > max(len(t) // 4, 1):
            break
        for at in range(1, len(t) - width, max(1, width // 8)):
            inside = (t >= at) & (t < at + width)
            entries += [(np.where(inside, ratio, 1.0), at, at + width) for ratio in (4, 10)]
    return entries


def _seasons(t: Ints, season: int) -> list[_Entry]:
    if not season or len(t) < 2 * season:
        return []
    return [
        (np.exp(np.log(ratio) / 2 * np.cos(2 * np.pi * (t - peak) / season)), -1, -1)
        for peak in range(season)
        for ratio in (2, 4)
    ]
