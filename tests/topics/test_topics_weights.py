"""Weights of words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from watchwords.topics.factors import largest_topic, to_shares
from watchwords.topics.weights import IDF_POWER, weigh_words

COUNTS = hnp.arrays(
    np.int32, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(0, 4)
)


@given(COUNTS)
def test_every_paragraph_has_length_one_or_none(counts):
    weights = weigh_words(sparse.csr_array(counts)).toarray()
    length = np.sqrt((weights**2).sum(axis=1))
    tells = ((counts > 0) & ((counts > 0).sum(axis=0) < len(counts))).any(axis=1)
    np.testing.assert_allclose(length, tells.astype(float))


@given(COUNTS)
def test_weights_are_those_of_the_formula(counts):
    n_with = (counts > 0).sum(axis=0)
    raw = np.zeros(counts.shape)
    for p, w in np.argwhere(counts):
        raw[p, w] = (1 + np.log(counts[p, w])) * np.log(len(counts) / n_with[w]) ** IDF_POWER
    length = np.sqrt((raw**2).sum(axis=1, keepdims=True))
    expected = np.divide(raw, length, out=np.zeros_like(raw), where=length > 0)
    np.testing.assert_allclose(weigh_words(sparse.csr_array(counts)).toarray(), expected)


def test_the_counts_are_not_changed():
    counts = sparse.csr_array(np.array([[1, 2], [0, 3]], np.int32))
    before = counts.toarray()
    weigh_words(counts)
    np.testing.assert_array_equal(counts.toarray(), before)


@given(hnp.arrays(float, (4, 3), elements=st.floats(0, 1e6)))
def test_shares_sum_to_one_or_nothing(rows):
    sums = to_shares(rows).sum(axis=1)
    np.testing.assert_allclose(sums, (rows.sum(axis=1) > 0).astype(float), atol=1e-8)


def test_a_paragraph_without_words_has_no_topic():
    assert largest_topic(np.array([[0.0, 0.0], [0.4, 0.6]])).tolist() == [-1, 1]
