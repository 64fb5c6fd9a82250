import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from watchwords.trends.windows import PARTS, count_windows


def oracle(counts, period, n_units, bounds, n_periods):
    start, stop = max(bounds[0], 0), n_periods if bounds[1] < 0 else bounds[1]
    row = {}
    for part in PARTS:
        inside = [
            ("before" if t < start else "after" if t >= stop else "within") == part for t in period
        ]
        own = counts[inside]
        row |= {f"k_{part}": (own > 0).sum(), f"n_{part}": len(own)}
        row |= {f"occurrences_{part}": own.sum(), f"units_{part}": n_units[inside].sum()}
    return row


@given(st.integers(0, 99), st.integers(-1, 4), st.integers(-1, 5))
def test_counts_are_those_of_the_documents(seed, onset, end):
    if 0 <= end < max(onset, 0):
        end = -1
    rng = np.random.default_rng(seed)
    counts, period = rng.poisson(0.4, 30), rng.integers(0, 5, 30)
    n_units = rng.integers(1, 50, 30)
    found = count_windows(
        sparse.csc_array(counts[:, None]),
        period,
        n_units,
        onset=np.array([onset]),
        end=np.array([end]),
        n_periods=5,
    )
    assert found.iloc[0].to_dict() == oracle(counts, period, n_units, (onset, end), 5)


@pytest.mark.parametrize("n_items", [0, 3])
def test_parts_add_up_to_the_corpus(n_items):
    counts = np.random.default_rng(1).poisson(0.5, (40, n_items))
    period = np.arange(40) // 8
    found = count_windows(
        sparse.csc_array(counts),
        period,
        np.full(40, 7),
        onset=np.full(n_items, 2),
        end=np.full(n_items, 4),
        n_periods=5,
    )
    assert (found[[f"n_{part}" for part in PARTS]].sum(axis=1) == 40).all()
    assert (found[[f"units_{part}" for part in PARTS]].sum(axis=1) == 280).all()
