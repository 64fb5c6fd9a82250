import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.trends.damping import damp, is_damped, mean_score, score_variance


@pytest.mark.parametrize("m", [1e-7, 1e-4, 0.01, 0.3, 1.0, 2.7, 30.0, 99.0, 150.0, 800.0])
@pytest.mark.parametrize("damped", [False, True])
def test_mean_score_is_the_sum_over_the_poisson_law(oracles, m, damped):
    assert mean_score(m, damped=damped) == pytest.approx(
        oracles.mean_score(m, damped=damped), rel=2e-3
    )


@given(st.floats(0, 500), st.floats(0, 500), st.booleans())
def test_more_mentions_never_lower_the_expected_score(a, b, damped):
    low, high = sorted([a, b])
    assert mean_score(low, damped=damped) <= mean_score(high, damped=damped) + 1e-6


def test_variance_of_the_damped_score_is_that_of_drawn_documents():
    rng = np.random.default_rng(0)
    for m in (0.2, 3.0, 60.0, 300.0):
        drawn = damp(rng.poisson(m, 200_000)).var()
        assert score_variance(m, damped=True) == pytest.approx(drawn, rel=0.03)


def test_presence_varies_as_a_coin():
    assert score_variance(np.log(2), damped=False) == pytest.approx(0.25)


def test_thirty_percent_is_the_limit_of_presence():
    assert is_damped([30, 31], 100).tolist() == [False, True]
