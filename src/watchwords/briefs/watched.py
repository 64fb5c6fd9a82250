"""Watched concepts to exhibits: panels, silence, first seen, forms, and every hit."""

from typing import Any

from watchwords import charts
from watchwords.briefs.evidence import (
    evidence_id,
    printed_date,
)
from watchwords.briefs.exhibits import Figure, Table, column
from watchwords.briefs.languages import in_language, main_language, name_language
from watchwords.briefs.rows import each_row
from watchwords.briefs.screen import strength
from watchwords.briefs.spans import bounds_in_words
from watchwords.briefs.sparks import spark_cells, spark_column, spark_note
from watchwords.briefs.workspace import Workspace
from watchwords.floors import COMPARE_DOCS
from watchwords.periods import period_word
from watchwords.wording import listed

Segments = list[Any]


def panel_items(work: Workspace, *, n: int = 6) -> list[str]:
    """Choose the concepts for the small multiples: those with most to show.

    Parameters
    ----------
    work : Workspace
    n : int, default 6

    Returns
    -------
    list of str
        concept_ids, in the order in which they were first found.
    """
    table = work.trends[(work.trends["kind"] == "concept") & (work.trends["n_docs"] > 0)]
    table = table[table["lang"] == main_language(work)]
    table = table.assign(strength=strength(table).where(table["claimed"], -1.0))
    best = table.sort_values(["strength", "n_docs", "item"], ascending=[False, False, True])
    return list(best.head(n).sort_values(["first_seen", "item"])["item"])


def panel_figure(work: Workspace, *, n: int = 6) -> Figure | None:
    """Draw the watched concepts as small multiples.

    Parameters
    ----------
    work : Workspace
    n : int, default 6
        Panels at most.

    Returns
    -------
    Figure or None
        None if no concept was found, or too few documents are dated.
    """
    items = panel_items(work, n=n)
    if not items or work.rung == "occurrences":
        return None
    judged = work.trends[work.trends["lang"] == main_language(work)]
    labels = dict(zip(judged["item"], judged["label"], strict=True))
    rates = work.rates[work.rates["item"].isin(items) & (work.rates["lang"] == main_language(work))]
    freq = work.report.chart_freq
    drawn = charts.plot_rates(rates, items=items, labels=labels, freq=freq, events=work.events)
    nouns = work.report.nouns + in_language(work, main_language(work))
    return Figure(
        id="fig-watched",
        place="front",
        section="Watched concepts",
        title=f"Share of {nouns} with each concept, by {period_word(freq, 1)}",
        svg=charts.figure_svg(drawn),
        alt=(
            f"Small multiples, one for each of {len(items)} watched concepts: share of {nouns} by "
            f"{period_word(freq, 1)} with 95 % intervals: {listed([labels[i] for i in items])}."
        ),
        width="full",
        note=(
            f"Points: share of the {nouns} of a {period_word(freq, 1)} that have the concept in "
            f"any of its forms; bars: 95 % Wilson intervals; n: {work.report.nouns}. "
            "Hollow: unfinished. "
            f"{len(items)} of {work.concepts['concept_id'].nunique()} watched concepts, by "
            "distance between early and late share."
        ),
    )


def first_seen_figure(work: Workspace, *, n: int = 8) -> Figure | None:
    """Draw when the watched concepts were first and last found.

    Parameters
    ----------
    work : Workspace
    n : int, default 8
        Rows at most: first those that are up, then those with most documents.

    Returns
    -------
    Figure or None
        None if too few documents are dated, or no concept appears after the beginning.
    """
    table = work.trends[(work.trends["kind"] == "concept") & work.trends["first_seen"].notna()]
    lang = main_language(work)
    table = table[table["lang"] == lang]
    dated = work.counted[work.counted["date"].notna() & (work.counted["lang"] == lang)]
    if work.rung == "occurrences" or table.empty:
        return None
    late = [int((dated["date"] < day).sum()) >= COMPARE_DOCS for day in table["first_seen"]]
    table = table[late]
    # What is up comes first: those are the dates a reader asks for.
    rank = strength(table).where(table["direction"] == "up", -1.0)
    order = ["rank", "n_docs", "item"]
    table = table.assign(rank=rank).sort_values(order, ascending=[False, False, True]).head(n)
    if table.empty:
        return None
    uses = work.concepts.drop_duplicates("concept_id").set_index("concept_id")["first_use"]
    seen = ["first_seen", "last_seen", "first_precision", "last_precision"]
    shown = table[["label", *seen, "n_docs"]].assign(first_use=table["item"].map(uses).fillna(""))
    start = dated["date"].min()
    drawn = charts.plot_first_seen(shown, coverage_start=start)
    return Figure(
        id="fig-first-seen",
        place="front",
        section="First found",
        title="When watched concepts were first and last found in this corpus",
        svg=charts.figure_svg(drawn),
        alt="Timeline of first and last finds: "
        + listed([f"{row.label} {row.first_seen.year}" for row in each_row(shown)])
        + ".",
        width="full",
        note=(
            f"Concepts with at least 20 earlier {work.report.nouns}{in_language(work, lang)} "
            "without them. Dot: first "
            f"{work.report.noun}; line: to the last; number: {work.report.nouns} that have it. "
            f"Coverage begins {bounds_in_words(dated)[0]}."
        ),
    )


def concept_table(work: Workspace) -> Table | None:
    """List every watched concept with its forms as printed.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if no concept is watched.
    """
    if work.summary.empty:
        return None
    rows = []
    several = len(set(work.summary["lang"])) > 1
    order = work.summary.sort_values(["n_docs", "concept_id"], ascending=[False, True])
    known = dict(zip(work.documents["doc_id"], work.documents["date_precision"], strict=True))
    sparks: list[Any] = []
    if work.rung != "occurrences":
        sparks = spark_cells(work, zip(order["concept_id"], order["lang"], strict=True))
    for place, (_, row) in enumerate(order.iterrows()):
        key = evidence_id("concept", row["lang"], row["concept_id"])
        found = int(row["n_docs"])
        count: Any = f"{found} of {int(row['n_docs_total'])}"
        if found:
            count = {"text": count, "evidence": key}
        rows.append(
            [
                row["label"],
                *([name_language(row["lang"])] if several else []),
                *sparks[place : place + 1],
                count,
                printed_forms(row["forms"]),
                printed_date(row["first_seen"], known.get(row["first_doc"], "day")) or "–",
                printed_date(row["last_seen"], known.get(row["last_doc"], "day")) or "–",
            ]
        )
    nouns = work.report.nouns
    return Table(
        id="table-concepts",
        place="annex",
        section="Watched concepts",
        title="Every watched concept, its forms as printed, first and last found",
        columns=[
            column("Concept", "1fr"),
            *([column("in")] if several else []),
            *([spark_column(work)] if sparks else []),
            column(nouns, align="right"),
            column("forms as printed, times", "2fr"),
            column("first found", align="right"),
            column("last found", align="right"),
        ],
        rows=rows,
        note=(
            "Forms matched longest first; case, quotes, plural, possessive and hyphen folded. "
            f"Numbers count {nouns}; 0 of n means searched and not found."
            + (spark_note(work) if sparks else "")
        ),
    )


def printed_forms(forms: Any, *, n: int = 6) -> str:
    """List forms as printed with how often each occurs.

    Parameters
    ----------
    forms : sequence of dict
        ``form`` and ``n``, most frequent first.
    n : int, default 6
        Forms at most.

    Returns
    -------
    str

    Examples
    --------
    >>> printed_forms([{"form": "two upholds", "n": 3}, {"form": "two safeguards", "n": 1}])
    'two upholds 3 · two safeguards 1'
    """
    pairs = [(str(each["form"]), int(each["n"])) for each in forms]
    more = f" · and {len(pairs) - n} more" if len(pairs) > n else ""
    return " · ".join(f"{form} {times}" for form, times in pairs[:n]) + more
