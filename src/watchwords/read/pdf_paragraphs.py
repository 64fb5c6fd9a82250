"""Lines that the width of a page broke, joined to paragraphs again."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

MIN_WIDTH = 24
MIN_LINES = 6
RUNNING_SHARE = 0.5
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){4,}")
_STARTS = re.compile(
    r"\s*(?:[-*•●▪◆■–—]\s|[(（]?\d{1,3}[.)）、．]|[(（][一二三四五六七八九十a-z]{1,3}[)）]|"
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节条]|[A-Z]{1,4}\.\s)"
)
_ENDS = re.compile(r"[.!?。！？：:;；][\"'”’)）]*\s*$")
_HAN = re.compile(r"[㐀-䶿一-鿿　-〿＀-￯“”‘’—…]")
_SOFT_HYPHEN = "\u00ad"
_HYPHEN = re.compile(r"[A-Za-z]-$")


def join_paragraphs(pages: Sequence[str]) -> str:
    r"""Join pages to one text, and the lines that run on to paragraphs.

    A line runs on if it fills the width of its page, so that the first word of the next had no
    room on it. Headings, list items, the last lines of paragraphs, tables of contents and pages
    whose lines are all short stay as they are; a word broken by a soft hyphen is whole again, one
    broken by a hyphen is left to the cleaner.

    Parameters
    ----------
    pages : sequence of str
        Without running heads and page numbers.

    Returns
    -------
    str
        A paragraph a line.

    Examples
    --------
    >>> lines = ["The council said that the State", "Council agreed with it in every",
    ...          "point. It thanked the Bureau of", "Fisheries, the Port and the new",
    ...          "Harbour Office for their work", "in the year.", "It then rose."]
    >>> print(join_paragraphs(["\n".join(lines)]))
    The council said that the State Council agreed with it in every point. It thanked the Bureau of
    Fisheries, the Port and the new Harbour Office for their work in the year.
    It then rose.
    """
    usual = _full_width([line for page in pages for line in page.split("\n")])
    paragraphs: list[list[str]] = []
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        width = _full_width(lines) or usual
        for line in lines:
            if paragraphs and width and _runs_on(paragraphs[-1][-1], line, width):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return "\n".join(_join(paragraph) for paragraph in paragraphs)


def _full_width(lines: Sequence[str]) -> float:
    """Measure how wide full lines are; 0 if too few lines are of one width to be running text."""
    widths = sorted(_width(line.strip()) for line in lines if len(line.strip()) > 2)
    if len(widths) < MIN_LINES:
        return 0.0
    full = float(widths[int(0.9 * (len(widths) - 1))])
    near = sum(0.8 * full <= width <= 1.2 * full for width in widths)
    return full if full >= MIN_WIDTH and near >= RUNNING_SHARE * len(widths) else 0.0


def _runs_on(line: str, following: str, full: float) -> bool:
    """Say whether a line goes on in the next: its first word had no room on it."""
    if _STARTS.match(following) or _LEADERS.search(line) or _LEADERS.search(following):
        return False
    here = _width(line.strip())
    if _is_han(line.rstrip()[-1]) or _is_han(following.lstrip()[0]):
        return here >= (0.97 if _ENDS.search(line) else 0.9) * full
    room = here + 1 + _width(following.split(maxsplit=1)[0])
    return room >= (0.97 if _ENDS.search(line) else 0.88) * full


def _join(lines: Sequence[str]) -> str:
    text = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if text.endswith(_SOFT_HYPHEN):
            text = text.rstrip(_SOFT_HYPHEN) + following
        elif _HYPHEN.search(text) and following[0].isalpha():
            text += "\n" + following
        elif _is_han(text[-1]) or _is_han(following[0]):
            text += following
        else:
            text += " " + following
    return text


def _is_han(sign: str) -> bool:
    return _HAN.match(sign) is not None


def _width(line: str) -> int:
    """Count columns: a Han character or full-width mark takes two."""
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line)
