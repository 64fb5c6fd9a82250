"""What a web page says of itself: meta tags, JSON-LD and marked times, and nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from watchwords.read.dates import parse_date

MAX_VALUE = 500
MAX_JSON = 300_000
PUBLISHED = (
    "pubdate", "article:published_time", "og:article:published_time", "og:published_time",
    "datepublished", "publishdate", "publish_date", "publish-date", "published_time",
    "publishtime", "publicationdate", "publication_date", "firstpublishedtime",
    "originalpublicationdate", "weibo:article:create_at", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "citation_date", "sailthru.date", "parsely-pub-date",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "weibo:article:update_at",
)  # fmt: skip
TITLE = (
    "articletitle", "citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title",
)  # fmt: skip
SITE = ("sitename", "og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
ORIGIN = ("contentsource", "source", "article:source", "dc.source")
AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl")
URL = ("og:url", "twitter:url")
_ARTICLE = re.compile(r"Article|Posting|Report|PressRelease|Announcement")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://[^\s>]{1,500}) -->")
_TIME_CLASS = re.compile(r"(?i)publi|posted|pubdate|entry-date|post-date")


@dataclass(frozen=True)
class PageData:
    """What a page says of itself; "" where it says nothing.

    Attributes
    ----------
    titles : tuple of str
        As given, the site's name not yet cut off, the most explicit first.
    published, updated : str
        Dates as they are written, if they can be read.
    site : str
        The site that printed the page.
    origin : str
        Where the site says the text comes from.
    author, url : str
    """

    titles: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    site: str = ""
    origin: str = ""
    author: str = ""
    url: str = ""


def read_page_data(tree: Any, text: str) -> PageData:
    """Read what a page says of itself.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The page.
    text : str
        The page as text, for the comment a browser leaves in a saved page.

    Returns
    -------
    PageData
    """
    meta = _meta(tree)
    article = _article(tree)
    titles = [meta.get("articletitle", ""), article.get("headline", "")]
    titles += [meta.get(name, "") for name in TITLE]
    titles += [_plain(element.text_content()) for element in tree.iterfind(".//title")][:1]
    published = [article.get("datePublished", ""), *_times(tree, "datepublished")]
    published = [meta.get(name, "") for name in PUBLISHED[:10]] + published
    published += [meta.get(name, "") for name in PUBLISHED[10:]]
    updated = [meta.get(name, "") for name in UPDATED]
    updated += [article.get("dateModified", ""), *_times(tree, "datemodified")]
    saved = _SAVED_FROM.search(text[:3000])
    urls = [element.get("href", "") for element in tree.xpath("descendant::link[@rel='canonical']")]
    urls += [meta.get(name, "") for name in URL] + ([saved[1]] if saved else [])
    return PageData(
        tuple(dict.fromkeys(title for title in titles if title)),
        _date(published),
        _date(updated),
        _first(meta, SITE) or article.get("publisher", ""),
        _first(meta, ORIGIN),
        article.get("author", "") or _first(meta, AUTHOR),
        next((url.strip() for url in urls if re.match(r"https?://[^\s/]+\.", url.strip())), ""),
    )


def _meta(tree: Any) -> dict[str, str]:
    """Collect meta tags, the first of a name; names in small letters, without blanks."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        value = _plain(element.get("content") or "")
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = "".join((element.get(attribute) or "").lower().split())
            if name and value:
                found.setdefault(name, value)
    return found


def _times(tree: Any, name: str) -> list[str]:
    """Collect times that are marked up as the time of publication (or of the last change)."""
    found = []
    for element in tree.xpath("descendant::*[@itemprop]"):
        if (element.get("itemprop") or "").lower() == name:
            value = element.get("datetime") or element.get("content") or element.text_content()
            found.append(_plain(value))
    for element in tree.xpath("descendant::time[@datetime]"):
        marked = "pubdate" in element.attrib or _TIME_CLASS.search(element.get("class") or "")
        if marked and name == "datepublished":
            found.append(_plain(element.get("datetime") or ""))
    return found


def _article(tree: Any) -> dict[str, str]:
    """Read headline, dates, author and publisher of the page's article from its JSON-LD."""
    best: dict[str, str] = {}
    for script in tree.xpath("descendant::script[@type='application/ld+json']"):
        source = script.text or ""
        if len(source) > MAX_JSON:
            continue
        try:
            loaded = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for entry in _entries(loaded):
            kinds = entry.get("@type")
            is_article = bool(_ARTICLE.search(str(kinds)))
            if is_article or (str(kinds) == "WebPage" and not best):
                best = _words(entry)
            if is_article:
                return best
    return best


def _entries(loaded: Any) -> Iterator[dict[str, Any]]:
    level = [loaded]
    for _ in range(4):
        below: list[Any] = []
        for item in level[:200]:
            if isinstance(item, list):
                below.extend(item)
            elif isinstance(item, dict):
                yield item
                below.extend(item.get(name) for name in ("@graph", "mainEntity"))
        level = below


def _words(entry: dict[str, Any]) -> dict[str, str]:
    found = {}
    for name in ("headline", "datePublished", "dateModified", "author", "publisher"):
        value = entry.get(name)
        several = value if isinstance(value, list) else [value]
        names = [item.get("name") if isinstance(item, dict) else item for item in several[:10]]
        found[name] = "; ".join(_plain(item) for item in names if isinstance(item, str))
    return found


def _date(values: list[str]) -> str:
    """Choose the first date that can be read, a whole day before a month or year."""
    read = [(value, parse_date(value, as_of=date.max)) for value in values if value]
    known = [(value, found) for value, found in read if found.date and found.date[:4] != "1970"]
    days = [value for value, found in known if found.precision == "day"]
    return next(iter([*days, *(value for value, _ in known)]), "")


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _plain(value: str) -> str:
    words = " ".join(re.sub(r"<[^>]{0,200}>", "", value).split())
    return words if len(words) <= MAX_VALUE else ""
