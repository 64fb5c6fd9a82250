"""Child processes that parse files: kept for many files, killed and replaced over one."""

import hashlib
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Any

from watchwords.read.child import Child, explain_death
from watchwords.read.files import Begun, Event, Read, Task
from watchwords.read.folders import read_regular
from watchwords.read.frames import read_event
from watchwords.read.limits import CHILD_MEMORY_BYTES, CHILD_SECONDS, MAX_TABLE_BYTES
from watchwords.read.outcomes import Rejected, Rejection
from watchwords.read.records import Options, Record
from watchwords.read.worker import describe_options

WORKER = (sys.executable, "-P", "-m", "watchwords.read.worker")
MAX_HELD_CHARACTERS = 50_000_000
"""What may wait in memory until the files before it are done."""
_IN_FLIGHT = 4
_WINDOW = 64
_LOOK_SECONDS = 0.1
"""How often the children are looked after while there is something else to do."""
_AWAY_SECONDS = 1.0
"""After so long without a look this process was busy, or stopped: no child is charged for it."""


class Children:
    """Child processes that read files side by side; results come in the order of the files.

    A file that takes too long, too much memory or crashes its parser is rejected by name; its
    child is replaced and the others go on.

    Parameters
    ----------
    root : Path
        The corpus.
    options : Options
    n : int, default 1
        How many.
    memory : int, default 1,500,000,000
        Bytes of address space of each; 0 for no limit.
    seconds : float, default 20
        Wall and processor time of one document.
    command : sequence of str
        What to start; another one in tests.
    """

    def __init__(
        self,
        root: Path,
        options: Options,
        *,
        n: int = 1,
        memory: int = CHILD_MEMORY_BYTES,
        seconds: float = CHILD_SECONDS,
        command: Sequence[str] = WORKER,
    ) -> None:
        self._root, self._n, self._seconds = root, n, seconds
        self._hello = {"root": str(root), "memory": memory, **describe_options(options)}
        self._command = command
        self._children: list[Child] = []
        self._shelf = _Shelf()
        self._looked = time.monotonic()

    def __enter__(self) -> "Children":
        """Start nothing yet: children come with the first file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End them all."""
        self.close()

    def close(self) -> None:
        """End the children; reading again starts new ones."""
        for child in self._children:
            if child.jobs:
                child.kill()
            child.end()
        self._children = []

    def read(
        self,
        tasks: Iterable[Task],
        *,
        read_here: Callable[[Task], Iterable[Event] | None] = lambda _: None,
    ) -> Iterator[tuple[Task, Event]]:
        """Read files.

        Parameters
        ----------
        tasks : iterable of Task
            Taken as they are needed.
        read_here : callable, optional
            Reads what needs no child while the children are at work; None for what needs one.

        Yields
        ------
        task : Task
        event : Record, Rejection, Unfit or Read
            In the order of the tasks; a `Read` ends each.
        """
        if any(child.jobs for child in self._children):
            self.close()
        shelf = self._shelf = _Shelf()
        self._looked = time.monotonic()
        coming = iter(tasks)
        while True:
            self._feed(coming, read_here)
            yield from shelf.take_ready()
            if shelf.is_done:
                return
            self._look_after()
            self._punish()

    def _feed(
        self, coming: Iterator[Task], read_here: Callable[[Task], Iterable[Event] | None]
    ) -> None:
        shelf = self._shelf
        while shelf.may_grow(_WINDOW * self._n):
            idle = min(self._children, key=lambda child: len(child.jobs), default=None)
            new = len(self._children) < self._n and (idle is None or bool(idle.jobs))
            if not new and idle is not None and len(idle.jobs) >= _IN_FLIGHT:
                return
            number = shelf.add(coming)
            if number is None:
                return
            events = read_here(shelf.tasks[number])
            if events is None:
                self._give(self._start() if new or idle is None else idle, number)
            for event in events or ():
                shelf.put(number, event)
            if time.monotonic() - self._looked > _LOOK_SECONDS:
                self._look_after(at_most=0.0)

    def _start(self) -> Child:
        child = Child(self._command, self._hello, seconds=self._seconds)
        self._children.append(child)
        return child

    def _give(self, child: Child, number: int) -> None:
        task = self._shelf.tasks[number]
        child.give(number, [task.name, task.path, task.skip])

    def _look_after(self, *, at_most: float = _AWAY_SECONDS / 2) -> None:
        """Take what the children have answered; wait for it no longer than until one is due."""
        self._keep_time()
        for child in self._wait(at_most):
            self._listen(child)

    def _keep_time(self) -> None:
        """Stop the clocks for as long as nobody looked at them."""
        now = time.monotonic()
        away, self._looked = now - self._looked, now
        if away > _AWAY_SECONDS:
            for child in self._children:
                child.deadline += away

    def _wait(self, at_most: float) -> list[Child]:
        """Wait for answers; when much is held already, only for what is wanted next."""
        listening = [child for child in self._children if child.jobs]
        if self._shelf.size > MAX_HELD_CHARACTERS:
            for child in listening:
                if child.jobs[0] != self._shelf.head:
                    child.rewind()
            listening = [child for child in listening if child.jobs[0] == self._shelf.head]
        if not listening:
            return []
        until = min(child.deadline for child in listening) - time.monotonic()
        ready = wait([child.fileno() for child in listening], max(0.0, min(until, at_most)))
        self._keep_time()
        return [child for child in listening if child.fileno() in ready]

    def _listen(self, child: Child) -> None:
        messages = child.take()
        if messages is None:
            self._replace(child, *explain_death(child.end()))
            return
        for message in messages:
            if message == ["ready"]:
                child.ready = True
                continue
            for parts in message:
                self._note(child, read_event(parts))

    def _note(self, child: Child, event: Event) -> None:
        number = child.jobs[0]
        if isinstance(event, Read):
            child.finish()
        else:
            child.answered += 1
        self._shelf.put(number, event)

    def _punish(self) -> None:
        now = time.monotonic()
        for child in [child for child in self._children if child.jobs and child.deadline <= now]:
            child.kill()
            child.end()
            words = f"parsing it takes more than {self._seconds:g} seconds"
            self._replace(child, "timeout", words)

    def _replace(self, child: Child, reason: str, detail: str) -> None:
        """Blame the file at hand, unless its child may be worn out, and go on with the others."""
        self._children.remove(child)
        if not child.ready:
            raise RuntimeError(f"the process that parses files cannot start: {detail}")
        numbers = deque(child.jobs)
        if numbers and (reason == "timeout" or child.served == 0 or child.answered):
            number = numbers[0]
            if not self._blame(number, reason, detail):
                numbers.popleft()
        if numbers:
            successor = self._start()
            for number in numbers:
                self._give(successor, number)

    def _blame(self, number: int, reason: str, detail: str) -> bool:
        """Reject what was being parsed; say whether its archive goes on after it."""
        shelf = self._shelf
        task, begun = shelf.tasks[number], shelf.begun.get(number)
        if begun is not None:
            shelf.put(number, Rejection(begun.path, 0, reason, detail))
            shelf.tasks[number] = replace(task, skip=begun.number + 1)
            del shelf.begun[number]
            return True
        row = shelf.rows.get(number, 0)
        where = f"from here on: {detail}" if row else detail
        shelf.put(number, Rejection(task.name, row + 1 if row else 0, reason, where))
        shelf.put(number, _facts(task, self._root))
        return False


class _Shelf:
    """What children have answered, held until the files before it are done."""

    def __init__(self) -> None:
        self.tasks: dict[int, Task] = {}
        self.begun: dict[int, Begun] = {}
        self.rows: dict[int, int] = {}
        self.head = 0
        self.size = 0
        self._events: dict[int, list[Event]] = {}
        self._next = 0
        self._exhausted = False

    @property
    def is_done(self) -> bool:
        return self._exhausted and self.head == self._next

    def may_grow(self, window: int) -> bool:
        room = self.size <= MAX_HELD_CHARACTERS or self._next == self.head
        return room and not self._exhausted and self._next < self.head + window

    def add(self, coming: Iterator[Task]) -> int | None:
        """Take the next task; None if there is none."""
        task = next(coming, None)
        if task is None:
            self._exhausted = True
            return None
        number, self._next = self._next, self._next + 1
        self.tasks[number], self._events[number] = task, []
        return number

    def put(self, number: int, event: Event) -> None:
        if isinstance(event, Begun):
            self.begun[number] = event
            return
        if isinstance(event, Record):
            self.size += len(str(event.fields["text"]))
        if isinstance(event, Record | Rejection):
            self.rows[number] = max(self.rows.get(number, 0), event.row)
        self._events[number].append(event)

    def take_ready(self) -> Iterator[tuple[Task, Any]]:
        """Give out what is next in order, as far as it has come."""
        while self.head < self._next:
            task, events = self.tasks[self.head], self._events[self.head]
            self._events[self.head] = []
            for event in events:
                if isinstance(event, Record):
                    self.size -= len(str(event.fields["text"]))
                yield task, event
            if not (events and isinstance(events[-1], Read)):
                return
            for held in (self.tasks, self.begun, self.rows, self._events):
                held.pop(self.head, None)
            self.head += 1


def _facts(task: Task, root: Path) -> Read:
    """Hash the file that a child died over."""
    try:
        data, status = read_regular(Path(task.path), root, limit=MAX_TABLE_BYTES)
    except Rejected:
        return Read()
    return Read(status.st_size, status.st_mtime_ns, hashlib.sha256(data).hexdigest())
