import numpy as np
import pytest

from watchwords.trends.exposure import (
    MAX_BINS,
    length_exponent,
    measure_exposure,
    permute_periods,
)


def test_length_exponent_is_a_poisson_regression(oracles):
    rng = np.random.default_rng(4)
    n_units = rng.integers(50, 5000, 300)
    totals = rng.poisson(0.5 * n_units**0.66).astype(float)
    assert length_exponent(totals, n_units) == pytest.approx(
        oracles.length_exponent(totals, n_units), abs=1e-6
    )


@pytest.mark.parametrize(
    ("totals", "n_units", "exponent"),
    [
        ([3.0, 4.0], [100, 100], 0.0),
        ([0.0, 0.0], [10, 100], 0.0),
        ([9.0, 1.0], [10, 1000], 0.0),
        ([1.0, 1e6], [10, 100], 1.5),
        ([5.0], [10], 0.0),
    ],
)
def test_length_exponent_stays_sensible(totals, n_units, exponent):
    assert length_exponent(np.array(totals), np.array(n_units)) == exponent


def test_few_sizes_are_kept_exactly_and_many_are_gathered():
    size = np.repeat([1.0, 3.0], 50)
    zero = np.zeros(100, np.int64)
    exact = measure_exposure(zero, zero, size)
    assert exact.bin_size.tolist() == [0.5, 1.5]
    many = np.random.default_rng(0).lognormal(0, 1, 5000)
    index = np.zeros(5000, np.int64)
    gathered = measure_exposure(index, index, many)
    assert len(gathered.bin_size) == MAX_BINS
    scaled = many / many.mean()
    assert np.corrcoef(gathered.bin_size[gathered.bin], scaled)[0, 1] > 0.99
    assert gathered.bin_size[gathered.bin].sum() == pytest.approx(scaled.sum())


def test_permuted_dates_stay_in_their_stratum():
    rng = np.random.default_rng(1)
    period, stratum = rng.integers(0, 9, 200), rng.integers(0, 4, 200)
    exposure = measure_exposure(period, stratum, np.ones(200))
    drawn = permute_periods(exposure, rng)
    assert not np.array_equal(drawn, period)
    for index in range(4):
        own = stratum == index
        assert sorted(drawn[own]) == sorted(period[own])
