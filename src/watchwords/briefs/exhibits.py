"""Exhibits: what a notebook hands to the brief, on purpose and nothing else.

There are five kinds, each checked when it is made. An exhibit is shown like any other result of
a cell: a notebook shows its readable form, a run picks up the data behind it by its MIME type.
All text is data, never markup.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from html import escape
from typing import Any, ClassVar, Literal

from watchwords.errors import WatchwordsError, nearest

MIME = "application/vnd.watchwords.exhibit+json"

Segment = str | dict[str, str]
Cell = str | dict[str, str]
Evidence = dict[str, dict[str, Any]]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_LINKED = (("text", "evidence"), ("text", "footnote"))
_IN_CELL = (("text", "evidence"), ("svg", "alt"))
_COLUMN = ("label", "align", "width")
_EVIDENCE_ROW = ("doc_id", "date", "date_basis", "issuer", "form", "sentence", "path", "url")
_CHOICES = {
    "place": ("front", "annex"),
    "width": ("full", "half"),
    "style": ("plain", "refusal", "method"),
    "align": ("left", "right", "center"),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence with its numbers, and the documents behind each.

    Attributes
    ----------
    id : str
        Unique in the brief: letters, digits, ``-``, ``_`` and ``.``.
    headline : str
        The finding in a few words.
    segments : list of str or dict
        The sentence in pieces: text, ``{"text", "evidence": id}`` for a number that leads to
        its list of documents, or ``{"text", "footnote"}``.
    place : {"front", "annex"}
        Where it is printed.
    section : str
        Heading; printed when it changes.
    note : str
        Corpus, span, unit, filters, test and number of comparisons, in small print.
    evidence : dict
        By id: ``{"title", "rows"}``; a row has doc_id, date, date_basis, issuer, form,
        sentence, path and url, all text.
    """

    kind: ClassVar[str] = "finding"
    id: str
    headline: str
    segments: list[Segment]
    place: Literal["front", "annex"] = "front"
    section: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be set."""
        _check(self)
        _check_parts(self, "segments", self.segments, forms=_LINKED)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return _bundle(self, self.headline, [_joined(self.segments)])


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart as SVG.

    Attributes
    ----------
    id, place, section, note, evidence
        As in `Finding`.
    title : str
        What it shows.
    svg : str
        The drawing. Fonts are paths: nothing is loaded from elsewhere.
    alt : str
        What a reader who cannot see it needs to know.
    width : {"full", "half"}
        Of the page; two consecutive halves share a row.
    """

    kind: ClassVar[str] = "figure"
    id: str
    title: str
    svg: str
    alt: str
    width: Literal["full", "half"] = "full"
    place: Literal["front", "annex"] = "front"
    section: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be set."""
        _check(self)
        if "<svg" not in self.svg[:2000]:
            raise WatchwordsError(f"the figure {self.id!r}: `svg` is not an SVG drawing.")
        if not self.alt.strip():
            raise WatchwordsError(f"the figure {self.id!r} has no `alt`: say what it shows.")

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle = _bundle(self, self.title, [self.alt])
        # A front end shows the richest form it knows: the drawing instead of its description.
        del bundle["text/html"]
        return {**bundle, "image/svg+xml": self.svg}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table, set as it is given.

    Attributes
    ----------
    id, place, section, note, evidence
        As in `Finding`.
    title : str
        What it lists.
    columns : list of dict
        ``{"label", "align", "width"}``: align left, right or center; width "auto" or a share
        such as "1fr".
    rows : list of list
        Cells in the order of the columns: text, ``{"text", "evidence": id}``, or
        ``{"svg", "alt"}`` for a small drawing.
    """

    kind: ClassVar[str] = "table"
    id: str
    title: str
    columns: list[dict[str, str]]
    rows: list[list[Cell]]
    place: Literal["front", "annex"] = "front"
    section: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be set."""
        _check(self)
        _check_parts(self, "columns", self.columns, forms=(_COLUMN,), alone=False)
        for column in self.columns:
            _check_choice(self, "align", column["align"])
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise WatchwordsError(
                    f"the table {self.id!r}: row {number} has {len(row)} cells for "
                    f"{len(self.columns)} columns."
                )
            _check_parts(self, f"row {number}", row, forms=_IN_CELL)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        head = "".join(f"<th>{escape(column['label'])}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell_html(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        lines = [" | ".join(_text(cell) for cell in row) for row in self.rows]
        bundle = _bundle(self, self.title, lines)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return {**bundle, "text/html": f"<h4>{escape(self.title)}</h4>{table}{_small(self.note)}"}


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A sentence of a document, with its source.

    Attributes
    ----------
    id, place, section, note, evidence
        As in `Finding`.
    text : str
        As printed in the document.
    mark : list of int
        Start and end, in code points of `text`, of the words to emphasise.
    source, date, doc_id : str
        Title or outlet, date as it is known, and the document's id.
    lang : str
        Language of `text`, such as "en" or "zh".
    url : str
        Where it can be read, or "".
    """

    kind: ClassVar[str] = "quote"
    id: str
    text: str
    mark: list[int]
    source: str
    date: str
    doc_id: str
    lang: str = "en"
    url: str = ""
    place: Literal["front", "annex"] = "front"
    section: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be set."""
        _check(self)
        inside = len(self.mark) == 2 and 0 <= self.mark[0] <= self.mark[1] <= len(self.text)
        if not inside:
            raise WatchwordsError(
                f"the quote {self.id!r}: `mark` is {self.mark!r}; it is [start, end] within the "
                f"{len(self.text)} characters of `text`."
            )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return _bundle(self, "", [f"“{self.text}”", f"{self.source}, {self.date}"])


@dataclass(frozen=True, kw_only=True)
class Note:
    """A few paragraphs: a refusal, a method, a remark.

    Attributes
    ----------
    id, place, section, note, evidence
        As in `Finding`.
    title : str
        Heading of the note, or "".
    paragraphs : list of str or list
        Each a text, or a list of segments as in `Finding`.
    style : {"plain", "refusal", "method"}
        How it is set.
    """

    kind: ClassVar[str] = "note"
    id: str
    paragraphs: list[str | list[Segment]]
    title: str = ""
    style: Literal["plain", "refusal", "method"] = "plain"
    place: Literal["front", "annex"] = "front"
    section: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be set."""
        _check(self)
        for paragraph in self.paragraphs:
            parts = [paragraph] if isinstance(paragraph, str) else paragraph
            _check_parts(self, "paragraphs", parts, forms=_LINKED)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        texts = [p if isinstance(p, str) else _joined(p) for p in self.paragraphs]
        return _bundle(self, self.title, texts)


Exhibit = Finding | Figure | Table | Quote | Note


def column(label: str, width: str = "auto", *, align: str = "left") -> dict[str, str]:
    """Describe a column of a `Table`.

    Parameters
    ----------
    label : str
        Its heading.
    width : str, default "auto"
        "auto" as its texts need, or a share of what is left, such as "2fr".
    align : {"left", "right", "center"}

    Returns
    -------
    dict of str

    Examples
    --------
    >>> column("messages", align="right")
    {'label': 'messages', 'align': 'right', 'width': 'auto'}
    """
    return {"label": label, "align": align, "width": width}


def exhibit_json(exhibit: Exhibit) -> dict[str, Any]:
    """Turn an exhibit into plain data.

    Parameters
    ----------
    exhibit : Finding, Figure, Table, Quote or Note

    Returns
    -------
    dict
        ``kind`` first, then the fields.

    Examples
    --------
    >>> exhibit_json(Note(id="thin", paragraphs=["Too few."]))["paragraphs"]
    ['Too few.']
    """
    return {"kind": exhibit.kind, **asdict(exhibit)}


def _check(exhibit: Exhibit) -> None:
    """Check what all kinds share: texts are text, choices are known, evidence is whole."""
    where = f"the {exhibit.kind} {exhibit.id!r}"
    for each in fields(exhibit):
        value = getattr(exhibit, each.name)
        wants_text = each.type is str or each.name in _CHOICES
        if wants_text and not isinstance(value, str):
            raise WatchwordsError(f"{where}: `{each.name}` is {value!r}; it should be a text.")
        if each.name in _CHOICES:
            _check_choice(exhibit, each.name, value)
        elif not wants_text and not isinstance(value, (list, dict)):
            raise WatchwordsError(f"{where}: `{each.name}` is {value!r}; it should be a list.")
    if not _ID.fullmatch(exhibit.id):
        raise WatchwordsError(f"{where}: an `id` has letters, digits, `-`, `_` and `.` only.")
    for key, evidence in exhibit.evidence.items():
        if not isinstance(evidence.get("title"), str):
            raise WatchwordsError(f"{where}: the evidence {key!r} has no `title`.")
        rows = evidence.get("rows", [""])
        _check_parts(exhibit, f"evidence {key}", rows, forms=(_EVIDENCE_ROW,), alone=False)


def _check_choice(exhibit: Exhibit, name: str, value: str) -> None:
    if value not in _CHOICES[name]:
        raise WatchwordsError(
            f"the {exhibit.kind} {exhibit.id!r}: `{name}` is {value!r}; "
            f"{nearest(value, _CHOICES[name])}"
        )


def _check_parts(
    exhibit: Exhibit,
    where: str,
    parts: Sequence[Any],
    *,
    forms: tuple[tuple[str, ...], ...],
    alone: bool = True,
) -> None:
    """Check a list of small mappings of text, among which text may stand alone."""
    for part in parts:
        if alone and isinstance(part, str):
            continue
        known = isinstance(part, dict) and tuple(sorted(part)) in map(tuple, map(sorted, forms))
        if not known or not all(isinstance(text, str) for text in part.values()):
            shapes = " or ".join("{" + ", ".join(form) + "}" for form in forms)
            raise WatchwordsError(
                f"the {exhibit.kind} {exhibit.id!r}: `{where}` holds {part!r}; it should be "
                f"{'a text or ' if alone else ''}{shapes}, all text."
            )


def _text(part: Segment) -> str:
    return part if isinstance(part, str) else part.get("text", part.get("alt", ""))


def _cell_html(cell: Cell) -> str:
    if isinstance(cell, str) or "svg" not in cell:
        return escape(_text(cell))
    # As an image, a drawing can neither run nor load anything.
    picture = b64encode(cell["svg"].encode("utf-8")).decode("ascii")
    return f'<img alt="{escape(cell["alt"])}" src="data:image/svg+xml;base64,{picture}">'


def _joined(segments: Sequence[Segment]) -> str:
    return "".join(_text(segment) for segment in segments)


def _small(note: str) -> str:
    return f"<p><small>{escape(note)}</small></p>" if note else ""


def _bundle(exhibit: Exhibit, title: str, lines: Sequence[str]) -> dict[str, Any]:
    """Give the data, and the same as text and as escaped HTML for those who cannot read it."""
    heading = f"<h4>{escape(title)}</h4>" if title else ""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {
        MIME: exhibit_json(exhibit),
        "text/plain": "\n".join(part for part in (title, *lines, exhibit.note) if part),
        "text/html": heading + paragraphs + _small(exhibit.note),
    }
