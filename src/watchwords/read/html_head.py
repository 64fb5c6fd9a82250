"""The head of a web page: its title, and the lines between title and text that date it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from watchwords.read.dates import find_date
from watchwords.read.html_lines import Line
from watchwords.read.html_metadata import PageData

MAX_HEAD_LINE = 200
MAX_TITLE = 300
ABOVE, BELOW = 14, 10
_SEPARATOR = re.compile(
    r"\s+[-–—|·•»>:]+\s+|\s*[_|»]+\s*|——?|\s*-\s*(?=[㐀-鿿])|(?<=[㐀-鿿])\s*-\s*"
)
_SOURCE = re.compile(
    r"(?i)(?:^|[\s|·(（【\[])(?:来源|信息来源|稿源|文章来源|发布机构|发文机关|发布单位|source)\s*[:：]"
)
_YEAR = re.compile(r"[12１２][\d０-９]{3}|[一二][〇○零一二三四五六七八九]{3}")
_STAND_IN = "The title of the page"
_ORIGIN = re.compile(
    r"(?i)(?:来源|稿源|source)\s*[:：]\s*([^\s|:：，,。；;（(【\[]"
    r"(?:(?!\s{2}|\s*[|｜]|\s+\S{2,12}[:：]|\s*[（(【\[]|\s+\d{4}).){0,40}+)"
)
_ISSUER = re.compile(
    r"(?:发文机关|制发机关|发文单位)\s*[:：][\s|]*([^\s|:：]{2,40})(?=\s*(?:\||$)|\s{2})"
)
_NO_TITLE = re.compile(
    r"(?i)^(?:home(?: ?page)?|index|untitled(?: document)?|document|news|首页|网站首页|无标题文档|"
    r"正文|新闻|新闻中心|详情|内容页)$"
)


def find_page_title(data: PageData, lines: Sequence[Line]) -> str:
    """Choose the title: what the page gives as one and shows as a line, without the site's name.

    Parameters
    ----------
    data : PageData
    lines : sequence of Line
        The page.

    Returns
    -------
    str
        "" if the page gives none.

    Examples
    --------
    >>> find_page_title(PageData(("Council Meets - City of Alder",)), [Line("Council Meets")])
    'Council Meets'
    """
    shown = {_fold(line.text): line.text for line in lines if len(line.text) <= MAX_TITLE}
    choices = [piece for title in data.titles for piece in _pieces(title, data.site)]
    choices = [piece for piece in choices if not _NO_TITLE.match(piece) and piece != data.site]
    for choice in choices:
        if _fold(choice) in shown:
            return shown[_fold(choice)]
    headings = list(dict.fromkeys(line.text for line in lines if line.heading and not line.aside))
    if len(headings) == 1 and len(headings[0]) <= MAX_TITLE and not data.titles:
        return headings[0]
    return choices[-1] if choices and data.site else choices[0] if choices else ""


def find_origin(head: Sequence[str]) -> str:
    """Read the outlet from a line such as "来源：滨海日报" in the head, or ""."""
    for line in head:
        found = _ORIGIN.search(line)
        if found:
            return found[1].strip()
    return ""


def find_issuer(head: Sequence[str]) -> str:
    """Read the issuing organ from the table of a public document ("发文机关：…"), or ""."""
    for line in head:
        found = _ISSUER.search(line)
        if found:
            return found[1].strip()
    return ""


def find_head_lines(lines: Sequence[Line], title: str, body: Sequence[str]) -> list[str]:
    """Find the lines around the title that hold the date or the source of the page.

    Below the title they reach down to the first line of the text; above it only labelled dates
    count, since a bare one may be today's.

    Parameters
    ----------
    lines : sequence of Line
        The page.
    title : str
    body : sequence of str
        The lines of the main text.

    Returns
    -------
    list of str
        In the order of the page.
    """
    folded = [_fold(line.text) for line in lines]
    text_at = _find_text(folded, [_fold(line)[:40] for line in body], _fold(title))
    titled = [at for at, line in enumerate(folded[: text_at + 1]) if title and line == _fold(title)]
    title_at = titled[-1] if titled else max(-1, text_at - BELOW)
    above = [
        line.text
        for line in lines[max(0, title_at - ABOVE) : max(0, title_at)]
        if _is_head_line(line, labelled=True)
    ]
    below = [
        line.text
        for line in lines[title_at + 1 : min(text_at, title_at + 1 + BELOW)]
        if _is_head_line(line, labelled=not titled)
    ]
    return list(dict.fromkeys([*above, *below]))


def _find_text(folded: list[str], body: list[str], title: str) -> int:
    """Find the line on which the main text begins; a line of it may have been left out."""
    for opening in [line for line in body if line and line != title[:40]][:5]:
        starts = [at for at, line in enumerate(folded) if line.startswith(opening)]
        if starts:
            return starts[0]
    after = [at for at, line in enumerate(folded) if title and line == title]
    return min(len(folded), after[-1] + 4) if after else 0


def _is_head_line(line: Line, *, labelled: bool) -> bool:
    if len(line.text) > MAX_HEAD_LINE or line.linked > 0.5:
        return False
    if _SOURCE.search(line.text):
        return True
    if not _YEAR.search(line.text):
        return False
    found = find_date(f"{_STAND_IN}\n{line.text}", as_of=date.max)
    return found.basis == "label" or (found.basis == "date_line" and not labelled)


def _pieces(title: str, site: str) -> list[str]:
    """Cut a title at its separators: the whole, then ever shorter openings and ends."""
    cuts = [match.span() for match in _SEPARATOR.finditer(title)]
    openings = [title[:start].strip() for start, _ in reversed(cuts)]
    ends = [title[end:].strip() for _, end in cuts]
    if site and title.endswith(site) and openings:
        return [opening for opening in openings if opening]
    return [piece for piece in (title, *openings, *ends) if piece]


@lru_cache(maxsize=1000)
def _fold(text: str) -> str:
    return "".join(text.replace("|", " ").split()).casefold()
