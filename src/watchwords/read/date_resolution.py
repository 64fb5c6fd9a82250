"""The day of an event made complete: counted from the day of posting, or of a dateline."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from watchwords.read.date_events import Event
from watchwords.read.date_forms import DateForm, Partial
from watchwords.read.date_relative import count_back


def resolve(event: Event, posted: date | None) -> str | None:
    """Word the day of an event as EDTF, complete if the posting date allows it.

    Parameters
    ----------
    event : Event
        What was found.
    posted : datetime.date or None
        The day of posting, if known to the day.

    Returns
    -------
    str or None
        None if a relative word has nothing to count from.

    Examples
    --------
    >>> from watchwords.read.date_events import find_event
    >>> resolve(find_event(["On the 28th, the group met."]), date(2022, 3, 1))
    '2022-02-28'
    >>> resolve(find_event(["Yesterday, the group met."]), None) is None
    True
    """
    if event.dateline is not None:
        return _from_dateline(event, event.dateline, posted)
    if event.form is not None:
        if posted is not None and event.months_back and event.form.kind == "d":
            posted = posted.replace(day=1)
            posted = date.fromordinal(max(1, posted.toordinal() - 1))
        if posted is not None and event.years_back:
            posted = date(max(1, posted.year - event.years_back), 12, 31)
        future = event.future or (posted is not None and _is_near(event, posted))
        return resolve_form(event.form, posted, future=future).edtf
    if posted is None or event.relative is None:
        return None
    return count_back(event.relative, posted).isoformat()


def _is_near(event: Event, posted: date) -> bool:
    """Say whether what is announced without "will" is nearer after the posting than before it."""
    form = event.form
    if form is None or not event.announced or form.kind != "md":
        return False
    before = _latest(form.until, posted, future=False)
    after = _latest(form.until, posted, future=True)
    if before is None or after is None:
        return False
    return (date(*_whole(after)) - posted) < (posted - date(*_whole(before)))


def resolve_form(form: DateForm, posted: date | None, *, future: bool = False) -> DateForm:
    """Complete a form without year, or without month, from the day of posting."""
    if form.first[0] is not None or posted is None or form.first[2] is None:
        return form
    until = _latest(form.until, posted, future=future)
    if until is None:
        return form
    if form.last is None:
        return DateForm(form.start, form.end, until)
    first = _latest(form.first, date(*_whole(until)), future=False)
    return DateForm(form.start, form.end, first or until, until)


def _from_dateline(event: Event, dateline: DateForm, posted: date | None) -> str:
    """Count from the day of the dateline; without its year, within its month."""
    base = resolve_form(dateline, posted)
    rest = replace(event, dateline=None)
    if base.kind == "ymd":
        return resolve(rest, date(*_whole(base.first))) or base.edtf
    if event.form is not None and event.form.kind == "d":
        day, month = event.form.until[2] or 0, dateline.first[1]
        if day <= (dateline.first[2] or 0):
            return DateForm(0, 0, (None, month, day)).edtf
        return event.form.edtf
    if event.form is not None:
        return event.form.edtf
    if event.relative is not None and event.relative.offset:
        day = (dateline.first[2] or 0) - event.relative.offset
        return DateForm(0, 0, (None, dateline.first[1], day)).edtf if day > 0 else base.edtf
    return base.edtf


def _latest(partial: Partial, posted: date, *, future: bool) -> Partial | None:
    """Step from the month of posting, back or on, to the first one in which the day fits."""
    _, month, day = partial
    year, at = posted.year, posted.month
    for _ in range(12 * 9):
        if not 1 <= year <= 9999:
            return None
        fits = (month is None or at == month) and (day or 1) <= monthrange(year, at)[1]
        if fits:
            here = date(year, at, day or 1)
            if (here >= posted) if future else (here <= posted):
                return (year, at, day)
        at += 1 if future else -1
        if at in (0, 13):
            year, at = (year - 1, 12) if at == 0 else (year + 1, 1)
    return None


def _whole(partial: Partial) -> tuple[int, int, int]:
    year, month, day = partial
    return year or 1, month or 1, day or 1
