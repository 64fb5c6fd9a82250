import numpy as np
import pandas as pd
import pytest

from watchwords.clean import clean_corpus, clean_documents, find_duplicates, find_raw_span
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
        [{"doc_id": name, "date": "NaT", "lang": "en", "text": "It is the same."} for name in "zyx"]
    )
    assert find_duplicates(documents).tolist() == ["x", "x", ""]


def test_a_word_that_two_documents_share_by_chance_makes_no_copy():
    documents = make_documents(
        [{"doc_id": name, "date": "NaT", "lang": "en", "text": "Dialogue."} for name in "zyx"]
    )
    assert find_duplicates(documents).tolist() == ["", "", ""]


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


def test_what_is_asked_for_is_done_and_no_more():
    lines = ["The old bridge was painted.", "The new school was opened.", "The ferry was sold."]
    rows = [
        {"doc_id": str(n), "date": "2021-05-01", "lang": "en", "title": "", "source": "S"}
        | {"text": f"Home | News\n{lines[n % 3]} It was day {n}.\nPrint | Close | Home"}
        for n in range(12)
    ]
    documents = make_documents(rows)
    plain = clean_corpus(documents, boilerplate=False, near=None)
    assert len(plain.removed) == 0
    assert set(plain.documents["removed_lines"]) == {""}
    assert plain.documents["text"].str.contains("News").all()
    found = clean_corpus(documents, progress=True)
    assert set(found.documents["removed_lines"]) == {"0,2"}
    assert found.documents["text"].tolist()[0] == "The old bridge was painted. It was day 0."
    assert found.documents["raw"].tolist() == documents["text"].tolist()
    assert "24 lines removed" in repr(found)


def test_a_quotation_is_led_back_over_removed_lines():
    raw = "Home | News\n\nThe “two\u200b  ropes”hold .\nPrint\nThe end."
    documents = make_documents(
        [{"doc_id": "a", "date": "NaT", "lang": "en", "title": "", "text": raw}]
    ).assign(raw=raw, removed_lines="0,3")
    text = clean_documents(documents, boilerplate=False)["text"].iloc[0]
    assert "News" in text  # without boilerplate nothing is removed
    text = 'The "two ropes" hold.\nThe end.'
    for words, printed in {"two ropes": "two\u200b  ropes", "The end.": "The end."}.items():
        start = text.index(words)
        first, last = find_raw_span(raw, start, start + len(words), removed_lines="0,3")
        assert raw[first:last] == printed


def test_earlier_documents_must_have_been_cleaned(documents):
    with pytest.raises(SchemaError, match="no column `removed_lines`"):
        clean_documents(documents, previous=documents)


def test_texts_cleaned_earlier_are_taken(documents, monkeypatch):
    once = clean_documents(documents)

    def fail(text, *, lang):
        assert len(text) < 10, "a text was cleaned again"
        return text

    monkeypatch.setattr("watchwords.clean.documents.clean_text", fail)
    again = clean_documents(documents.assign(title="Short"), previous=once)
    assert again["text"].tolist() == once["text"].tolist()
