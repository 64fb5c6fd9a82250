import pandas as pd
import pytest

from watchwords.concepts import check_concepts, name_concepts, read_concepts
from watchwords.concepts.termbase import COLUMNS
from watchwords.errors import ReportError, SchemaError


def _table(**columns):
    return pd.DataFrame({"concept_id": ["a"], "lang": ["en"], "form": ["cold war"]} | columns)


def test_three_columns_are_enough(tmp_path):
    path = tmp_path / "watch.csv"
    path.write_text("concept_id,lang,form\ncarbon,zh,双碳\ncarbon,en,dual carbon\n", "utf-8")
    concepts = read_concepts(path)
    assert tuple(concepts.columns) == COLUMNS
    assert concepts["form"].tolist() == ["双碳", "dual carbon"]
    rest = concepts[["label", "zh", "category", "first_use", "note", "keep_apart"]]
    assert (rest == "").all(axis=None)
    assert not concepts[["needs_context", "exact"]].any(axis=None)


def test_a_byte_order_mark_and_further_columns_are_kept_out_of_the_way(tmp_path):
    path = tmp_path / "watch.csv"
    path.write_bytes("concept_id,lang,form,by\na,en,cold war,Li\n\n".encode("utf-8-sig"))
    concepts = read_concepts(str(path))
    assert concepts["concept_id"].tolist() == ["a"]
    assert concepts["by"].tolist() == ["Li"]


def test_what_one_row_says_of_a_concept_holds_for_all_its_rows():
    table = pd.DataFrame(
        {
            "concept_id": ["a", "a", "b"],
            "lang": "en",
            "form": ["cold war", "cool war", "peace"],
            "label": ["", "the cold war", ""],
            "first_use": ["1947", "", ""],
            "note": ["often", "", ""],
        }
    )
    checked = check_concepts(table)
    assert checked["label"].tolist() == ["the cold war", "the cold war", ""]
    assert checked["first_use"].tolist() == ["1947", "1947", ""]
    assert checked["note"].tolist() == ["often", "", ""]
    assert name_concepts(checked).to_dict() == {"a": "the cold war", "b": "peace"}


def test_checking_changes_nothing_twice_and_nothing_in_the_argument():
    table = _table(needs_context=["1"])
    before = table.copy()
    checked = check_concepts(table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(check_concepts(checked), checked)
    assert checked["needs_context"].tolist() == [True]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"form": [" "]}, r"row 2, column `form`: '' has no letter"),
        ({"form": ["…"]}, r"row 2, column `form`: '…' has no letter"),
        ({"lang": ["fr"]}, r"row 2, column `lang`: 'fr' is not known; allowed are: en, zh"),
        ({"concept_id": [""]}, r"row 2, column `concept_id`: '' is empty"),
        ({"concept_id": ["cold war"]}, r"column `concept_id`: 'cold war' has a blank"),
        ({"first_use": ["Nov 2021"]}, r"column `first_use`: 'Nov 2021' is not YYYY"),
        ({"first_use": ["2021-13"]}, r"column `first_use`: '2021-13' is not YYYY"),
        ({"first_use_confidence": ["sure"]}, r"'sure' is not high, medium or low"),
        ({"needs_context": ["yes"]}, r"row 2, column `needs_context`: 'yes' is neither 0 nor 1"),
        ({"keep_apart": ["b"]}, r"column `keep_apart`: there is no concept 'b'"),
    ],
)
def test_a_wrong_value_is_named_with_row_and_column(columns, message):
    with pytest.raises(SchemaError, match=message):
        check_concepts(_table(**columns))


def test_a_missing_column_is_named():
    with pytest.raises(SchemaError, match=r"no column `form`; it has: concept_id, lang"):
        check_concepts(_table().drop(columns="form"))


def test_one_form_for_two_concepts_needs_context():
    table = pd.DataFrame(
        {"concept_id": ["a", "b"], "lang": "en", "form": ["four centers", "Four Centers"]}
    )
    with pytest.raises(SchemaError, match=r"row 3, column `form`: 'Four Centers' is a form of 'a'"):
        check_concepts(table)
    assert len(check_concepts(table.assign(needs_context=1))) == 2
    assert len(check_concepts(table.assign(lang=["en", "zh"]))) == 2


def test_a_form_listed_twice_and_two_opinions_on_a_concept_are_errors():
    table = pd.DataFrame({"concept_id": "a", "lang": "en", "form": ["cold war", "cold war"]})
    with pytest.raises(SchemaError, match=r"'cold war' is listed twice for 'a'"):
        check_concepts(table)
    two = table.assign(form=["cold war", "cool war"], label=["x", "y"])
    with pytest.raises(SchemaError, match=r"column `label`: 'y' differs from 'x'"):
        check_concepts(two)


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(ReportError, match=r"no such file, .* did you mean `sotu`"):
        read_concepts("sotus")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("concept_id,lang,form\na,en,café\n".encode("latin-1"))
    with pytest.raises(SchemaError, match="is not UTF-8"):
        read_concepts(latin)
    comma = tmp_path / "comma.csv"
    comma.write_text("concept_id,lang,form\na,en,one belt, one road\n", "utf-8")
    with pytest.raises(SchemaError, match="row 2: 4 values for 3 columns"):
        read_concepts(comma)
    empty = tmp_path / "empty.csv"
    empty.write_text("", "utf-8")
    with pytest.raises(SchemaError, match="is empty"):
        read_concepts(empty)


@pytest.mark.parametrize("name", ["sotu", "tifa"])
def test_the_bundled_term_bases_are_complete(name):
    concepts = read_concepts(name)
    assert concepts["concept_id"].nunique() >= 25
    assert (concepts.groupby("concept_id")["label"].first() != "").all()
    assert (concepts.groupby("concept_id")["category"].first() != "").all()
    counted = concepts[~concepts["needs_context"]]
    assert (
        not counted.assign(form=counted["form"].str.casefold()).duplicated(["lang", "form"]).any()
    )
    dated = concepts[concepts["first_use"] != ""]
    assert (dated["first_use_confidence"] != "").all()


def test_the_formulas_have_chinese_and_english_forms():
    concepts = read_concepts("tifa")
    assert (concepts.groupby("concept_id")["lang"].nunique() == 2).all()
    assert (concepts["zh"] != "").all()
