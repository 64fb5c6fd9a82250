"""Wrong decodings undone, where they can be undone; what is lost stays as it is."""

import re
from collections.abc import Iterator

from watchwords.clean.edits import Edit, align, replace, step

_QUOTES = "‘’“”–—…•"
_MARKS = frozenset("‘’“”、。，；：？！（）《》〈〉【】「」『』—…·～％＋－ 　")
_HIGH = "".join(map(chr, range(0xA1, 0xFF)))
_HIGH_RUN = re.compile("[\u00a1-\u00fe]{2,}")
# Big5 read as Latin-1: pairs of a sign from the rows of its commoner half and any second byte.
_BIG5_RUN = re.compile("(?:[\u00a4-\u00c6][\u0040-\u007e\u00a1-\u00fe]|\u00a1[AB]){3,}")
_CONTROL = re.compile("[\u0080-\u00a0]")
_WIDE_RUN = re.compile("[^\u0000-\u007f]{2,}")
_LOSSY_DOUBLE = re.compile("Ã¢â‚¬Â\u009d?(?![¡-¿])")
_LOSSY_SINGLE = re.compile(r"(?<=\S)â€\u009d?(?=[\s.,;:!?)\]]|$)")
# A quotation mark or dash of UTF-8 whose first byte was lost.
_HEADLESS = re.compile("(?<=[\\x20-\\x7e])\u0080[\u0093\u0094\u0098\u0099\u009c\u009d]")
_GBK_QUOTE = re.compile("鈥[^\u0000-\u007f]?[a-z]?")
_CYRILLIC_QUOTE = re.compile("вЂ[њќ™\u0098˜“”¦ў]")
# What the first byte of a sign of two or more in UTF-8 becomes in an older code.
_SUSPECT = "".join(map(chr, [*range(0x80, 0xA0), 0xAC, *range(0xC2, 0xF5)]))
_SUSPECT += "ŒœŠšŽžŸƒˆ˜‚„†‡‰‹›€™√∂∑∏π∫ΩΔ" + "ЃѓЂђЄєЉљЊњЌќЋћЏџҐґ"
_SUSPECTS = re.compile(f"[{_SUSPECT}]")
_WIDE = re.compile("[^\u0000-\u007f]+")


def _decoded(first: range, second: range) -> str:
    """List the signs that GBK has for pairs of these bytes."""
    pairs = (bytes((one, two)) for one in first for two in second)
    return "".join(pair.decode("gbk", "ignore") for pair in pairs)


# The first two bytes of a Chinese sign in UTF-8, as GBK or as the Japanese code shows them.
_UTF8_AS_GBK = frozenset(_decoded(range(0xE4, 0xEA), range(0x80, 0xC0))) | {"锛", "銆", "鈥"}
_UTF8_AS_KANA = frozenset(map(chr, range(0xFF61, 0xFFA0)))
_COMMON = frozenset(
    bytes((one, two)).decode("gb2312", "ignore")
    for one in range(0xB0, 0xD8)
    for two in range(0xA1, 0xFF)
)
_COMMON_START = re.compile(f"[{''.join(sorted(_COMMON | _MARKS))}]*")


@step("".join(sorted(_SUSPECT)))
def fix_latin_mojibake(text: str) -> Iterator[Edit]:
    """Undo UTF-8 that was read as Windows-1252 or -1251, Latin-1 or Mac Roman, also twice.

    Lines without a suspect character are not touched.

    Examples
    --------
    >>> fix_latin_mojibake("the Ã¢â‚¬Å“last mileÃ¢â‚¬Â of service")
    'the “last mile” of service'
    """
    from ftfy import fix_encoding

    at = 0
    for line in text.split("\n"):
        if _SUSPECTS.search(line):
            whole = _CYRILLIC_QUOTE.sub(_cyrillic, _LOSSY_DOUBLE.sub("”", line))
            whole = _HEADLESS.sub(_headed, whole)
            fixed = _LOSSY_SINGLE.sub("”", fix_encoding(whole))
            if fixed != line:
                yield from ((at + a, at + b, new) for a, b, new in align(line, fixed, _WIDE))
        at += len(line) + 1


@step(_HIGH)
def fix_gbk_read_as_latin(text: str) -> Iterator[Edit]:
    """Undo Chinese or its punctuation (GB 2312) that was read as Latin-1.

    Examples
    --------
    >>> fix_gbk_read_as_latin("the city¡¯s ¡°two upholds¡±")
    'the city’s “two upholds”'
    """
    return replace(_HIGH_RUN, _as_gbk, text)


@step("".join(map(chr, range(0xA4, 0xC7))))
def fix_big5_read_as_latin(text: str) -> Iterator[Edit]:
    r"""Undo Chinese (Big5) that was read as Latin-1, if three signs or more fit.

    Examples
    --------
    >>> fix_big5_read_as_latin("\u00a5\u00ab\u00a9e\u00a5l\u00b6}")
    '市委召開'
    """
    return replace(_BIG5_RUN, _as_big5, text)


@step("".join(sorted(_UTF8_AS_GBK)))
def fix_utf8_read_as_gbk(text: str) -> Iterator[Edit]:
    """Undo UTF-8 that was read as GBK, if all of a run fits and becomes commoner signs.

    Examples
    --------
    >>> fix_utf8_read_as_gbk("缁挎按闈掑北")
    '绿水青山'
    >>> fix_utf8_read_as_gbk("绿水青山")
    '绿水青山'
    """
    at = 0
    for run in _WIDE_RUN.finditer(text):
        for start in range(run.start(), run.end()):
            if (
                text[start] in _UTF8_AS_GBK
                and start >= at
                and _from_gbk(text[start : start + 3])[0]
            ):
                length, fixed = _from_gbk(text[start : run.end()])
                yield (start, start + length, fixed)
                at = start + length


@step("鈥")
def fix_quotes_read_as_gbk(text: str) -> Iterator[Edit]:
    """Undo single quotes and dashes of UTF-8 that were read as GBK with a letter after them."""
    return replace(_GBK_QUOTE, _as_quote, text)


@step("".join(sorted(_UTF8_AS_KANA)))
def fix_utf8_read_as_japanese(text: str) -> Iterator[Edit]:
    """Undo UTF-8 that was read in the Japanese code, if all of a run fits."""
    return replace(_WIDE_RUN, _from_japanese, text)


def _headed(match: re.Match[str]) -> str:
    return ("\u00e2" + match.group()).encode("latin-1").decode("utf-8")


def _cyrillic(match: re.Match[str]) -> str:
    try:
        return match.group().encode("cp1251").decode("utf-8")
    except UnicodeError:
        return match.group()


def _as_gbk(match: re.Match[str]) -> str:
    run = match.group()
    raw = run.encode("latin-1")
    try:
        fixed = raw.decode("gb2312")
    except UnicodeError:
        return run
    if _is_utf8(raw):
        return run
    marks = all(sign in _MARKS for sign in fixed)
    return fixed if marks or (len(fixed) >= 2 and _is_common(fixed)) else run


def _as_big5(match: re.Match[str]) -> str:
    run = match.group()
    around = match.string[max(0, match.start() - 20) : match.end() + 20]
    if _CONTROL.search(around):  # bytes that Big5 does not have: UTF-8 read twice
        return run
    try:
        fixed = run.encode("latin-1").decode("big5")
    except UnicodeError:
        return run
    return fixed if all(sign in _MARKS or "一" <= sign <= "鿿" for sign in fixed) else run


def _as_quote(match: re.Match[str]) -> str:
    run = match.group()
    for end in range(len(run), 1, -1):
        try:
            fixed = run[:end].encode("gb18030").decode("utf-8")
        except UnicodeError:
            continue
        if fixed[0] in _QUOTES:
            return fixed + run[end:]
    return run


def _from_gbk(run: str) -> tuple[int, str]:
    """Find how much of a run was UTF-8 and what it said; (0, "") if that is not two signs."""
    try:
        raw = run.encode("gb18030")
    except UnicodeError:
        return 0, ""
    try:
        fixed = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fixed = raw[: error.start].decode("utf-8")
    start = _COMMON_START.match(fixed)
    fixed = start.group() if start else ""
    while len(fixed) >= 2:
        try:
            return len(fixed.encode("utf-8").decode("gb18030")), fixed
        except UnicodeDecodeError:
            fixed = fixed[:-1]
    return 0, ""


def _from_japanese(match: re.Match[str]) -> str:
    run = match.group()
    if _UTF8_AS_KANA.isdisjoint(run):
        return run
    try:
        fixed = run.encode("cp932").decode("utf-8")
    except UnicodeError:
        return run
    return fixed if len(fixed) >= 2 and _is_common(fixed) else run


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_common(text: str) -> bool:
    """Say whether all signs are marks or among the 3,755 commonest of GB 2312."""
    return all(sign in _COMMON or sign in _MARKS for sign in text)
