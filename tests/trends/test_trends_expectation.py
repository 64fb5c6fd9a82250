import numpy as np
import pytest
from scipy import sparse

from watchwords.trends.damping import damp
from watchwords.trends.expectation import count_cells, expect_scores, place_items, rate_grid
from watchwords.trends.exposure import measure_exposure
from watchwords.trends.screen import make_screen
from watchwords.trends.variance import document_variance


def corpus(seed=0, n_docs=60, n_items=3, n_strata=1, rate=0.2):
    rng = np.random.default_rng(seed)
    period = np.sort(rng.integers(0, 8, n_docs))
    period[period == 3] = 4
    size = rng.lognormal(0, 0.7, n_docs)
    counts = rng.poisson(rate * size[:, None] * np.geomspace(0.3, 3, n_items)[None, :])
    stratum = rng.integers(0, n_strata, n_docs)
    return counts, measure_exposure(period, stratum, size, n_periods=8)


@pytest.mark.parametrize(("damped", "rate"), [(False, 0.2), (True, 0.2), (True, 5.0)])
def test_expectation_and_variance_agree_with_the_sum_over_documents(oracles, damped, rate):
    counts, exposure = corpus(rate=rate)
    screen = make_screen(sparse.csc_array(counts), exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.data.max()))
    place = place_items(grid, exposure, screen.totals)
    cells = count_cells(exposure, exposure.period)
    got = expect_scores(grid, place, cells, time=exposure.time)
    variance, _ = document_variance(screen, exposure, grid=grid, place=place)
    score = damp(counts) if damped else (counts > 0).astype(float)
    size = exposure.bin_size[exposure.bin]
    for item in range(counts.shape[1]):
        e = oracles.expected_by_document(score[:, item], size, damped=damped)
        by_period = np.bincount(exposure.period, e, 8)
        np.testing.assert_allclose(got.by_period[item], by_period, rtol=0.01, atol=0.01)
        v = ((score[:, item] - e) ** 2).sum() / score[:, item].sum()
        assert variance[item] == pytest.approx(v, rel=0.01)


@pytest.mark.parametrize("n_strata", [1, 3])
def test_expected_scores_sum_to_the_observed_and_are_0_where_there_is_no_document(n_strata):
    counts, exposure = corpus(n_strata=n_strata)
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)
    grid = rate_grid(exposure, damped=False, max_score=1.0)
    place = place_items(grid, exposure, screen.totals)
    cells = count_cells(exposure, exposure.period)
    got = expect_scores(grid, place, cells, time=exposure.time)
    np.testing.assert_allclose(got.by_period.sum(axis=1), (counts > 0).sum(axis=0))
    assert (got.by_period[:, 3] == 0).all()
    np.testing.assert_allclose(got.moment, got.by_period @ exposure.time)


def test_a_stratum_of_one_period_says_nothing_about_time():
    counts, _ = corpus(n_items=1)
    period = np.repeat([0, 7], 30)
    exposure = measure_exposure(period, np.repeat([0, 1], 30), np.ones(60))
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)
    grid = rate_grid(exposure, damped=False, max_score=1.0)
    place = place_items(grid, exposure, screen.totals)
    cells = count_cells(exposure, period)
    assert expect_scores(grid, place, cells, time=exposure.time).spread[0] == pytest.approx(0)


def test_an_item_in_every_document_of_a_stratum_is_expected_there():
    exposure = measure_exposure(np.arange(10), np.repeat([0, 1], 5), np.linspace(0.5, 2, 10))
    counts = np.zeros((10, 1), int)
    counts[:5] = 1
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)
    grid = rate_grid(exposure, damped=False, max_score=1.0)
    place = place_items(grid, exposure, screen.totals)
    got = expect_scores(grid, place, count_cells(exposure, exposure.period), time=exposure.time)
    np.testing.assert_allclose(got.by_period[0], [1] * 5 + [0] * 5, atol=1e-6)
