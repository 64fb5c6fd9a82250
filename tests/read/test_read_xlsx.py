import datetime
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError
from watchwords.read import read_corpus
from watchwords.read.outcomes import Source
from watchwords.read.xlsx import read_xlsx

LATE = datetime.datetime(2021, 2, 3, 4, 5)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(**sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_rows(xml):
    """Give a book whose first sheet is written by hand, below a header `text`."""
    out = BytesIO()
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{header}{xml}</sheetData></worksheet>'
    with zipfile.ZipFile(BytesIO(book(Sheet1=[["x"]]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


def cell(row, text, column="A"):
    return f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def read(data, columns=None):
    return list(read_xlsx("b.xlsx", data, columns or {}))


def summary(found):
    return [(item.path, item.row, getattr(item, "reason", "ok")) for item in found]


@pytest.fixture(scope="module")
def small():
    return book(
        Sheet1=[
            ["Title", "Text", "Date", "n"],
            ["a", "The council met.", datetime.date(2021, 2, 3), 3],
        ],
        Two=[["body"], ["会议强调"]],
    )


def test_values_are_words_as_they_stand():
    found = read(
        book(S=[
            ["Headline", "Body", "date", "n", "share", "flag", "formula", "na"],
            ["a", "Text", datetime.date(2021, 2, 3), 3.0, 0.1, True, "=1+1", "NA"],
            ["007", "More", LATE, 12345678901, 1 / 3, False, None, "null"],
        ])
    )  # fmt: skip
    assert [item.fields for item in found] == [
        {"title": "a", "date": "2021-02-03", "n": "3", "share": "0.1", "flag": "TRUE",
         "formula": "",
         "na": "NA"},
        {"title": "007", "date": "2021-02-03 04:05:00", "n": "12345678901",
         "share": "0.333333333333333", "flag": "FALSE", "formula": "", "na": "null"},
    ]  # fmt: skip


def test_rows_are_named_by_sheet_and_number_and_blank_rows_count():
    data = book(
        First=[[], ["text"], ["one"], [], ["two"]], Two_words=[["body"], ["three"]], Bare=[]
    )
    assert summary(read(data)) == [
        ("b.xlsx#First!3", 3, "ok"), ("b.xlsx#First!5", 5, "ok"), ("b.xlsx#Two words!2", 2, "ok"),
    ]  # fmt: skip


def test_a_sheet_without_texts_is_named_and_the_others_are_read():
    data = book(Notes=[["remark"], ["x"]], Data=[["text"], ["one"], [" . "], ["a", "b", "c"]])
    assert summary(read(data)) == [
        ("b.xlsx#Notes", 0, "schema"), ("b.xlsx#Data!2", 2, "ok"), ("b.xlsx#Data", 3, "no_text"),
        ("b.xlsx#Data", 4, "malformed"),
    ]  # fmt: skip
    with pytest.raises(SchemaError, match="no column `text`"):
        read(book(Notes=[["remark"], ["x"]]))
    assert read(data, {"text": "text"})[1].text == "one"


def test_a_book_in_a_folder_gives_documents(tmp_path, small):
    (tmp_path / "b.xlsx").write_bytes(small)
    corpus = read_corpus(tmp_path, as_of=datetime.date(2026, 11, 21))
    assert corpus.documents["path"].tolist() == ["b.xlsx#Sheet1!2", "b.xlsx#Two!2"]
    assert corpus.documents["lang"].tolist() == ["en", "zh"]
    assert str(corpus.documents["date"][0])[:10] == "2021-02-03"


def test_a_wrong_size_in_the_sheet_hides_no_row():
    xml = "".join(cell(row, f"word {row}") for row in range(2, 6))
    data = with_rows(xml)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<sheetData>", b'<dimension ref="A1:A2"/><sheetData>')
            new.writestr(name, part)
    assert len(read(out.getvalue())) == 4


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (cell(1_000_000, "far"), [(1_000_000, "ok")]),
        (cell(9, "near") + cell(2_000_000_000, "far"), [(9, "ok"), (None, "bomb")]),
        (cell(2, "one") + '<row r="3"><c r="A3" t="s"><v>99</v></c></row>',
         [(2, "ok"), (3, "malformed")]),
        (cell(2, "wide", "XFD"), [(2, "malformed")]),
    ],
)  # fmt: skip
def test_what_breaks_in_a_sheet_ends_it_with_a_verdict(xml, expected):
    found = [(item.row, getattr(item, "reason", "ok")) for item in read(with_rows(xml))]
    assert [reason for _, reason in found] == [reason for _, reason in expected]
    assert all(
        row in {at, None} or at is None for (row, _), (at, _) in zip(found, expected, strict=True)
    )


def test_files_that_are_no_tables(verdicts, small):
    assert verdicts(read_xlsx, "b.xlsx", b"", {}) == ["empty"]
    assert verdicts(read_xlsx, "b.xlsx", b"a,b\n1,2", {}) == ["mismatch"]
    assert verdicts(read_xlsx, "b.xlsx", small[:3000], {}) == ["malformed"]
    assert verdicts(read_xlsx, "b.xlsx", book(Bare=[]), {}) == ["no_text"]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_a_broken_book_is_rows_or_a_verdict(broken, verdicts, small, seed):
    assert verdicts(read_xlsx, "b.xlsx", broken(small, seed), {})


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))), max_size=5)
)
def test_texts_come_back_as_they_were_written(texts):
    kept = [text for text in texts if any(map(str.isalnum, text)) and not text.startswith("=")]
    data = book(S=[["text"], *([text] for text in kept)])
    found = [item.text for item in read(data) if isinstance(item, Source)] if kept else []
    assert found == kept
