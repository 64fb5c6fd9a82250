"""How much chance each document gives an item: its length, its period and its stratum."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_BINS = 256


@dataclass(frozen=True, eq=False)
class Exposure:
    """The documents under test, reduced to what the tests need of them.

    Attributes
    ----------
    period : ndarray of int64, shape (n_docs,)
        Index of the period on the axis.
    stratum : ndarray of int64, shape (n_docs,)
        Dates are permuted only within a stratum.
    bin : ndarray of int64, shape (n_docs,)
        Index into `bin_size`.
    bin_size : ndarray of float, shape (n_bins,)
        Effective size of the documents of a bin; the mean over documents is 1.
    n_periods, n_strata : int
        Length of the axis, empty periods included; number of strata.
    """

    period: Ints
    stratum: Ints
    bin: Ints
    bin_size: Floats
    n_periods: int
    n_strata: int

    @property
    def time(self) -> Floats:
        """Position of each period on the span of the corpus, from 0 to 1."""
        return np.arange(self.n_periods) / max(self.n_periods - 1, 1)

    @cached_property
    def members(self) -> list[Ints]:
        """Positions of the documents of each stratum."""
        order = np.argsort(self.stratum, kind="stable").astype(np.int64)
        bounds = np.searchsorted(self.stratum[order], np.arange(1, self.n_strata))
        return np.split(order, bounds)


def length_exponent(totals: Floats, n_units: Ints) -> float:
    r"""Estimate how the chance of an item grows with the length of a document.

    Not 1: a document of twice the length does not name twice as many things, and dividing by
    length would make every item look rarer in long documents.

    Parameters
    ----------
    totals : ndarray of float, shape (n_docs,)
        Sum of the scores of all items, by document.
    n_units : ndarray of int, shape (n_docs,)
        Length of each document.

    Returns
    -------
    float
        Slope of a Poisson regression of `totals` on the logarithm of length, kept between 0
        and 1.5; 0 where all documents are of one length.

    Examples
    --------
    >>> n_units = np.array([100, 400, 1600, 6400])
    >>> round(length_exponent(np.sqrt(n_units), n_units), 3)
    0.5
    """
    used = n_units > 0
    y, x = totals[used], np.log(n_units[used].astype(float))
    if len(x) < 2 or np.ptp(x) < 1e-9 or y.sum() <= 0:
        return 0.0
    x = x - x.mean()
    slope = 0.0
    for _ in range(50):
        weight = np.exp(slope * x)
        mean = y.sum() * weight / weight.sum()
        centred = x - (mean @ x) / mean.sum()
        change = float((y - mean) @ x / (mean @ centred**2))
        slope += float(np.clip(change, -0.5, 0.5))
        if abs(change) < 1e-10:
            break
    return float(np.clip(slope, 0.0, 1.5))


def measure_exposure(
    period: Ints, stratum: Ints, size: Floats, *, n_periods: int | None = None
) -> Exposure:
    """Gather documents into bins of like size.

    Parameters
    ----------
    period, stratum : ndarray of int64, shape (n_docs,)
        Indices of each document.
    size : ndarray of float, shape (n_docs,)
        Effective size of each document, in any unit.
    n_periods : int, optional
        Length of the axis; default up to the last document.

    Returns
    -------
    Exposure
        With at most 256 bins; up to that many different sizes are kept exactly.
    """
    scaled = size / size.mean()
    levels = np.unique(scaled)
    if len(levels) > MAX_BINS:
        rank = np.argsort(np.argsort(scaled, kind="stable"), kind="stable")
        index = rank * MAX_BINS // len(scaled)
        n = np.bincount(index, minlength=MAX_BINS)
        levels = np.bincount(index, scaled, MAX_BINS) / n
    else:
        index = np.searchsorted(levels, scaled)
    length = int(period.max()) + 1 if n_periods is None else n_periods
    n_strata = int(stratum.max()) + 1
    return Exposure(period, stratum, index.astype(np.int64), levels, length, n_strata)


def permute_periods(exposure: Exposure, rng: np.random.Generator) -> Ints:
    """Hand the dates of the documents around within each stratum.

    Texts and lengths stay together; only the dates move. The document is what is exchanged, so
    repetition inside a document cannot look like evidence.

    Parameters
    ----------
    exposure : Exposure
        The documents.
    rng : numpy.random.Generator
        Source of the permutation.

    Returns
    -------
    ndarray of int64, shape (n_docs,)
        A period for each document; every stratum keeps its own.
    """
    if exposure.n_strata == 1:
        return rng.permutation(exposure.period)
    period = exposure.period.copy()
    for members in exposure.members:
        period[members] = rng.permutation(period[members])
    return period
