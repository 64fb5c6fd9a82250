import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from watchwords.errors import SchemaError, TooFewDocumentsError, WatchwordsError
from watchwords.scores import Scores
from watchwords.terms import score_keyness
from watchwords.terms.dispersion import deviation_of_proportions
from watchwords.terms.keyness import fisher_exact, log_rate_variance


def made(counts, *, n_units=None, names=None):
    matrix = np.asarray(counts, np.int32)
    n_docs, n_items = matrix.shape
    items = pd.DataFrame(
        {"item": names or [f"t{column}" for column in range(n_items)], "lang": "en"}
    )
    units = np.full(n_docs, 100, np.int64) if n_units is None else np.asarray(n_units, np.int64)
    doc_ids = np.array([f"d{row:03}" for row in range(n_docs)], object)
    return Scores(sparse.csr_array(matrix), doc_ids, items, units, "word")


@st.composite
def tables(draw):
    sizes = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    n = draw(st.integers(1, 6))
    k = [draw(st.integers(0, sizes[0])) for _ in range(n)]
    j = [draw(st.integers(0, sizes[1])) for _ in range(n)]
    return np.array(k), np.array(j), sizes


@given(tables())
@settings(max_examples=50, deadline=None)
def test_p_values_are_those_of_scipy(table):
    k, j, sizes = table
    expected = [
        stats.fisher_exact([[a, sizes[0] - a], [b, sizes[1] - b]]).pvalue
        for a, b in zip(k, j, strict=True)
    ]
    assert fisher_exact(k, j, sizes=sizes) == pytest.approx(expected, rel=1e-9)


def test_p_values_hold_for_thousands_of_documents():
    k, j = np.array([1500, 1000, 0, 3000]), np.array([900, 1000, 0, 2500])
    expected = [
        stats.fisher_exact([[a, 3000 - a], [b, 2500 - b]]).pvalue for a, b in zip(k, j, strict=True)
    ]
    assert fisher_exact(k, j, sizes=(3000, 2500)) == pytest.approx(expected, rel=1e-6)


def test_a_table_worked_by_hand():
    # 20 documents of 100 words a side; t0 twice in 10 target documents, once in 5 others.
    counts = np.zeros((40, 3), int)
    counts[:10, 0], counts[20:25, 0] = 2, 1
    counts[:, 1] = 1
    counts[20:, 2] = 3
    table = score_keyness(made(counts), [f"d{row:03}" for row in range(20)])
    assert table["item"].tolist() == ["t2", "t0", "t1"]
    first, second, third = (row for _, row in table.iterrows())
    assert (first["n_target"], first["n_reference"]) == (0, 60)
    assert first["log_ratio"] == pytest.approx(np.log2(0.5 / 60))
    assert first["log_likelihood"] == pytest.approx(-2 * 60 * np.log(2))
    assert np.isnan(first["dispersion_target"])
    assert first["dispersion_reference"] == 0
    assert first["share_difference"] == -1
    assert (second["n_docs_target"], second["n_docs_reference"]) == (10, 5)
    assert (second["n_target_docs"], second["n_reference_docs"]) == (20, 20)
    assert second["log_ratio"] == pytest.approx(2)
    assert second["share_difference"] == pytest.approx(0.25)
    expected = 2 * (20 * np.log(20 / 12.5) + 5 * np.log(5 / 12.5))
    assert second["log_likelihood"] == pytest.approx(expected)
    assert (third["log_ratio"], third["log_likelihood"], third["p_value"]) == (0, 0, 1)
    assert table["q_value"].tolist() == pytest.approx(
        stats.false_discovery_control(table["p_value"]).tolist()
    )


def test_log_likelihood_is_that_of_scipy():
    counts = np.zeros((40, 1), int)
    counts[:20], counts[20:] = 3, 1
    units = [100] * 20 + [80] * 20
    found = score_keyness(made(counts, n_units=units), [f"d{row:03}" for row in range(20)])
    # The usual G2 of corpus linguistics leaves out the cells of "all other words".
    g2 = 2 * (60 * np.log(60 / (80 * 2000 / 3600)) + 20 * np.log(20 / (80 * 1600 / 3600)))
    assert found["log_likelihood"][0] == pytest.approx(g2)
    assert found["log_ratio"][0] == pytest.approx(np.log2((60 / 2000) / (20 / 1600)))


def test_a_reference_of_ones_own_leaves_other_documents_out():
    counts = np.zeros((60, 2), int)
    counts[:20, 0] = 1
    counts[40:, 1] = 1
    names = [f"d{row:03}" for row in range(60)]
    table = score_keyness(made(counts), names[:20], reference=names[20:40])
    assert table["item"].tolist() == ["t0"]
    assert table["n_reference_docs"].tolist() == [20]
    assert len(score_keyness(made(counts), names[:20])) == 2


def test_swapping_the_sides_turns_the_signs():
    rng = np.random.default_rng(3)
    scores = made(rng.poisson(0.7, (50, 30)), n_units=rng.integers(50, 500, 50))
    names = [f"d{row:03}" for row in range(50)]
    one = score_keyness(scores, names[:22]).set_index("item").sort_index()
    other = score_keyness(scores, names[22:]).set_index("item").sort_index()
    assert one["log_ratio"].to_numpy() == pytest.approx(-other["log_ratio"].to_numpy())
    assert one["share_difference"].to_numpy() == pytest.approx(
        -other["share_difference"].to_numpy()
    )
    assert one["p_value"].to_numpy() == pytest.approx(other["p_value"].to_numpy())
    assert one["log_likelihood"].to_numpy() == pytest.approx(-other["log_likelihood"].to_numpy())
    assert one["log_ratio_low"].to_numpy() == pytest.approx(-other["log_ratio_high"].to_numpy())
    assert one["dispersion_target"].to_numpy() == pytest.approx(
        other["dispersion_reference"].to_numpy(), nan_ok=True
    )


def test_groups_drawn_by_lot_are_not_told_apart():
    rng = np.random.default_rng(11)
    scores = made(rng.poisson(0.5, (200, 400)))
    names = [f"d{row:03}" for row in rng.permutation(200)]
    assert (score_keyness(scores, names[:100])["q_value"] > 0.05).all()


def test_ties_stand_in_the_order_of_their_text():
    counts = np.zeros((40, 2), int)
    counts[:20] = 1
    table = score_keyness(made(counts, names=["zebra", "ant"]), [f"d{n:03}" for n in range(20)])
    assert table["item"].tolist() == ["ant", "zebra"]


def test_below_the_floor_there_is_a_sentence():
    scores = made(np.ones((39, 1), int))
    with pytest.raises(TooFewDocumentsError) as error:
        score_keyness(scores, [f"d{row:03}" for row in range(20)])
    assert str(error.value) == (
        "Too few documents for a comparison: 20 documents against 19; it needs 20 on each side. "
        "Counts only."
    )


@pytest.mark.parametrize(
    ("target", "reference", "error", "message"),
    [
        (["zzz"], None, SchemaError, "`target` has a document 'zzz' that was not searched"),
        (["d000"], ["d000"], SchemaError, "'d000' is in `target` and in `reference`"),
        ([f"d{n:03}" for n in range(20)], None, WatchwordsError, "`target` has 0 words"),
    ],
)
def test_wrong_sides_are_refused(target, reference, error, message):
    scores = made(np.ones((40, 1), int), n_units=[0] * 20 + [5] * 20)
    with pytest.raises(error, match=message):
        score_keyness(scores, target, reference=reference)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=8))
@settings(max_examples=50, deadline=None)
def test_dispersion_and_variance_are_those_of_their_definitions(rows):
    counts = np.array(rows)
    sizes = counts.sum(axis=1) * 7 + np.arange(1, len(counts) + 1)
    matrix = sparse.csr_array(counts)
    spread = deviation_of_proportions(matrix, sizes)
    variance = log_rate_variance(matrix, sizes)
    for item in range(3):
        n = counts[:, item]
        if not n.sum():
            assert np.isnan(spread[item])
            assert variance[item] == 2
            continue
        shares = sizes / sizes.sum()
        deviation = np.abs(n / n.sum() - shares).sum() / 2 / (1 - shares.min())
        assert spread[item] == pytest.approx(deviation, abs=1e-12)
        residual = ((n - n.sum() / sizes.sum() * sizes) ** 2).sum()
        m = len(n)
        assert variance[item] == pytest.approx(m / (m - 1) * residual / n.sum() ** 2, abs=1e-12)


def test_dispersion_is_0_where_all_have_their_share_and_1_where_one_has_all():
    counts = sparse.csr_array(np.array([[1, 0], [2, 5], [3, 0]]))
    spread = deviation_of_proportions(counts, np.array([200, 100, 300]))
    assert spread[1] == 1
    even = deviation_of_proportions(counts[:, :1], np.array([100, 200, 300]))
    assert even == pytest.approx([0])


def test_the_interval_holds_the_truth_as_often_as_it_says():
    # Words come in bursts: within a document they are not independent of one another.
    rng = np.random.default_rng(5)
    n_items, truth = 1500, 1.0
    units = rng.integers(200, 2000, 120)
    bursts = rng.gamma(0.7, 1 / 0.7, (120, n_items))
    rates = np.where(np.arange(120) < 50, 0.004 * 2**truth, 0.004)
    counts = rng.poisson(rates[:, None] * units[:, None] * bursts)
    table = score_keyness(made(counts, n_units=units), [f"d{row:03}" for row in range(50)])
    held = (table["log_ratio_low"] <= truth) & (truth <= table["log_ratio_high"])
    assert 0.91 <= held.mean() <= 0.98
    # The usual standard error of words drawn one by one would promise far too much.
    naive = 1.96 * np.sqrt(1 / table["n_target"] + 1 / table["n_reference"]) / np.log(2)
    assert ((table["log_ratio"] - truth).abs() <= naive).mean() < 0.8
