"""What was found before and is not found lately, with how much of it was to be expected."""

from typing import Any

import numpy as np
import pandas as pd

from watchwords.briefs.evidence import evidence_id, find_evidence
from watchwords.briefs.exhibits import Note
from watchwords.briefs.languages import in_language
from watchwords.briefs.spans import finely_dated, latest_period_start, span_label
from watchwords.briefs.workspace import Workspace
from watchwords.floors import HEADLINE_DOCS, count_of
from watchwords.periods import period_in_words, period_start
from watchwords.wording import FOOTNOTE, quoted, share_in_words

Segments = list[Any]
_LEAST = 0.0001
_EXPECTED = (
    "Expected: at the share before, lengths not weighed. Nothing is said about why it is not found."
)


def silence_segments(
    work: Workspace, row: pd.Series, *, key: str, footnote: bool = False
) -> Segments:
    """Word how many documents were expected to have what none has, and how odd that is.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items that is silent.
    key : str
        Where its evidence is listed.
    footnote : bool, default False
        Explain the first interval.

    Returns
    -------
    list
        Segments of text for a brief.
    """
    spoken = in_language(work, row["lang"])
    noun, nouns = work.report.noun + spoken, work.report.nouns + spoken
    n, k_steady, n_steady = (int(row[name]) for name in ("n_silent", "k_steady", "n_steady"))
    since = span_label(work, row["silence_start"])
    last = row["silence_start"] - pd.Timedelta(days=1)
    days = period_start(np.array([row["steady_start"], last], "datetime64[D]"), work.report.freq)
    first, last = (period_in_words(day, work.report.freq) for day in days)
    before = share_in_words(k_steady, n_steady)
    p = float(row["p_silent"])
    chance = f"less than {_LEAST}" if p < _LEAST else f"{p:.1g}"
    return [
        f"Expected in about {row['expected_silent']:.0f} of "
        f"{count_of(n, noun, plural=nouns)} since {since}, found in none "
        f"({share_in_words(0, n)}",
        *([{"text": "", "footnote": FOOTNOTE}] if footnote else []),
        f"). Before, from {first} to {last}: in ",
        {"text": f"{k_steady} of {n_steady}", "evidence": key},
        f" ({before}). Had that rate gone on, none in {n} would have a probability of {chance}; "
        f"the lengths of the {work.report.nouns} are not weighed.",
    ]


def _expected(row: pd.Series, n: int) -> str:
    """Word how many documents were to be expected, where a steady use ended."""
    if not row["silent"]:
        return ""
    return f", about {n * row['k_steady'] / row['n_steady']:.0f} expected"


def silence_note(work: Workspace) -> Note | None:
    """Name the watched concepts that the latest documents do not have.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None below the floors, or if none is missing.
    """
    if work.rung == "occurrences":
        return None
    told = [_not_found(work, lang) for lang in work.spoken]
    paragraphs: list[str | Segments] = [segments for segments in told if segments]
    if not paragraphs:
        return None
    return Note(
        id="silence",
        place="front",
        section="Found before, not found lately",
        title="",
        paragraphs=paragraphs,
        style="plain",
        note=_EXPECTED,
    )


def _not_found(work: Workspace, lang: str) -> Segments:
    """Name the watched concepts that the latest documents of a language do not have."""
    start = latest_period_start(work, lang)
    dated = finely_dated(work, lang)
    earlier = set(dated.loc[dated["date"] < start, "doc_id"])
    # A text dated to its year only may be of these days, too: then nothing is silent.
    later = set(work.counted.loc[work.counted["date"] >= start, "doc_id"])
    n = len(dated) - len(earlier)
    table = work.trends[(work.trends["kind"] == "concept") & (work.trends["lang"] == lang)]
    gone = table[(table["last_seen"] < start) & (table["n_docs"] >= HEADLINE_DOCS)]
    parts: Segments = []
    for _, row in gone.sort_values(["last_seen", "item"], ascending=[False, True]).iterrows():
        found = set(find_evidence(work, row["item"], kind="concept", lang=lang)["doc_id"])
        if found & later or not found & earlier:
            continue
        year = pd.Timestamp(row["last_seen"]).year
        key = evidence_id("concept", row["lang"], row["item"])
        parts += [
            f"{quoted(row['label'])} (",
            {"text": f"{len(found & earlier)} of {len(earlier)}", "evidence": key},
            f" before, last {year}{_expected(row, n)}); ",
        ]
    if not parts:
        return []
    parts[-1] = parts[-1].removesuffix("; ") + "."
    told = share_in_words(0, n)
    lead = (
        f"Watched concepts found in 0 of {n} {work.report.nouns}{in_language(work, lang)} since "
        f"{span_label(work, start)}{f' ({told})' if told else ''}: "
    )
    return [lead, *parts]
