"""A corpus on disk: whole or not there, only what changed read again, the same bytes whatever
the way to it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

import watchwords as ww
from watchwords.corpora import is_store, load_store, store_corpus
from watchwords.corpora.owners import owners_of
from watchwords.corpora.summary import summarize_corpus
from watchwords.corpora.swap import beside, locked, replace_folder
from watchwords.errors import EmptyCorpusError, LockedError, ReportError, StorageError
from watchwords.read.listing import check_options, list_corpus

AS_OF = date(2026, 11, 21)
TEXTS = {
    "2019/ropes.txt": "Ropes hold\n2019-02-03\n\nThe council said that ropes “hold”.",
    "2020/nets.txt": "Nets hold\n2020-02-03\n\nThe council said that nets hold.",
    "undated.txt": "Wells\n\nOn November 22, the wells were opened by the council.",
    "rows.csv": "doc_id,date,text,mood\nx,2021-01-02,The tide is high today.,calm\n"
    ",2021-01-03,The tide is low today.,\n,soon,,\n",
    "picture.png": "no picture",
}


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "texts"
    for name, text in TEXTS.items():
        write(root / name, text)
    return root


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def update(folder, out, **options):
    return store_corpus(list_corpus(folder, check_options(as_of=AS_OF, **options)), out)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_table_is_there_and_every_input_has_one_outcome(folder, tmp_path):
    out = tmp_path / "corpus"
    corpus = ww.read_corpus(folder, out=out, as_of=AS_OF)
    assert {file.name for file in out.iterdir()} == {
        "corpus.json", "documents.parquet", "rejects.parquet", "notes.parquet", "files.parquet",
        "outcomes.parquet", "removed.parquet", "copies.parquet", "found.parquet",
    }  # fmt: skip
    documents = pd.read_parquet(out / "documents.parquet").set_index("doc_id")
    assert documents.loc["2019/ropes.txt", "text"].endswith('said that ropes "hold".')
    assert documents.loc["2019/ropes.txt", "raw"].endswith("said that ropes “hold”.")
    outcomes = pd.read_parquet(out / "outcomes.parquet")
    assert outcomes.to_numpy().tolist() == [
        ["2019/ropes.txt", 0, "accepted"],
        ["2020/nets.txt", 0, "accepted"],
        ["picture.png", 0, "rejected:unsupported"],
        ["rows.csv", 1, "accepted"],
        ["rows.csv", 2, "accepted"],
        ["rows.csv", 3, "rejected:no_text"],
        ["undated.txt", 0, "accepted"],
    ]
    pd.testing.assert_frame_equal(outcomes, corpus.outcomes)
    about = json.loads((out / "corpus.json").read_text("utf-8"))
    assert about["format"] == "watchwords corpus"
    assert about["rows"]["documents"] == 5
    assert str(tmp_path) not in (out / "corpus.json").read_text("utf-8")


def test_what_comes_back_is_what_was_read(folder, tmp_path):
    first = ww.read_corpus(folder, out=tmp_path / "corpus", as_of=AS_OF)
    for again in (
        ww.read_corpus(folder, out=tmp_path / "corpus", as_of=AS_OF),
        ww.read_corpus(tmp_path / "corpus"),
    ):
        pd.testing.assert_frame_equal(again.documents, first.documents)
        pd.testing.assert_frame_equal(again.rejects, first.rejects)
        pd.testing.assert_frame_equal(again.notes, first.notes)
    with pytest.warns(UserWarning, match="2 inputs are no documents"):
        documents = ww.read_documents(tmp_path / "corpus")
    assert documents["date"].dtype == "datetime64[s]"


def test_an_unchanged_folder_is_not_read_again(folder, tmp_path, monkeypatch):
    out = tmp_path / "corpus"
    update(folder, out)
    before = contents(out)
    monkeypatch.setattr("watchwords.read.collect.read_file", None)
    again = update(folder, out)
    assert (again.n_read, again.n_kept, again.n_gone) == (0, 5, 0)
    assert contents(out) == before


def test_a_correction_outlives_its_document(folder, tmp_path):
    write(folder / "harbour.txt", "The harbour was closed.")
    write(folder / "harbours.txt", "The harbours were closed.")
    write(folder / "metadata.csv", "path,column,value\nharbour.txt,date,2019-11-22\n")
    out = tmp_path / "corpus"
    update(folder, out)
    (folder / "harbour.txt").unlink()
    for _ in range(2):
        stored = update(folder, out).stored
        assert "correction" in set(stored.notes["code"])
        write(folder / "new.txt", "Something new.")
    with pytest.raises(ReportError, match=r"did you mean `harbours\.txt`"):
        update(folder, tmp_path / "fresh")


def change(folder):
    write(folder / "2020" / "nets.txt", "Nets tear\n2020-02-04\n\nThe council mended the nets.")


def add(folder):
    write(folder / "2018" / "boats.txt", "Boats\n2018-05-06\n\nThe council bought boats.")
    write(folder / "rows2.csv", "doc_id,text\nx,The tide turned.\n")


def add_a_file_that_takes_a_name(folder):
    write(folder / "a.csv", "doc_id,text,mood\nx,The tide turned at last.,glad\n")


def remove(folder):
    (folder / "2019" / "ropes.txt").unlink()
    (folder / "rows.csv").unlink()


def correct(folder):
    write(
        folder / "metadata.csv",
        "path,column,value,reason,by,on\nundated.txt,date,2019-11-22,the paper,mi,\n"
        "*,issuer,the council,,mi,\n",
    )


def touch(folder):
    os.utime(folder / "undated.txt", ns=(1, 1))


@pytest.mark.parametrize(
    ("act", "counts"),
    [
        (change, (1, 4, 0)),
        (add, (2, 5, 0)),
        (add_a_file_that_takes_a_name, (1, 5, 0)),
        (remove, (0, 3, 2)),
        (correct, (0, 5, 0)),
        (touch, (0, 5, 0)),
    ],
)
def test_an_update_gives_the_bytes_of_a_fresh_read(folder, tmp_path, act, counts):
    out = tmp_path / "corpus"
    update(folder, out)
    act(folder)
    done = update(folder, out)
    assert (done.n_read, done.n_kept, done.n_gone) == counts
    update(folder, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


BOOK = {
    "Sheet1": [["text", "mood"], ["The tide is high.", "calm"], [" . "], *[["Boat"]] * 9],
    "Q1.2": [["remark"], ["no texts here"]],
    "2021": [["body"], ["The nets were mended."], ["a", "b", "c"]],
}


def write_book(file):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in BOOK.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)


def test_an_update_keeps_every_row_of_workbooks_in_folders_and_archives(folder, tmp_path):
    write_book(folder / "h.xlsx")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(folder / "h.xlsx", "inner/h.xlsx")
        archive.writestr("rows.csv", "text\nThe wells were opened.\n")
    out = tmp_path / "corpus"
    update(folder, out)
    change(folder)
    done = update(folder, out)
    assert (done.n_read, done.n_kept, done.n_gone) == (1, 6, 0)
    update(folder, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")
    outcomes = done.stored.corpus.outcomes
    for book in ("h.xlsx", "all.zip/inner/h.xlsx"):
        found = outcomes[outcomes["path"].str.startswith(book)]
        found = found.replace("merged:duplicate", "accepted")
        assert found.to_numpy().tolist() == [
            [f"{book}#2021", 2, "accepted"],
            [f"{book}#2021", 3, "rejected:malformed"],
            [f"{book}#Q1.2", 0, "rejected:schema"],
            [f"{book}#Sheet1", 2, "accepted"],
            [f"{book}#Sheet1", 3, "rejected:no_text"],
            *[[f"{book}#Sheet1", row, "accepted"] for row in range(4, 13)],
        ]
    counts = [line.words for line in summarize_corpus(done.stored.corpus)]
    assert [words for words in counts if "xlsx" in words and "from" in words] == [
        "from .xlsx files"
    ]
    (folder / "h.xlsx").unlink()
    update(folder, out)
    update(folder, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_files_called_like_rows_or_each_other_are_kept_apart(folder, tmp_path):
    write(folder / "rows.csv#2", "no ending that is read")
    write(folder / "odd\\x01.png", "one")
    write(folder / "odd\x01.png", "two")
    write(folder / "odd\\x01.png (2)", "three")
    out = tmp_path / "corpus"
    rejects = update(folder, out).stored.rejects
    assert sorted(rejects["path"]) == [
        "odd\\x01.png", "odd\\x01.png (2)", "odd\\x01.png (3)", "picture.png", "rows.csv",
        "rows.csv#2",
    ]  # fmt: skip
    (folder / "rows.csv#2").unlink()
    (folder / "odd\\x01.png").unlink()
    assert update(folder, out).n_read < len(TEXTS)
    update(folder, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_what_comes_from_no_listed_file_is_an_error_and_not_dropped():
    with pytest.raises(ReportError, match=r"'b.csv#1', which comes from none of its files"):
        owners_of("b.csv#1", {"a.csv", "b", "b.csv.gz"})
    assert owners_of("a.csv#1 (1)", {"a.csv"}) == {"a.csv"}
    assert owners_of("a.csv#1", {"a.csv", "a.csv#1"}) == {"a.csv", "a.csv#1"}


def test_what_was_done_can_be_undone(folder, tmp_path):
    out = tmp_path / "corpus"
    update(folder, out)
    before = contents(out)
    correct(folder)
    add_a_file_that_takes_a_name(folder)
    corpus = update(folder, out).stored.corpus
    assert set(corpus.documents["issuer"]) == {"the council"}
    assert corpus.notes.query("code == 'doc_id'")["path"].tolist() == ["rows.csv#1"]
    (folder / "metadata.csv").unlink()
    (folder / "a.csv").unlink()
    assert update(folder, out).n_read == 1
    assert contents(out) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda out: (out / "documents.parquet").write_bytes(
            flip((out / "documents.parquet").read_bytes())
        ),
        lambda out: (out / "found.parquet").write_bytes(b""),
        lambda out: (out / "outcomes.parquet").unlink(),
        lambda out: (out / "corpus.json").write_text(
            (out / "corpus.json").read_text("utf-8").replace('"documents": 5', '"documents": 6')
        ),
    ],
)
def test_damage_is_noticed_and_read_over(folder, tmp_path, spoil):
    out = tmp_path / "corpus"
    update(folder, out)
    before = contents(out)
    spoil(out)
    with pytest.raises(ReportError, match="is damaged"):
        ww.read_corpus(out)
    done = update(folder, out)
    assert "damaged" in done.why
    assert contents(out) == before


def flip(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("mark", [None, "", "{}", '{"format": "another"}'])
def test_a_corpus_without_its_mark_is_made_anew(folder, mark):
    out = folder / "corpus"
    update(folder, out)
    before = contents(out)
    (out / "corpus.json").unlink()
    if mark is not None:
        (out / "corpus.json").write_text(mark)
    assert len(ww.read_corpus(folder, as_of=AS_OF).documents) == 5
    assert "had lost corpus.json" in update(folder, out).why
    assert contents(out) == before
    assert sorted(file.name for file in folder.iterdir() if file.name.startswith(".")) == []
    (out / "mine.txt").write_text("my own notes")
    (out / "corpus.json").unlink()
    with pytest.raises(ReportError, match="holds something else"):
        update(folder, out)


def test_other_options_read_everything_again(folder, tmp_path):
    out = tmp_path / "corpus"
    update(folder, out)
    done = update(folder, out, issuer="the pier")
    assert (done.n_read, done.why) == (5, "the options or the program changed")
    assert set(done.stored.documents["issuer"]) == {"the pier"}


def test_workers_make_no_difference(folder, tmp_path):
    ww.read_corpus(folder, out=tmp_path / "one", as_of=AS_OF)
    ww.read_corpus(folder, out=tmp_path / "two", as_of=AS_OF, workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_corpus_kept_inside_the_folder_is_not_read_as_texts(folder):
    first = update(folder, folder / "corpus").stored.documents
    assert update(folder, folder / "corpus").n_read == 0
    assert list(ww.read_corpus(folder, as_of=AS_OF).documents["doc_id"]) == list(first["doc_id"])


@pytest.mark.parametrize("place", [".", "..", "2019", "rows.csv"])
def test_a_folder_of_the_user_is_never_replaced(folder, place):
    before = sorted(folder.rglob("*"))
    with pytest.raises(ReportError, match="`out`"):
        update(folder, folder / place)
    assert sorted(folder.rglob("*")) == before


def test_an_empty_folder_may_be_filled_and_an_emptied_corpus_is_kept(folder, tmp_path):
    out = tmp_path / "deep" / "corpus"
    out.mkdir(parents=True)
    update(folder, out)
    assert is_store(out)
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(EmptyCorpusError):
        update(folder, out)
    assert len(load_store(out).documents) == 5


def test_a_stored_corpus_takes_corrections_and_no_other_options(folder, tmp_path):
    out = tmp_path / "corpus"
    update(folder, out)
    write(tmp_path / "m.csv", "path,column,value\nundated.txt,place,Tinghe\n")
    corpus = ww.read_corpus(out, metadata=tmp_path / "m.csv")
    assert corpus.documents.set_index("doc_id").loc["undated.txt", "place"] == "Tinghe"
    for options in ({"issuer": "x"}, {"out": tmp_path / "other"}, {"columns": {"text": "x"}}):
        with pytest.raises(ReportError, match="holds a corpus already read"):
            ww.read_corpus(out, **options)


def test_two_writers_do_not_meet(folder, tmp_path):
    out = tmp_path / "corpus"
    with locked(out), pytest.raises(LockedError, match="being written by another process"):
        update(folder, out)
    update(folder, out)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_disk_that_refuses_is_told(folder, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(StorageError, match="cannot be written"):
        update(folder, closed / "corpus")


def test_a_full_disk_leaves_the_old_corpus(folder, tmp_path, monkeypatch):
    out = tmp_path / "corpus"
    update(folder, out)
    before = contents(out)
    change(folder)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"No space left.*untouched"):
        update(folder, out)
    assert contents(out) == before
    assert not beside(out, "new").exists()


KILLS = """
import os, sys
from pathlib import Path
from watchwords.corpora import swap

out = Path(sys.argv[1])
real = os.fsync, swap._exchange_at_once, swap.shutil.rmtree

def write(new, last):
    '''Replace the folder; end at the call to the disk of that number, or say how many.'''
    calls = 0
    def step(call):
        def stepped(*args, **options):
            nonlocal calls
            calls += 1
            if calls == last:
                os._exit(9)
            return call(*args, **options)
        return stepped
    os.fsync, swap._exchange_at_once, swap.shutil.rmtree = map(step, real)
    def fill(stage):
        for name in "abc":
            step(Path.write_text)(stage / name, new)
    with swap.locked(out):
        swap.replace_folder(out, fill)
    return calls

def forked(new, last):
    child = os.fork()
    if not child:
        os._exit(0 if write(new, last) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

write("first", 0)
total = write("old", 0)
for last in range(1, total + 1):
    died = forked(f"new{last}", last)
    held = {file.name: file.read_text() for file in out.iterdir()}
    whole = held.keys() == set("abc") and len(set(held.values())) == 1
    again = forked("old", 0)
    left = sorted(file.name for file in out.parent.iterdir())
    sys.stdout.write(f"{died} {whole} {held['a']} {again} {left}\\n")
"""


def test_a_kill_at_any_step_leaves_the_old_or_the_new_one_whole(tmp_path):
    out = tmp_path / "corpus"
    call = [sys.executable, "-c", KILLS, str(out)]
    lines = subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) > 10
    ends = []
    for last, line in enumerate(lines, start=1):
        died, whole, held, again, left = line.split(" ", 4)
        assert (died, whole, again) == ("9", "True", "0")
        assert left == "['corpus']"
        assert held in ("old", f"new{last}")
        ends.append(held == "old")
    assert ends == sorted(ends, reverse=True)
    assert {True, False} == set(ends)


def test_without_an_exchange_in_one_step_a_kill_is_mended_by_the_next_run(tmp_path, monkeypatch):
    monkeypatch.setattr("watchwords.corpora.swap._exchange_at_once", lambda stage, folder: False)
    out = tmp_path / "corpus"
    replace_folder(out, lambda stage: write(stage / "a", "old"))
    replace_folder(out, lambda stage: write(stage / "a", "new"))
    assert (out / "a").read_text() == "new"
    out.rename(beside(out, "old"))
    with locked(out):
        assert (out / "a").read_text() == "new"


@pytest.mark.parametrize("ending", ["new", "old"])
def test_what_a_kill_after_the_exchange_left_goes_with_the_next_read(folder, tmp_path, ending):
    listing = list_corpus(folder, check_options(as_of=AS_OF))
    out = tmp_path / "kept" / "corpus"
    store_corpus(listing, out)
    write(beside(out, ending) / "documents.parquet", "the old corpus")
    assert store_corpus(listing, out).n_read == 0
    assert [file.name for file in out.parent.iterdir()] == ["corpus"]
