"""English quotation marks: straight, without blanks just inside."""

import re
from collections.abc import Iterator

from watchwords.clean.chinese import HAN
from watchwords.clean.edits import Edit, replace, step

_GUILLEMETS = re.compile(r"«\s?([^\s«»](?:[^«»\n]{0,198}[^\s«»])?)\s?»")
_LOW_HIGH = re.compile(r"„ ?(?P<quoted>[^„“”\n]{1,120}?) ?“")
_INSIDE_DOUBLE = re.compile("(?<=“) +| +(?=”)")
_SINGLE_CURLY = re.compile(r"(?<![^\s(“])‘(?P<head> *)[^’\n]{1,80}?(?P<tail> *)’")
# An open quote hard on a letter, before the end of a shortened word, is an apostrophe.
_GLUED_SINGLE = re.compile(
    r"(?P<head>(?<=[a-z][a-z]))?‘(?!(?<=[^\W\d_]‘)(?i:s|t|re|ve|ll|d|m)\b)"
    r"\w[^‘’\n]{2,60}\w’(?P<tail>(?=[a-z]{3}))?"
)
_STRAIGHT = dict.fromkeys("“”„‟〝〞＂″「」『』", '"') | dict.fromkeys("‘’‚‛＇′", "'")
_CURLY = "".join(_STRAIGHT)
# A quotation within a Chinese phrase keeps its marks.
_CHINESE_QUOTED = r"(?:“[^“”\n]{0,80}”|‘[^‘’\n]{0,80}’|「[^「」\n]{0,80}」|『[^『』\n]{0,80}』)"
_MAYBE_CHINESE = re.compile(
    rf"(?<=[{HAN}、，。；：]){_CHINESE_QUOTED}|{_CHINESE_QUOTED}(?=[{HAN}])"
)
_CURLY_MARK = re.compile(f"[{_CURLY}]")
_APOSTROPHE = re.compile(r"[`´](?=[a-z])(?<=[A-Za-z].)")
_TEX = re.compile("``([^`'\"\n]{1,300})(?:''|(\"))")
_TWO_SINGLES = re.compile(r"(?<![\w'`])''(?=[^\s'])([^'\n]{1,200})(?<=[^\s'])''(?![\w'])")
_SPACED_SINGLES = re.compile(r"(?<=[^s\W] )' ([A-Za-z][^'\n]{0,60}[A-Za-z]) '(?=[\s.,;:!?)]|$)")
_ALONE = re.compile(r"'(?= )(?<= ')")
_DOUBLED = re.compile(r'""(?=\S)([^"\n]+)(?<=\S)""')
_OTHER_QUOTES = re.compile(r"``|''|\\\"")
_TIGHT = re.compile(r"[\s(\[{—–/'-]")
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")
_TWO_LETTERS_END = re.compile(r"[A-Za-z]{2}$")
_AFTER_QUOTE = re.compile(r"[\w(]")


@step("«")
def straighten_guillemets(text: str) -> Iterator[Edit]:
    """Write a pair of « » as straight quotes; one that stands alone may be a misread sign.

    Examples
    --------
    >>> straighten_guillemets("the « two ropes » plan by « per cent")
    'the "two ropes" plan by « per cent'
    """
    for pair in _GUILLEMETS.finditer(text):
        yield (pair.start(), pair.start(1), '"')
        yield (pair.end(1), pair.end(), '"')


@step("„")
def raise_low_quotes(text: str) -> Iterator[Edit]:
    """Write a pair of low and high quotes as an English one.

    Examples
    --------
    >>> raise_low_quotes("the „ two ropes “ plan")
    'the “two ropes” plan'
    """
    for pair in _LOW_HIGH.finditer(text):
        yield (pair.start(), pair.start("quoted"), "“")
        yield (pair.end("quoted"), pair.end(), "”")


@step("“”‘’")
def tighten_curly_quotes(text: str) -> Iterator[Edit]:
    """Drop blanks just inside curly quotes, whose direction is known.

    Examples
    --------
    >>> tighten_curly_quotes("find “ good prescriptions ” for")
    'find “good prescriptions” for'
    """
    return replace(_INSIDE_DOUBLE, "", text)


@step("‘")
def tighten_single_curly_quotes(text: str) -> Iterator[Edit]:
    """Drop blanks just inside single curly quotes, if both are there."""
    for pair in _SINGLE_CURLY.finditer(text):
        for side in ("head", "tail"):
            if pair[side]:
                yield (*pair.span(side), "")


@step("‘")
def space_single_curly_quotes(text: str) -> Iterator[Edit]:
    """Put a blank outside a pair of single curly quotes where letters meet it.

    Examples
    --------
    >>> space_single_curly_quotes("the‘two ropes’plan, rock‘n’roll")
    'the ‘two ropes’ plan, rock‘n’roll'
    """
    for pair in _GLUED_SINGLE.finditer(text):
        if pair["head"] is not None:
            yield (pair.start(), pair.start(), " ")
            if pair["tail"] is not None:
                yield (pair.end(), pair.end(), " ")


@step(_CURLY)
def straighten_quotes(text: str) -> Iterator[Edit]:
    r"""Write quotation marks and apostrophes straight, but not within a Chinese phrase.

    Examples
    --------
    >>> straighten_quotes("the mayor’s “two upholds”")
    'the mayor\'s "two upholds"'
    >>> straighten_quotes("He wrote 坚持“两个维护”不动摇.")
    'He wrote 坚持“两个维护”不动摇.'
    """
    kept = [match.span() for match in _MAYBE_CHINESE.finditer(text)]
    kept = [span for span in kept if re.search(f"[{HAN}]", text[slice(*span)])]
    for start, end, new in replace(_CURLY_MARK, lambda mark: _STRAIGHT[mark.group()], text):
        while kept and kept[0][1] <= start:
            kept.pop(0)
        if not kept or start < kept[0][0]:
            yield (start, end, new)


@step("`´")
def straighten_accents(text: str) -> Iterator[Edit]:
    """Write accents that stand for apostrophes as such."""
    return replace(_APOSTROPHE, "'", text)


@step("`")
def straighten_tex_quotes(text: str) -> Iterator[Edit]:
    """Write a pair of ``TeX quotes'' as one of straight quotes."""
    for pair in _TEX.finditer(text):
        yield (pair.start(), pair.start(1), '"')
        if not pair[2]:
            yield (pair.end(1), pair.end(), '"')


@step("'")
def join_single_quotes(text: str) -> Iterator[Edit]:
    """Write a pair of doubled single quotes as one of double quotes."""
    if "''" in text:
        for pair in _TWO_SINGLES.finditer(text):
            yield (pair.start(), pair.start(1), '"')
            yield (pair.end(1), pair.end(), '"')


@step('"')
def undouble_quotes(text: str) -> Iterator[Edit]:
    """Undo the doubling of quotes by a CSV export.

    Examples
    --------
    >>> undouble_quotes('the ""two upholds"" come first')
    'the "two upholds" come first'
    """
    if '""' in text:
        for pair in _DOUBLED.finditer(text):
            yield (pair.start(), pair.start(1), '"')
            yield (pair.end(1), pair.end(), '"')


@step("'")
def tighten_single_quotes(text: str) -> Iterator[Edit]:
    """Drop blanks just inside a pair of straight single quotes, if neither can be a plural's.

    Examples
    --------
    >>> tighten_single_quotes("the ' last mile ' problem; the dogs ' bowl and cats ' toys")
    "the 'last mile' problem; the dogs ' bowl and cats ' toys"
    """
    if _ALONE.search(text):
        for pair in _SPACED_SINGLES.finditer(text):
            yield (pair.start() + 1, pair.start(1), "")
            yield (pair.end(1), pair.end() - 1, "")


@step('"')
def tighten_quotes(text: str) -> Iterator[Edit]:
    """Drop blanks just inside paired straight quotes, and put one outside where letters meet.

    Line by line; a line with an odd number of quotes, or in which one stands where no pair can
    open, is left alone: nothing is certain there.

    Examples
    --------
    >>> tighten_quotes('face the " gap" with strong cities')
    'face the "gap" with strong cities'
    >>> tighten_quotes('He said " gap remains and left.')
    'He said " gap remains and left.'
    """
    at = 0
    for line in text.split("\n"):
        if '"' in line:
            yield from ((at + start, at + end, new) for start, end, new in _tighten_line(line))
        at += len(line) + 1


def _tighten_line(line: str) -> list[Edit]:
    pieces = line.split('"')
    if len(pieces) < 3 or len(pieces) % 2 == 0 or _OTHER_QUOTES.search(line):
        return []
    edits: list[Edit] = []
    at = 0
    for before, quoted, after in zip(pieces[0::2], pieces[1::2], pieces[2::2], strict=False):
        if not quoted.strip() or not _may_open(before, quoted):
            return []
        if _looks_like_opening(quoted, after):
            return []
        start = at + len(before)
        end = start + len(quoted) + 1
        edits += _tighten_pair(line, start, end)
        at = end + 1
    return edits


def _tighten_pair(line: str, start: int, end: int) -> Iterator[Edit]:
    """Find the edits at one pair of quotes, which stand at `start` and `end`."""
    quoted, after = line[start + 1 : end], line[end + 1 : end + 3]
    n_before = len(quoted) - len(quoted.lstrip(" "))
    n_after = len(quoted) - len(quoted.rstrip(" "))
    is_letter = len(quoted) == 1
    if not is_letter and _TWO_LETTERS_END.search(line[max(0, start - 2) : start]):
        yield (start, start, " ")
    if n_before:
        yield (start + 1, start + 1 + n_before, "")
    if n_after:
        yield (end - n_after, end, "")
    if (_TWO_LETTERS.match(after) and not is_letter) or (n_after and _AFTER_QUOTE.match(after)):
        yield (end + 1, end + 1, " ")


def _looks_like_opening(quoted: str, after: str) -> bool:
    """Say whether the second quote opens rather than closes: a blank before it, a letter after."""
    return quoted.endswith(" ") and not quoted.startswith(" ") and bool(_AFTER_QUOTE.match(after))


def _may_open(before: str, quoted: str) -> bool:
    """Say whether a quote can open here: after a blank or a bracket, or hard on what it quotes."""
    return not before or bool(_TIGHT.match(before[-1])) or not quoted.startswith(" ")
