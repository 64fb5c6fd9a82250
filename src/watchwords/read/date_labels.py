"""Labels before a date: posted, first published, updated, or of something else.

A label is known by its words, not by a list of labels: the words that stand before the colon
are looked up from the right, as long as they are words of labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watchwords.read.date_forms import DateForm, settle

FIRST, LABEL, DOCUMENT, LINE, ABOVE, STAMP, BODY_LABEL, UPDATE, SIGNATURE = range(9)
OTHER, EVENT = -1, -2
"""Ranks of trust, and labels of no posting; addresses, names, folders and body come after."""

_POSTING = (
    "published publish publishing publication posted post posting pub released release releasing "
    "issued issue issuing uploaded upload created create creation added entered entry submitted "
    "pubdate dateline announced announcement filed online sent inserted"
)
_DOCUMENT = (
    "dated decided judgment judgement decision delivered written writing signed document given "
    "printing draft"
)
_UPDATE = "updated update updating modified modification revised revision edited change changed"
_OTHER = (
    "start starting begin beginning end ending close closing open opening hearing "
    "heard argued interview effective expiry expires expiration due birth born current visit "
    "visited access accessed print printed crawl crawled download downloaded retrieved captured "
    "archived deadline application received accepted validity valid completion completed "
    "registration system server local now embargoed embargo founded established exam bid until "
    "checked viewed reviewed implementation"
)
_EVENT = "meeting event conference forum activity session"
_SMALL = (
    "available story post content website site statement page was article document item version "
    "this date time day year month of the on at by and in for immediate news first last "
    "latest originally"
)
_KIND_OF = {
    word: kind
    for kind, words in [
        ("other", _OTHER),
        ("event", _EVENT),
        ("small", _SMALL),
        ("update", _UPDATE),
        ("document", _DOCUMENT),
        ("posting", _POSTING),
    ]
    for word in words.split()
}
_NAMES_TIME = frozenset({"date", "time", "dateline"})

_ZH_KINDS = (
    ("first", re.compile("首次发布|首发|首次發佈|首次發布")),
    ("event", re.compile("会议|會議|活[动動]|[举舉][办辦行]|论坛|論壇")),
    (
        "other",
        re.compile(
            "开始|开幕|结束|截[止至]|访问|訪問|抓取|打印|实施|施行|生效|废止|失效|有效|当前|"
            "當前|下载|采集|出生|成立|开工|竣工|完工|到期|"
            "開始|開幕|結束|實施|生效|廢止|開放|報名|考試|點擊|瀏覽|閱讀|截稿|開庭|採集|下載|"
            "报名|考试|开标|投标|今日|今天|系统|北京时间|"
            "任职|开庭|立案|受理|申请|拍摄|执行|开放|演出|面试|缴费|公示|次数|人次|点击|浏览|阅读"
        ),
    ),
    ("update", re.compile("更新|修改|修[订訂正]|最[后後][编編][辑輯]")),
    (
        "posting",
        re.compile(
            "发布|发稿|发表|出版|刊发|刊登|公开|公布|上传|添加|录入|创建|登载|上网|提交|發[布佈表稿]|生成|"
            "公佈|公開|上傳|張貼|张贴|新增|建立|刊登|登載|建檔|上版"
        ),
    ),
    (
        "document",
        re.compile("成文|印[发發]|[发發]文|[签簽][发發]|落款|裁判|判[决決]|宣判|撰写|制定"),
    ),
    ("posting", re.compile("^(?:(?:文章|新闻|信息|稿件|公告)?(?:日期|时间|時間))$")),
)
_ZH_LABEL = re.compile(
    r"(?P<label>[一-鿿](?: {0,2}[一-鿿]){1,7})"
    r"(?:(?P<close> ?[】〗\]］）)]? ?: ?)| ?[】〗\]］]:? ?|(?<=[于期间間]) {0,2})$"
)
# A label of time and nothing else, a list number before it, and a line that names a place.
_BARE_TIME = re.compile(
    r"(?:(?<![一-鿿A-Za-z])(?:[时時] {0,2}[间間]|日 {0,2}期)"
    r"|(?i:(?<![A-Za-z] )\b(?:date|time|day)(?: (?:and|&) (?:time|date))?))\s*[:】〗|\]]"
)
_ITEM = (
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.)）]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)
_LIST_NUMBER = re.compile(rf"(?:^|\s){_ITEM}\s*$")
_VENUE = re.compile(
    rf"(?:^|\s)\W*(?:{_ITEM}\s*)?(?:[一-鿿]{{0,4}}地 {{0,2}}[点點址]\s*(?:[:：】〗|\]]|\s|$)"
    r"|(?i:(?:venue|where|place|location|address)\s*(?:[:|]|$)))"
)
_WORD = re.compile(r"[A-Za-z]+")
_CLOSE = re.compile(r" ?[\])]? ?[:|] ?| [-–—] |[\])] ?| {0,2}")
_BY = re.compile(r"(?i)\b(?P<label>[a-z]+) by \w[\w .]{1,40}?\b(?:on|at|[|,]) $")
_CLOCK_AT_END = re.compile(
    r"(?i)(?:(?:at )?\d{1,2}:\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?,? ?(?:[A-Z]{2,4},? )?(?:on )?)$"
)
_DAY_AT_END = re.compile(
    r"(?i)(?:\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,? |"
    r"\b(?:mon|tue|wed|thu|fri|sat|sun),? |"
    r"\(?(?:this|the) )$"
)
_STRONG = re.compile(r"[|(（\[【·•;；/,，—–<]\s*$|  $|\)\s*$")
_EIGHT = re.compile(r"\s*(?P<y>(?:1[89]|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_MONTH_DAY = re.compile(r"\s*(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![-/.\d])")
_YEAR_MONTH = re.compile(r"\s*(?P<y>[12]\d{3})[-/.年](?P<m>0?[1-9]|1[0-2])月?(?![-/.\d])")
_ONLY_YEAR = re.compile(r"\s*(?P<y>1[5-9]\d\d|2[01]\d\d)(?![-/.\d])年?\s*$")
_AFTER_LABEL = re.compile(r"[:】\]]\s*(?=\d)|(?i:\b(?:date|published|updated|posted))\s+(?=\d)")


@dataclass(frozen=True)
class Label:
    """A label at the end of what stands before a date.

    Attributes
    ----------
    rank : int
        FIRST, LABEL, DOCUMENT, UPDATE, or EVENT or OTHER (below 0) for a label of something else.
    role : str
        "publication" or "updated"; "" for something else.
    start : int
        Where it begins.
    """

    rank: int
    role: str
    start: int


_LABELS = {
    "first": (FIRST, "publication"),
    "posting": (LABEL, "publication"),
    "document": (DOCUMENT, "publication"),
    "update": (UPDATE, "updated"),
    "other": (OTHER, ""),
    "event": (EVENT, ""),
}


def find_label(left: str, *, running: bool = False) -> Label | None:
    """Find the label that ends where a date begins.

    Without a colon it counts only at the start of the line or behind a bar, a bracket or two
    blanks; in running text only with a colon: "under date of" and "the law published on" are no
    labels.

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
    >>> find_label("Meeting time: ")
    Label(rank=-2, role='', start=0)
    >>> find_label("they wrote under date ", running=True) is None
    True
    """
    if running and not any(sign in left[-24:] for sign in ":】]|"):
        return None
    rest = left[-80:]
    cut = len(left) - len(rest)
    rest = _before_clock(rest)
    named = _chinese(rest, running=running) or _english(rest, running=running)
    if named is None:
        return None
    kind, start = named
    rank, role = _LABELS[kind]
    return Label(rank, role, cut + start)


def label_forms(line: str, *, running: bool = False) -> list[DateForm]:
    """Read after a label what is no date elsewhere: 20210203, 02-03, 2021-02, 2021."""
    forms = []
    for match in _AFTER_LABEL.finditer(line):
        at = match.end()
        label = find_label(line[:at], running=running)
        if label is None or label.rank < 0:
            continue
        for pattern in (_EIGHT, _MONTH_DAY, _YEAR_MONTH, _ONLY_YEAR):
            form = _figures(pattern, line, at)
            if form is not None:
                forms.append(form)
                break
    return forms


def names_event(before: str, near: Sequence[str], *, rest: str = "") -> bool:
    """Say whether a bare label of time is that of an event: numbered, or with a place nearby.

    Parameters
    ----------
    before : str
        The line up to the date.
    near : sequence of str
        The lines around it.
    rest : str, default ""
        The line from the date on.

    Returns
    -------
    bool

    Examples
    --------
    >>> names_event("Date: ", ["Time: 7 pm", "Venue: City Hall"])
    True
    >>> names_event("Date: ", ["Ropes hold."]), names_event("一、时间:", ["绳子结实。"])
    (False, True)
    """
    labels = list(_BARE_TIME.finditer(before))
    if not labels:
        return False
    numbered = _LIST_NUMBER.search(before[: labels[-1].start()].rstrip("【[ "))
    return bool(numbered or _VENUE.search(rest)) or any(map(_VENUE.match, near))


def _before_clock(rest: str) -> str:
    """Drop the time of day and the weekday between label and date."""
    rest = _DAY_AT_END.sub("", rest)
    if ":" in rest[-20:]:
        rest = _DAY_AT_END.sub("", _CLOCK_AT_END.sub("", rest))
    return rest


def _chinese(left: str, *, running: bool) -> tuple[str, int] | None:
    match = None if left.isascii() else _ZH_LABEL.search(left)
    if match is None:
        return None
    last = match["label"].rpartition(" ")[2]
    label = last if len(last) > 1 else match["label"].replace(" ", "")
    colon = match["close"] is not None or match.group().rstrip()[-1:] in ":】〗]］"
    kind = _zh_kind(label)
    if colon:
        return None if kind is None else (kind, match.start())
    apart = not left[: match.start()].strip(" (（【|·") and not running
    return (kind, match.start()) if apart and kind in {"posting", "update", "first"} else None


def _zh_kind(label: str) -> str | None:
    """Name the kind of a label by its last characters, then by all of them."""
    for part in (label[-4:], label[-6:], label):
        for kind, pattern in _ZH_KINDS:
            if pattern.search(label if kind == "first" else part):
                return kind
    return "other" if label.endswith(("时间", "日期", "時間")) else None


def _english(left: str, *, running: bool) -> tuple[str, int] | None:
    words = list(_WORD.finditer(left))
    end = words[-1].end() if words else 0
    closes = left[end:]
    by = _BY.search(left) if " by " in left else None
    if by:
        label, start, closes = [by["label"]], by.start("label"), ""
    elif words and _CLOSE.fullmatch(closes):
        label, start = _last_words(left, words)
    else:
        return None
    if not label:
        return ("other", start) if ":" in closes and not running else None
    known = [word.lower() for word in label if word.lower() in _KIND_OF]
    kind = _kind_of(known) if len(known) == len(label) else None
    if kind == "event" and closes.strip() in {"-", "–", "—"}:
        return None
    if kind is None or not _stands_apart(left[:start], label, closes, running=running):
        return None
    return kind, start


def _last_words(left: str, words: list[re.Match[str]]) -> tuple[list[str], int]:
    """Walk back from the last word, as long as the words are those of labels."""
    label: list[str] = []
    start = words[-1].end()
    for word in reversed(words):
        joined = not label or left[word.end() : start] in {" ", "'", "  ", " & ", ". "}
        if word.group().lower() not in _KIND_OF or not joined:
            break
        label.insert(0, word.group())
        start = word.start()
    return label, start


def _kind_of(words: list[str]) -> str | None:
    kinds = [_KIND_OF[word] for word in words]
    for kind in ("other", "event"):
        if kind in kinds:
            return kind
    if words[0] in {"first", "originally"} and "posting" in kinds:
        return "first"
    for kind in ("update", "document", "posting"):
        if kind in kinds:
            return "posting" if kind == "document" and "posting" in kinds else kind
    if words[-1] == "version" and words[0] in {"this", "first"}:
        return "document"
    if words[-1] in {"year", "month"}:
        return "other"
    return "posting" if _NAMES_TIME & set(words) else None


def _stands_apart(before: str, label: list[str], closes: str, *, running: bool) -> bool:
    """Say whether a label is one where it stands, and no words of a sentence."""
    if any(sign in closes for sign in ":|]"):
        if not before.strip() or ":" in before or _STRONG.search(before):
            return True
        return label[0][0].isupper() and label[0].lower() not in _NAMES_TIME
    if running:
        return False
    return not before.strip(" ([【|·•-") or bool(_STRONG.search(before))


def _figures(pattern: re.Pattern[str], line: str, at: int) -> DateForm | None:
    hit = pattern.match(line, at)
    if hit is None:
        return None
    part = {key: int(value) for key, value in hit.groupdict().items()}
    return settle(DateForm(at, hit.end(), (part.get("y"), part.get("m"), part.get("d"))))
