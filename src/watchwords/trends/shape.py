"""Which shape a change has, when it began and when it ended."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.trends.courses import DOWN, SHAPES, UP, Courses
from watchwords.trends.exposure import Floats, Ints
from watchwords.trends.onset import smallest_set

GRADUAL = ("rising", "falling", "seasonal")


@dataclass(frozen=True, eq=False)
class Shaped:
    """Shapes of items, with the dates that belong to them.

    Attributes
    ----------
    shape : ndarray of str, shape (n_items,)
        One of `SHAPES`.
    onset, end : ndarray of int64, shape (n_items, 3)
        Index of the period of the onset and of the end: most probable, first and last of the
        smallest set that holds it with 95 % probability. -1 where a shape has none. The end
        is the first period after.
    """

    shape: NDArray[np.str_]
    onset: Ints
    end: Ints


def find_shapes(weights: NDArray[np.float32], courses: Courses) -> Shaped:
    """Choose the most probable shape of each item and date it.

    Parameters
    ----------
    weights : ndarray of float32, shape (n_items, n_courses)
        Log posterior weights of the courses.
    courses : Courses
        The courses.

    Returns
    -------
    Shaped
    """
    mass = np.exp(weights - weights.max(axis=1, keepdims=True)).astype(float)
    present = [shape for shape in SHAPES if (courses.shape == shape).any()]
    by_shape = np.stack([mass[:, courses.shape == shape].sum(axis=1) for shape in present], axis=1)
    chosen = np.array(present)[by_shape.argmax(axis=1)] if len(mass) else np.empty(0, "<U9")
    onset = np.full((len(mass), 3), -1, np.int64)
    end = np.full((len(mass), 3), -1, np.int64)
    for shape in present:
        items = np.flatnonzero(chosen == shape)
        if not len(items):
            continue
        # A rise whose own courses have no date is dated by all that lead up.
        like = {"rising": UP, "falling": DOWN}.get(shape, (shape,))
        own = np.flatnonzero(np.isin(courses.shape, like))
        for target, when in ((onset, courses.onset[own]), (end, courses.end[own])):
            if (when >= 0).any():
                dated = own[when >= 0]
                target[items] = _date(mass[np.ix_(items, dated)], when[when >= 0])
        if shape == "burst":
            # The likeliest onset and the likeliest end need not be of the same burst.
            best = own[mass[np.ix_(items, own)].argmax(axis=1)]
            for target, when in ((onset, courses.onset[best]), (end, courses.end[best])):
                target[items, 0] = when
                target[items, 1] = np.minimum(target[items, 1], when)
                target[items, 2] = np.maximum(target[items, 2], when)
    return Shaped(chosen, onset, end)


def _date(mass: Floats, when: Ints) -> Ints:
    """Find the most probable date and the smallest 95 % set, over all courses that have one."""
    dates = np.unique(when)
    by_date = np.stack([mass[:, when == date].sum(axis=1) for date in dates], axis=1)
    with np.errstate(divide="ignore"):
        return smallest_set(np.log(by_date), dates)


def best_course(weights: NDArray[np.float32], courses: Courses) -> tuple[Floats, Floats]:
    """Take the most probable course of each item.

    Parameters
    ----------
    weights : ndarray of float32, shape (n_items, n_courses)
        Log posterior weights.
    courses : Courses
        The courses.

    Returns
    -------
    curve : ndarray of float, shape (n_items, n_periods)
        Its relative rates.
    n_parameters : ndarray of float, shape (n_items,)
        1 for a steady change, 2 for one with a date, 3 for a burst.
    """
    best = weights.argmax(axis=1)
    n = 1.0 + (courses.onset[best] >= 0) + (courses.end[best] >= 0)
    return courses.curve[best].astype(float), n


def find_direction(shape: str, leads: str) -> str:
    """Tell where a change leads.

    Parameters
    ----------
    shape : str
        One of `SHAPES`.
    leads : {"up", "down", ""}
        Where it leads if it is a burst, as `lead_bursts` tells.

    Returns
    -------
    {"up", "down", ""}

    Examples
    --------
    >>> [find_direction("appeared", ""), find_direction("burst", "up"), find_direction("burst", "")]
    ['up', 'up', '']
    """
    if shape in UP:
        return "up"
    if shape in DOWN:
        return "down"
    return leads if shape == "burst" else ""


def to_dates(index: Ints, periods: NDArray[np.datetime64]) -> pd.Series:
    """Turn indices of periods into their first days.

    Parameters
    ----------
    index : ndarray of int64
        Indices; -1 stands for none.
    periods : ndarray of datetime64
        First days of the periods.

    Returns
    -------
    Series of datetime64[s]
    """
    padded = np.append(periods.astype("datetime64[s]"), np.datetime64("NaT", "s"))
    return pd.Series(padded[np.where((index >= 0) & (index < len(periods)), index, len(periods))])
