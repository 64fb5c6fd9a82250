import numpy as np
import pytest
from scipy import sparse

from watchwords.trends.courses import list_courses
from watchwords.trends.damping import damp
from watchwords.trends.expectation import count_cells, expect_scores, place_items, rate_grid
from watchwords.trends.exposure import measure_exposure
from watchwords.trends.permutation import (
    DRAWS,
    MIN_DRAWS,
    count_draws,
    draw_null,
    group_items,
    tail_p_value,
)
from watchwords.trends.screen import make_screen, sum_periods
from watchwords.trends.statistics import trend_z
from watchwords.trends.testing import screen_items
from watchwords.trends.variance import document_variance


@pytest.mark.parametrize("damped", [False, True])
def test_trend_z_agrees_with_the_sum_over_documents(oracles, damped):
    rng = np.random.default_rng(3)
    period, size = np.sort(rng.integers(0, 10, 60)), rng.lognormal(0, 0.5, 60)
    exposure = measure_exposure(period, np.zeros(60, np.int64), size)
    counts = rng.poisson(0.4 * size[:, None] * np.exp(0.1 * period)[:, None], (60, 2))
    screen = make_screen(sparse.csc_array(counts), exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.data.max()))
    place = place_items(grid, exposure, screen.totals)
    variance, _ = document_variance(screen, exposure, grid=grid, place=place)
    expected = expect_scores(grid, place, count_cells(exposure, period), time=exposure.time)
    observed = sum_periods(screen.pairs(), period, (2, 10))
    z = trend_z(observed, expected, variance=variance, time=exposure.time)
    score = damp(counts) if damped else (counts > 0).astype(float)
    for item in range(2):
        twin, _ = oracles.trend_z(
            score[:, item], period, exposure.bin_size[exposure.bin], damped=damped
        )
        assert z[item] == pytest.approx(twin, rel=0.02, abs=0.02)


def screen(counts, period, *, n_units=None, seed=1):
    n_docs = len(period)
    return screen_items(
        sparse.csc_array(counts),
        np.full(n_docs, 100) if n_units is None else n_units,
        period=period,
        stratum=np.zeros(n_docs, np.int64),
        courses=list_courses(int(period.max()) + 1, season=0),
        seed=seed,
    )[0]


def test_pooled_p_agrees_with_permuting_one_item(oracles):
    rng = np.random.default_rng(8)
    n_docs = 90
    period = np.sort(rng.integers(0, 8, n_docs))
    counts = rng.poisson(0.15, (n_docs, 80))
    counts[:, 0] = rng.poisson(0.02 + 0.06 * period)
    counts[:, 1] = rng.poisson(0.05 + 0.03 * period)
    counts = counts[:, (counts > 0).sum(axis=0) > 3]
    evidence = screen(counts, period)
    curve = list_courses(8, season=0)
    for item in (0, 1, 5):
        row = evidence.loc[item]
        twin = oracles.permutation_p(
            (counts[:, item] > 0).astype(float),
            period,
            (curve.curve.astype(float), np.exp(curve.log_weight.astype(float))),
            n=500,
            rng=rng,
        )
        # Shrinking for the spread between periods may only make the pooled p larger.
        assert row["p_value"] >= 0.5 * twin - 0.02
        if row["dispersion"] == 1:
            assert row["p_value"] == pytest.approx(twin, rel=0.4, abs=0.03)


@pytest.mark.parametrize("damped", [False, True])
def test_p_is_no_smaller_than_chance_when_nothing_changes(damped):
    rng = np.random.default_rng(5)
    n_docs, n_items = 250, 500
    period = np.sort(rng.choice(12, n_docs, p=np.arange(1, 13) / 78))
    n_units = rng.lognormal(6, 0.6, n_docs).astype(np.int64)
    rate = rng.uniform(1.0, 4.0, n_items) if damped else rng.uniform(0.02, 0.3, n_items)
    counts = rng.poisson(rate * (n_units[:, None] / n_units.mean()) ** 0.7)
    counts = counts[:, (counts > 0).sum(axis=0) >= 5]
    evidence = screen(counts, period, n_units=n_units, seed=2)
    p = evidence["p_value"].to_numpy()
    assert (evidence["score"] == "damped").mean() > 0.9 if damped else True
    # Long documents that happen to be early or late move all damped items together, so that only
    # the small levels, at which one corpus differs little from the next, can be held here.
    for level in (0.01, 0.05) if damped else (0.01, 0.05, 0.2, 0.5):
        assert (p <= level).mean() <= level + 3 * (level / len(p)) ** 0.5
    assert (p <= 0.05).mean() >= 0.01
    assert (evidence["q_value"] <= 0.05).mean() < 0.005


def test_groups_rise_with_documents_and_span_at_most_half_as_many_again():
    n_docs = np.random.default_rng(0).zipf(1.6, 5000).clip(3, 800)
    groups = group_items(n_docs)
    assert (np.diff(groups[np.argsort(n_docs, kind="stable")]) >= 0).all()
    for group in range(groups.max() + 1):
        own = n_docs[groups == group]
        assert own.max() <= 1.5 * own.min()


def test_an_item_alone_gets_more_permutations():
    exposure = measure_exposure(np.arange(40), np.zeros(40, np.int64), np.ones(40))
    counts = np.zeros((40, 1), int)
    counts[::4] = 1
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)

    def statistic(items, observed, period):
        return observed[:, 0]

    (draws,) = draw_null(
        screen, exposure, groups=np.zeros(1, np.int64), statistic=statistic, seed=[1]
    )
    assert draws.shape == (720,)
    assert draws.mean() == pytest.approx(0.25, abs=0.06)


def test_small_corpora_get_all_draws_on_any_axis_and_large_ones_no_more_than_before():
    # 64 periods are the longest axis of the tests; its courses have 95,232 rates.
    assert count_draws(120_000, 95_232) == DRAWS
    assert count_draws(2_800_000, 52_032) == int(2e8 / 52_032)
    assert count_draws(50_000_000, 95_232) == MIN_DRAWS


def test_another_seed_permutes_other_dates_but_asks_the_same_items():
    n_docs = np.repeat(np.arange(10, 15), 100)
    rng = np.random.default_rng(0)
    counts = np.zeros((40, 500), int)
    for item, n in enumerate(rng.permutation(n_docs)):
        counts[rng.choice(40, n, replace=False), item] = 1
    exposure = measure_exposure(np.arange(40), np.zeros(40, np.int64), np.ones(40))
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)
    asked = []

    def statistic(items, observed, period):
        asked.append((tuple(items.tolist()), tuple(period.tolist())))
        return observed[:, 0]

    for seed in (1, 2):
        groups = np.zeros(500, np.int64)
        draw_null(screen, exposure, groups=groups, statistic=statistic, seed=[seed], n_draws=120)
    (first, dates), (second, other) = asked
    assert first == second
    assert dates != other
    # Evenly over how many documents they are in.
    assert np.bincount(screen.n_docs[list(first)])[10:].tolist() == [24] * 5


def test_tail_p_values_fall_without_reaching_0():
    null = np.random.default_rng(0).chisquare(1, 14_400)
    p = tail_p_value(np.array([0.0, 1.0, 3.84, 20.0, 30.0, 1e6]), null)
    assert (np.diff(p) < 0).all()
    assert p[2] == pytest.approx(0.05, abs=0.01)
    assert p[3] == pytest.approx(7.7e-6, rel=0.9)
    assert p[-1] > 0


def test_one_draw_is_enough_to_give_a_p_value():
    assert tail_p_value(np.array([2.0, 0.0]), np.array([1.0]))[1] == 1.0
