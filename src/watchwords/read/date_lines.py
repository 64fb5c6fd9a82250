"""Where a date stands in the head of a document: labelled, on a line of its own, in a stamp."""

import re
from dataclasses import dataclass, replace

from watchwords.read.date_events import is_paragraph
from watchwords.read.date_forms import DateForm, find_forms, strip_weekdays
from watchwords.read.date_labels import BODY_LABEL, LABEL, LINE, STAMP, find_label, label_forms

OPENING = 200
SIGNATURE_LINES = 3
_CLOCK = re.compile(
    r"(?i)^\W*(?:today(?: is|:|,)|it is now|now:|current (?:time|date)|local time|welcome\b.*today|"
    r"今天是|今日是|现在是|当前时间|北京时间[:：]|欢迎.*今天是)"
    r"|(?:\d ?℃|℃|°C\b)|\b(?:Cloudy|Sunny|Overcast)\b"
    r"|(?:星期|周)[一二三四五六日天] +(?:晴|阴|多云|小雨)"
)
_ASIDE = re.compile(
    r"(?i)^\W*(?:related\b|see also|read more|more (?:news|stories)|previous\b|next\b|recommended|"
    r"latest news|hot topics|links?\b|attachments?\b|copyright|©|all rights reserved|tel\b|fax\b|"
    r"相关|上一篇|下一篇|上一条|下一条|延伸阅读|推荐阅读|友情链接|热点|附件|版权|备案|电话|传真|"
    r"扫一扫|责任编辑[:：]?\s*$)"
    r"|\bICP\b|©|copyright|all rights reserved|版权所有|备案号"
)
_ASIDE_LIST = re.compile(
    r"(?i)^\W*(?:related (?:stories|news|articles|links|reading|reports)|more news|recommended|"
    r"latest news|相关(?:新闻|链接|阅读|报道|文章)|延伸阅读|推荐阅读)\W*$"
)
_STAMP = re.compile(
    r"\((?:[A-Z][A-Za-z. ]{1,30})\)\s*(?:-|–|—|:|$)|(?:Xinhua|CNS|AP|AFP|Reuters)\b"
    r"|(?:新华社|中新社|中新网|人民网|新华网|本报|本台|本网|央视网)|[电讯訊電](?:[（(]|[　 ]|$|，)"
)
_DATELINE = re.compile(r"^[A-Z][A-Za-z .'’-]{2,40}, *$")
_PREPOSITION = re.compile(
    r"(?i)\b(?:on|of|in|at|since|from|by|until|till|to|before|after|between|dated|delivered|for|and)"
    r" *(?:the )?$|[自从于在至到]$"
)
_ISSUE_YEAR = re.compile(
    r"(?i)\b(?:vol(?:ume)?|no|issue|iss|number)\b\.? ?\d+[^\d]{1,12}(?:no\.? ?\d+[^\d]{1,6})?"
    r"[(（]?(?P<a>[12]\d{3})(?!\d)[)）]?|(?P<b>[12]\d{3})年第\d+期|"
    r"(?P<c>[12]\d{3}),? (?:no|issue|vol)\.? ?\d+"
)
_YEAR_LINE = re.compile(r"^\W*(?P<y>[12]\d{3})\W*(?:年)?\W*$")
_NUMERIC_MONTH = re.compile(r"^\W*(?P<y>[12]\d{3})[-/.](?P<m>0[1-9]|1[0-2])\W*$")
_ARTEFACT = re.compile(r"^(?:\s*date \d{4}-\d{2}-\d{2} )+")
_CLOCK_TIME = re.compile(
    r"T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:GMT|UTC|CST|Z\b))?"
    r"(?:\s*[+-]\d\d:?\d\d)?"
)
_BYLINE = re.compile(
    r"(?i)\b(?:source|editor|author|reporter|views?|hits|font size|clicks?)\b"
    r"|(?:^|[|·]) *(?:by|from)\b"
    r"|来源|作者|编辑|记者|浏览次数|点击|字号|字体|责编|放大|缩小|默认|打印|阅读|第\d+版|版"
)


@dataclass(frozen=True)
class Found:
    """A dated place in the head, with its rank and role."""

    rank: int
    form: DateForm
    basis: str
    role: str
    words: str
    line: int = 0


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
    """

    found: tuple[Found, ...]
    title: str
    body: tuple[str, ...]


def read_head(head: str, *, lang: str = "en", complete: bool = True) -> Head:
    """Tell the lines of a head apart: dates by their place, the title, the body.

    Parameters
    ----------
    head : str
        The opening of a text, full-width digits already made half-width.
    lang : str, default "en"
        Language, as for `find_forms`.
    complete : bool, default True
        The head is the whole text: a date line among its last lines is a signature.

    Returns
    -------
    Head
    """
    found: list[Found] = []
    title, body = "", list[str]()
    in_body, carried = False, ""
    lines = [line for line in head.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        opening = line[:OPENING]
        if _ASIDE_LIST.search(opening):
            break
        if _CLOCK.search(opening) or _ASIDE.search(opening):
            continue
        signs = complete and number >= len(lines) - SIGNATURE_LINES
        place = _Place(lang, not title, in_body, signs)
        here = [replace(item, line=number) for item in _dated_places(carried + line, place)]
        found.extend(here)
        carried = line.rstrip() + " " if _ends_in_label(line) else ""
        if carried or _is_all_date(line, here, is_title=not title):
            continue
        rest = re.sub(r"^\s*(?:Title|标题)\s*[:：]\s*", "", _ARTEFACT.sub("", line)).strip()
        if title:
            body.append(rest)
        in_body = in_body or (bool(title) and is_paragraph(rest))
        title = title or rest
    return Head(tuple(found), title, tuple(body))


def strip_artefact(line: str) -> str:
    """Drop the opening " date 2022-08-23 " that some extractors leave before the title."""
    return _ARTEFACT.sub("", line)


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date (or a site clock) and nothing of a title."""
    if _CLOCK.search(line):
        return True
    if _ARTEFACT.match(line):
        return not strip_artefact(line).strip()
    places = _dated_places(line, _Place("en", False, False, False))
    return bool(places) and not _is_labelled_title(line, places)


@dataclass(frozen=True)
class _Place:
    """Where a line stands: its language, title or body, among the last lines of the text."""

    lang: str
    is_title: bool
    in_body: bool
    signs: bool


def _is_all_date(line: str, here: list[Found], *, is_title: bool) -> bool:
    """Say whether a line gave its date and has nothing else to say."""
    if _ARTEFACT.match(line) or all(item.rank == STAMP for item in here):
        return False
    return not (is_title and _is_labelled_title(line, here))


def _is_labelled_title(line: str, places: list[Found]) -> bool:
    """Say whether words of a title stand beside the labelled date: "Title (Updated: …)"."""
    start = min((place.form.start for place in places), default=0)
    if any(place.rank == LINE for place in places) and not _ISSUE_YEAR.search(line):
        return False
    label = find_label(line[:start])
    left = re.split(r"[(（|]", line[: label.start if label else start], maxsplit=1)[0]
    return len(re.findall(r"[A-Za-z]{2,}", left)) >= 3 or len(re.findall("[一-鿿]", left)) >= 6


def _dated_places(line: str, place: _Place) -> list[Found]:
    running = place.in_body or is_paragraph(line)
    part = line[:OPENING] if running else line
    found: list[Found] = []
    forms = [*find_forms(part, lang=place.lang), *label_forms(part, running=running)]
    for form in forms:
        words = part[form.start : form.end].strip()
        label = find_label(part[: form.start], running=running)
        if label is not None:
            rank = BODY_LABEL if place.in_body and label.rank == LABEL else label.rank
            found.extend([Found(rank, form, "label", label.role, words)] if rank >= 0 else [])
        elif form.first[0] is None:
            continue
        elif _is_date_line(part, form, place):
            found.append(Found(LINE, form, "date_line", "publication", words))
        elif _is_stamp(part, form):
            found.append(Found(STAMP, form, "agency", "publication", words))
    return found or ([] if running else _year_places(part))


def _year_places(line: str) -> list[Found]:
    issue = _ISSUE_YEAR.search(line)
    year = _YEAR_LINE.match(line)
    month = _NUMERIC_MONTH.match(line)
    if month:
        parts = (int(month["y"]), int(month["m"]), None)
        form = DateForm(month.start("y"), month.end("m"), parts)
    elif year:
        form = DateForm(year.start("y"), year.end("y"), (int(year["y"]), None, None))
    elif issue:
        text = issue["a"] or issue["b"] or issue["c"]
        start = issue.start() + issue.group().index(text)
        form = DateForm(start, start + 4, (int(text), None, None))
    else:
        return []
    words = line[form.start : form.end]
    return [Found(LINE, form, "date_line", "publication", words)]


def _is_date_line(line: str, form: DateForm, place: _Place) -> bool:
    left, right = line[: form.start], line[form.end :]
    if _PREPOSITION.search(left):
        return False
    rest = strip_weekdays(_CLOCK_TIME.sub(" ", left + " | " + right))
    words = re.findall(r"[^\W\d_]+", rest)
    n_words = sum(len(word) if re.match("[㐀-鿿]", word) else 1 for word in words)
    if n_words == 0:
        return place.signs or not place.in_body
    if place.is_title:
        return _closes_title(line, form)
    if place.in_body or is_paragraph(line):
        return False
    if _BYLINE.search(rest):
        return n_words <= 16
    outlet = re.fullmatch(r"\s*(?:[A-Z][\w'.-]*\s+){1,4}", left) is not None
    aside = outlet or not left.strip() or bool(re.search(r"(?:[|,，(（·:：>]| {2}|—|–)\s*$", left))
    return aside and n_words <= 6 and _looks_like_a_masthead(left, right)


def _closes_title(line: str, form: DateForm) -> bool:
    """Accept a complete date in brackets at the end of a title."""
    inside = line[: form.start].rstrip().endswith(("(", "（"))
    return inside and form.kind == "ymd" and bool(re.match(r"\s*[)）]\s*$", line[form.end :]))


def _looks_like_a_masthead(left: str, right: str) -> bool:
    if re.search(r"^[^\w]*[,，]? *(?:the|a|an|he|she|it|we|市|省|全|召开)", right):
        return False
    return not re.match(r"\s*(?:on|in|at|as|since|from|by)\b", left, re.I)


def _is_stamp(line: str, form: DateForm) -> bool:
    if form.kind != "ymd":
        return False
    left, right = line[: form.start], line[form.end :]
    near = left[-30:] + "\0" + right[:30]
    if _PREPOSITION.search(left) and not re.search("[电讯訊電]", right[:2]):
        return False
    if _DATELINE.match(left) and re.match(r"\s*(?:\([^)]*\))?\s*[-–—]{1,2}", right):
        return True
    return bool(_STAMP.search(near.split("\0")[1]) or _STAMP.search(left[-30:]))


def _ends_in_label(line: str) -> bool:
    label = find_label(line.rstrip()) if line.rstrip().endswith((":", "：")) else None
    return label is not None and label.rank >= 0
