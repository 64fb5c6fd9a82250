import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.simulate import shuffle_dates, simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.silence import find_silences, none_probability


def none_by_simulation(k, n, n_since, *, dispersion, seed, n_draws=200_000):
    """The slow twin: draw the rate, then the documents since."""
    rng = np.random.default_rng(seed)
    rate = rng.beta(k / dispersion + 0.5, (n - k) / dispersion + 0.5, n_draws)
    return float(np.mean((1 - rate) ** (n_since / dispersion)))


@pytest.mark.parametrize("dispersion", [1.0, 2.5])
def test_the_probability_of_none_is_that_of_drawn_rates(dispersion):
    drawn = none_by_simulation(20, 100, 25, dispersion=dispersion, seed=1)
    assert float(none_probability(20, 100, 25, dispersion=dispersion)) == pytest.approx(
        drawn, rel=0.05
    )


def test_periods_that_differ_make_a_silence_less_odd():
    p = none_probability(20, 100, 25, dispersion=np.array([0.5, 1.0, 2.0, 4.0]))
    assert p[0] == p[1] < p[2] < p[3] < 1


def one(counts, **changed):
    """An item by period, ten documents in each, judged as having fallen with period 8."""
    period = np.repeat(np.arange(len(counts)), 10)
    column = np.concatenate([[1] * k + [0] * (10 - k) for k in counts])
    row = {"claimed": True, "direction": "down", "onset_at": -1, "end_at": 8, "dispersion": 1.0}
    last = int(np.flatnonzero(counts)[-1])
    table = pd.DataFrame([{**row, "last_at": last, **changed}])
    matrix = sparse.csc_array(column.astype(np.int32)[:, None])
    return find_silences(table, matrix, period, n_periods=len(counts)).iloc[0]


STEADY = [3, 2, 3, 2, 3, 2, 3, 2, 0, 0, 0]


def test_what_was_expected_is_the_rate_before_over_the_documents_since():
    found = one(STEADY)
    assert found["silent"]
    assert (found["k_steady"], found["n_steady"], found["n_silent"]) == (20, 80, 30)
    assert found["expected_silent"] == pytest.approx(7.5)
    assert found["silence_start"] == 8
    assert found["p_silent"] == pytest.approx(float(none_probability(20, 80, 30)))


def test_what_had_faded_is_expected_at_its_later_rate():
    found = one([9, 9, 9, 9, 3, 2, 3, 2, 0, 0, 0])
    assert (found["k_steady"], found["n_steady"], found["steady_start"]) == (10, 40, 4)


@pytest.mark.parametrize(
    "changed",
    [{"claimed": False}, {"direction": "up"}, {"end_at": -1}, {"last_at": 9}, {"last_at": 11}],
)
def test_no_silence_beside_the_screen_or_where_it_is_found_since(changed):
    assert not one(STEADY, **changed)["silent"]


def test_what_was_rare_before_is_not_missed():
    assert not one([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0])["silent"]


@pytest.fixture(scope="module")
def corpus():
    plan = {"silent": 4, "flat": 60}
    return simulate_scores(plan, n_docs=500, n_periods=24, freq="M", share=0.25, seed=4)


def test_planted_silences_are_found_and_worded(corpus):
    table = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table.set_index("item")
    planted = table.loc[[f"silent {number}" for number in range(4)]]
    assert planted["silent"].sum() >= 3
    ends = corpus.truth.set_index("item").loc[planted.index, "end"]
    said = planted[planted["silent"]]
    assert (said["silence_start"] == ends[said.index]).all()
    assert said["verdict"].str.contains(r"Expected in about \d+ of \d+ documents since").all()
    assert table["silent"].sum() - planted["silent"].sum() <= 1


def test_no_silence_where_dates_are_shuffled(corpus):
    shuffled = shuffle_dates(corpus.documents, seed=2)
    assert not fit_trends(corpus.scores, shuffled, freq="M", seed=1).table["silent"].any()
