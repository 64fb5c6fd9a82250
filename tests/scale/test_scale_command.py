"""``watchwords count``: whatever the corpus is kept in, the same table."""

import sys

import pandas as pd
import pytest

from watchwords import cli, cli_count, read_corpus
from watchwords.errors import ReportError, StorageError
from watchwords.scale.cluster import check_scheduler, open_executor
from watchwords.scale.partitions import exceeds


@pytest.fixture
def call(monkeypatch, capfd):
    def run(*args):
        monkeypatch.setattr(sys, "argv", ["watchwords", "count", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capfd.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def speeches(tmp_path):
    folder = tmp_path / "speeches"
    folder.mkdir()
    for day in range(1, 10):
        text = f"The council met. No war and no peace, number {day}.\n\n2021-02-0{day}\n"
        (folder / f"2021-0{day}-03_council.txt").write_text(text, "utf-8")
    return folder


def test_documents_partitions_and_a_stored_corpus_give_one_table(call, speeches, tmp_path):
    options = ("--freq", "M", "--min-count", 2)
    code, printed, complaint = call(speeches, *options, "--out", tmp_path / "a.parquet")
    assert (code, complaint) == (0, "")
    assert "9  documents counted" in printed
    table = pd.read_parquet(tmp_path / "a.parquet")
    assert list(table.columns) == ["item", "n_words", "group", "period", "n", "n_docs"]
    assert table.loc[table["item"] == "no", "n"].sum() == 18
    assert table.loc[table["item"] == "no", "n_docs"].sum() == 9
    read_corpus(speeches, out=tmp_path / "corpus")
    assert call(tmp_path / "corpus", *options, "--out", tmp_path / "b.parquet")[0] == 0
    single = tmp_path / "corpus" / "documents.parquet"
    threads = ("--workers", 2)
    assert call(single, *options, *threads, "--out", tmp_path / "c.parquet")[0] == 0
    first = (tmp_path / "a.parquet").read_bytes()
    assert (tmp_path / "b.parquet").read_bytes() == first
    assert (tmp_path / "c.parquet").read_bytes() == first
    left = sorted(path.name for path in tmp_path.iterdir() if path.name[0] != ".")
    assert left == ["a.parquet", "b.parquet", "c.parquet", "corpus", "speeches"]


def test_terms_have_no_stop_word_at_an_edge(call, speeches, tmp_path):
    assert call(speeches, "--terms", "--min-count", 2, "--out", tmp_path / "a.parquet")[0] == 0
    items = set(pd.read_parquet(tmp_path / "a.parquet")["item"])
    assert "council met" in items
    assert not {"the", "no", "the council", "war and"} & items


def test_row_groups_that_are_too_large_are_cut(speeches, tmp_path, monkeypatch):
    read_corpus(speeches, out=tmp_path / "corpus")
    store = tmp_path / "corpus"
    assert len(cli_count.find_partitions(str(store), tmp_path / "none")) == 1
    assert exceeds(store, 10)
    monkeypatch.setattr("watchwords.scale.partitions.exceeds", lambda _: True)
    parts = cli_count.find_partitions(str(store), tmp_path / "made")
    assert all(part.path.startswith(str(tmp_path / "made")) for part in parts)


def test_what_cannot_be_done_is_said_and_nothing_is_left(call, speeches, tmp_path):
    code, _, complaint = call(speeches, "--scheduler", "host:8786")
    assert code == ReportError.exit_code
    assert "such as tcp://host:8786" in complaint
    code, _, complaint = call(speeches, "--out", tmp_path / "no" / "a.parquet")
    assert code == StorageError.exit_code
    assert "in a folder that is not there" in complaint
    code, _, complaint = call(speeches, "--freq", "Z", "--out", tmp_path / "a.parquet")
    assert code == 2
    code, _, complaint = call(tmp_path / "nosuch", "--out", tmp_path / "a.parquet")
    assert code == ReportError.exit_code
    assert "(it holds: speeches)" in " ".join(complaint.split())
    assert [path.name for path in tmp_path.iterdir()] == ["speeches"]


@pytest.mark.parametrize("address", ["tcp://host:8786", "tls://10.0.0.5:8786", "tcp://[::1]:80"])
def test_addresses_of_schedulers(address):
    assert check_scheduler(address) == address


@pytest.mark.parametrize("address", ["host:8786", "tcp:/host", "http://host", "tcp://a b:1", ""])
def test_what_is_no_address(address):
    with pytest.raises(ReportError, match="should be the address"):
        check_scheduler(address)


def test_nobody_answers(monkeypatch):
    pytest.importorskip("distributed", reason="needs Dask: pip install 'watchwords[scale]'")
    monkeypatch.setattr("watchwords.scale.cluster._PATIENCE", "200ms")
    with (
        pytest.raises(ReportError, match="no Dask scheduler answers"),
        open_executor(scheduler="tcp://127.0.0.1:1"),
    ):
        pass
