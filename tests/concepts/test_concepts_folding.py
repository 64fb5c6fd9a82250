import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.concepts.folding import NUMBER_WORDS, fold_word, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("maintenance", "maintenances"),
        ("consciousness", "consciousnesses"),
        ("policy", "policies"),
        ("tax", "taxes"),
        ("battle", "battles"),
        ("approach", "approaches"),
        ("hero", "heroes"),
        ("shoe", "shoes"),
        ("establish", "establishes"),
        ("uphold", "upholds"),
        ("tie", "ties"),
        ("movie", "movies"),
        ("house", "houses"),
    ],
)
def test_a_plural_folds(one, other):
    assert fold_word(one) == fold_word(other)
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new", "news"),
        ("custom", "customs"),
        ("good", "goods"),
        ("arm", "arms"),
        ("seven", "sevens"),
        ("hundred", "hundreds"),
        ("stat", "status"),
        ("clas", "class"),
        ("thi", "this"),
        ("analysi", "analysis"),
        ("ga", "gas"),
        ("uphold", "upholding"),
        ("soviet", "soviets'"),
    ],
)
def test_what_is_another_word_stays_apart(one, other):
    assert fold_word(one) != fold_word(other)


@given(st.text("abceghinosuxyz'", min_size=1, max_size=9))
def test_spellings_are_all_of_one_class(word):
    listed = spellings(word)
    assert word in listed
    assert {fold_word(other) for other in listed} == {fold_word(word)}
    assert fold_word(fold_word(word)) == fold_word(word) or fold_word(word).endswith("s")


def test_numbers_are_never_folded():
    assert all(fold_word(number) == number for number in NUMBER_WORDS)
    assert not any(number + "s" in spellings(number) for number in NUMBER_WORDS)
    assert "twenties" not in spellings("twenty")
