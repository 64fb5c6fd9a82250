"""Lines of a concordance as a reader meets them: aligned on the match, in HTML, in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from watchwords.errors import SchemaError, StorageError, nearest
from watchwords.floors import count_of
from watchwords.spreadsheets import write_csv

_CELLS = 56  # of context on either side, in the widths of a Latin letter
_PRECISION = {"day": 10, "month": 7, "year": 4}
_CONTEXT = ("left", "match", "right")
_STYLE = {
    "table": "border-collapse:collapse",
    "about": "text-align:left;color:#666;white-space:nowrap;padding:1px 1em 1px 0",
    "left": "text-align:right;white-space:pre;padding:1px 0",
    "match": "text-align:center;white-space:pre;padding:1px 0;font-weight:bold",
    "right": "text-align:left;white-space:pre;padding:1px 0",
}


@dataclass(frozen=True, eq=False, repr=False)
class Concordance:
    """Keyword in context.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per line: ``doc_id`` (str), ``date`` (datetime64), ``date_precision`` (str),
        ``period`` (datetime64, its first day), ``title``, ``issuer``, ``source`` (str),
        ``start``, ``end`` (int64, code points of the document's text), ``left``, ``match``,
        ``right``, ``sentence`` (str, line breaks as blanks) and ``n_total`` (int64, hits in all,
        the same in every row: do not count lines).
    query : str
        What was looked for.
    documents : pandas.DataFrame
        One row per document with a hit, in the order of time: ``doc_id``, ``date``, ``period``,
        ``title``, ``issuer``, ``source`` and ``n`` (int64, hits). All hits, not only the lines.
    n_searched : int
        Documents searched.
    n_unread : int
        Documents that were not: in a language that is not read.
    page, n_pages : int
        Which page the lines are, and of how many; 0 where they are a sample.
    """

    table: pd.DataFrame
    query: str
    documents: pd.DataFrame
    n_searched: int
    page: int
    n_pages: int
    n_unread: int = 0

    def __len__(self) -> int:
        """Count the lines, which may be fewer than the hits."""
        return len(self.table)

    def __getitem__(self, column: str) -> pd.Series:
        """Take a column of the lines."""
        return self.table[column]

    @property
    def n_total(self) -> int:
        """Hits in all, shown or not."""
        return int(self.documents["n"].sum())

    @property
    def caption(self) -> str:
        """Say what was found, and which part of it the lines are."""
        found = (
            f"{count_of(self.n_total, 'hit')} in {len(self.documents):,} of"
            if self.n_total
            else "not found in"
        )
        found = f"“{self.query}”: {found} {count_of(self.n_searched, 'document')}"
        if self.n_unread:
            more = count_of(self.n_unread, "more document")
            is_in = (
                "is in a language that is" if self.n_unread == 1 else "are in languages that are"
            )
            found = f"{found}; {more} {is_in} not read"
        if not self.n_total:
            return found
        if self.page > self.n_pages:
            return f"{found}; there is no page {self.page:,}, only {count_of(self.n_pages, 'page')}"
        if self.page:
            return f"{found}; page {self.page:,} of {self.n_pages:,}"
        if len(self) == self.n_total:
            return found
        return f"{found}; {count_of(len(self), 'line')}, spread evenly over time"

    def count_by(self, column: str) -> pd.DataFrame:
        """Count all hits by issuer, by period, or by another column of ``documents``.

        Parameters
        ----------
        column : str
            A column of ``documents``, such as "issuer", "period" or "source".

        Returns
        -------
        pandas.DataFrame
            The column, ``n_docs`` (documents with a hit) and ``n`` (hits), in the order of the
            column; undated or unnamed ones last. They say nothing of the documents without a
            hit: for shares see `watchwords.period_rates`.

        Raises
        ------
        SchemaError
            If there is no such column.
        """
        if column not in self.documents:
            hint = nearest(column, self.documents.columns)
            raise SchemaError(f"`documents` of the concordance has no column `{column}`; {hint}")
        groups = self.documents.groupby(column, dropna=False, sort=True)["n"]
        counted = groups.agg(n_docs="size", n="sum").reset_index()
        unknown = counted[column].isna() | (counted[column].astype("str") == "")
        return pd.concat([counted[~unknown], counted[unknown]], ignore_index=True)

    def with_raw(self, clean: Callable[[str], Any]) -> "Concordance":
        """Add where each line stands in the text as it was before cleaning.

        Parameters
        ----------
        clean : callable
            Takes a ``doc_id`` and gives the cleaned text with its way back, as
            `watchwords.clean_with_offsets` does: ``text``, ``raw`` and ``raw_span(start, end)``.
            It is called once for each document shown.

        Returns
        -------
        Concordance
            Its ``table`` has the further columns ``raw_start``, ``raw_end`` (int64, code points of
            the raw text) and ``raw_match`` (str, as it stands there).

        Raises
        ------
        SchemaError
            If a cleaned text is not the one that was searched.

        Examples
        --------
        >>> from types import SimpleNamespace
        >>> from watchwords.terms import concordance
        >>> from watchwords.tokens import tokenize
        >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["cold war"]})
        >>> lines = concordance(tokenize(table), "war")
        >>> cleaned = SimpleNamespace(
        ...     text="cold war", raw="cold  war", raw_span=lambda start, end: (start + 1, end + 1)
        ... )
        >>> lines.with_raw({"a": cleaned}.get).table[["start", "raw_start", "raw_match"]]
           start  raw_start raw_match
        0      5          6       war
        """
        cleaned = {doc_id: clean(doc_id) for doc_id in sorted(set(self.table["doc_id"]))}
        spans, forms = [], []
        for line in self.table.to_dict("records"):
            found, bounds = cleaned[line["doc_id"]], (line["start"], line["end"])
            if " ".join(found.text[slice(*bounds)].split()) != " ".join(line["match"].split()):
                raise SchemaError(
                    f"the text that `clean` gives for {line['doc_id']!r} is not the one that was "
                    "searched; clean the raw text in the same way and language."
                )
            spans.append(found.raw_span(*bounds))
            forms.append(found.raw[slice(*spans[-1])])
        places = np.array(spans, np.int64).reshape(len(spans), 2)
        table = self.table.assign(
            raw_start=places[:, 0], raw_end=places[:, 1], raw_match=pd.array(forms, dtype="str")
        )
        return replace(self, table=table)

    def to_csv(self, path: Path | str) -> None:
        """Save the lines for a spreadsheet.

        Parameters
        ----------
        path : path
            UTF-8 with a byte-order mark; a text that a spreadsheet would run as a formula gets an
            apostrophe in front.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        try:
            write_csv(self.table, Path(path))
        except OSError as error:
            raise StorageError(f"cannot write {str(path)!r}: {error}") from None

    def aligned(self, width: int) -> list[tuple[str, str, str, str]]:
        """Lay the lines out for a terminal, so that the matches stand below each other.

        Parameters
        ----------
        width : int
            Cells of the terminal; a Chinese character takes two.

        Returns
        -------
        list of (str, str, str, str)
            Day, left context (padded on its left), match and right context; what would steer a
            terminal is shown as its code.
        """
        texts = [[_visible(text) for text in self.table[name]] for name in _CONTEXT]
        widest = max(map(_width, texts[1]), default=0)
        room = max(20, (width - 12 - widest) // 2)
        lines = []
        for day, left, match, right in zip(self._days(), *texts, strict=True):
            near = _crop(left[::-1], room)[::-1]
            lines.append((day, " " * (room - _width(near)) + near, match, _crop(right, room)))
        return lines

    def __repr__(self) -> str:
        """Show the lines aligned, as in print."""
        lines = [
            f"{day:<10}  {left}{match}{right}" for day, left, match, right in self.aligned(100)
        ]
        return "\n".join([_visible(self.caption), *lines])

    def _repr_html_(self) -> str:
        """Show the lines aligned on the match, everything escaped."""
        rows = [
            self._row(day, line)
            for day, line in zip(self._days(), self.table.to_dict("records"), strict=True)
        ]
        heads = "".join(
            f'<th style="{_STYLE[kind]}">{name}</th>'
            for name, kind in (
                ("date", "about"),
                ("document", "about"),
                ("", "left"),
                ("match", "match"),
                ("", "right"),
            )
        )
        table = (
            f'<table style="{_STYLE["table"]}"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table>"
        )
        return f"<div><p>{escape(self.caption)}</p>{table if rows else ''}</div>"

    def _row(self, day: str, line: Mapping[Any, Any]) -> str:
        left = _crop(str(line["left"])[::-1], _CELLS)[::-1]
        about = " · ".join(str(line[name]) for name in ("issuer", "title") if line[name])
        named = _crop(about or str(line["doc_id"]), 32)
        cells = (
            ("about", escape(day), ""),
            ("about", escape(named), f"{line['doc_id']} {line['start']}-{line['end']}"),
            ("left", escape(left), ""),
            ("match", escape(str(line["match"])), ""),
            ("right", escape(_crop(str(line["right"]), _CELLS)), str(line["sentence"])),
        )
        shown = [
            f'<td style="{_STYLE[kind]}"'
            + (f' title="{escape(tip)}"' if tip else "")
            + f">{text}</td>"
            for kind, text, tip in cells
        ]
        return f"<tr>{''.join(shown)}</tr>"

    def _days(self) -> list[str]:
        days = zip(self.table["date"], self.table["date_precision"], strict=True)
        return [_printed(day, precision) for day, precision in days]


def _printed(day: pd.Timestamp, precision: str) -> str:
    """Print a date as far as it is known."""
    return "undated" if pd.isna(day) else str(day.date())[: _PRECISION.get(precision, 10)]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _crop(text: str, room: int) -> str:
    """Keep as much of the beginning as fits into so many cells."""
    width = 0
    for at, sign in enumerate(text):
        width += 2 if east_asian_width(sign) in "WF" else 1
        if width > room:
            return text[:at]
    return text


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
