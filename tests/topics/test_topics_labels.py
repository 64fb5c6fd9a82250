"""Names for topics."""

import numpy as np
import pytest

from watchwords.topics.labels import label_topics, rank_words, share_stem

WORDS = np.array(["army", "farm", "farmers", "navy", "wheat"], object)


def test_a_label_prefers_words_that_others_do_not_have():
    beta = np.array([[0.5, 0.0, 0.0, 0.4, 0.1], [0.6, 0.2, 0.1, 0.0, 0.1]])
    # army is larger in both but belongs to neither alone
    assert label_topics(beta, WORDS) == ["navy, army, wheat", "army, farm, wheat"]


def test_equal_words_are_named_by_alphabet():
    beta = np.full((1, 5), 0.2)
    assert label_topics(beta, WORDS) == ["army, farm, navy"]
    assert label_topics(beta[:, ::-1], WORDS[::-1]) == ["army, farm, navy"]


def test_a_topic_of_one_word_has_a_label_of_one_word():
    assert label_topics(np.array([[0.0, 0.0, 0.0, 0.0, 1.0]]), WORDS) == ["wheat"]


def test_ranking_leaves_out_what_a_topic_does_not_have():
    assert rank_words(np.zeros(5), WORDS).tolist() == []
    assert rank_words(np.array([0, 0.3, 0, 0.3, 0.1]), WORDS).tolist() == [1, 3, 4]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("treaty", "treaties", True),
        ("law", "laws", True),
        ("nation", "national", True),
        ("economy", "economic", True),
        ("navy", "naval", True),
        ("peace", "war", False),
        ("gold", "silver", False),
        ("school", "education", False),
    ],
)
def test_stems(one, other, alike):
    assert share_stem(one, other) is share_stem(other, one) is alike
