"""Rows of buttons and links: lines made of nothing but the words of a site's menu."""

import functools
import re
from collections.abc import Sequence

# A line of these alone is a row of buttons if one of them is sure, or if it stands in brackets.
_SURE = (
    r"print(?:er[- ]friendly(?: version)?| (?:this )?(?:page|article|story|version))?",
    r"e-?mail (?:this(?: (?:page|article|story))?|to a friend)",
    r"share(?: this)?(?: (?:page|article|story|post|to|on|with|via))?",
    r"close(?: (?:this )?(?:window|page))?",
    r"(?:back|return|go|scroll) to (?:the )?top",
    r"(?:back|return|go) to (?:the )?(?:home(?: ?page)?|list|index)",
    r"(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|menu|search)",
    r"skip navigation|toggle (?:navigation|menu|search)|(?:open|close|show|hide) menu",
    r"(?:font|text)[- ]size",
    r"add to favou?rites|bookmark(?: this page)?|set as (?:my )?home ?page|make this my homepage",
    r"(?:sign|log) (?:in|up|out)|log ?in|log ?out",
    r"(?:read|load|see|show|view|learn) (?:more|all|full story|full article|the full article)"
    r"(?: ?(?:\.{2,3}|…))?",
    r"click (?:here)?(?: ?(?:to|for) (?:read |see |view )?(?:more|details|enlarge|the full text))?",
    r"continue reading(?: the main story)?(?: below)?",
    r"site ?map|(?:privacy|cookie) (?:policy|settings|statement|notice)",
    r"(?:accept|reject|allow|decline|manage)(?: all)? cookies|cookie (?:choices|preferences)",
    r"terms (?:of|and|&) (?:use|service|conditions)",
    r"all rights reserved\.?",
    r"advertis(?:ement|ing)s?|sponsored(?: content)?|ad(?:vertisement)? choices",
    r"(?:story|article) continues below(?: (?:this )?advertisement)?",
    r"(?:leave|post|write|add|submit) (?:a |your )?(?:comment|reply)|no comments(?: yet)?",
    r"(?:\d{1,5} )?comments? ?\(\d{1,5}\)",
    r"(?:follow|like|find|join) us(?: on)?|subscribe to our (?:newsletter|channel|mailing list)",
    r"sign up for our newsletter|subscribe now",
    r"(?:download|get) (?:the|our) app|open in (?:the )?app|view in (?:a )?browser",
    r"powered by [\w.-]{2,20}|loading ?(?:\.{2,3}|…)|please wait ?(?:\.{2,3}|…)",
    r"download (?:pdf|word|file|attachment|full text)s?|click to share(?: on)?",
    r"tweet|retweet|pin it|copy link|report (?:an )?error|click to enlarge",
    r"(?:next|previous|prev|older|newer) (?:page|article|post|story|item|entry)s?",
    r"mobile version|desktop version",
    r"打印(?:本页|本文|页面|文章|此页|预览)?|关闭(?:窗口|本页|页面|此页)?|收藏(?:本页|本站|文章|此页)?",
    r"返回(?:顶部|首页|主页|列表|目录|上一页|上页|页首)|回到?(?:顶部|首页)|回顶部|返回",
    r"加入收藏|设为(?:首页|主页)|分享(?:到|至|给好友|本文|文章)?|转发(?:到|至)?",
    r"字体(?:大小)?|字号(?:大小)?|(?:我要)?纠错|我要评论|发表评论|我要分享|点赞|举报|打赏",
    r"(?:点击)?(?:查看|阅读|加载)(?:更多|全文|原文|详情)|展开全文|点击(?:这里|进入|下载|放大)",
    r"网站地图|联系我们|关于我们|(?:网站)?声明|隐私(?:政策|声明|保护)|免责声明|网站帮助",
    r"[上下]一[页篇条则](?:文章|新闻)?|前一[页篇]|后一[页篇]|无障碍(?:阅读|浏览|版)?|长者模式|手机版|电脑版|(?:rss)?订阅|广告",
    r"更多(?=\s*[>»]{1,2})|扫一扫(?:分享)?|微信扫一扫(?:分享)?",
)
_UNSURE = (
    r"top|back|home(?: ?page)?|save|download|favou?rites|large|medium|small|big|middle|a[+-]?",
    r"comments?|next|previous|prev|more|return|e-?mail|help|faqs?|feedback|search|menu|news|video",
    r"photos?|register|subscribe|about(?: us)?|contact(?: us)?|privacy|disclaimer|accessibility",
    r"enlarge|reduce|zoom(?: in| out)?|[lms]|size|default|english|rss|pdf|and|&|or|\d{1,5}|like",
    r"archives?|links|services|careers|jobs",
    r"(?:we ?chat|weibo|sina weibo|facebook|twitter|linked ?in|qq|qzone|x|whatsapp|telegram)",
    r"reddit|pinterest|youtube|instagram|tiktok|douban|line|mail",
    r"大|中|小|超大|特大|默认|标准|放大|缩小|首页|主页|尾页|末页|更多|推荐|评论|登录|注册|帮助|搜索",
    r"微信(?:好友|朋友圈)?|新浪微博|腾讯微博|微博|朋友圈|qq(?:空间|好友)|空间|人人网?|腾讯|豆瓣|百度贴吧",
    r"简体(?:中文)?|繁体(?:中文)?|繁體|中文|英文|新闻(?:中心)?|公告|视频|图片|客户端|公众号",
)
# Of these alone, without brackets, a document may make a heading.
_HEADINGS = re.compile(
    r"(?i)(?:print|share|close|tweet|click|bookmark|site ?map|advertis(?:ements|ing)|sponsored"
    r"|(?:privacy|cookie) (?:policy|settings|statement|notice)|terms (?:of|and|&) \w+"
    r"|no comments(?: yet)?|(?:log|sign) ?(?:in|up|out)|(?:read|load|see|show|view|learn) all"
    r"|打印|关闭|返回|分享|转发|点赞|举报|打赏|纠错|订阅|字体(?:大小)?|字号(?:大小)?"
    r"|(?:网站)?声明|免责声明|隐私(?:政策|声明|保护)|网站地图|联系我们|关于我们|网站帮助"
    r"|无障碍(?:阅读|浏览|版)?|长者模式)\W*"
)
_GAP = r"[\s\[\]【】()（）<>《》|·•/,，、:：»›«‹←→↑▲▼>－—-]"
_SURE_CHIP = re.compile("(?i)" + "|".join(_SURE))
_NUMBER = re.compile(r"[\d\W]*$")
_ROW = re.compile(rf"(?i){_GAP}*+(?:(?>(?:{'|'.join((*_SURE, *_UNSURE))})(?={_GAP}|$)){_GAP}*+)++$")
_CHIPS = re.compile(rf"(?i){_GAP}*+(?:{'|'.join((*_SURE, *_UNSURE))}){_GAP}*+$")
_NAVIGATION = re.compile(
    r"(?i)\W*(?:home(?: ?page)?|about(?: us)?|contact(?: us)?|search|menu|privacy|register|help|"
    r"faqs?|首页|主页|登录|注册|搜索|帮助)\W*$"
)
MIN_MENU, MAX_CHIP, EDGE = 3, 40, 8
_FRAMED = re.compile(r"[\[【|].*[\]】|]$")


def is_button_row(line: str) -> bool:
    """Say whether a line is nothing but buttons and links.

    Examples
    --------
    >>> is_button_row("[Print] [Close] [Back to Top]"), is_button_row("Print the lists")
    (True, False)
    """
    if not _ROW.match(line) or _NUMBER.match(line):
        return False
    chips = [chip for chip in re.split(rf"{_GAP}*[\[\]【】()（）|]{_GAP}*", line) if chip]
    if _FRAMED.match(line) or (line.count("|") > 1 and len(chips) > 2):
        return True
    return any(
        _SURE_CHIP.match(line, match.start()) for match in re.finditer(r"(?<![^\W_])\w", line)
    )


def find_menus(lines: Sequence[str]) -> set[int]:
    """Find the lines of menus and share boxes that stand one below the other.

    Three links and more of which two lead about the site, or names of sites next to a button;
    only near the head or the foot of a text, and not within a list that a colon announces.

    Parameters
    ----------
    lines : sequence of str
        Lines of a text, without blanks at their ends.

    Returns
    -------
    set of int

    Examples
    --------
    >>> sorted(find_menus(["Home", "News", "About us", "The pier", "Facebook", "Twitter"]))
    [0, 1, 2]
    """
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, "."]):
        if is_one_button(line):
            run.append(number)
            continue
        led = sum(_NAVIGATION.match(lines[n]) is not None for n in run)
        sure = any(_SURE_CHIP.match(lines[n]) and not may_be_heading(lines[n]) for n in run)
        menu = (len(run) >= MIN_MENU and led > 1) or (len(run) > 1 and sure)
        if menu and _may_be_menu(lines, run[0], number):
            found.update(run)
        run = []
    return found


def _may_be_menu(lines: Sequence[str], first: int, stop: int) -> bool:
    """Say whether lines stand near an end of a text, and are not items within a sentence."""
    before = [line for line in lines[:first] if line]
    after = [line for line in lines[stop:] if line]
    if min(len(before), len(after)) > EDGE or (after and after[0][0].islower()):
        return False
    for line in reversed(before):
        if line[-1] in ":：":
            return False
        if len(line) > MAX_CHIP or line[-1] in ".!?。！？":
            break
    return True


@functools.lru_cache(maxsize=4096)
def is_one_button(line: str) -> bool:
    """Say whether a line is the name of one button or link, without brackets.

    Examples
    --------
    >>> is_one_button("About us"), is_one_button("[Print]"), is_one_button("Print | Close")
    (True, False, False)
    """
    if line[:1] in "[【(（":
        return False
    if not 1 < len(line) <= MAX_CHIP or line[-1] in ".。,，;；":
        return False
    return _CHIPS.match(line) is not None and not _NUMBER.match(line)


def may_be_heading(line: str) -> bool:
    """Say whether a row of buttons is one word, or name, that may be a heading of a document.

    Examples
    --------
    >>> may_be_heading("Share"), may_be_heading("[Share]"), may_be_heading("Print | Close")
    (True, False, False)
    """
    return _HEADINGS.fullmatch(line) is not None
