"""Slow, obvious twins of what dates and measures a change, one item and one period at a time."""

from math import exp, lgamma, log, sqrt

import numpy as np
import pytest
from scipy import sparse

from watchwords.trends.courses import list_courses, list_ramps
from watchwords.trends.dispersion import period_dispersion
from watchwords.trends.expectation import place_items, rate_grid, score_elasticity
from watchwords.trends.exposure import measure_exposure
from watchwords.trends.judging import draw_curve, weigh_courses
from watchwords.trends.level import window_effect
from watchwords.trends.model import build_model, expose_documents
from watchwords.trends.onset import date_ramp, date_step
from watchwords.trends.permutation import surprise_tail, tail_p_value
from watchwords.trends.screen import make_screen
from watchwords.trends.variance import document_variance


def drawn(seed, n_items=8, n_periods=14):
    rng = np.random.default_rng(seed)
    expected = rng.uniform(2.0, 6.0, n_periods) * np.ones((n_items, 1))
    expected[:, 5] = 0.0
    course = np.where(np.arange(n_periods) >= rng.integers(2, n_periods, (n_items, 1)), 3.0, 0.7)
    return rng.poisson(expected * course).astype(float), expected, rng.uniform(1.0, 1.8, n_items)


def slow_set(mass, dates):
    """The date worth most, and the first and last of the likeliest that hold 95 %."""
    mass = [m / sum(mass) for m in mass]
    padded = [0.0, *mass, 0.0]
    worth = [m + padded[i] / 2 + padded[i + 2] / 2 for i, m in enumerate(mass)]
    best = dates[worth.index(max(worth))]
    held, kept = 0.0, [best]
    for i in sorted(range(len(mass)), key=lambda i: -mass[i]):
        if held >= 0.95:
            break
        held += mass[i]
        kept.append(dates[i])
    return [best, min(kept), max(kept)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_onset_set_of_a_step_is_that_of_every_date_by_hand(seed):
    observed, expected, scale = drawn(seed)

    def level(scores, flat, v):
        shape = 0.5 + sum(scores) / v
        return lgamma(shape) - shape * log(0.5 + sum(flat) / v)

    found = date_step(observed, expected, scale=scale)
    for s, e, v, own in zip(observed, expected, scale, found, strict=True):
        dates = list(range(1, len(s)))
        logs = [level(s[:at], e[:at], v) + level(s[at:], e[at:], v) for at in dates]
        mass = [exp(p - max(logs)) * (e[at] > 0) for at, p in zip(dates, logs, strict=True)]
        assert own.tolist() == slow_set(mass, dates)


@pytest.mark.parametrize("down", [False, True])
def test_the_date_of_a_ramp_is_that_of_every_ramp_by_hand(down):
    observed, expected, scale = drawn(4)
    ramps = list_ramps(observed.shape[1], down=down)
    found = date_ramp(observed, expected, ramps=ramps, scale=scale)
    for s, e, v, own in zip(observed, expected, scale, found, strict=True):
        logs = []
        for curve, weight in zip(ramps.curve, ramps.log_weight, strict=True):
            share = e * curve / (e * curve).sum()
            flat = e / e.sum()
            ratio = sum(s[t] * log(share[t] / flat[t]) for t in range(len(s)) if e[t] > 0)
            logs.append(ratio / v + weight)
        dates = sorted(set(ramps.date.tolist()))
        top = max(logs)
        mass = [
            sum(exp(p - top) for p, at in zip(logs, ramps.date, strict=True) if at == date)
            for date in dates
        ]
        assert own.tolist() == slow_set(mass, dates)


@pytest.mark.parametrize("n_periods", [12, 30])
def test_the_dispersion_of_periods_is_that_of_their_residuals_by_hand(n_periods):
    observed, fitted, variance = drawn(5, n_periods=n_periods)
    n_parameters = np.full(len(observed), 2.0)
    fast, slow, df = period_dispersion(observed, fitted, variance, n_parameters=n_parameters)
    prior = min(max(200 / n_periods, 20), 25)
    for i, v in enumerate(variance):
        r = [
            min(max((s - m) / sqrt(v * m), -4.0), 4.0) if m > 0 else 0.0
            for s, m in zip(observed[i], fitted[i], strict=True)
        ]
        w = [min(m / v, 1.0) for m in fitted[i]]
        squares = sum(a * b * b for a, b in zip(w, r, strict=True)) / sum(w)
        lags = squares
        for k in range(1, 4 if n_periods >= 24 else 2):
            pairs = range(k, n_periods)
            both = sum(sqrt(w[t] * w[t - k]) * r[t] * r[t - k] for t in pairs)
            lags += 2 * (1 - k / 4) * both / sum(w)
        own = max(sum(w) - 2, 0)
        raised = min(sum(w) / own, 3.0)
        for value, got in ((squares, fast[i]), (max(lags, squares), slow[i])):
            shrunk = (prior + own * raised * value) / (prior + own)
            assert got == pytest.approx(max(shrunk, 1.0))
        assert df[i] == pytest.approx(prior + own)


@pytest.mark.parametrize("damped", [False, True])
def test_the_variance_between_documents_is_that_of_their_scores_by_hand(oracles, damped):
    rng = np.random.default_rng(6)
    size = rng.choice([0.5, 1.0, 2.0], 80)
    counts = rng.poisson(np.array([0.3, 1.5]) * size[:, None])
    exposure = measure_exposure(np.arange(80) // 10, np.zeros(80, np.int64), size)
    screen = make_screen(sparse.csc_array(counts), exposure, damped=damped)
    grid = rate_grid(exposure, damped=damped, max_score=float(screen.scores.max()))
    place = place_items(grid, exposure, screen.totals)
    found, _ = document_variance(screen, exposure, grid=grid, place=place)
    for item in range(2):
        scores = screen.scores.toarray()[:, item]
        e = oracles.expected_by_document(scores, size, damped=damped)
        assert found[item] == pytest.approx(((scores - e) ** 2).sum() / scores.sum(), rel=0.01)


def test_elasticity_is_the_growth_of_the_sum_over_documents(oracles):
    rng = np.random.default_rng(7)
    size = rng.choice([0.5, 1.0, 2.0], 60)
    counts = rng.poisson(np.array([0.05, 0.4, 2.0]) * size[:, None])
    exposure = measure_exposure(np.arange(60) // 10, np.zeros(60, np.int64), size)
    screen = make_screen(sparse.csc_array(counts), exposure, damped=False)
    grid = rate_grid(exposure, damped=False, max_score=1.0)
    found = score_elasticity(grid, place_items(grid, exposure, screen.totals), exposure)
    for item in range(3):
        e = oracles.expected_by_document(screen.scores.toarray()[:, item], size, damped=False)
        mentions = -np.log1p(-e)
        more = oracles.mean_score(mentions * 1.001, damped=False).sum()
        assert found[item] == pytest.approx(log(more / e.sum()) / log(1.001), abs=0.01)
    assert (np.diff(found) < 0).all()


def test_the_effect_of_a_window_turns_around_with_the_window():
    observed, expected, _ = drawn(8)
    n, ones = observed.shape[1], np.ones(len(observed))
    cut, zero, end = (np.full(len(observed), value) for value in (6, 0, n))
    late = window_effect(observed, expected, inside=(cut, end), among=(zero, end), variance=ones)
    early = window_effect(observed, expected, inside=(zero, cut), among=(zero, end), variance=ones)
    for mine, other in zip(late, (early[0], early[2], early[1]), strict=True):
        assert mine == pytest.approx(-other, abs=1e-8)
    s, e = observed[0], expected[0]
    twin = log((s[6:].sum() + 0.5) / e[6:].sum()) - log((s[:6].sum() + 0.5) / e[:6].sum())
    assert late[0][0] == pytest.approx(twin)


def test_surprises_are_as_likely_as_the_evidence_they_come_of():
    null = np.random.default_rng(9).gumbel(size=3000)
    surprise, log_p = surprise_tail(null, 12.0)
    assert (np.diff(surprise) > 0).all()
    assert (np.diff(log_p) <= 0).all()
    # A surprise is the evidence minus log p, so both give the evidence back.
    assert log_p == pytest.approx(np.log(tail_p_value(surprise + log_p, null)), abs=0.01)
    assert (surprise + log_p).max() >= 12.0


def test_the_fitted_curve_is_the_average_of_the_courses_by_hand():
    rng = np.random.default_rng(10)
    period = np.repeat(np.arange(10), 12)
    counts = sparse.csc_array(rng.poisson(np.where(period >= 6, 0.3, 0.1)[:, None], (120, 3)))
    exposure = expose_documents(
        counts, np.full(120, 100), damped=False, period=period, stratum=np.zeros(120, np.int64)
    )
    model = build_model(counts, exposure, list_courses(10, season=0), damped=False)
    items = np.arange(3)
    weighed = weigh_courses(model, items)
    fitted, low, high = draw_curve(model, items, weighed)
    curves = model.courses.curve.astype(float)
    for item in range(3):
        observed, flat = weighed.observed[item], weighed.expected.by_period[item]
        mass = np.exp(weighed.weights[item].astype(float))
        courses = [flat * curve * observed.sum() / (flat * curve).sum() for curve in curves]
        mean = sum(m * course for m, course in zip(mass / mass.sum(), courses, strict=True))
        assert fitted[item] == pytest.approx(mean, rel=1e-4)
        assert fitted[item].sum() == pytest.approx(observed.sum(), rel=1e-6)
    assert ((low >= 0) & (low <= fitted) & (fitted <= high)).all()
