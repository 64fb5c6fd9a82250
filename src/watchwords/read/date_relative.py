"""Relative words and weekdays: "yesterday", "two days ago", "last Friday", 上周五."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from watchwords.read.date_forms import weekday_number

_COUNTS = {
    word: n
    for n, words in enumerate(
        ["one a 一 1", "two 两 二 2", "three 三 3", "four 四 4", "five 五 5", "six 六 6"], start=1
    )
    for word in words.split()
}
_EN_MARKS = ("day", "night", "evening", "morning", "noon", "tomorrow")
_EN_WORDS = re.compile(
    r"(?P<before>[Tt]he day before yesterday\b)"
    r"|(?P<yesterday>[Yy]esterday\b|[Ll]ast (?:night|evening)\b)"
    r"|(?P<today>[Tt]oday\b|"
    r"(?:[Tt]his|[Ee]arlier this) (?:morning|afternoon|evening)\b|[Tt]onight\b)"
    r"|(?P<tomorrow>[Tt]omorrow\b)"
    r"|(?P<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Oo]ne|[2-6]) days? ago\b"
)
_ZH_WORDS = re.compile(
    r"(?P<before>前[天日晚])|(?P<yesterday>昨[天日晚夜]|昨(?=[上下]午))"
    r"|(?P<today>今[天日晨晚早]|今(?=[上下]午))|(?P<tomorrow>明[天日晚])|(?P<count>[两二三四五六2-6])天前"
)
_EN_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_EN_WEEKDAY = re.compile(
    rf"(?P<day>{_EN_DAYS})\b(?!['’-]| (?:Times|Post|News|Club|Market|School|Night|Mail))"
)
_LAST = re.compile(r"[Ll]ast (?:week on )?$")
_SMALL_BEFORE = re.compile(
    r"(?:^|[^A-Za-z])(?:[Oo]n|of|[Ll]ast|[Tt]his|[Ee]arly|[Ll]ate|[a-z]+ed|met|held|began|took|"
    r"place|here|said|spoke) ?$|^\W*$|[,(] ?$"
)
_ZH_WEEKDAY = re.compile(
    r"(?P<week>上周|上个?星期|本周|这周|(?<![下每上本这])周|(?<![下每上个])星期)(?P<day>[一二三四五六日天])(?!刊)"
)
_MAX_SENTENCE = 240
_OFFSETS = {"before": 2, "yesterday": 1, "today": 0, "tomorrow": -1}


@dataclass(frozen=True)
class Relative:
    """A relative word and what it counts.

    Attributes
    ----------
    words : str
        The words themselves.
    start : int
        Where they begin.
    offset : int or None
        Days before the day that is counted from.
    weekday : int or None
        The weekday, Monday being 0.
    strict : bool
        The weekday lies before the day that is counted from.
    """

    words: str
    start: int
    offset: int | None = None
    weekday: int | None = None
    strict: bool = False


def find_relative(sentence: str) -> Relative | None:
    """Find the first relative word of a sentence.

    Examples
    --------
    >>> find_relative("Two days ago, the group met.").offset
    2
    >>> find_relative("Every Monday, the group meets.") is None
    True
    """
    sentence = sentence[:_MAX_SENTENCE]
    found = [] if sentence.isascii() else _chinese(sentence)
    if any(mark in sentence for mark in _EN_MARKS):
        found += _english(sentence)
    return min(found, key=lambda item: item.start, default=None)


def _chinese(sentence: str) -> list[Relative]:
    found = []
    word, day = _ZH_WORDS.search(sentence), _ZH_WEEKDAY.search(sentence)
    if word:
        found.append(Relative(word.group(), word.start(), _offset(word)))
    if day:
        last = day["week"].startswith("上")
        found.append(Relative(day.group(), day.start(), None, weekday_number(day["day"]), last))
    return found


def _english(sentence: str) -> list[Relative]:
    found = []
    word = next((hit for hit in _EN_WORDS.finditer(sentence) if _begins(sentence, hit)), None)
    if word:
        found.append(Relative(word.group(), word.start(), _offset(word)))
    for day in _EN_WEEKDAY.finditer(sentence):
        before = sentence[max(0, day.start() - 16) : day.start()]
        last = _LAST.search(before)
        if last is None and not _SMALL_BEFORE.search(before):
            continue
        start = day.start() - (len(last.group()) if last else 0)
        words = sentence[start : day.end()]
        found.append(Relative(words, start, None, weekday_number(day["day"]), last is not None))
        break
    return found


def _begins(sentence: str, hit: re.Match[str]) -> bool:
    return hit.start() == 0 or not sentence[hit.start() - 1].isalnum()


def _offset(word: re.Match[str]) -> int:
    count = word["count"]
    return _COUNTS[count.lower()] if count else _OFFSETS[word.lastgroup or ""]


def count_back(relative: Relative, day: date) -> date:
    """Count from a day to the latest such day not after it ("tomorrow": the day after)."""
    if relative.offset is not None:
        back = relative.offset
    else:
        back = (day.weekday() - (relative.weekday or 0)) % 7
        back = back or (7 if relative.strict else 0)
    return date.fromordinal(max(1, (day - timedelta(days=back)).toordinal()))
