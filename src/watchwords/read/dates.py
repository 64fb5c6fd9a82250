"""The date of a document: what its head and its path say, and nothing that they do not.

The order of trust: a labelled posting date, an unlabelled date line, an agency stamp, an update
label, the address or file name, the folder, a complete date in the first sentence (the day of
the event), nothing. A wrong date is worse than none: a missing year is never guessed.
"""

import re
from dataclasses import dataclass
from datetime import date

from watchwords.read.date_events import Event, find_event, resolve, resolve_form
from watchwords.read.date_forms import DateForm, Partial, find_forms, month_name, settle
from watchwords.read.date_lines import Found, read_head
from watchwords.read.date_paths import find_path_date

HEAD_CHARACTERS = 2000
_RUN = re.compile(r"[ \t]{3,}")
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {
    0xA0: " ",
    0x3000: " ",
    0x202F: " ",
    0x2009: " ",
    ord("："): ":",
    ord("／"): "/",
    ord("－"): "-",
    ord("．"): ".",
}


@dataclass(frozen=True)
class FoundDate:
    """A date, how fine it is, what it rests on and what else is known.

    Attributes
    ----------
    date : str or None
        ISO 8601, cut to its precision: "2021-02-03", "2021-02", "2021".
    precision : {"day", "month", "year", "none"}
    role : {"publication", "updated", "event", "none"}
        What happened on that day.
    basis : str
        "label", "date_line", "agency", "url", "file name", "folder", "body", two of them joined
        by "+", "column date", or "none".
    edtf : str or None
        The best partial knowledge: "XXXX-11-22" is a day without a year.
    event : str or None
        The day of the reported event, as EDTF.
    flags : tuple of str
        What was dropped, disagrees, or bounds the date ("not_before:2020-12-31").
    words : str
        The words it was read from, or those that would have been enough with a year.
    """

    date: str | None
    precision: str = "none"
    role: str = "none"
    basis: str = "none"
    edtf: str | None = None
    event: str | None = None
    flags: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class _Posting:
    parts: Partial
    basis: str
    role: str
    words: str
    flags: tuple[str, ...] = ()


def find_date(head: str, *, path: str = "", as_of: date, lang: str = "en") -> FoundDate:
    r"""Find the date of a document in its opening and its path.

    A date is given only if it is written: "On November 22" without a year stays undated, with
    what is known in ``edtf``. Relative words ("yesterday", "on the 22nd") are resolved against a
    posting date alone. Plan periods, session and document numbers, site clocks, link lists,
    dates of cited speeches and crawl folders are not dates.

    Parameters
    ----------
    head : str
        The opening of the text; the first 2,000 characters are read.
    path : str, default ""
        File name, relative path or address.
    as_of : datetime.date
        The day of judgement: a later posting date is a mistake, dropped and flagged.
    lang : str, default "en"
        A language that writes the day first settles 02/03/2021; else its year only is kept.

    Returns
    -------
    FoundDate

    Examples
    --------
    >>> from datetime import date
    >>> found = find_date("Party Group Meets\n2022-03-01\nOn the 28th, the group met.",
    ...     as_of=date(2026, 11, 21))
    >>> found.date, found.basis, found.event
    ('2022-03-01', 'date_line', '2022-02-28')
    >>> found = find_date("Summary\n\nOn November 22, it was held.", as_of=date(2026, 11, 21))
    >>> found.date, found.edtf, found.words
    (None, 'XXXX-11-22', 'November 22')
    """
    read = read_head(_opening(head), lang=lang, complete=len(head) <= HEAD_CHARACTERS)
    event = find_event(read.body, title=read.title, lang=lang)
    posting, flags = _posting(list(read.found), path, as_of)
    if event.not_before:
        flags = (*flags, f"not_before:{event.not_before}")
    if posting is None:
        return _undated(event, read.found, flags=flags, as_of=as_of)
    completed = _complete(posting, event)
    if completed is not None and not _is_after(completed.until, as_of):
        return _from_event(event, completed, basis=f"body+{posting.basis}", flags=flags)
    posted = date(*_whole(posting.parts)) if posting.parts[2] is not None else None
    text = _iso(posting.parts)
    return FoundDate(
        text,
        _precision(posting.parts),
        posting.role,
        posting.basis,
        text,
        resolve(event, posted),
        (*posting.flags, *flags),
        posting.words,
    )


def parse_date(value: str, *, as_of: date, lang: str = "en") -> FoundDate:
    """Read a date that stands alone, as in a column.

    Parameters
    ----------
    value : str
        "2021-02-03", "Feb 3, 2021", "2021-02", "2021", "20210203", with or without a time.
    as_of : datetime.date
        A later date is a mistake.
    lang : str, default "en"
        As for `find_date`.

    Returns
    -------
    FoundDate
        Undated, with a flag, if `value` is no date or a future one.

    Examples
    --------
    >>> from datetime import date
    >>> parse_date("2021-02-03T14:25:00Z", as_of=date(2026, 11, 21)).date
    '2021-02-03'
    >>> parse_date("soon", as_of=date(2026, 11, 21)).flags
    ('bad_date',)
    """
    text = _opening(value).strip()
    form = _compact(text)
    if form is None:
        head = read_head(text, lang=lang)
        forms = [place.form for place in head.found] or find_forms(text, lang=lang)
        alone = len(re.sub(r"[\d\W]|T\d|[AP]M|GMT|UTC|Z$", "", text)) <= 24
        form = forms[0] if len(forms) == 1 and alone else None
    if form is None or form.first[0] is None:
        known = None if form is None else form.edtf
        return FoundDate(None, edtf=known, flags=("bad_date",), words=value.strip())
    if _is_after(form.until, as_of):
        return FoundDate(None, flags=("future",), words=value.strip())
    iso = _iso(form.until)
    return FoundDate(
        iso, _precision(form.until), "publication", "column date", iso, None, form.flags,
        value.strip(),
    )  # fmt: skip


def find_event_day(head: str, *, posted: str, lang: str = "en") -> str | None:
    r"""Find the day of the event where the posting date is known from elsewhere.

    Parameters
    ----------
    head : str
        The opening of the text.
    posted : str
        ISO date of posting; anything coarser than a day resolves nothing.
    lang : str, default "en"
        As for `find_date`.

    Returns
    -------
    str or None
        EDTF.

    Examples
    --------
    >>> find_event_day("Group meets\n\nYesterday, it met.", posted="2021-03-01")
    '2021-02-28'
    """
    read = read_head(_opening(head), lang=lang)
    day = date.fromisoformat(posted) if len(posted) == 10 else None
    return resolve(find_event(read.body, title=read.title, lang=lang), day)


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
    'day 22, month and year not given'
    >>> describe_known("", "Yesterday")
    '"Yesterday", nothing to count from'
    """
    days = re.findall(r"XXXX-(\d\d|XX)-(\d\d)", edtf)
    if not days:
        return f'"{words}", nothing to count from' if words else ""
    if days[0][0] == "XX":
        return f"day {'-'.join(str(int(day)) for _, day in days)}, month and year not given"
    if len({month for month, _ in days}) == 1:
        shown = "-".join(str(int(day)) for _, day in days) + f" {month_name(int(days[0][0]))}"
    else:
        shown = " - ".join(f"{int(day)} {month_name(int(month))}" for month, day in days)
    return f"{shown}, year not given"


def _posting(found: list[Found], path: str, as_of: date) -> tuple[_Posting | None, tuple[str, ...]]:
    """Choose the most trusted place; drop what lies in the future and flag it."""
    flags: list[str] = []
    for place in sorted(found, key=lambda place: place.rank):
        if place.form.first[0] is None:
            continue
        if _is_after(place.form.until, as_of):
            flags.append("future")
            continue
        posting = _Posting(place.form.until, place.basis, place.role, place.words, place.form.flags)
        return posting, tuple(flags)
    in_path = find_path_date(path, as_of) if path else None
    if in_path is None:
        return None, tuple(flags)
    return _Posting(in_path.parts, in_path.basis, "publication", in_path.words), tuple(flags)


def _undated(
    event: Event, found: tuple[Found, ...], *, flags: tuple[str, ...], as_of: date
) -> FoundDate:
    known = resolve(event, None)
    form = event.form
    if form is not None and form.kind == "ymd" and not event.future:
        if not _is_after(form.until, as_of):
            return _from_event(event, form, basis="body", flags=flags)
        return FoundDate(None, event=known, flags=(*flags, "future"), words=event.words)
    labelled = [place for place in found if place.form.first[0] is None]
    if labelled:
        return FoundDate(
            None, edtf=labelled[0].form.edtf, event=known, flags=flags, words=labelled[0].words
        )
    partial = known if form is not None and form.kind != "ymd" else None
    return FoundDate(None, edtf=partial, event=known, flags=flags, words=event.words)


def _complete(posting: _Posting, event: Event) -> DateForm | None:
    """Give a month and day in the body the year of a year line, a folder or a file name."""
    form = event.form
    if form is None or event.future or posting.parts[2] is not None or form.first[2] is None:
        return None
    year, month, _ = posting.parts
    if form.first[1] is None or (form.first[0] or year) != year:
        return None
    if month is not None and form.until[1] != month:
        return None
    first: Partial = (year, form.first[1], form.first[2])
    last: Partial | None = None if form.last is None else (year, form.last[1], form.last[2])
    whole = settle(DateForm(form.start, form.end, first, last))
    return whole if whole is not None and whole.kind == "ymd" else None


def _from_event(event: Event, form: DateForm, *, basis: str, flags: tuple[str, ...]) -> FoundDate:
    text = _iso(form.until)
    all_flags = (*form.flags, *flags)
    return FoundDate(text, "day", "event", basis, text, form.edtf, all_flags, event.words)


def _opening(head: str) -> str:
    opening = head[:HEAD_CHARACTERS].translate(_FULL_WIDTH)
    return _RUN.sub("  ", opening.replace("\r\n", "\n").replace("\r", "\n"))


def _compact(text: str) -> DateForm | None:
    match = re.fullmatch(r"([12]\d{3})(\d\d)(\d\d)(?:\d{4}|\d{6})?", text)
    if match is None:
        return None
    form = settle(DateForm(0, 8, (int(match[1]), int(match[2]), int(match[3]))))
    return None if form is None or form.flags else form


def _is_after(parts: Partial, as_of: date) -> bool:
    return date(*_whole(parts)) > as_of


def _whole(parts: Partial) -> tuple[int, int, int]:
    year, month, day = parts
    return year or 1, month or 1, day or 1


def _iso(parts: Partial) -> str:
    year, month, day = parts
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def _precision(parts: Partial) -> str:
    if parts[2] is not None and parts[1] is not None:
        return "day"
    return "year" if parts[1] is None else "month"
