"""Publishing: a run appears whole or not at all, and the last good one is never touched.

Layout of the folder of a report: ``runs/<id>`` for each published run, ``failed/<id>`` for what
went wrong, ``latest``, a link to the last good one. A run is built in ``runs/.stage-<id>``,
flushed to the disk, checked against its own record and renamed; then the link is swapped.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchwords.errors import LockedError, StorageError

RECORD = "run.json"
_STAGE = ".stage-"
_ID = re.compile(r"\d{8}T\d{6}Z-(\d{4,})")
_STORAGE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a report's folder, or refuse at once.

    The lock is the kernel's own: it is free as soon as the process that holds it is gone,
    however it ended. What the file says is for people and decides nothing.

    Parameters
    ----------
    folder : Path
        The folder of a report's runs; made if it is not there.

    Yields
    ------
    None

    Raises
    ------
    LockedError
        If another run holds it.
    StorageError
        If the folder cannot be written.
    """
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise LockedError(
                f"another run of this report is under way (process {holder or 'unknown'}); it "
                f"holds {folder / '.lock'}. Try again when it has ended."
            ) from None
        with storage_errors(folder):
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(handle)


def next_run_id(folder: Path, now: datetime) -> str:
    """Name the next run: date and time in UTC, and a number that always grows.

    The number keeps names unique, and in the order of the runs, when the clock is set back.

    Parameters
    ----------
    folder : Path
        The folder of a report's runs.
    now : datetime.datetime
        With a time zone.

    Returns
    -------
    str
        Such as "20261101T060000Z-0012".

    Examples
    --------
    >>> next_run_id(Path("none"), datetime(2026, 11, 1, 6, tzinfo=UTC))
    '20261101T060000Z-0001'
    """
    taken = [0]
    for part in ("runs", "failed"):
        for path in (folder / part).glob("*"):
            match = _ID.fullmatch(path.name.removeprefix(_STAGE))
            taken += [int(match.group(1))] if match else []
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{max(taken) + 1:04d}"


@contextmanager
def staging(folder: Path, run_id: str = "") -> Iterator[Path]:
    """Give a folder to build a run in, and publish it when all went well.

    The caller holds `run_lock`, and has called `write_record` by the end of the block. What
    runs killed before have left half done is removed first.

    Parameters
    ----------
    folder : Path
        The folder of a report's runs.
    run_id : str, optional
        Default the `next_run_id` by the clock.

    Yields
    ------
    Path
        An empty folder on the same file system. After the block it is ``runs/<run_id>``; if
        the block raised, ``failed/<run_id>``, and the error says so in a note.

    Raises
    ------
    StorageError
        If the disk is full, read-only or failing, or a file is not what its record says.
    """
    run_id = run_id or next_run_id(folder, datetime.now(UTC))
    stage = folder / "runs" / f"{_STAGE}{run_id}"
    try:
        with storage_errors(stage):
            _sweep(folder)
            stage.mkdir(parents=True)
            yield stage
            _publish(stage, folder / "runs" / run_id)
    except BaseException as error:
        kept = _keep_failed(stage, folder / "failed" / run_id)
        if kept:
            error.add_note(f"What was made until then is kept in {kept}")
        raise


def write_record(stage: Path, record: Mapping[str, Any]) -> None:
    """Write ``run.json``: what is known of the run, with digest and size of every other file.

    Parameters
    ----------
    stage : Path
        The folder of the run, complete but for this file.
    record : mapping
        Plain data. Its key ``files`` is ours.

    Raises
    ------
    StorageError
        If the disk is full, read-only or failing.
    """
    with storage_errors(stage):
        files = {name: _digest(stage / name) for name in _file_names(stage)}
        text = json.dumps({**record, "files": files}, indent=1, sort_keys=True, ensure_ascii=False)
        (stage / RECORD).write_text(text + "\n", "utf-8")


def verify_record(run: Path) -> None:
    """Check that a run has every file of its record, unchanged, and no other.

    Parameters
    ----------
    run : Path
        The folder of a run.

    Raises
    ------
    StorageError
        If the record cannot be read, or a file differs, is missing or is not recorded.
    """
    try:
        recorded = json.loads((run / RECORD).read_text("utf-8"))["files"]
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{run / RECORD} is not a record of a run: {error}.") from None
    found = _file_names(run)
    for name in sorted({*recorded, *found}):
        if name not in found or name not in recorded:
            state = "missing" if name in recorded else "not in the record"
            raise StorageError(f"{run / name} is {state}.")
        if _digest(run / name) != recorded[name]:
            raise StorageError(f"{run / name} is not what was written; the disk may be failing.")


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn the errors of a full, read-only or failing disk into `StorageError`.

    Parameters
    ----------
    path : Path
        Named where the error itself names no file.

    Yields
    ------
    None

    Raises
    ------
    StorageError
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _STORAGE:
            raise
        where = error.filename or path
        raise StorageError(
            f"{os.strerror(error.errno)}: {where}. The last good report is untouched; make room "
            "or choose another folder with --out."
        ) from error


def _publish(stage: Path, run: Path) -> None:
    folder = run.parents[1]
    _flush(stage)
    verify_record(stage)
    stage.rename(run)
    _flush_entry(run.parent)
    link = folder / "latest.tmp"
    link.symlink_to(run.relative_to(folder))
    link.replace(folder / "latest")
    _flush_entry(folder)
    _flush_entry(folder.parent)


def _keep_failed(stage: Path, kept: Path) -> Path | None:
    """Keep what was made for whoever looks for the cause, unless the disk refuses that too."""
    try:
        kept.parent.mkdir(exist_ok=True)
        return stage.rename(kept)
    except OSError:
        return None


def _sweep(folder: Path) -> None:
    """Remove stages that killed runs left; the lock says that nobody works in them."""
    for left in (folder / "runs").glob(f"{_STAGE}*"):
        shutil.rmtree(left)
    (folder / "latest.tmp").unlink(missing_ok=True)


def _file_names(run: Path) -> list[str]:
    files = (path for path in run.rglob("*") if not path.is_dir())
    return sorted(name for path in files if (name := path.relative_to(run).as_posix()) != RECORD)


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "bytes": path.stat().st_size}


def _flush(stage: Path) -> None:
    """Flush every file, then the folders, deepest first: a name must not outlive its content."""
    paths = sorted(stage.rglob("*"), reverse=True)
    for path in [p for p in paths if not p.is_dir()] + [p for p in paths if p.is_dir()] + [stage]:
        _flush_entry(path)


def _flush_entry(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
