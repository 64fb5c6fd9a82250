"""Wrong decodings undone, where they can be undone; what is lost stays as it is."""

import re

_HIGH_RUN = re.compile("[\u00a1-\u00fe]{2,}")
_HAN_RUN = re.compile("[一-鿿㐀-䶿\ue000-\uf8ff\u2000-\u206f\u3000-\u303f€]{2,}")
_LOSSY_DOUBLE = re.compile("Ã¢â‚¬Â\u009d?(?![¡-¿])")
_LOSSY_SINGLE = re.compile(r"(?<=\S)â€\u009d?(?=[\s.,;:!?)\]]|$)")
_GBK_QUOTE = re.compile("鈥[一-鿿a-z]?")
_SUSPECT = re.compile("[\u0080-\u009f\u00a1-\u00ffŒœŠšŽžŸƒˆ˜‚„†‡‰‹›€™√∂∑∏π∫ΩΔ]")


def fix_latin_mojibake(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, Latin-1 or Mac Roman, also twice.

    Lines without a suspect character are not touched.

    Examples
    --------
    >>> fix_latin_mojibake("the Ã¢â‚¬Å“last mileÃ¢â‚¬Â of service")
    'the “last mile” of service'
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding

    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _SUSPECT.search(line):
            fixed = fix_encoding(_LOSSY_DOUBLE.sub("”", line))
            lines[at] = _LOSSY_SINGLE.sub("”", fixed)
    return "\n".join(lines)


def fix_gbk_read_as_latin(text: str) -> str:
    """Undo Chinese or its punctuation (GB 2312) that was read as Latin-1.

    Examples
    --------
    >>> fix_gbk_read_as_latin("the city¡¯s ¡°two upholds¡±")
    'the city’s “two upholds”'
    """
    return text if text.isascii() else _HIGH_RUN.sub(_as_gbk, text)


def fix_utf8_read_as_gbk(text: str) -> str:
    """Undo UTF-8 that was read as GBK, if all of a run fits and becomes commoner signs.

    Examples
    --------
    >>> fix_utf8_read_as_gbk("缁挎按闈掑北")
    '绿水青山'
    >>> fix_utf8_read_as_gbk("绿水青山")
    '绿水青山'
    """
    if text.isascii():
        return text
    if "鈥" in text:
        text = _GBK_QUOTE.sub(_as_quote, text)
    return _HAN_RUN.sub(_as_utf8, text)


def _as_gbk(match: re.Match[str]) -> str:
    run = match.group()
    try:
        fixed = run.encode("latin-1").decode("gb2312")
    except UnicodeError:
        return run
    marks = all(sign in "‘’“”、。，；：？！（）《》—…·" for sign in fixed)
    return fixed if marks or (len(fixed) >= 2 and _is_common(fixed)) else run


def _as_quote(match: re.Match[str]) -> str:
    try:
        fixed = match.group().encode("gb18030").decode("utf-8")
    except UnicodeError:
        return match.group()
    return fixed if fixed[0] in "‘’“”–—…•" else match.group()


def _as_utf8(match: re.Match[str]) -> str:
    run = match.group()
    if _is_common(run):
        return run
    try:
        fixed = run.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return run
    return fixed if len(fixed) < len(run) and _is_common(fixed) else run


def _is_common(text: str) -> bool:
    """Say whether all signs are marks or among the 3,755 commonest of GB 2312."""
    for sign in text:
        try:
            code = sign.encode("gb2312")
        except UnicodeEncodeError:
            return False
        if len(code) == 2 and not (code[0] in (0xA1, 0xA3) or 0xB0 <= code[0] <= 0xD7):
            return False
    return True
