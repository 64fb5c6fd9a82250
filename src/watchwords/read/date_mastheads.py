"""Whether a date in a line is that of the text: alone, in a masthead, set off from a title."""

import re

from watchwords.read.date_forms import WEEKDAY, DateForm

PREPOSITION = re.compile(
    r"(?i)\b(?:on|of|in|at|since|from|by|until|till|to|before|after|between|dated|delivered|for|and)"
    r" *(?:the )?$|[自从于在至到]$"
)
_NO_DATE_BEFORE = re.compile(
    r"(?i)(?:\b(?:version|ver|rev|build|isbn|issn|doi|ip|tel|fax|phone|no|nos|section|id)\b[.:]? ?|"
    r"[#$€£¥]|[一-鿿A-Za-z]{2,20} ?:) *$"
)
_CLOCK_TIME = re.compile(
    r"(?:T?\d{1,2}(?::\d{2}(?::\d{2})?(?:\.\d+)?|时\d{1,2}分(?:\d{1,2}秒)?)(?:\s*[AaPp]\.?[Mm]\.?)?"
    r"|\b\d{1,2}(?:\.\d\d)?\s?(?:[AaPp]\.?[Mm]\b\.?|noon\b)|\b\d{2}\.?\d{2} ?(?:hrs|hours|Uhr|h)\b)"
    r"(?:\s*(?:GMT|UTC|CST|BJT|EST|ET|Z)\b)?(?:\s*(?:GMT)?[+-]\d\d:?\d\d)?"
    r"(?:\s*\([A-Z][a-z]+ Standard Time\))?"
)
BYLINE = re.compile(
    r"(?i)\b(?:source|editor|author|reporter|views?|hits|font size|clicks?|min(?:ute)?s? read|"
    r"edition|arxiv|comments?|share|print|page)\b|(?:^|[|·]) *(?:by|from)\b|^ *\|? *by [A-Z]"
    r"|来源|作者|编辑|记者|浏览|点击|字号|字体|责编|放大|缩小|默认|打印|阅读|版|文/|图/|原创|转载|〔\d{4}〕"
    r"|來源|編輯|記者|瀏覽|點擊|字號|字體|責編|閱讀|報導|綜合報道"
)
_ASIDE_OF_LINE = re.compile(r"(?:[|,，(（\[·:：>/]| {2}|[—–-])\s*$")
_OUTLET = re.compile(r"\s*(?:[A-Z][\w'.-]*\s+){1,4}|\s*[一-鿿]{2,10}(?:[报社网刊台報網臺]|在线)\s+")
_PAPER = re.compile(r"\W*(?!据)[一-鿿]{2,8}[报報]\W*")
_ORGAN = re.compile(r" +[一-鿿]{1,12}(?:[局府委办部网社报院会厅处校署]|公司|大学|中心)\W*")
_IN_PLACE = re.compile(r"[(（](?:[A-Z][\w .'’-]{1,30}, ?|[一-鿿]{2,8}[，, ] ?)$")
_REPORTED = re.compile(r"\W*(?:报道|報道|報導|刊|发表|讯)")
_PARTED = re.compile(r"(?: [/|·•] |\|)[ ,]*$")
_OCCASION = re.compile(
    r"(?i)\b(?:meeting|sitting|session|debates?|hearing|minutes|briefing|conference|edition|issue|"
    r"bulletin|newsletter|gazette|press release|statement|remarks|address|lecture|announcement)\b"
)
_PERIODICAL = re.compile(
    r"(?i)\b(?:outlook|bulletin|digest|review|newsletter|update|monitor|survey|minutes|journal|"
    r"magazine|gazette|monthly|quarterly|briefing)\b|\|\s*$|[月季周旬]刊|月报|简报|通讯|杂志|月報|簡報|雜誌"
)
# What comes out regularly may stand before its date without a mark.
_NAMED = re.compile(
    r"(?i)\b(?:briefing|bulletin|digest|newsletter|gazette|minutes|daily|weekly|monthly|times|"
    r"transcript)\s+$"
)

_PAPER_NAMED = re.compile(
    r"(?i)\b(?:bulletin|digest|newsletter|gazette|minutes|daily|times|transcript|journal|news)\b"
)
_PARTED_AFTER = re.compile(r" [/|·•] | ?\|")
_OPENS_TITLE = re.compile(r"\W?\d{4}([-/])\d\d\1\d\d(?:\]|\)|:| [-–—|])? +[^\W\d]")
_CITES = re.compile(
    r"(?i)\b(?:anniversary|founded|founding|studied|born|study|studies|studying|learning|"
    r"commemorat\w+|remember\w*|history)\b|周年|学习|贯彻|诞生|纪念|出生|逝世"
)
# Beside a date, or at the start of its line: a life, a building, what came before or after.
_ZH_PAST = (
    "出生|诞生|誕生|建成|建立|落成|竣工|通车|成立|创[立建办刊]|牺牲|犧牲|遇难|遇害|去世|逝世|病逝|"
    "辞世|殉职|就义|入党|入伍|参军|参加工作|爆发"
)
_PAST_RIGHT = re.compile(
    rf"[ ,，)）]*(?:{_ZH_PAST}|[生卒男女](?![一-鿿])|生[于於]|卒[于於])"
    r"|[ ,(]*(?i:born|died|births?|deaths?)\b"
)
_PAST_LEFT = re.compile(
    rf"(?:(?:{_ZH_PAST}|(?<![一-鿿])[生卒男女]|[生卒][于於])[日期 :,，]*"
    r"|(?i:\b(?:born|died|killed|married|baptised|buried|[bd]\.)(?: on)?)[ :,]*)$"
)
_PAST_OPENS = re.compile(
    r"(?i)\W*(?:(?:died|born|killed|buried|in memor(?:y|iam)|remembering|on this day)\b"
    r"|(?:after|before|since|until|following)\b(?!.*[|/·•]\s*$))"
)
_MAY_BE_OLD = re.compile(
    r"(?i)\b(?:speech|remarks|address|statement|letter|report|telegram|memorandum|message)\b"
    "|讲话|講話|报告|報告|电报|谈话|致辞|来信|社论|社論"
)
_PLACE = re.compile(r"\W*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?, *")


def is_of_something_else(left: str, right: str) -> bool:
    """Say whether the words beside a date make it that of a life, a building, or of what followed.

    Parameters
    ----------
    left, right : str
        The line before and behind the date.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_of_something_else("Mi Lan, died ", ""), is_of_something_else("", " 建成")
    (True, True)
    >>> is_of_something_else("Pier Daily, ", "")
    False
    """
    return bool(_PAST_RIGHT.match(right) or _PAST_LEFT.search(left) or _PAST_OPENS.match(left))


def may_be_old(line: str, form: DateForm) -> bool:
    """Say whether the words beside a date of long ago are those of a source, a place or a speech.

    Examples
    --------
    >>> from watchwords.read.date_grammar import find_forms
    >>> def old(line):
    ...     return may_be_old(line, find_forms(line)[0])
    >>> old("Tinghe, 3 February 1921"), old("A rope | 3 February 1921 | A novel")
    (True, False)
    """
    left, right = line[: form.start], line[form.end :]
    if not right.strip(" .") and _PLACE.fullmatch(WEEKDAY.sub("", left)):
        return True
    rest = whole_words(line, form)[1]
    known = (BYLINE, _PAPER_NAMED, _MAY_BE_OLD)
    return any(pattern.search(rest) for pattern in known) or bool(
        _PAPER.fullmatch(left) or _PAPER.fullmatch(right)
    )


def heads_its_text(line: str, form: DateForm, *, is_title: bool) -> bool:
    """Say whether a date stands in a line of its own, in a masthead, or set off from a title.

    Parameters
    ----------
    line : str
        A line of the head that is no paragraph.
    form : DateForm
        A date in it.
    is_title : bool
        The line is the first of its text.

    Returns
    -------
    bool

    Examples
    --------
    >>> from watchwords.read.date_grammar import find_forms
    >>> def heads(line):
    ...     return heads_its_text(line, find_forms(line)[0], is_title=False)
    >>> heads("Pier Daily, 3 February 2021"), heads("They met on 3 February 2021")
    (True, False)
    """
    left, right = line[: form.start], line[form.end :]
    near = left[-24:]
    if form.kind == "d" or PREPOSITION.search(near) or _NO_DATE_BEFORE.search(near):
        return False
    n_words, rest = whole_words(line, form)
    if n_words == 0 or form.first[0] is None:
        return n_words == 0
    if form.kind == "ymd" and _is_set_apart(left, right, n_words, is_title=is_title):
        return True
    if is_title and not (BYLINE.search(rest) and n_words <= 8):
        return _closes_title(line, form) or _opens_title(line, form)
    if BYLINE.search(rest):
        return n_words <= 16
    aside = not left.strip(" ([（【") or _OUTLET.fullmatch(left) or _ASIDE_OF_LINE.search(left)
    return bool(aside) and n_words <= 6 and _looks_like_a_masthead(left, right)


def whole_words(line: str, form: DateForm) -> tuple[int, str]:
    """Count the words of a line beside a date and its time of day, and give what is left."""
    rest = _CLOCK_TIME.sub(" ", line[: form.start] + " | " + line[form.end :])
    rest = WEEKDAY.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    return sum(len(word) if word[0] >= "㐀" else 1 for word in words), rest


def _closes_title(line: str, form: DateForm) -> bool:
    """Accept a complete date in brackets, or set off, at the end of a title.

    The month is enough for what comes out each month or quarter.
    """
    if _CITES.search(line) or form.first[0] is None:
        return False
    if form.kind != "ymd" and not (form.kind == "ym" and _PERIODICAL.search(line[: form.start])):
        return False
    left, right = line[: form.start], _CLOCK_TIME.sub("", line[form.end :]).strip()
    if left.rstrip().endswith(("(", "（", "[", "【")) or _IN_PLACE.search(left):
        return right in {")", "）", "]", "】"}
    if right in {"号", "號", "刊", "期"}:
        return form.kind == "ym" and _PERIODICAL.search(left) is not None
    if right:
        return False
    return bool(re.search(r"(?: [-–—|]| —|[,，]|\||_) *$", left) or _NAMED.search(left))


def _is_set_apart(left: str, right: str, n_words: int, *, is_title: bool) -> bool:
    """Accept a date behind the name of a paper or a session, or between blanks in a short line."""
    if n_words <= 24 and _PAPER.fullmatch(left) and not _REPORTED.match(right):
        return True
    if not left.strip() and _PAPER.fullmatch(right):
        return True
    if n_words <= 24 and _PARTED.search(WEEKDAY.sub("", left)) and _PARTED_AFTER.match(right):
        return True
    if n_words > (8 if is_title else 12):
        return False
    if left.endswith(" ") and right.startswith(" ") and re.fullmatch(r"[\W\d一-鿿]+", left + right):
        return not _CITES.search(left + right)
    closes = not is_title and not right.strip(" .") and left[:1].isupper() and n_words <= 7
    return closes and bool(_OCCASION.search(left)) and not _CITES.search(left)


def _opens_title(line: str, form: DateForm) -> bool:
    """Accept 2021-02-03 before a title; written in words it may be what the title is about."""
    if not line[: form.start].strip() and re.match(r" ?[|·•] ", line[form.end :]):
        return form.kind in {"ymd", "ym"} and len(line) <= 80 and not _CITES.search(line)
    return _OPENS_TITLE.match(line) is not None and form.kind == "ymd" and not _CITES.search(line)


def _looks_like_a_masthead(left: str, right: str) -> bool:
    if _ORGAN.fullmatch(right):
        return True
    if re.match(r"\W*[,，]? *(?:(?:the|a|an|he|she|it|we)\b|市|省|全|召开|在|于|起)", right):
        return False
    return not re.match(r"\s*(?:on|in|at|as|since|from|by)\b", left, re.I)
