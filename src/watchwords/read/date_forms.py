"""A date expression: what is written, not yet what it means.

A form keeps what its words give and nothing else: "November 22" has no year, "the 22nd" no
month. Impossible parts are dropped to the safe part and flagged.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date

Partial = tuple[int | None, int | None, int | None]
"""Year, month, day; None where the words do not say."""

MAX_EVENT_DAYS = 31
_MONTHS = [
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
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_NUMBER = {name[:3].lower(): n for n, name in enumerate(_MONTHS, start=1)}
_WEEKDAY_NUMBER = {name[:3].lower(): n for n, name in enumerate(_DAYS)} | {
    sign: n for n, sign in enumerate("一二三四五六日")
}
_WEEKDAY_NUMBER["天"] = 6
WEEKDAY = re.compile(
    r"\b(?P<en>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:day|nesday|sday|rsday|urday)?\b\.?"
    r"|(?:星期|周|週|礼拜)(?P<zh>[一二三四五六日天])",
    re.I,
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

    @property
    def is_long(self) -> bool:
        """Whether the range is longer than an event lasts: a period that is reported on."""
        if self.last is None:
            return False
        return (first_day(self.last) - first_day(self.first)).days > MAX_EVENT_DAYS


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
    if form.last is not None and not follows(form.first, form.last):
        return replace(form, last=None)
    return form


def follows(first: Partial, last: Partial) -> bool:
    """Say whether a range may end on `last`; without years it may run over the new year."""
    year, month, day = last
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None or not 1 <= day <= _month_length(year, month):
        return False
    if year is None and first[1] == 12 and month == 1:
        return True
    return tuple(part or 0 for part in last) > tuple(part or 0 for part in first)


def check_weekday(form: DateForm, line: str) -> DateForm:
    """Flag a complete date that stands beside the name of another weekday."""
    if form.kind != "ymd" or form.last is not None:
        return form
    before = list(WEEKDAY.finditer(line, max(0, form.start - 14), form.start))
    near = before[-1] if before else None
    if near is None or line[near.end() : form.start].strip(" ,，"):
        near = WEEKDAY.search(line, form.end, form.end + 14)
        if near is None or line[form.end : near.start()].strip(" (（,，"):
            return form
    said = weekday_number(near["en"] or near["zh"])
    if said == first_day(form.first).weekday():
        return form
    return replace(form, flags=(*form.flags, "weekday_mismatch"))


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


def month_number(word: str) -> int:
    """Turn the name of a month, or its first three letters, into its number."""
    return _MONTH_NUMBER[word[:3].lower()]


def month_name(number: int) -> str:
    """Name a month in English."""
    return _MONTHS[number - 1]


def first_day(parts: Partial) -> date:
    """Give the first day that the known parts allow."""
    year, month, day = parts
    return date(year or 2000, month or 1, day or 1)


def _month_length(year: int | None, month: int | None) -> int:
    if month is None:
        return 31
    return monthrange(year or 2000, month)[1]


def _edtf(partial: Partial) -> str:
    year, month, day = partial
    text = "XXXX" if year is None else f"{year:04d}"
    if month is not None or day is not None:
        text += "-XX" if month is None else f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    return text
