"""The date of a document: what its head and its path say, and nothing that they do not.

The order of trust: a labelled posting date, an unlabelled date line, an agency stamp, an update
label, the address or file name, the folder, a complete date in the first sentence (the day of
the event), nothing. A wrong date is worse than none: a missing year is never guessed.
"""

import re
from dataclasses import dataclass
from datetime import date

from watchwords.read.date_events import MAX_BODY_AGE, Event, find_event
from watchwords.read.date_forms import DateForm, Partial, first_day, settle
from watchwords.read.date_grammar import find_forms
from watchwords.read.date_known import describe_known, resolve_known
from watchwords.read.date_lines import Found, Place, read_head
from watchwords.read.date_paths import PathDate, find_path_date
from watchwords.read.date_resolution import resolve
from watchwords.read.date_signatures import find_signature
from watchwords.read.date_text import head_lines, plain, tail_lines

__all__ = [
    "FoundDate",
    "describe_known",
    "find_date",
    "find_event_day",
    "parse_date",
    "resolve_known",
]


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
    event: str = ""


def find_date(
    head: str, *, path: str = "", as_of: date, lang: str = "en", date_order: str = ""
) -> FoundDate:
    r"""Find the date of a document in its opening and its path.

    A date is given only if it is written: "On November 22" without a year stays undated, with
    what is known in ``edtf``. Relative words ("yesterday", "on the 22nd") are resolved against a
    posting date alone. Plan periods, session and document numbers, site clocks, link lists,
    dates of cited speeches and crawl folders are not dates.

    Parameters
    ----------
    head : str
        The opening of the text, or the whole: the first 2,000 characters are read and, for the
        date that signs it, the last 600.
    path : str, default ""
        File name, relative path or address.
    as_of : datetime.date
        The day of judgement: a later posting date is a mistake, dropped and flagged.
    lang : str, default "en"
        A language that writes the day first settles 02/03/2021; else its year only is kept.
    date_order : {"", "dmy", "mdy"}, default ""
        What settles 02/03/2021 in any language.

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
    place = Place(lang, date_order, today=as_of)
    read = read_head(head_lines(head), place)
    event = find_event(read.body, title=read.title, lang=lang)
    posting, flags = _posting(read.found, as_of)
    if posting is None or posting.parts[0] is None:
        signature = find_signature(tail_lines(head), place)
        signed = signature is not None and signature.form.edtf != read.event
        if signature is not None and signed and not _is_after(signature.form.until, as_of):
            posting = _as_posting(signature)
    if posting is None or posting.parts[0] is None:
        posting = _from_path(posting, find_path_date(path, as_of) if path else None, as_of)
    if event.not_before:
        flags = (*flags, f"not_before:{event.not_before}")
    if posting is None or posting.parts[0] is None:
        return _undated(event, read.event, posting, flags=flags, as_of=as_of)
    posting = _stamped(posting, event, as_of)
    completed = _complete(posting, event)
    if completed is not None and not _is_after(completed.until, as_of):
        return _from_event(event, completed, basis=f"body+{posting.basis}", flags=flags)
    posted = first_day(posting.parts) if posting.parts[2] is not None else None
    text = _iso(posting.parts)
    return FoundDate(
        text,
        _precision(posting.parts),
        posting.role,
        posting.basis,
        text,
        posting.event or resolve(event, posted) or read.event or None,
        (*posting.flags, *flags),
        posting.words,
    )


def parse_date(value: str, *, as_of: date, lang: str = "en", date_order: str = "") -> FoundDate:
    """Read a date that stands alone, as in a column.

    Parameters
    ----------
    value : str
        "2021-02-03", "Feb 3, 2021", "2021-02", "2021", "20210203", with or without a time.
    as_of : datetime.date
        A later date is a mistake.
    lang, date_order : str
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
    text = plain(value.strip())
    form = _compact(text)
    if form is None:
        read = read_head([text] if text else [], Place(lang, date_order))
        forms = [item.form for item in read.found]
        forms = forms or find_forms(text, lang=lang, date_order=date_order)
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
    read = read_head(head_lines(head), Place(lang))
    day = date.fromisoformat(posted) if len(posted) == 10 else None
    event = find_event(read.body, title=read.title, lang=lang)
    return resolve(event, day) or read.event or None


def _posting(found: tuple[Found, ...], as_of: date) -> tuple[_Posting | None, tuple[str, ...]]:
    """Choose the most trusted place; drop what lies in the future and flag it.

    A place without a year is given back if there is no other: a folder may complete it.
    """
    flags: list[str] = []
    partial = None
    for item in sorted(found, key=lambda item: item.rank):
        if item.form.first[0] is None:
            partial = partial or (_as_posting(item) if item.form.first[1] is not None else None)
        elif _is_after(item.form.until, as_of):
            flags.append("future")
        else:
            return _as_posting(item), tuple(flags)
    return partial, tuple(flags)


def _as_posting(item: Found) -> _Posting:
    form = item.form
    event = form.edtf if item.role == "event" else ""
    return _Posting(form.until, item.basis, item.role, item.words, form.flags, event)


def _from_path(partial: _Posting | None, path: PathDate | None, as_of: date) -> _Posting | None:
    """Take the date of the path; the year alone of it completes a month and day of the page."""
    if path is None:
        return partial
    if partial is not None and path.parts[2] is None and path.parts[1] in (None, partial.parts[1]):
        whole = settle(DateForm(0, 0, (path.parts[0], *partial.parts[1:])))
        if whole is not None and whole.kind == "ymd" and not _is_after(whole.first, as_of):
            basis = f"{partial.basis}+{path.basis}"
            return _Posting(whole.first, basis, partial.role, partial.words)
    return _Posting(path.parts, path.basis, "publication", path.words)


def _undated(
    event: Event,
    labelled: str,
    partial: _Posting | None,
    *,
    flags: tuple[str, ...],
    as_of: date,
) -> FoundDate:
    known = resolve(event, None)
    form = event.form if event.dateline is None else None
    if form is not None and form.kind == "ymd" and not event.future:
        if event.told and (form.until[0] or 0) < as_of.year - MAX_BODY_AGE:
            return FoundDate(None, event=known, flags=(*flags, "historical"), words=event.words)
        if not _is_after(form.until, as_of):
            return _from_event(event, form, basis="body", flags=flags)
        return FoundDate(None, event=known, flags=(*flags, "future"), words=event.words)
    if partial is not None:
        shown = partial.event or DateForm(0, 0, partial.parts).edtf
        happened = known or partial.event or None
        return FoundDate(None, edtf=shown, event=happened, flags=flags, words=partial.words)
    edtf = known if known is not None and known.startswith("XXXX") else None
    if event.dateline is not None:
        edtf = event.dateline.edtf
    return FoundDate(
        None, edtf=edtf, event=known or labelled or None, flags=flags, words=event.words
    )


def _stamped(posting: _Posting, event: Event, as_of: date) -> _Posting:
    """Give an agency's month and day the year of a folder, a file name or an address.

    Around New Year the page may stand in the folder of the next year: then its month must agree.
    """
    if event.dateline is None or posting.parts[2] is not None or event.dateline.first[0]:
        return posting
    year, month, _ = posting.parts
    _, stamped, day = event.dateline.first
    if stamped is None or day is None or month not in (None, stamped):
        return posting
    if month is None and stamped in (1, 12):
        return posting
    whole = settle(DateForm(0, 0, (year, stamped, day)))
    if whole is None or whole.kind != "ymd" or _is_after(whole.first, as_of):
        return posting
    return _Posting(whole.first, f"dateline+{posting.basis}", "publication", event.words)


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


def _compact(text: str) -> DateForm | None:
    match = re.fullmatch(r"([12]\d{3})(\d\d)(\d\d)(?:\d{4}|\d{6})?", text)
    if match is None:
        return None
    form = settle(DateForm(0, 8, (int(match[1]), int(match[2]), int(match[3]))))
    return None if form is None or form.flags else form


def _is_after(parts: Partial, as_of: date) -> bool:
    return first_day(parts) > as_of


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
