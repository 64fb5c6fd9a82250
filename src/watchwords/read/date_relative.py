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
_WORDS = re.compile(
    r"(?P<before>\b[Tt]he day before yesterday\b|前天|前日|前晚)"
    r"|(?P<yesterday>\b[Yy]esterday\b|\b[Ll]ast (?:night|evening)\b|昨天|昨日|昨晚|昨夜|昨(?=[上下]午))"
    r"|(?P<today>\b[Tt]oday\b|\b(?:[Tt]his|[Ee]arlier this) (?:morning|afternoon|evening)\b|"
    r"\b[Tt]onight\b|今天|今日|今晨|今晚|今早|今(?=[上下]午))"
    r"|(?P<tomorrow>\b[Tt]omorrow\b|明天|明日|明晚)"
    r"|\b(?P<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Oo]ne|[2-6]) days? ago\b"
    r"|(?P<zh_count>[两二三四五六2-6])天前"
)
_EN_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAY = re.compile(
    rf"\b(?P<last>[Ll]ast |[Ll]ast week on )?(?<!every )(?<!Every )(?<!each )(?<!next )(?<!Next )"
    rf"(?<!Black )(?<!Good )(?<!Super )(?<!coming )(?<!The )(?<!Cyber )(?<!Easter )"
    rf"(?P<en>{_EN_DAYS})\b(?!['’-]| (?:Times|Post|News|Club|Market|School|Night|Mail))"
    r"|(?P<week>上周|上星期|上个?星期|本周|这周|(?<![下每])周|(?<![下每])星期)(?P<zh>[一二三四五六日天])(?!刊)"
)
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
    word, day = _WORDS.search(sentence), _WEEKDAY.search(sentence)
    if day is not None and (word is None or day.start() < word.start()):
        last = bool(day["last"]) or (day["week"] or "").startswith("上")
        return Relative(
            day.group().strip(), day.start(), None, weekday_number(day["en"] or day["zh"]), last
        )
    if word is None:
        return None
    count = word["count"] or word["zh_count"]
    offset = _COUNTS[count.lower()] if count else _OFFSETS[word.lastgroup or ""]
    return Relative(word.group(), word.start(), offset)


def count_back(relative: Relative, day: date) -> date:
    """Count from a day to the latest such day not after it ("tomorrow": the day after)."""
    if relative.offset is not None:
        back = relative.offset
    else:
        back = (day.weekday() - (relative.weekday or 0)) % 7
        back = back or (7 if relative.strict else 0)
    return date.fromordinal(max(1, (day - timedelta(days=back)).toordinal()))
