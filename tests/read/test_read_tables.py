import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError
from watchwords.read import read_corpus
from watchwords.read.columns import map_columns
from watchwords.read.delimited import read_delimited
from watchwords.read.jsonl import read_jsonl
from watchwords.read.outcomes import Rejected, Rejection, Source
from watchwords.read.parquet import read_parquet

NAMES = {
    ("Date", "Headline", "Body", "Outlet", "Organ", "Author"): [
        "date", "title", "text", "source", "issuer", "Author"],
    ("published", "time", "content", "paper"): ["date", "time", "text", "source"],
    ("text", "body", "sha256", "raw"): ["text", "body", "sha256_given", "raw_given"],
    ("text", "page_heads", "removed_lines"): ["text", "page_heads_given", "removed_lines_given"],
    ("doc_id", "text", "language", "link"): ["doc_id", "text", "lang", "url"],
}  # fmt: skip


@pytest.mark.parametrize("names", NAMES, ids=str)
def test_the_rule_for_columns(names):
    assert list(map_columns(list(names), {}).values()) == NAMES[names]


def test_the_rule_can_be_overruled_and_an_absent_column_is_named():
    assert map_columns(["text", "body"], {"text": "body"}) == {"text": "text_given", "body": "text"}
    assert map_columns(["body"], {"text": "speech"}) == {"body": "text"}
    with pytest.raises(
        SchemaError, match=r"no column `speech`, `text`, .*; the columns are `words`"
    ):
        map_columns(["words"], {"text": "speech"})
    with pytest.raises(SchemaError, match="occurs twice"):
        map_columns(["text", "text"], {})


def test_tables_of_one_folder_may_lack_a_column_that_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("published,author,text\n2021-02-03,Ann,Ropes hold\n")
    (tmp_path / "b.csv").write_text("date,issuer,text\n2022-02-03,the council,Nets\n")
    (tmp_path / "c.jsonl").write_text('{"text": "One", "author": "Bo"}\n{"text": "Two"}\n')
    (tmp_path / "d.json").write_text('{"text": "Three"}')
    (tmp_path / "e.txt").write_text("no table")
    table = pd.DataFrame({"text": ["Four", "Five"], "author": ["Cy", ""]})
    table.to_parquet(tmp_path / "f.parquet")
    table.to_excel(tmp_path / "g.xlsx", index=False)
    named = {"date": "published", "issuer": "author"}
    corpus = read_corpus(tmp_path, columns=named)
    assert corpus.rejects.empty
    found = corpus.documents.set_index("path").sort_index()
    assert found["issuer"].tolist() == [
        "Ann", "the council", "Bo", "", "", "", "Cy", "", "Cy", "",
    ]  # fmt: skip
    assert [str(day)[:10] for day in found["date"].head(2)] == ["2021-02-03", "2022-02-03"]
    notes = corpus.notes[corpus.notes["code"] == "columns"]
    lacking = notes[notes["detail"].str.contains("`author`")]["path"].tolist()
    assert lacking == ["b.csv#1", "c.jsonl#2", "d.json"]
    with pytest.raises(SchemaError, match=r"no table in .* has a column"):
        read_corpus(tmp_path, columns=named | {"place": "city"})
    with pytest.raises(SchemaError, match="`columns` says `published` for `date`"):
        read_corpus(tmp_path / "b.csv", columns=named)


def test_na_no_and_null_stay_the_words_they_are(tmp_path):
    (tmp_path / "na.csv").write_text(
        "id,date,country,title,text\n1,2026-03-05,NA,null,Ropes hold\n2,2026-03-05,US,None,Nets\n"
        "3,2026-03-05,NO,nan,007\n",
        encoding="utf-8",
    )
    table = read_corpus(tmp_path).documents
    assert table["country"].tolist() == ["NA", "US", "NO"]
    assert table["title"].tolist() == ["null", "None", "nan"]
    assert table["text"].tolist() == ["Ropes hold", "Nets", "007"]
    assert table["doc_id"].tolist() == ["na.csv#1", "na.csv#2", "na.csv#3"]
    assert table["path"].tolist() == ["na.csv#1", "na.csv#2", "na.csv#3"]
    assert set(table["date_basis"]) == {"column date"}


def outcomes(reader, data, columns=None):
    return list(reader("t.x", data, columns or {}))


def summary(found):
    return [(item.row, getattr(item, "reason", "ok")) for item in found]


def test_a_bad_row_costs_itself_only():
    data = b'title,text\na,Ropes\nb\nc,Nets,more\nd,\ne,"Wells"\nf,"Pu"mps\ng,Oil\n'
    assert summary(outcomes(read_delimited, data)) == [
        (1, "ok"), (2, "malformed"), (3, "malformed"), (4, "no_text"), (5, "ok"),
        (6, "malformed"), (7, "ok"),
    ]  # fmt: skip


def test_an_open_quote_names_the_lines_it_swallows_and_makes_no_giant_document():
    data = b'title,text\na,Ropes\nb,"open\n' + b"c,swallowed\n" * 50
    found = outcomes(read_delimited, data)
    assert summary(found) == [(1, "ok"), (2, "malformed")]
    assert "never closed" in found[1].detail
    assert "lines 3 to 53" in found[1].detail


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.tsv", "title\ttext\nx\tRopes, nets\n"), ("a.csv", "title;text\nx;Ropes, nets\n"),
     ("a.csv", "title\ttext\nx\tRopes, nets\n"), ("a.CSV", 'title,text\r\nx,"Ropes, nets"\r\n')],
)  # fmt: skip
def test_delimiters(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    table = read_corpus(tmp_path).documents
    assert (table["title"].tolist(), table["text"].tolist()) == (["x"], ["Ropes, nets"])


def test_long_fields_are_read_and_the_limit_of_the_process_is_given_back():
    import csv

    before = csv.field_size_limit()
    found = outcomes(read_delimited, b"text\n" + b"rope " * 60_000 + b"\n")
    assert len(found[0].text) > before
    assert csv.field_size_limit() == before


def test_json_lines():
    lines = [
        '{"text": "Ropes", "n": 1.10, "k": null, "tags": ["x", "y"], "deep": {"a": 1}}',
        "{broken",
        "[" * 100_000 + "]" * 100_000,
        "[1, 2]",
        '{"title": "no text"}',
        '{"text": "half \\ud800"}',
        "",
        '{"body": "Nets"}',
    ]
    found = outcomes(read_jsonl, "\n".join(lines).encode())
    assert summary(found) == [
        (1, "ok"), (2, "malformed"), (3, "nesting"), (4, "schema"), (5, "schema"),
        (6, "encoding"), (8, "ok"),
    ]  # fmt: skip
    assert found[0].fields == {"n": "1.10", "k": "", "tags": "x; y", "deep": '{"a": 1}'}


def test_blank_rows_count_but_are_nothing(tmp_path):
    (tmp_path / "a.csv").write_text("\n,\ntext,n\none,1\n\n,\ntwo,2\nbad\n")
    corpus = read_corpus(tmp_path)
    assert corpus.outcomes[["row", "outcome"]].to_numpy().tolist() == [
        [1, "accepted"], [4, "accepted"], [5, "rejected:malformed"],
    ]  # fmt: skip


def test_nested_values_stay_json(tmp_path):
    line = '{"text": "One", "meta": {"b": 1, "a": [1.50, "2", null, true]}, "tags": ["x", "y"]}'
    (tmp_path / "a.jsonl").write_text(line)
    (tmp_path / "b.json").write_text(f"[{line}]")
    found = read_corpus(tmp_path).documents
    assert found["meta"].tolist() == ['{"b": 1, "a": [1.50, "2", null, true]}'] * 2
    assert found["tags"].tolist() == ["x; y"] * 2


def test_broken_front_matter_is_neither_title_nor_date(tmp_path):
    text = "---\ntitle: [open\ndate: 2019-01-01\n---\n# Ropes hold\n\n2021-02-03\n\nRopes hold."
    (tmp_path / "a.md").write_text(text)
    corpus = read_corpus(tmp_path)
    found = corpus.documents.iloc[0]
    assert (found["title"], str(found["date"])[:10]) == ("Ropes hold", "2021-02-03")
    assert found["text"] == text
    assert corpus.notes["code"].tolist() == ["front_matter"]


def test_json_lines_without_any_text_say_so(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"speech": "Ropes"}\n{"speech": "Nets"}\n', encoding="utf-8")
    with pytest.raises(SchemaError, match="the columns are `speech`"):
        read_corpus(file)
    assert len(read_corpus(file, columns={"text": "speech"}).documents) == 2


def test_parquet(tmp_path):
    pd.DataFrame(
        {
            "published": [date(2021, 2, 3), None],
            "text": ["Ropes", "Nets"],
            "n": [1, 2],
            "when": pd.to_datetime(["2021-02-03 10:00", None]),
        }
    ).to_parquet(tmp_path / "a.parquet")
    (tmp_path / "half.parquet").write_bytes(b"PAR1" + bytes(range(256)) * 20)
    corpus = read_corpus(tmp_path)
    table = corpus.documents
    assert table["doc_id"].tolist() == ["a.parquet#1", "a.parquet#2"]
    assert table["date"].tolist() == [pd.Timestamp("2021-02-03"), pd.NaT]
    assert table["n"].tolist() == ["1", "2"]
    assert table["when"].tolist() == ["2021-02-03 10:00:00", ""]
    assert corpus.rejects["reason"].tolist() == ["malformed"]


def test_in_a_folder_a_table_without_text_is_rejected_and_the_rest_read(tmp_path):
    (tmp_path / "a.csv").write_text("speech\nRopes\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nets.", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert corpus.documents["doc_id"].tolist() == ["b.txt"]
    assert corpus.rejects[["path", "row", "reason"]].to_numpy().tolist() == [["a.csv", 0, "schema"]]


def test_given_names_are_taken_unless_another_document_has_them(tmp_path):
    (tmp_path / "a.csv").write_text("doc_id,text\nx,Ropes\ny.txt,Nets\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("doc_id,text\nx,Wells\n,Tides\n", encoding="utf-8")
    (tmp_path / "y.txt").write_text("Oil.", encoding="utf-8")
    (tmp_path / "y.md").write_text("Lamps.", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert corpus.documents.set_index("doc_id")["text"].to_dict() == {
        "x": "Ropes", "a.csv#2": "Nets", "b.csv#1": "Wells", "b.csv#2": "Tides",
        "y.md": "Lamps.", "y.txt": "Oil.",
    }  # fmt: skip
    taken = corpus.notes[corpus.notes["code"] == "doc_id"]
    assert taken[["path", "row"]].to_numpy().tolist() == [["a.csv#2", 2], ["b.csv#1", 1]]


def test_a_new_file_renames_no_other(tmp_path):
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "a.txt").write_text("Ropes.", encoding="utf-8")
    before = read_corpus(tmp_path).documents["doc_id"].tolist()
    (tmp_path / "2019").mkdir()
    for name in ("2019/a.txt", "a.txt", "2020/a.md"):
        (tmp_path / name).write_text("Nets.", encoding="utf-8")
    assert set(before) < set(read_corpus(tmp_path).documents["doc_id"])


def test_a_bad_date_leaves_the_row_undated_and_noted(tmp_path):
    (tmp_path / "a.csv").write_text(
        'date,text\nsoon,Ropes\n2099-01-01,Nets\n,"T\n2021-02-03\n\nYesterday it was."\n',
        encoding="utf-8",
    )
    corpus = read_corpus(tmp_path, as_of=date(2026, 11, 21))
    assert corpus.documents["date_precision"].tolist() == ["day", "none", "none"]
    assert corpus.documents["event_date"].tolist()[0] == "2021-02-02"
    assert corpus.documents["date_text"].tolist()[1:] == ["soon", "2099-01-01"]
    assert sorted(corpus.notes["detail"]) == ["bad_date", "future"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([read_delimited, read_jsonl, read_parquet]))
def test_any_bytes_end_as_sources_and_rejections(data, reader):
    try:
        found = outcomes(reader, b"text,a\n" + data if reader is read_delimited else data)
    except (Rejected, SchemaError):
        return
    assert all(isinstance(item, Source | Rejection) for item in found)
    for item in found:
        json.dumps(getattr(item, "text", item.path), ensure_ascii=False).encode()


def test_no_column_of_a_table_is_lost_whatever_its_name(tmp_path):
    names = ["page_heads", "page_lines", "path_for_dates", "path_old", "raw", "removed_lines"]
    header = ",".join(["text", *names])
    (tmp_path / "a.csv").write_text(f"{header}\nThe council met.,a,b,2019/03,c,d,e\n", "utf-8")
    documents = read_corpus(tmp_path).documents
    assert documents["date"].isna().all()
    carried = [name if name == "path_old" else f"{name}_given" for name in names]
    assert documents[carried].iloc[0].tolist() == ["a", "b", "2019/03", "c", "d", "e"]
