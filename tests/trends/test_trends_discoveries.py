import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from watchwords.fdr import adaptive_step_down, benjamini_hochberg, null_shares, pooled_step_up

P = st.lists(st.floats(1e-6, 0.99), min_size=1, max_size=60)


def line(slope):
    """A null under which the statistic s is reached with the chance exp(-slope s)."""
    return np.array([0.0, 1.0]), np.array([0.0, -slope])


def oracle(statistic, groups, slopes):
    q = []
    for own in statistic:
        shares = []
        for cut in statistic[statistic <= own]:
            expected = sum(np.exp(-slopes[g] * cut) for g in groups)
            shares.append(expected / (statistic >= cut).sum())
        q.append(min(1.0, *shares))
    return q


@given(P)
def test_one_stage_is_that_of_statsmodels(p):
    np.testing.assert_allclose(
        benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], rtol=1e-9
    )


@given(P, st.sampled_from([0.3, 1.0, 5.0]))
def test_one_group_is_one_stage(p, slope):
    found = -np.log(p) / slope
    pooled = pooled_step_up(found, np.zeros(len(p), int), [line(slope)])
    np.testing.assert_allclose(pooled, benjamini_hochberg(p), rtol=1e-6)


@given(st.lists(st.tuples(st.floats(0, 20), st.integers(0, 2)), min_size=1, max_size=40))
def test_groups_are_pooled_as_the_slow_twin_does(tests):
    statistic, groups = np.array([s for s, _ in tests]), np.array([g for _, g in tests])
    slopes = (0.5, 1.0, 3.0)
    pooled = pooled_step_up(statistic, groups, [line(slope) for slope in slopes])
    np.testing.assert_allclose(pooled, oracle(statistic, groups, slopes), rtol=1e-6)


def test_the_share_of_false_discoveries_is_held_where_groups_differ():
    rng, shares = np.random.default_rng(0), []
    for _ in range(200):
        groups = np.repeat([0, 1], 100)
        found = rng.exponential(np.where(groups == 0, 1.0, 3.0))
        true = np.arange(200) % 4 == 0
        found[true] += 6.0
        q = adaptive_step_down(pooled_step_up(found, groups, [line(1.0), line(1 / 3)]))
        flagged = q <= 0.05
        shares.append((flagged & ~true).sum() / max(flagged.sum(), 1))
    assert np.mean(shares) <= 0.055


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2)), min_size=1, max_size=60))
def test_null_shares_are_counted_from_large_p_values_group_by_group(tests):
    p, groups = np.array([p for p, _ in tests]), np.array([g for _, g in tests])
    shares = null_shares(p, groups)
    overall = min(1.0, 2 * sum(value > 0.5 for value in p) / len(p))
    for group, share in enumerate(shares):
        own = [value for value, of in tests if of == group]
        large = sum(value > 0.5 for value in own)
        assert share == pytest.approx(
            min(max((60 * overall + 2 * large) / (60 + len(own)), 0.02), 0.98)
        )


def test_estimated_shares_hold_the_level_and_find_more_where_changes_gather():
    rng, shares, found_with, found_without = np.random.default_rng(1), [], 0, 0
    groups = np.repeat([0, 1], [100, 1900])
    true = np.concatenate([np.arange(100) % 2 == 0, np.arange(1900) % 100 == 0])
    for _ in range(100):
        surprise = rng.exponential(1.0, 2000)
        surprise[true] += rng.exponential(4.0, true.sum())
        odds = np.log(1 / null_shares(np.exp(-surprise), groups) - 1)
        tails = [(at + odd, log_p) for odd in odds for at, log_p in [line(1.0)]]
        flagged = adaptive_step_down(pooled_step_up(surprise + odds[groups], groups, tails)) <= 0.05
        shares.append((flagged & ~true).sum() / max(flagged.sum(), 1))
        found_with += (flagged & true).sum()
        plain = adaptive_step_down(pooled_step_up(surprise, groups, [line(1.0)] * 2)) <= 0.05
        found_without += (plain & true).sum()
    assert np.mean(shares) <= 0.055
    assert found_with > 1.1 * found_without


@settings(suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(
    st.lists(st.floats(0.01, 0.99), min_size=1, max_size=4).map(
        lambda p: [v ** (9 - 2 * i) for i, v in enumerate(sorted(p))]
    )
)
def test_steps_down_as_statsmodels_does(p):
    ordered = np.unique(p) / 2
    rank = np.arange(1, len(ordered) + 1)
    # Only where the step-up leaves every p-value as it is do both begin from the same.
    assume((np.diff(ordered / rank) > 0).all())
    theirs = multipletests(ordered, method="fdr_gbs")[1]
    np.testing.assert_allclose(adaptive_step_down(benjamini_hochberg(ordered)), theirs, rtol=1e-6)


@given(P)
def test_stepping_down_keeps_the_order_and_finds_no_less(p):
    one_stage = benjamini_hochberg(p)
    stepped = adaptive_step_down(one_stage)
    order = np.argsort(one_stage, kind="stable")
    assert (np.diff(stepped[order]) >= 0).all()
    assert ((one_stage <= 0.04) <= (stepped <= 0.05)).all()


@pytest.mark.parametrize("adjust", [benjamini_hochberg, adaptive_step_down])
def test_what_was_not_tested_stays_so_and_does_not_count(adjust):
    some, all_ = adjust([0.01, np.nan, 0.02]), adjust([0.01, 0.02])
    assert np.isnan(some[1])
    np.testing.assert_allclose(some[[0, 2]], all_)


def test_an_empty_screen_has_no_q_values():
    assert pooled_step_up([], np.empty(0, int), []).shape == (0,)
