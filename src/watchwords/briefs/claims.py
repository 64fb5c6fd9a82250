"""Claims to exhibits: findings in words, their quotes, and the full lists behind them."""

from typing import Any

import numpy as np
import pandas as pd

from watchwords.briefs.evidence import evidence_id, excerpt, find_evidence
from watchwords.briefs.exhibits import Finding, Note, Quote
from watchwords.briefs.languages import in_language
from watchwords.briefs.screen import headlines
from watchwords.briefs.silences import silence_segments
from watchwords.briefs.sources import TRANSLATED, confounded_in_words, translated_languages
from watchwords.briefs.spans import (
    burst_in_words,
    finely_dated,
    span_label,
    window_in_words,
)
from watchwords.briefs.unheadlined import no_finding_note
from watchwords.briefs.variants import others_in_words
from watchwords.briefs.workspace import Workspace
from watchwords.floors import HEADLINE_DOCS, count_of
from watchwords.periods import name_months, period_start
from watchwords.wording import FOOTNOTE, day_in_words, quoted, share_in_words

Segments = list[Any]
QUOTE_WORDS = 13


def finding_exhibits(work: Workspace, *, n: int = 5) -> list[Finding | Quote | Note]:
    """Word the first page's findings, the first of them with quotes.

    Parameters
    ----------
    work : Workspace
    n : int, default 5
        Findings at most.

    Returns
    -------
    list of Finding, Quote and Note
        The findings first, strongest first within up and down, each with a few words of a
        document; then the whole sentences: the earliest of what went up, the latest of what went
        down. A note that says why where there is nothing to headline.
    """
    chosen = headlined(work, n=n)
    if chosen.empty:
        return [] if work.rung == "occurrences" else [no_finding_note(work)]
    findings: list[Finding] = []
    quotes: list[Quote] = []
    for number, (_, row) in enumerate(chosen.iterrows(), start=1):
        hits = find_evidence(work, row["item"], kind=row["kind"], lang=row["lang"])
        findings.append(_finding(work, row, hits, number=number))
        quotes.append(_quote(row, hits, number=number))
    return [*findings, *quotes]


def headlined(work: Workspace, *, n: int = 5) -> pd.DataFrame:
    """Choose the rows of the judged items that are worded on the first page.

    Parameters
    ----------
    work : Workspace
    n : int, default 5
        At most so many.

    Returns
    -------
    pandas.DataFrame
    """
    categories = work.concepts.drop_duplicates("concept_id").set_index("concept_id")["category"]
    subjects = work.trends["item"].map(categories).fillna(work.trends["item"])
    known = work.trends[work.trends["lang"].isin(work.spoken)]
    # In translation a term of no concept may be the translator's word and not the author's.
    translated = known["lang"].isin(translated_languages(work))
    known = known[(known["kind"] == "concept") | ~translated]
    documents = {
        (str(hits["item"].iloc[0]), str(hits["lang"].iloc[0])): frozenset(hits["doc_id"])
        for hits in work.evidence.values()
    }
    return headlines(known, n=n, spread=subjects[known.index], documents=documents)


def _finding(work: Workspace, row: pd.Series, hits: pd.DataFrame, *, number: int) -> Finding:
    key = evidence_id(row["kind"], row["lang"], row["item"])
    hit = _best_hit(row, hits)
    words, _ = excerpt(hit["sentence"], int(hit["at"]), hit["form"], words=QUOTE_WORDS)
    which = "The first" if row["direction"] == "up" else "The latest"
    if row["as_silence"]:
        last = day_in_words(row["last_seen"], row["last_precision"])
        headline = f"{quoted(row['label'])} is not found since {last}."
        told, seen = silence_segments(work, row, key=key, footnote=number == 1), []
    else:
        burst = burst_in_words(row, work.report.freq)
        headline = f"{quoted(row['label'])} is {burst or row['direction']}."
        dated = f" {dating_in_words(row, work.report.freq)}".rstrip()
        count = burst_segments if burst else span_segments
        told = [*count(work, row, key=key, footnote=number == 1), dated]
        seen = [" ", *seen_segments(work, row)]
    months = f" {months_in_words(row)}".rstrip()
    return Finding(
        id=f"F{number}",
        place="front",
        section="In short",
        headline=headline,
        segments=[*told, months, *seen, others_in_words(work, row), f" {which}: “{words}”"],
        note=judged_in_words(work, row, whole=number == 1),
    )


def months_in_words(row: pd.Series) -> str:
    """Word the last months beside the same months a year before.

    Parameters
    ----------
    row : Series
        A row of the judged items.

    Returns
    -------
    str
        "" where months are not compared.
    """
    if not row["months"]:
        return ""
    recent, before = name_months(row["recent_start"], int(row["months"]))
    return (
        f"In {recent} in {int(row['k_recent'])} of {int(row['n_recent'])}, in {before} in "
        f"{int(row['k_year_before'])} of {int(row['n_year_before'])}"
        f"{', both after the change' * bool(row.get('months_after', False))}."
    )


def dating_in_words(row: pd.Series, freq: str) -> str:
    """Word when a rise began, or a fall came, where the data leave little of the span open.

    Parameters
    ----------
    row : Series
        A row of the judged items.
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str
        "" where there is no date, or its 95 % set is wider than a quarter of the time between
        the first and the last find.

    Examples
    --------
    >>> days = pd.to_datetime(["1931-01-01", "1936-01-01", "1936-01-03", "2026-02-24"])
    >>> names = ["onset_low", "onset_high", "first_seen", "last_seen"]
    >>> dating_in_words(pd.Series([*days, "up"], [*names, "direction"]), "Y")
    'The rise began in 1931–1936 (95 %).'
    """
    name, what = ("onset", "rise began") if row["direction"] == "up" else ("end", "fall came")
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return ""
    if (high - low) > (row["last_seen"] - row["first_seen"]) / 4:
        return ""
    window = window_in_words(low, high, freq)
    if window == window_in_words(low, low, freq):
        return f"The {what} in {window}."
    if " to " in window:
        return f"The {what} between {window.replace(' to ', ' and ')} (95 %)."
    return f"The {what} in {window} (95 %)."


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
    nouns = work.report.nouns
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
        f" {nouns}{in_language(work, row['lang'])} since {since}",
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


def burst_segments(
    work: Workspace, row: pd.Series, key: str, *, footnote: bool = False
) -> Segments:
    """Word how many documents have an item that came and went: in its time, before and after.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.
    key : str
        Where its evidence is listed.
    footnote : bool, default False
        Explain the interval.

    Returns
    -------
    list
        Segments of text for a brief.
    """
    (k, n), before, after = (
        (int(row[f"k_{part}"]), int(row[f"n_{part}"])) for part in ("within", "before", "after")
    )
    nouns = work.report.nouns + in_language(work, row["lang"])
    segments: Segments = ["In ", {"text": f"{k} of {n}", "evidence": key}, f" {nouns} then"]
    share = share_in_words(k, n)
    if share:
        noted = [{"text": "", "footnote": FOOTNOTE}] if footnote else []
        segments += [f" ({share}", *noted, ")"]
    return [
        *segments,
        f", in {before[0]} of {before[1]} before and {after[0]} of {after[1]} after.",
    ]


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
    dated = finely_dated(work, row["lang"])
    hits = find_evidence(work, row["item"], kind=row["kind"], lang=row["lang"])
    own = dated[dated["doc_id"].isin(hits["doc_id"])]
    first, last = own.iloc[0], own.iloc[-1]
    earlier = int((dated["date"] < first["date"]).sum())
    spoken = in_language(work, row["lang"])
    noun, nouns = work.report.noun + spoken, work.report.nouns + spoken
    before = count_of(earlier, f"earlier {noun}", plural=f"earlier {nouns}")
    begins = dated.iloc[0]
    starts = period_start(
        np.array([first["date"], begins["date"]], "datetime64[D]"), work.report.freq
    )
    if starts[0] == starts[1]:
        text = "Already present when the corpus begins"
    else:
        text = (
            f"First found in this corpus {_at(first)} (coverage begins "
            f"{day_in_words(begins['date'], begins['date_precision'])}, {before} without it)"
        )
    later = int((dated["date"] > last["date"]).sum())
    since = day_in_words(last["date"], last["date_precision"])
    if later == 0:
        text = f"{text}; found in the latest {noun}"
    elif later < HEADLINE_DOCS:
        text = f"{text}; last found {_at(last)}"
    else:
        told = share_in_words(0, later)
        text = f"{text}; not found since {since} (0 of {later}{f'; {told}' if told else ''})"
    coarse = hits["doc_id"].nunique() - len(own)
    also = f" Also in {count_of(coarse, noun, plural=nouns)} not dated so finely." if coarse else ""
    return [f"{text}.{also}"]


def _at(document: pd.Series) -> str:
    """Word when a document is from: on a day, or in a month or year."""
    day = day_in_words(document["date"], document["date_precision"])
    return f"{'on' if document['date_precision'] == 'day' else 'in'} {day}"


def judged_in_words(work: Workspace, row: pd.Series, *, whole: bool = False) -> str:
    """Word the test behind a claim, and what it cannot tell.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.
    whole : bool, default False
        Say what was tested, and how.

    Returns
    -------
    str
    """
    tested = work.meta[f"n_tested_{row['lang']}"]
    small = row["q_value"] < 0.001
    often = "Fewer than 1 in 1,000" if small else f"About {1000 * row['q_value']:.0f} in 1,000"
    basis = f" ({tested:,} items tested, dates of {work.report.nouns} permuted)"
    told = [
        f"{often} findings as clear as this would be chance{basis * whole}.",
        confounded_in_words(work),
        TRANSLATED if row["lang"] in translated_languages(work) else "",
    ]
    return " ".join(filter(None, told))


def _quote(row: pd.Series, hits: pd.DataFrame, *, number: int) -> Quote:
    chosen = _best_hit(row, hits)
    text, mark = excerpt(chosen["sentence"], int(chosen["at"]), chosen["form"])
    return Quote(
        id=f"Q{number}",
        place="annex",
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


def _best_hit(row: pd.Series, hits: pd.DataFrame) -> pd.Series:
    """Take the earliest sentence of what is up, the latest of what is down."""
    dated = hits[hits["date"].notna()]
    hit: pd.Series = dated.iloc[0 if row["direction"] == "up" else -1]
    return hit
