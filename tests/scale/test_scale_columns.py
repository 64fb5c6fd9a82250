"""Columns as people have them: blank cells, numbers, dates of any kind."""

import datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from watchwords.errors import SchemaError, StorageError, WatchwordsError
from watchwords.scale import Partition, count_partitions, discover_partitions, write_partitions
from watchwords.terms import concordance, count_terms
from watchwords.tokens import append_documents, load_tokens, tokenize

LOW = {"min_docs": 1, "min_count": 1}
COPIES = [
    [None, None, "a"],
    [float("nan"), "", "a"],
    pd.array([None, None, "a"], dtype="string"),
    pd.array([pd.NA, "", "a"], dtype="str"),
]


@pytest.mark.parametrize("copies", COPIES)
def test_a_blank_cell_says_that_a_document_is_no_copy(tmp_path, copies):
    documents = pd.DataFrame(
        {"doc_id": list("abc"), "lang": "en", "text": "cold war", "duplicate_of": copies}
    )
    tokens = tokenize(documents)
    tokens.save(tmp_path / "tokens")
    added = append_documents(tokenize(documents.iloc[:1]), documents.iloc[1:])
    every = [
        *(count_terms(each, **LOW) for each in (tokens, load_tokens(tmp_path / "tokens"), added)),
        discover_partitions(write_partitions(documents, tmp_path / "parts", max_bytes=8), **LOW),
    ]
    assert [scores.items["item"].tolist() for scores in every] == [["cold", "cold war", "war"]] * 4
    assert [scores.matrix.toarray().tolist() for scores in every] == [[[1, 1, 1]] * 2] * 4
    assert concordance(tokens, "war").caption.startswith("“war”: 2 hits in 2 of 2 documents")


def test_columns_of_no_text_are_carried_along_as_they_are():
    documents = pd.DataFrame(
        {"doc_id": list("ab"), "lang": "en", "text": "war", "note": [None, "x"], "n": [1.5, None]}
    )
    kept = tokenize(documents).documents
    assert kept["note"].tolist() == ["", "x"]
    assert kept["n"].dtype == float
    assert tokenize(documents.assign(issuer=float("nan"))).documents["issuer"].tolist() == ["", ""]
    assert documents["note"].isna().sum() == 1, "the caller's table is as it was"


@pytest.mark.parametrize("max_bytes", [11, 22, 1000])
@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (pd.array([1990, 1990, 1990, None], dtype="Int64"), {"": 2, "1990": 6}),
        ([1990.5, 1990.5, 1990.5, None], {"": 2, "1990.5": 6}),
        (pd.Categorical(["x", "x", "x", None]), {"": 2, "x": 6}),
        (pd.to_datetime(["1990-05-01 08:00"] * 3 + [None]), {"": 2, "1990-05-01": 6}),
    ],
)
def test_groups_are_the_same_however_the_corpus_is_partitioned(
    tmp_path, years, expected, max_bytes
):
    name = "date" if isinstance(years, pd.DatetimeIndex) else "year"
    documents = pd.DataFrame({"text": ["war and war"] * 4, name: years})
    parts = write_partitions(documents, tmp_path / "parts", max_bytes=max_bytes)
    counts = count_partitions(parts, by=name, max_words=1, min_count=8)
    assert dict(zip(counts.table()["group"], counts.table()["n"], strict=True)) == expected


def write(path, **columns):
    pq.write_table(pa.table({"text": ["war and war"] * 2} | columns), path)
    return path


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["1990-05-01", "1991"]),
        pa.array(["1990-12-31T23:00:00-05:00", "1991-01-01T00:30:00+14:00"]),
        pa.array([datetime.date(1990, 5, 1), datetime.date(1991, 5, 1)]),
        pa.array(
            pd.to_datetime(["1990-12-31 23:00", "1991-01-01 00:30"]).tz_localize("Asia/Shanghai")
        ),
    ],
)
def test_the_day_of_a_date_is_that_where_it_was_written(tmp_path, dates):
    counts = count_partitions(write(tmp_path / "a.parquet", date=dates), freq="Y", min_count=4)
    assert counts.table()["period"].dt.year.tolist() == [1990, 1991]


def test_a_date_that_is_missing_or_blank_is_unknown(tmp_path):
    blank = write(tmp_path / "a.parquet", date=pa.array(["", "1066-10-14"]))
    assert count_partitions(blank, freq="Y").left_out["undated"] == 1


@pytest.mark.parametrize(
    ("dates", "said"),
    [(["May 1990", "1991"], "no date such as 1990-05-01"), ([1990, 1991], "int64, not dates")],
)
def test_what_is_no_date_is_refused(tmp_path, dates, said):
    path = write(tmp_path / "a.parquet", date=pa.array(dates))
    with pytest.raises(SchemaError, match=said):
        count_partitions(path, freq="Y")


def test_what_is_no_text_is_refused(tmp_path):
    with pytest.raises(SchemaError, match="cannot be shown as text"):
        count_partitions(write(tmp_path / "a.parquet", tags=pa.array([["x"], []])), by="tags")
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "b.parquet")
    with pytest.raises(SchemaError, match=r"`text` of .* holds int64, not text"):
        count_partitions(tmp_path / "b.parquet")


@pytest.mark.parametrize("made", ["table", "file"])
def test_documents_without_texts_are_refused_before_anything_is_written(tmp_path, made):
    documents = pd.DataFrame({"doc_id": ["a"], "body": ["war"]})
    documents.to_parquet(tmp_path / "a.parquet")
    source = documents if made == "table" else tmp_path / "a.parquet"
    with pytest.raises(SchemaError, match=r"has no column `text`; it has: doc_id, body\."):
        write_partitions(source, tmp_path / "parts")
    with pytest.raises(SchemaError, match="int64, not text"):
        write_partitions(documents.assign(text=1), tmp_path / "more")
    with pytest.raises(SchemaError, match="several kinds of values"):
        write_partitions(pd.DataFrame({"text": "a", "n": [1, "a"]}), tmp_path / "third")


def test_a_column_that_is_not_there_is_not_suggested(tmp_path):
    path = write(tmp_path / "a.parquet", sourced=pa.array(["x", "y"]))
    with pytest.raises(SchemaError, match=r"no column `source`; did you mean `sourced`\?"):
        count_partitions(path, by="source")


def test_a_store_that_cannot_be_reached_is_named():
    with pytest.raises(StorageError, match="cannot reach 'nosuch://bucket/a'"):
        count_partitions("nosuch://bucket/a")


def test_row_groups_are_counted_once_however_their_file_is_written(tmp_path, monkeypatch):
    path = write(tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": ["war"] * 3}), tmp_path / "b.parquet", row_group_size=1)
    (tmp_path / "link.parquet").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    for again in ("a.parquet", "./a.parquet", "link.parquet", path.as_uri(), tmp_path):
        with pytest.raises(WatchwordsError, match="more than once"):
            count_partitions([path, again])
    halves = [Partition("b.parquet", 0, 2), Partition(str(tmp_path / "b.parquet"), 2, 3)]
    assert count_partitions(halves, min_count=1).n.tolist() == [3]
    with pytest.raises(WatchwordsError, match=r"row groups 1 to 2.* more than once"):
        count_partitions([halves[0], Partition("b.parquet", 1, 3)])
