"""The markup of a web page to a tree, with what would stop the parsers taken out first."""

import re
from html import unescape
from typing import Any

MAX_ATTRIBUTES = 100
MAX_ELEMENTS = 30_000
_TAG = re.compile(
    r"""<([a-zA-Z][\w:-]{0,40}+)((?:[^>"']++|"[^"]{0,20000}+"|'[^']{0,20000}+')*+)>"""
)
# A tag with an odd quote in it: the parser ends it at the next bracket or later.
_UNQUOTED_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40}+)([^>]{600,}+)>")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>/]*+)""")
_BETWEEN = re.compile(r"[\s/]+")
_UNSEEN = re.compile(
    r"(?is)<(script|style|noscript|template|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)"
)
_BREAK = re.compile(r"(?i)</?(?:p|div|br|li|tr|h[1-6]|table|ul|ol|section|article|td|th)\b[^>]*>")
_ANY_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_BLANKS = re.compile(r"[ \t\r\f]+")


def strip_attributes(text: str) -> tuple[str, int]:
    """Take the attributes off tags that have more than 100: reading them takes quadratic time.

    Parameters
    ----------
    text : str
        The page.

    Returns
    -------
    text : str
    n : int
        How many tags were stripped.

    Examples
    --------
    >>> strip_attributes("<p " + "a=1 " * 999 + ">Text</p>")
    ('<p>Text</p>', 1)
    """
    stripped = 0

    def plain(match: re.Match[str]) -> str:
        nonlocal stripped
        if len(match[2]) < 2 * MAX_ATTRIBUTES:
            return match.group()
        if len(_BETWEEN.split(_VALUE.sub(" ", match[2]))) <= MAX_ATTRIBUTES:
            return match.group()
        stripped += 1
        return f"<{match[1]}>"

    if any(tag.end() - tag.start() > 2 * MAX_ATTRIBUTES for tag in _TAG.finditer(text)):
        text = _TAG.sub(plain, text)
    return _UNQUOTED_TAG.sub(plain, text), stripped


def parse_page(text: str) -> Any | None:
    """Parse a page to an lxml tree.

    Parameters
    ----------
    text : str
        The page, attributes stripped.

    Returns
    -------
    lxml.html.HtmlElement or None
        None if it has no element, more than 30,000, or more levels than the parser follows.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    # The parser's own lookup asks a Python function for the class of every element, every time.
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=html.HtmlElement,
            comment=html.HtmlComment,
            pi=html.HtmlProcessingInstruction,
            entity=html.HtmlEntity,
        )
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("Excessive depth" in error.message for error in parser.error_log):
        return None
    return tree if tree.xpath("count(//*)") <= MAX_ELEMENTS else None


def strip_markup(text: str) -> str:
    r"""Give the words of a page that cannot be parsed, line by line, with its menus.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> strip_markup("<head><title>T</title></head><p>The <b>council</b><p>met &amp; spoke")
    'The council\nmet & spoke'
    """
    words = _ANY_TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("\n", text)))
    lines = [_BLANKS.sub(" ", line).strip() for line in unescape(words).split("\n")]
    return "\n".join(line for line in lines if line)
