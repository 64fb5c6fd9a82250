import pandas as pd
import pytest

from watchwords.errors import WatchwordsError
from watchwords.terms import count_terms, hide_nested
from watchwords.tokens import tokenize


def counted(text, *, max_words=3, others="one two three four. " * 5):
    words = " ".join(f"filler{number}." for number in range(300))
    table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": [text, f"{words} {others}"]})
    return count_terms(tokenize(table), max_words=max_words, min_docs=1, min_count=2)


def kept(scores, **options):
    return hide_nested(scores, **options).items["item"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 4 of 5: explained; 3 of 5: not.
        ("soviet union. " * 4 + "soviet", ["soviet union"]),
        ("soviet union. " * 3 + "soviet. soviet", ["soviet", "soviet union"]),
        # Both parts of "united states" have lives of their own, or one, or none.
        ("united states. " * 6 + "states. " * 4, ["states", "united states"]),
        # A chain: only the whole is left.
        ("world war ii. " * 5, ["world war ii"]),
        # A term with stop words inside explains its edges.
        ("house of representatives. " * 5, ["house of representatives"]),
        # Two longer ones share the shorter: neither explains it alone.
        ("gold coin. " * 5 + "gold bar. " * 5, ["gold", "gold bar", "gold coin"]),
    ],
)
def test_a_part_goes_if_one_longer_term_explains_it(text, expected):
    assert kept(counted(text)) == expected


def test_the_share_is_the_one_asked_for():
    scores = counted("soviet union. " * 3 + "soviet. union. soviet. union")
    assert kept(scores) == ["soviet", "soviet union", "union"]
    assert kept(scores, explained=0.6) == ["soviet union"]


def test_a_cut_at_the_greatest_length_goes():
    text = "people of the united states. " * 5 + "people. " * 5 + "united. " * 5
    assert "people of the united" in counted(text, max_words=4).items["item"].tolist()
    assert "people of the united" not in kept(counted(text, max_words=4))
    assert "people of the united states" in kept(counted(text, max_words=5))


def test_a_name_longer_than_the_greatest_length_does_not_vanish():
    text = "treaty of guadalupe hidalgo. " * 5
    assert kept(counted(text, max_words=3)) == ["guadalupe hidalgo", "treaty"]
    assert kept(counted(text, max_words=4)) == ["treaty of guadalupe hidalgo"]


@pytest.mark.parametrize(("n_beside", "expected"), [(6, False), (8, True)])
def test_chance_neighbours_go_unless_they_are_common(n_beside, expected):
    beside = ["Great nation. A nation. Great men. Great."] * n_beside
    apart = ["Nation. Great. Great nations of men. A nation. The great."] * (30 - n_beside)
    texts = [text + " Filler." * 5 for text in beside + apart]
    table = pd.DataFrame({"doc_id": range(30), "lang": "en", "text": texts})
    scores = count_terms(tokenize(table.astype({"doc_id": "str"})))
    assert ("great nation" in kept(scores)) == expected
    assert "great nation" in kept(scores, attraction=-1)


def test_counts_and_documents_stay_as_they_are():
    scores = counted("soviet union. " * 4 + "soviet")
    hidden = hide_nested(scores)
    assert hidden.doc_ids.tolist() == scores.doc_ids.tolist()
    assert hidden.n_units.tolist() == scores.n_units.tolist()
    assert hidden.matrix.sum() == 4
    assert len(scores.items) == 3


def test_free_standing_counts_hide_the_same_terms():
    text = "soviet union. " * 4 + "soviet. union. " + "united states. " * 6 + "states. " * 4
    table = pd.DataFrame({"doc_id": ["a"], "lang": "en", "text": [text + " one. two." * 200]})
    tokens = tokenize(table)
    options = {"min_docs": 1, "min_count": 2}
    free = hide_nested(count_terms(tokens, free_standing=True, **options))
    assert free.items["item"].tolist() == kept(count_terms(tokens, **options))
    assert "states" in free.items["item"].tolist()


def test_nothing_in_nothing_out():
    table = pd.DataFrame({"doc_id": ["a"], "lang": "en", "text": ["of"]})
    assert len(hide_nested(count_terms(tokenize(table))).items) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"explained": 0.5}, "`explained` is 0.5"),
        ({"explained": 1.1}, "`explained` is 1.1"),
        ({"attraction": 2}, "`attraction` is 2"),
    ],
)
def test_a_share_out_of_range_is_refused(options, message):
    with pytest.raises(WatchwordsError, match=message):
        hide_nested(counted("war. war"), **options)
