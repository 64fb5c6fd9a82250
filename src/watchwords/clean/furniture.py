"""Lines of a page that are no text: page numbers, buttons, paths, share lines, watermarks.

A line goes only if the whole of it is furniture: the same words inside a sentence stay.
"""

import re

MAX_FURNITURE = 250
_ARTEFACT = re.compile(r"\A(?:\s*date \d{4}-\d{2}-\d{2}(?: +|(?=\n)))+")
_WATERMARK = re.compile(
    r"(?:文章|内容|本文)?源自[^\s，。]{1,20}[-—–]+https?://\S+|原文链接[:：]\s*https?://\S+"
)
_PAGE = re.compile(
    r"(?i)^(?:[-–—·~]\s*\d{1,4}\s*[-–—·~]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|"
    r"\d{1,4}\s*/\s*\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\[?ad_\d+\]?)$"
)
# A line of these words alone is a row of buttons, if it is in brackets or holds a sure one.
_SURE_BUTTONS = frozenset(
    {"print", "close", "share", "打印", "关闭", "返回顶部", "收藏", "分享", "字体", "字号"}
)
_OTHER_BUTTONS = (
    "top back home save download favourites favorites email e-mail large "
    "medium small big middle a+ a- comment comments next previous more "
    "return 返回 大 中 小 默认 放大 缩小 上一页 下一页 首页 尾页 更多 推荐 纠错 评论"
)
_BUTTONS = _SURE_BUTTONS | frozenset(_OTHER_BUTTONS.split())
_BUTTON_PHRASES = re.compile(r"(?i)back to top|font size|text size|返回顶部")
_BUTTON_FRAME = re.compile(r"[\[\]【】()（）<>|·\s:：]+")
_SHARE = re.compile(
    r"(?i)^(?:share (?:to|on|this|with)|follow us(?: on)?|分享到|分享至|转发到)\s*[:：]?\s*"
    r"(?:(?:wechat|weibo|facebook|twitter|linkedin|qq|qzone|x|whatsapp|email|e-mail|copy link|"
    r"微信|微博|朋友圈|空间|人人|腾讯)[\s,，|/、]*+)++$"
)
_QR = re.compile(
    r"(?i)^(?:scan (?:the|this) (?:qr )?code\b.{0,60}|扫一扫.{0,30}|扫描.{0,10}二维码.{0,20}|"
    r"\[email(?:\s| )protected\]|关注.{0,12}(?:微信|公众号).{0,20})$"
)
_CRUMBS = re.compile(
    r"(?i)^(?:您(?:当前|现在|所在)?的?位置|当前位置|你的位置|位置|"
    r"your (?:current )?(?:position|location)|"
    r"you are here|current (?:position|location)|location)\s*(?:是)?\s*[:：]?\s*"
    r"\S.{0,120}?[>»›/].{0,120}$"
    r"|^(?:home|首页)\s*(?:[>»›][^>»›.。]{1,40}+)++$"
)
_COUNTER = re.compile(
    r"(?>【?\s*+字(?:体|号)\s*+[:：]?\s*+[【\[]?\s*+大\s*+中\s*+小\s*+[】\]]?\s*+】?|"
    r"(?:浏览|点击|阅读)(?:次数|量|数)?\s*+[:：]\s*+\d*+\s*+次?|[\s|·])++$"
    r"|(?i:(?:views?|hits|clicks?|reads?)\s*[:：]\s*\d+$)"
)
_FIELD = re.compile(
    r"(?i)(?:\b(?:source|editor|responsible editor|author|reporter|time|date|published|"
    r"publish time|updated|views?|hits|clicks?)|来源|编辑|责任编辑|责编|作者|记者|时间|日期|"
    r"发布时间|发布日期|更新时间|浏览次数|点击数)\s*[:：]"
)
_RIGHTS = re.compile(
    r"(?i)(?:copyright|©|\(c\)|版权所有)(?=.*(?:©|\d{4}|reserved|版权)).{0,160}$"
    r"|[（(【]?(?:责任编辑|责编|editor)\s*[:：][^。.:：]{1,24}[)）】]?$"
)
_LIST_HEAD = re.compile(
    r"(?i)^(?:related (?:stories|news|articles|links|reading|reports)|more news|recommended|"
    r"recommended reading|see also|相关(?:新闻|链接|阅读|报道|文章)|"
    r"延伸阅读|推荐阅读|友情链接)\s*[:：]?$"
)
_LIST_LINE = re.compile(r"^\s*(?:[·•●▪◆■*-]|\d{1,2}[.、])\s*\S.{0,100}$")


def drop_date_artefact(text: str) -> str:
    """Drop the " date 2022-08-23 " that some extractors leave before a text; it is in the dates.

    Examples
    --------
    >>> drop_date_artefact(" date 2022-08-23 The council met.")
    'The council met.'
    """
    return _ARTEFACT.sub("", text)


def drop_watermarks(text: str) -> str:
    """Drop "taken from …" marks with an address that a site puts into every paragraph."""
    return _WATERMARK.sub("", text) if "源自" in text or "原文链接" in text else text


def drop_page_numbers(text: str) -> str:
    """Drop lines that are a page number, and close the gap if a sentence runs across it."""
    lines = text.split("\n")
    if not any(_PAGE.match(line.strip()) for line in lines):
        return text
    kept: list[str] = []
    broken = False
    for line in lines:
        if _PAGE.match(line.strip()):
            broken = bool(kept) and bool(kept[-1].strip())
        elif broken and line.strip() and _runs_on(kept[-1], line):
            kept[-1] = kept[-1].rstrip() + ("" if _is_han(line) else " ") + line.lstrip()
            broken = False
        else:
            kept.append(line)
            broken = False
    return "\n".join(kept)


def drop_furniture(text: str) -> str:
    r"""Drop button, share, path, counter and byline lines, and lists of related links.

    Examples
    --------
    >>> drop_furniture("The group met.\n[Print] [Close]\nHe asked them to print and close.")
    'The group met.\nHe asked them to print and close.'
    """
    kept, in_list = [], False
    for line in text.split("\n"):
        bare = line.strip()
        if len(bare) > MAX_FURNITURE:
            in_list = False
            kept.append(line)
        elif _LIST_HEAD.match(bare):
            in_list = True
        elif in_list and (not bare or _LIST_LINE.match(bare)):
            continue
        else:
            in_list = False
            if not (bare and is_furniture(bare)):
                kept.append(line)
    return "\n".join(kept)


def is_furniture(line: str) -> bool:
    """Say whether the whole of a line is furniture."""
    if any(pattern.match(line) for pattern in (_SHARE, _QR, _CRUMBS, _COUNTER)):
        return True
    return bool(_RIGHTS.match(line)) or _is_buttons(line) or _is_byline(line)


def _is_buttons(line: str) -> bool:
    rest, n_phrases = _BUTTON_PHRASES.subn(" ", line)
    words = [word for word in _BUTTON_FRAME.split(rest.lower()) if word]
    if not n_phrases and not words:
        return False
    sure = n_phrases or line[0] in "[【|" or any(word in _SURE_BUTTONS for word in words)
    return bool(sure) and all(word in _BUTTONS for word in words)


def _is_byline(line: str) -> bool:
    """Say whether a line is nothing but two or more fields such as "Source: … Editor: …"."""
    starts = [match.span() for match in _FIELD.finditer(line)]
    if len(starts) < 2 or line[: starts[0][0]].strip(" |[【(（"):
        return False
    ends = [begin for begin, _ in starts[1:]] + [len(line)]
    values = [line[after:end] for (_, after), end in zip(starts, ends, strict=True)]
    return all(len(value) <= 40 and "。" not in value for value in values)


def _runs_on(before: str, after: str) -> bool:
    if _is_han(after):
        return not re.search(r"[。！？：；”]\s*$", before)
    return bool(re.match(r"\s*[a-z]", after)) and not re.search(r"[.!?:]\s*$", before)


def _is_han(line: str) -> bool:
    return bool(re.match(r"\s*[㐀-䶿一-鿿，。、]", line))
