"""Where a date stands in the head of a document: labelled, on a line of its own, in a stamp."""

import re
from dataclasses import dataclass

from watchwords.read.date_events import is_paragraph
from watchwords.read.date_forms import DateForm, find_forms, settle, strip_weekdays

FIRST, LABEL, LINE, STAMP, UPDATE = 0, 1, 2, 3, 4
"""Ranks of trust; addresses, file names, folders and the body come after."""

_SEP = r"(?:^|[\s|(（\[【,，;；·•\-–—])"
_TAIL = r"\s*(?:(?:on|at)\b)?\s*[:：|]?\s*(?:\d{1,2}:\d\d(?::\d\d)?,?\s*)?$"
_FIRST_LABEL = re.compile(
    rf"(?i){_SEP}(?:first (?:published|posted)|originally published|首次发布(?:时间|日期)?)"
    rf"(?: on)?{_TAIL}"
)
_LABEL = re.compile(
    rf"(?i){_SEP}(?:date|time|published|publish(?:ed|ing)? (?:time|date|on)|posted|"
    r"post(?:ed|ing)? (?:time|date)|released?|released? (?:time|date)|publication (?:date|time)|"
    r"date of (?:publication|issue|release)|date published|issued|issued? date|issuing date|"
    r"pubdate|dateline|(?:发布|发稿|发表|刊发|成文|發布|發佈)(?:时间|日期|時間)|"
    r"(?:公开|公布|发文|印发|生成)日期|发布于|日期|时间|時間)"
    rf"(?: on)?{_TAIL}"
)
_UPDATE_LABEL = re.compile(
    rf"(?i){_SEP}(?:(?:last |latest )?(?:updated?|modified|revised)(?: (?:on|at|time|date))?|"
    rf"update time|更新时间|更新日期|更新于|修改时间|最后更新(?:时间)?|更新時間){_TAIL}"
)
_OTHER_LABEL = re.compile(
    r"(?i)(?:(?:meeting|event|start|starting|end|closing|opening|hearing|interview|effective|expiry|"
    r"due|birth|current|visit|access|print|crawl|download|deadline|application) ?(?:time|date)|"
    r"deadline|retrieved|accessed|crawled|downloaded|printed|archived|captured|expires|effective|"
    r"会议(?:时间|日期)|活动时间|开始时间|结束时间|截止(?:时间|日期)|访问时间|抓取时间|打印(?:时间|日期)|"
    r"实施日期|施行日期|生效日期|废止日期|有效期至?|当前时间|下载时间|采集时间)"
    rf"(?: (?:on|from|by))?{_TAIL}"
)
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
_EIGHT = re.compile(r"^\s*(?P<y>[12]\d{3})(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_LABEL_MD = re.compile(r"^\s*(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![-/.\d])")
_LABEL_MONTH = re.compile(r"^\s*(?P<y>[12]\d{3})[-/.年](?P<m>0?[1-9]|1[0-2])月?(?![-/.\d])")
_LABEL_YEAR = re.compile(r"^\s*(?P<y>[12]\d{3})(?![-/.\d])年?\s*$")
_ARTEFACT = re.compile(r"^(?:\s*date \d{4}-\d{2}-\d{2} )+")
_CLOCK_TIME = re.compile(
    r"T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:GMT|UTC|CST|Z\b))?"
    r"(?:\s*[+-]\d\d:?\d\d)?"
)
_BYLINE = re.compile(
    r"(?i)\b(?:source|editor|author|by|reporter|views?|hits|font size|from|clicks?)\b"
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
    line: int


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


def read_head(head: str, *, lang: str = "en") -> Head:
    """Tell the lines of a head apart: dates by their place, the title, the body.

    Parameters
    ----------
    head : str
        The opening of a text, full-width digits already made half-width.
    lang : str, default "en"
        Language, as for `find_forms`.

    Returns
    -------
    Head
    """
    found: list[Found] = []
    title, body = "", list[str]()
    in_body, carried = False, ""
    for number, line in enumerate(head.split("\n")):
        if _ASIDE_LIST.search(line):
            break
        if not line.strip() or _CLOCK.search(line) or _ASIDE.search(line):
            continue
        artefact = _ARTEFACT.match(line)
        here = _dated_places(carried + line, number, lang=lang, is_title=not title, in_body=in_body)
        found.extend(here)
        carried = line.rstrip() + " " if _ends_in_label(line) else ""
        rest = _ARTEFACT.sub("", line)
        if carried or (
            any(place.rank != STAMP for place in here)
            and not artefact
            and not (not title and _is_labelled_title(line, here))
        ):
            continue
        rest = re.sub(r"^\s*(?:Title|标题)\s*[:：]\s*", "", rest).strip()
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
    places = _dated_places(line, 0, lang="en", is_title=False, in_body=False)
    return bool(places) and not _is_labelled_title(line, places)


def _is_labelled_title(line: str, places: list[Found]) -> bool:
    """Say whether words of a title stand beside the labelled date: "Title (Updated: …)"."""
    start = min((place.form.start for place in places), default=0)
    if any(place.rank == LINE for place in places) and not _ISSUE_YEAR.search(line):
        return False
    left = re.split(r"[(（|]", line[:start], maxsplit=1)[0]
    left = re.sub(
        rf"(?:{_LABEL.pattern})|(?:{_UPDATE_LABEL.pattern})".replace("(?i)", ""), " ", left
    )
    return len(re.findall(r"[A-Za-z]{2,}", left)) >= 3 or len(re.findall("[一-鿿]", left)) >= 6


def _dated_places(
    line: str, number: int, *, lang: str, is_title: bool, in_body: bool
) -> list[Found]:
    found: list[Found] = []
    for form in [*find_forms(line, lang=lang), *_label_forms(line)]:
        left = line[: form.start]
        place = _labelled(left)
        if place is not None:
            rank, basis, role = place
        elif _OTHER_LABEL.search(left) or form.first[0] is None:
            continue
        elif _is_date_line(line, form, is_title=is_title, in_body=in_body):
            rank, basis, role = LINE, "date_line", "publication"
        elif _is_stamp(line, form):
            rank, basis, role = STAMP, "agency", "publication"
        else:
            continue
        words = line[form.start : form.end].strip()
        found.append(Found(rank, form, basis, role, words, number))
    return found or _year_places(line, number)


def _labelled(left: str) -> tuple[int, str, str] | None:
    if _OTHER_LABEL.search(left):
        return None
    if _FIRST_LABEL.search(left):
        return FIRST, "label", "publication"
    if _UPDATE_LABEL.search(left):
        return UPDATE, "label", "updated"
    if _LABEL.search(left):
        return LABEL, "label", "publication"
    return None


def _label_forms(line: str) -> list[DateForm]:
    """Read after a label what is no date elsewhere: 20210203, 02-03, 2021-02, 2021."""
    forms = []
    for match in re.finditer(r"[:：]\s*|(?i:\b(?:date|published|updated|posted))\s+", line):
        rest, at = line[match.end() :], match.end()
        if _labelled(line[:at]) is None:
            continue
        for pattern in (_EIGHT, _LABEL_MD, _LABEL_MONTH, _LABEL_YEAR):
            hit = pattern.match(rest)
            if hit is None:
                continue
            part = {key: int(value) for key, value in hit.groupdict().items()}
            form = settle(
                DateForm(at, at + hit.end(), (part.get("y"), part.get("m"), part.get("d")))
            )
            if form is not None:
                forms.append(form)
            break
    return forms


def _year_places(line: str, number: int) -> list[Found]:
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
    return [Found(LINE, form, "date_line", "publication", words, number)]


def _is_date_line(line: str, form: DateForm, *, is_title: bool, in_body: bool) -> bool:
    left, right = line[: form.start], line[form.end :]
    if _PREPOSITION.search(left):
        return False
    rest = strip_weekdays(_CLOCK_TIME.sub(" ", left + " | " + right))
    words = re.findall(r"[^\W\d_]+", rest)
    n_words = sum(len(word) if re.match("[㐀-鿿]", word) else 1 for word in words)
    if n_words == 0:
        return True
    if is_title:
        return _closes_title(line, form)
    if in_body or is_paragraph(line):
        return False
    if _BYLINE.search(rest):
        return n_words <= 24
    aside = not left.strip() or bool(re.search(r"(?:[|,，(（·:：>]| {2}|—|–)\s*$", left))
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
    return line.rstrip().endswith((":", "：")) and _labelled(line.rstrip()) is not None
