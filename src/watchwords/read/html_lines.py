"""What a web page shows, line by line, from top to bottom."""

import re
from dataclasses import dataclass, field
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


@dataclass
class _Walk:
    """Where a walk through a page is, and the line it is on."""

    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    asides: int = 0
    mains: int = 0
    headings: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text.strip()) if self.links else 0

    def close(self) -> None:
        text = _BLANKS.sub(" ", "".join(self.parts)).strip().removesuffix("|").strip()
        if text:
            share = min(1.0, self.linked / len(text))
            aside, main, heading = self.asides > 0, self.mains > 0, self.headings > 0
            self.lines.append(Line(text, share, aside, main, heading))
        self.parts, self.linked = [], 0

    def step(self, tag: str, by: int) -> None:
        self.links += by * (tag == "a")
        self.asides += by * (tag in _ASIDE)
        self.mains += by * (tag in _MAIN)
        self.headings += by * (tag in {"h1", "h2", "h3"})


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
    walk = _Walk()
    pending: list[tuple[Any, bool]] = [(tree, False)]
    while pending:
        element, done = pending.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            walk.add(element.tail)
        elif done:
            _leave(walk, tag)
            walk.add(element.tail)
        else:
            _enter(walk, tag)
            walk.add(element.text)
            pending.append((element, True))
            pending.extend((child, False) for child in reversed(element))
    walk.close()
    return walk.lines


def _enter(walk: _Walk, tag: str) -> None:
    if tag in _BLOCKS:
        walk.close()
    elif tag in {"td", "th"} and (written := "".join(walk.parts).strip()):
        walk.parts.append(" " if written.endswith((":", "：")) else " | ")
    walk.step(tag, 1)


def _leave(walk: _Walk, tag: str) -> None:
    if tag in _BLOCKS:
        walk.close()
    walk.step(tag, -1)
