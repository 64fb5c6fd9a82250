"""Exhibits to one brief: order, cover, facts, provenance, and the check of its numbers."""

from typing import Any

from watchwords.briefs.csv_files import n_words
from watchwords.briefs.evidence import evidence_list
from watchwords.briefs.method import provenance
from watchwords.briefs.spans import bounds_in_words
from watchwords.briefs.workspace import Workspace
from watchwords.errors import WatchwordsError
from watchwords.floors import count_of
from watchwords.periods import period_label, period_word

FRONT = (
    "",
    "What this rests on",
    "In short",
    "Watched concepts",
    "In two or more documents",
    "In one document",
    "Kept apart",
    "Found before, not found lately",
    "First found",
    "To review",
)
ANNEX = (
    "The corpus",
    "Found more, found less",
    "Found more often",
    "Found less often",
    "Watched concepts",
    "Every hit",
    "Two groups compared",
    "Topics",
    "In their words",
    "Kept apart",
    "To review",
    "Names and frames",
)
LAST = ("Method",)


def assemble_brief(
    work: Workspace, exhibits: list[dict[str, Any]], evidence: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Put the exhibits of the notebooks into the order of a brief, under one cover.

    Parameters
    ----------
    work : Workspace
    exhibits : list of dict
        In the order in which the notebooks gave them. Sections that the house knows are put
        into its order; others follow as they came, before the method.
    evidence : dict
        The lists of hits that notebooks brought, by id; those of our own items are added.

    Returns
    -------
    dict
        The brief's JSON.

    Raises
    ------
    WatchwordsError
        If a number printed as "k of n" is not the number of documents in its list of hits:
        nothing may be published then.
    """
    named = {part["evidence"] for part in _linked(exhibits)} - set(evidence)
    ours = {key: evidence_list(work.evidence[key]) for key in sorted(named & set(work.evidence))}
    evidence = {**evidence, **ours}
    check_counts(exhibits, evidence)
    front = _ordered(exhibits, "front", FRONT)
    annex = _ordered(exhibits, "annex", ANNEX)
    return {
        "brief": cover(work),
        "facts": facts(work),
        "exhibits": [*front, *annex],
        "evidence": dict(sorted(evidence.items())),
        "provenance": provenance(work),
        "lost_characters": [],
    }


def _ordered(
    exhibits: list[dict[str, Any]], place: str, known: tuple[str, ...]
) -> list[dict[str, Any]]:
    chosen = [exhibit for exhibit in exhibits if exhibit["place"] == place]
    others = dict.fromkeys(exhibit["section"] for exhibit in chosen)
    order = [*known, *(name for name in others if name not in {*known, *LAST}), *LAST]
    return sorted(chosen, key=lambda exhibit: order.index(exhibit["section"]))


def check_counts(exhibits: list[dict[str, Any]], evidence: dict[str, dict[str, Any]]) -> None:
    """Check every "k of n" that leads to a list of hits against that list.

    A count over part of the documents (before or since a year) may be smaller than the list,
    never larger; the list must not be empty.

    Parameters
    ----------
    exhibits : list of dict
    evidence : dict

    Raises
    ------
    WatchwordsError
        If a number has more documents than its list.
    """
    for cell in _linked(exhibits):
        k, _, _ = cell["text"].partition(" of ")
        listed = evidence.get(cell["evidence"])
        if listed is None:
            raise WatchwordsError(f"{cell['text']!r} leads to no evidence ({cell['evidence']}).")
        documents = len({row["doc_id"] for row in listed["rows"]})
        if k.replace(",", "").isdigit() and int(k.replace(",", "")) > documents:
            raise WatchwordsError(
                f"{listed['title']}: {cell['text']!r} is printed, but the hits are in {documents} "
                "documents. This is a fault of the program; nothing is published."
            )


def _linked(exhibits: list[dict[str, Any]]) -> list[dict[str, str]]:
    parts: list[Any] = []
    for exhibit in exhibits:
        parts += exhibit.get("segments", [])
        parts += [cell for row in exhibit.get("rows", []) for cell in row]
        for paragraph in exhibit.get("paragraphs", []):
            parts += paragraph if isinstance(paragraph, list) else [paragraph]
    return [part for part in parts if isinstance(part, dict) and part.get("evidence")]


def cover(work: Workspace) -> dict[str, Any]:
    """Make the cover: title, corpus, span, date.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    dict
    """
    report, span = work.report, span_of(work)
    title = report.title or f"Wording in {report.corpus}" + (f", {span}" if span else "")
    counted = count_of(len(work.counted), report.noun, plural=report.nouns)
    return {
        "title": title,
        "kicker": "Watchwords brief",
        "corpus": report.corpus,
        "subtitle": f"{counted}, {long_span(work)}" if span else f"{counted}, none with a date",
        "as_of": work.as_of.isoformat(),
        "span": span,
        "refusal": work.coverage.refusal() if work.rung == "occurrences" else None,
        "label": report.label,
        "running_title": title,
        "lang": "en",
    }


def span_of(work: Workspace) -> str:
    """Name the span of the dated documents for a title: years, or months within few years.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        Empty if no document is dated.
    """
    dates = work.counted["date"].dropna()
    if dates.empty:
        return ""
    first, last = dates.min(), dates.max()
    ends = work.counted[work.counted["date"].isin([first, last])]
    monthly = work.report.freq in {"W", "M", "Q"} and (ends["date_precision"] != "year").all()
    if (last - first).days < 3 * 366 and monthly:
        names = [period_label(day, "M") for day in (first, last)]
        return names[0] if names[0] == names[1] else " to ".join(names)
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def long_span(work: Workspace) -> str:
    """Name the first and the last day of the dated documents, as exactly as they are known.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
    """
    return " to ".join(bounds_in_words(work.counted))


def facts(work: Workspace) -> list[dict[str, str]]:
    """List the four to six numbers under the cover.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    list of dict
        ``value`` and ``label``.
    """
    nouns, freq = work.report.nouns, work.report.freq
    found = work.summary.loc[work.summary["n_docs"] > 0, "concept_id"].nunique()
    rows = [
        (f"{len(work.counted):,}", f"{nouns} counted"),
        (f"{work.coverage.n_dated:,}", "with a date"),
        (f"{work.coverage.n_periods:,}", f"{period_word(freq)} with {nouns}"),
        *_lengths(work),
    ]
    watched = work.concepts["concept_id"].nunique()
    if watched:
        rows.append((f"{found} of {watched}", "watched concepts found"))
    if work.rung != "occurrences":
        tested = sum(v for name, v in work.meta.items() if name.startswith("n_tested_"))
        rows.append((f"{tested:,}", "items tested"))
    return [{"value": value, "label": label} for value, label in rows]


def _lengths(work: Workspace) -> list[tuple[str, str]]:
    """Count words and characters apart: one is no measure of the other."""
    langs = [lang for lang in work.judged if lang in work.meta["langs"]]
    if len(langs) < 2:
        unit = "characters" if set(work.meta["langs"]) == {"zh"} else "words"
        return [(short_number(n_words(work)), unit)]
    units = {"zh": "characters in Chinese", "en": "words in English"}
    return [(short_number(n_words(work, lang)), units[lang]) for lang in langs]


def short_number(n: int) -> str:
    """Print a large number as a reader remembers it.

    Parameters
    ----------
    n : int

    Returns
    -------
    str

    Examples
    --------
    >>> [short_number(n) for n in (950, 12_345, 1_987_654)]
    ['950', '12,300', '1.99 million']
    """
    if n >= 1_000_000:
        return f"{n / 1e6:.2f} million"
    return f"{n:,}" if n < 1000 else f"{round(n, -2):,}"
