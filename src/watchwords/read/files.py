"""A file to what became of it: documents, rejections, and its size, time and hash."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchwords.errors import SchemaError
from watchwords.read.archives import Member, list_members
from watchwords.read.folders import read_regular
from watchwords.read.limits import MAX_ARCHIVE_DEPTH
from watchwords.read.outcomes import Outcome, Rejected, Rejection, Source
from watchwords.read.readers import READABLE, check_content, format_of, read_data
from watchwords.read.records import Options, Record, make_record


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read.

    Attributes
    ----------
    name : str
        Relative path, escaped; what documents and rejections are known by.
    path : str
        Where it lies.
    skip : int
        Members of an archive that were dealt with before.
    """

    name: str
    path: str
    skip: int = 0


@dataclass(frozen=True)
class Begun:
    """A member of an archive is about to be parsed: what to blame if nothing follows."""

    path: str
    number: int


@dataclass(frozen=True)
class Unfit:
    """A table has no column of texts; the message says which it has."""

    message: str


@dataclass(frozen=True)
class Read:
    """A file is done: its bytes, time of change in nanoseconds and hash.

    The hash is "" for what was not read, and ``size`` -1 for what could not even be looked at.
    """

    size: int = -1
    mtime_ns: int = -1
    sha256: str = ""


Event = Record | Rejection | Begun | Unfit | Read


def read_file(task: Task, root: Path, options: Options) -> Iterator[Event]:
    """Read a file of a corpus.

    Parameters
    ----------
    task : Task
        Which file.
    root : Path
        The corpus.
    options : Options

    Yields
    ------
    Record, Rejection, Begun, Unfit, Read
        What became of it, in its order; the last one is always a `Read`.
    """
    path, found = Path(task.path), format_of(task.name)
    limit = found.limit if found else 0
    read = Read()
    try:
        try:
            data, status = read_regular(path, root, limit=limit)
        except Rejected as verdict:
            # Links, devices and odd names are told apart from files of an unknown ending.
            read = _look_at(path, verdict)
            if found is None and verdict.reason in {"too_large", "empty"}:
                raise _unsupported() from None
            raise
        read = Read(status.st_size, status.st_mtime_ns, hashlib.sha256(data).hexdigest())
        outcomes = _read_bytes(task.name, data, options, skip=task.skip, depth=0)
        for outcome in outcomes:
            yield make_record(outcome, options) if isinstance(outcome, Source) else outcome
    except Rejected as verdict:
        yield Rejection(task.name, 0, verdict.reason, verdict.detail)
    except SchemaError as error:
        yield Unfit(str(error))
    yield read


def _look_at(path: Path, verdict: Rejected) -> Read:
    """Note size and time of what is not read; whether it may be read says nothing of either."""
    try:
        status = path.lstat()
    except OSError:
        return Read()
    return Read() if verdict.reason == "unreadable" else Read(status.st_size, status.st_mtime_ns)


def is_trusted(name: str) -> bool:
    """Say whether a file can be read without a child process: plain text and unknown endings."""
    found = format_of(name)
    return found is None or found.trusted


def is_plain_table(name: str) -> bool:
    """Say whether a file is a table that can be read without a child process."""
    found = format_of(name)
    return found is not None and found.trusted and found.kind == "table"


def _read_bytes(
    name: str, data: bytes, options: Options, *, skip: int, depth: int
) -> Iterator[Outcome | Begun]:
    found = format_of(name)
    if found is None:
        raise _unsupported()
    if found.kind == "archive":
        if depth == MAX_ARCHIVE_DEPTH:
            raise Rejected("nesting", "an archive in an archive in an archive: unpack it")
        check_content(name, data, found.content)
        yield from _read_members(name, data, options, skip=skip, depth=depth)
        return
    outcomes = read_data(name, data, options.columns)
    if (first := next(outcomes, None)) is None:
        raise Rejected("no_text", "no rows")
    yield first
    yield from outcomes


def _read_members(
    name: str, data: bytes, options: Options, *, skip: int, depth: int
) -> Iterator[Outcome | Begun]:
    number = -1
    for number, member in enumerate(list_members(name, data)):
        if number >= skip:
            if depth == 0:
                yield Begun(member.path, number)
            yield from _read_member(member, options, depth=depth + 1)
    if number < 0:
        raise Rejected("no_text", "no files in it")


def _read_member(member: Member, options: Options, *, depth: int) -> Iterator[Outcome | Begun]:
    found = format_of(member.path)
    try:
        content = member.load(found.limit if found else 0)
        yield from _read_bytes(member.path, content, options, skip=0, depth=depth)
    except Rejected as verdict:
        if found is None and verdict.reason in {"too_large", "empty"}:
            verdict = _unsupported()
        yield Rejection(member.path, 0, verdict.reason, verdict.detail)
    except SchemaError as error:
        yield Rejection(member.path, 0, "schema", str(error))


def _unsupported() -> Rejected:
    return Rejected("unsupported", f"read are {' '.join(READABLE)}")
