"""Coherence against its formulas, read slowly."""

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from watchwords.topics.coherence import score_coherence

EPSILON = 1e-12
COUNTS = np.array(
    [
        [1, 2, 1, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [3, 1, 1, 0, 0, 1],
        [0, 0, 0, 1, 1, 0],
        [0, 1, 0, 2, 1, 1],
        [0, 0, 0, 0, 0, 0],
    ]
)
TOPS = [np.array([0, 1, 2]), np.array([3, 4]), np.array([0, 4, 5])]


def share(*columns):
    return (COUNTS[:, columns] > 0).all(axis=1).mean()


def naive_u_mass(top):
    pairs = [(top[i], top[j]) for i in range(1, len(top)) for j in range(i)]
    return np.mean([np.log((share(a, b) + EPSILON) / share(b)) for a, b in pairs])


def naive_npmi(top):
    together = [(share(a, b) + EPSILON, share(a) * share(b)) for a, b in combinations(top, 2)]
    return np.mean([np.log(joint / apart) / -np.log(joint) for joint, apart in together])


@pytest.mark.parametrize(("measure", "naive"), [("u_mass", naive_u_mass), ("c_npmi", naive_npmi)])
def test_coherence_is_that_of_the_formula(measure, naive):
    got = score_coherence(sparse.csr_array(COUNTS), TOPS, measure=measure)
    np.testing.assert_allclose(got, [naive(top) for top in TOPS], atol=1e-4)


def test_words_that_keep_company_are_more_coherent_than_strangers():
    got = score_coherence(sparse.csr_array(COUNTS), TOPS)
    assert got[0] > got[2]


def test_one_word_alone_has_no_coherence():
    got = score_coherence(sparse.csr_array(COUNTS), [np.array([0, 1]), np.array([3])])
    assert np.isnan(got).tolist() == [False, True]
    assert np.isnan(score_coherence(sparse.csr_array(COUNTS), [np.array([3])])).all()
