"""Where a date stands in the head of a document: labelled, on a line of its own, in a stamp."""

import re
from dataclasses import dataclass, replace
from datetime import date

from watchwords.read.date_adoptions import is_adoption, join_adoption
from watchwords.read.date_asides import CLOCK, LIST_HEADING, OPENING, is_aside
from watchwords.read.date_events import MAX_BODY_AGE, is_paragraph
from watchwords.read.date_forms import DateForm, Partial
from watchwords.read.date_grammar import find_forms
from watchwords.read.date_labels import (
    ABOVE,
    BODY_LABEL,
    EVENT,
    LINE,
    OTHER,
    SIGNATURE,
    STAMP,
    find_label,
    label_forms,
    names_event,
)
from watchwords.read.date_mastheads import (
    BYLINE,
    PREPOSITION,
    heads_its_text,
    is_of_something_else,
    may_be_old,
    whole_words,
)
from watchwords.read.date_text import plain
from watchwords.read.date_years import find_issue, find_numbered, join_tile

MAX_LISTED, MAX_BARE, _LINES_TO_VENUE = 2, 60, 3
_STAMP = re.compile(
    r"\((?:[A-Z][A-Za-z. ]{1,30}|dpa|epa|afp|ap)\)\s*(?:-|–|—|:|$)|(?:Xinhua|CNS|AP|AFP|Reuters)\b"
    r"|/[A-Z][A-Za-z ]{2,30}/|(?:新华社|中新社|中新网|人民网|新华网|本报|本台|本网|央视网)"
    r"|[电讯訊電](?:[（(]|[　 ]|$|，)"
)
_DASH_AFTER = re.compile(r" ?(?:--|[–—]) ?[A-Z]")
_BRACKETED = re.compile(r"\((?:[A-Z][\w .'’-]{2,40}, )?")
_DATELINE = re.compile(r"[A-Z][A-Za-z .'’-]{2,40}, *$")
# What a line below the first paragraph must hold to give a date: a label's mark or a stamp's.
_WORTH = re.compile(r"[:】|/電电讯訊–—]|--|Xinhua")
_MONTH_LINE = re.compile(
    r"\W*(?:(?P<y>[12]\d{3}) ?[-/.] ?(?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])/(?P<y2>[12]\d{3}))"
    r"\W*$"
)
_ARTEFACT = re.compile(r"(?:\s*date \d{4}-\d{2}-\d{2} )+")
# Closed by a point or long, and yet no paragraph.
_LIKE_PARAGRAPH = re.compile(rf"{_ARTEFACT.pattern}|(?i:.{{,60}}\d ?[ap]\.m\.$)")
_TITLE_LABEL = re.compile(r"^\s*(?:Title|标题)\s*:\s*")
_BARE_LABEL = re.compile(
    r"(?i)\W*(?:published|posted|updated|last updated|for immediate release|date)"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）] ?(?:第 ?)?\d+ ?号")
_HAS_YEAR = re.compile(r"[12]\d\d\d|年")
_YEARS = re.compile(r"[12]\d{3} ?年")
_HAS_FIGURE = re.compile("[0-9年月]")


@dataclass(frozen=True)
class Found:
    """A dated place in the head, with its rank and role."""

    rank: int
    form: DateForm
    basis: str
    role: str
    words: str


@dataclass(frozen=True)
class Head:
    """The head of a document, told apart.

    Attributes
    ----------
    found : tuple of Found
        Dates by their place, in the order of the lines.
    title : str
        The first line that is not a date, a clock or a label.
    body : tuple of str
        The lines below it without date lines and asides.
    event : str
        The event that a label names, as EDTF, or "".
    """

    found: tuple[Found, ...]
    title: str
    body: tuple[str, ...]
    event: str = ""


@dataclass(frozen=True)
class Place:
    """Where a line stands: its language, title or body, and how 02/03/2021 is read."""

    lang: str = "en"
    date_order: str = ""
    is_title: bool = False
    in_body: bool = False
    today: date | None = None


def read_head(lines: list[str], place: Place) -> Head:
    """Tell the lines of a head apart: dates by their place, the title, the body.

    Parameters
    ----------
    lines : list of str
        The lines of the opening, made plain.
    place : Place
        Language, order of numeric dates, and the day of judgement, which a date above the title
        may show: a site clock.

    Returns
    -------
    Head
    """
    found: list[Found] = []
    title, body, event = "", list[str](), ""
    in_body, carried, numbered = False, "", False
    all_lines = join_adoption(join_tile(lines))
    for at, line in enumerate(all_lines):
        if in_body and not carried and len(line) > MAX_BARE and not _WORTH.search(line, 0, OPENING):
            continue
        if is_aside(line):
            if LIST_HEADING.match(line):
                break
            continue
        here = Place(place.lang, place.date_order, not title, in_body, place.today)
        dated = [] if not title and _is_clock(line, place) else _dated_places(carried + line, here)
        near = [*all_lines[max(0, at - 1) : at], *all_lines[at + 1 : at + 1 + _LINES_TO_VENUE]]
        dated = [_of_event(item, carried + line, near) for item in dated]
        numbered = numbered or _DOCUMENT_NUMBER.search(line) is not None
        found.extend(_below_number(item) if numbered else item for item in dated if item.rank >= 0)
        event = event or next((item.form.edtf for item in dated if item.rank == EVENT), "")
        carried = line.rstrip() + " " if _ends_in_label(line) else ""
        if carried or _is_all_date(line, dated, is_title=not title):
            continue
        rest = strip_artefact(line)
        rest = (rest if title else _TITLE_LABEL.sub("", rest, count=1)).strip()
        if title:
            body.append(rest)
        in_body = in_body or (bool(title) and is_paragraph(rest))
        title = title or rest
    if _is_list(lines, found):
        return Head(tuple(item for item in found if item.basis == "label"), title, ())
    return Head(tuple(found), title, tuple(body), event)


def _below_number(item: Found) -> Found:
    """Trust an unlabelled date below a document's number less: the day it was drawn up."""
    return replace(item, rank=SIGNATURE) if item.rank == LINE else item


def _of_event(item: Found, line: str, near: list[str]) -> Found:
    """Take a bare label of time for that of an event if it is numbered or a place is named."""
    if item.basis != "label" or item.role != "publication":
        return item
    rest = line[item.form.start :]
    is_event = names_event(line[: item.form.start], near, rest=rest)
    return replace(item, rank=EVENT, basis="", role="") if is_event else item


def strip_artefact(line: str) -> str:
    """Drop the opening " date 2022-08-23 " that some extractors leave before the title."""
    match = _ARTEFACT.match(line)
    return line[match.end() :] if match else line


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date (or a site clock) and nothing of a title."""
    line = plain(line)
    if CLOCK.match(line) and any(sign.isdigit() for sign in line):
        return True
    if _ARTEFACT.match(line):
        return not strip_artefact(line).strip()
    places = _dated_places(line, Place())
    return bool(places) and not _is_labelled_title(line, places)


def _is_clock(line: str, place: Place) -> bool:
    """Say whether a line above the title shows the day of reading."""
    if len(line) > 60 or place.today is None:
        return False
    lunar = "农历" in line or "農曆" in line
    forms = find_forms(line, lang=place.lang)
    today = (place.today.year, place.today.month, place.today.day)
    return any(form.first == today or (lunar and form.kind == "ymd") for form in forms) and not any(
        find_label(line[: form.start]) for form in forms
    )


def _is_list(lines: list[str], found: list[Found]) -> bool:
    """Say whether three dates or more stand beside titles: a page that lists others."""
    days = {item.form.first for item in found if item.rank in (LINE, ABOVE)}
    if len(days) > MAX_LISTED:
        return True
    days = set()
    bare = [
        line
        for line in lines
        if len(line) <= OPENING and line[-1] not in ".。!！" and _HAS_FIGURE.search(line)
    ]
    if len(bare) > MAX_LISTED:
        for line in bare:
            forms = [form for form in find_forms(line) if form.kind in {"ymd", "md"}]
            edges = [form for form in forms if _at_the_edge(line, form)]
            days.update(form.first for form in edges)
    return len(days) > MAX_LISTED


def _at_the_edge(line: str, form: DateForm) -> bool:
    """Say whether a date opens or closes a line that is a title of something."""
    left, right = line[: form.start].strip(" [(（【·•-*"), line[form.end :].strip(" ])）】")
    if (left and right) or PREPOSITION.search(line[: form.start]) or find_label(line[: form.start]):
        return False
    n_words, rest = whole_words(line, form)
    return n_words >= 2 and not BYLINE.search(rest)


def _is_all_date(line: str, here: list[Found], *, is_title: bool) -> bool:
    """Say whether a line gave its date and has nothing else to say."""
    if not here or _ARTEFACT.match(line) or all(item.rank == STAMP for item in here):
        return False
    return not (is_title and _is_labelled_title(line, here))


def _is_labelled_title(line: str, places: list[Found]) -> bool:
    """Say whether words of a title stand beside the labelled date: "Title (Updated: …)"."""
    start = min((place.form.start for place in places), default=0)
    if any(place.rank in (LINE, ABOVE) for place in places) and not find_issue(line):
        closing = line[max(0, start - 3) : start].rstrip().endswith(tuple("(（[【-–—|,"))
        if not closing:
            return False
    label = find_label(line[:start])
    left = re.split(r"[(（\[【|]", line[: label.start if label else start], maxsplit=1)[0]
    return len(re.findall(r"[A-Za-z]{2,}", left)) >= 3 or len(re.findall("[一-鿿]", left)) >= 6


def _dated_places(line: str, place: Place) -> list[Found]:
    running = place.in_body or (is_paragraph(line) and not _LIKE_PARAGRAPH.match(line))
    part = line[:OPENING] if running else line
    found: list[Found] = []
    if not _HAS_FIGURE.search(part):
        return []
    forms = find_forms(part, lang=place.lang, date_order=place.date_order)
    if ":" in part or "】" in part or "]" in part:
        forms = [*forms, *label_forms(part, running=running)]
    here = place if running == place.in_body else replace(place, in_body=running)
    for form in forms:
        item = _judge(part, form, here, is_body=place.in_body)
        if item is not None:
            found.append(item)
    return found or ([] if running else _year_places(part, place))


def _judge(line: str, form: DateForm, place: Place, *, is_body: bool) -> Found | None:
    """Judge one date by its place in the line; a rank below 0 is the date of something else."""
    words = line[form.start : form.end].strip()
    label = find_label(line[: form.start], running=place.in_body)
    if form.is_long or (label is not None and label.rank < 0):
        rank = OTHER if form.is_long or label is None else label.rank
        return Found(rank, form, "", "", words)
    if label is not None:
        rank = BODY_LABEL if is_body and label.rank < LINE else label.rank
        return Found(rank, form, "label", label.role, words)
    if not place.in_body and heads_its_text(line, form, is_title=place.is_title):
        if not _is_past(line, form, place):
            role = "publication" if form.last is None else "event"
            return Found(ABOVE if place.is_title else LINE, form, "date_line", role, words)
        passed_over = place.is_title or is_adoption(line)
        return None if passed_over else Found(OTHER, form, "", "", words)
    if _is_stamp(line, form):
        return Found(STAMP, form, "agency", "publication", words)
    return None


def _is_past(line: str, form: DateForm, place: Place) -> bool:
    """Say whether an unlabelled date among words is of a life, a building, or of long ago."""
    if whole_words(line, form)[0] == 0:
        return False
    if is_adoption(line):
        return len(_YEARS.findall(line)) > 1
    if is_of_something_else(line[: form.start], line[form.end :]):
        return True
    year = form.until[0]
    if place.today is None or year is None or year >= place.today.year - MAX_BODY_AGE:
        return False
    return not may_be_old(line, form)


def _year_places(line: str, place: Place) -> list[Found]:
    if not _HAS_YEAR.search(line):
        return []
    month = _MONTH_LINE.match(line)
    if month:
        parts: Partial = (int(month["y"] or month["y2"]), int(month["m"] or month["m2"]), None)
        form: DateForm | None = DateForm(0, len(line), parts)
    else:
        form = find_numbered(line)
    if form is None:
        return []
    rank = ABOVE if place.is_title else LINE
    return [Found(rank, form, "date_line", "publication", line[form.start : form.end].strip())]


def _is_stamp(line: str, form: DateForm) -> bool:
    if form.kind != "ymd":
        return False
    left, right = line[: form.start], line[form.end :]
    if _BRACKETED.fullmatch(left) and right.startswith(")"):
        return True
    if not left.strip() and _DASH_AFTER.match(right):
        return True
    if PREPOSITION.search(left[-24:]) and not re.search("[电讯訊電]", right[:2]):
        return False
    if _DATELINE.fullmatch(left) and re.match(r"\s*(?:\([^)]*\)|/[^/]*/)?\s*[-–—]{1,2}", right):
        return True
    return bool(_STAMP.search(right[:30]) or _STAMP.search(left[-30:]))


def _ends_in_label(line: str) -> bool:
    closed = line.rstrip()
    if len(closed) > 40 or not closed.endswith((":", "】", "d", "D", "n", "E", "e")):
        return False
    if not closed.endswith((":", "】")) and not _BARE_LABEL.fullmatch(closed):
        return False
    label = find_label(closed if closed.endswith((":", "】")) else closed + ": ")
    return label is not None and label.rank >= 0
