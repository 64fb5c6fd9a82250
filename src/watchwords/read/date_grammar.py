"""How dates are written: in figures, in Chinese, with English names of months, as a bare day.

Each way of writing has a small grammar of its own, tried only on a line that holds its mark
(a separator between figures, 月 or 日, the name of a month).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from watchwords.read.date_forms import (
    DateForm,
    Partial,
    check_weekday,
    first_day,
    month_number,
    settle,
)

DAY_FIRST = frozenset({"fr", "de", "es", "it", "pt", "ru"})
_HAN = "0-9〇○零ＯO一二三四五六七八九十"
_HAS_NUMBER = re.compile("[0-9〇○零一二三四五六七八九十元][^\\S\n]?[年月日号號]|[0-9]")
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}")

_YMD = re.compile(
    r"(?<!\d)(?<!\d[-/.–])(?P<y>[12]\d{3}) ?(?P<s>[-/.–_]) ?(?P<m>\d{1,2}) ?(?P=s) ?"
    r"(?P<d>\d{1,2})(?=T?\d\d:\d\d|(?!\d))(?! ?[-–./]\d)"
)
_DMY = re.compile(
    r"(?<!\d)(?<!\d[-/.–])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>(?:1[6-9]|2[01])\d\d)"
    r"(?=\d\d:\d\d|(?!\d))(?![-/.]\d)"
)
_FIGURES = re.compile(r"\d ?[-/.–_] ?\d")
_Y_MD = re.compile(r"(?<!\d)(?P<y>20\d\d) (?P<m>\d\d)[-/](?P<d>\d\d)(?![\d/-])")

_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}
_ZH = re.compile(
    rf"(?:(?:(?:中华|中華)?(?P<era>{'|'.join(_ERAS)})|(?<![{_HAN}]))(?P<y>[{_HAN}元]{{1,4}})"
    r" ?年 ?/? ?"
    rf"|(?<=[今去本]年)|(?<![{_HAN}年]))"
    rf"(?P<m>[{_HAN}]{{1,3}}|元) ?月"
    rf"(?: ?/? ?(?P<d>[{_HAN}]{{1,3}})(?: ?[日号號]|(?=[至到~～—–-])))?"
)
_ZH_TO = re.compile(
    rf" ?[至到和、及与~～—–-]+ ?(?:(?:(?P<y>[{_HAN}]{{4}}) ?年 ?)?(?P<m>[{_HAN}]{{1,3}}) ?月 ?)?"
    rf"(?P<d>[{_HAN}]{{1,3}}) ?[日号號]"
)
_ZH_DAY = re.compile(
    rf"(?:(?<=[本上当]月)|(?<=个月)|(?<![月年第{_HAN}]))(?P<d>\d{{1,2}})日"
    r"(?:[至到和、及与~～—–-]+(?P<d2>\d{1,2})日)?(?![内游均报期子前后起本用常元])"
)
_LUNAR = re.compile("农历|農曆|农曆|阴历|陰曆|旧历|夏历|正月|腊月")
_ZH_DIGIT = {sign: n for n, sign in enumerate("〇一二三四五六七八九")}
_ZH_DIGIT |= {"○": 0, "零": 0, "Ｏ": 0, "O": 0, "元": 1}

_NAME = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])"
)
_MONTH_STARTS = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_MONTH = re.compile(rf"(?<![A-Za-z])(?:{_NAME})", re.I)
_N = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:%A-Za-z]|[.,]\d(?!\d{3}(?!\d)))"
_TO = r" ?(?:-|–|—|~|to|and|&|through|until|till) ?(?:the )?"
_SPAN = re.compile(rf"{_TO}|[至到~～—–-]+")
MAX_TO = 12
_EN_YEAR = r"(?P<y>(?:1[6-9]|2[01])\d\d)(?!\d)(?![.,]\d)"
_DAY_AFTER = re.compile(
    rf"(?i)\.? {{0,2}}[-/]?(?P<d>{_N})(?:{_TO}(?:(?P<m2>{_NAME})\.? ?)?(?P<d2>{_N}))?"
)
_DAY_BEFORE = re.compile(
    rf"(?i)(?<![\d.,/-])(?<!\d:)(?:(?P<d2>{_N})(?: (?P<m2>{_NAME})\.?)?{_TO})?"
    r"(?P<d>\d{1,2}(?:st|nd|rd|th)?)(?: day)?(?: of)?[ /.-]?$"
)
_YEAR_AFTER = re.compile(
    r"(?: \d\d?:\d\d(?::\d\d)?(?: [A-Z]{2,4})?)?"
    rf" ?(?P<comma>[,.]?)[ /-]?(?P<of>(?:of|in) )?{_EN_YEAR}"
)
_MONTH_YEAR = re.compile(rf"\.?,?(?: of)?[ -]{_EN_YEAR}")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?P<y>(?:1[6-9]|2[01])\d\d)(?:, ?|[ /-])$")
_COUNTED = re.compile(r"(?i)(?:\b(?:no|nos|issue|vol|volume|line|chapter|room|nr|table)\b\.? ?|#)$")
_COUNTS = re.compile(r" (?!(?:this|that|when|with|from|after|were|have|which|they)\b)[a-z]{4,}")
_EN_DAY = re.compile(
    r"(?i:\b(?:on|of|from) the )(?P<d>\d{1,2})(?:st|nd|rd|th)"
    r"(?: (?:and|to|-) (?:the )?(?P<d2>\d{1,2})(?:st|nd|rd|th))?"
    r"(?=\s*(?:[,.;:)]|$)"
    r"|\s+(?:and|at|in|by|to|when|that|the|a|this|(?:of )?(?:this|the|last) month)\b)"
)


def find_forms(line: str, *, lang: str = "en", date_order: str = "") -> list[DateForm]:
    """Find the date expressions of a line, from left to right.

    Years alone are no expression here: a bare number of four digits is a date only by its
    place, which `find_date` judges.

    Parameters
    ----------
    line : str
        One line, made plain.
    lang : str, default "en"
        A language that writes the day first (fr, de, es, it, pt, ru) settles 02/03/2021.
    date_order : {"", "dmy", "mdy"}, default ""
        What settles 02/03/2021 in any language; "" keeps its year only, with the flag
        ``ambiguous_order``.

    Returns
    -------
    list of DateForm

    Examples
    --------
    >>> [form.edtf for form in find_forms("On October 7th and 8th the group met")]
    ['XXXX-10-07/XXXX-10-08']
    >>> [(form.edtf, form.flags) for form in find_forms("02/03/2021, or 23/03/2021")]
    [('2021', ('ambiguous_order',)), ('2021-03-23', ())]
    >>> [form.edtf for form in find_forms("02/03/2021", date_order="dmy")]
    ['2021-03-02']
    """
    if not _HAS_NUMBER.search(line):
        return []
    taken = bytearray(len(line))
    if "@" in line or "www." in line or "://" in line:
        for address in _ADDRESS.finditer(line):
            taken[address.start() : address.end()] = b"\1" * len(address.group())
    order = date_order or ("dmy" if lang in DAY_FIRST else "")
    found = []
    for form in _all_forms(line, order):
        if 1 not in taken[form.start : form.end]:
            taken[form.start : form.end] = b"\1" * (form.end - form.start)
            found.append(check_weekday(form, line))
    return _join_spans(sorted(found, key=lambda form: form.start), line)


def _all_forms(line: str, order: str) -> Iterator[DateForm]:
    if _FIGURES.search(line):
        yield from _in_figures(line, order)
    if "月" in line:
        yield from _in_chinese(line)
    if "日" in line:
        yield from _bare_days(line, _ZH_DAY)
    if _MONTH_STARTS.search(line.lower()):
        for month in _MONTH.finditer(line):
            form = _in_english(line, month)
            if form is not None:
                yield form
    if " the " in line or "he " in line[:8]:
        yield from _bare_days(line, _EN_DAY)


def _in_figures(line: str, order: str) -> Iterator[DateForm]:
    for pattern in (_YMD, _Y_MD):
        for match in pattern.finditer(line):
            parts = (int(match["y"]), int(match["m"]), int(match["d"]))
            yield from _settled(DateForm(*match.span(), parts))
    for match in _DMY.finditer(line):
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        if a <= 12 and b <= 12 and a != b and not order:
            yield DateForm(*match.span(), (year, None, None), flags=("ambiguous_order",))
            continue
        month_first = b > 12 or (a <= 12 and order == "mdy")
        month, day = (a, b) if month_first else (b, a)
        yield from _settled(DateForm(*match.span(), (year, month, day)))


def _in_chinese(line: str) -> Iterator[DateForm]:
    for match in _around_months(line):
        year, month, day = _zh_year(match), _number(match["m"]), _number(match["d"])
        wrong_year = match["y"] is not None and year is None
        if wrong_year or month is None or (year is None and day is None):
            continue
        if _LUNAR.search(line, max(0, match.start() - 6), match.start()):
            continue
        end, last = match.end(), None
        to = _ZH_TO.match(line, end) if day is not None else None
        if to:
            end = to.end()
            last = (_number(to["y"]) or year, _number(to["m"]) or month, _number(to["d"]))
        elif match["d"] and not match.group().endswith(("日", "号", "號")):
            continue
        yield from _settled(DateForm(match.start(), end, (year, month, day), last))


def _around_months(line: str) -> Iterator[re.Match[str]]:
    at, end = line.find("月"), 0
    while at >= 0:
        match = _ZH.search(line, max(end, at - 16), at + 8)
        if match:
            end = match.end()
            yield match
        at = line.find("月", max(at + 1, end))


def _bare_days(line: str, pattern: re.Pattern[str]) -> Iterator[DateForm]:
    for match in pattern.finditer(line):
        if _LUNAR.search(line, max(0, match.start() - 6), match.start()):
            continue
        last = (None, None, int(match["d2"])) if match["d2"] else None
        yield from _settled(DateForm(*match.span(), (None, None, int(match["d"])), last))


def _in_english(line: str, month: re.Match[str]) -> DateForm | None:
    """Read around the name of a month: day before or after, year after or before."""
    start, end = month.span()
    named = month_number(month.group())
    opening = max(0, start - 32)
    before = _DAY_BEFORE.search(line[opening:start])
    if before and _COUNTED.search(line[opening : opening + before.start()]):
        before = None
    after = _DAY_AFTER.match(line, end)
    if after and (before is None or _year_after(line, after.end())):
        year, begin, end = _around(line, start, after.end())
        first, last = _days(after, year, named)
        form = DateForm(begin, end, first, last)
    elif before:
        year, begin, end = _around(line, opening + before.start(), end)
        day, earlier = _days(before, year, named)
        form = DateForm(begin, end, earlier or day, day if earlier else None)
    else:
        year_after = _MONTH_YEAR.match(line, end)
        if year_after is None:
            return None
        form = DateForm(start, year_after.end(), (int(year_after["y"]), named, None))
    if not month.group()[0].isupper() and form.kind != "ymd":
        return None
    return settle(form)


def _around(line: str, start: int, end: int) -> tuple[int | None, int, int]:
    """Give the year after or before month and day, and the bounds that take it in."""
    year = _year_after(line, end)
    if year:
        return int(year["y"]), start, year.end()
    year = _YEAR_BEFORE.search(line[max(0, start - 7) : start])
    if year:
        return int(year["y"]), start - len(year.group()), end
    return None, start, end


def _year_after(line: str, end: int) -> re.Match[str] | None:
    """Match a year after a day; "May 4 2000 people" is none."""
    year = _YEAR_AFTER.match(line, end)
    if year and not year["comma"] and not year["of"] and _COUNTS.match(line, year.end()):
        return None
    return year


def _days(match: re.Match[str], year: int | None, month: int) -> tuple[Partial, Partial | None]:
    first = (year, month, _figures(match["d"]))
    if not match["d2"]:
        return first, None
    return first, (year, month_number(match["m2"]) if match["m2"] else month, _figures(match["d2"]))


def _settled(form: DateForm) -> Iterator[DateForm]:
    whole = settle(form)
    if whole is not None:
        yield whole


def _join_spans(forms: list[DateForm], line: str) -> list[DateForm]:
    """Make one range of two dates with "to" between them."""
    joined: list[DateForm] = []
    for form in forms:
        before = joined[-1] if joined else None
        span = None if before is None else _span(before, form, line)
        if span is None:
            joined.append(form)
        else:
            joined[-1] = span
    return joined


def _span(before: DateForm, form: DateForm, line: str) -> DateForm | None:
    """Join "30 January 2021 to 2 February 2021", and 28日至3月1日."""
    kinds = (before.kind, form.kind)
    apart = line[before.end : form.start]
    if before.last or form.last or len(apart) > MAX_TO or not _SPAN.fullmatch(apart):
        return None
    if kinds == ("d", "md"):
        month, day = form.first[1] or 1, before.first[2] or 1
        month = month if day < (form.first[2] or 1) else (month + 10) % 12 + 1
        return settle(replace(form, start=before.start, first=(None, month, day), last=form.first))
    if kinds in {("ymd", "ymd"), ("ym", "ym")} and first_day(before.first) < first_day(form.first):
        return replace(before, end=form.end, last=form.first)
    return None


def _zh_year(match: re.Match[str]) -> int | None:
    text = match["y"]
    if text is None:
        return None
    if match["era"]:
        year = 1 if text == "元" else _number(text)
        return None if year is None else _ERAS[match["era"]] + year
    year = _number(text) if len(text) == 4 else None
    return year if year is not None and year >= 1000 else None


def _figures(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _number(text: str | None) -> int | None:
    """Read figures or Chinese numerals up to 99, or digit by digit."""
    if not text or text.isdecimal():
        return int(text) if text else None
    if "十" in text:
        tens, _, units = text.partition("十")
        if len(tens) > 1 or len(units) > 1:
            return None
        return (_ZH_DIGIT.get(tens, 1) if tens else 1) * 10 + _ZH_DIGIT.get(units, 0)
    value = 0
    for sign in text:
        digit = int(sign) if sign.isdecimal() else _ZH_DIGIT.get(sign)
        if digit is None:
            return None
        value = value * 10 + digit
    return value
