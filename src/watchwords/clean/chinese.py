"""Chinese text: blanks of extraction and pinyin noise dropped; its punctuation stays."""

import re
from collections.abc import Iterator

from watchwords.clean.edits import Edit, replace, step

HAN = "㐀-䶿一-鿿豈-﫿"
_MARKS = "，。、；：！？“”‘’（）《》「」『』【】…—·"
_AFTER_MARK = re.compile(rf"(?<=[{_MARKS}]) +| +(?=[{_MARKS}])")
_BETWEEN = re.compile(rf"(?<=[{HAN}])(?<!记者)(?<!通讯员)(?<!作者)(?<!编辑) +(?=[{HAN}])(?!摄)")
MAX_GAP = 20
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤米"
)
_NAMES = re.compile(
    rf"(?<![{HAN}])[{SURNAMES}][{HAN}]{{1,2}}(?: +[{SURNAMES}][{HAN}]{{1,2}})+(?![{HAN}])"
)
_PUNCTUATED = re.compile("[，。；：、“”]")
_STOPPED = re.compile("[，。；！？]")
_NUMBERED = re.compile("第[一二三四五六七八九十百〇零0-9]{1,6}[编章节条款项]$")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = f"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?[aeiouü{_TONED}]{{1,3}}(?:ng|n|r)?"
_PINYIN = re.compile(rf"\((?![aeo]\)){_SYLLABLE}\)(?![a-z])")
_INDENT = re.compile("(?m)^　+|　+$")


@step(" ")
def drop_blanks(text: str) -> Iterator[Edit]:
    """Drop blanks at Chinese marks, and between Chinese signs where extraction strewed them.

    In a line without punctuation they say where a name or a title ends; so do single ones in a
    long line, and those beside the name of a reporter.

    Examples
    --------
    >>> drop_blanks("增强 “四个 意识”， 做到")
    '增强“四个意识”，做到'
    >>> drop_blanks("林远 何平")
    '林远 何平'
    """
    at = 0
    for line in text.split("\n"):
        if " " in line:
            blanks = [edit[:2] for edit in replace(_AFTER_MARK, "", line)]
            between = [edit[:2] for edit in replace(_BETWEEN, "", line)]
            is_prose = _PUNCTUATED if len(between) + len(blanks) > 1 else _STOPPED
            names = [match.span() for match in _NAMES.finditer(line)] if between else []
            between = [gap for gap in between if not any(a < gap[0] < b for a, b in names)]
            between = [gap for gap in between if not _NUMBERED.search(line, 0, gap[0])]
            if len(between) * MAX_GAP >= len(line) and is_prose.search(line):
                blanks = sorted({*blanks, *between})
            yield from ((at + start, at + end, "") for start, end in blanks)
        at += len(line) + 1


@step("　")
def drop_indents(text: str) -> Iterator[Edit]:
    """Drop ideographic blanks at the edges of lines."""
    return replace(_INDENT, "", text)


@step("(")
def drop_pinyin_noise(text: str) -> Iterator[Edit]:
    """Drop the pinyin that copying sites put behind single signs, if it occurs twice or more.

    Examples
    --------
    >>> drop_pinyin_noise("推動(dòng)高質(zhì)量發(fā)展")
    '推動高質量發展'
    >>> drop_pinyin_noise("兩個維護(liǎng gè wéihù)是一例")
    '兩個維護(liǎng gè wéihù)是一例'
    """
    noise = [
        match
        for match in _PINYIN.finditer(text)
        if match.start() and re.match(f"[{HAN}]", text[match.start() - 1])
    ]
    if len(noise) >= 2 and any(sign in match.group() for match in noise for sign in _TONED):
        yield from ((*match.span(), "") for match in noise)
