"""What a web page shows, line by line, from top to bottom."""

import re
from dataclasses import dataclass
from typing import Any

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "svg",
        "math",
        "select",
        "option",
        "button",
        "textarea",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
    ]
)
_ASIDE = frozenset(["nav", "footer", "aside", "form", "header", "menu"])
_MAIN = frozenset({"article", "main"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "hr",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "form",
        "fieldset",
        "blockquote",
        "pre",
        "address",
        "figure",
        "figcaption",
        "center",
        "body",
        "html",
        "menu",
        "details",
        "summary",
        "hgroup",
    ]
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_STEPS = frozenset({"a"}) | _ASIDE | _MAIN | _HEADINGS
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Line:
    """A line of a page.

    Attributes
    ----------
    text : str
    linked : float
        Share of its characters that are a link.
    aside : bool
        Inside a menu, a header, a footer, a form.
    main : bool
        Inside what the page marks as its article.
    heading : bool
        A heading of the first three levels.
    """

    text: str
    linked: float = 0.0
    aside: bool = False
    main: bool = False
    heading: bool = False


class _Walk:
    """Where a walk through a page is, and the line it is on."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.linked = self.links = self.asides = self.mains = self.headings = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def close(self) -> None:
        text = "".join(self.parts)
        if not text.isspace():
            text = _BLANKS.sub(" ", text).strip().removesuffix("|").strip()
            if text:
                share = min(1.0, self.linked / len(text))
                aside, main, heading = self.asides > 0, self.mains > 0, self.headings > 0
                self.lines.append(Line(text, share, aside, main, heading))
        self.parts, self.linked = [], 0

    def enter(self, tag: str, text: str | None) -> None:
        if tag in _BLOCKS:
            if self.parts:
                self.close()
        elif tag in _CELLS and (written := "".join(self.parts).strip()):
            self.parts.append(" " if written.endswith((":", "：")) else " | ")
        if tag in _STEPS:
            self.step(tag, 1)
        if text:
            self.add(text)

    def leave(self, tag: str) -> None:
        if self.parts and tag in _BLOCKS:
            self.close()
        if tag in _STEPS:
            self.step(tag, -1)

    def step(self, tag: str, by: int) -> None:
        if tag == "a":
            self.links += by
        elif tag in _ASIDE:
            self.asides += by
        elif tag in _MAIN:
            self.mains += by
        elif tag in _HEADINGS:
            self.headings += by


def page_lines(tree: Any) -> list[Line]:
    """List the lines of a page.

    Parameters
    ----------
    tree : lxml.html.HtmlElement

    Returns
    -------
    list of Line
        Blocks and line breaks begin a line; the cells of a table row share one, with bars
        between them, but none behind a label that ends in a colon.
    """
    from lxml.etree import iterwalk

    walk = _Walk()
    steps = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN:
                steps.skip_subtree()
            else:
                walk.enter(tag, element.text)
        else:
            if event == "end" and tag not in _UNSEEN:
                walk.leave(tag)
            if tail := element.tail:
                walk.add(tail)
    if walk.parts:
        walk.close()
    return walk.lines
