"""Lines of a page that are no text: page numbers, buttons, paths, share lines, watermarks.

A line goes only if the whole of it is furniture: the same words inside a sentence stay.
"""

import functools
import re
from collections.abc import Iterator

from watchwords.clean.buttons import find_menus, is_button_row, is_one_button, may_be_heading
from watchwords.clean.bylines import is_byline, is_source_line
from watchwords.clean.chinese import HAN
from watchwords.clean.edits import Edit, replace, step

MAX_FURNITURE, MAX_PAGE = 250, 40
MAX_TITLES, MAX_TITLE = 12, 100
MIN_PARAGRAPH, MIN_HAN_PARAGRAPH = 40, 15
_ARTEFACT = re.compile(r"\A(?:\s*date \d{4}-\d{2}-\d{2}(?: +|(?=\n)))+")
_URL = r"(?:https?://|www\.)[!-~]+"
_WATERMARK = re.compile(
    rf"(?:文章|内容|本文|信息)?源自[^\s，。]{{1,20}}[-—–]+{_URL}|原文(?:链接|地址|网址)[:：]\s*{_URL}"
    rf"|(?:本文|文章|内容|信息)(?:来源|来自|转自|转载自|出自|源自)[:：]?\s*[^\s，。]{{0,20}}?"
    rf"\s?[-—–:：(（]{{0,3}}{_URL}[)）]?(?=\s*$)"
    rf"|(?<![^\s.!?])(?:Read (?:the )?(?:full|original|more)[^.\n]{{0,30}}(?: at| on| here)?:?"
    rf"|Original (?:article|link|source):"
    rf"|(?:This )?[Aa]rticle (?:is |comes )?from:?[^.\n]{{0,40}}?)\s{_URL}"
    r"(?=\s*$)",
    re.MULTILINE,
)
_WATERMARK_HINTS = ("http", "www.")
_N = r"[\d０-９]{1,4}"
_DASH = r"[-–—－·•~|]{1,3}"
_PAGE = re.compile(
    rf"(?i)^(?:{_DASH}\s*(?:{_N}|page\s+{_N})(?:\s*(?:of|/)\s*{_N})?\s*{_DASH}|"
    rf"\[?page\s*[|:]?\s*{_N}(?:\s*(?:of|/)\s*{_N})?\]?|p\.\s?{_N}|{_N}\s*\|\s*page|"
    rf"{_N}\s*/\s*{_N}\s*页?|[(（\[]?第\s*(?:{_N}|[一二三四五六七八九十百]{{1,5}})\s*页"
    rf"(?:\s*[,，/]?\s*共\s*(?:{_N}|[一二三四五六七八九十百]{{1,5}})\s*页)?[)）\]]?|共\s*{_N}\s*页\s*[,，/]?\s*第\s*{_N}\s*页|"
    rf"第\s*{_N}\s*/\s*{_N}\s*页|\[?ad_\d+\]?)$"
)
_QR = (
    r"scan (?:(?:the|this|our) )?(?:qr code\b.{0,60}|"
    r"code(?: (?:to|with|below|above|for|and)\b.{0,60})?$)|"
    r"scan (?:with wechat|to (?:follow|share)).{0,40}|"
    r"(?:微信|手机)扫一扫.{0,30}|扫一扫|"
    r"扫一扫[，,：: ]{0,2}(?:分享|关注|下载|加|进入|查看|在?手机|用手机|用?微信|二维码|打开|更多|"
    r"阅读|了解|浏览).{0,24}|"
    r".{0,6}(?:扫描|长按|扫).{0,10}二维码.{0,20}|扫码(?:关注|阅读|下载|分享|查看).{0,12}|"
    r"\[email(?:\s| )protected\]|关注.{0,12}(?:公众号|官方微信|微信号|微信)"
    r"(?:(?:[^\w]|获取|了解|查看|阅读|更多).{0,20})?$"
)
_PLACE = r"(?:[>»›＞→]{1,2}|/|－|—|->|\|)"
_CRUMBS = (
    r"(?:您(?:当前|现在|目前)?(?:所在)?的?位置|当前(?:所在)?位置|你的位置|所在位置|位置|"
    r"your (?:current )?(?:position|location)|"
    r"you are (?:now )?here|current (?:position|location)|location)\s*(?:是|is)?\s*[:：]?\s*"
    rf"\S.{{0,120}}?{_PLACE}.{{0,120}}"
    r"|(?:home|首页)\s*(?:[>»›＞→]{1,2}[^>»›＞→.。]{1,40}+)++"
    r"|(?:home|首页)(?:\s+/\s+[^/.。\s]{1,30}(?: [^/.。\s]{1,30}){0,5})+"
)
_TITLE = r"[^.。!！?？\n]{1,100}"
_NEIGHBOURS = (
    rf"(?:previous|prev|next|previous article|next article|previous post|next post)\s*[:：]\s*"
    rf"(?-i:[A-Z\d\"']){_TITLE}"
    rf"|(?:上一[篇条则页个]|下一[篇条则页个]|前一篇|后一篇)(?:文章|新闻)?\s*[:：]\s*{_TITLE}"
    rf"|(?:read (?:more|also|next)|also read|see also|related|more on this)\s*[:：]\s*"
    rf"(?-i:[A-Z\d\"']){_TITLE}"
    rf"|(?:相关(?:阅读|新闻|链接|报道)|延伸阅读|推荐阅读)\s*[:：]\s*{_TITLE}"
)
_RIGHTS = (
    r"(?:copyright\s*)?(?:©|\(c\)(?=\s*(?:\d{4}|copyright|by\b)))\s*(?:copyright\s*)?"
    r"(?:\d{4}|by\b|[^\W\d_]).{0,120}?(?:reserved\.?|\w|公司|版权所有)$"
    r"|copyright\s*(?:\d{4}|by\b|[:：]\s*(?-i:[A-Z\d©\u4e00-\u9fff])).{0,120}"
    r"|(?:.{0,80}[\s,.])?all rights reserved\.?"
    r"|(?:版权所有|著作权)(?:\s*(?:[:：©(（]|\d{4}|归).{0,100})?|版权所有\s+\S.{0,60}"
    r"|.{0,8}ICP\s*[备证].{0,60}|ICP\s*(?:No|Number|License).{0,40}|.{0,6}公网安备\s*\d+号?"
    r"|网站标识码\s*[:：]\s*\w+|(?:主办|承办|主管)(?:单位)?\s*[:：].{0,80}ICP\s*[备证].{0,60}"
)
_ADVERT = (
    r"\(adsbygoogle\b.*|advertisement\s*[-–—:]\s*(?:continue reading|scroll|story continues).{0,40}"
    r"|(?:this|our) (?:web)?site uses cookies\b.{0,200}"
    r"|we use cookies (?:to (?:improve|enhance|ensure|personali[sz]e|provide|give|offer|analy[sz]e|"
    r"deliver|understand|optimi[sz]e|collect|track|remember|help you|make (?:this|our|your|sure))"
    r"|on|for|and (?:similar|other))\b.{0,200}|we use cookies\.?"
    r"|subscribe to (?:our|the) .{0,30}newsletter"
)
_FURNITURE = re.compile(rf"(?i)(?:{_QR}|{_CRUMBS}|{_NEIGHBOURS}|{_RIGHTS}|{_ADVERT})$")
_BRACKETED = re.compile(r"\s*([【\[][^\[\]【】]{1,40}[】\]])")
_LIST_HEAD = re.compile(
    r"(?i)^[\[【]?(?:"
    r"related (?:stories|news|articles?|links|reading|reports?|posts|content|coverage)|more news|"
    r"(?-i:Recommended)(?=[\]】]?$)|recommended (?:reading|stories|articles|for you)|"
    r"see also|read (?:more|also)|"
    r"more (?:from this (?:section|author)|stories|on this topic|in this section)|also read|"
    r"you may also like|most (?:read|popular|viewed)|trending(?: now)?|latest news|editor's picks|"
    r"相关(?:新闻|链接|阅读|报道|文章|稿件|推荐)|延伸阅读|推荐阅读|友情链接|热点(?:新闻|推荐)|"
    r"最新(?:新闻|文章)|猜你喜欢|大家都在看|热门(?:文章|推荐))[\]】]?\s*[:：]?$"
)
_LIST_LINE = re.compile(r"^\s*(?:[·•●▪◆■*-]|\d{1,2}[.、])\s*\S.{0,100}$")
# Only under these a list may go without marks at its lines; others head lists of documents, too.
_SURE_HEAD = re.compile(
    r"(?i)[\[【]?(?:related (?!reports?|content|links)|recommended \w|more (?:stories|from this)|"
    r"you may|most |trending|latest|editor|猜你|大家|"
    r"相关(?:新闻|阅读|文章|稿件|推荐)|推荐阅读|热门)"
)
_CLAUSE = re.compile(r"[\W\d]*(?:(?:That|To|Whether|If|When)\b|[a-z])")
# These may be titles as well: never the first line, and not if the next goes on.
_TITLE_LIKE = re.compile(rf"(?i)(?:{_NEIGHBOURS}|copyright\s*[:：].*|关注.*|we use cookies.*)$")
_STOPS = re.compile(r"[.!?。！？][\"'”’)]?$")
# Prose ends in a mark; of the lines that do, only those with such words can be furniture.
_PROSE_ENDS = frozenset(".!?;,\"'。！？；，”’")
_STOPPED = re.compile(
    r"(?i)©|copyright|\(c\)|\(adsbygoogle|版权|loading|please wait"
    r"|(?:read|see|view|learn|load|show) more ?\.\.|(?:this|our) (?:web)?site|we use"
    r"|scan |.{0,6}扫"
)
_HAN_START = re.compile(rf"\s*[{HAN}，。、]")
_LETTER = re.compile(r"[^\W\d_]")
_HEAD, _FOOT = 4, 3


@step("d")
def drop_date_artefact(text: str) -> Iterator[Edit]:
    """Drop the " date 2022-08-23 " that some extractors leave before a text; it is in the dates.

    Examples
    --------
    >>> drop_date_artefact(" date 2022-08-23 The council met.")
    'The council met.'
    """
    return replace(_ARTEFACT, "", text)


@step("源来转出原:", removes=True)
def drop_watermarks(text: str) -> Iterator[Edit]:
    """Drop "taken from …" marks with an address that a site puts into every paragraph."""
    if not any(hint in text for hint in _WATERMARK_HINTS):
        return iter(())
    return replace(_WATERMARK, "", text)


@step(removes=True)
def drop_page_numbers(text: str) -> Iterator[Edit]:
    r"""Drop lines that are a page number, and close the gap if a sentence runs across it.

    Examples
    --------
    >>> drop_page_numbers("The first.\n- 3 -\nThe second, which\nPage 4 of 5\nends.")
    'The first.\nThe second, which ends.'
    """
    lines = text.split("\n")
    starts: list[int] = []
    for before, pages, after in _page_gaps(lines):
        starts = starts or _line_starts(lines)
        if before >= 0 and after < len(lines) and _runs_on(lines[before], lines[after]):
            start = starts[before] + len(lines[before].rstrip())
            stop = starts[after] + len(lines[after]) - len(lines[after].lstrip())
            yield (start, stop, "" if _HAN_START.match(lines[after]) else " ")
        else:
            yield from (_without_line(lines, starts, page) for page in pages)


@step(removes=True)
def drop_furniture(text: str) -> Iterator[Edit]:
    r"""Drop button, share, path, counter and byline lines, and lists of related links.

    Examples
    --------
    >>> drop_furniture("The group met.\n[Print] [Close]\nHe asked them to print and close.")
    'The group met.\nHe asked them to print and close.'
    """
    lines = text.split("\n")
    dropped = find_menus([line.strip() for line in lines])
    for number, line in enumerate(lines):
        bare = line.strip() if len(line) <= MAX_FURNITURE else line
        if number in dropped or not _may_be_furniture(bare):
            continue
        if _LIST_HEAD.match(bare):
            dropped.update(_linked_list(lines, number))
        elif _is_dropped(lines, number, bare):
            dropped.add(number)
    # Where nothing would be left, what looks like furniture is the text.
    if any(_LETTER.search(line) for at, line in enumerate(lines) if at not in dropped):
        starts = _line_starts(lines) if dropped else []
        yield from (_without_line(lines, starts, number) for number in sorted(dropped))


def _is_dropped(lines: list[str], number: int, line: str) -> bool:
    """Say whether a line is furniture where it stands."""
    if _TITLE_LIKE.match(line) and _may_be_title(lines, number):
        return False
    furniture = is_furniture(line) or _names_source(lines, number, line)
    return furniture and not _is_heading(lines, number, line)


def _may_be_title(lines: list[str], number: int) -> bool:
    """Say whether a line is the first of a text, or the next goes on with it."""
    after = lines[number + 1].strip()[:1] if number + 1 < len(lines) else ""
    return after.islower() or not any(line.strip() for line in lines[:number])


def _linked_list(lines: list[str], head: int) -> list[int]:
    """Give the lines of a list of links with its heading; none if it may be part of the text.

    A sentence stands above it, and no item is one. Items without marks go only at the end of a
    text, below a whole paragraph and under a heading that documents do not have.
    """
    above = [line.strip() for line in lines[:head]]
    if not any(map(_STOPS.search, above)):
        return []
    stop = head + 1
    while stop < len(lines) and (not lines[stop].strip() or _LIST_LINE.match(lines[stop])):
        stop += 1
    items = [number for number in range(head + 1, stop) if lines[number].strip()]
    bare = [lines[number].strip() for number in items]
    if any(item[-1] in _PROSE_ENDS or _CLAUSE.match(item) for item in bare):
        return []
    if not items or any(line.strip() for line in lines[stop:]):
        rest = [number for number in range(head + 1, len(lines)) if lines[number].strip()]
        sure = _SURE_HEAD.match(lines[head].strip()) and any(map(_is_paragraph, above))
        if sure and _are_titles(lines[head + 1 :]):
            return [head, *rest]
    return [head, *items] if items else []


def _is_paragraph(line: str) -> bool:
    """Say whether a line is a full sentence of some length."""
    wide = MIN_HAN_PARAGRAPH if re.search(f"[{HAN}]", line) else MIN_PARAGRAPH
    return len(line) >= wide and _STOPS.search(line) is not None


def _are_titles(lines: list[str]) -> bool:
    """Say whether the last lines of a text are titles of others: short, and none is a sentence."""
    return len(lines) <= MAX_TITLES and all(
        len(line) <= MAX_TITLE and (not line or line[-1] not in _PROSE_ENDS)
        for line in map(str.strip, lines)
    )


def _is_heading(lines: list[str], number: int, line: str) -> bool:
    """Say whether a line with the words of a button is a heading, or all there is."""
    if not any(other.strip() for at, other in enumerate(lines) if at != number):
        return is_one_button(line)
    return may_be_heading(line) and not _among_furniture(lines, number)


def _among_furniture(lines: list[str], number: int) -> bool:
    """Say whether a line is the last of several, or furniture is next to it."""
    before = next((line for at in range(number - 1, -1, -1) if (line := lines[at].strip())), "")
    after = next((line for at in range(number + 1, len(lines)) if (line := lines[at].strip())), "")
    return bool(before and not after) or is_furniture(before) or is_furniture(after)


@functools.lru_cache(maxsize=4096)
def is_furniture(line: str) -> bool:
    """Say whether the whole of a line is furniture."""
    if not _may_be_furniture(line):
        return False
    if _FURNITURE.match(line) or is_button_row(line) or is_byline(line):
        return True
    parts = _BRACKETED.findall(line) if _BRACKETED.match(line) else []
    if len(parts) < 2 or _BRACKETED.sub("", line).strip():
        return False
    return all(is_button_row(part) or is_byline(part) for part in parts)


def _may_be_furniture(line: str) -> bool:
    if not line or len(line) > MAX_FURNITURE:
        return False
    if line[-1] not in _PROSE_ENDS:
        return True
    return _STOPPED.match(line) is not None or line[-9:-1].lower() == "reserved"


def _names_source(lines: list[str], number: int, line: str) -> bool:
    """Say whether a line near the head or the foot of a text only names its source."""
    if _HEAD <= number < len(lines) - _FOOT or len(line) > 80:
        return False
    return len(lines) > 1 and is_source_line(line)


def _page_gaps(lines: list[str]) -> Iterator[tuple[int, list[int], int]]:
    """Find the page numbers between two lines with text: line before, page lines, line after."""
    before = -1
    pages: list[int] = []
    for number, line in enumerate(lines):
        bare = line.strip() if len(line) < MAX_PAGE else "text"
        if bare and _PAGE.match(bare):
            pages.append(number)
        elif bare:
            if pages:
                yield before, pages, number
            before, pages = number, []
    if pages:
        yield before, pages, len(lines)


def _line_starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _without_line(lines: list[str], starts: list[int], number: int) -> Edit:
    """Give the edit that takes out a line with the newline after it."""
    end = starts[number] + len(lines[number])
    return (starts[number], end + (number + 1 < len(lines)), "")


def _runs_on(before: str, after: str) -> bool:
    if before.rstrip().endswith(("-", "‐")):
        return False
    if _HAN_START.match(after):
        return not re.search(r"[。！？：；”]\s*$", before)
    return bool(re.match(r"\s*[a-z]", after)) and not re.search(r"[.!?:]\s*$", before)
