"""Characters that cannot be seen, or are one letter in another dress."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from watchwords.clean.edits import Edit, replace, step
from watchwords.clean.tables import table_tabs

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_TAGS = (
    "p|div|br|span|b|i|u|em|strong|a|font|img|hr|table|tbody|thead|tr|td|th|ul|ol|li|dl|dt|dd|"
    "h[1-6]|sup|sub|section|article|center|blockquote|small|big|input|form|iframe|meta|link|html|"
    "body|head|title|header|footer|nav|main|aside|figure|figcaption|button|label|time|pre|code|wbr"
)
_TAG = re.compile(
    r"(?i)(?P<block></(?:p|div|h[1-6]|li|tr|section|article|blockquote|table)\s*>|<p(?:\s[^<>]*=[^<>]*)?>)"
    r"|(?P<line><br\s*/?>)|(?P<cell></t[dh]\s*>)"
    rf"|</?(?:{_TAGS})(?:\s[^<>]*=[^<>]*)?\s*/?>"
)
_SCRIPT_START = re.compile(r"(?i)<(script|style|noscript)\b[^<>]*>|<!--")
_LINE_END = re.compile("\r\n?|[\u000b\u000c\u2028\u2029]")
_NEXT_LINE = re.compile("\u0085")
_PAGE_ENDS = "\u000c\u2029"
_CONTROLS = "".join(map(chr, [*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0)]))
_UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a"
_UNSEEN += "\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
_BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Joiners are letters of some scripts, and tie emoji together.
_JOINED = "\u0600-\u109f\u20d0-\u20ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    f"[{_CONTROLS}{_UNSEEN}{_BIDI}]+|[\u200c\u200d](?<![{_JOINED}].)|[\u200c\u200d](?![{_JOINED}])"
)
_BLANKS = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)
_BLANK = re.compile(f"[{_BLANKS}]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SOFT_BREAK = re.compile(
    "(?<!\u00ad)\u00ad++[ \t]*+(?:\r\n?|\n)[ \t]*(?=[^\\W\\d_])"
    "|(?<=[a-zß-öø-ÿ])\u00ad++[ \u00a0](?=[a-zß-öø-ÿ])"
)
_PAGE_FOOT = re.compile(
    r"(?:^|(?<=\n))[ \t]*\d{1,4}[ \t]*\n?(?=\f)|(?<=\f)[ \t]*\d{1,4}[ \t]*(?=\n)"
)


@step("".join(map(chr, range(0xD800, 0xE000))))
def replace_surrogates(text: str) -> Iterator[Edit]:
    """Put the replacement character for half characters, which cannot be written."""
    return replace(_SURROGATE, "\ufffd", text)


@step("\f", removes=True)
def drop_page_feet(text: str) -> Iterator[Edit]:
    r"""Drop a bare number next to the end of a page.

    Examples
    --------
    >>> drop_page_feet("One.\n12\n\fTwo.")
    'One.\n\x0cTwo.'
    """
    return replace(_PAGE_FOOT, "", text)


@step("\u00ad")
def join_soft_hyphens(text: str) -> Iterator[Edit]:
    r"""Join a word broken at a soft hyphen, by a line's end or by the blank put in its place.

    Examples
    --------
    >>> join_soft_hyphens("con\u00ad ditions and main\u00ad\ntenance")
    'conditions and maintenance'
    """
    return replace(_SOFT_BREAK, "", text)


@step("&")
def unescape_entities(text: str) -> Iterator[Edit]:
    """Turn HTML entities into their characters.

    Examples
    --------
    >>> unescape_entities("R&amp;D, &ldquo;first&rdquo;, AT&T")
    'R&D, “first”, AT&T'
    """
    return replace(_ENTITY, lambda match: unescape(match.group()), text)


@step("<")
def drop_scripts(text: str) -> Iterator[Edit]:
    """Drop scripts, styles and comments; one that is never closed stays, its tag goes later.

    Examples
    --------
    >>> drop_scripts("The plan<script>track(1)</script>was adopted.")
    'The plan was adopted.'
    """
    at, low = 0, ""
    while (start := _SCRIPT_START.search(text, at)) is not None:
        low = low or "".join(sign.lower() if sign.isascii() else sign for sign in text)
        end = low.find(f"</{start[1].lower()}" if start[1] else "-->", start.end())
        end = -1 if end < 0 else text.find(">", end)
        if end < 0:
            return
        at = end + 1
        yield (start.start(), at, " ")


@step("<")
def drop_tags(text: str) -> Iterator[Edit]:
    """Drop HTML tags; paragraphs and cells stay apart.

    Examples
    --------
    >>> drop_tags("<p>First.</p><p>Second, 3 < 4.</p>").split()
    ['First.', 'Second,', '3', '<', '4.']
    """
    gaps = {"block": "\n\n", "line": "\n", "cell": " ", None: ""}
    return replace(_TAG, lambda tag: gaps[tag.lastgroup], text)


@step("\r\v\f\u2028\u2029")
def unify_line_ends(text: str) -> Iterator[Edit]:
    """Write every line end as one newline and a page end as a blank line."""
    return replace(_LINE_END, lambda end: "\n\n" if end.group() in _PAGE_ENDS else "\n", text)


@step("\u0085")
def unify_next_lines(text: str) -> Iterator[Edit]:
    """Write the rare line end U+0085 as a newline; before, it may be part of a wrong decoding."""
    return replace(_NEXT_LINE, "\n", text)


@step(_CONTROLS + _UNSEEN + _BIDI + "\u200c\u200d")
def drop_invisible(text: str) -> Iterator[Edit]:
    r"""Drop controls, zero-width characters, soft hyphens and marks of writing direction.

    Examples
    --------
    >>> drop_invisible("main\u00adtenance\u200b of\u202e order")
    'maintenance of order'
    """
    return replace(_INVISIBLE, "", text)


@step()
def compose(text: str) -> Iterator[Edit]:
    r"""Compose letters and their accents (NFC); no other character is changed.

    Examples
    --------
    >>> compose("cafe\u0301") == "caf\u00e9"
    True
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    odd = "".join(re.escape(sign) for sign in sorted(set(text)) if _may_compose(sign))
    if odd:
        cluster = re.compile(f"(?s:.)?[{odd}]+")
        yield from replace(cluster, lambda run: unicodedata.normalize("NFC", run.group()), text)


@step("".join(_LIGATURES))
def split_ligatures(text: str) -> Iterator[Edit]:
    """Write typographic ligatures as letters.

    Examples
    --------
    >>> split_ligatures("the ﬁve tasks")
    'the five tasks'
    """
    return replace(_LIGATURE, lambda match: _LIGATURES[match.group()], text)


@step(_BLANKS)
def unify_blanks(text: str) -> Iterator[Edit]:
    r"""Write tabs and odd blanks as one kind, but not the tabs of a table.

    The ideographic blank is left to the language.

    Examples
    --------
    >>> unify_blanks("It\tis\nold.\n\nYear\tTonnes\n2018\t400")
    'It is\nold.\n\nYear\tTonnes\n2018\t400'
    """
    tabs = set(table_tabs(text)) if "\t" in text else set()
    return (edit for edit in replace(_BLANK, " ", text) if edit[0] not in tabs)


def _may_compose(sign: str) -> bool:
    """Say whether a sign may change, or join with the one before it, in composition (NFC)."""
    if sign.isascii():
        return False
    return (
        unicodedata.category(sign)[0] == "M"
        or "\u1160" <= sign <= "\u11ff"
        or not unicodedata.is_normalized("NFC", sign)
    )
