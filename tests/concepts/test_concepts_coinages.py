import pandas as pd
import pytest

from watchwords.concepts import find_coinages, match_concepts
from watchwords.concepts.quotes import find_labels
from watchwords.tokens import tokenize

NONE = pd.DataFrame({"concept_id": ["x"], "lang": ["en"], "form": ["zzz"]})


def _find(*texts, lang="en", concepts=NONE, **columns):
    doc_ids = [f"d{number}" for number in range(len(texts))]
    table = pd.DataFrame({"doc_id": doc_ids, "lang": lang, "text": list(texts)})
    tokens = tokenize(table.assign(**columns))
    return find_coinages(tokens, match_concepts(tokens, concepts)), tokens


def _forms(*texts, **columns):
    return _find(*texts, **columns)[0]["form"].tolist()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ('They filled the "low plank" and the “dry well”.', ["low plank", "dry well"]),
        ('A " gap" stays, so does the "long road," they fear.', ["gap", "long road"]),
        ('"We will finish the wall," the mason said.', []),
        ('The mason said: "We mend it"', []),
        ('He added that "nothing helps" here.', []),
        ('They read the novel "River Stones" and the notice "On Coal".', []),
        ('The steamer "Albatross" sank.', []),
        ('They cried "Stop!" and left.', []),
        ('An "open quote goes on.\nThe "blue lamp" shines.', ["blue lamp"]),
        ("The “old lamp” and 「新路」 and 『旧路』 but not 《河》.", ["old lamp", "新路", "旧路"]),
        ("没有说：“我们来。”", []),
        ("发扬“老黄牛”精神。", ["老黄牛"]),
        ('Five feet 6" tall.', []),
    ],
)
def test_labels_are_told_from_speech_and_titles(text, labels):
    assert [text[start:end] for start, end in find_labels(text)] == labels


def test_kinds_and_limits():
    text = (
        'The "quiet lane", the "five lamps and five wells", the "1+2+4" plan, "1949", "yes", '
        'a "lane that goes on for far too many words", “三条路”, “大路”.'
    )
    found, _ = _find(text)
    assert dict(zip(found["form"], found["kind"], strict=True)) == {
        "1+2+4": "numeric_formula",
        "five lamps and five wells": "numeric_formula",
        "quiet lane": "quoted_coinage",
        "三条路": "numeric_formula",
        "大路": "quoted_coinage",
    }


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Towns praised the Four Lanterns again.", ["Four Lanterns"]),
        ("We turn to the seven key duties of the year.", ["seven key duties"]),
        ("There is no discount in the three perseverance.", ["three perseverance"]),
        ("It follows the six-pronged river plan for ever.", ["six-pronged river plan"]),
        ("A yard known as the three cleans won.", ["three cleans won"]),
        ("Four members met and read six papers in two days.", []),
        ("Three Rivers County Gazette", []),
        ("The double-decker bus and a two-year term.", []),
        ("They saw two great ships.", []),
        ("The two great-grandsons came.", []),
    ],
)
def test_number_formulas_are_told_from_counting_by_their_signs(text, forms):
    assert _forms(text) == forms


def test_one_row_a_form_with_its_first_sentence():
    texts = ["Rain fell. The “quiet lanes” help.", 'A "Quiet Lane" and the “quiet lane”.']
    found, tokens = _find(*texts)
    row = found.iloc[0]
    assert len(found) == 1
    assert (row["n"], row["n_docs"], row["doc_id"]) == (3, 2, "d0")
    text = tokens.text("d0")
    assert text[row["start"] : row["end"]] == "quiet lanes"
    assert text[row["sentence_start"] : row["sentence_end"]] == "The “quiet lanes” help."


def test_what_a_concept_explains_is_not_listed():
    concepts = pd.DataFrame({"concept_id": ["a"], "lang": ["en"], "form": ["quiet lane"]})
    text = "The “quiet lane” and the “very quiet lanes”, the “loud lane”."
    assert _forms(text, concepts=concepts) == ["loud lane"]
    assert _forms(text, concepts=concepts.assign(needs_context=1)) == ["loud lane"]


def test_reprints_are_left_out():
    texts = ["The “quiet lane”."] * 2
    found, _ = _find(*texts, duplicate_of=["", "d0"])
    assert found["n"].tolist() == [1]


def test_nothing_found_gives_the_same_columns():
    found, _ = _find("Rain fell.")
    full, _ = _find("The “quiet lane”.")
    assert len(found) == 0
    assert found.dtypes.equals(full.dtypes)
