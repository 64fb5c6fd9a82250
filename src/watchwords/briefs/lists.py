"""The full lists behind the findings: what is up, what is down, and what is never headlined."""

from typing import Any

import pandas as pd

from watchwords.briefs.evidence import evidence_id
from watchwords.briefs.exhibits import Note, Table, column
from watchwords.briefs.languages import in_language, language_key, name_language, of_documents
from watchwords.briefs.rows import each_row
from watchwords.briefs.screen import distinct, ranked_claims
from watchwords.briefs.sources import confounded_in_words
from watchwords.briefs.spans import span_label
from watchwords.briefs.sparks import spark_cells, spark_column, spark_note
from watchwords.briefs.variants import label_with_others
from watchwords.briefs.workspace import Workspace
from watchwords.periods import parse_freq, period_label
from watchwords.wording import day_in_words, fold_change

N_NAMES = 40


def claim_table(work: Workspace, *, direction: str, kind: str, n: int = 20) -> list[Table]:
    """List the claimed items of a direction, a table for each language.

    Parameters
    ----------
    work : Workspace
    direction : {"up", "down"}
    kind : {"concept", "phrase", "word"}
    n : int, default 20
        Rows at most; how many there are stands in the note.

    Returns
    -------
    list of Table
        Empty if nothing is claimed. Counts are of the documents of one language each.
    """
    claims = ranked_claims(work.trends, direction=direction, kind=kind)
    by_lang = [(lang, claims[claims["lang"] == lang]) for lang in work.judged]
    return [
        _claim_table(work, every, (direction, kind, lang), n=n)
        for lang, every in by_lang
        if len(every)
    ]


def _claim_table(
    work: Workspace, every: pd.DataFrame, of: tuple[str, str, str], *, n: int
) -> Table:
    direction, kind, lang = of
    shown = distinct(every).head(n)
    rows = [
        _claim_row(work, row, evidence_id(row["kind"], row["lang"], row["item"]))
        for _, row in shown.iterrows()
    ]
    sparks = spark_cells(work, zip(shown["item"], shown["lang"], strict=True))
    if sparks:
        rows = [[row[0], spark, *row[1:]] for row, spark in zip(rows, sparks, strict=True)]
    first = every.iloc[0]
    early, late = span_label(work, first["early_end"]), span_label(work, first["late_start"])
    what = {"concept": "Watched concepts", "phrase": "Discovered phrases", "word": "Single words"}
    return Table(
        id=f"table-{kind}-{direction}{language_key(work, lang)}",
        place="annex",
        section=f"Found {'more' if direction == 'up' else 'less'} often",
        title=f"{what[kind]} that are {direction}{of_documents(work, lang)}",
        columns=[
            column("Wording", "1fr"),
            *([spark_column(work)] if sparks else []),
            column(f"before {early}", align="right"),
            column(f"since {late}", align="right"),
            column("first found", align="right"),
            column("last found", align="right"),
            column("q", align="right"),
        ],
        rows=rows,
        note=list_note(work, lang, shown=len(rows), every=len(every))
        + (spark_note(work) * bool(sparks)),
    )


def seen_label(day: pd.Timestamp, freq: str, precision: str = "day") -> str:
    """Print a first or last find as finely as the tests look, and no finer than it is known.

    Parameters
    ----------
    day : Timestamp
    freq : str
        Length of a period.
    precision : {"day", "month", "year"}, default "day"
        How exactly the day is known.

    Returns
    -------
    str

    Examples
    --------
    >>> seen_label(pd.Timestamp("2024-03-05"), "M"), seen_label(pd.Timestamp("2024-03-05"), "10Y")
    ('Mar 2024', '2024')
    >>> seen_label(pd.Timestamp("2024-01-01"), "M", "year")
    '2024'
    """
    unit, _ = parse_freq(freq)
    if unit == "W" and precision == "day":
        return str(day.date())
    return period_label(day, "Y" if unit == "Y" or precision == "year" else "M")


def _claim_row(work: Workspace, row: pd.Series, key: str) -> list[Any]:
    freq = work.report.freq
    return [
        label_with_others(work, row),
        {"text": f"{int(row['k_early'])} of {int(row['n_early'])}", "evidence": key},
        {"text": f"{int(row['k_late'])} of {int(row['n_late'])}", "evidence": key},
        seen_label(row["first_seen"], freq, row["first_precision"]),
        seen_label(row["last_seen"], freq, row["last_precision"]),
        "< 0.001" if row["q_value"] < 0.001 else f"{row['q_value']:.3f}",
    ]


def list_note(work: Workspace, lang: str, *, shown: int, every: int) -> str:
    """Word what a list of claims rests on.

    Parameters
    ----------
    work : Workspace
    lang : str
        Of the documents.
    shown, every : int
        Rows printed, and claims in all.

    Returns
    -------
    str
    """
    tested = work.meta[f"n_tested_{lang}"]
    part = f"The {shown} clearest of {every:,} such claims" if every > shown else f"All {every}"
    nouns = work.report.nouns
    return (
        f"{part}, by the distance between the intervals of the two shares. Unit: {nouns}"
        f"{in_language(work, lang)} with the wording. Dates of whole {nouns} permuted; "
        f"{tested:,} items tested, false-discovery rate 5 %; a change counts from "
        f"{fold_change(work.report.min_effect)}. "
        f"{confounded_in_words(work)}"
    ).strip()


def seen_table(work: Workspace) -> Table | None:
    """List what can be said with four or five periods: k of n earlier and later, no direction.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None on another rung of the floors, or if nothing was found.
    """
    table = work.trends[(work.trends["kind"] == "concept") & (work.trends["n_docs"] > 0)]
    if work.rung != "seen" or table.empty:
        return None
    rows = []
    several = len(set(table["lang"])) > 1
    for _, row in table.sort_values(["n_docs", "item"], ascending=[False, True]).iterrows():
        key = evidence_id("concept", row["lang"], row["item"])
        cells = _claim_row(work, row, key)
        first = day_in_words(row["first_seen"], row["first_precision"])
        spoken = [name_language(row["lang"])] if several else []
        rows.append(
            [
                cells[0],
                *spoken,
                *cells[1:3],
                first,
                day_in_words(row["last_seen"], row["last_precision"]),
            ]
        )
    return Table(
        id="table-seen",
        place="front",
        section="Watched concepts",
        title="Watched concepts, earlier and later",
        columns=[
            column("Concept", "1fr"),
            *([column("in")] if several else []),
            column("earlier", align="right"),
            column("later", align="right"),
            column("first found", align="right"),
            column("last found", align="right"),
        ],
        rows=rows,
        note=f"With {work.coverage.n_periods} periods no direction is given.",
    )


def ignored_note(work: Workspace) -> Note | None:
    """List the names and reporting frames that changed most, which are never headlined.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None if there is none.
    """
    names = work.trends[work.trends["ignored"] & work.trends["claimed"]]
    if names.empty:
        return None
    rows = names.sort_values(["n_docs", "item", "lang"], ascending=[False, True, True])
    by_lang = [(lang, rows[rows["lang"] == lang]) for lang in work.judged]
    paragraphs: list[str | list[Any]] = [
        _names(part, name_language(lang) if len(by_lang) > 1 else "")
        for lang, part in by_lang
        if len(part)
    ]
    return Note(
        id="ignored",
        place="annex",
        section="Names and frames",
        title="Changed, but a name, an office or a reporting frame",
        paragraphs=paragraphs,
        style="plain",
        note=f"Number: {work.report.nouns}. The list is in ignore.csv; a path in the report file "
        "replaces it.",
    )


def _names(rows: pd.DataFrame, spoken: str) -> str:
    parts = [
        f"{row.item} ({row.n_docs}{f', {row.direction}' if row.direction else ''})"
        for row in each_row(rows.head(N_NAMES))
    ]
    more = f"; and {len(rows) - N_NAMES} more in data/trends.csv" if len(rows) > N_NAMES else ""
    return f"{f'{spoken}: ' if spoken else ''}{'; '.join(parts)}{more}."
