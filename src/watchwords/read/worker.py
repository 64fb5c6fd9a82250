"""The child process that parses what other people made: one file after the other, on a leash.

Started as ``python -m watchwords.read.worker``. It takes messages on its standard input, answers
on its standard output, and ends with its parent.
"""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from watchwords.read.files import Begun, Event, Read, Task, read_file
from watchwords.read.frames import pack, read_message, write_event
from watchwords.read.outcomes import Rejection
from watchwords.read.records import Options, Record

OUT_OF_MEMORY = 77
"""Exit code of a child whose memory did not suffice."""
_EVENTS = 64
_CHARACTERS = 250_000
_DIE_WITH_PARENT = 1

Reader = Callable[[Task, Path, Options], Iterator[Event]]


def serve(read: Reader) -> None:
    """Answer messages until the parent closes the pipe.

    Parameters
    ----------
    read : callable
        Takes a task, the corpus and the options, and yields events.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not stand between messages
    hello = read_message(incoming)
    if hello is None:
        return
    _leash(hello)
    root, options, seconds = Path(hello["root"]), restore_options(hello), hello["seconds"]
    # What is loaded by now stays: no need to look through it for circles after each document. In
    # what a document leaves they are looked for as often as usual: trees of Word files have many.
    gc.freeze()
    outgoing.write(pack(["ready"]))
    while (message := read_message(incoming)) is not None:
        try:
            _answer(read(Task(*message), root, options), outgoing, seconds=seconds)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
    os._exit(0)


def describe_options(options: Options) -> dict[str, Any]:
    """Turn options into what JSON can hold."""
    return {
        "columns": dict(options.columns),
        "path_pattern": options.path_pattern,
        "as_of": options.as_of.isoformat(),
        "issuer": options.issuer,
        "date_order": options.date_order,
    }


def restore_options(parts: dict[str, Any]) -> Options:
    """Turn it back; other keys are left out."""
    return Options(
        parts["columns"],
        parts["path_pattern"],
        date.fromisoformat(parts["as_of"]),
        parts["issuer"],
        parts["date_order"],
    )


def _answer(events: Iterator[Event], outgoing: BinaryIO, *, seconds: float) -> None:
    held: list[list[Any]] = []
    size = 0
    _wind_up(seconds)
    for event in events:
        if isinstance(event, Rejection) and event.reason == "memory":
            raise MemoryError
        held.append(write_event(event))
        if isinstance(event, Record):
            size += len(str(event.fields["text"]))
        if len(held) >= _EVENTS or size > _CHARACTERS or isinstance(event, Begun | Read):
            _send(outgoing, held)
            held, size = [], 0
            _wind_up(seconds)


def _send(outgoing: BinaryIO, held: list[list[Any]]) -> None:
    rest = memoryview(pack(held))
    while rest:
        rest = rest[outgoing.write(rest) :]


def _leash(hello: dict[str, Any]) -> None:
    """Bound memory, leave no dump behind, and die with the parent even while parsing."""
    try:
        import resource
    except ImportError:
        return
    if hello["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (hello["memory"], hello["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != hello["parent"]:
            os._exit(0)


def _wind_up(seconds: float) -> None:
    """Give the next document its processor time; the kernel ends the process after it."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time() + seconds) + 1
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    serve(read_file)
