"""Texts beside the corpus that is written: read again as they were, and never held in memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.corpora.spool import Spool
from watchwords.errors import StorageError

SIGNS = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(deadline=None)
@given(st.lists(SIGNS, max_size=8), st.lists(SIGNS, max_size=8))
def test_texts_come_back_by_their_number(tmp_path_factory, first, second):
    with Spool(tmp_path_factory.getbasetemp() / "corpus") as held:
        held.extend(first)
        assert [held[at] for at in range(len(first))] == first
        assert [held.append(text) for text in second] == list(
            range(len(first), len(first) + len(second))
        )
        every = first + second
        assert list(held) == held[:] == every
        assert held[::-1] == every[::-1]
        sizes = [len(text.encode("utf-8", "surrogatepass")) for text in every]
        assert [held.n_bytes(at) for at in range(len(every))] == sizes
        with pytest.raises(IndexError, match="none of"):
            held[len(every)]


def test_nothing_is_left_beside_the_corpus(tmp_path):
    with Spool(tmp_path / "corpus") as held:
        held.append("a" * 3_000_000)
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named_and_closing_says_no_more(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    held = Spool(tmp_path / "corpus")
    held._file.close()
    held._file = Path("/dev/full").open("wb")  # noqa: SIM115  (the spool closes it)
    held.append("a")
    with pytest.raises(StorageError, match=r"No space left.*untouched"), held:
        held[0]
    with pytest.raises(StorageError, match="cannot be written"):
        Spool(tmp_path / "absent" / "corpus")


MEASURE = """
import sys
from pathlib import Path
from watchwords.clean import boilerplate, sketches
from watchwords.corpora import store
from watchwords.corpora.command import read_and_tell
boilerplate.SAMPLE, sketches._BLOCK, store._GROUP_BYTES = 8, 1 << 18, 1 << 20
for source in sys.argv[1:]:
    Path("/proc/self/clear_refs").write_text("5")
    read_and_tell(source, source + ".kept", columns={})
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is read in /proc")
def test_a_corpus_is_kept_without_holding_its_texts(tmp_path):
    folders = []
    for name, n in (("warm", 8), ("small", 8), ("large", 130)):
        folders.append(tmp_path / name)
        folders[-1].mkdir()
        for at in range(n):
            words = " ".join(f"word{at} {at * word}" for word in range(800))
            (folders[-1] / f"{at}.txt").write_text(f"{words}.\n\n" * 12, "utf-8")
    out = subprocess.check_output([sys.executable, "-c", MEASURE, *map(str, folders)])
    _, small, large = map(int, out.split())
    texts = sum(file.stat().st_size for file in folders[-1].iterdir()) // 1024
    assert texts > 15_000
    assert large - small < texts
