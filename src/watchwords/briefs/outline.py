"""The order of a brief: parts, sections, numbers, and what stands beside what.

Both renderings read this one outline, so "Figure 3" is the same figure on paper and on screen.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from watchwords.errors import ReportError, nearest
from watchwords.wording import day_in_words

PARTS = {"front": "", "annex": "Annex"}
_NUMBERED = {"finding": "Finding", "figure": "Figure", "table": "Table"}
_KINDS = (*_NUMBERED, "quote", "note")
_ALIGNS = ("left", "right", "center")
_SEGMENT = ("text", "evidence", "footnote", "target", "svg", "alt")
_WIDTH = re.compile(r"auto|\d+(\.\d+)?(fr|%|mm|cm|pt|em)")


def outline_brief(brief: dict[str, Any]) -> dict[str, Any]:
    """Put a brief's exhibits into parts and sections and number them.

    Nothing is left out and nothing is invented: exhibits keep their order within their part,
    the front stands before the annex, and two consecutive half-width figures share a row.

    Parameters
    ----------
    brief : dict
        The JSON of a brief. Not changed.

    Returns
    -------
    dict
        ``cover``, ``facts``, ``parts`` (name, title, sections of blocks), ``evidence``,
        ``provenance`` and ``lost``; every optional field is present, "" if it was left out.
        Texts with links or footnotes are lists of segments (``text``, ``evidence``,
        ``footnote``, ``target``, ``mark``).

    Raises
    ------
    ReportError
        If an exhibit's ``kind``, ``place``, alignment or width is unknown, a figure has no
        ``alt``, or a segment refers to an exhibit that is not there.
    """
    exhibits = brief.get("exhibits", [])
    labels = _number_exhibits(exhibits)
    evidence = brief.get("evidence", {})
    parts = []
    for place, title in PARTS.items():
        blocks = [
            _read_block(exhibit, labels, evidence)
            for exhibit in exhibits
            if exhibit.get("place", "front") == place
        ]
        parts.append({"name": place, "title": title, "sections": _into_sections(blocks)})
    return {
        "cover": _read_cover(brief["brief"]),
        "facts": [dict(fact) for fact in brief.get("facts", [])],
        "parts": parts,
        "evidence": evidence,
        "provenance": [[str(key), str(value)] for key, value in brief.get("provenance", [])],
        "lost": [dict(row) for row in brief.get("lost_characters", [])],
    }


def valid_url(url: str) -> str:
    """Return an address a reader may safely follow, or "".

    Parameters
    ----------
    url : str
        Anything.

    Returns
    -------
    str

    Examples
    --------
    >>> valid_url("https://example.org/a?b=1"), valid_url("javascript:alert(1)"), valid_url("x y")
    ('https://example.org/a?b=1', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    good = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable()
    return url if good and not re.search(r"[\s<>\"\\]", url) else ""


def date_in_words(date: str) -> str:
    """Print an ISO date as exactly as it is known; anything else stays as it came.

    Parameters
    ----------
    date : str
        Such as "1945-01-06", "1945-01" or "1945".

    Returns
    -------
    str
        "undated" if `date` is empty.

    Examples
    --------
    >>> date_in_words("1945-01-06"), date_in_words("1945-01"), date_in_words("spring")
    ('6 January 1945', 'January 1945', 'spring')
    """
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?", date):
        return date or "undated"
    try:
        day = pd.Timestamp(date)
    except ValueError:
        return date
    return day_in_words(day, {4: "year", 7: "month"}.get(len(date), "day"))


def _number_exhibits(exhibits: list[dict[str, Any]]) -> dict[str, str]:
    labels: dict[str, str] = {}
    counts = dict.fromkeys(_NUMBERED, 0)
    for place in PARTS:
        for exhibit in exhibits:
            kind = exhibit.get("kind", "")
            if exhibit.get("place", "front") not in PARTS:
                raise _unknown(exhibit, "place", PARTS)
            if kind not in _KINDS:
                raise _unknown(exhibit, "kind", _KINDS)
            if kind in _NUMBERED and exhibit.get("place", "front") == place:
                counts[kind] += 1
                labels[exhibit["id"]] = f"{_NUMBERED[kind]} {counts[kind]}"
    return labels


def _unknown(exhibit: dict[str, Any], field: str, allowed: Iterable[str]) -> ReportError:
    value = str(exhibit.get(field, ""))
    name = exhibit.get("id", "without an id")
    return ReportError(f"exhibit {name}: unknown {field} {value!r}, {nearest(value, allowed)}")


def _read_cover(cover: dict[str, Any]) -> dict[str, str]:
    fields = ("title", "kicker", "corpus", "subtitle", "as_of", "span", "refusal", "label")
    read = {field: str(cover.get(field) or "") for field in fields}
    read["running_title"] = str(cover.get("running_title") or read["title"])
    read["lang"] = str(cover.get("lang") or "en")
    read["as_of_words"] = date_in_words(read["as_of"]) if read["as_of"] else ""
    return read


def _read_block(
    exhibit: dict[str, Any], labels: dict[str, str], evidence: dict[str, Any]
) -> dict[str, Any]:
    block: dict[str, Any] = {
        "kind": exhibit["kind"],
        "id": str(exhibit.get("id", "")),
        "section": str(exhibit.get("section") or ""),
        "note": str(exhibit.get("note") or ""),
        "label": labels.get(exhibit.get("id", ""), ""),
    }

    def segments(parts: Any) -> list[dict[str, Any]]:
        return [_read_segment(part, labels, evidence) for part in _as_list(parts)]

    match exhibit["kind"]:
        case "finding":
            block |= {"headline": exhibit["headline"], "segments": segments(exhibit["segments"])}
            block["number"] = block["label"].removeprefix("Finding ")
        case "figure":
            block |= _read_figure(exhibit)
        case "table":
            block |= _read_table(exhibit)
            block["rows"] = [[segments(cell)[0] for cell in row] for row in exhibit["rows"]]
        case "quote":
            block |= _read_quote(exhibit)
        case _:
            block |= {"title": exhibit.get("title") or "", "style": exhibit.get("style", "plain")}
            block["paragraphs"] = [segments(part) for part in exhibit["paragraphs"]]
    return block


def _as_list(parts: Any) -> list[Any]:
    return parts if isinstance(parts, list) else [parts]


def _read_segment(
    part: str | dict[str, Any], labels: dict[str, str], evidence: dict[str, Any]
) -> dict[str, Any]:
    segment: dict[str, Any] = dict.fromkeys(_SEGMENT, "")
    if not isinstance(part, dict):
        return segment | {"text": "" if part is None else str(part), "mark": False}
    segment |= {key: str(value or "") for key, value in part.items() if key in segment}
    if part.get("ref"):
        if part["ref"] not in labels:
            raise ReportError(
                f"a segment refers to the exhibit {part['ref']!r}, {nearest(part['ref'], labels)}"
            )
        segment |= {"text": segment["text"] or labels[part["ref"]], "target": part["ref"]}
    if segment["evidence"] not in evidence:
        segment["evidence"] = ""
    return segment | {"mark": False}


def _read_figure(exhibit: dict[str, Any]) -> dict[str, Any]:
    if not exhibit.get("alt"):
        raise ReportError(
            f"figure {exhibit.get('id', '')}: alt is empty; say in a sentence what the figure "
            "shows, for readers who do not see it."
        )
    width = exhibit.get("width", "full")
    if width not in {"full", "half"}:
        raise _unknown(exhibit, "width", ("full", "half"))
    return {
        "title": exhibit.get("title", ""),
        "svg": exhibit["svg"],
        "alt": exhibit["alt"],
        "width": width,
    }


def _read_table(exhibit: dict[str, Any]) -> dict[str, Any]:
    columns = []
    for column in exhibit["columns"]:
        read = {"label": "", "align": "left", "width": "auto"} | column
        if read["align"] not in _ALIGNS:
            raise _unknown({"id": exhibit.get("id")} | column, "align", _ALIGNS)
        if not _WIDTH.fullmatch(read["width"]):
            raise _unknown({"id": exhibit.get("id")} | column, "width", ("auto", "1fr", "20%"))
        columns.append(read)
    for number, row in enumerate(exhibit["rows"], 1):
        if len(row) != len(columns):
            raise ReportError(
                f"table {exhibit.get('id', '')}: row {number} has {len(row)} cells for "
                f"{len(columns)} columns."
            )
    natural = all(column["width"] == "auto" for column in columns)
    return {"title": exhibit.get("title", ""), "columns": columns, "natural": natural}


def _read_quote(exhibit: dict[str, Any]) -> dict[str, Any]:
    text = exhibit["text"]
    start, end = exhibit.get("mark") or (0, 0)
    cuts = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    blank = _read_segment("", {}, {})
    return {
        "segments": [blank | {"text": cut, "mark": mark} for cut, mark in cuts if cut],
        "lang": exhibit.get("lang") or "en",
        "source": exhibit.get("source") or "",
        "date": date_in_words(str(exhibit.get("date") or "")),
        "doc_id": exhibit.get("doc_id") or "",
        "url": valid_url(str(exhibit.get("url") or "")),
    }


def _into_sections(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"title": title, "blocks": _share_rows(list(group))}
        for title, group in groupby(blocks, key=lambda block: block["section"])
    ]


def _share_rows(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for block in blocks:
        if block["kind"] != "figure":
            rows.append(block)
            continue
        last = rows[-1] if rows else {}
        open_row = last.get("kind") == "figures" and len(last["items"]) == 1
        if block["width"] == "half" and open_row and last["items"][0]["width"] == "half":
            last["items"].append(block)
        else:
            rows.append({"kind": "figures", "id": f"row-{block['id']}", "items": [block]})
    return rows
