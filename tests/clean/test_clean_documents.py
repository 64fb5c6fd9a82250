import numpy as np
import pandas as pd
import pytest

from watchwords.clean import clean_documents, find_duplicates
from watchwords.errors import SchemaError
from watchwords.schema import TABLES


def make_documents(rows):
    table = pd.DataFrame(rows)
    for column, kind in TABLES["documents"].columns.items():
        if kind == "date":
            table[column] = np.array(table[column], dtype="datetime64[s]")
        elif column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    return table


@pytest.fixture
def documents():
    return make_documents(
        [
            {
                "doc_id": "b",
                "date": "NaT",
                "lang": "en",
                "title": "“Ropes”",
                "text": "The “pier”\n\nheld .",
            },
            {
                "doc_id": "c",
                "date": "2022-05-01",
                "lang": "en",
                "title": "Nets",
                "text": 'The "pier"\nHELD.',
            },
            {
                "doc_id": "a",
                "date": "2021-05-01",
                "lang": "en",
                "title": "Nets",
                "text": 'The "pier" held.',
            },
            {
                "doc_id": "d",
                "date": "2020-05-01",
                "lang": "zh",
                "title": "绳",
                "text": "绳子 ，结实",
            },
            {"doc_id": "e", "date": "NaT", "lang": "und", "title": "", "text": ""},
            {"doc_id": "f", "date": "NaT", "lang": "und", "title": "", "text": ""},
        ]
    )


def test_text_and_title_are_cleaned_and_raw_is_kept(documents):
    before = documents.copy(deep=True)
    cleaned = clean_documents(documents)
    assert cleaned["text"].tolist()[0] == 'The "pier"\n\nheld.'
    assert cleaned["title"].tolist()[0] == '"Ropes"'
    assert cleaned["text"].tolist()[3] == "绳子，结实"
    assert cleaned["raw"].tolist() == before["text"].tolist()
    pd.testing.assert_frame_equal(documents, before)


def test_cleaning_twice_changes_nothing(documents):
    once = clean_documents(documents)
    pd.testing.assert_frame_equal(clean_documents(once), once)


def test_copies_point_to_the_earliest_dated_one(documents):
    cleaned = clean_documents(documents)
    assert dict(zip(cleaned["doc_id"], cleaned["duplicate_of"], strict=True)) == {
        "b": "a",
        "c": "a",
        "a": "",
        "d": "",
        "e": "",
        "f": "",
    }


def test_undated_copies_are_told_apart_by_doc_id():
    documents = make_documents(
        [{"doc_id": name, "date": "NaT", "lang": "en", "text": "Same."} for name in "zyx"]
    )
    assert find_duplicates(documents).tolist() == ["x", "x", ""]


def test_the_order_of_rows_decides_nothing(documents):
    forward = clean_documents(documents).set_index("doc_id")["duplicate_of"]
    backward = clean_documents(documents.iloc[::-1]).set_index("doc_id")["duplicate_of"]
    assert forward.sort_index().tolist() == backward.sort_index().tolist()


def test_a_title_of_furniture_words_is_kept():
    documents = make_documents(
        [{"doc_id": "a", "date": "NaT", "lang": "en", "title": "Print", "text": "Ropes hold."}]
    )
    assert clean_documents(documents)["title"].tolist() == ["Print"]


def test_a_table_without_text_is_refused(documents):
    with pytest.raises(SchemaError, match="no column `text`"):
        clean_documents(documents.drop(columns="text"))
