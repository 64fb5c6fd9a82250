"""Running heads, feet and page numbers of a paged document, found by comparing its pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

EDGE_LINES = 4
MIN_PAGES = 3
MIN_SHARE = 0.4
MAX_LINE = 150
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"(?i)^\W*([ivxlc]{1,7})\W*$")
_LETTERS = re.compile(r"[^\W\d_]")
_COUNTED = re.compile(r"(?i)page|seite|of|第|页|共|次|张|p\.|no\.")


@dataclass(frozen=True)
class _Edge:
    """A line near the head or the foot of a page."""

    page: int
    at: int
    key: str
    numbers: tuple[int, ...]

    @property
    def is_number(self) -> bool:
        """Whether a number is all it says: "- 3 -", "Page 3 of 9", "iii"."""
        return bool(self.numbers) and not _LETTERS.search(_COUNTED.sub("", self.key))


def drop_page_furniture(
    pages: Sequence[str], *, titles: frozenset[str] = frozenset()
) -> tuple[list[str], list[str]]:
    r"""Drop what stands at the head or foot of most pages, with or without a changing number.

    A line goes only if it is among the four outermost of its page, nothing kept lies outside it,
    and two pages in five (three at least) have it there, numbers aside. A line that is only a
    number goes only if it counts the pages.

    Parameters
    ----------
    pages : sequence of str
        The text of each page, in lines.
    titles : frozenset of str
        Lines of the first page set in large type, which stay there.

    Returns
    -------
    pages : list of str
        Without these lines.
    dropped : list of str
        The lines, in the order of the pages.

    Examples
    --------
    >>> words = ["The council met.", "It rested.", "It went on."]
    >>> drop_page_furniture([f"City of Alder\n{text}\n- {n} -" for n, text in enumerate(words)])
    (['The council met.', 'It rested.', 'It went on.'],
     ['City of Alder', '- 0 -', 'City of Alder', '- 1 -', 'City of Alder', '- 2 -'])
    """
    lines = [page.split("\n") for page in pages]
    edges = [edge for number, page in enumerate(lines) for edge in _edges(number, page)]
    wanted = {(edge.page, edge.at) for edge in _repeated(edges, lines)}
    wanted |= {(edge.page, edge.at) for edge in _counting(edges, len(pages))}
    if lines:
        wanted -= {(0, at) for at, line in enumerate(lines[0]) if line.strip() in titles}
    kept, dropped = list[str](), list[str]()
    for number, page in enumerate(lines):
        filled = [at for at, line in enumerate(page) if line.strip()]
        gone = {*_outer(filled, number, wanted), *_outer(filled[::-1], number, wanted)}
        kept.append("\n".join(line for at, line in enumerate(page) if at not in gone).strip("\n"))
        dropped.extend(page[at].strip() for at in sorted(gone))
    return kept, dropped


def _edges(number: int, page: list[str]) -> list[_Edge]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    near = sorted({*filled[:EDGE_LINES], *filled[-EDGE_LINES:]})
    return [_edge(number, at, page[at]) for at in near if len(page[at]) <= MAX_LINE]


def _edge(number: int, at: int, line: str) -> _Edge:
    roman = _ROMAN.match(line)
    if roman:
        return _Edge(number, at, "#", (_from_roman(roman[1].lower()),))
    return _Edge(number, at, _key(line), tuple(int(found) for found in _NUMBER.findall(line)[:6]))


def _key(line: str) -> str:
    return "".join(_NUMBER.sub("#", line).split()).casefold()


def _repeated(edges: list[_Edge], lines: list[list[str]]) -> list[_Edge]:
    """Find lines with words that enough pages have at their edge, and that are no text inside."""
    least = max(MIN_PAGES, round(MIN_SHARE * len(lines)))
    worded = [edge for edge in edges if not edge.is_number and _LETTERS.search(edge.key)]
    on = Counter(key for _, key in {(edge.page, edge.key) for edge in worded})
    runs = _runs(worded)
    found = [edge for edge in worded if on[edge.key] >= least or (edge.page, edge.key) in runs]
    if not found:
        return []
    everywhere = Counter(_key(line) for page in lines for line in page if len(line) <= MAX_LINE)
    return [edge for edge in found if everywhere[edge.key] < 1.5 * on[edge.key]]


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
