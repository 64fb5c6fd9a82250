"""Lines of facts about a text: who printed, edited and counted it, and when."""

import re

from watchwords.clean.chinese import SURNAMES

_LABELS = {
    "source": "source|article source|来源|信息来源|文章来源|稿源|稿件来源",
    "editor": (
        "editor(?:[- ]in[- ]charge)?|responsible editor|executive editor|edited by|"
        "编辑|责任编辑|责编|值班编辑"
    ),
    "author": "author|reporter|correspondent|写稿|作者|记者|通讯员|撰稿|供稿",
    "date": (
        "time|date|published(?: on| at| time| date)?|publish(?:ing)? (?:time|date)|posted(?: on)?|"
        "release (?:time|date)|updated(?: on)?|last updated|"
        "时间|日期|发布时间|发布日期|发表时间|更新时间|发稿时间|成文日期"
    ),
    "views": (
        "views?|(?:view|read) (?:times|count)|hits|clicks?|reads?|visits|page views|"
        "浏览次数|浏览量|浏览|点击数|点击量|点击次数|点击|阅读量|阅读次数|阅读数|阅读|访问量|访问次数|人气"
    ),
    "other": (
        "font(?: size)?|text size|font-size|字体|字号|审核|校对|核稿|摄影|发布机构|发布单位|索引号"
    ),
}
_FIELD = re.compile(
    r"(?i)(?<![^\W_])(?:"
    + "|".join(f"(?P<{key}>{labels})" for key, labels in _LABELS.items())
    + r")\s*[:：]"
)
_VIEWS = re.compile(
    r"(?i)(?>【?\s*+字[体号]\s*+[:：]?\s*+[【\[]?\s*+大\s*+中\s*+小\s*+[】\]]?\s*+】?"
    rf"|(?:{_LABELS['views']})\s*+[:：]?\s*+[(（\[【]?\d[\d,]*+\s*+[)）\]】]?\s*+次?|[\s|·])++$"
    rf"|(?:{_LABELS['views']})\s*+[:：]\s*+次?$"
)
_DATE = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_NAME = r"(?:[A-Z][\w.'-]*|[a-z]{2,12}|[\u4e00-\u9fff·]{1,12})"
_ONE_EDITOR = re.compile(
    rf"[（(【\[]?\s*(?:(?i:{_LABELS['editor']}))\s*[:：]\s*"
    rf"{_NAME}(?:[ ,，、]+{_NAME}){{0,3}}\s*[)）】\]]?$"
)
_BRACKETED_EDITOR = re.compile(
    rf"[（(【\[]\s*(?:责任编辑|值班编辑|编辑|责编)\s+[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    rf"(?:\s+[{SURNAMES}][\u4e00-\u9fff]{{1,2}})*\s*[)）】\]]$"
)
_NO_EDITOR = re.compile(
    rf"\W*编辑\s*[:：]\s*(?![{SURNAMES}])[\u4e00-\u9fff]*(?<![部网组社报室])\W*$"
)
_ONE_SOURCE = re.compile(
    r"[（(【\[]?(?:Source|来源|稿源|信息来源|文章来源)\s*[:：]\s*"
    r"(?:[A-Z][\w.'&-]*(?: (?:of |and |the )?[A-Z][\w.'&-]*){0,5}|[\u4e00-\u9fffA-Za-z]{2,12})"
    r"[)）】\]]?$"
)
_ONE_DATE = re.compile(
    r"(?i)(?:published|posted|updated|last updated|release|publish|发布|更新|发表|发稿)"
    r"(?: on| at| time| date|时间|日期)?\s*[:：]\s*\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?$"
)
MAX_VALUE = 40
_TELLING = frozenset({"source", "editor", "author", "views"})


def read_fields(line: str) -> list[tuple[str, str]]:
    """Read the labelled facts of a line; the part before the first label is the field "".

    Examples
    --------
    >>> read_fields("Source: Pier News  Editor: Mi")
    [('', ''), ('source', 'Pier News'), ('editor', 'Mi')]
    """
    labels = list(_FIELD.finditer(line))
    if not labels:
        return [("", line)]
    first = line[: labels[0].start()]
    ends = [label.start() for label in labels[1:]] + [len(line)]
    values = [
        (label.lastgroup or "", line[label.end() : end].strip(" |;；,，[]【】()（）"))
        for label, end in zip(labels, ends, strict=True)
    ]
    return [("", first.strip(" |[]【】()（）")), *values]


def is_byline(line: str) -> bool:
    """Say whether a line is nothing but facts about the text.

    Two or more fields, or one that can be nothing else: a counter, an editor, a posting time.

    Examples
    --------
    >>> is_byline("Source: Pier News  Editor: Mi"), is_byline("Source: a spring in the hills")
    (True, False)
    """
    if _VIEWS.match(line) or _ONE_DATE.match(line) or _BRACKETED_EDITOR.match(line):
        return True
    if _ONE_EDITOR.match(line):
        return _NO_EDITOR.match(line) is None
    if ":" not in line and "：" not in line:
        return False
    first, *fields = read_fields(line)
    if len(fields) < 2 or first[1] or not _TELLING & {key for key, _ in fields}:
        return False
    return all(len(value) <= MAX_VALUE and "。" not in value for _, value in fields)


def is_source_line(line: str) -> bool:
    """Say whether a line only names the source; sure only at the head or foot of a text."""
    return bool(_ONE_SOURCE.match(line))


def read_facts(lines: list[str]) -> dict[str, str | int]:
    """Collect the facts that removed lines state: source, editor, author, date, views.

    Examples
    --------
    >>> read_facts(["Source: Pier News  Time: 2021-02-03 10:30", "Views: 1,024"])
    {'source': 'Pier News', 'date': '2021-02-03', 'views': 1024}
    """
    facts: dict[str, str | int] = {}
    for line in lines:
        if not is_byline(line) and not is_source_line(line):
            continue
        for key, value in read_fields(line)[1:]:
            if key == "views" and (digits := re.sub(r"[,\s次]", "", value)).isdecimal():
                facts.setdefault(key, int(digits))
            elif key == "date" and (day := _DATE.search(value)):
                facts.setdefault(key, f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}")
            elif key in ("source", "editor", "author", "date") and value:
                facts.setdefault(key, value)
    return facts
