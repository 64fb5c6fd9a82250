"""The fixed text on method, and the provenance of a run."""

import platform
from importlib.metadata import version
from typing import Any

from watchwords import __version__
from watchwords.briefs.exhibits import Note
from watchwords.briefs.languages import name_language
from watchwords.briefs.workspace import Workspace
from watchwords.floors import (
    COMPARE_DOCS,
    DIRECTION_PERIODS,
    HEADLINE_DOCS,
    ITEM_DOCS,
    MIN_DATED,
    MIN_PERIODS,
    SPAN_DOCS,
)
from watchwords.periods import period_word
from watchwords.wording import fold_change

_LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "gensim", "matplotlib", "typst")
_MONTHS = (
    " A finding by month also gives the last 3 months (6 or 12, where they hold under 30) beside "
    "the same months a year before, and is headlined only if both comparisons go the same way."
)


def method_note(work: Workspace) -> Note:
    """Say how the numbers were made, and what they cannot say.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note
    """
    report = work.report
    noun, nouns, unit = report.noun, report.nouns, period_word(report.freq, 1)
    paragraphs: list[str | list[Any]] = [
        f"Unit of evidence. The {noun} is counted, not the word: one that says a phrase twenty "
        "times counts once. Copies of a text, exact or nearly so, count once, as the earliest; one "
        "that another issuer publishes, or that tells of another day, counts for itself. A date "
        f"coarser than the {unit} is left out of every test and counted. Absence from this corpus "
        "is not absence from what was said elsewhere.",
        "Watched concepts. A concept is counted in all its listed forms, longest first; "
        "case, quotes, plural, possessive and hyphen are folded; a form that could be several "
        "concepts is shown and not counted.",
        *(_term_paragraph(work) if "terms_lang" in work.meta else []),
        *_trend_paragraphs(work),
        f"Floors. Below {MIN_DATED} dated {nouns} or {MIN_PERIODS} periods: occurrences only. Up "
        f"or down: {DIRECTION_PERIODS} periods, and {ITEM_DOCS} {nouns} with the word. A headline: "
        f"{HEADLINE_DOCS} {nouns} with it, spans of {SPAN_DOCS}. A percentage: {SPAN_DOCS}. "
        f"A comparison: {COMPARE_DOCS} on each side.",
    ]
    return Note(
        id="method",
        place="annex",
        section="Method",
        title="",
        paragraphs=paragraphs,
        style="method",
        note="" if work.rung == "occurrences" else _notes(work),
    )


def _notes(work: Workspace) -> str:
    """Say what the tests did, of each language apart."""
    notes = work.meta.get("notes_of", {})
    if len(notes) < 2:
        return " ".join(work.meta["notes"])
    return " ".join(f"{name_language(lang)}: {' '.join(told)}" for lang, told in notes.items())


def _term_paragraph(work: Workspace) -> list[str]:
    report = work.report
    if work.meta["terms_lang"] == "zh":
        return [
            "Discovered terms. Runs of two to eight Chinese characters that attract each other "
            "and whose neighbours vary on either side, without segmentation, in at least "
            f"{report.min_docs} {report.nouns}; fragments of longer ones are hidden. Names and "
            "reporting frames are judged and never headlined."
        ]
    return [
        f"Discovered terms. One to {report.max_words} words, no function word at the edges, in at "
        f"least {report.min_docs} {report.nouns}; a shorter term that a longer one explains is "
        "hidden. Names and reporting frames are judged and never headlined."
    ]


def _trend_paragraphs(work: Workspace) -> list[str]:
    if work.rung == "occurrences":
        return []
    report = work.report
    noun, nouns = report.noun, report.nouns
    strata = f", within values of {report.strata}" if report.strata else ""
    detected, claimed = int(work.trends["detected"].sum()), int(work.trends["claimed"].sum())
    return [
        f"Trends. For each item the {nouns} that have it are set against those expected if it were "
        f"flat, given the length of each {noun} (very common items by damped count). Chance is "
        f"measured by permuting the dates of whole {nouns}{strata}, seed {report.seed}, pooled "
        f"over items found in about as many {nouns}, beyond the draws by an exponential tail; the "
        "false-discovery rate is held at 5 % over everything tested (adaptive step-down). "
        f"A claim needs a change of at least {fold_change(report.min_effect)} whose 95 % interval "
        f"excludes less: {detected:,} items are detected, {claimed:,} claimed. Up: also found "
        f"in the latest {SPAN_DOCS} {nouns}. Shares carry Wilson intervals, not "
        "adjusted for length.",
        f"Silences. Of the claimed falls, those of which no {noun} is left. Expected: the share of "
        f"{nouns} with the wording before, or in the later half of that time where it is lower, "
        f"times the {nouns} since. The probability of none allows for how well that share is known "
        f"and for {period_word(report.freq)} that differ by more than chance, not for lengths."
        + _MONTHS
        * bool(work.trends["months"].any()),
    ]


def provenance(work: Workspace) -> list[list[str]]:
    """List what a colleague needs to make the same brief.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    list of [key, value]
    """
    report = work.report
    settings: list[tuple[str, Any]] = [
        ("Report file", report.path.name),
        ("Documents", report.source),
        ("As of", work.as_of.isoformat()),
        ("Watched concepts", report.watch or "none"),
        ("Dated events", report.events or "none"),
        ("Tests by, charts by", f"{report.freq}, {report.chart_freq}"),
        ("Seed", report.seed),
        ("watchwords", __version__),
        ("Python", platform.python_version()),
        ("Libraries", ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)),
        ("Documents digest", work.meta["digest"][:16]),
        ("Run record", "run.json beside this file: inputs, parameters, sha256 of every output"),
    ]
    return [[key, str(value)] for key, value in settings]
