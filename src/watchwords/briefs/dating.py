"""How well the documents are dated, and what each date is known from."""

import textwrap
from typing import Any

import pandas as pd

from watchwords.briefs.evidence import short_names
from watchwords.briefs.exhibits import Table, column
from watchwords.briefs.gaps import SECTION
from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.read import describe_known
from watchwords.wording import day_in_words

TITLE_LENGTH = 72
FEW = 12
N_UNDATED = 40
N_UNKNOWN = 10
PRECISIONS = {"day": "to the day", "month": "to the month", "year": "to the year", "none": "none"}
_BASES = {
    "agency": "agency stamp",
    "body": "first sentence",
    "column": "column of the table",
    "date_line": "date line",
    "folder": "name of the folder",
    "label": "labelled date",
}
_BY_HAND = "analyst"
_CORRECT = (
    "A missing year is never guessed. A date, an issuer or a place can be set by hand, with your "
    "reason, in metadata.csv beside the documents (watchwords read FOLDER --todo writes it)."
)


def is_few(work: Workspace) -> bool:
    """Tell whether the documents are so few that the front lists them all.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    bool
    """
    return work.rung == "occurrences" and len(work.documents) <= FEW


def date_table(work: Workspace) -> Table | None:
    """List the documents of a small corpus with what is known of their dates.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None where there are more than a front page has room for.
    """
    if not is_few(work):
        return None
    names = short_names(work.documents["doc_id"])
    rows: list[list[Any]] = []
    for row in each_row(work.documents):
        rows.append(
            [
                names[row.doc_id],
                textwrap.shorten(row.title, TITLE_LENGTH, placeholder=" …")
                + (f" (same text as {names[row.duplicate_of]})" if row.duplicate_of else ""),
                row.issuer or "not named",
                *known_date(row),
            ]
        )
    return Table(
        id="table-dates",
        place="front",
        section="What this rests on",
        title="The documents and their dates",
        columns=[
            column("File"),
            column("Title", "5fr"),
            column("Issuer", "3fr"),
            column("Date", "3fr"),
            column("Known from", "3fr"),
        ],
        rows=rows,
        note=_CORRECT,
    )


def known_date(row: Any) -> tuple[str, str]:
    """Word what is known of a document's date, and from where.

    Parameters
    ----------
    row : named tuple
        A row of the documents.

    Returns
    -------
    date, basis : str
    """
    if pd.isna(row.date):
        known = describe_known(row.edtf, row.date_text)
        return (known or "no date found"), (f"“{row.date_text}”" if known else "")
    basis = _BASES.get(row.date_basis, row.date_basis)
    event = describe_known(row.event_date, "") or _event_in_words(row.event_date)
    return day_in_words(row.date, row.date_precision), basis + (f"; event {event}" if event else "")


def _event_in_words(event: str) -> str:
    parsed = pd.to_datetime(event, format="%Y-%m-%d", errors="coerce") if event else pd.NaT
    return event if pd.isna(parsed) else day_in_words(parsed)


def count_bases(documents: pd.DataFrame) -> pd.DataFrame:
    """Count the documents by what their date is known from, and how exactly.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date_basis`` and ``date_precision``.

    Returns
    -------
    pandas.DataFrame
        One row a basis in words, the commonest first, those without a date last: ``basis``,
        ``day``, ``month``, ``year``, ``none``, ``n``.

    Examples
    --------
    >>> bases = ["file name", "analyst: letter of 3 May", "label"]
    >>> table = pd.DataFrame({"date_basis": bases, "date_precision": ["year", "day", "day"]})
    >>> count_bases(table)[["basis", "day", "year", "n"]]
                    basis  day  year  n
    0           file name    0     1  1
    1       labelled date    1     0  1
    2  set by the analyst    1     0  1
    """
    basis = documents["date_basis"].map(_basis_in_words)
    basis = basis.where(documents["date_precision"] != "none", "")
    counts = pd.crosstab(basis, documents["date_precision"]).reindex(
        columns=list(PRECISIONS), fill_value=0
    )
    table = counts.assign(n=counts.sum(axis=1)).rename_axis("basis").reset_index()
    table.columns.name = None
    table = table.assign(undated=table["basis"] == "")
    order = ["undated", "n", "basis"]
    table = table.sort_values(order, ascending=[True, False, True], ignore_index=True)
    return table.drop(columns="undated")


def _basis_in_words(basis: str) -> str:
    if basis.startswith(_BY_HAND):
        return "set by the analyst"
    return _BASES.get(basis, basis) or "not said"


def basis_table(work: Workspace) -> Table | None:
    """Say how exactly the documents are dated, by what each date is known from.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None where the front lists every document with its date, or one line says it.
    """
    counted = count_bases(work.counted)
    if is_few(work) or len(counted) == 1:
        return None
    shown = [name for name in ("day", "month", "year") if counted[name].any()]
    rows: list[list[Any]] = [
        [
            row["basis"] or "no date",
            *(f"{row[name]:,}" if row[name] else "" for name in shown),
            f"{row['n']:,}",
        ]
        for row in counted.to_dict("records")
    ]
    rows.append(["all", *(f"{counted[name].sum():,}" for name in shown), f"{counted['n'].sum():,}"])
    return Table(
        id="table-bases",
        place="annex",
        section=SECTION,
        title="What the dates are known from, and how exactly",
        columns=[
            column("Date known from", "1fr"),
            *(column(PRECISIONS[name], align="right") for name in shown),
            column(work.report.nouns, align="right"),
        ],
        rows=rows,
        note="A date coarser than a period is in none, and in no test. Copies left out.",
    )


def undated_table(work: Workspace) -> Table | None:
    """List the documents without a date, with what is known of it.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if all are dated, or the front lists them.
    """
    undated = work.counted[work.counted["date"].isna()]
    if undated.empty or is_few(work):
        return None
    # What is half known comes first: it is soonest completed.
    undated = undated.assign(known=[known_date(row)[0] for row in each_row(undated)])
    blank = undated["known"] == "no date found"
    undated = undated.assign(blank=blank).sort_values(["blank", "path", "doc_id"])
    # Of documents of which nothing is known, a few show what they are.
    shown = pd.concat([undated[~undated["blank"]], undated[undated["blank"]].head(N_UNKNOWN)])
    rows: list[list[Any]] = [
        [
            textwrap.shorten(row.path or row.doc_id, TITLE_LENGTH, placeholder=" …"),
            textwrap.shorten(row.title, TITLE_LENGTH, placeholder=" …"),
            row.known,
        ]
        for row in each_row(shown.head(N_UNDATED))
    ]
    more = len(undated) - len(rows)
    counted = count_of(len(undated), work.report.noun, plural=work.report.nouns)
    return Table(
        id="table-undated",
        place="annex",
        section=SECTION,
        title=f"Without a date: {counted}",
        columns=[
            column("File", "3fr"),
            column("Title", "5fr"),
            column("Known", "2fr"),
        ],
        rows=rows,
        note=(f"{more:,} more in data/documents.csv. " if more > 0 else "") + _CORRECT,
    )
