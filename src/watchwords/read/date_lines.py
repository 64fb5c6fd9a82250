"""Where a date stands in the head of a document: labelled, on a line of its own, in a stamp."""

import re
from dataclasses import dataclass, replace
from datetime import date

from watchwords.read.date_events import is_paragraph
from watchwords.read.date_forms import WEEKDAY, DateForm, Partial
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
)
from watchwords.read.date_text import plain
from watchwords.read.date_years import find_issue, find_numbered, join_tile

OPENING, MAX_LISTED, MAX_BARE = 200, 2, 60
_CLOCK = re.compile(
    r"(?i)\W*(?:today(?: is|:|,)|it is (?:now|\d)|now:|current (?:time|date)|local time|"
    r"beijing time|welcome\b|"
    r"今天是|今日是|今日 ?:|今天 ?:|现在是|当前时间|当前日期|北京时间 ?:|欢迎)"
)
_ASIDE_WORDS = re.compile(
    "℃|°c|cloudy|sunny|overcast|欢迎您|"
    "欢迎访问|欢迎光临|欢迎来到|欢迎进入|今天是|welcome to|设为首页|加入收藏|"
    "©|copyright|all rights reserved|icp no|icp备|icp证|备案号|版权所有"
)
_WEATHER = re.compile(r"(?:星期|周)[一二三四五六日天] +(?:晴|阴|多云|小雨)")
_ASIDE = re.compile(
    r"(?i)\W*(?:related\b|see also|read more|more (?:news|stories)|previous\b|next\b|recommended|"
    r"latest news|hot topics|links?\b|attachments?\b|copyright|all rights reserved|tel\b|fax\b|"
    r"phone\b|isbn|issn|doi\b|prev\b|"
    r"相关|上一篇|下一篇|上一条|下一条|上篇|下篇|延伸阅读|推荐阅读|友情链接|热点|附件|版权|备案|电话|传真|"
    r"扫一扫|责任编辑:?\s*$)"
)
LIST_HEADING = re.compile(
    r"(?i)\W*(?:(?:related|more|other|recommended|popular|recent|latest)"
    r" (?:stories|news|articles|links|reading|reports|posts|notices|content)|"
    r"recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"trending(?: now)?|most (?:read|viewed|popular)|don['’]t miss|what others read|"
    r"(?:相关|热点|最新|推荐|更多|近期|往期)(?:新闻|链接|阅读|报道|文章|信息|内容|资讯|回顾|推荐)|"
    r"延伸阅读|推荐阅读|猜你喜欢|大家都在看|热门(?:文章|新闻|推荐))\W*$"
)
_STAMP = re.compile(
    r"\((?:[A-Z][A-Za-z. ]{1,30})\)\s*(?:-|–|—|:|$)|(?:Xinhua|CNS|AP|AFP|Reuters)\b"
    r"|/[A-Z][A-Za-z ]{2,30}/|(?:新华社|中新社|中新网|人民网|新华网|本报|本台|本网|央视网)"
    r"|[电讯訊電](?:[（(]|[　 ]|$|，)"
)
_DATELINE = re.compile(r"[A-Z][A-Za-z .'’-]{2,40}, *$")
_PREPOSITION = re.compile(
    r"(?i)\b(?:on|of|in|at|since|from|by|until|till|to|before|after|between|dated|delivered|for|and)"
    r" *(?:the )?$|[自从于在至到]$"
)
# What a line below the first paragraph must hold to give a date: a label's mark or a stamp's.
_WORTH = re.compile(r"[:】|/電电讯訊–—]|--|Xinhua")
_NO_DATE_BEFORE = re.compile(
    r"(?i)(?:\b(?:version|ver|rev|build|isbn|issn|doi|ip|tel|fax|phone|no|nos|section|id)\b[.:]? ?|"
    r"[#$€£¥]|[一-鿿A-Za-z]{2,20} ?:) *$"
)
_MONTH_LINE = re.compile(
    r"\W*(?:(?P<y>[12]\d{3}) ?[-/.] ?(?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])/(?P<y2>[12]\d{3}))"
    r"\W*$"
)
_ARTEFACT = re.compile(r"(?:\s*date \d{4}-\d{2}-\d{2} )+")
_TITLE_LABEL = re.compile(r"^\s*(?:Title|标题)\s*:\s*")
_CLOCK_TIME = re.compile(
    r"T?\d{1,2}(?::\d{2}(?::\d{2})?(?:\.\d+)?|时\d{1,2}分(?:\d{1,2}秒)?)(?:\s*[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*(?:GMT|UTC|CST|BJT|EST|ET|Z)\b)?(?:\s*(?:GMT)?[+-]\d\d:?\d\d)?"
    r"(?:\s*\([A-Z][a-z]+ Standard Time\))?"
)
_BYLINE = re.compile(
    r"(?i)\b(?:source|editor|author|reporter|views?|hits|font size|clicks?|min(?:ute)?s? read|"
    r"edition|arxiv|comments?|share|print|page)\b|(?:^|[|·]) *(?:by|from)\b|^ *\|? *by [A-Z]"
    r"|来源|作者|编辑|记者|浏览|点击|字号|字体|责编|放大|缩小|默认|打印|阅读|版|〔\d{4}〕"
)
_ASIDE_OF_LINE = re.compile(r"(?:[|,，(（\[·:：>/]| {2}|[—–-])\s*$")
_OUTLET = re.compile(r"\s*(?:[A-Z][\w'.-]*\s+){1,4}|\s*[一-鿿]{2,10}(?:报|社|网|刊|台|在线)\s+")
_BARE_LABEL = re.compile(
    r"(?i)\W*(?:published|posted|updated|last updated|for immediate release|date)"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）] ?(?:第 ?)?\d+ ?号")
_HAS_YEAR = re.compile(r"[12]\d\d\d|年")
_HAS_FIGURE = re.compile("[0-9年月]")
_CITES = re.compile(
    r"(?i)\b(?:anniversary|founded|founding|born|study|studies|studying|learning|commemorat\w+|"
    r"remember\w*|history)\b|周年|学习|贯彻|诞生|纪念"
)


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
    for line in join_tile(lines):
        if in_body and not carried and len(line) > MAX_BARE and not _WORTH.search(line, 0, OPENING):
            continue
        if is_aside(line):
            if LIST_HEADING.match(line):
                break
            continue
        here = Place(place.lang, place.date_order, not title, in_body)
        dated = [] if not title and _is_clock(line, place) else _dated_places(carried + line, here)
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


def strip_artefact(line: str) -> str:
    """Drop the opening " date 2022-08-23 " that some extractors leave before the title."""
    match = _ARTEFACT.match(line)
    return line[match.end() :] if match else line


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date (or a site clock) and nothing of a title."""
    line = plain(line)
    if _CLOCK.match(line) and any(sign.isdigit() for sign in line):
        return True
    if _ARTEFACT.match(line):
        return not strip_artefact(line).strip()
    places = _dated_places(line, Place())
    return bool(places) and not _is_labelled_title(line, places)


def whole_words(line: str, form: DateForm) -> tuple[int, str]:
    """Count the words of a line beside a date and its time of day, and give what is left."""
    rest = _CLOCK_TIME.sub(" ", line[: form.start] + " | " + line[form.end :])
    rest = WEEKDAY.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    return sum(len(word) if word[0] >= "㐀" else 1 for word in words), rest


def is_aside(line: str) -> bool:
    """Say whether a line is no part of the text: a site clock, a link, rights, a telephone."""
    opening = line[:OPENING].lower()
    if len(line) <= OPENING and _ASIDE_WORDS.search(opening):
        return True
    if "周" in opening or "星期" in opening:
        return _WEATHER.search(opening) is not None or _CLOCK.match(opening) is not None
    return bool(_ASIDE.match(opening) or _CLOCK.match(opening) or LIST_HEADING.match(opening))


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
    if (
        (left and right)
        or _PREPOSITION.search(line[: form.start])
        or find_label(line[: form.start])
    ):
        return False
    n_words, rest = whole_words(line, form)
    return n_words >= 2 and not _BYLINE.search(rest)


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
    running = place.in_body or (is_paragraph(line) and not _ARTEFACT.match(line))
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
    if form.is_long:
        return Found(OTHER, form, "", "", words)
    if label is not None:
        if label.rank < 0:
            return Found(label.rank, form, "", "", words)
        rank = BODY_LABEL if is_body and label.rank < LINE else label.rank
        return Found(rank, form, "label", label.role, words)
    if _is_date_line(line, form, place):
        role = "publication" if form.last is None else "event"
        return Found(ABOVE if place.is_title else LINE, form, "date_line", role, words)
    if _is_stamp(line, form):
        return Found(STAMP, form, "agency", "publication", words)
    return None


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


def _is_date_line(line: str, form: DateForm, place: Place) -> bool:
    left, right = line[: form.start], line[form.end :]
    near = left[-24:]
    if place.in_body or form.kind == "d":
        return False
    if _PREPOSITION.search(near) or _NO_DATE_BEFORE.search(near):
        return False
    n_words, rest = whole_words(line, form)
    if n_words == 0 or form.first[0] is None:
        return n_words == 0
    if place.is_title and not (_BYLINE.search(rest) and n_words <= 8):
        return _closes_title(line, form)
    if _BYLINE.search(rest):
        return n_words <= 16
    aside = not left.strip(" ([（【") or _OUTLET.fullmatch(left) or _ASIDE_OF_LINE.search(left)
    return bool(aside) and n_words <= 6 and _looks_like_a_masthead(left, right)


def _closes_title(line: str, form: DateForm) -> bool:
    """Accept a complete date in brackets, or set off, at the end of a title."""
    if form.kind != "ymd" or _CITES.search(line):
        return False
    left, right = line[: form.start], _CLOCK_TIME.sub("", line[form.end :]).strip()
    if left.rstrip().endswith(("(", "（", "[", "【")):
        return right in {")", "）", "]", "】"}
    return not right and bool(re.search(r"(?: [-–—|]| —|[,，]|\|) *$", left))


def _looks_like_a_masthead(left: str, right: str) -> bool:
    if re.match(r"\W*[,，]? *(?:(?:the|a|an|he|she|it|we)\b|市|省|全|召开|在|于|起)", right):
        return False
    return not re.match(r"\s*(?:on|in|at|as|since|from|by)\b", left, re.I)


def _is_stamp(line: str, form: DateForm) -> bool:
    if form.kind != "ymd":
        return False
    left, right = line[: form.start], line[form.end :]
    if _PREPOSITION.search(left[-24:]) and not re.search("[电讯訊電]", right[:2]):
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
