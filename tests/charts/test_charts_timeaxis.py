from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.charts.timeaxis import all_periods, infer_freq, pick_ticks, tick_edges
from watchwords.periods import period_range

FREQS = ["W", "M", "Q", "Y", "5Y", "10Y", "20Y"]


@pytest.mark.parametrize("freq", FREQS)
def test_length_of_a_period_is_read_off_the_table(freq):
    starts = period_range(np.datetime64("1990-03-01"), np.datetime64("2050-03-01"), freq)
    assert infer_freq(pd.Series(starts)) == freq
    assert infer_freq(pd.Series(starts[:1])) == "Y"


def test_missing_periods_are_put_back():
    starts = period_range(np.datetime64("2020-01-01"), np.datetime64("2020-12-01"), "M")
    kept = pd.Series(np.delete(starts, [3, 4]))
    np.testing.assert_array_equal(all_periods(kept, infer_freq(kept)), starts)


@given(
    st.sampled_from(FREQS),
    st.dates(pd.Timestamp("1800-01-01").date(), pd.Timestamp("2030-01-01").date()),
    st.integers(1, 260),
    st.floats(0.5, 6.5),
)
@settings(max_examples=80, deadline=None)
def test_named_periods_never_touch_and_include_the_last(freq, first, n_periods, width):
    starts = period_range(np.datetime64(first), np.datetime64("2300-01-01"), freq)[:n_periods]
    ticks = pick_ticks(starts, freq, width)
    assert ticks[-1][0] == len(starts) - 1
    assert [place for place, _ in ticks] == sorted({place for place, _ in ticks})
    edges = [tick_edges(p, text, width=width, n_periods=len(starts)) for p, text in ticks]
    assert all(before[1] < after[0] for before, after in pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= width + 1e-9
