import numpy as np
import pytest
from scipy import sparse

from watchwords.trends.expectation import count_cells, place_items, rate_grid
from watchwords.trends.exposure import measure_exposure
from watchwords.trends.screen import make_screen, sum_periods
from watchwords.trends.slope import fit_slope


def fit(counts, period, *, stratum=None, size=None, damped=False):
    stratum = np.zeros(len(period), np.int64) if stratum is None else stratum
    exposure = measure_exposure(period, stratum, np.ones(len(period)) if size is None else size)
    screen = make_screen(sparse.csc_array(counts), exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.data.max()))
    item, doc, score = screen.pairs()
    shape = (screen.n_items, exposure.n_periods)
    observed = []
    for index in range(exposure.n_strata):
        own = stratum[doc] == index
        observed.append(sum_periods((item[own], doc[own], score[own]), period, shape))
    return fit_slope(
        observed,
        count_cells(exposure, period),
        grid=grid,
        place=place_items(grid, exposure, screen.totals),
        time=exposure.time,
        dispersion=np.ones(screen.n_items),
    )


@pytest.mark.parametrize("seed", range(3))
def test_slope_agrees_with_a_binomial_model_document_by_document(oracles, seed):
    rng = np.random.default_rng(seed)
    period, size = np.sort(rng.integers(0, 20, 900)), rng.lognormal(0, 0.4, 900)
    size = np.round(size / size.mean(), 1) + 0.1
    rate = 0.2 * np.exp(1.2 * (period / 19)[:, None] * np.array([-1, 0, 1])) * size[:, None]
    counts = rng.poisson(rate)
    slope = fit(counts, period, size=size)
    for item in range(3):
        twin, error = oracles.presence_slope(
            (counts[:, item] > 0).astype(float), period, size / size.mean()
        )
        assert slope.log_effect[item] == pytest.approx(twin, abs=0.25 * error)
        assert slope.error[item] == pytest.approx(error, rel=0.1)


def test_an_item_that_half_of_the_span_lacks_has_a_finite_effect():
    period = np.repeat(np.arange(10), 40)
    counts = np.zeros((400, 1), int)
    counts[period >= 7] = 1
    slope = fit(counts, period)
    assert np.log(10) < slope.log_effect[0] < 20
    assert 0 < slope.error[0] < 5


def test_the_95_percent_interval_holds_the_truth_in_95_percent():
    rng = np.random.default_rng(0)
    period = np.sort(rng.choice(16, 900, p=np.arange(1, 17) / 136))
    truth = rng.choice([np.log(1 / 8), 0.0, np.log(3)], 600)
    counts = rng.poisson(0.07 * np.exp(truth[None, :] * (period / 15 - 0.6)[:, None]))
    slope = fit(counts, period)
    inside = np.abs(slope.log_effect - truth) <= 1.96 * slope.error
    assert 0.93 <= inside.mean() <= 0.975


def test_strata_have_their_own_level():
    rng = np.random.default_rng(2)
    period = np.sort(rng.integers(0, 10, 2000))
    stratum = (rng.random(2000) < 0.1 + 0.08 * period).astype(np.int64)
    counts = rng.poisson(np.where(stratum == 1, 0.4, 0.05))[:, None]
    pooled, apart = fit(counts, period), fit(counts, period, stratum=stratum)
    assert pooled.log_effect[0] - 1.96 * pooled.error[0] > 0.5
    assert abs(apart.log_effect[0]) < 2.5 * apart.error[0]
