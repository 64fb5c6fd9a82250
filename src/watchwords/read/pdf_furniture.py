"""Running heads, feet and page numbers of a paged document, found by comparing its pages.

A sentence that every page says is text: whatever ends like one, runs on into the next line, or is
said inside the pages too, stays.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

EDGE_LINES = 4
MIN_PAGES = 3
MIN_SHARE = 0.4
BARE_SHARE = 0.8
SAID_PAGES = 2
MAX_LINE = 150
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"(?i)^\W*([ivxlc]{1,7})\W*$")
_LETTERS = re.compile(r"[^\W\d_]")
_COUNTED = re.compile(r"(?i)page|seite|of|第|页|共|次|张|p\.|no\.")
_STOP = re.compile(r"[.!?。！？;；:：,，…—][\"'”’」』)）\]*_]*\s*$")
_MARKED = re.compile(
    r"(?i)©|copyright|all rights reserved|https?://|www\.\w|[\w.]@[\w-]+\.\w|版权所有"
)


@dataclass(frozen=True)
class PageLines:
    """The pages of a document without what repeats on them, and what that was.

    Attributes
    ----------
    kept : list of str
        The pages.
    dropped : list of str
        The lines that were dropped, in the order of the pages.
    heads : list of str
        Of the dropped lines with words those from the head of a page, each as it is printed
        first, unless the numbers in it change otherwise than with the page.
    """

    kept: list[str]
    dropped: list[str]
    heads: list[str]


@dataclass(frozen=True)
class _Edge:
    """A line near the head or the foot of a page."""

    page: int
    at: int
    key: str
    numbers: tuple[int, ...]
    line: str
    inward: str
    is_head: bool

    @property
    def is_number(self) -> bool:
        """Whether a number is all it says: "- 3 -", "Page 3 of 9", "iii"."""
        return bool(self.numbers) and not _LETTERS.search(_COUNTED.sub("", self.key))

    @property
    def is_marked(self) -> bool:
        """Whether it names rights or an address."""
        return _MARKED.search(self.line) is not None

    @property
    def is_spoken(self) -> bool:
        """Whether it is a sentence, or the end of one that began on the line before."""
        if self.is_marked:
            return False
        begins_small = not self.is_head and not self.numbers and self.line.lstrip()[0].islower()
        return begins_small or _STOP.search(self.line) is not None


def drop_page_furniture(pages: Sequence[str], *, titles: frozenset[str] = frozenset()) -> PageLines:
    r"""Drop what stands at the head or foot of most pages, with or without a changing number.

    A line goes only if it is among the four outermost of its page, nothing kept lies outside it,
    and two pages in five (three at least) have it there, numbers aside. One without number, rights
    or address, and without a page number beside it, goes only if four pages in five have it and
    it is not said inside the pages. Sentences stay. A line that is only a number goes only if it
    counts the pages.

    Parameters
    ----------
    pages : sequence of str
        The text of each page, in lines.
    titles : frozenset of str
        Lines of the first page set in large type, which stay there.

    Returns
    -------
    PageLines

    Examples
    --------
    >>> words = ["The council met.", "It rested.", "It went on."]
    >>> paged = drop_page_furniture([f"City of Alder\n{said}\n{n}" for n, said in enumerate(words)])
    >>> paged.kept, paged.dropped
    (['The council met.', 'It rested.', 'It went on.'],
     ['City of Alder', '0', 'City of Alder', '1', 'City of Alder', '2'])
    """
    lines = [page.split("\n") for page in pages]
    edges = [edge for number, page in enumerate(lines) for edge in _edges(number, page)]
    counting = _counting(edges, len(pages))
    wanted = {(edge.page, edge.at) for edge in counting}
    beside = {(edge.page, edge.is_head) for edge in counting}
    wanted |= {(edge.page, edge.at) for edge in _repeated(edges, lines, (beside, titles))}
    if lines:
        wanted -= {(0, at) for at, line in enumerate(lines[0]) if line.strip() in titles}
    kept, dropped = list[str](), list[str]()
    out: set[tuple[int, int]] = set()
    for number, page in enumerate(lines):
        filled = [at for at, line in enumerate(page) if line.strip()]
        gone = {*_outer(filled, number, wanted), *_outer(filled[::-1], number, wanted)}
        out |= {(number, at) for at in gone}
        kept.append("\n".join(line for at, line in enumerate(page) if at not in gone).strip("\n"))
        dropped.extend(page[at].strip() for at in sorted(gone))
    return PageLines(kept, dropped, _heads([e for e in edges if (e.page, e.at) in out]))


def _edges(number: int, page: list[str]) -> list[_Edge]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    half = len(filled) / 2
    found = []
    for place, at in enumerate(filled):
        is_head = place < min(EDGE_LINES, half)
        if (is_head or place >= len(filled) - EDGE_LINES) and len(page[at]) <= MAX_LINE:
            next_place = place + (1 if is_head else -1)
            inward = page[filled[next_place]] if 0 <= next_place < len(filled) else ""
            found.append(_edge((number, at), page[at], inward, is_head=is_head))
    return found


def _edge(place: tuple[int, int], line: str, inward: str, *, is_head: bool) -> _Edge:
    roman = _ROMAN.match(line)
    key = "#" if roman else _key(line)
    found = [_from_roman(roman[1].lower())] if roman else map(int, _NUMBER.findall(line)[:6])
    return _Edge(*place, key, tuple(found), line, inward, is_head)


def _key(line: str) -> str:
    return "".join(_NUMBER.sub("#", line).split()).casefold()


def _heads(dropped: list[_Edge]) -> list[str]:
    """Name the dropped heads that say the same on all their pages, page numbers aside."""
    by_key: dict[str, list[_Edge]] = {}
    for edge in dropped:
        if edge.is_head and not edge.is_number:
            by_key.setdefault(edge.key, []).append(edge)
    return [edges[0].line.strip() for edges in by_key.values() if _is_steady(edges)]


def _is_steady(edges: list[_Edge]) -> bool:
    return all(
        len(set(values)) == 1
        or len({n - edge.page for n, edge in zip(values, edges, strict=True)}) == 1
        for values in zip(*(edge.numbers for edge in edges), strict=False)
    )


def _repeated(
    edges: list[_Edge],
    lines: list[list[str]],
    known: tuple[set[tuple[int, bool]], frozenset[str]],
) -> list[_Edge]:
    """Find lines with words that enough pages have at their edge, and that are no text inside."""
    beside, titles = known
    least = max(MIN_PAGES, round(MIN_SHARE * len(lines)))
    worded = [edge for edge in edges if not edge.is_number and _LETTERS.search(edge.key)]
    spoken = {edge.key for edge in worded if edge.is_spoken}
    on = Counter(key for _, key in {(edge.page, edge.key) for edge in worded})
    worded = [edge for edge in worded if edge.key not in spoken]
    runs = _runs(worded)
    found = [edge for edge in worded if on[edge.key] >= least or (edge.page, edge.key) in runs]
    if not found:
        return []
    headed = {_key(title) for title in titles}
    bare = Counter(
        edge.key
        for edge in found
        if not (edge.numbers or edge.is_marked or (edge.page, edge.is_head) in beside)
    )
    own = {key for key, n in bare.items() if 2 * n > on[key]}
    few = {key for key in own if on[key] < max(MIN_PAGES, BARE_SHARE * (len(lines) - 1))}
    stays = few | _said(own - headed, lines)
    stays = _opening(found, on, (own - headed, stays))
    everywhere = Counter(_key(line) for page in lines for line in page if len(line) <= MAX_LINE)
    return [
        edge
        for edge in found
        if edge.key not in stays and everywhere[edge.key] < 1.5 * on[edge.key]
    ]


def _said(keys: set[str], lines: list[list[str]]) -> set[str]:
    """Find the keys whose words stand within the text of two pages."""
    n_pages: Counter[str] = Counter()
    for page in lines if keys else ():
        text = "".join(key for key in map(_key, page) if key not in keys)
        n_pages.update(key for key in keys if key in text)
    return {key for key, n in n_pages.items() if n >= SAID_PAGES}


def _opening(found: list[_Edge], on: Counter[str], texts: tuple[set[str], set[str]]) -> set[str]:
    """Find the bare heads under which, on most of their pages, the same text follows."""
    own, stays = texts
    following: dict[str, Counter[str]] = {}
    for edge in found:
        if edge.key in own and edge.is_head:
            following.setdefault(edge.key, Counter())[_key(edge.inward)] += 1
    same = {
        key: {other for other, n in counts.items() if 2 * n > on[key]}
        for key, counts in following.items()
    }
    dropped = {edge.key for edge in found} - stays
    for _ in range(EDGE_LINES):
        dropped -= {key for key, others in same.items() if others - dropped}
    return {edge.key for edge in found} - dropped


def _runs(edges: list[_Edge]) -> set[tuple[int, str]]:
    """Find heads of a chapter: the outermost line, the same on four pages in a row."""
    pages: dict[str, set[int]] = {}
    for edge in edges:
        if edge.at == 0:
            pages.setdefault(edge.key, set()).add(edge.page)
    return {
        (page, key)
        for key, found in pages.items()
        for page in found
        if any(set(range(start, start + 4)) <= found for start in range(page - 3, page + 1))
    }


def _counting(edges: list[_Edge], n_pages: int) -> list[_Edge]:
    """Find numbers that grow by one from page to page."""
    numbers = [edge for edge in edges if edge.is_number]
    steps = Counter(
        step
        for page, step in {
            (edge.page, value - edge.page) for edge in numbers for value in edge.numbers
        }
    )
    least = max(2, round(MIN_SHARE * n_pages))
    counts = {step for step, n in steps.items() if n >= least}
    return [edge for edge in numbers if any(value - edge.page in counts for value in edge.numbers)]


def _outer(filled: list[int], number: int, wanted: set[tuple[int, int]]) -> list[int]:
    """Take wanted lines from the outside in, up to the first that stays."""
    gone: list[int] = []
    for at in filled[:EDGE_LINES]:
        if (number, at) not in wanted:
            break
        gone.append(at)
    return gone


def _from_roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[sign] for sign in word]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))
