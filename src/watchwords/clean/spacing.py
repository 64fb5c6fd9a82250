"""Blanks around English punctuation, and punctuation of full width made half."""

import re
from collections.abc import Iterable, Iterator

from watchwords.clean.chinese import HAN
from watchwords.clean.edits import Edit, replace, step

_WIDE = "，。；：？！（）、【】％＋－／＆．＂＇～＝＃＄＊［］＠　﹐﹒﹔﹕﹖﹗﹙﹚"
_NARROW = ",.;:?!(),[]%+-/&.\"'~=#$*[]@ ,.;:?!()"
_FULL_MARKS = dict(zip(_WIDE, _NARROW, strict=True))
_MARK = f"[{_WIDE}]"
_FULL_MARK = re.compile(rf"{_MARK}(?<![{HAN}].)|{_MARK}(?![{HAN}])")
# Within Chinese words quoted in English, marks at the seams of the phrase stay as well.
_CHINESE_SEAM = re.compile(rf"(?<=[{HAN}”’」』》）])[，、；：](?=[{HAN}“‘「『《（])")
_ASKS_BLANK_AFTER = frozenset("，。；：？！、﹐﹒﹔﹕﹖﹗")
_OPENERS = frozenset("“‘\"'(（[【")
_CLOSERS = frozenset("”\"'’)）")
_LETTERS = "".join(
    map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])
)
_FULL_LETTER = re.compile(f"[{_LETTERS}]")
_ADDRESS = re.compile(
    r"(?i)(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w+"
    r"|(?<![\w-])[\w-]{1,63}\.(?:com|org|net|gov|edu|cn)\b\S*"
    r"|\$(?=[^$\n]{0,200}[\\^_{=])[^$\n]{1,200}\$"  # formulas as TeX writes them
)
_ADDRESS_PARTS = ("://", "www.", "WWW.", "@", ".com", ".org", ".net", ".gov", ".edu", ".cn", "$")
# A search for one sign is twenty times as fast as one for any of several: each has its own, and
# what else must stand around is looked at afterwards.
_BLANK_BEFORE = tuple(re.compile(rf"\{mark}(?<= .)") for mark in ",;.?!")
_MAY_LOSE_BLANK = re.compile(
    r" (?<=[A-Za-z\d\"')\]%] )(?=[,;?!](?:[\s\"')]|$|[A-Za-z])"
    r"|\.(?:\s(?!\d|\.)|$|[\"')]|[A-Z][a-z]))"
)
_COMMA = tuple(re.compile(rf"{mark}(?=[A-Za-z(\"'])") for mark in ",;")
_AFTER_COMMA = re.compile(r"[,;](?=[A-Za-z(]|[\"'][A-Za-z])(?<=[A-Za-z\d\"')\]%].)")
_ONE_LETTER_LIST = re.compile(r"(?<![A-Za-z])[a-z],(?=[a-z](?![A-Za-z]))")
_STOP = tuple(re.compile(rf"\{mark}(?=[A-Z])") for mark in ".?!")
_AFTER_STOP = re.compile(
    r"[.?!](?=[A-Z][a-z]|[AI] )(?<=[a-z\"')%].)|[?!](?=[A-Z][a-z])(?<=[a-z] .)"
    r"|[.?!](?=[A-Z][a-z]+[ ,])(?<=(?:\d\d|[A-Z]{2}).)"
)
_QUOTED_STOP = re.compile(r"\"(?=[A-Z][a-z])(?<=[a-z][.?!].)")
# What follows a point in the name of a file or a part of a program is no sentence.
_NAME_BEFORE = re.compile(
    r"(?:[\w-]+_[\w-]*|[/\\@][\w./\\-]*|(?<![\w.])[a-z_]\w+(?:\.[a-z_]\w+)+)$"
)
_NAME_AFTER = re.compile(
    r"(?:Txt|Docx?|Pdf|Xlsx?|Csv|Jpe?g|Png|Gif|Html?|Js|Json|Xml|Zip|Exe)\b|\w+(?:[(_]\w|\.[a-z])"
)
WINDOW = 20_000
_BRACKETED = r"\((?:[^()\n]{0,300} |[A-Za-z-]{4})[^()\n]{0,300}\)"
_OPEN_BRACKET = re.compile(rf"\((?<=[A-Za-z][A-Za-z,;].)(?<=(?={_BRACKETED}).)")
_CLOSE_BRACKET = re.compile(rf"{_BRACKETED}(?=[A-Za-z])")
_BLANK_INSIDE = re.compile(r"(?<=[(\[]) +(?=\S)| (?=\))(?<=\S )")
_BRACKET_AT_BLANK = tuple(re.compile(mark) for mark in (r"\((?= )", r"\[(?= )", r"\)(?<= \))"))
_PLURAL = re.compile(r"\((?:s|es|ies|ed|ing|d|n|er|ers|able)\)")
_GAP_AT_LINE = tuple(re.compile(end) for end in (r"\n(?= )", r"\n(?<= \n)", r"\n(?=\n\n)"))
_GAP = re.compile(r" *\n[ \n]*| {2,}")


@step(_LETTERS)
def narrow_letters(text: str) -> Iterator[Edit]:
    """Write letters and digits of full width in half width.

    Examples
    --------
    >>> narrow_letters("ＣＰＣ２０２１")
    'CPC2021'
    """
    return replace(_FULL_LETTER, lambda match: chr(ord(match.group()) - 0xFEE0), text)


@step(_WIDE)
def narrow_marks(text: str) -> Iterator[Edit]:
    """Write punctuation of full width in half width, unless it stands within a Chinese phrase.

    The blank that the wide sign carried in itself comes back where letters follow.

    Examples
    --------
    >>> narrow_marks("Shuoyang，Tinghe（a town）at 10：30")
    'Shuoyang, Tinghe (a town) at 10:30'
    """
    seams = {match.start() for match in _CHINESE_SEAM.finditer(text)}
    for mark in _FULL_MARK.finditer(text):
        if mark.start() not in seams:
            yield (*mark.span(), _narrowed(text, mark.start()))


@step(",;?!.")
def drop_blanks_before_marks(text: str) -> Iterator[Edit]:
    """Drop the blank before , ; . ? and !.

    Examples
    --------
    >>> drop_blanks_before_marks("Was it so ? Yes .")
    'Was it so? Yes.'
    """
    blanks = [
        (at - 1, at, "")
        for at in _places(_BLANK_BEFORE, text)
        if _MAY_LOSE_BLANK.match(text, at - 1)
    ]
    return outside_addresses(text, blanks)


@step(",;")
def space_commas(text: str) -> Iterator[Edit]:
    """Put one blank after , and ; where letters follow; single letters (a,b) stay together.

    Examples
    --------
    >>> space_commas("Ropes,nets; f(x,y) at 1,000")
    'Ropes, nets; f(x,y) at 1,000'
    """
    gaps = [(at + 1, at + 1, " ") for at in _places(_COMMA, text) if _AFTER_COMMA.match(text, at)]
    if gaps:
        lists = {pair.end() for pair in _ONE_LETTER_LIST.finditer(text)}
        gaps = [gap for gap in gaps if gap[0] not in lists]
    return outside_addresses(text, gaps)


@step('"')
def space_quoted_stops(text: str) -> Iterator[Edit]:
    """Put one blank after a stop and a closing quote where a sentence follows."""
    gaps = [(stop.end(), stop.end(), " ") for stop in _QUOTED_STOP.finditer(text)]
    return outside_addresses(text, gaps)


@step(".?!")
def space_stops(text: str) -> Iterator[Edit]:
    """Put one blank after . ? and ! where a sentence follows; names of files stay.

    Examples
    --------
    >>> space_stops("The meeting ended.The mayor left. See main_part.Txt and the U.S.A.")
    'The meeting ended. The mayor left. See main_part.Txt and the U.S.A.'
    """
    gaps = [
        (at + 1, at + 1, " ")
        for at in _places(_STOP, text)
        if _AFTER_STOP.match(text, at) and not _is_in_name(text, at)
    ]
    return outside_addresses(text, gaps)


@step("([")
def tighten_brackets(text: str) -> Iterator[Edit]:
    """Drop blanks just inside brackets."""
    if not any(bracket.search(text) for bracket in _BRACKET_AT_BLANK):
        return iter(())
    return outside_addresses(text, replace(_BLANK_INSIDE, "", text))


@step("(")
def space_brackets(text: str) -> Iterator[Edit]:
    """Put a blank outside brackets where letters meet.

    Examples
    --------
    >>> space_brackets("Tinghe(hereinafter the city)met its member(s)")
    'Tinghe (hereinafter the city) met its member(s)'
    """
    edits = [(match.start(), match.start(), " ") for match in _OPEN_BRACKET.finditer(text)]
    for match in _CLOSE_BRACKET.finditer(text):
        if not _PLURAL.fullmatch(match.group()):
            edits.append((match.end(), match.end(), " "))
    return outside_addresses(text, sorted(edits))


@step()
def collapse_blanks(text: str) -> Iterator[Edit]:
    """Keep one blank of many, none at the edges of lines, and at most one empty line."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first:
        yield (0, first, "")
    if _has_gap(text):
        for gap in _GAP.finditer(text, first, max(first, last)):
            new = "\n" * min(gap.group().count("\n"), 2) or " "
            if new != gap.group():
                yield (*gap.span(), new)
    if first < last < len(text):
        yield (last, len(text), "")


def outside_addresses(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Leave out the edits that fall within web and mail addresses, and within formulas."""
    end, span = -1, (-1, -1)
    spans: Iterator[tuple[int, int]] = iter(())
    for edit in edits:
        if edit[0] >= end:
            begin = text.rfind("\n", max(0, edit[0] - WINDOW), edit[0]) + 1
            begin = begin or max(0, edit[0] - WINDOW)
            end = text.find("\n", edit[0], edit[0] + WINDOW)
            end = end if end > edit[0] else min(len(text), edit[0] + WINDOW) + 1
            spans, span = _addresses(text, begin, end), (-1, -1)
        while span[1] <= edit[0] and span[0] < len(text):
            span = next(spans, (len(text), len(text)))
        if edit[1] <= span[0]:
            yield edit


def _addresses(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[begin:end]
    if any(hint in part for hint in _ADDRESS_PARTS):
        for address in _ADDRESS.finditer(part):
            yield (begin + address.start(), begin + address.end())


def _places(marks: tuple[re.Pattern[str], ...], text: str) -> list[int]:
    """List where any of these marks stands, in order."""
    return sorted(match.start() for mark in marks for match in mark.finditer(text))


def _has_gap(text: str) -> bool:
    return "  " in text or any(gap.search(text) for gap in _GAP_AT_LINE)


def _narrowed(text: str, at: int) -> str:
    """Give the narrow sign for a wide one, with a blank where letters meet it."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    narrow = _FULL_MARKS[mark]
    if mark == "（":
        return " (" if (before.isascii() and before.isalnum()) or before in _CLOSERS else narrow
    if mark == "）":
        return ") " if after.isascii() and after.isalnum() else narrow
    if mark in _ASKS_BLANK_AFTER and (after in _OPENERS or after.isalnum()) and after:
        return narrow if before.isdigit() and after.isdigit() else f"{narrow} "
    return narrow


def _is_in_name(text: str, at: int) -> bool:
    """Say whether the point at a place stands within the name of a file or of a part of code."""
    return text[at] == "." and bool(
        _NAME_AFTER.match(text, at + 1, at + 40) or _NAME_BEFORE.search(text[max(0, at - 60) : at])
    )
