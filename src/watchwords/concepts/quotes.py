"""What stands in quotation marks as a label: not as somebody's words, not as a title."""

import re
from collections.abc import Iterator
from itertools import pairwise

_PAIRS = re.compile("“([^“”\n]*)”|「([^「」\n]*)」|『([^『』\n]*)』")
_LINE = re.compile(r"[^\n]+")
_OPENS = re.compile(r"(?:^|[\s(\[—–-])$")
_EDGES = " \t,;:，；：、"
_CLOSED = re.compile(r"[.!?。！？…]\s*$")
_REACH = 40
_SAYS = (
    r"(?:said|says?|saying|asks?|asked|replie[ds]|answer(?:s|ed)|adds?|added|stated?|states|wrote|"
    r"writes?|declare[ds]?|exclaimed|shouted|told(?:\s\w+)?)"
)
_SPEECH_BEFORE = re.compile(
    rf"\b(?:{_SAYS}|words)(?:\sthat)?[\s,:]*$|[：:说道问答][，,]?\s*$", re.IGNORECASE
)
_SPEECH_BEHIND = re.compile(rf"^\s*,?\s*(?:\w+\.?\s+){{1,3}}?{_SAYS}\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:books?|notices?|novels?|films?|movies?|songs?|poems?|plays?|articles?|newspapers?|"
    r"magazines?|journals?|titled|entitled|act|law|statute|bill|steamers?|steamships?|ships?|"
    r"vessels?|schooners?|brigs?|bark|barque|frigates?|sloops?|cruisers?|battleships?)\s*$",
    re.IGNORECASE,
)


def find_labels(text: str) -> Iterator[tuple[int, int]]:
    """Find what stands in quotes and is neither speech nor a title.

    Straight, curly and Chinese corner quotes; 《》 hold titles and are passed over. Straight
    quotes are paired within a paragraph.

    Parameters
    ----------
    text : str
        A document.

    Yields
    ------
    start, end : int
        What is inside the quotes, without blanks and commas at its edges.

    Examples
    --------
    >>> text = 'Fill the "short board," and “six keys”. "We will," he said. The book "Rivers".'
    >>> [text[start:end] for start, end in find_labels(text)]
    ['short board', 'six keys']
    """
    for start, end in sorted([*_curly(text), *_straight(text)]):
        inside = text[start:end]
        before = text[max(start - 1 - _REACH, 0) : start - 1]
        behind = text[end + 1 : end + 1 + _REACH]
        if not inside.strip(_EDGES) or _CLOSED.search(inside) or _is_speech(inside, behind):
            continue
        if not _SPEECH_BEFORE.search(before) and not _TITLE.search(before):
            left = len(inside) - len(inside.lstrip(_EDGES))
            yield start + left, start + len(inside.rstrip(_EDGES))


def _is_speech(inside: str, behind: str) -> bool:
    """Say whether a sentence in quotes is followed by its speaker."""
    ends = inside.rstrip().endswith((",", "，")) or behind.startswith((",", "，"))
    return ends and inside.lstrip()[0].isupper() and _SPEECH_BEHIND.search(behind) is not None


def _curly(text: str) -> Iterator[tuple[int, int]]:
    for match in _PAIRS.finditer(text):
        yield match.start() + 1, match.end() - 1


def _straight(text: str) -> Iterator[tuple[int, int]]:
    if '"' not in text:
        return
    for line in _LINE.finditer(text):
        marks = [at for at in range(*line.span()) if text[at] == '"'] if '"' in line[0] else []
        if len(marks) % 2 == 0:
            pairs = list(zip(marks[::2], marks[1::2], strict=True))
        else:
            opens = [bool(_OPENS.search(text[line.start() : at])) for at in marks]
            pairs = [
                (marks[at], marks[other])
                for at, other in pairwise(range(len(marks)))
                if opens[at] and not opens[other]
            ]
        for start, end in pairs:
            yield start + 1, end
