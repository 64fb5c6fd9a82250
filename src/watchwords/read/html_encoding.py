"""The bytes of a web page to characters: what the page says of itself is checked, not believed."""

import codecs
import re

from watchwords.read.encodings import Decoded, decode

DECLARED_IN = 4096
MAX_BROKEN = 0.02
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""",
    re.I,
)
_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
# What browsers take a label for: the larger set that pages of that label are really in.
_LABELS = {
    "gb18030": "gb18030 gb2312 gb_2312-80 gb_2312 gbk x-gbk cp936 csgb2312 chinese",
    "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5 csbig5",
    "cp1252": "iso-8859-1 iso8859-1 latin1 latin-1 us-ascii ascii windows-1252 cp1252",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
    "cp949": "euc-kr euckr ks_c_5601-1987 windows-949",
    "utf-8": "utf-8 utf8 unicode utf-16 utf-16le utf-16be unicode-1-1-utf-8",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}


def decode_page(data: bytes) -> Decoded:
    r"""Decode a web page: byte order mark, valid UTF-8, the declared encoding, then a guess.

    Bytes that are UTF-8 throughout are UTF-8 whatever they are labelled: text in another
    encoding is never valid by chance. A page in which one character in fifty or fewer is broken
    keeps its declared encoding and loses these characters, which the note says.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    Decoded
        ``guessed`` names the encoding if it is not the declared one, or if characters were lost.

    Raises
    ------
    Rejected
        encoding: nothing fits.

    Examples
    --------
    >>> decode_page('<meta charset="gb2312"><p>\u5e02\u957f\u9555'.encode("gb18030")).text[-3:]
    '市长镕'
    >>> decode_page(b"<meta charset=utf-8><p>\x93Caf\xe9\x94").guessed
    'cp1252'
    """
    if data.startswith(_MARKS):
        return decode(data)
    declared = declared_encoding(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared)
    if text.count("\0") > len(text) // 10:
        return decode(data)
    other = declared not in {"", "utf-8"} and not text.isascii()
    return Decoded(text.replace("\0", ""), f"utf-8, labelled {declared}" if other else "")


def declared_encoding(data: bytes) -> str:
    """Find the encoding a page declares, as the codec that browsers use for it, or ""."""
    found = _DECLARATION.search(data[:DECLARED_IN])
    label = found[1].decode("ascii", "ignore").lower() if found else ""
    try:
        return _CODECS.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""


def _declared(data: bytes, declared: str) -> Decoded:
    """Decode what is not valid UTF-8: by its label if that nearly fits, else by a guess."""
    for codec in dict.fromkeys((declared, "utf-8")):
        text, broken = _tolerant(data, codec)
        if text and not broken and codec == declared and _is_text(text):
            return Decoded(text)
        if text and broken <= MAX_BROKEN * sum(not sign.isascii() for sign in text):
            return Decoded(text, f"{codec}, {broken} broken characters left out")
    return Decoded(*_western(data)) if _is_western(data) else decode(data.replace(b"\0", b""))


def _is_western(data: bytes) -> bool:
    """Say whether signs beyond ASCII stand alone, as quotes and accented letters do."""
    runs = _BEYOND_ASCII.findall(data)
    alone = sum(len(run) == 1 for run in runs)
    return alone >= 0.3 * len(runs) and max(map(len, runs), default=0) <= 4


def _western(data: bytes) -> tuple[str, str]:
    text, broken = _tolerant(data, "cp1252")
    return text, f"cp1252, {broken} broken characters left out" if broken else "cp1252"


def _tolerant(data: bytes, codec: str) -> tuple[str, int]:
    if not codec:
        return "", 0
    try:
        text = data.decode(codec, "replace")
    except (LookupError, ValueError):
        return "", 0
    broken = text.count("\ufffd")
    return text.replace("\ufffd", "").replace("\0", ""), broken


def _is_text(text: str) -> bool:
    """Say whether a single-byte encoding, which fits any bytes, gave letters and not controls."""
    return sum("\x80" <= sign <= "\x9f" for sign in text) <= len(text) // 200
