"""Blanks around English punctuation, and punctuation of full width made half."""

import re
from collections.abc import Callable

_WIDE = "，。；：？！（）、【】％＋－／＆．＂＇～＝＃＄＊［］＠　"
_NARROW = ",.;:?!(),[]%+-/&.\"'~=#$*[]@ "
_FULL_MARKS = dict(zip(_WIDE, _NARROW, strict=True))
_HAN = "㐀-䶿一-鿿"
_MARK = f"[{''.join(_FULL_MARKS)}]"
_FULL_MARK = re.compile(rf"{_MARK}(?<![{_HAN}].)|{_MARK}(?![{_HAN}])")
_FULL_LETTER = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_ADDRESS = re.compile(
    r"(?i)(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w+|(?<![\w-])[\w-]{1,63}\.(?:com|org|net|gov|edu|cn)\b\S*"
)
_ADDRESS_PARTS = ("://", "www.", "WWW.", "@", ".com", ".org", ".net", ".gov", ".edu", ".cn")
# A mark comes first in each pattern and what stands before it is looked at afterwards: a search
# for a letter is fast, a look back at every place is not.
_BEFORE_MARK = re.compile(
    r" (?<=[A-Za-z\d\"')\]%] )(?=[,;?!](?:[\s\"')]|$|[A-Za-z])"
    r"|\.(?:\s(?!\d)|$|[\"')]|[A-Z][a-z]))"
)
_AFTER_COMMA = re.compile(r"[,;](?=[A-Za-z(]|[\"'][A-Za-z])(?<=[A-Za-z\d\"')\]%].)")
_AFTER_STOP = re.compile(r"[.?!](?=[A-Z][a-z]|[AI] )(?<=[a-z\"')].)|[?!](?=[A-Z][a-z])(?<=[a-z] .)")
_AFTER_QUOTED_STOP = re.compile(r"[.?!]\"(?=[A-Z][a-z])(?<=[a-z]..)")
_BRACKETED = r"\((?:[^()\n]{0,300} |[A-Za-z-]{4})[^()\n]{0,300}\)"
_OPEN_BRACKET = re.compile(rf"\((?<=[A-Za-z,;].)(?<=(?={_BRACKETED}).)")
_CLOSE_BRACKET = re.compile(rf"({_BRACKETED})(?=[A-Za-z])")
_INSIDE_BRACKET = re.compile(r"([(\[]) +(?=\S)| (?=\))(?<=\S )")
_PLURAL = re.compile(r"\((?:s|es|ies|ed|ing|d|n|er|ers|able)\)")
_MANY_BLANKS = re.compile(r" {2,}")
_MANY_LINES = re.compile(r"\n{3,}")


def narrow_letters(text: str) -> str:
    """Write letters and digits of full width in half width.

    Examples
    --------
    >>> narrow_letters("ＣＰＣ２０２１")
    'CPC2021'
    """
    return text if text.isascii() else _FULL_LETTER.sub(_narrow, text)


def narrow_marks(text: str) -> str:
    """Write punctuation of full width in half width, unless it stands between Chinese signs.

    Examples
    --------
    >>> narrow_marks("Shuoyang，Tinghe")
    'Shuoyang,Tinghe'
    """
    if text.isascii():
        return text
    return _FULL_MARK.sub(lambda match: _FULL_MARKS[match.group()], text)


def space_marks(text: str) -> str:
    """Put one blank after , ; . ? ! where letters follow, and none before.

    Numbers, times, addresses and abbreviations are left alone.

    Examples
    --------
    >>> space_marks("The meeting ended.The mayor left ,at 14:25")
    'The meeting ended. The mayor left, at 14:25'
    """
    return _outside_addresses(text, _space_marks)


def space_brackets(text: str) -> str:
    """Put a blank outside brackets where letters meet, none inside.

    Examples
    --------
    >>> space_brackets("Tinghe(hereinafter the city)met its member(s)")
    'Tinghe (hereinafter the city) met its member(s)'
    """
    return _outside_addresses(text, _space_brackets)


def collapse_blanks(text: str) -> str:
    """Keep one blank of many, none at the edges of lines, and at most one empty line."""
    if "  " in text:
        text = _MANY_BLANKS.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = "\n".join(line.strip(" ") for line in text.split("\n"))
    if "\n\n\n" in text:
        text = _MANY_LINES.sub("\n\n", text)
    return text.strip()


def _narrow(match: re.Match[str]) -> str:
    return chr(ord(match.group()) - 0xFEE0)


def _space_marks(text: str) -> str:
    text = _BEFORE_MARK.sub("", text)
    for pattern in (_AFTER_COMMA, _AFTER_QUOTED_STOP, _AFTER_STOP):
        text = pattern.sub(r"\g<0> ", text)
    return text


def _space_brackets(text: str) -> str:
    if "(" not in text and "[" not in text:
        return text
    text = _INSIDE_BRACKET.sub(r"\1", text)
    return _CLOSE_BRACKET.sub(_after_bracket, _OPEN_BRACKET.sub(" (", text))


def _after_bracket(match: re.Match[str]) -> str:
    return match.group() if _PLURAL.fullmatch(match.group()) else f"{match.group()} "


def _outside_addresses(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to what lies between web and mail addresses."""
    if not any(part in text for part in _ADDRESS_PARTS):
        return change(text)
    done: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        done += [change(text[at : address.start()]), address.group()]
        at = address.end()
    return "".join([*done, change(text[at:])])
