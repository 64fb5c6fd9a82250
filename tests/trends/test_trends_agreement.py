import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.trends.agreement import agree_counts

SPAN = 100
NAMES = ["k_early", "k_late", "occurrences_early", "occurrences_late"]


def agrees(values, direction, *, damped=False, units=(10_000, 10_000)):
    counts = pd.DataFrame([values], columns=NAMES).assign(n_early=SPAN, n_late=SPAN)
    return bool(
        agree_counts(
            counts, direction=np.array([direction], object), damped=np.array([damped]), units=units
        )[0]
    )


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        pytest.param((10, 40, 20, 80), True, False, id="both rise"),
        pytest.param((40, 10, 80, 20), False, True, id="both fall"),
        pytest.param((10, 40, 80, 20), False, False, id="share rises, rate falls"),
        pytest.param((40, 10, 20, 80), False, False, id="share falls, rate rises"),
        pytest.param((40, 40, 20, 80), True, False, id="shares equal, rate rises"),
        pytest.param((40, 40, 80, 20), False, True, id="shares equal, rate falls"),
        pytest.param((10, 40, 50, 50), True, False, id="share rises, rates equal"),
        pytest.param((40, 40, 50, 50), False, False, id="nothing moves"),
        pytest.param((0, 3, 0, 4), True, False, id="first found late"),
    ],
)
def test_shares_decide_unless_rates_contradict_them(values, up, down):
    assert (agrees(values, "up"), agrees(values, "down")) == (up, down)
    assert agrees(values, "")


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        pytest.param((90, 100, 400, 200), False, True, id="both shares from 0.9, rate falls"),
        pytest.param((100, 90, 200, 400), True, False, id="both shares from 0.9, rate rises"),
        pytest.param((100, 100, 200, 200), False, False, id="all documents, rates equal"),
        pytest.param((50, 55, 200, 100), False, True, id="shares alike, rate falls"),
        pytest.param((55, 50, 100, 200), True, False, id="shares alike, rate rises"),
        pytest.param((89, 100, 400, 200), False, False, id="a share below 0.9, rate against it"),
        pytest.param((40, 80, 200, 100), False, False, id="shares apart, rate against them"),
        pytest.param((40, 80, 100, 200), True, False, id="shares apart, rate with them"),
    ],
)
def test_rates_decide_for_items_that_most_documents_have(values, up, down):
    assert (agrees(values, "up", damped=True), agrees(values, "down", damped=True)) == (up, down)


def test_a_rate_counts_words_not_documents():
    assert agrees((40, 40, 50, 50), "up", units=(20_000, 10_000))
    assert not agrees((10, 40, 50, 60), "up", units=(10_000, 20_000))


def test_a_span_without_text_leaves_it_to_the_shares():
    assert agrees((10, 40, 0, 0), "up", units=(0, 10_000))
    assert not agrees((40, 40, 0, 0), "up", units=(0, 10_000))


@given(*[st.integers(0, SPAN)] * 4, st.booleans())
def test_no_counts_bear_out_both_directions(k_early, k_late, early, late, damped):
    values, turned = (k_early, k_late, early, late), (k_late, k_early, late, early)
    up, down = agrees(values, "up", damped=damped), agrees(values, "down", damped=damped)
    assert not (up and down)
    assert down == agrees(turned, "up", damped=damped)
