"""English quotation marks: straight, without blanks just inside."""

import re

_INSIDE_CURLY = (
    (re.compile(r"„ ?([^„“”\n]{1,120}?) ?“"), r"“\1”"),
    (re.compile(r"“ +"), "“"),
    (re.compile(r" +”"), "”"),
    (re.compile(r"(?<![^\s(“])‘ +(?=[^’\n]{1,80}? ?’)"), "‘"),
    (re.compile(r"(‘[^’\n]{1,80}?) +’"), r"\1’"),
)
_STRAIGHT = dict.fromkeys("“”„‟«»〝〞＂″「」『』", '"') | dict.fromkeys("‘’‚‛＇′", "'")
_CURLY = re.compile(f"[{''.join(_STRAIGHT)}]")
_APOSTROPHE = re.compile(r"[`´](?=[a-z])(?<=[A-Za-z].)")
_DOUBLED = re.compile(r'""(?=\S)([^"\n]+)(?<=\S)""')
_TIGHT = re.compile(r"[\s(\[{—–/'-]")
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")
_TWO_LETTERS_END = re.compile(r"[A-Za-z]{2}$")
_AFTER_QUOTE = re.compile(r"[\w(]")


def tighten_curly_quotes(text: str) -> str:
    """Drop blanks just inside curly quotes, whose direction is known.

    Examples
    --------
    >>> tighten_curly_quotes("find “ good prescriptions ” for")
    'find “good prescriptions” for'
    """
    if not any(mark in text for mark in "“”‘’„"):
        return text
    for pattern, replacement in _INSIDE_CURLY:
        text = pattern.sub(replacement, text)
    return text


def straighten_quotes(text: str) -> str:
    r"""Write quotation marks and apostrophes straight.

    Examples
    --------
    >>> straighten_quotes("the mayor’s “two upholds”")
    'the mayor\'s "two upholds"'
    """
    if "``" in text:
        text = text.replace("``", '"').replace("''", '"')
    text = _APOSTROPHE.sub("'", text)
    return text if text.isascii() else _CURLY.sub(lambda match: _STRAIGHT[match.group()], text)


def undouble_quotes(text: str) -> str:
    """Undo the doubling of quotes by a CSV export.

    Examples
    --------
    >>> undouble_quotes('the ""two upholds"" come first')
    'the "two upholds" come first'
    """
    return _DOUBLED.sub(r'"\1"', text) if '""' in text else text


def tighten_quotes(text: str) -> str:
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
    if '"' not in text:
        return text
    return "\n".join(_tighten_line(line) for line in text.split("\n"))


def _tighten_line(line: str) -> str:
    pieces = line.split('"')
    if len(pieces) < 3 or len(pieces) % 2 == 0:
        return line
    outside, inside = pieces[0::2], pieces[1::2]
    for at, quoted in enumerate(inside):
        if not quoted.strip() or not _may_open(outside[at], quoted):
            return line
        if _looks_like_opening(quoted, outside[at + 1]):
            return line
    done = outside[0]
    for at, quoted in enumerate(inside):
        after = outside[at + 1]
        gap = " " if _gaps(quoted, after) else ""
        before = " " if _TWO_LETTERS_END.search(done) else ""
        done += f'{before}"{quoted.strip(" ")}"{gap}{after}'
    return done


def _gaps(quoted: str, after: str) -> bool:
    return bool(_TWO_LETTERS.match(after) or (quoted.endswith(" ") and _AFTER_QUOTE.match(after)))


def _looks_like_opening(quoted: str, after: str) -> bool:
    """Say whether the second quote opens rather than closes: a blank before it, a letter after."""
    return quoted.endswith(" ") and not quoted.startswith(" ") and bool(_AFTER_QUOTE.match(after))


def _may_open(before: str, quoted: str) -> bool:
    """Say whether a quote can open here: after a blank or a bracket, or hard on what it quotes."""
    return not before or bool(_TIGHT.match(before[-1])) or not quoted.startswith(" ")
