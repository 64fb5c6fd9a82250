from pathlib import Path

import pandas as pd
import pytest

from watchwords.read import find_length_outliers, measure_lengths, read_sample
from watchwords.schema import empty_table

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"


def documents(texts, **columns):
    table = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(len(texts))], "text": texts})
    table = table.reindex(columns=empty_table("documents").columns, fill_value="")
    table["date"] = pd.Series([None] * len(table), dtype="datetime64[s]")
    return table.assign(**{"lang": "en", **columns})


def words(*lengths):
    return ["word " * n for n in lengths]


USUAL = (90, 100, 100, 100, 105, 110, 110, 110, 115, 120, 130)


def test_a_document_twenty_times_the_usual_length_is_named_with_both_lengths():
    (row,) = find_length_outliers(documents(words(*USUAL, 2300))).to_dict("records")
    assert row["doc_id"] == "d011"
    assert (row["length"], row["median"], row["n_group"]) == (2300, 110.0, 12)
    assert row["ratio"] == pytest.approx(2300 / 110)


def test_the_empty_and_the_next_to_empty_are_named_first():
    found = find_length_outliers(documents(words(*USUAL, 5, 0)))
    assert found["doc_id"].tolist() == ["d012", "d011"]
    assert found["ratio"].tolist() == [0.0, pytest.approx(5 / 105)]


def test_ten_times_is_named_only_where_the_others_do_not_spread_as_far():
    assert len(find_length_outliers(documents(words(*USUAL, 1300)))) == 1
    spread = (12, 20, 30, 60, 80, 100, 150, 300, 500, 700, 900)
    assert find_length_outliers(documents(words(*spread, 1300))).empty
    assert find_length_outliers(documents(words(*spread, 2600)))["length"].tolist() == [2600]


def test_lengths_are_compared_within_source_and_language():
    short, long = words(*[10] * 12), words(*[1000] * 12)
    mixed = documents(short + long, source=["a"] * 12 + ["b"] * 12)
    assert find_length_outliers(mixed).empty
    stray = documents([*short, *long, "word " * 1000], source=["a"] * 12 + ["b"] * 12 + ["a"])
    assert find_length_outliers(stray)["doc_id"].tolist() == ["d024"]


def test_a_source_with_few_documents_is_compared_with_its_language():
    table = documents(words(*USUAL, 2300, 60), source=["a"] * 11 + ["b", "c"])
    found = find_length_outliers(table)
    assert found["n_group"].tolist() == [13]
    assert find_length_outliers(table[-2:].reset_index(drop=True)).empty


def test_duplicates_are_neither_named_nor_usual():
    table = documents(words(*USUAL, 2300), duplicate_of=[""] * 11 + ["d000"])
    assert find_length_outliers(table).empty


def test_chinese_is_measured_in_characters():
    table = documents(["规划" * 50] * 10 + ["规划 " * 1500], lang="zh")
    (row,) = find_length_outliers(table).to_dict("records")
    assert (row["unit"], row["length"], row["median"]) == ("characters", 3000, 100.0)
    assert measure_lengths(documents(["ab ประเทศ"], lang="th")).tolist() == [8]


def test_arguments_are_not_changed_and_no_rows_are_fine():
    table = documents(words(*USUAL, 2300))
    before = table.copy(deep=True)
    find_length_outliers(table)
    pd.testing.assert_frame_equal(table, before)
    assert find_length_outliers(table[:0]).empty


def test_no_message_is_out_of_the_ordinary():
    assert find_length_outliers(read_sample()).empty


def test_whole_debates_among_speeches_are_named():
    if not CORPORA.is_dir():
        pytest.skip("the dated corpora are not on this machine")
    raw = pd.read_parquet(CORPORA / "sg_budget.parquet")
    table = documents(raw["text"].tolist(), source=raw["source"].to_numpy())
    found = find_length_outliers(table.assign(doc_id=raw["id"].astype("str")))
    assert found["doc_id"].tolist() == ["2011", "2009", "2004", "2007"]
