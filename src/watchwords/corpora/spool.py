"""Texts in a nameless file beside the corpus that is written: memory holds one at a time."""

import os
import tempfile
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, overload

from watchwords.corpora.swap import refused

_BUFFER = 1 << 20


class Spool(Sequence[str]):
    """Texts that are appended and read again by their number.

    The file has no name, so that nothing is left behind, however the process ends.

    Parameters
    ----------
    folder : Path
        The corpus that is written; the file lies beside it.

    Raises
    ------
    StorageError
        If the disk refuses, here or later.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder, Spool(Path(folder, "corpus")) as spool:
    ...     spool.extend(["a", "bé", "c"])
    ...     spool[1], spool[0:2], len(spool), spool.n_bytes(1)
    ('bé', ['a', 'bé'], 3, 3)
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115  (closed in __exit__)
                dir=folder.parent, buffering=_BUFFER
            )
        except OSError as refusal:
            raise refused(folder, refusal) from None
        self._ends = array("q", [0])
        self._flushed = 0

    def __enter__(self) -> "Spool":
        """Hold the file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give its room back; what was not yet written need not be."""
        with suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        """Count the texts."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Read a text, or some."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(f"{at} is none of {len(self)} texts")
        if self._ends[at + 1] > self._flushed:
            self._write(b"")
        start = self._ends[at]
        data = os.pread(self._file.fileno(), self._ends[at + 1] - start, start)
        return data.decode("utf-8", "surrogatepass")

    def append(self, text: str) -> int:
        """Add a text; its number is given back."""
        data = text.encode("utf-8", "surrogatepass")
        self._write(data)
        self._ends.append(self._ends[-1] + len(data))
        return len(self) - 1

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts."""
        for text in texts:
            self.append(text)

    def _write(self, data: bytes) -> None:
        """Add bytes; none means that what waits in memory goes to the disk."""
        try:
            if data:
                self._file.write(data)
            else:
                self._file.flush()
                self._flushed = self._ends[-1]
        except OSError as refusal:
            raise refused(self._folder, refusal) from None

    def n_bytes(self, at: int) -> int:
        """Say how long a text is."""
        return self._ends[at + 1] - self._ends[at]
