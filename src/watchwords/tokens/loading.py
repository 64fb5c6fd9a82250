"""Compiled code, loaded when first used; it is compiled once on a machine and then kept."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import RLock, Timer
from types import ModuleType

from watchwords.tokens.signs import find_signs

KERNELS = (
    "scan_kernels",
    "sentence_kernels",
    "ngram_kernels",
    "packed_kernels",
    "merge_kernels",
)

# Loading what is compiled takes about a second; compiling takes long enough to be asked why.
_PATIENCE = 3.0
_NOTE = (
    "watchwords: preparing the counting code; on a machine that has not run it before this takes "
    "about half a minute, once (`watchwords warm` does it beforehand).\n"
)
_ONE_AT_A_TIME = RLock()
# What has been said and done in this process.
_said: set[str] = set()
_held: list[str] = []


@cache
def load_kernels(name: str) -> ModuleType:
    """Load a module of compiled code; say so on stderr if it has to be compiled first.

    Parameters
    ----------
    name : str
        One of `KERNELS`.

    Returns
    -------
    module
    """
    with preparing(Path(__file__).with_name(f"{name}.py")):
        return import_module(f"watchwords.tokens.{name}")


def warm() -> list[str]:
    """Compile everything that counts, so that the first run need not wait.

    The machine code is kept beside the modules, or in the user's cache folder where that is
    read-only; ``watchwords warm`` compiles what searches and compares, too.

    Returns
    -------
    list of str
        The modules that are ready.

    Examples
    --------
    >>> warm()[0]
    'scan_kernels'
    """
    for name in KERNELS:
        load_kernels(name)
    find_signs()
    return list(KERNELS)


def is_compiled(module: Path) -> bool:
    """Tell whether machine code of a module, as the module is now, has been made and kept.

    Parameters
    ----------
    module : Path
        The source.

    Returns
    -------
    bool
        False also where the folder of the module cannot be written to.
    """
    try:
        return _note_of(module).read_text("utf-8") == _stamp(module)
    except OSError:
        return False


def _note_of(module: Path) -> Path:
    return module.parent / "__pycache__" / f"{module.stem}.{sys.implementation.cache_tag}.ready"


def _stamp(module: Path) -> str:
    return f"numba {version('numba')} {hashlib.sha256(module.read_bytes()).hexdigest()}"


def _keep_note(module: Path) -> None:
    """Put on record that a module is compiled, in one step."""
    note = _note_of(module)
    with suppress(OSError):
        writing = note.with_name(f"{note.name}.{os.getpid()}")
        writing.write_text(_stamp(module), "utf-8")
        writing.replace(note)


def say_nothing() -> None:
    """Print no note in this process: whoever calls this shows what is done."""
    _said.add(_NOTE)


@contextmanager
def preparing(module: Path) -> Iterator[None]:
    """Load compiled code: alone if it may have to be compiled, with a note if that takes long.

    Processes that start together compile one after the other: the second finds what the first
    has made, and reads nothing half written. The note is printed once in a process.

    Parameters
    ----------
    module : Path
        The source of the code.
    """
    ready = is_compiled(module)
    timer = Timer(_PATIENCE, _say)
    timer.daemon = True
    if not ready:
        timer.start()
    try:
        with _ONE_AT_A_TIME, _locked(shared=ready):
            yield
            if not ready:
                _keep_note(module)
    finally:
        timer.cancel()


def _say() -> None:
    if _NOTE not in _said:
        _said.add(_NOTE)
        sys.stderr.write(_NOTE)


@contextmanager
def _locked(*, shared: bool) -> Iterator[None]:
    """Hold a lock of this user's processes: several may read, one may write and none read."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    if _held:
        # Code that is loaded on the way to other code has the lock already.
        yield
        return
    path = Path(tempfile.gettempdir()) / f"watchwords-{os.getuid()}.lock"
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        file = os.open(path, flags, 0o600)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        _held.append(str(path))
        yield
    finally:
        _held.clear()
        os.close(file)
