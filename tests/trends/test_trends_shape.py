import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.composing import _when
from watchwords.trends.courses import SHAPES, list_courses
from watchwords.trends.dispersion import period_dispersion, wallace_square
from watchwords.trends.level import lead_bursts
from watchwords.trends.onset import date_step, date_window
from watchwords.trends.shape import find_direction, find_shapes, to_dates

PLAN = dict.fromkeys(["step up", "step down", "burst", "appeared", "vanished"], 12) | {"flat": 40}


@pytest.fixture(scope="module")
def planted():
    corpus = simulate_scores(
        PLAN, n_docs=3000, n_periods=30, freq="M", effect=6.0, share=0.12, seed=3
    )
    trends = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1)
    return trends.table.merge(corpus.truth, on="item", suffixes=("", "_true"))


def months(first, second):
    return (first.dt.year - second.dt.year) * 12 + first.dt.month - second.dt.month


def test_planted_shapes_are_named(planted):
    found = planted[planted["detected"] & planted["changes"]]
    assert len(found) >= 55
    assert (found["shape"] == found["kind"]).mean() >= 0.85


def test_planted_onsets_and_ends_are_dated(planted):
    for name in ("onset", "end"):
        known = planted[
            planted[name].notna()
            & planted[f"{name}_true"].notna()
            & (planted["shape"] == planted["kind"])
        ]
        assert len(known) >= 20
        assert (months(known[name], known[f"{name}_true"]).abs() <= 1).mean() >= 0.85
        inside = (known[f"{name}_low"] <= known[f"{name}_true"]) & (
            known[f"{name}_true"] <= known[f"{name}_high"]
        )
        assert inside.mean() >= 0.9


def test_only_detected_items_have_dates(planted):
    dates = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]
    assert planted.loc[~planted["detected"], dates].isna().all().all()


def test_an_item_that_vanished_has_an_end_and_no_onset(planted):
    gone = planted[planted["shape"] == "vanished"]
    assert gone["end"].notna().all()
    assert gone["onset"].isna().all()


def test_emerging_finds_late_rises_sooner_and_nothing_else():
    corpus = simulate_scores(
        {"falling": 10, "flat": 40}, n_docs=2000, n_periods=30, freq="M", seed=5
    )
    late = (corpus.documents["date"] >= pd.Timestamp("2002-05-01")).to_numpy()
    matrix = corpus.scores.matrix.tolil()
    rng = np.random.default_rng(0)
    for item in range(10, 20):
        matrix[np.flatnonzero(late & (rng.random(2000) < 0.22)), item] = 1
    old = corpus.scores
    scores = type(old)(matrix.tocsr(), old.doc_ids, old.items, old.n_units, old.unit)
    options = {"freq": "M", "seed": 1}
    every = fit_trends(scores, corpus.documents, **options).table
    young = fit_trends(scores, corpus.documents, emerging=4, **options).table
    rising = slice(10, 19)
    assert young.loc[rising, "detected"].sum() >= every.loc[rising, "detected"].sum()
    assert young.loc[rising, "detected"].sum() >= 5
    assert not young.loc[:9, "detected"].any()
    assert set(young.loc[young["detected"], "direction"]) == {"up"}


@pytest.mark.parametrize("season", [0, 12])
def test_courses_are_rates_with_weights(season):
    courses = list_courses(36, season=season)
    assert (courses.curve > 0).all()
    assert np.exp(courses.log_weight.astype(float)).sum() == pytest.approx(1, abs=1e-4)
    assert set(courses.shape) == set(SHAPES) - ({"seasonal"} if not season else set())
    dated = courses.onset >= 0
    for curve, at in zip(courses.curve[dated], courses.onset[dated], strict=True):
        assert np.ptp(curve[:at]) == 0


def test_a_single_observation_of_a_new_item_leaves_its_beginning_open():
    expected = np.full((2, 40), 0.5)
    observed = np.zeros((2, 40))
    observed[0, 20:] = 2.0
    observed[1, [20, 27, 34]] = 1.0
    often, rarely = date_step(observed, expected, scale=np.ones(2))
    assert often[0] == 20
    assert rarely[1] < often[1] <= 20
    assert rarely[2] - rarely[1] > often[2] - often[1]


def test_a_step_is_dated_to_a_period_that_has_documents():
    expected, observed = np.full((1, 20), 2.0), np.zeros((1, 20))
    expected[0, 10] = 0.0
    observed[0, 11:] = 4.0
    assert date_step(observed, expected, scale=np.ones(1))[0, 0] == 11


def test_a_burst_is_dated_at_both_ends_beyond_the_window_that_found_it():
    expected, observed = np.full((1, 40), 2.0), np.full((1, 40), 1.0)
    observed[0, 12:19] = 9.0
    window = (np.array([13]), np.array([17]))
    onset, end = date_window(observed, expected, window, scale=np.ones(1), stride=1)
    assert onset[0, 0] == 12
    assert end[0, 0] == 19
    assert onset[0, 1] <= 12 <= onset[0, 2]


def test_dispersion_is_1_for_documents_alone_and_more_for_shared_events():
    rng = np.random.default_rng(0)
    fitted = np.full((400, 48), 6.0)
    alone = rng.poisson(fitted).astype(float)
    shared = rng.poisson(fitted * rng.gamma(2.0, 0.5, fitted.shape)).astype(float)
    options = {"n_parameters": np.full(400, 2.0)}
    fast, slow, _ = period_dispersion(alone, fitted, np.ones(400), **options)
    assert np.median(fast) < 1.15
    assert (slow >= fast).all()
    wide, _, df = period_dispersion(shared, fitted, np.ones(400), **options)
    assert np.median(wide) > 2
    assert (df > 20).all()


def test_wallace_keeps_the_tail_of_t():
    from scipy import stats

    t = np.array([1.0, 2.5, 4.0])
    z = np.sqrt(wallace_square(t**2, np.full(3, 25.0)))
    np.testing.assert_allclose(stats.norm.sf(z), stats.t.sf(t, 25), rtol=0.02)


def test_a_burst_leads_up_or_down_only_if_the_levels_before_and_after_differ():
    assert find_direction("burst", "down") == "down"
    assert find_direction("seasonal", "up") == ""
    expected, observed = np.full((6, 40), 20.0), np.full((6, 40), 10.0)
    observed[:, 5:9] = 60.0
    observed[1, 9:], observed[2, 9:], observed[3, :9] = 2.0, 20.0, 60.0
    dates = (np.array([5, 5, 5, 0, 5, 36]), np.array([9, 9, 9, 9, 9, 40]))
    z = np.array([-5.0, -9.0, 4.0, -9.0, 1.0, 5.0])
    leads = lead_bursts(observed, expected, dates, z=z, variance=np.ones(6))
    assert leads.tolist() == ["", "down", "up", "down", "", "up"]


def test_an_early_burst_to_and_from_one_level_is_no_fall():
    rng = np.random.default_rng(6)
    corpus = simulate_scores({"flat": 20}, n_docs=900, n_periods=30, freq="M", seed=4)
    scores, documents = corpus.scores, corpus.documents
    month = pd.PeriodIndex(documents["date"], freq="M")
    at = (month.year - month.year.min()) * 12 + month.month - 1
    burst = (rng.random((900, 3)) < np.where((at >= 3) & (at < 7), 0.6, 0.1)[:, None]).astype(int)
    items = pd.DataFrame(
        {"item": [f"burst {n}" for n in range(3)] + [f"flat {n}" for n in range(20)]}
    )
    matrix = sparse.csr_array(sparse.hstack([sparse.csr_array(burst), scores.matrix]))
    joined = Scores(matrix, scores.doc_ids, items.astype("str"), scores.n_units, scores.unit)
    table = fit_trends(joined, documents, freq="M", seed=1).table.iloc[:3]
    assert (table["shape"] == "burst").all()
    assert (table["direction"] == "").all()
    assert table["claimed"].all()
    assert table["verdict"].str.startswith("Found mainly between ").all()


def test_indices_outside_the_axis_have_no_date():
    periods = np.array(["2020-01-01", "2021-01-01"], "datetime64[D]")
    dates = to_dates(np.array([-1, 1, 2]), periods)
    assert dates.isna().tolist() == [True, False, True]


def test_direction_and_effect_agree(planted):
    found = planted[planted["detected"] & (planted["direction"] != "")]
    assert ((found["effect"] > 1) == (found["direction"] == "up")).all()


def test_a_burst_that_leads_nowhere_is_said_by_its_dates(planted):
    bursts = planted[(planted["shape"] == "burst") & (planted["direction"] == "")]
    assert len(bursts) >= 5
    assert (
        bursts["verdict"]
        .str.match(
            r"Found mainly (in|between) [A-Z][a-z]{2} \d{4}( and [A-Z][a-z]{2} \d{4})?: in \d+ of "
        )
        .all()
    )
    assert not planted.loc[planted["detected"], "verdict"].str.contains("Too few").any()


def test_onset_and_end_are_of_the_same_burst():
    courses = list_courses(40, season=0)
    first = (courses.shape == "burst") & (courses.onset == 5)
    second = (courses.shape == "burst") & (courses.onset == 30)
    weights = np.full((1, len(courses.shape)), -50.0, np.float32)
    weights[0, np.flatnonzero(first)] = -1.0
    # Many courses of the late burst share an end, none of them is the likeliest.
    weights[0, np.flatnonzero(second)] = -1.5
    weights[0, np.flatnonzero(second)[0]] = -0.5
    shaped = find_shapes(weights, courses)
    assert shaped.shape[0] == "burst"
    assert shaped.onset[0, 0] == 30
    assert shaped.end[0, 0] > shaped.onset[0, 0]
    assert shaped.onset[0, 1] <= shaped.onset[0, 0] <= shaped.onset[0, 2]


@pytest.mark.parametrize(
    ("onset", "end", "said"),
    [
        ("1848-01-01", "1883-01-01", "between 1848 and 1882"),
        ("1848-01-01", "1849-01-01", "in 1848"),
        ("1848-01-01", None, "since 1848"),
    ],
)
def test_words_for_a_burst(onset, end, said):
    row = {"onset": pd.Timestamp(onset), "end": pd.NaT if end is None else pd.Timestamp(end)}
    assert _when(row, "Y") == said


def test_the_set_of_a_burst_is_as_wide_as_the_data_leave_it():
    """A shallow burst may have begun long before the window that the screen found."""
    expected = np.full((2, 60), 10.0)
    observed = np.full((2, 60), 1.0)
    observed[0, 20:40] = np.linspace(1, 6, 20)
    observed[1, 30:40] = 40.0
    window = (np.array([32, 30]), np.array([40, 40]))
    onset, end = date_window(observed, expected, window, scale=np.full(2, 8.0), stride=1)
    assert onset[0, 2] - onset[0, 1] > 6, "not cut at three periods on either side"
    assert onset[1].tolist() == [30, 30, 30]
    assert end[1].tolist() == [40, 40, 40]


def test_of_no_bursts_there_are_no_dates():
    none, at = np.empty((0, 40)), np.empty(0, np.int64)
    onset, end = date_window(none, none, (at, at), scale=np.empty(0), stride=1)
    assert onset.shape == end.shape == (0, 3)
