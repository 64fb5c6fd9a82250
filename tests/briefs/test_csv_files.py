import csv
from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.csv_files import evidence_table
from watchwords.spreadsheets import write_csv


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"])
def test_formulas_are_disarmed(tmp_path, formula):
    write_csv(pd.DataFrame({"term": [formula], "n": [-3]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert row == ["'" + formula, "-3"]


def test_files_begin_with_a_byte_order_mark_and_keep_chinese(tmp_path):
    table = pd.DataFrame({"form": ["两个维护"], "date": pd.to_datetime(["2021-02-03"])})
    write_csv(table, tmp_path / "t.csv")
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "form,date\n两个维护,2021-02-03\n"


def test_input_is_not_changed(tmp_path):
    table = pd.DataFrame({"term": ["=1"]})
    write_csv(table, tmp_path / "t.csv")
    assert table["term"].tolist() == ["=1"]


def test_evidence_names_the_finding_it_stands_behind():
    """Our own lists come whole from the tables, those of a user's notebook as they are."""
    given = ["doc_id", "date", "date_basis", "issuer", "form", "sentence", "path", "url"]
    theirs = dict.fromkeys(given, "x")
    ours = pd.DataFrame([theirs, theirs]).assign(
        item="a", start=1, end=2, date=pd.Timestamp("2021-02-03"), date_precision="day"
    )
    work = SimpleNamespace(evidence={"a": ours})
    brief = {
        "exhibits": [
            {"kind": "finding", "id": "F1", "segments": [{"text": "1 of 2", "evidence": "a"}]}
        ],
        "evidence": {"a": {"title": "A", "rows": []}, "b": {"title": "B", "rows": [theirs]}},
    }
    table = evidence_table(work, brief)
    assert table["finding"].tolist() == ["F1", "F1", ""]
    assert table["item"].tolist() == ["a", "a", "B"]
    assert table["date"].tolist() == ["2021-02-03", "2021-02-03", "x"]
