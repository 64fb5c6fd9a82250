import pandas as pd
import pytest

import watchwords as ww
from watchwords.corpora import clean_anew
from watchwords.corpora.command import read_and_tell, write_list
from watchwords.errors import ReportError


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "texts"
    root.mkdir()
    for name, text in {
        "a.txt": "The council met\n2021-02-03\n\nThe council spoke of ropes and of nets.",
        "b.md": "---\ndate: 2021-02\n---\nThe harbor was closed for a whole day.",
        "c.txt": "The council met\n2021-02-03\n\nThe council spoke of ropes and of nets.",
        "d.txt": "市政府召开会议，讨论了绳子和渔网的问题。",
        "e.png": "",
    }.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def told(lines):
    return [f"{line.n} {line.words}" for line in lines]


def test_the_summary_says_what_there_is(folder):
    lines, documents = read_and_tell(str(folder), columns={})
    assert told(lines) == [
        "4 documents",
        "1 from .md files",
        "3 from .txt files",
        "3 with a date, 2021-02-01 to 2021-02-03",
        "1 of them known by month only",
        "1 undated: d.txt",
        "3 in language en",
        "1 in language zh",
        "1 copies of others, not counted",
        "1 rejected (unsupported), such as e.png: read are .txt .md .html .htm .shtml .pdf .docx "
        ".csv .tsv .jsonl .json .parquet .xlsx .zip .gz",
    ]
    assert lines[-1].tone == "bad"
    assert len(documents) == 4


def test_what_was_done_is_said_when_the_corpus_is_kept(folder, tmp_path):
    out = tmp_path / "corpus"
    first, documents = read_and_tell(str(folder), out, columns={})
    assert told(first)[-2:] == ["5 files read", f"4 documents kept in {out}"]
    again, same = read_and_tell(str(folder), out, columns={})
    assert told(again)[-3:-1] == ["0 files read", "5 files as they were, not read again"]
    pd.testing.assert_frame_equal(same, documents)
    (folder / "a.txt").unlink()
    assert "1 files gone, taken out" in told(read_and_tell(str(folder), out, columns={})[0])
    assert told(read_and_tell(str(out), columns={})[0])[0] == "3 documents"


def test_a_part_of_a_kept_corpus_is_cleaned_as_that_part(folder, tmp_path):
    whole = ww.read_corpus(folder, out=tmp_path / "corpus").documents
    assert (whole["duplicate_of"] != "").sum() == 1
    part = whole[whole["doc_id"] != "a.txt"].reset_index(drop=True)
    cleaned = clean_anew(part).documents
    assert (cleaned["duplicate_of"] == "").all()
    assert cleaned["text"].tolist() == part["text"].tolist()
    assert cleaned["raw"].tolist() == part["raw"].tolist()


def test_the_list_to_fill_in_lies_beside_the_texts(folder, tmp_path):
    documents = ww.read_corpus(folder, out=tmp_path / "corpus").documents
    assert write_list(str(folder), documents) == (1, folder / "metadata.csv")
    with pytest.raises(ReportError, match="corrections lie beside the texts"):
        write_list(str(tmp_path / "corpus"), documents)


def test_a_sample_is_summed_up_and_not_kept(tmp_path):
    lines, _ = read_and_tell("sample:municipal", columns={})
    assert told(lines)[0] == "5 documents"
    with pytest.raises(ReportError, match="a sample is not kept"):
        read_and_tell("sample:municipal", tmp_path / "x", columns={})


def test_the_command_line_keeps_a_corpus_and_says_so(folder, tmp_path):
    from typer.testing import CliRunner

    from watchwords.cli import app

    out = tmp_path / "corpus"
    options = ["--out", str(out), "--workers", "2", "--date-order", "dmy", "--as-of", "2026-11-21"]
    for words in ("5 files read", "5 files as they were"):
        told = CliRunner().invoke(app, ["read", str(folder), *options])
        assert told.exit_code == 0
        assert words in " ".join(told.stdout.split())
    assert len(ww.read_corpus(out).documents) == 4
