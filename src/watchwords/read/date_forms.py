"""Date expressions in a line of text: what is written, not yet what it means.

A form keeps what its words give and nothing else: "November 22" has no year, "the 22nd" no
month. Impossible parts are dropped to the safe part and flagged.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date

Partial = tuple[int | None, int | None, int | None]
"""Year, month, day; None where the words do not say."""

_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH_NUMBER = {name[:3].lower(): n for n, name in enumerate(_EN_MONTHS, start=1)}
_EN_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAY_NUMBER = {name[:3].lower(): n for n, name in enumerate(_EN_DAYS)} | {
    sign: n for n, sign in enumerate("一二三四五六日")
}
_WEEKDAY_NUMBER["天"] = 6
_ZH_DIGIT = {sign: n for n, sign in enumerate("〇一二三四五六七八九")}
_ZH_DIGIT |= {"○": 0, "零": 0, "Ｏ": 0}

_SHORT = [name[:3] + f"(?:{name[3:]})?" if len(name) > 3 else name for name in _EN_MONTHS]
_SHORT[8] = "Sep(?:t(?:ember)?)?"
_MONTH = (
    "(?:"
    + "|".join(_SHORT + [name.upper() for name in _EN_MONTHS])
    + "|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)(?![A-Za-z])"
)
_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}(?![\d])(?![.,]\d)"
_TO = r" ?(?:-|–|—|to|and|&|through|until|till) ?(?:the )?"
_HAN = "0-9〇○零Ｏ一二三四五六七八九十"
_ZH_YEAR = rf"(?P<era>民国|民國)?(?P<y>(?<![{_HAN}])[{_HAN}]{{2,4}})"
_ZH_TO = "[至到和、及与~～—–-]"
_WEEKDAY_WORD = (
    r"\b(?P<en>Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|nesday|sday|rsday|urday)?\b\.?"
    r"|(?:星期|周|週)(?P<zh>[一二三四五六日天])"
)
_WEEKDAY = re.compile(_WEEKDAY_WORD)
_HAS_NUMBER = re.compile(f"[{_HAN}]")
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}")

# The order is that of trust: a longer form is found before the shorter one inside it.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in [
        (
            "ymd",
            r"(?<![\d.])(?P<y>\d{4}) ?(?P<s>[-/.–_]) ?(?P<m>\d{1,2}) ?(?P=s) ?"
            r"(?P<d>\d{1,2})(?=T?\d\d:\d\d|(?!\d))(?! ?[-–.]\d)",
        ),
        (
            "ymd",
            rf"{_ZH_YEAR} ?年 ?(?P<m>[{_HAN}]{{1,2}}) ?月 ?"
            rf"(?P<d>[{_HAN}]{{1,3}}) ?[日号號]?(?:{_ZH_TO}(?:(?P<m2>[{_HAN}]{{1,2}})月)?"
            rf"(?P<d2>[{_HAN}]{{1,3}})日)?",
        ),
        (
            "ymd",
            rf"\b(?P<m>{_MONTH})\.? {{0,2}}(?P<d>{_DAY})"
            rf"(?:{_TO}(?:(?P<m2>{_MONTH})\.? ?)?(?P<d2>{_DAY}))?"
            rf"(?: \d\d:\d\d(?::\d\d)?)? ?[,.]? ?(?:(?:of|in) )?(?P<y>{_YEAR})",
        ),
        (
            "ymd",
            rf"(?<![\d.,/-])(?:(?P<d0>{_DAY})(?: (?P<m0>{_MONTH})\.?)?{_TO})?(?P<d>{_DAY})"
            rf"(?: of)?[ -]?(?P<m>{_MONTH})[.,]?[ -]?(?P<y>{_YEAR})",
        ),
        ("ymd", rf"\b(?P<y>{_YEAR}),? (?P<m>{_MONTH})\.? (?P<d>{_DAY})"),
        ("ymd", rf"\b(?P<m>{_MONTH})[-/](?P<d>{_DAY})[-/](?P<y>{_YEAR})"),
        (
            "dmy",
            r"(?<![\d./-])(?P<d>\d{1,2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<y>[12]\d{3})(?!\d)",
        ),
        ("ym", rf"\b(?P<m>{_MONTH})[.,]?(?: of)? (?P<y>{_YEAR})"),
        (
            "ym",
            rf"{_ZH_YEAR} ?年 ?(?P<m>[{_HAN}]{{1,2}}) ?月",
        ),
        (
            "md",
            rf"\b(?P<m>{_MONTH})\.? ?(?P<d>{_DAY})"
            rf"(?:{_TO}(?:(?P<m2>{_MONTH})\.? ?)?(?P<d2>{_DAY}))?",
        ),
        (
            "md",
            rf"(?<![\d.,/-])(?:(?P<d0>{_DAY})(?: (?P<m0>{_MONTH})\.?)?{_TO})?(?P<d>{_DAY})"
            rf"(?: of)?[ -](?P<m>{_MONTH})",
        ),
        (
            "md",
            rf"(?<![年{_HAN}])(?P<m>[{_HAN}]{{1,2}}) ?月 ?(?P<d>[{_HAN}]{{1,3}}) ?[日号號]"
            rf"(?:{_ZH_TO}(?:(?P<m2>[{_HAN}]{{1,2}})月)?(?P<d2>[{_HAN}]{{1,3}})[日号號])?",
        ),
        (
            "md",
            rf"(?<![年{_HAN}])(?P<m>[{_HAN}]{{1,2}})月(?P<d>[{_HAN}]{{1,3}}){_ZH_TO}"
            rf"(?P<d2>[{_HAN}]{{1,3}})日",
        ),
        (
            "d",
            r"(?i:\b(?:on|of|from) the )(?P<d>\d{1,2})(?:st|nd|rd|th)"
            r"(?: (?:and|to|-) (?:the )?(?P<d2>\d{1,2})(?:st|nd|rd|th))?"
            r"(?=\s*(?:[,.;:)]|$)"
            r"|\s+(?:and|at|in|by|to|when|that|the|a|this|of (?:this|the) month)\b)",
        ),
        (
            "d",
            rf"(?<![月年第{_HAN}])(?P<d>\d{{1,2}})日(?:{_ZH_TO}(?P<d2>\d{{1,2}})日)?"
            r"(?![内游均报期子前后起本用常])",
        ),
    ]
)


@dataclass(frozen=True)
class DateForm:
    """A date expression and where it stands.

    Attributes
    ----------
    start, end : int
        Code points in the line, half open.
    first : tuple
        Year, month and day; None where the words do not say.
    last : tuple or None
        The last day of a range.
    flags : tuple of str
        What was dropped or disagrees.
    """

    start: int
    end: int
    first: Partial
    last: Partial | None = None
    flags: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The known parts: "ymd", "ym", "y", "md", "d"."""
        return "".join(
            letter for letter, part in zip("ymd", self.first, strict=True) if part is not None
        )

    @property
    def edtf(self) -> str:
        """The form as an EDTF date or interval, unknown parts as X."""
        if self.last is None:
            return _edtf(self.first)
        return f"{_edtf(self.first)}/{_edtf(self.last)}"

    @property
    def until(self) -> Partial:
        """The last day."""
        return self.last or self.first


def find_forms(line: str, *, lang: str = "en") -> list[DateForm]:
    """Find the date expressions of a line, from left to right.

    Years alone are no expression here: a bare number of four digits is a date only by its
    place, which `find_date` judges.

    Parameters
    ----------
    line : str
        One line, full-width digits already made half-width.
    lang : str, default "en"
        A language that writes the day first (fr, de, es, it, pt, ru) settles 02/03/2021;
        otherwise such a date keeps its year only, with the flag ``ambiguous_order``.

    Returns
    -------
    list of DateForm

    Examples
    --------
    >>> [form.edtf for form in find_forms("On October 7th and 8th the group met")]
    ['XXXX-10-07/XXXX-10-08']
    >>> [(form.edtf, form.flags) for form in find_forms("02/03/2021, or 23/03/2021")]
    [('2021', ('ambiguous_order',)), ('2021-03-23', ())]
    """
    if not _HAS_NUMBER.search(line):
        return []
    taken = [False] * len(line)
    for address in _ADDRESS.finditer(line):
        taken[address.start() : address.end()] = [True] * len(address.group())
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(line):
            if any(taken[match.start() : match.end()]) or _is_lunar(line, match.start()):
                continue
            form = _numeric(match, lang) if kind == "dmy" else _read(match)
            if form is not None:
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                found.append(_check_weekday(form, line))
    return _join_spans(sorted(found, key=lambda form: form.start), line)


def settle(form: DateForm) -> DateForm | None:
    """Drop impossible parts to the safe part, and flag them; None when nothing is left."""
    year, month, day = form.first
    if month is not None and not 1 <= month <= 12:
        if year is None:
            return None
        return replace(form, first=(year, None, None), last=None, flags=("impossible_month",))
    if day is not None and not 1 <= day <= _month_length(year, month):
        if year is None:
            return None
        return replace(form, first=(year, month, None), last=None, flags=("impossible_day",))
    if form.last is not None and not _follows(form.first, form.last):
        return replace(form, last=None)
    return form


def weekday_number(word: str) -> int | None:
    """Turn a weekday word into its number, Monday being 0.

    Parameters
    ----------
    word : str
        "Friday", "Fri." or "五".

    Returns
    -------
    int or None
    """
    return _WEEKDAY_NUMBER.get(word[:3].lower(), _WEEKDAY_NUMBER.get(word[-1:]))


def strip_weekdays(text: str) -> str:
    """Blank out the weekday words of a line."""
    return _WEEKDAY.sub(" ", text)


def month_name(number: int) -> str:
    """Name a month in English."""
    return _EN_MONTHS[number - 1]


def _read(match: re.Match[str]) -> DateForm | None:
    part = match.groupdict()
    year = _number(part.get("y"))
    if part.get("era"):
        year = None if year is None else year + 1911
    elif year is not None and year < 1000:
        return None
    month, day = _month(part.get("m")), _number(part.get("d"))
    first: Partial = (year, month, day)
    last: Partial | None = None
    if part.get("d2"):
        last = (year, _month(part.get("m2")) or month, _number(part["d2"]))
    elif part.get("d0"):
        first, last = (year, _month(part.get("m0")) or month, _number(part["d0"])), first
    if not _is_year_text(part.get("y"), bool(part.get("era"))):
        return None
    return settle(DateForm(match.start(), match.end(), first, last))


def _numeric(match: re.Match[str], lang: str) -> DateForm | None:
    a, b, year = int(match["d"]), int(match["m"]), int(match["y"])
    start, end = match.span()
    day_first = lang in {"fr", "de", "es", "it", "pt", "ru"}
    if a <= 12 and b <= 12 and a != b and not day_first:
        return DateForm(start, end, (year, None, None), flags=("ambiguous_order",))
    month, day = (a, b) if b > 12 else (b, a)
    return settle(DateForm(start, end, (year, month, day)))


def _join_spans(forms: list[DateForm], line: str) -> list[DateForm]:
    """Make one range of two complete days with "to" between them."""
    joined: list[DateForm] = []
    for form in forms:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.kind == form.kind == "ymd"
            and before.last is form.last is None
            and re.fullmatch(rf"{_TO}|{_ZH_TO}", line[before.end : form.start])
            and _follows(before.first, form.first)
        ):
            joined[-1] = replace(before, end=form.end, last=form.first)
        else:
            joined.append(form)
    return joined


def _check_weekday(form: DateForm, line: str) -> DateForm:
    if form.kind != "ymd" or form.last is not None:
        return form
    before, after = line[max(0, form.start - 14) : form.start], line[form.end : form.end + 14]
    near = re.search(rf"(?:{_WEEKDAY_WORD})[,，]? *$", before) or re.match(
        rf"[ (（,，]*(?:{_WEEKDAY_WORD})", after
    )
    if near is None:
        return form
    year, month, day = form.first
    said = weekday_number(near["en"] or near["zh"])
    if said == date(year or 1, month or 1, day or 1).weekday():
        return form
    return replace(form, flags=(*form.flags, "weekday_mismatch"))


def _is_lunar(line: str, start: int) -> bool:
    return bool(re.search(r"(?:农历|農曆|阴历|旧历|正月|腊月)[^，。 ]{0,6}$", line[:start]))


def _is_year_text(text: str | None, era: bool) -> bool:
    """Say whether the words of a year are one: four digits, or any after an era."""
    return text is None or era or len(text) == 4


def _number(text: str | None) -> int | None:
    if not text:
        return None
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_ZH_DIGIT.get(tens, 1) if tens else 1) * 10 + (_ZH_DIGIT.get(units, 0))
    value = 0
    for sign in text:
        if sign not in _ZH_DIGIT:
            return None
        value = value * 10 + _ZH_DIGIT[sign]
    return value


def _month(text: str | None) -> int | None:
    if text and text[0].isascii() and text[0].isalpha():
        return _MONTH_NUMBER[text[:3].lower()]
    return _number(text)


def _month_length(year: int | None, month: int | None) -> int:
    if month is None:
        return 31
    return monthrange(year or 2000, month)[1]


def _follows(first: Partial, last: Partial) -> bool:
    month, day = last[1], last[2]
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None or not 1 <= day <= _month_length(last[0], month):
        return False
    return tuple(part or 0 for part in last) > tuple(part or 0 for part in first)


def _edtf(partial: Partial) -> str:
    year, month, day = partial
    text = "XXXX" if year is None else f"{year:04d}"
    if month is not None or day is not None:
        text += "-XX" if month is None else f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    return text
