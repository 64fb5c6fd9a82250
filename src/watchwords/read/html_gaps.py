"""Lines of a page that an extraction passed over although they stand among those it took."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from watchwords.read.html_lines import Line

MAX_LINKED = 0.5
MAX_LOOKED_UP = 2000
_BLOCKS = ("p", "li", "blockquote", "pre", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
_PLAIN = ("div", "span", "font", "center", "b", "i", "em", "strong")
_NESTED = frozenset({*_BLOCKS, "div", "table", "ul", "ol", "dl", "form"})
MAX_NEAR = 3
_HAN = re.compile("[一-鿿]")
_OF_THE_PAGE = re.compile(
    r"(?i)©|\bcopyright\b|rights reserved|^\W*(?:share|print|tags?|views?|comments?|related|posted|"
    r"filed|follow|subscribe|click|read more|home)\b"
    r"|版权|责任编辑|浏览|分享|打印|相关|上一篇|下一篇"
)
_LISTS = frozenset({"ul", "ol", "dl"})


@dataclass(frozen=True)
class Filled:
    """A text whose gaps are filled, and how many lines of the page are in neither.

    Attributes
    ----------
    lines : list of str
    n_left : int
        Lines outside menus and links that were left out.
    """

    lines: list[str]
    n_left: int = 0


def fill_gaps(
    tree: Any, page: Sequence[Line], body: Sequence[str], *, head: Sequence[str] = ()
) -> Filled:
    """Put back what an extraction left out between the lines it took, repetitions included.

    Extractors drop lists, lines that occur twice and short paragraphs. A line of the page comes
    back if it stands between two that were taken; before the first and behind the last one, if it
    is a paragraph or an item beside paragraphs that were taken; a line in no paragraph comes back
    there only if it is one of the next three. Menus, headers, footers, forms
    and lines that are mostly links stay out.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The page; looked at only if something is missing at an end.
    page : sequence of Line
        Its lines.
    body : sequence of str
        The extracted lines, in the order of the page.
    head : sequence of str, default empty
        Title and date lines, which stand above the text already.

    Returns
    -------
    Filled
    """
    folds = [fold(line.text) for line in page]
    taken, whole = _align(folds, body)
    above = set(map(fold, head))
    lost = [
        at
        for at in _missing(page, folds, taken)
        if folds[at] not in above and folds[at] not in whole
    ]
    if not lost or not taken:
        return Filled(list(body), len(lost))
    main = any(page[at].main for at in taken)
    first, last = min(taken), max(taken)
    wanted = [at for at in lost if page[at].main or not main]
    back = {at for at in wanted if first < at < last}
    ends = [at for at in wanted if not first < at < last]
    if ends:
        beside, plain = _beside(tree, [folds[at] for at in ends], {folds[at] for at in taken})
        near = {*range(first - MAX_NEAR, first), *range(last + 1, last + 1 + MAX_NEAR)}
        back.update(at for at in ends if folds[at] in beside)
        back.update(at for at in ends if folds[at] in plain and at in near)
    put_back = {at: page[at].text for at in sorted(back)}
    return Filled(_weave(body, taken, put_back), len(lost) - len(back))


def fold(text: str) -> str:
    """Fold what an extraction changes of a line: blanks, marks of lists, frames of tables, case."""
    return "".join(text.removeprefix("- ").replace("|", " ").split()).casefold()


def _align(folds: Sequence[str], body: Sequence[str]) -> tuple[dict[int, int], str]:
    """Pair lines of the page with those of the text; give the text of those without a pair."""
    places: dict[str, list[int]] = {}
    for at, key in enumerate(folds):
        places.setdefault(key, []).append(at)
    taken: dict[int, int] = {}
    rest: list[str] = []
    last = -1
    for number, line in enumerate(body):
        key = fold(line)
        free = places.get(key)
        if not free:
            rest.append(key)
            continue
        after = bisect(free, last)
        last = free.pop(after if after < len(free) else 0)
        taken[last] = number
    return taken, "\n".join(rest)


def _missing(page: Sequence[Line], folds: Sequence[str], taken: dict[int, int]) -> list[int]:
    """List the lines with words that are neither taken nor aside nor links."""
    found = [
        at
        for at, line in enumerate(page)
        if at not in taken
        and not line.aside
        and line.linked < MAX_LINKED
        and any(map(str.isalnum, folds[at]))
    ]
    return found[:MAX_LOOKED_UP]


def _beside(tree: Any, ends: Sequence[str], taken: set[str]) -> tuple[set[str], set[str]]:
    """Choose the lines at the ends that are siblings of paragraphs taken.

    The second set is of lines that are no paragraphs by their tag, but stand among them.
    """
    homes: dict[str, list[Any]] = {}
    around: set[Any] = set()
    for element in tree.iter(*_BLOCKS):
        key = fold(element.text_content() if len(element) else element.text or "")
        if key in taken or key in ends:
            home = element.getparent()
            while home is not None and home.tag in _LISTS:
                home = home.getparent()
            homes.setdefault(key, []).append(home)
            if key in taken:
                around.add(home)
    beside = {key for key in ends if any(home in around for home in homes.get(key, ()))}
    around.discard(None)
    texts = (text for home in around for text in _plain_texts(home) if _is_said(text))
    plain = {key for key in map(fold, texts) if key in ends}
    return beside, plain - beside


def _is_said(text: str) -> bool:
    """Say whether a text is a sentence or a few words, and nothing that a page says of itself."""
    text = text.strip()
    if not text or _OF_THE_PAGE.search(text):
        return False
    return text[-1] in ".!?:,。！？：，" or len(text.split()) > 2 or len(_HAN.findall(text)) > 3


def _plain_texts(home: Any) -> Iterator[str]:
    """Give the texts within an element that stand beside its paragraphs: bare, or in a "div"."""
    yield home.text or ""
    for child in home:
        yield child.tail or ""
        if child.tag in _PLAIN and not any(inner.tag in _NESTED for inner in child):
            yield child.text_content()


def _weave(body: Sequence[str], taken: dict[int, int], back: dict[int, str]) -> list[str]:
    """Put lines back behind the line of the page that was taken before them."""
    number = min(taken.values()) - 1
    behind: dict[int, list[str]] = {}
    for at in sorted({*taken, *back}):
        if at in taken:
            number = taken[at]
        else:
            behind.setdefault(number, []).append(back[at])
    lines = [*behind.get(-1, ())]
    for place, line in enumerate(body):
        lines += [line, *behind.get(place, ())]
    return lines
