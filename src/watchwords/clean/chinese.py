"""Chinese text: blanks of extraction and pinyin noise dropped; its punctuation stays."""

import re

_HAN = "㐀-䶿一-鿿"
_MARKS = "，。、；：！？“”‘’（）《》「」『』【】…—·"
_AT_MARK = re.compile(rf" +(?=[{_MARKS}])|(?<=[{_MARKS}]) +")
_BETWEEN = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")
_PUNCTUATED = re.compile("[，。；：、“”]")
_SYLLABLE = "(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}(?:ng|n|r)?"
_PINYIN = re.compile(rf"(?<=[{_HAN}])\({_SYLLABLE}\)(?![a-z])")
_INDENT = re.compile("(?m)^　+|　+$")


def drop_blanks(text: str) -> str:
    """Drop blanks between Chinese signs; a line without punctuation keeps them.

    A list of names or a line of titles has no punctuation, and its blanks say where each ends.

    Examples
    --------
    >>> drop_blanks("增强 “四个 意识”， 做到")
    '增强“四个意识”，做到'
    >>> drop_blanks("林远 何平")
    '林远 何平'
    """
    if " " not in text:
        return text
    lines = []
    for line in text.split("\n"):
        bare = _AT_MARK.sub("", line)
        lines.append(_BETWEEN.sub("", bare) if _PUNCTUATED.search(bare) else bare)
    return "\n".join(lines)


def drop_indents(text: str) -> str:
    """Drop ideographic blanks at the edges of lines."""
    return _INDENT.sub("", text)


def drop_pinyin_noise(text: str) -> str:
    """Drop the pinyin that copying sites put behind single signs, if it occurs twice or more.

    Examples
    --------
    >>> drop_pinyin_noise("推動(dòng)高質(zhì)量發(fā)展")
    '推動高質量發展'
    >>> drop_pinyin_noise("兩個維護(liǎng gè wéihù)是一例")
    '兩個維護(liǎng gè wéihù)是一例'
    """
    if "(" not in text or len(_PINYIN.findall(text)) < 2:
        return text
    return _PINYIN.sub("", text)
