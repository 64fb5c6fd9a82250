"""Web pages: the main text under its title and date line, and what the page says of itself."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from watchwords.read.dates import find_date, parse_date
from watchwords.read.html_encoding import decode_page
from watchwords.read.html_extraction import extract_text
from watchwords.read.html_gaps import fill_gaps
from watchwords.read.html_head import find_head_lines, find_issuer, find_origin, find_page_title
from watchwords.read.html_lines import Line, page_lines
from watchwords.read.html_markup import MAX_ATTRIBUTES, parse_page, strip_attributes, strip_markup
from watchwords.read.html_metadata import PageData, read_page_data
from watchwords.read.language import find_language
from watchwords.read.outcomes import Rejected, Source
from watchwords.read.parser_faults import blaming_the_file, check_filled
from watchwords.read.text import check_text
from watchwords.read.titles import find_title

MAX_LINKED = 0.5
SHORT = 100
MAX_PAGE = 20_000_000
_Notes = list[tuple[str, str]]


def read_html(path: str, data: bytes) -> Source:
    """Read a web page (.html, .htm, .shtml).

    The text begins with the title and the lines that date the page or name its source, each a
    line; the main text follows as trafilatura finds it, tables and lists included, and what it
    left out between two lines is put back; a note counts the lines outside menus and links that
    were not taken. Pages of which it makes nothing, such as very short ones, give all they show
    outside menus and links.

    Parameters
    ----------
    path : str
        Relative path, for the record.
    data : bytes
        The file.

    Returns
    -------
    Source
        ``fields`` hold what the page says in meta tags, JSON-LD and marked times, and never what
        could be guessed: ``date`` (the day of publication, or of the last change with
        ``date_role`` "updated" if there is no other) with ``date_basis`` "metadata", ``updated``,
        ``title``, ``source`` (the site, or else the origin), ``origin`` (where the text is from,
        as the page has it), ``issuer`` (of a public document), ``author``, ``url``.

    Raises
    ------
    Rejected
        encoding, no_text, too_large, nesting, memory or malformed.
    """
    check_filled(data)
    decoded = decode_page(data)
    notes: _Notes = [("encoding_guessed", decoded.guessed)] if decoded.guessed else []
    if len(decoded.text) > MAX_PAGE:
        raise Rejected("too_large", f"{len(decoded.text):,} characters with their markup")
    with blaming_the_file("web page"):
        page, stripped = strip_attributes(decoded.text)
        if stripped:
            notes.append(
                ("markup", f"{stripped} tags lost more than {MAX_ATTRIBUTES} attributes each")
            )
        tree = parse_page(page)
        if tree is None:
            notes.append(("markup", "too large or too deep; all its words were taken as the text"))
            text, fields = strip_markup(page), dict[str, str]()
        else:
            text, fields, more = _read_tree(tree, page)
            notes.extend(more)
    digest = hashlib.sha256(data).hexdigest()
    return Source(path, check_text(text), digest, fields, tuple(notes))


def _read_tree(tree: Any, page: str) -> tuple[str, dict[str, str], _Notes]:
    data, lines = read_page_data(tree, page), page_lines(tree)
    title = find_page_title(data, lines)
    body = _main_text(tree, lines)
    head = find_head_lines(lines, title, body)
    filled = fill_gaps(tree, lines, body, head=[title, *head])
    body = filled.lines
    text = _compose(title, head, body)
    lang = find_language(text)
    dated, notes = _date_fields(data, text, lang=lang)
    if filled.n_left:
        notes.append(("page", f"{filled.n_left} lines of the page not taken"))
    origin = data.origin or find_origin([*head, *body[:3]])
    fields = {
        **dated,
        "title": "" if find_title(text) == title else title,
        "source": data.site or origin,
        "origin": origin,
        "issuer": find_issuer([*head, *body[:8]]),
        "author": data.author,
        "url": data.url,
    }
    return text, {name: value for name, value in fields.items() if value}, notes


def _main_text(tree: Any, lines: Sequence[Line]) -> list[str]:
    """Give the main text, or what the page shows outside menus and links if there is none."""
    shown = [line for line in lines if not line.aside and line.linked < MAX_LINKED]
    plain = [line.text for line in shown if line.main] or [line.text for line in shown]
    found = _trim_links(extract_text(tree), lines)
    size, plain_size = sum(map(len, found)), sum(map(len, plain))
    if size >= SHORT:
        return found
    return plain if size < 2 * plain_size < 40 * SHORT or not found else found


def _trim_links(body: list[str], lines: Sequence[Line]) -> list[str]:
    """Drop lines that are nothing but links from the beginning and the end of a text."""
    linked = {_fold(line.text) for line in lines if line.linked > 0.9}
    solid = [at for at, line in enumerate(body) if _fold(line.removeprefix("- ")) not in linked]
    return body[solid[0] : solid[-1] + 1] if solid else body


def _compose(title: str, head: Sequence[str], body: Sequence[str]) -> str:
    """Put title and head above the text; what the text has in its opening is not repeated."""
    opening = {_fold(line): line for line in body[:8]}
    head = [line for line in head if _fold(line) not in opening]
    rest = list(body)
    if title and rest and _fold(rest[0]) == _fold(title):
        rest = rest[1:]
    return "\n".join(line for line in (title, *head, *rest) if line)


def _date_fields(data: PageData, text: str, *, lang: str) -> tuple[dict[str, str], _Notes]:
    """Weigh the dates the page gives against the labelled one it shows, which readers saw."""
    if not (data.published or data.updated):
        return {}, []
    shown = find_date(text, as_of=date.max, lang=lang)
    labelled = shown.role == "publication" and shown.basis == "label" and shown.precision == "day"
    carried = {"updated": data.updated}
    dated = {**carried, "date": data.published, "date_basis": "metadata"}
    if not data.published:
        if data.updated and shown.role in {"none", "event"}:
            return {**dated, "date": data.updated, "date_role": "updated"}, []
        return carried, []
    given = parse_date(data.published, as_of=date.max, lang=lang)
    if shown.date and shown.role == "publication" and shown.date != given.date:
        detail = f"the page's data say {data.published}, its text {shown.words}"
        if labelled or given.precision != "day":
            return carried, [("date", f"{detail}; the text is taken")]
        return dated, [("date", f"{detail}; the data are taken")]
    return dated, []


def _fold(text: str) -> str:
    return "".join(text.replace("|", " ").split()).casefold()
