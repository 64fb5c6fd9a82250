"""A folder written whole: staged beside its place, flushed, and exchanged in one step."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchwords.errors import LockedError, StorageError

_WORKING_FOLDER = -100
_EXCHANGE = 2


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one writer; the lock ends with the process, however it ends.

    The file ".NAME.lock" beside the folder is there while it is held, and after a kill; it may be
    deleted then, and the next writer does so.

    Parameters
    ----------
    folder : Path
        It need not exist; its parent is made.

    Raises
    ------
    LockedError
        If another process writes it.
    StorageError
        If its parent cannot be written.
    """
    import fcntl

    file = beside(folder, "lock")
    held = False
    while not held:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise refused(folder, error) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who held it before may have taken the file away between the two calls.
            held = file.exists() and os.path.samestat(file.stat(), os.fstat(handle))
        except BlockingIOError:
            words = f"the corpus {str(folder)!r} is being written by another process."
            raise LockedError(words) from None
        finally:
            if not held:
                os.close(handle)
    try:
        _recover(folder)
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(handle)


def replace_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Write a folder so that a kill at any moment leaves the old one or the new one, whole.

    Parameters
    ----------
    folder : Path
        What is there is replaced; held with `locked`.
    fill : callable
        Writes the files into the folder it is given.

    Raises
    ------
    StorageError
        If the disk refuses; the old folder is untouched.
    """
    stage = beside(folder, "new")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        fill(stage)
        for file in sorted(stage.iterdir()):
            _flush(file)
        _flush(stage)
        _exchange(stage, folder)
        _flush(folder.parent)
    except OSError as error:
        raise refused(folder, error) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def beside(folder: Path, ending: str) -> Path:
    """Name a hidden neighbour of a folder."""
    return folder.parent / f".{folder.name}.{ending}"


def _exchange(stage: Path, folder: Path) -> None:
    if not folder.exists():
        stage.rename(folder)
    elif not _exchange_at_once(stage, folder):
        old = beside(folder, "old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        stage.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange_at_once(stage: Path, folder: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    names = os.fsencode(stage), os.fsencode(folder)
    done: int = rename(_WORKING_FOLDER, names[0], _WORKING_FOLDER, names[1], _EXCHANGE)
    return done == 0


def _recover(folder: Path) -> None:
    """Put the old folder back if a kill came between two renames, and clear what it left."""
    old = beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (old, beside(folder, "new")):
        shutil.rmtree(left, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refused(folder: Path, error: OSError) -> StorageError:
    """Word what the disk refused, as an error to raise."""
    why = error.strerror or type(error).__name__
    return StorageError(
        f"the corpus {str(folder)!r} cannot be written ({why}); what was there is untouched."
    )
