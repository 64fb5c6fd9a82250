"""One child process on a leash: what it was given, what it answers, and when it is overdue."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from watchwords.read.frames import HEADER_BYTES, body_length, pack, unpack
from watchwords.read.limits import MAX_OUTPUT_BYTES
from watchwords.read.worker import OUT_OF_MEMORY

START_SECONDS = 60.0
_CHUNK = 1 << 18


class Child:
    """A process that answers one message after the other.

    Parameters
    ----------
    command : sequence of str
        What to start.
    hello : mapping
        The first message it gets.
    seconds : float
        How long it may say nothing while it has a job.
    """

    def __init__(self, command: Sequence[str], hello: Mapping[str, Any], *, seconds: float) -> None:
        home = str(Path(__file__).parents[2])
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(  # noqa: S603  (our own module, no shell)
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTHONUTF8": "1",
                "PYTHONWARNINGS": "ignore",
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "OMP_NUM_THREADS": "1",
            },
        )
        self._orders, self._answers = _pipes(self._process)
        self._seconds = seconds
        self._buffer = bytearray()
        # Numbers of the jobs it was given and has not finished, the one at hand first.
        self.jobs: deque[int] = deque()
        # Messages received about the job at hand, and jobs it has finished.
        self.answered = self.served = 0
        self.ready = False
        # By time.monotonic, when it must have said something.
        self.deadline = time.monotonic() + START_SECONDS
        self._write(dict(hello) | {"seconds": seconds, "parent": os.getpid()})

    def fileno(self) -> int:
        """Say what to wait for."""
        return self._answers.fileno()

    def give(self, number: int, message: Sequence[Any]) -> None:
        """Give it a job; it is done in its turn."""
        if not self.jobs and self.ready:
            self.rewind()
        self.jobs.append(number)
        self._write(message)

    def rewind(self) -> None:
        """Start its time anew."""
        self.deadline = time.monotonic() + self._seconds

    def take(self) -> list[Any] | None:
        """Take the messages that have come in; None if it has died."""
        data = os.read(self.fileno(), _CHUNK)
        if not data:
            return None
        # Whoever is sending is not hanging, even where the message is not complete yet.
        self.rewind()
        self._buffer += data
        messages = []
        while len(self._buffer) >= HEADER_BYTES:
            length = body_length(self._buffer)
            if length > MAX_OUTPUT_BYTES:
                return None
            end = HEADER_BYTES + length
            if len(self._buffer) < end:
                break
            messages.append(unpack(self._buffer[HEADER_BYTES:end]))
            del self._buffer[:end]
        return messages

    def finish(self) -> None:
        """Note that the job at hand is done."""
        self.jobs.popleft()
        self.answered = 0
        self.served += 1

    def end(self) -> int:
        """Kill it, and give its exit code: below 0 the signal it died of."""
        self._orders.close()
        self._answers.close()
        try:
            code = self._process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        return code

    def kill(self) -> None:
        """Kill it at once."""
        self._process.kill()

    def _write(self, message: Any) -> None:
        try:
            self._orders.write(pack(message))
        except BrokenPipeError:
            return  # its death is noticed where its answers are awaited


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a child process without pipes")
    return process.stdin, process.stdout


def explain_death(code: int) -> tuple[str, str]:
    """Tell from how a child ended what the document did.

    Parameters
    ----------
    code : int
        Its exit code, below 0 the signal.

    Returns
    -------
    reason, detail : str
        A fixed word and an explanation.
    """
    if code == OUT_OF_MEMORY:
        return "memory", "parsing it needs more memory than a document may have"
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return "timeout", "parsing it takes more processor time than a document may have"
    if sys.platform != "win32" and code == -signal.SIGKILL:
        return "memory", "its parser was killed by the system, most likely for want of memory"
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return "malformed", f"its parser crashed ({how})"
