"""When a change took place: the most probable period, and the smallest set that holds it."""

import numpy as np
from scipy import special

from watchwords.trends.courses import Ramps
from watchwords.trends.exposure import Floats, Ints

COVERAGE = 0.95
_PRIOR = 0.5
_REACH = 3
_WIDEST = 8
_CELLS = 1_000_000


def date_step(observed: Floats, expected: Floats, *, scale: Floats) -> Ints:
    r"""Date a change from one level to another.

    The first sighting of an item is not the beginning of its use: before it there may have been
    use that the documents at hand did not catch. The set of probable onsets therefore opens
    backwards, the further the rarer the item.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    scale : ndarray of float, shape (n_items,)
        Variance between documents, times that between periods.

    Returns
    -------
    ndarray of int64, shape (n_items, 3)
        First period of the new level: most probable, first and last of the smallest 95 % set.

    Notes
    -----
    With counts and exposures divided by `scale`, Gamma(1/2, 1/2) priors on both levels and a flat
    prior on the date [1]_,

    .. math:: p(\tau) \propto \frac{\Gamma(a + S_1)}{(b + E_1)^{a + S_1}}
       \frac{\Gamma(a + S_2)}{(b + E_2)^{a + S_2}} .

    References
    ----------
    .. [1] A. E. Raftery and V. E. Akman (1986). Bayesian analysis of a Poisson process with a
       change-point. Biometrika 73, 85-89.
    """
    tempered = np.maximum(scale, 1e-9)[:, None]
    count, flat = np.cumsum(observed, axis=1) / tempered, np.cumsum(expected, axis=1) / tempered
    before, exposed = count[:, :-1], flat[:, :-1]
    log_p = _log_marginal(before, exposed)
    log_p += _log_marginal(count[:, -1:] - before, flat[:, -1:] - exposed)
    # A period without documents cannot be told from the next: the change is dated to the next.
    log_p[expected[:, 1:] <= 0] = -np.inf
    return smallest_set(log_p, np.arange(1, observed.shape[1]))


def date_window(
    observed: Floats, expected: Floats, window: tuple[Ints, Ints], *, scale: Floats, stride: int
) -> tuple[Ints, Ints]:
    """Date the beginning and the end of a burst near a window that was found.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    window : tuple of ndarray of int64, shape (n_items,)
        Start and stop found.
    scale : ndarray of float, shape (n_items,)
        Variance between documents, times that between periods.
    stride : int
        Precision of the window, in periods.

    Returns
    -------
    onset, end : ndarray of int64, shape (n_items, 3)
        Of the burst's first period and of the first after it: most probable, first, last. The
        most probable are looked for near the window; where a set reaches the border of what was
        looked at, it is taken from as wide a search as it takes, up to eight times as wide.
    """
    reach = max(_REACH, 2 * stride)
    onset, end = _search(observed, expected, window, scale=scale, reach=reach)
    limit = reach
    while limit < _WIDEST * reach:
        cut = np.zeros(len(observed), bool)
        for dates, found in ((onset, window[0]), (end, window[1])):
            cut |= (dates[:, 1] <= found - limit) | (dates[:, 2] >= found + limit)
        if not cut.any():
            break
        limit *= 2
        near = (window[0][cut], window[1][cut])
        wide = _search(observed[cut], expected[cut], near, scale=scale[cut], reach=limit)
        for dates, wider in zip((onset, end), wide, strict=True):
            dates[cut, 1] = np.minimum(dates[cut, 1], wider[:, 1])
            dates[cut, 2] = np.maximum(dates[cut, 2], wider[:, 2])
    return onset, end


def _search(
    observed: Floats, expected: Floats, window: tuple[Ints, Ints], *, scale: Floats, reach: int
) -> tuple[Ints, Ints]:
    """Weigh all starts and stops within reach of a window, a few items at a time."""
    if not len(observed):
        return np.empty((0, 3), np.int64), np.empty((0, 3), np.int64)
    block = max(_CELLS // (2 * reach + 1) ** 2, 1)
    parts = []
    for start in range(0, len(observed), block):
        own = slice(start, start + block)
        near = (window[0][own], window[1][own])
        parts.append(_weigh(observed[own], expected[own], near, scale=scale[own], reach=reach))
    return (
        np.concatenate([onset for onset, _ in parts]),
        np.concatenate([end for _, end in parts]),
    )


def _weigh(
    observed: Floats, expected: Floats, window: tuple[Ints, Ints], *, scale: Floats, reach: int
) -> tuple[Ints, Ints]:
    n_periods = observed.shape[1]
    tempered = np.maximum(scale, 1e-9)[:, None]
    pad = ((0, 0), (1, 0))
    count = np.pad(np.cumsum(observed, axis=1), pad) / tempered
    flat = np.pad(np.cumsum(expected, axis=1), pad) / tempered
    shift = np.arange(-reach, reach + 1)
    rows = np.arange(len(observed))[:, None, None]
    start = np.clip(window[0][:, None, None] + shift[None, :, None], 0, n_periods - 1)
    stop = np.clip(window[1][:, None, None] + shift[None, None, :], 1, n_periods)
    inside, exposed = count[rows, stop] - count[rows, start], flat[rows, stop] - flat[rows, start]
    log_p = _log_marginal(inside, exposed)
    log_p += _log_marginal(count[:, -1:, None] - inside, flat[:, -1:, None] - exposed)
    outside = window[0][:, None, None] + shift[None, :, None] != start
    outside = outside | (window[1][:, None, None] + shift[None, None, :] != stop)
    log_p[outside | (start >= stop) | (exposed <= 0)] = -np.inf
    out: list[Ints] = []
    for axis, found in ((2, window[0]), (1, window[1])):
        marginal = special.logsumexp(log_p, axis=axis)
        dates = smallest_set(marginal, shift)
        out.append(dates + found[:, None])
    return out[0], out[1]


def date_ramp(observed: Floats, expected: Floats, *, ramps: Ramps, scale: Floats) -> Ints:
    r"""Date the beginning of a gradual rise, or the end of a gradual fall.

    A rise that fills the whole span has no beginning in it: then the set of probable dates is
    wide, and says so.

    Parameters
    ----------
    observed, expected : ndarray of float, shape (n_items, n_periods)
        Scores by period, and those of flat items.
    ramps : Ramps
        Courses from one level to another, as `list_ramps` gives them.
    scale : ndarray of float, shape (n_items,)
        Variance between documents, times that between periods.

    Returns
    -------
    ndarray of int64, shape (n_items, 3)
        First period above the low level, or the first that is back on it: the most probable,
        first and last of the smallest 95 % set.

    Notes
    -----
    Given the total :math:`K` the scores are shared out in proportion to :math:`E_t f_t`; with
    the log likelihood ratio divided by `scale`, a flat prior on the date, and the widths and
    heights of the ramps averaged over.
    """
    ratio = observed @ np.log(ramps.curve).T
    total = observed.sum(axis=1, keepdims=True)
    mean = expected @ ramps.curve.T
    ratio -= total * np.log(np.where(mean > 0, mean, 1.0))
    weight = ratio / np.maximum(scale, 1e-9)[:, None] + ramps.log_weight
    dates = np.unique(ramps.date)
    log_p = np.stack(
        [special.logsumexp(weight[:, ramps.date == date], axis=1) for date in dates], axis=1
    )
    return smallest_set(log_p, dates)


def _log_marginal(count: Floats, exposed: Floats) -> Floats:
    shape = _PRIOR + np.maximum(count, 0)
    return np.asarray(
        special.gammaln(shape) - shape * np.log(_PRIOR + np.maximum(exposed, 0)), float
    )


def smallest_set(log_p: Floats, dates: Ints) -> Ints:
    """Choose the date to print, and the smallest set that holds it with 95 % probability.

    A date that is wrong by one period is worth half a right one: of an uncertain change that
    prefers the middle of what is probable to a peak that stands alone.

    Parameters
    ----------
    log_p : ndarray of float, shape (n_items, n_dates)
        Logarithm of the probability of each date, up to a constant.
    dates : ndarray of int64, shape (n_dates,)
        Rising indices of periods.

    Returns
    -------
    ndarray of int64, shape (n_items, 3)
        The date, and the first and the last of the set.

    Examples
    --------
    >>> log_p = np.log([[0.30, 0.01, 0.20, 0.25, 0.20, 0.04]])
    >>> smallest_set(log_p, np.arange(2000, 2006)).tolist()
    [[2003, 2000, 2004]]
    """
    mass = np.exp(log_p - log_p.max(axis=1, keepdims=True))
    mass = mass / mass.sum(axis=1, keepdims=True)
    worth = mass.copy()
    worth[:, 1:] += mass[:, :-1] / 2
    worth[:, :-1] += mass[:, 1:] / 2
    best = dates[worth.argmax(axis=1)]
    order = np.argsort(-mass, axis=1, kind="stable")
    ordered = np.take_along_axis(mass, order, axis=1)
    inside = np.cumsum(ordered, axis=1) - ordered < COVERAGE
    known = dates[order]
    low = np.where(inside, known, dates.max()).min(axis=1)
    high = np.where(inside, known, dates.min()).max(axis=1)
    return np.stack([best, np.minimum(low, best), np.maximum(high, best)], axis=1)
