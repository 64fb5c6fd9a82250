"""The head and the foot of a page: which of its lines can be reached from the edge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from watchwords.clean.line_kinds import KEPT, MARKED, MENU, SENTENCE, line_key, line_kind

HEAD, TAIL = "head", "tail"
ENDS = (HEAD, TAIL)
EDGE_LINES = 40
GAP_LINES = 6
# How well its neighbourhood speaks for a line: by itself at the very edge, in a block at the
# very edge, among furniture.
LONE, BLOCK, FURNITURE = 1, 2, 3


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
        Keys of sentences over which the walk goes on; they are named only between furniture.

    Returns
    -------
    list of (Line, int)
        Each line with what speaks for it: 3 it is furniture by its words or next to such a line,
        2 it is one of several at the very edge, 1 it stands at the very edge alone. The walk ends
        at a sentence, at the seventh other line, and after 40 lines.
    """
    reached: list[tuple[Line, int]] = []
    for block, at_edge in _blocks(page, end, repeated=repeated, passable=passable):
        while block[-1].kind == SENTENCE:
            block.pop()
        score = _score(block, at_edge=at_edge)
        for line in block:
            if score == FURNITURE or line.kind != SENTENCE:
                reached.append((line, score))
    return [(line, score) for line, score in reached if score]


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


def _score(block: Sequence[Line], *, at_edge: bool) -> int:
    kinds = [line.kind for line in block if line.kind != SENTENCE]
    if MARKED in kinds or kinds.count(MENU) > 1:
        return FURNITURE
    if not at_edge:
        return 0
    return BLOCK if len(kinds) > 1 or MENU in kinds else LONE
