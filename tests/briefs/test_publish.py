import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from watchwords.briefs import publish as module
from watchwords.briefs.publish import (
    next_run_id,
    run_lock,
    staging,
    storage_errors,
    verify_record,
    write_record,
)
from watchwords.errors import CellError, LockedError, StorageError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def publish(folder: Path, text: str, *, now: datetime = NOON) -> str:
    run_id = next_run_id(folder, now)
    with run_lock(folder), staging(folder, run_id) as stage:
        (stage / "data").mkdir()
        (stage / "data" / "terms.csv").write_text(text)
        (stage / "brief.pdf").write_text(text)
        write_record(stage, {"seed": 1, "parameters": {"freq": "Y"}})
    return run_id


def latest(folder: Path) -> str:
    verify_record(folder / "latest")
    return (folder / "latest" / "brief.pdf").read_text()


def test_a_run_appears_whole_and_latest_leads_to_it(tmp_path):
    first = publish(tmp_path, "old")
    assert latest(tmp_path) == "old"
    second = publish(tmp_path, "new")
    assert latest(tmp_path) == "new"
    assert (tmp_path / "latest").readlink() == Path("runs") / second
    assert sorted(p.name for p in (tmp_path / "runs").iterdir()) == [first, second]
    assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", "latest", "runs"]


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (CellError("cell 3"), CellError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (OSError(errno.ENOSPC, "full"), StorageError),
        (OSError(errno.EROFS, "read-only", "x.csv"), StorageError),
        (FileNotFoundError("x"), FileNotFoundError),
    ],
)
def test_a_failed_run_goes_to_failed_and_leaves_latest(tmp_path, error, raised):
    publish(tmp_path, "old")

    def fail() -> None:
        with staging(tmp_path, "20261101T120000Z-0002") as stage:
            (stage / "notebook.ipynb").write_text("half")
            raise error

    with pytest.raises(raised) as caught:
        fail()
    kept = tmp_path / "failed" / "20261101T120000Z-0002"
    assert (kept / "notebook.ipynb").read_text() == "half"
    assert str(kept) in caught.value.__notes__[0]
    assert latest(tmp_path) == "old"
    assert next_run_id(tmp_path, NOON) == "20261101T120000Z-0003"


def test_a_run_without_record_or_with_a_changed_file_is_not_published(tmp_path):
    publish(tmp_path, "old")

    def no_record(stage: Path) -> None:
        (stage / "brief.pdf").write_text("new")

    def changed(stage: Path) -> None:
        no_record(stage)
        write_record(stage, {})
        (stage / "brief.pdf").write_text("neu")

    def added(stage: Path) -> None:
        write_record(stage, {})
        (stage / "late.csv").write_text("")

    def lost(stage: Path) -> None:
        changed(stage)
        (stage / "brief.pdf").unlink()

    for build, words in (
        (no_record, "not a record"),
        (changed, "not what was written"),
        (added, "not in the record"),
        (lost, "is missing"),
    ):
        with (
            pytest.raises(StorageError, match=words),
            staging(tmp_path, next_run_id(tmp_path, NOON)) as stage,
        ):
            build(stage)
    assert latest(tmp_path) == "old"


def test_run_ids_grow_when_the_clock_goes_back_and_are_in_utc(tmp_path):
    first = publish(tmp_path, "1")
    second = publish(tmp_path, "2", now=NOON - timedelta(days=3))
    third = publish(tmp_path, "3", now=NOON.astimezone(timezone(timedelta(hours=9))))
    assert [name[-4:] for name in (first, second, third)] == ["0001", "0002", "0003"]
    assert third.startswith("20261101T120000Z")
    assert latest(tmp_path) == "3"


def test_the_record_names_every_other_file_and_is_the_same_for_the_same_run(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "data" / "t.csv").write_text("词,1\n")
        write_record(tmp_path / name, {"z": 1, "a": "词"})
    first, second = ((tmp_path / name / "run.json").read_bytes() for name in ("a", "b"))
    assert first == second
    record = json.loads(first)
    assert list(record) == ["a", "files", "z"]
    digest = hashlib.sha256("词,1\n".encode()).hexdigest()
    assert record["files"] == {"data/t.csv": {"bytes": 6, "sha256": digest}}


def test_the_second_of_two_runs_is_refused_at_once_and_writes_nothing(tmp_path):
    with run_lock(tmp_path):
        before = (tmp_path / ".lock").read_text()
        begun = time.monotonic()
        with pytest.raises(LockedError, match=f"process {os.getpid()}"), run_lock(tmp_path):
            pass
        assert time.monotonic() - begun < 1
        assert (tmp_path / ".lock").read_text() == before
    with run_lock(tmp_path):
        pass
    assert LockedError.exit_code == 75


def test_a_lock_file_with_the_number_of_a_living_process_locks_nothing(tmp_path):
    (tmp_path / ".lock").write_text("1\n")
    with run_lock(tmp_path):
        assert (tmp_path / ".lock").read_text() == f"{os.getpid()}\n"


# The module alone, from its file: the package around it takes seconds to import.
BUILD = """
import importlib.util, sys, time
from datetime import UTC, datetime
from pathlib import Path
folder, point = Path(sys.argv[1]), sys.argv[2]
spec = importlib.util.spec_from_file_location("publish", sys.argv[3])
p = importlib.util.module_from_spec(spec)
spec.loader.exec_module(p)
def stop(name):
    if name == point:
        print("there", flush=True)
        time.sleep(60)
real_flush, real_replace = p._flush, Path.replace
def flush(stage): stop("flush"); real_flush(stage)
def replace(path, target): stop("link"); return real_replace(path, target)
p._flush, Path.replace = flush, replace
with p.run_lock(folder), p.staging(folder, p.next_run_id(folder, datetime.now(UTC))) as stage:
    (stage / "brief.pdf").write_text("new")
    stop("build")
    p.write_record(stage, {})
stop("done")
"""


@pytest.mark.parametrize(
    ("point", "seen"), [("build", "old"), ("flush", "old"), ("link", "old"), ("done", "new")]
)
def test_a_killed_run_leaves_the_last_good_one_and_the_next_needs_no_hand(tmp_path, point, seen):
    publish(tmp_path, "old")
    child = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(tmp_path), point, module.__file__],
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout.readline() == b"there\n"
        if point != "done":
            with pytest.raises(LockedError), run_lock(tmp_path):
                pass
        child.send_signal(signal.SIGKILL)
    assert latest(tmp_path) == seen
    publish(tmp_path, "next")
    assert latest(tmp_path) == "next"
    assert not list((tmp_path / "runs").glob(".stage-*"))
    assert not (tmp_path / "latest.tmp").is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_a_storage_error_that_says_where():
    def fill() -> None:
        with storage_errors(Path("reports")):
            Path("/dev/full").write_text("x")

    with pytest.raises(StorageError, match=r"No space left on device: .*reports"):
        fill()
    assert StorageError.exit_code == 7


def test_other_errors_of_the_system_stay_what_they_are():
    with pytest.raises(PermissionError), storage_errors(Path("x")):
        raise PermissionError(errno.EACCES, "no")
