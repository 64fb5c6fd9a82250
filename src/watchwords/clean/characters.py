"""Characters that cannot be seen, or are one letter in another dress."""

import re
import unicodedata
from html import unescape

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_TAGS = (
    "p|div|br|span|b|i|u|em|strong|a|font|img|hr|table|tbody|tr|td|th|ul|ol|li|h[1-6]|sup|sub|"
    "section|article|center|blockquote|small|big|input|form|iframe|meta|link|html|body|head|title"
)
_TAG = re.compile(rf"(?i)</?(?:{_TAGS})(?:\s[^<>]*)?/?>")
_BLOCK = re.compile(
    r"(?i)</(?:p|div|h[1-6]|li|tr|section|article|blockquote|table)\s*>|<p(?:\s[^<>]*)?>"
)
_BREAK = re.compile(r"(?i)<br\s*/?>")
_SCRIPT_START = re.compile(r"(?i)<(script|style|noscript)\b[^<>]*>|<!--")
_LINE_END = re.compile("[\u000b\u000c\u0085\u2028\u2029]")
_PAGE_ENDS = "\u000c\u2029"
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\u180e\ufff9-\ufffb]")
_JOINERS = re.compile("(?<![\u0600-\u109f])[\u200c\u200d](?![\u0600-\u109f])")
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")


def replace_surrogates(text: str) -> str:
    """Put the replacement character for half characters, which cannot be written."""
    if text.isascii():
        return text
    return _SURROGATES.sub("\ufffd", text)


def unescape_entities(text: str) -> str:
    """Turn HTML entities into their characters.

    Examples
    --------
    >>> unescape_entities("R&amp;D, &ldquo;first&rdquo;, AT&T")
    'R&D, “first”, AT&T'
    """
    while "&" in text and (unescaped := _ENTITY.sub(_character, text)) != text:
        text = unescaped
    return text


def drop_tags(text: str) -> str:
    """Drop HTML tags, with the content of scripts; paragraphs stay apart.

    Examples
    --------
    >>> drop_tags("<p>First.</p><p>Second, 3 < 4.</p>").split()
    ['First.', 'Second,', '3', '<', '4.']
    """
    if "<" not in text:
        return text
    text = _BREAK.sub("\n", _BLOCK.sub("\n\n", _drop_scripts(text)))
    return _TAG.sub("", text)


def unify_line_ends(text: str) -> str:
    """Write every line end as one newline and a page end as a blank line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_END.sub(lambda end: "\n\n" if end.group() in _PAGE_ENDS else "\n", text)


def drop_invisible(text: str) -> str:
    r"""Drop controls, zero-width characters, soft hyphens and marks of writing direction.

    Examples
    --------
    >>> drop_invisible("main\u00adtenance\u200b of\u202e order")
    'maintenance of order'
    """
    text = _CONTROLS.sub("", text)
    if text.isascii():
        return text
    return _JOINERS.sub("", _BIDI.sub("", _INVISIBLE.sub("", text)))


def compose(text: str) -> str:
    """Compose letters and their accents (NFC); no other character is changed."""
    return unicodedata.normalize("NFC", text)


def split_ligatures(text: str) -> str:
    """Write typographic ligatures as letters.

    Examples
    --------
    >>> split_ligatures("the ﬁve tasks")
    'the five tasks'
    """
    if text.isascii():
        return text
    return _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)


def unify_blanks(text: str) -> str:
    """Write tabs and odd blanks as one kind; the ideographic blank is left to the language."""
    return _BLANKS.sub(" ", text)


def _character(match: re.Match[str]) -> str:
    return unescape(match.group())


def _drop_scripts(text: str) -> str:
    """Drop scripts, styles and comments; one that is never closed stays, its tag goes later."""
    kept, at, low = [], 0, text.lower()
    while (start := _SCRIPT_START.search(text, at)) is not None:
        closing = f"</{start[1].lower()}" if start[1] else "-->"
        end = low.find(closing, start.end())
        end = -1 if end < 0 else text.find(">", end)
        if end < 0:
            break
        kept += [text[at : start.start()], " "]
        at = end + 1
    return "".join([*kept, text[at:]])
