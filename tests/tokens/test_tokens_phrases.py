import pytest

from watchwords.tokens import split_phrase


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Interstate Commerce", ["interstate", "commerce"]),
        ("high-quality", ["high", "quality"]),
        ("nation’s capital", ["nation", "capital"]),
        ("terroris*", ["terroris*"]),
        ("self-*", ["self", "*"]),
        ("war on *", ["war", "on", "*"]),
        ("两个维护", ["两", "个", "维", "护"]),
        ("“U.S.”", ["u.s."]),
        (" , ", []),
        ("", []),
    ],
)
def test_a_phrase_is_split_as_the_texts_are(phrase, words):
    assert [word for word, _ in split_phrase(phrase)] == words


def test_punctuation_within_a_phrase_is_remembered():
    assert split_phrase("(terror, war)") == [("terror", False), ("war", True)]
