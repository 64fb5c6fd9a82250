import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.trends.agreement import Side, agree_counts, choose_sides

SPAN = 100


def side(k, occurrences, units=10_000):
    return Side(*(np.array([value]) for value in (k, SPAN, occurrences, units)))


def agrees(values, direction, *, damped=False, units=(10_000, 10_000)):
    first, second = (side(values[i], values[2 + i], units[i]) for i in (0, 1))
    found = agree_counts(
        first, second, direction=np.array([direction], object), damped=np.array([damped])
    )
    return bool(found[0])


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        pytest.param((10, 40, 20, 80), True, False, id="both rise"),
        pytest.param((40, 10, 80, 20), False, True, id="both fall"),
        pytest.param((10, 40, 80, 20), False, False, id="share rises, rate falls"),
        pytest.param((40, 10, 20, 80), False, False, id="share falls, rate rises"),
        pytest.param((40, 40, 20, 80), False, False, id="shares equal, rate rises"),
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
        pytest.param((90, 100, 200, 400), False, False, id="both shares from 0.9"),
        pytest.param((50, 55, 100, 200), False, False, id="shares alike, rate rises"),
        pytest.param((55, 50, 200, 100), False, False, id="shares alike, rate falls"),
        pytest.param((40, 80, 200, 100), False, False, id="shares apart, rate against them"),
        pytest.param((40, 80, 100, 200), True, False, id="shares apart, rate with them"),
        pytest.param((80, 100, 100, 200), True, False, id="not yet in nearly all"),
    ],
)
def test_a_word_of_most_documents_must_differ_in_documents_too(values, up, down):
    assert (agrees(values, "up", damped=True), agrees(values, "down", damped=True)) == (up, down)


def test_a_rate_counts_words_not_documents():
    assert agrees((10, 40, 50, 60), "up", units=(10_000, 10_000))
    assert not agrees((10, 40, 50, 60), "up", units=(10_000, 20_000))


def test_a_side_without_text_leaves_it_to_the_shares():
    assert agrees((10, 40, 0, 0), "up", units=(0, 10_000))
    assert not agrees((40, 40, 0, 0), "up", units=(0, 10_000))


@given(*[st.integers(0, SPAN)] * 4, st.booleans())
def test_no_counts_bear_out_both_directions(k_early, k_late, early, late, damped):
    values, turned = (k_early, k_late, early, late), (k_late, k_early, late, early)
    up, down = agrees(values, "up", damped=damped), agrees(values, "down", damped=damped)
    assert not (up and down)
    assert down == agrees(turned, "up", damped=damped)


def test_each_change_is_compared_with_what_it_left():
    counts = pd.DataFrame(
        {
            f"{name}_{part}": [factor * value] * 5
            for name, factor in (("k", 1), ("n", 10), ("occurrences", 2), ("units", 100))
            for part, value in (("before", 1), ("within", 2), ("after", 4))
        }
    )
    first, second = choose_sides(
        counts,
        np.array(["up", "down", "", "up", "down"], object),
        burst=np.array([False, False, True, True, False]),
        undated=np.array([False, False, False, False, True]),
    )
    assert first.k.tolist() == [1, 2, 5, 1, 1]
    assert second.k.tolist() == [2, 4, 2, 2, 4]
    assert first.units.tolist() == [100, 200, 500, 100, 100]
