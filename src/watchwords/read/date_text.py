"""The text in which dates are looked for: its head and tail, with one kind of digit and blank."""

import re

HEAD_CHARACTERS, TAIL_CHARACTERS, LINE_CHARACTERS = 2000, 600, 400
_BLANKS, _HYPHENS = "\xa0\u3000\u202f\u2009\t", "－‐‑‒−"
_PLAIN = str.maketrans(
    "０１２３４５６７８９．：／" + _BLANKS + _HYPHENS,
    "0123456789.:/" + " " * len(_BLANKS) + "-" * len(_HYPHENS),
)
_ODD = re.compile("[" + "".join(map(chr, _PLAIN)) + "]")
_WIDE_BLANK = re.compile("\u3000|\t| {3,}")
_SPACED_YEAR = re.compile(r"(?<!\d)(?<!\d )([12]) (\d) (\d) (\d)(?! ?\d)")
_SPACED_PAIR = re.compile(r"(?<!\d)(?<!\d )(\d) (\d)(?! ?\d)")


def head_lines(text: str) -> list[str]:
    """Give the lines of the opening that hold something, made plain and cut.

    A line that the end of the opening cuts is kept up to there: what stands in it is read only
    if it lies in its first characters.
    """
    return _lines(text[:HEAD_CHARACTERS])


def tail_lines(text: str) -> list[str]:
    """Give the whole lines of the last characters of a text, made plain and cut."""
    tail = text[-TAIL_CHARACTERS:]
    if len(text) > TAIL_CHARACTERS and text[-TAIL_CHARACTERS - 1] not in "\r\n":
        tail = tail.replace("\r", "\n").partition("\n")[2]
    return _lines(tail)


def plain(line: str) -> str:
    r"""Write digits, blanks and hyphens in one way, and close spaced-out digits.

    Examples
    --------
    >>> plain("２０２１－２－３　晴")
    '2021-2-3  晴'
    >>> plain("2 0 2 1 - 0 2 - 0 3")
    '2021 - 02 - 03'
    """
    line = line[:LINE_CHARACTERS]
    if "   " in line or "\t" in line or "\u3000" in line:
        line = _WIDE_BLANK.sub("  ", line)
    if not line.isascii() and _ODD.search(line):
        line = line.translate(_PLAIN)
    if ("2 0 " in line or "1 9 " in line) and _SPACED_YEAR.search(line):
        line = _SPACED_PAIR.sub(r"\1\2", _SPACED_YEAR.sub(r"\1\2\3\4", line))
    return line


def _lines(text: str) -> list[str]:
    return [
        plain(line) for line in text.replace("\r", "\n").split("\n") if line and not line.isspace()
    ]
