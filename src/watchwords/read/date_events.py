"""The day an event is reported for: month and day, bare day or relative word, made complete.

Relative words are resolved against a known posting date only, to the latest such day not after
it; what follows "will" to the next such day not before it.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from watchwords.read.date_forms import DateForm, Partial, find_forms, weekday_number

_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_RELATIVE: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), offset)
    for pattern, offset in [
        (r"(?i)\bthe day before yesterday\b|前天|前日|前晚", 2),
        (r"(?i)\byesterday\b|\blast (?:night|evening)\b|昨天|昨日|昨晚|昨夜", 1),
        (
            r"(?i)\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b|今天|今日|今晨|今晚",
            0,
        ),
    ]
)
_WEEKDAY = re.compile(
    rf"\b(?P<last>[Ll]ast |[Oo]n (?:the (?:morning|afternoon|evening) of )?)(?P<en>{_WEEKDAYS})\b"
    r"|(?P<week>上周|上星期|本周|周|星期)(?P<zh>[一二三四五六日天])"
)
_MONTH_DAY = re.compile(r"(?P<which>本月|上月)(?P<d>\d{1,2})日")
_FUTURE = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|to be held|scheduled|upcoming|due)\b|将于|拟于|定于|将在"
)
_AS_OF = re.compile(r"(?i)(?:\bas of|\bby|\buntil|\bup to)(?: the end of)? *$|截至|截止|截止到")
_CITED_BEFORE = re.compile(
    r"(?i)(?:\b(?:since|before|after|of|to|than|dated|founded|established|born|anniversary)"
    r"|(?<!was )(?<!were )(?<!been )(?<!be )\b(?:delivered|given|made|issued|signed|published|"
    r"released|adopted|passed|approved|promulgated|launched)(?: on| in)?|自|自从|从|成立于)"
    r" *(?:the )?(?:on )?$"
)
_DAYTIME = re.compile(
    r"(?i)\b(?:morning|afternoon|evening|night|noon|day|session|meeting) of *(?:the )?$"
)
_CITED_AFTER = re.compile(
    r"(?i) *(?:['’]s? )?(?:(?:important |keynote |major )*(?:speech|instruction|letter|notice|"
    r"movement|road|street|avenue|square|bridge|school|incident)\b)"
    r"|(?:以来|起|的?(?:重要)?(?:讲话|指示|批示|文件|通知|精神|印发|发布|发表|成立))"
)
_HISTORY = re.compile(
    r"(?i)\b(?:founded|founding|born|proclaimed|anniversary)\b|周年|诞生|建国|建党|(?:共产党|共和国|新中国)成立"
)
# What may stand before the complete date of an event: nothing but small words, or its verb.
_OPENS = re.compile(
    r"^\W*(?:[A-Z][A-Za-z.'’ -]{1,30}, *)?"
    r"(?i:(?:on|in|at|from|during|the|early|late|morning|afternoon|evening|night|noon|of|this|"
    r"news|report(?:er)?|our|newspaper|correspondent)\b\W*)*(?:\([^)]*\)\W*)?$"
)
_OPENS_ZH = re.compile("^[^，。！？]{0,14}$")
_VERB_BEFORE = re.compile(
    r"(?i)\b(?:met|meets|held|holds|opened|opens|convened|visited|took place|launched|chaired|"
    r"attended|studied|inspected|closed|organi[sz]ed|gathered|presided|hosted|delivered|signed)\b"
    r"[^.;]{0,60}\b(?:on|from)? *(?:the )?$"
)
_DELIVERY = re.compile(r"^\s*(?:[-—–]{1,2}|[(（])\s*[^\W\d]")
_CLAUSE = re.compile(
    r"(?i)\b(?:which|that|who|whose|fiscal|year|quarter|months?|ending|ended|effective)\b"
)
_NEAR_CHARACTERS, _SHORT_SENTENCE = 60, 160
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\"”’'][.!?])\s+(?=[\"“A-Z])|(?<=[。！？])")
MAX_EVENT_DAYS = 31


@dataclass(frozen=True)
class Event:
    """What the first sentences say about the day of an event.

    Attributes
    ----------
    form : DateForm or None
        The expression; None for a relative word.
    offset : int or None
        Days before the posting date, for a relative word such as "yesterday".
    weekday : int or None
        The weekday, Monday being 0.
    strict : bool
        The weekday lies before the posting date.
    future : bool
        The sentence speaks of what will be.
    words : str
        The words themselves.
    not_before : str
        The day up to which a statistic counts: the text is not older.
    """

    form: DateForm | None = None
    offset: int | None = None
    weekday: int | None = None
    strict: bool = False
    future: bool = False
    words: str = ""
    not_before: str = ""


def find_event(lines: Sequence[str], *, title: str = "", lang: str = "en") -> Event:
    """Find the day of the event in the opening lines of a report.

    The first sentence of each line is read, up to the first line that is a paragraph. A title is
    read only if it closes like a sentence. Dates of cited speeches, of foundations and of what a
    statistic counts up to are no events.

    Parameters
    ----------
    lines : sequence of str
        Lines below the title, without labels and date lines.
    title : str, default ""
        The title.
    lang : str, default "en"
        Language, as for `find_forms`.

    Returns
    -------
    Event
        Without form, offset and weekday if the opening says nothing.
    """
    not_before = ""
    for line in ([title] if ends_as_sentence(title) else []) + list(lines):
        sentence = first_sentence(line)
        event = _in_sentence(sentence, lang)
        if event.form or event.offset is not None or event.weekday is not None:
            return event
        not_before = not_before or event.not_before
        if is_paragraph(line) and line != title:
            break
    return Event(not_before=not_before)


def first_sentence(line: str) -> str:
    """Cut a line after its first sentence."""
    for match in _SENTENCE_END.finditer(line):
        if match.start() >= 12:
            return line[: match.start()]
    return line


def is_paragraph(line: str) -> bool:
    """Say whether a line is running text rather than a title, a name or a date line."""
    return ends_as_sentence(line) or len(line) > 160


def ends_as_sentence(line: str) -> bool:
    """Say whether a line closes with the mark of a sentence."""
    return bool(re.search(r"[.!?。！？…][\"”’')）]*\s*$", line))


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
    >>> resolve(find_event(["On the 28th, the group met."]), date(2022, 3, 1))
    '2022-02-28'
    >>> resolve(find_event(["Yesterday, the group met."]), None) is None
    True
    """
    if event.form is not None:
        return resolve_form(event.form, posted, future=event.future).edtf
    if posted is None:
        return None
    if event.offset is not None:
        return (posted - timedelta(days=event.offset)).isoformat()
    if event.weekday is not None:
        back = (posted.weekday() - event.weekday) % 7
        return (posted - timedelta(days=back or (7 if event.strict else 0))).isoformat()
    return None


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


def _latest(partial: Partial, posted: date, *, future: bool) -> Partial | None:
    """Step from the month of posting, back or on, to the first one in which the day fits."""
    _, month, day = partial
    year, at = posted.year, posted.month
    for _ in range(12 * 9):
        fits = (month is None or at == month) and (day or 1) <= monthrange(year, at)[1]
        if fits:
            here = date(year, at, day or 1)
            if (here >= posted) if future else (here <= posted):
                return (year, at, day)
        at += 1 if future else -1
        if at in (0, 13):
            year, at = (year - 1, 12) if at == 0 else (year + 1, 1)
    return None


def _in_sentence(sentence: str, lang: str) -> Event:
    forms = [form for form in find_forms(sentence, lang=lang) if form.first[2] is not None]
    not_before = ""
    usable = []
    for form in forms:
        before = sentence[: form.start]
        if _AS_OF.search(before) and form.kind == "ymd":
            not_before = not_before or form.edtf
        elif _is_reported(sentence, form) and not _is_cited(sentence, form):
            usable.append(form)
    first = usable[0] if usable else None
    relative = _relative(sentence[: first.start] if first else sentence)
    if first is not None and not (relative.offset is not None and first.kind == "d"):
        future = bool(_FUTURE.search(sentence[: first.start]))
        words = re.sub(r"^(?:[Oo]n|[Oo]f|[Ff]rom) ", "", sentence[first.start : first.end])
        return Event(form=first, future=future, words=words, not_before=not_before)
    if relative.words:
        return relative
    return Event(not_before=not_before)


def _is_cited(sentence: str, form: DateForm) -> bool:
    before, after = sentence[: form.start], sentence[form.end :]
    if _DAYTIME.search(before):
        return False
    cited = bool(_CITED_BEFORE.search(before) or _CITED_AFTER.match(after) or _AS_OF.search(before))
    return cited or (form.kind == "ymd" and (bool(_HISTORY.search(sentence)) or _is_long(form)))


def _is_reported(sentence: str, form: DateForm) -> bool:
    """Say whether a date is where reports put the day of their event."""
    before = sentence[: form.start]
    if form.kind != "ymd":
        return form.start <= _NEAR_CHARACTERS or len(sentence) <= _SHORT_SENTENCE
    if _OPENS.match(before) or _DELIVERY.match(sentence):
        return True
    if re.search("[一-鿿]", sentence):
        return bool(_OPENS_ZH.match(before))
    return bool(_VERB_BEFORE.search(before)) and not _CLAUSE.search(before)


def _is_long(form: DateForm) -> bool:
    if form.last is None:
        return False
    return (date(*_whole(form.last)) - date(*_whole(form.first))).days > MAX_EVENT_DAYS


def _relative(sentence: str) -> Event:
    found: list[tuple[int, Event]] = []
    for pattern, offset in _RELATIVE:
        match = pattern.search(sentence)
        if match and not any(at == match.start() for at, _ in found):
            found.append((match.start(), Event(offset=offset, words=match.group())))
    match = _WEEKDAY.search(sentence)
    if match:
        strict = (
            match["last"] == "Last " or match["last"] == "last " or "上" in (match["week"] or "")
        )
        number = weekday_number(match["en"] or match["zh"])
        found.append((match.start(), Event(weekday=number, strict=strict, words=match.group())))
    if not found:
        return Event()
    return min(found, key=lambda item: item[0])[1]


def _whole(partial: Partial) -> tuple[int, int, int]:
    year, month, day = partial
    return year or 1, month or 1, day or 1
