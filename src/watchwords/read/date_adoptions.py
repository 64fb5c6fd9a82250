"""The line under the title of a law: when it was adopted, amended and published."""

import re
from collections.abc import Iterable

from watchwords.read.date_forms import DateForm
from watchwords.read.date_grammar import find_forms

MAX_BRACKET_LINES, _MAX_BRACKET = 12, 2000
_OPENS = re.compile(r"\s*[(（]\s*[^\s]{0,12}[12]\d{3} ?年")
_MARK = re.compile("通[过過]|修[正订訂改]|[公发發][布佈]|批准")
_TAKES_EFFECT = re.compile("起|以|前")
_YEAR = re.compile(r"[12]\d{3} ?年")
_CLOSES = re.compile(r"[)）]\s*[。.]?\s*$")


def join_adoption(lines: Iterable[str]) -> list[str]:
    """Join the lines of a bracket that says when a law was adopted and amended.

    Parameters
    ----------
    lines : iterable of str
        Lines of the head.

    Returns
    -------
    list of str

    Examples
    --------
    >>> join_adoption(["绳子法", "（2001年2月3日通过", "2011年2月3日修订）", "第一条"])
    ['绳子法', '（2001年2月3日通过 2011年2月3日修订）', '第一条']
    """
    given = list(lines)
    joined: list[str] = []
    at = 0
    while at < len(given):
        upto = at + 1
        if _OPENS.match(given[at]) and _MARK.search(given[at]):
            stop = min(len(given), at + MAX_BRACKET_LINES)
            ends = (end for end in range(at, stop) if _CLOSES.search(given[end]))
            upto = next(ends, at) + 1
        several = upto > at + 1
        joined.append(" ".join(map(str.strip, given[at:upto])) if several else given[at])
        at = upto
    return joined


def is_adoption(line: str) -> bool:
    """Say whether a line opens with a bracket in which a law is adopted or amended.

    Examples
    --------
    >>> is_adoption("（2001年2月3日通过）"), is_adoption("（2001年2月3日）")
    (True, False)
    """
    return _OPENS.match(line) is not None and _MARK.search(line) is not None


def last_adoption(line: str, *, lang: str = "zh") -> DateForm | None:
    """Find the last day on which a law was adopted, amended or published.

    The day from which it is in force is none of them. Where the bracket is not closed, or a later
    amendment is given by its year alone, no day is the last.

    Parameters
    ----------
    line : str
        The bracket, as one line.
    lang : str, default "zh"
        As for `find_forms`.

    Returns
    -------
    DateForm or None

    Examples
    --------
    >>> last_adoption("（2001年2月3日通过 2011年5月6日修订 自2012年1月1日起施行）").edtf
    '2011-05-06'
    >>> last_adoption("（2001年2月3日通过 2011年修订）") is None
    True
    """
    line = line[:_MAX_BRACKET]
    if not _CLOSES.search(line):
        return None
    years = list(_YEAR.finditer(line))
    ends = [hit.start() for hit in years[1:]] + [len(line)]
    said = [
        hit.start()
        for hit, end in zip(years, ends, strict=True)
        if _says_mark(line[hit.end() : end])
    ]
    whole = [
        form
        for form in find_forms(line, lang=lang)
        if form.kind == "ymd" and form.last is None and said and form.start == said[-1]
    ]
    return whole[0] if whole else None


def _says_mark(after: str) -> bool:
    """Say whether what follows a year tells of an adoption, and not of taking effect."""
    rest = re.sub(r"^[\d 月]*日?\s*", "", after)
    return _MARK.search(rest) is not None and _TAKES_EFFECT.match(rest) is None
