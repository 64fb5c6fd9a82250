"""Claims to exhibits: findings in words, their quotes, and the full lists behind them."""

from typing import Any

import pandas as pd

from watchwords.briefs.evidence import evidence_id, excerpt, find_evidence
from watchwords.briefs.exhibits import Finding, Note, Quote, Table
from watchwords.briefs.rows import each_row
from watchwords.briefs.screen import distinct, headlines, ranked_claims
from watchwords.briefs.wording import (
    FOOTNOTE,
    day_in_words,
    fold_change,
    quoted,
    share_in_words,
)
from watchwords.briefs.workspace import Workspace
from watchwords.floors import HEADLINE_DOCS, count_of
from watchwords.periods import period_label, period_start, period_word

Segments = list[Any]
N_QUOTES = 2
N_NAMES = 40


def finding_exhibits(work: Workspace, *, n: int = 5) -> list[Finding | Quote]:
    """Word the first page's findings, the first of them with quotes.

    Parameters
    ----------
    work : Workspace
    n : int, default 5
        Findings at most.

    Returns
    -------
    list of Finding and Quote
        The findings first, strongest first within up and down; then a quote for each of the first
        two: the earliest sentence of what went up, the latest of what went down.
    """
    categories = work.concepts.drop_duplicates("concept_id").set_index("concept_id")["category"]
    subjects = work.trends["item"].map(categories).fillna(work.trends["item"])
    chosen = headlines(work.trends, n=n, spread=subjects)
    findings: list[Finding] = []
    quotes: list[Quote] = []
    for number, (_, row) in enumerate(chosen.iterrows(), start=1):
        hits = find_evidence(work, row["item"], kind=row["kind"], lang=row["lang"])
        findings.append(_finding(work, row, number=number))
        quotes.append(_quote(row, hits, number=number))
    return [*findings, *quotes[:N_QUOTES]]


def _finding(work: Workspace, row: pd.Series, *, number: int) -> Finding:
    key = evidence_id(row["kind"], row["lang"], row["item"])
    segments = [
        *span_segments(work, row, key=key, footnote=number == 1),
        " ",
        *seen_segments(work, row),
    ]
    return Finding(
        id=f"F{number}",
        place="front",
        section="In short",
        headline=f"{quoted(row['label'])} is {row['direction']}.",
        segments=segments,
        note=test_note(work, row),
    )


def span_segments(work: Workspace, row: pd.Series, key: str, *, footnote: bool = False) -> Segments:
    """Word how many documents of the last and of the first third have an item.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.
    key : str
        Where its evidence is listed.
    footnote : bool, default False
        Explain the first interval.

    Returns
    -------
    list
        Segments of text for a brief.
    """
    noun = work.report.noun
    late, early = (
        (int(row["k_late"]), int(row["n_late"])),
        (int(row["k_early"]), int(row["n_early"])),
    )
    since = span_label(work, row["late_start"])
    before = span_label(work, row["early_end"])
    wide = share_in_words(*late)
    segments: Segments = [
        "In ",
        {"text": f"{late[0]} of {late[1]}", "evidence": key},
        f" {noun}s since {since}",
    ]
    if wide:
        segments.append(f" ({wide}")
        if footnote:
            segments.append({"text": "", "footnote": FOOTNOTE})
        segments.append(")")
    narrow = share_in_words(*early)
    told = f" ({narrow})" if narrow else ""
    first_count: Any = f"{early[0]} of {early[1]}"
    if early[0]:
        first_count = {"text": first_count, "evidence": key}
    return [*segments, ", in ", first_count, f" before {before}{told}."]


def span_label(work: Workspace, day: pd.Timestamp) -> str:
    """Name the boundary of a span: a year where it is one, else the period.

    Parameters
    ----------
    work : Workspace
    day : Timestamp

    Returns
    -------
    str
    """
    stamp = pd.Timestamp(day)
    if stamp.month == 1 and stamp.day == 1:
        return str(stamp.year)
    return period_label(stamp, work.report.freq)


def seen_segments(work: Workspace, row: pd.Series) -> Segments:
    """Word when an item was first and last found.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.

    Returns
    -------
    list
        Segments of text for a brief.
    """
    dated = work.counted[work.counted["date"].notna() & (work.counted["lang"] == row["lang"])]
    begins, ends = dated["date"].min(), dated["date"].max()
    first, last = row["first_seen"], row["last_seen"]
    earlier = int((dated["date"] < first).sum())
    noun = work.report.noun
    if first == begins or earlier < 20:
        text = "Already present when the corpus begins"
    else:
        text = (
            f"First found in this corpus on {day_in_words(first)} (coverage begins "
            f"{day_in_words(begins)}, {count_of(earlier, f'earlier {noun}')} without it)"
        )
    later = int((dated["date"] > last).sum())
    if last == ends or later == 0:
        return [f"{text}; found in the latest {noun}."]
    if later < HEADLINE_DOCS:
        return [f"{text}; last found on {day_in_words(last)}."]
    told = share_in_words(0, later)
    told = f"; {told}" if told else ""
    return [f"{text}; not found since {day_in_words(last)} (0 of {later}{told})."]


def test_note(work: Workspace, row: pd.Series) -> str:
    """Word the test behind a claim.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.

    Returns
    -------
    str
    """
    tested = work.meta[f"n_tested_{row['lang']}"]
    q = "q < 0.001" if row["q_value"] < 0.001 else f"q = {row['q_value']:.3f}"
    return f"{q} among {tested:,} items tested, dates of whole {work.report.noun}s permuted."


def _quote(row: pd.Series, hits: pd.DataFrame, *, number: int) -> Quote:
    dated = hits[hits["date"].notna()]
    chosen = dated.iloc[0 if row["direction"] == "up" else -1]
    text, mark = excerpt(chosen["sentence"], int(chosen["at"]), chosen["form"])
    return Quote(
        id=f"Q{number}",
        place="front",
        section="In their words",
        text=text,
        mark=mark,
        lang=row["lang"],
        source=chosen["title"],
        date=day_in_words(chosen["date"], chosen["date_precision"]),
        doc_id=chosen["doc_id"],
        url=chosen["url"],
        note="",
    )


def claim_table(work: Workspace, *, direction: str, kind: str, n: int = 20) -> Table | None:
    """List the claimed items of a direction.

    Parameters
    ----------
    work : Workspace
    direction : {"up", "down"}
    kind : {"concept", "phrase", "word"}
    n : int, default 20
        Rows at most; how many there are stands in the note.

    Returns
    -------
    Table or None
        None if nothing is claimed.
    """
    every = ranked_claims(work.trends, direction=direction, kind=kind)
    if every.empty:
        return None
    rows = [
        _claim_row(row, evidence_id(row["kind"], row["lang"], row["item"]))
        for _, row in distinct(every).head(n).iterrows()
    ]
    first = every.iloc[0]
    early, late = span_label(work, first["early_end"]), span_label(work, first["late_start"])
    what = {"concept": "Watched concepts", "phrase": "Discovered phrases", "word": "Single words"}
    return Table(
        id=f"table-{kind}-{direction}",
        place="annex",
        section=f"Found {'more' if direction == 'up' else 'less'} often",
        title=f"{what[kind]} that are {direction}",
        columns=[
            {"label": "Wording", "align": "left", "width": "1fr"},
            {"label": f"before {early}", "align": "right", "width": "auto"},
            {"label": f"since {late}", "align": "right", "width": "auto"},
            {"label": "first found", "align": "right", "width": "auto"},
            {"label": "last found", "align": "right", "width": "auto"},
            {"label": "q", "align": "right", "width": "auto"},
        ],
        rows=rows,
        note=list_note(work, shown=len(rows), every=len(every)),
    )


def _claim_row(row: pd.Series, key: str) -> list[Any]:
    return [
        row["label"],
        {"text": f"{int(row['k_early'])} of {int(row['n_early'])}", "evidence": key},
        {"text": f"{int(row['k_late'])} of {int(row['n_late'])}", "evidence": key},
        str(pd.Timestamp(row["first_seen"]).year),
        str(pd.Timestamp(row["last_seen"]).year),
        "< 0.001" if row["q_value"] < 0.001 else f"{row['q_value']:.3f}",
    ]


def list_note(work: Workspace, *, shown: int, every: int) -> str:
    """Word what a list of claims rests on.

    Parameters
    ----------
    work : Workspace
    shown, every : int
        Rows printed, and claims in all.

    Returns
    -------
    str
    """
    tested = sum(value for name, value in work.meta.items() if name.startswith("n_tested_"))
    part = f"The {shown} clearest of {every:,} such claims" if every > shown else f"All {every}"
    noun, unit = work.report.noun, period_word(work.report.freq, 1)
    return (
        f"{part}, by the distance between the intervals of the two shares. Unit: {noun}s with the "
        f"wording. Tested by {unit}, dates permuted; {tested:,} items tested, false-discovery rate "
        f"5 %; a change counts from {fold_change(work.report.min_effect)}."
    )


def latest_period_start(work: Workspace) -> pd.Timestamp:
    """Find where the last full span of at least 30 documents begins.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Timestamp
        The first day of a chart period, so that a reader can say "since 1990".
    """
    freq = work.report.chart_freq
    dates = work.counted["date"].dropna().sort_values()
    position = max(len(dates) - 30, 0)
    return pd.Timestamp(period_start(dates.iloc[[position]].to_numpy(), freq)[0])


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
    for _, row in table.sort_values(["n_docs", "item"], ascending=[False, True]).iterrows():
        key = evidence_id("concept", row["lang"], row["item"])
        cells = _claim_row(row, key)
        rows.append([*cells[:3], day_in_words(row["first_seen"]), day_in_words(row["last_seen"])])
    return Table(
        id="table-seen",
        place="front",
        section="Watched concepts",
        title="Watched concepts, earlier and later",
        columns=[
            {"label": "Concept", "align": "left", "width": "1fr"},
            {"label": "earlier", "align": "right", "width": "auto"},
            {"label": "later", "align": "right", "width": "auto"},
            {"label": "first found", "align": "right", "width": "auto"},
            {"label": "last found", "align": "right", "width": "auto"},
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
    rows = names.sort_values(["n_docs", "item"], ascending=[False, True])
    parts = [
        f"{row.item} ({row.n_docs}{f', {row.direction}' if row.direction else ''})"
        for row in each_row(rows.head(N_NAMES))
    ]
    more = f"; and {len(rows) - N_NAMES} more in data/trends.csv" if len(rows) > N_NAMES else ""
    return Note(
        id="ignored",
        place="annex",
        section="Names and frames",
        title="Changed, but a name, an office or a reporting frame",
        paragraphs=["; ".join(parts) + more + "."],
        style="plain",
        note=f"Number: {work.report.noun}s. The list is in ignore.csv; a path in the report file "
        "replaces it.",
    )
