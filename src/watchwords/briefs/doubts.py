"""Documents to look at before anything is believed: odd lengths, and words older than they are."""

import textwrap
from typing import Any

import pandas as pd

from watchwords.briefs.evidence import excerpt, printed_date
from watchwords.briefs.exhibits import Table, column
from watchwords.briefs.gaps import SECTION
from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.wording import day_in_words, quoted

N_ROWS = 20
_TITLE = 70
_NAMED = 2
_WORDS = 14
LOW = "low"
DOUBT = "amended later, misdated, or an earlier use"


def times(ratio: float) -> str:
    """Word how many times longer or shorter than usual a document is.

    Parameters
    ----------
    ratio : float
        Length over median.

    Returns
    -------
    str

    Examples
    --------
    >>> times(29.58), times(13.2), times(0.04), times(0.0)
    ('30 times', '13 times', '1/25', 'empty')
    """
    if ratio == 0:
        return "empty"
    return f"{ratio:,.0f} times" if ratio > 1 else f"1/{1 / ratio:,.0f}"


def lengths_in_words(work: Workspace) -> str:
    """Say which documents are of a very unusual length.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        One sentence, or "".
    """
    found, noun = work.table("lengths"), work.report.noun
    nouns = work.report.nouns
    if found.empty:
        return ""
    long, short = found[found["ratio"] > 1], found[found["ratio"] <= 1]
    said = []
    if len(long):
        verb = "is" if len(long) == 1 else "are"
        said.append(
            f"{count_of(len(long), noun, words=True, plural=nouns)} {verb} very long{_named(long)}"
        )
    if len(short):
        what = (
            count_of(len(short), noun, words=True, plural=nouns)
            if long.empty
            else f"{len(short):,}"
        )
        said.append(f"{what} {'is' if len(short) == 1 else 'are'} next to empty")
    sentence = ", ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _named(rows: pd.DataFrame) -> str:
    head = [f"{row.doc_id}: {times(row.ratio)}" for row in each_row(rows.head(_NAMED))]
    head[0] += " the median"
    more = f", {len(rows) - _NAMED} more in the annex" if len(rows) > _NAMED else ""
    return f" ({', '.join(head)}{more})"


def length_table(work: Workspace) -> Table | None:
    """List the documents of a very unusual length.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if there is none.
    """
    found = work.table("lengths")
    if found.empty:
        return None
    about = work.documents[["doc_id", "title", "date", "date_precision"]]
    shown = found.head(N_ROWS).merge(about, on="doc_id", how="left")
    rows: list[list[Any]] = [
        [
            row.doc_id,
            textwrap.shorten(row.title, _TITLE, placeholder=" …"),
            day_in_words(row.date, row.date_precision),
            f"{row.length:,}",
            f"{row.median:,.0f}",
            times(row.ratio),
        ]
        for row in each_row(shown)
    ]
    noun, more = work.report.noun, len(found) - len(rows)
    nouns = work.report.nouns
    return Table(
        id="table-lengths",
        place="annex",
        section=SECTION,
        title=f"{nouns.capitalize()} of a very unusual length: {len(found):,}",
        columns=[
            column(noun.capitalize(), "2fr"),
            column("Title", "4fr"),
            column("Date", "2fr"),
            column("length", align="right"),
            column("usual", align="right"),
            column("that is", align="right"),
        ],
        rows=rows,
        note=(
            "Usual: the median of the source and language, in words (Chinese: characters). Listed "
            "from ten times or a tenth, beyond the spread of the others. All are counted: whether "
            "one is a whole debate or a failed extraction, a reader must say."
            + (f" {more:,} more in data/lengths.csv." if more > 0 else "")
        ),
    )


def anachronisms_in_words(work: Workspace) -> str:
    """Say in how many documents a watched wording is older than its first known use.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        One sentence, or ""; first uses known with low confidence are for the annex only.
    """
    found = work.table("anachronisms")
    n = found.loc[found["confidence"] != LOW, "doc_id"].nunique()
    if not n:
        return ""
    verb = "holds" if n == 1 else "hold"
    documents = count_of(n, work.report.noun, words=True, plural=work.report.nouns).capitalize()
    return (
        f"{documents} {verb} a watched wording from before its first known use: {DOUBT} (listed "
        "in the annex)."
    )


def anachronism_table(work: Workspace) -> Table | None:
    """List the watched wordings in documents dated before their first known use.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if there is none.
    """
    found = work.table("anachronisms")
    if found.empty:
        return None
    by = ["concept_id", "doc_id"]
    first = found.drop_duplicates(by).assign(n=found.groupby(by)["doc_id"].transform("size"))
    first = first.assign(low=first["confidence"] == LOW)
    first = first.sort_values(["low", "concept_id", "date", "doc_id"])
    rows: list[list[Any]] = [
        [
            f"{quoted(row.form)}{f' ({row.n} times)' if row.n > 1 else ''}",
            ("about " if row.low else "") + row.first_use,
            printed_date(row.date, row.date_precision),
            row.doc_id,
            excerpt(row.sentence, row.at, row.form, words=_WORDS)[0],
        ]
        for row in each_row(_with_sentences(work, first.head(N_ROWS)))
    ]
    more = len(first) - len(rows)
    return Table(
        id="table-anachronisms",
        place="annex",
        section=SECTION,
        title="Watched wordings from before their first known use",
        columns=[
            column("Wording", "3fr"),
            column("First known use"),
            column("Found on"),
            column(work.report.noun.capitalize(), "3fr"),
            column("In its words", "5fr"),
        ],
        rows=rows,
        note=(
            f"A doubt, not a finding: {DOUBT}. First uses are background from outside the corpus; "
            "“about” marks those known with low confidence."
            + (f" {more:,} more in data/anachronisms.csv." if more > 0 else "")
        ),
    )


def _with_sentences(work: Workspace, found: pd.DataFrame) -> pd.DataFrame:
    """Give each hit its sentence; the hits of watched concepts all have theirs."""
    sentences = work.table("evidence").rename(columns={"item": "concept_id"})
    sentences = sentences.loc[
        sentences["kind"] == "concept", ["concept_id", "doc_id", "start", "sentence", "at"]
    ]
    merged = found.merge(sentences, on=["concept_id", "doc_id", "start"], how="left")
    return merged.fillna({"sentence": "", "at": 0}).astype({"at": "int64"})
