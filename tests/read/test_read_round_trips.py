"""What is written as a table is read back as it was, whatever the format."""

import csv
import gzip
import io
import json
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read import limits, read_corpus
from watchwords.read.columns import FILLED, RULE
from watchwords.read.files import Read, Task, read_file
from watchwords.read.outcomes import Rejection, Source
from watchwords.read.readers import read_data
from watchwords.read.records import Options, Record
from watchwords.schema import TABLES

# Every character but half ones, NUL, line ends of other systems, and what office files refuse.
SIGNS = st.characters(
    exclude_categories=["Cs", "Cc"],
    include_characters="\n\t",
    exclude_characters="\ufeff\ufffe\uffff",
)
WORDS = st.text(SIGNS, max_size=40)
TEXTS = st.tuples(WORDS, WORDS).map(lambda ends: f"{ends[0]}a{ends[1]}".strip())
TABLE = st.lists(
    st.fixed_dictionaries(
        {"title": WORDS.map(str.strip), "text": TEXTS, "mood": WORDS.map(str.strip)}
    ),
    min_size=1,
    max_size=6,
)


def as_csv(rows, delimiter=","):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["title", "text", "mood"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_parquet(rows):
    out = io.BytesIO()
    pd.DataFrame(rows).to_parquet(out)
    return out.getvalue()


def as_xlsx(rows):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["title", "text", "mood"])
    for at, row in enumerate(rows, start=2):
        for column, name in enumerate(("title", "text", "mood"), start=1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type = row[name], "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {
    "a.csv": as_csv,
    "a.tsv": lambda rows: as_csv(rows, "\t"),
    "a.jsonl": lambda rows: "\n".join(map(json.dumps, rows)).encode(),
    "b.jsonl": lambda rows: "\r\n".join(
        json.dumps(row, ensure_ascii=False) for row in rows
    ).encode(),
    "a.json": lambda rows: json.dumps(rows, ensure_ascii=False, indent=1).encode(),
    "a.parquet": as_parquet,
}


def read_back(name, data):
    found = list(read_data(name, data, {}))
    assert all(isinstance(item, Source) for item in found), found
    return [{"title": "", "mood": ""} | item.fields | {"text": item.text} for item in found]


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=60, deadline=None)
@given(rows=TABLE)
def test_tables_come_back_as_they_were(name, rows):
    assert read_back(name, WRITERS[name](rows)) == rows


@settings(max_examples=15, deadline=None)
@given(rows=TABLE)
def test_spreadsheets_come_back_as_they_were(rows):
    assert read_back("a.xlsx", as_xlsx(rows)) == rows


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_texts_come_back_from_files_and_archives(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("texts")
    (root / "a.txt").write_bytes(text.encode())
    (root / "b.txt").write_bytes(text.encode("utf-16"))
    (root / "c.txt.gz").write_bytes(gzip.compress(text.encode()))
    with zipfile.ZipFile(root / "d.zip", "w") as archive:
        archive.writestr("d.txt", text)
    for file in sorted(root.iterdir()):
        *_, record, read = read_file(Task(file.name, str(file)), root, Options())
        assert isinstance(record, Record)
        assert record.fields["text"] == text
        assert isinstance(read, Read)


def test_documents_read_and_written_are_read_as_the_same_documents(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Ropes hold\n2021-02-03\n\nYesterday they did.", encoding="utf-8")
    (folder / "b.md").write_text("---\nissuer: council\n---\nNets, on May 3.", encoding="utf-8")
    first = read_corpus(folder).documents
    for name, write in WRITERS.items():
        file = tmp_path / name
        kept = first[["doc_id", "date", "title", "text", "issuer", "lang"]]
        if name.endswith(".parquet"):
            kept.to_parquet(file)
        else:
            words = kept.assign(date=kept["date"].dt.strftime("%Y-%m-%d").fillna(""))
            rows = words.to_dict("records")
            if "csv" in name or "tsv" in name:
                words.to_csv(file, index=False, sep="\t" if "tsv" in name else ",")
            else:
                file.write_bytes(write(rows))
        again = read_corpus(file).documents
        columns = ["doc_id", "title", "text", "issuer", "lang"]
        pd.testing.assert_frame_equal(again[columns], first[columns])
        assert again["date"].equals(first["date"])


def test_our_columns_are_those_of_the_documents():
    assert set(RULE) | set(FILLED) == {*TABLES["documents"].columns, "date_text", "raw"}


def test_large_tables_are_read_line_by_line_in_any_encoding():
    rows = "".join(f"题目{at},城市绳子和渔网的讨论{'很长' * 60}\r\n" for at in range(20_000))
    data = ("title,text\r\n" + rows).encode("gb18030")
    assert len(data) > 4_000_000
    found = list(read_data("a.csv", data, {}))
    assert len(found) == 20_000
    assert found[-1].fields == {"title": "题目19999"}
    assert found[-1].notes == (("encoding_guessed", "gb18030"),)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        again = list(read_data("a.csv", ("title,text\r\n" + rows).encode(encoding), {}))
        assert [item.text for item in again] == [item.text for item in found]


def test_what_is_too_long_costs_itself_only():
    long = "x" * (limits.MAX_FIELD_CHARACTERS + 1)
    found = list(read_data("a.csv", f"text\nRopes\n{long}\nNets\n".encode(), {}))
    assert [getattr(item, "reason", "ok") for item in found] == ["ok", "too_large", "ok"]
    long = "x" * (limits.MAX_LINE_CHARACTERS + 1)
    lines = ['{"text": "Ropes"}', f'{{"text": "{long}"}}', '{"text": "Nets"}']
    found = list(read_data("a.jsonl", "\n".join(lines).encode(), {}))
    assert [getattr(item, "reason", "ok") for item in found] == ["ok", "too_large", "ok"]


def test_depth_is_counted_outside_of_words():
    deep = "[" * 65 + "]" * 65
    lines = [f'{{"text": "Oil {deep}"}}', f'{{"text": "Ropes", "x": {deep}}}', '{"text": "Nets"}']
    found = list(read_data("a.jsonl", "\n".join(lines).encode(), {}))
    assert [getattr(item, "reason", "ok") for item in found] == ["ok", "nesting", "ok"]


def test_a_parquet_that_swells_is_stopped():
    same = pd.DataFrame({"text": ["rope " * 20_000] * 400})
    out = io.BytesIO()
    same.to_parquet(out)
    found = list(read_data("a.parquet", out.getvalue(), {}))
    assert isinstance(found[-1], Rejection)
    assert found[-1].reason == "bomb"
    assert len(found) < 400
