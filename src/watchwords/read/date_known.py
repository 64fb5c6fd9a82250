"""What is known of a date that is not complete: in words, and completed once a day is known."""

import re
from datetime import date

from watchwords.read.date_forms import DateForm, Partial, month_name
from watchwords.read.date_resolution import resolve_form

_PART = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d))?")


def resolve_known(edtf: str, posted: date) -> str:
    """Complete an event known without its year, once the day of posting is known.

    Parameters
    ----------
    edtf : str
        Such as "XXXX-11-22" or "XXXX-10-07/XXXX-10-08"; anything else comes back as it is.
    posted : datetime.date
        The day of posting.

    Returns
    -------
    str

    Examples
    --------
    >>> resolve_known("XXXX-11-22", date(2018, 11, 23))
    '2018-11-22'
    """
    parts = [re.fullmatch(r"XXXX-(\d\d|XX)-(\d\d)", piece) for piece in edtf.split("/")]
    days: list[Partial] = [
        (None, None if part[1] == "XX" else int(part[1]), int(part[2])) for part in parts if part
    ]
    if not days or len(days) != len(parts):
        return edtf
    form = DateForm(0, 0, days[0], days[1] if len(days) > 1 else None)
    return resolve_form(form, posted).edtf


def describe_known(edtf: str, words: str) -> str:
    """Say in words what is known of a date that is not complete.

    Parameters
    ----------
    edtf : str
        Partial knowledge, or "".
    words : str
        The words it was read from, or "".

    Returns
    -------
    str
        "" if nothing is known.

    Examples
    --------
    >>> describe_known("XXXX-10-07/XXXX-10-08", "October 7th and 8th")
    '7-8 October, year not given'
    >>> describe_known("XXXX-XX-22", "the 22nd")
    'the 22nd of a month, month and year not given'
    >>> describe_known("2021-02", "")
    'February 2021, day not given'
    >>> describe_known("2021-02-28/2021-03-02", "")
    '28 February - 2 March 2021'
    >>> describe_known("", "Yesterday")
    '"Yesterday", nothing to count from'
    """
    parts = [_PART.fullmatch(piece) for piece in edtf.split("/")]
    days = [(part[1], part[2] or "", part[3] or "") for part in parts if part]
    if not edtf or len(days) != len(parts) or len(days) > 2 or not all(map(_is_sound, days)):
        return f'"{words}", nothing to count from' if words else ""
    missing = _missing(days[-1])
    shown = _shown(days)
    return f"{shown}, {missing} not given" if missing else shown


def _is_sound(day: tuple[str, str, str]) -> bool:
    return day[1] in {"", "XX"} or 1 <= int(day[1]) <= 12


def _missing(day: tuple[str, str, str]) -> str:
    year, month, number = day
    if year == "XXXX":
        return "month and year" if month in {"", "XX"} else "year"
    if month in {"", "XX"}:
        return "month and day"
    return "" if number else "day"


def _shown(days: list[tuple[str, str, str]]) -> str:
    """Word one day or two, without what both have in common before the last."""
    first, last = days[0], days[-1]
    if first == last:
        return _written(*last)
    if first[1] == "XX" and last[1] == "XX":
        return f"the {_ordinal(first[2])} to the {_ordinal(last[2])} of a month"
    same_year, same_month = first[0] == last[0], first[:2] == last[:2]
    if same_month and first[2] and last[2]:
        return f"{int(first[2])}-{_written(*last)}"
    return f"{_written('XXXX' if same_year else first[0], *first[1:])} - {_written(*last)}"


def _written(year: str, month: str, day: str) -> str:
    if month == "XX":
        return f"the {_ordinal(day)} of a month"
    words = [str(int(day))] if day else []
    words += [month_name(int(month))] if month else []
    words += [year] if year != "XXXX" else []
    return " ".join(words)


def _ordinal(day: str) -> str:
    number = int(day)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 11 <= number <= 13 else ending}"
