from datetime import date

import pandas as pd
import pytest

from watchwords.errors import ReportError
from watchwords.read import read_corpus, write_todo

AS_OF = date(2026, 11, 21)
HEADER = "path,column,value,reason,by,on\n"


@pytest.fixture
def folder(tmp_path):
    for name, line in [("one", "On November 9, they held."), ("two", "Yesterday, they held.")]:
        (tmp_path / f"{name}.txt").write_text(f"Ropes {name}\n\n{line}", encoding="utf-8")
    (tmp_path / "three.txt").write_text("Ropes\n2021-02-03\n\nThey held.", encoding="utf-8")
    return tmp_path


def correct(folder, rows):
    (folder / "metadata.csv").write_text(HEADER + rows, encoding="utf-8")
    return read_corpus(folder, as_of=AS_OF).documents.set_index("doc_id")


def test_a_corrected_date_carries_the_reason_and_completes_the_event(folder):
    table = correct(folder, "one.txt,date,2018-11-10,the printed paper,mi,2026-11-01\n")
    row = table.loc["one.txt"]
    assert row["date"] == pd.Timestamp("2018-11-10")
    assert (row["date_precision"], row["date_basis"]) == ("day", "analyst: the printed paper")
    assert (row["edtf"], row["event_date"]) == ("2018-11-10", "2018-11-09")
    assert table["date"].dtype == "datetime64[s]"
    assert list(table.index) == ["one.txt", "three.txt", "two.txt"]


def test_a_coarse_date_a_wrong_date_and_other_columns(folder):
    table = correct(
        folder,
        "*,issuer,the council,all theirs,mi,\nthree.txt,date,none,a clock,mi,\n"
        "two.txt,date,2019-05,a letter,mi,\ntwo.txt,issuer,the harbor,,mi,\none.txt,lang,en,,,\n",
    )
    assert table["issuer"].to_dict() == {
        "two.txt": "the harbor",
        "one.txt": "the council",
        "three.txt": "the council",
    }
    assert table.loc["three.txt", "date_precision"] == "none"
    assert pd.isna(table.loc["three.txt", "date"])
    assert (table.loc["two.txt", "date_precision"], table.loc["two.txt", "edtf"]) == (
        "month",
        "2019-05",
    )
    assert table.loc["two.txt", "date"] == pd.Timestamp("2019-05-01")


def test_rows_without_a_value_are_to_do_and_change_nothing(folder):
    before = read_corpus(folder, as_of=AS_OF).documents
    table = correct(folder, "one.txt,date,,9 November,,\n\n")
    pd.testing.assert_frame_equal(table.reset_index()[before.columns], before)


WRONG = {
    "unknown document": (
        "on.txt,date,2018,,,\n",
        r"row 1: `path` 'on\.txt' is no document.*one\.txt",
    ),
    "unknown column": ("one.txt,dat,2018,,,\n", "row 1: `column` is 'dat'; did you mean `date`"),
    "fixed column": ("one.txt,text,Other,,,\n", "row 1: `column` is 'text'"),
    "no date": ("two.txt,lang,en,,,\none.txt,date,soon,,,\n", "row 2: `value` 'soon' is no date"),
    "ambiguous": ("one.txt,date,02/03/2018,,,\n", r"row 1: `value` '02/03/2018' is no date"),
    "future": ("one.txt,date,2099-01-01,,,\n", "lies after the day of judgement"),
    "translation": ("one.txt,translation,machin,,,\n", "did you mean `machine`"),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_a_row_that_does_not_fit_is_named(folder, case):
    rows, message = WRONG[case]
    with pytest.raises(ReportError, match=message):
        correct(folder, rows)


def test_a_file_without_the_columns_is_named(folder):
    (folder / "metadata.csv").write_text("file,column,value\na,b,c\n", encoding="utf-8")
    with pytest.raises(ReportError, match="lacks the column 'path'"):
        read_corpus(folder)


def test_a_table_of_texts_called_metadata_is_a_table(folder):
    (folder / "metadata.csv").write_text("title,text\na,Nets hold\n", encoding="utf-8")
    assert "metadata.csv#1" in set(read_corpus(folder).documents["doc_id"])


def test_corrections_can_lie_elsewhere(folder, tmp_path_factory):
    file = tmp_path_factory.mktemp("notes") / "mine.csv"
    file.write_text(HEADER + "one.txt,place,Tinghe,,,\n", encoding="utf-8-sig")
    table = read_corpus(folder, metadata=file).documents.set_index("doc_id")
    assert table["place"].to_dict() == {
        "one.txt": "Tinghe", "two.txt": "", "three.txt": ""
    }  # fmt: skip
    with pytest.raises(ReportError, match="does not exist"):
        read_corpus(folder, metadata=folder / "nothing.csv")


def test_a_rejected_file_may_be_named(folder):
    (folder / "four.txt").write_bytes(b"")
    assert len(correct(folder, "four.txt,date,2018,,,\n")) == 3


def test_a_correction_of_a_document_that_is_gone_is_noted_and_stops_nothing(folder):
    text = HEADER + "none such.txt,date,2018-11-10,the paper,,\n*,issuer,the council,,,\n"
    (folder / "metadata.csv").write_text(text, encoding="utf-8")
    corpus = read_corpus(folder)
    assert set(corpus.documents["issuer"]) == {"the council"}
    noted = corpus.notes[corpus.notes["code"] == "correction"]
    assert noted[["path", "row"]].to_numpy().tolist() == [["none such.txt", 0]]


def test_the_to_do_list_says_what_is_known_and_keeps_what_was_decided(folder):
    file = folder / "metadata.csv"
    assert write_todo(read_corpus(folder, as_of=AS_OF).documents, file) == 2
    assert file.read_text(encoding="utf-8-sig").splitlines() == [
        "path,column,value,reason,by,on,known",
        'one.txt,date,,,,,"9 November, year not given"',
        'two.txt,date,,,,,"""Yesterday"", nothing to count from"',
    ]
    text = file.read_text(encoding="utf-8-sig").replace(
        "two.txt,date,,,,,", "two.txt,date,2019-05-07,a letter,mi,2026-11-01,"
    )
    file.write_text(text, encoding="utf-8-sig")
    documents = read_corpus(folder, as_of=AS_OF).documents
    assert write_todo(documents, file) == 1
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "two.txt,date,2019-05-07,a letter,mi,2026-11-01,"
    assert lines[2].startswith("one.txt,date,,")
    assert write_todo(documents, file, columns=("date", "issuer")) == 4
    assert not list(folder.glob(".metadata-*"))


def test_a_name_that_a_spreadsheet_would_run_is_guarded_and_still_found(tmp_path):
    (tmp_path / "=cmd.txt").write_text("Ropes hold.\n\nYesterday they did.", encoding="utf-8")
    file = tmp_path / "metadata.csv"
    write_todo(read_corpus(tmp_path).documents, file)
    text = file.read_text(encoding="utf-8-sig")
    assert "\n./=cmd.txt,date," in text
    file.write_text(text.replace("date,,,,,", "date,2019,,,,"), encoding="utf-8")
    assert read_corpus(tmp_path).documents["edtf"].tolist() == ["2019"]


def test_corrections_change_no_argument(folder):
    documents = read_corpus(folder, as_of=AS_OF).documents
    before = documents.copy(deep=True)
    write_todo(documents, folder / "metadata.csv")
    pd.testing.assert_frame_equal(documents, before)
