import gzip
import os
import socket
import zipfile
from datetime import date
from hashlib import sha256

import pandas as pd
import pytest

from watchwords.errors import EmptyCorpusError, ReportError, SchemaError
from watchwords.read import ReadWarning, read_corpus, read_documents
from watchwords.read.outcomes import REASONS
from watchwords.schema import check_table

AS_OF = date(2026, 11, 21)


@pytest.fixture
def folder(tmp_path):
    """Hold two good texts among bad files."""
    root = tmp_path / "corpus"
    root.mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text("A secret outside.", encoding="utf-8")
    (root / "good.txt").write_text("Ropes hold\n2021-02-03\n\nThey do.", encoding="utf-8")
    (root / "sub").mkdir()
    (root / "sub" / "latin.txt").write_bytes(
        ("La corde est solide, déjà très usée à l'été. " * 20).encode("cp1252")
    )
    (root / "empty.txt").write_bytes(b"")
    (root / "blank.txt").write_text(" \n\n--- ", encoding="utf-8")
    (root / "nul.txt").write_bytes(b"rope\0s and nets")
    (root / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (root / "picture.png").write_bytes(b"\x89PNG")
    (root / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    (root / "escape\x1b[2J.txt").write_text("A name that forges a line.", encoding="utf-8")
    (root / "link.txt").symlink_to(outside)
    (root / "inner.txt").symlink_to(root / "good.txt")
    (root / "loop.txt").symlink_to("loop.txt")
    (root / "linked").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(root / "socket.txt"))
    with (root / "huge.txt").open("wb") as file:
        file.truncate(1 << 36)
    return root


def test_good_files_among_bad_ones_are_kept_and_the_bad_ones_named(folder):
    corpus = read_corpus(folder, as_of=AS_OF)
    assert corpus.documents["path"].tolist() == ["good.txt", "sub/latin.txt"]
    assert dict(zip(corpus.rejects["path"], corpus.rejects["reason"], strict=True)) == {
        "blank.txt": "no_text",
        "empty.txt": "empty",
        "escape\\x1b[2J.txt": "bad_name",
        "huge.txt": "too_large",
        "inner.txt": "not_regular",
        "link.txt": "outside_root",
        "linked": "outside_root",
        "loop.txt": "not_regular",
        "noise.txt": "encoding",
        "nul.txt": "encoding",
        "picture.png": "unsupported",
        "pipe.txt": "not_regular",
        "socket.txt": "not_regular",
    }
    assert set(corpus.rejects["reason"]) <= set(REASONS)
    assert (corpus.rejects["detail"] != "").all()
    assert "secret" not in "".join(corpus.documents["text"])
    check_table("rejects", corpus.rejects)


def test_a_guessed_encoding_is_read_and_noted(folder):
    corpus = read_corpus(folder, as_of=AS_OF)
    assert "très usée" in corpus.documents["text"].tolist()[1]
    assert corpus.documents["lang"].tolist() == ["en", "fr"]
    noted = corpus.notes[corpus.notes["code"] == "encoding_guessed"]
    assert noted["path"].tolist() == ["sub/latin.txt"]


def test_read_documents_warns_how_many_and_where(folder):
    with pytest.warns(ReadWarning, match=r"13 inputs are no documents .*read_corpus\("):
        documents = read_documents(folder, as_of=AS_OF)
    assert len(documents) == 2


def test_nothing_rejected_nothing_warned(tmp_path):
    (tmp_path / "a.txt").write_text("Ropes hold.", encoding="utf-8")
    assert len(read_documents(tmp_path)) == 1


def test_the_repr_tells_what_was_found(folder):
    shown = repr(read_corpus(folder, as_of=AS_OF))
    assert shown.startswith("Corpus(2 documents, 1 dated (2021-02-03 to 2021-02-03); 1 en, 1 fr;")
    assert "13 rejected: 4 not_regular, 2 encoding, 2 outside_root" in shown


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_encodings(tmp_path, encoding):
    text = "市政府召開會議，討論繩子和漁網的問題。會議認為，漁網很重要，必須修好。" * 20
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    documents = read_corpus(tmp_path).documents
    assert documents["text"].tolist() == [text]
    assert documents["lang"].tolist() == ["zh"]


def test_every_column_is_there_and_the_hash_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Ropes hold\r\n2021-02-03\r\n\r\nThey do.\r\n")
    documents = read_corpus(tmp_path, issuer="the pier").documents
    check_table("documents", documents)
    row = documents.iloc[0]
    assert row["title"] == "Ropes hold"
    assert row["text"] == "Ropes hold\n2021-02-03\n\nThey do.\n"
    assert row["issuer"] == "the pier"
    assert row["date_text"] == "2021-02-03"
    assert row["translation"] == "unknown"
    assert row["sha256"] == sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    assert documents["date"].dtype == "datetime64[s]"


def test_documents_come_by_date_then_name_whatever_the_order_on_disk(tmp_path):
    for name, line in [("z", "2020-01-01"), ("a", "2021-01-01"), ("c", ""), ("b", "")]:
        (tmp_path / f"{name}.txt").write_text(f"Ropes\n{line}\n\nThey hold.", encoding="utf-8")
    assert read_corpus(tmp_path).documents["doc_id"].tolist() == [f"{name}.txt" for name in "zabc"]


def test_a_missing_folder_is_named_with_the_nearest_that_is_there(tmp_path):
    (tmp_path / "speeches").mkdir()
    with pytest.raises(ReportError, match=r"speechs/2019.*does not exist.*holds: speeches"):
        read_corpus(tmp_path / "speechs" / "2019")


@pytest.mark.parametrize(
    ("files", "words"),
    [({}, "holds no file"), ({"a.png": "x", "b.txt": ""}, "2 files, all rejected")],
)
def test_a_folder_without_documents_says_what_was_there(tmp_path, files, words):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(EmptyCorpusError, match=words) as caught:
        read_corpus(tmp_path)
    assert caught.value.exit_code == 3


def test_one_file_can_be_a_corpus(tmp_path):
    (tmp_path / "a.txt").write_text("Ropes hold.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nets do.", encoding="utf-8")
    assert read_corpus(tmp_path / "a.txt").documents["doc_id"].tolist() == ["a.txt"]


def test_a_path_pattern_carries_columns(tmp_path):
    for path in ("council/2019/march.txt", "harbor/2020/may.txt", "readme.txt"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Ropes hold.\n\nOn May 7, they did.", encoding="utf-8")
    corpus = read_corpus(tmp_path, path_pattern="{issuer}/{year}/{name}")
    table = corpus.documents.set_index("doc_id")
    assert table["issuer"].to_dict() == {
        "council/2019/march.txt": "council",
        "harbor/2020/may.txt": "harbor",
        "readme.txt": "",
    }
    assert table.loc["council/2019/march.txt", "date"] == pd.Timestamp("2019-05-07")
    assert table.loc["readme.txt", "date_precision"] == "none"
    assert corpus.notes.query("code == 'path_pattern'")["path"].tolist() == ["readme.txt"]
    assert "path_for_dates" not in corpus.documents.columns


def test_a_pattern_that_fits_nothing_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_text("Ropes.", encoding="utf-8")
    with pytest.raises(ReportError, match=r"matches none of 1 paths, such as 'a\.txt'"):
        read_corpus(tmp_path, path_pattern="{issuer}/{name}")
    with pytest.raises(ReportError, match="holds fields in braces"):
        read_corpus(tmp_path, path_pattern="{issuer}/{issuer}")


def test_front_matter_gives_columns_and_nothing_is_retyped(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: Ropes\ndate: 2021-02-03\norgan: NO\ncode: 007\ntags: [x, y]\n---\n"
        "# Ropes\n\nHold.",
        encoding="utf-8",
    )
    (tmp_path / "b.md").write_text("---\nno: [yaml\n---\nText.", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    row = corpus.documents.set_index("doc_id").loc["a.md"]
    assert (row["title"], row["issuer"], row["code"], row["tags"]) == ("Ropes", "NO", "007", "x; y")
    assert row["date_basis"] == "column date"
    assert row["text"] == "# Ropes\n\nHold."
    assert corpus.notes["code"].tolist() == ["front_matter"]


def test_a_table_alone_without_text_names_its_columns_and_the_way_out(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("id,speech\n1,Ropes hold\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"the columns are `id`, `speech`.*columns=\{"):
        read_corpus(file)
    assert read_corpus(file, columns={"text": "speech"}).documents["text"].tolist() == [
        "Ropes hold"
    ]
    with pytest.raises(SchemaError, match="did you mean `text`"):
        read_corpus(file, columns={"txt": "speech"})


def test_progress_shows_a_bar(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Ropes hold.", encoding="utf-8")
    read_corpus(tmp_path, progress=True)
    assert "reading" in capsys.readouterr().err


def test_a_table_or_an_archive_without_content_is_rejected_by_name(tmp_path):
    (tmp_path / "good.txt").write_text("Ropes hold\n2021-02-03\n\nThey do.", encoding="utf-8")
    (tmp_path / "header.csv").write_text("date,title,text\n", encoding="utf-8")
    (tmp_path / "blank.tsv").write_text("date\ttitle\ttext\n\n\n", encoding="utf-8")
    pd.DataFrame({"date": [], "text": []}).to_parquet(tmp_path / "none.parquet")
    (tmp_path / "header.csv.gz").write_bytes(gzip.compress(b"date,text\n"))
    zipfile.ZipFile(tmp_path / "none.zip", "w").close()
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("header.csv", "date,text\n")
    corpus = read_corpus(tmp_path)
    assert corpus.documents["path"].tolist() == ["good.txt"]
    found = corpus.rejects.set_index("path")[["reason", "detail"]].T.to_dict("list")
    assert found == {
        "blank.tsv": ["no_text", "no rows"],
        "header.csv": ["no_text", "no rows"],
        "header.csv.gz/header.csv": ["no_text", "no rows"],
        "none.parquet": ["no_text", "no rows"],
        "none.zip": ["no_text", "no files in it"],
        "one.zip/header.csv": ["no_text", "no rows"],
    }
