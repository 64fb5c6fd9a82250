"""The head and the foot of a page: which of its lines can be reached from the edge."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from watchwords.clean.line_kinds import KEPT, MARKED, MENU, PLAIN, SENTENCE, line_key, line_kind

HEAD, TAIL = "head", "tail"
ENDS = (HEAD, TAIL)
EDGE_LINES = 40
GAP_LINES = 6
# How well a line and its neighbourhood speak for its removal: a line without the words of
# furniture, an entry of a menu at the very edge, the words of furniture among others.
LONE, BLOCK, FURNITURE = 1, 2, 3
_LABELLED = re.compile("[:：]")


@dataclass(frozen=True)
class Line:
    """One line that is not blank: its number, its text, and what makes it the same line."""

    number: int
    text: str
    key: str

    @cached_property
    def kind(self) -> str:
        """As `line_kind` says; asked only near an edge."""
        return line_kind(self.text)


@dataclass(frozen=True)
class Page:
    """The lines of a document that are not blank, and the key of its title."""

    lines: tuple[Line, ...]
    title: str


def read_page(text: str, title: str) -> Page:
    """Take a document apart into lines.

    Parameters
    ----------
    text : str
        As extracted. Lines are those of ``str.splitlines``, counted from 0.
    title : str
        Its title; "" if there is none.

    Returns
    -------
    Page
    """
    lines = []
    for number, line in enumerate(text.splitlines()):
        bare = line.strip()
        if bare:
            lines.append(Line(number, bare, line_key(bare)))
    return Page(tuple(lines), line_key(title))


def reach_lines(
    page: Page, end: str, repeated: Collection[str], *, passable: Collection[str] = ()
) -> list[tuple[Line, int]]:
    """Walk from an edge inward and name the repeated lines that the walk comes to.

    Parameters
    ----------
    page : Page
    end : {"head", "tail"}
    repeated : collection of str
        Keys of the lines that many pages have.
    passable : collection of str
        Keys of sentences over which the walk goes on; they are never named.

    Returns
    -------
    list of (Line, int)
        Each line with what speaks for it: 3 its words are those of furniture, and so are those of
        other lines next to it, or they are sure; 2 it is an entry of a menu at the very edge;
        1 its words are its own, but furniture stands between it and the text, or (at the head
        only) between it and the edge, or it is the very first line. At the foot a line that
        follows the text is not named: it may be its last words. The walk ends at a sentence, at
        the seventh other line, and after 40 lines.
    """
    blocks = _blocks(page, end, repeated=repeated, passable=passable)
    return [found for block, at_edge in blocks for found in _scored(block, end, at_edge=at_edge)]


def _blocks(
    page: Page, end: str, *, repeated: Collection[str], passable: Collection[str]
) -> list[tuple[list[Line], bool]]:
    """Group the repeated lines that follow each other; say of each group if it is at the edge."""
    lines: Sequence[Line] = page.lines if end == HEAD else page.lines[::-1]
    blocks: list[tuple[list[Line], bool]] = []
    gap, fresh = 0, True
    for line in lines[:EDGE_LINES]:
        spoken = line.kind == SENTENCE
        if line.key in repeated and not spoken and line.kind != KEPT:
            if fresh:
                blocks.append(([], gap == 0))
            blocks[-1][0].append(line)
            fresh = False
        elif spoken and line.key in passable and not fresh:
            blocks[-1][0].append(line)
        else:
            gap, fresh = gap + 1, True
            if gap > GAP_LINES or (spoken and line.key not in passable):
                break
    return blocks


def _scored(block: Sequence[Line], end: str, *, at_edge: bool) -> list[tuple[Line, int]]:
    """Say of the lines of a block, from the edge inward, what speaks for each."""
    lines = [line for line in block if line.kind != SENTENCE]
    kinds = [line.kind for line in lines]
    worded = [at for at, kind in enumerate(kinds) if kind != PLAIN]
    sure = MARKED in kinds or kinds.count(MENU) > 1
    score = FURNITURE if sure else BLOCK if at_edge else 0
    if not score:
        return []
    inner = worded[-1] if worded else 0
    first = 0 if end == HEAD and lines and not _LABELLED.search(lines[0].text) else -1
    return [
        (line, LONE if line.kind == PLAIN else score)
        for at, line in enumerate(lines)
        if line.kind != PLAIN or at < inner or at == first or (worded and end == HEAD)
    ]
