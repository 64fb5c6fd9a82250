import pandas as pd
import pytest

from watchwords.errors import WatchwordsError
from watchwords.terms import find_term, label_terms
from watchwords.terms.occurrences import find_terms
from watchwords.tokens import tokenize


def compiled(*texts, **columns):
    names = [f"d{i}" for i in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": "en", "text": list(texts)} | columns))


@pytest.mark.parametrize(
    ("text", "item", "forms"),
    [
        ("High-quality growth", "high quality", ["High-quality"]),
        ("High-quality growth", "quality growth", ["quality growth"]),
        ("High-quality growth", "high", ["High"]),
        ("a growth-high‑quality-led plan", "high quality", ["high‑quality"]),
        ("the Nation’s capital", "nation capital", ["Nation’s capital"]),
        ("war, peace. War peace", "war peace", ["War peace"]),
        ("more and more and more", "more and more", ["more and more", "more and more"]),
        ("war\npeace", "war peace", []),
        ("war  peace", "war peace", ["war  peace"]),
        ("nothing here", "war", []),
    ],
)
def test_forms_are_as_printed(text, item, forms):
    tokens = compiled("other text", text)
    found = find_term(tokens, item)
    assert found["form"].tolist() == forms
    assert (found["doc_id"] == "d1").all()
    places = zip(found["start"], found["end"], strict=True)
    assert [text[start:end] for start, end in places] == forms


def test_the_documents_are_those_that_were_counted():
    tokens = compiled("war", "war", "war", lang=["en", "en", "fr"], duplicate_of=["", "d0", ""])
    assert find_term(tokens, "war")["doc_id"].tolist() == ["d0"]
    assert find_term(tokens, "war", keep_duplicates=True)["doc_id"].tolist() == ["d0", "d1"]


def test_a_term_never_joins_two_documents():
    assert len(find_term(compiled("cold", "war"), "cold war")) == 0


@pytest.mark.parametrize(
    ("text", "item", "label"),
    [
        ("our nation's capital, the nation's capital", "nation capital", "nation's capital"),
        ("the Soviet Union and the Soviet Union", "soviet union", "Soviet Union"),
        ("Thank you. Thank you. We thank you", "thank", "thank"),
        ("Terror. Terror.", "terror", "Terror"),
        (
            "a high-quality one, high-quality two, high quality three",
            "high quality",
            "high-quality",
        ),
        ("some Navy and some navy", "navy", "navy"),
        ("a cold\nwar", "cold war", "cold war"),
        ("peace", "cold war", "cold war"),
    ],
)
def test_a_label_is_the_commonest_printed_form(text, item, label):
    labels = label_terms(compiled(text), [item])
    assert labels.index.tolist() == [item]
    assert labels.tolist() == [label]


@pytest.mark.parametrize("find", [find_terms, label_terms])
def test_one_string_is_not_taken_for_its_letters(find):
    table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["A war"]})
    with pytest.raises(WatchwordsError, match="`items` is 'war'; give a list"):
        find(tokenize(table), "war")
    assert find(tokenize(table), []).empty
