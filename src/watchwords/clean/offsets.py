"""Where each sign of a cleaned text stood in the text as extracted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from watchwords.clean.edits import Edit, common_prefix

Offsets = NDArray[np.int32]


class Trace:
    """The way from a text as extracted to a cleaned one, followed edit by edit.

    ``starts[i]`` and ``ends[i]`` bound what sign `i` stands for in the raw text: one sign as a
    rule, more after a wrong decoding was undone, none for a blank that was put in. Both never
    fall. ``removed`` lists the raw bounds of lines and marks taken out.
    """

    def __init__(self, starts: Offsets, ends: Offsets) -> None:
        self.starts = starts
        self.ends = ends
        self.removed: list[tuple[int, int]] = []

    @classmethod
    def of(cls, text: str) -> "Trace":
        """Begin with a text as it is."""
        starts = np.arange(len(text), dtype=np.int32)
        return cls(starts, starts + 1)

    def part(self, start: int, end: int) -> "Trace":
        """Give the trace of a part of the text."""
        return Trace(self.starts[start:end], self.ends[start:end])

    def join(self, parts: Sequence["Trace"]) -> None:
        """Put the traces of all parts together again."""
        self.starts = np.concatenate([part.starts for part in parts])
        self.ends = np.concatenate([part.ends for part in parts])
        for part in parts:
            self.removed += part.removed

    def follow(self, text: str, edits: Sequence[Edit], *, removes: bool = False) -> None:
        """Follow a step that makes these edits in the text so far."""
        if removes:
            for start, end, _ in edits:
                if end > start:
                    self.removed.append((int(self.starts[start]), int(self.ends[end - 1])))
        starts: list[Offsets] = []
        ends: list[Offsets] = []
        at = 0
        for start, end, new in edits:
            if end - start == len(new):
                continue
            head = common_prefix(text[start:end], new) if new and end > start else 0
            left = text[start + head : end]
            tail = common_prefix(left[::-1], new[head:][::-1]) if left and new[head:] else 0
            begin, stop, width = start + head, end - tail, len(new) - head - tail
            starts.append(self.starts[at:begin])
            ends.append(self.ends[at:begin])
            if width:
                low, high = self._bounds(begin, stop)
                starts.append(np.full(width, low, dtype=np.int32))
                ends.append(np.full(width, high, dtype=np.int32))
            at = stop
        if starts:
            self.starts = np.concatenate([*starts, self.starts[at:]])
            self.ends = np.concatenate([*ends, self.ends[at:]])

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        """Find the raw bounds of a part; an empty one lies right after the sign before."""
        if end > start:
            return int(self.starts[start]), int(self.ends[end - 1])
        place = int(self.ends[start - 1]) if start else 0
        return place, place
