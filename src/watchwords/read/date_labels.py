"""Labels before a date: posted, first published, updated, or of something else."""

import re
from dataclasses import dataclass

from watchwords.read.date_forms import DateForm, settle

FIRST, LABEL, LINE, STAMP, BODY_LABEL, UPDATE = 0, 1, 2, 3, 4, 5
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
_EIGHT = re.compile(r"^\s*(?P<y>[12]\d{3})(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_LABEL_MD = re.compile(r"^\s*(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![-/.\d])")
_LABEL_MONTH = re.compile(r"^\s*(?P<y>[12]\d{3})[-/.年](?P<m>0?[1-9]|1[0-2])月?(?![-/.\d])")
_LABEL_YEAR = re.compile(r"^\s*(?P<y>[12]\d{3})(?![-/.\d])年?\s*$")


_KINDS = (
    (FIRST, "publication", _FIRST_LABEL),
    (UPDATE, "updated", _UPDATE_LABEL),
    (LABEL, "publication", _LABEL),
)


@dataclass(frozen=True)
class Label:
    """A label at the end of what stands before a date.

    Attributes
    ----------
    rank : int
        FIRST, LABEL, UPDATE, or -1 for a label of something else.
    role : str
        "publication" or "updated".
    start : int
        Where it begins.
    """

    rank: int
    role: str
    start: int


def find_label(left: str, *, running: bool = False) -> Label | None:
    """Find the label that ends where a date begins.

    Without a colon it counts only at the start of the line or behind a bar, a bracket or two
    blanks; in running text only at the start of the line, or with a colon: "under date of" and
    "the law published on" are no labels.

    Parameters
    ----------
    left : str
        The line up to the date.
    running : bool, default False
        The line is a paragraph, or stands below one.

    Returns
    -------
    Label or None

    Examples
    --------
    >>> find_label("Posted on: ")
    Label(rank=1, role='publication', start=0)
    >>> find_label("they wrote under date ", running=True) is None
    True
    """
    if _OTHER_LABEL.search(left):
        return Label(-1, "", 0)
    for rank, role, pattern in _KINDS:
        match = pattern.search(left)
        if match is None:
            continue
        opens = not left[: match.start()].strip()
        colon = re.search("[:：]", match.group()) is not None
        strong = match.group()[:1] in "|(（[【·•" or left[: match.start() + 1].endswith("  ")
        if colon or opens or (strong and not running):
            return Label(rank, role, match.start())
    return None


def label_forms(line: str, *, running: bool = False) -> list[DateForm]:
    """Read after a label what is no date elsewhere: 20210203, 02-03, 2021-02, 2021."""
    forms = []
    for match in re.finditer(r"[:：]\s*|(?i:\b(?:date|published|updated|posted))\s+", line):
        rest, at = line[match.end() :], match.end()
        label = find_label(line[:at], running=running)
        if label is None or label.rank < 0:
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
