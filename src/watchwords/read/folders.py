"""Files of a folder, in one order, each opened so that it cannot block, lead out or swell."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

from watchwords.errors import ReportError
from watchwords.read.limits import MAX_FILE_BYTES
from watchwords.read.outcomes import Rejected

STORE_FILE = "corpus.json"
STORE_MARK = b'"format": "watchwords corpus"'
STORE_TABLES = tuple(
    f"{name}.parquet"
    for name in (
        "documents", "rejects", "notes", "removed", "copies", "files", "found", "outcomes",
    )
)  # fmt: skip
_TELLING = {"documents.parquet", "files.parquet", "outcomes.parquet"}
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def check_source(source: str | os.PathLike[str]) -> Path:
    """Check that a corpus exists.

    Parameters
    ----------
    source : path
        A folder or a file.

    Returns
    -------
    Path

    Raises
    ------
    ReportError
        If it does not; the message names the nearest folder that does.
    """
    path = Path(source)
    if path.is_dir() or path.is_file():
        return path
    if path.exists():
        raise ReportError(f"`source` {str(path)!r} is neither a folder nor a regular file.")
    parent = path.absolute().parent
    while not parent.exists():
        parent = parent.parent
    inside = sorted(entry.name for entry in parent.iterdir() if not entry.name.startswith("."))
    shown = ", ".join(inside[:8]) + (", …" if len(inside) > 8 else "")
    raise ReportError(
        f"`source` {str(path)!r} does not exist; the nearest folder that does is {str(parent)!r}"
        f" (it holds: {shown or 'nothing'})."
    )


def list_files(root: Path) -> Iterator[tuple[str, str]]:
    """List what lies in a folder and below it, sorted by path; hidden names are left out.

    Folders reached through symbolic links are listed as entries and not entered; a folder that
    holds a corpus already read is left out, since its texts are those of other files.

    Parameters
    ----------
    root : Path
        A folder, or one file.

    Yields
    ------
    name : str
        Path relative to the folder, with "/"; unprintable characters escaped.
    path : str
        Where it lies.
    """
    if not root.is_dir():
        yield escape_name(root.name), str(root)
        return
    pending = [(str(root), "")]
    while pending:
        folder, prefix = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError:
            yield escape_name(prefix.rstrip("/")), folder
            continue
        names = {entry.name for entry in entries} if prefix else set[str]()
        if _may_be_stored(names) and (is_store(Path(folder)) or is_ruin(Path(folder))):
            continue
        below = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield escape_name(prefix + entry.name), entry.path
        pending.extend(reversed(below))


def _may_be_stored(names: set[str]) -> bool:
    return STORE_FILE in names or names >= _TELLING


def is_store(folder: Path) -> bool:
    """Say whether a folder holds a corpus that was read and stored.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    bool
    """
    try:
        data, _ = read_regular(folder / STORE_FILE, folder)
    except Rejected:
        return False
    return STORE_MARK in data[:100]


def is_ruin(folder: Path) -> bool:
    """Say whether a folder holds the tables of a stored corpus, whose mark is lost.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    bool
        True if nothing but such tables is there, the most telling ones among them.
    """
    try:
        names = {entry.name for entry in os.scandir(folder)}
    except OSError:
        return False
    return not is_store(folder) and names >= _TELLING and names <= {STORE_FILE, *STORE_TABLES}


def read_bytes(path: Path, root: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file inside the corpus, and nothing else.

    Parameters
    ----------
    path, root, limit
        As for `read_regular`.

    Returns
    -------
    bytes

    Raises
    ------
    Rejected
        As for `read_regular`.
    """
    return read_regular(path, root, limit=limit)[0]


def read_regular(
    path: Path, root: Path, *, limit: int = MAX_FILE_BYTES
) -> tuple[bytes, os.stat_result]:
    """Read a regular file inside the corpus, with its size and time of change.

    Symbolic links, FIFOs, sockets and devices are never opened for reading; the size is checked
    before and while reading.

    Parameters
    ----------
    path : Path
        The file.
    root : Path
        The corpus; a link that leads out of it is told apart.
    limit : int, default 50,000,000
        Bytes a file may have.

    Returns
    -------
    data : bytes
    status : os.stat_result
        Of the file as it was opened.

    Raises
    ------
    Rejected
        bad_name, not_regular, outside_root, too_large, empty, vanished or unreadable.
    """
    text, base = str(path), str(root)
    if not _is_clean_name(
        text[len(base) :] if text.startswith(base) and text != base else path.name
    ):
        raise Rejected("bad_name", "the name holds bytes that are no text, or control characters")
    try:
        _check_kind(path, root)
        return _read_open(path, limit)
    except FileNotFoundError:
        raise Rejected("vanished", "it was listed and is gone") from None
    except OSError as error:
        raise Rejected("unreadable", error.strerror or type(error).__name__) from None


def escape_name(name: str) -> str:
    """Write a name so that it can be printed on one line: no control characters, no lone bytes."""
    if _is_clean_name(name):
        return name
    encoded = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if _is_clean_name(sign) else repr(sign)[1:-1] for sign in encoded)


def _check_kind(path: Path, root: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise _link(path, root)
    if stat.S_ISDIR(mode):
        raise Rejected("unreadable", "a folder that may not be listed")
    if not stat.S_ISREG(mode):
        raise Rejected("not_regular", "a FIFO, socket or device, never opened")


def _read_open(path: Path, limit: int) -> tuple[bytes, os.stat_result]:
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Rejected("not_regular", "replaced while it was being opened")
        if status.st_size > limit:
            raise Rejected("too_large", f"{status.st_size:,} bytes; at most {limit:,} are read")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Rejected("too_large", f"more than {limit:,} bytes")
    if not data:
        raise Rejected("empty", "0 bytes")
    return data, status


def _link(path: Path, root: Path) -> Rejected:
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return Rejected("not_regular", "a symbolic link that leads nowhere")
    if inside:
        return Rejected("not_regular", "a symbolic link; what it points to is read by itself")
    return Rejected("outside_root", "a symbolic link that leads out of the corpus, never followed")


def _is_clean_name(name: str) -> bool:
    """Accept what prints, and the blanks of other scripts."""
    return name.isprintable() or all(sign.isprintable() or category(sign) == "Zs" for sign in name)
