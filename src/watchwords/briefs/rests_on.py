"""What a brief rests on: documents, dates, gaps, what was removed; and the refusal."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd

from watchwords import charts
from watchwords.briefs.evidence import short_names
from watchwords.briefs.exhibits import Figure, Note, Table
from watchwords.briefs.rows import each_row
from watchwords.briefs.wording import day_in_words, listed
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.periods import period_label, period_range, period_start, period_word
from watchwords.read import describe_known

_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "ru": "Russian",
    "th": "Thai", "und": "an unknown language", "zh": "Chinese",
}  # fmt: skip

TITLE_LENGTH = 72
_BASES = {
    "agency": "agency stamp",
    "body": "first sentence",
    "date_line": "date line",
    "label": "labelled date",
}


def refusal_note(work: Workspace) -> Note | None:
    """Say that there are too few documents for a trend, and what is missing.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None where there are documents enough.
    """
    if work.rung != "occurrences":
        return None
    return Note(
        id="refusal",
        place="front",
        section="",
        title="",
        paragraphs=[work.deciding.refusal(), _missing(work)],
        style="refusal",
        note="",
    )


def _missing(work: Workspace) -> str:
    undated = work.coverage.n_docs - work.coverage.n_dated
    text = work.deciding.missing(undated)
    running = work.deciding.n_docs - work.deciding.n_dated - undated
    if work.coverage.rung != "occurrences" and len(work.judged) == 1 and running > 0:
        unit = period_word(work.report.freq, 1)
        text += f" The {unit} of the last documents has not ended and decides no test."
    others = [
        f"{_LANGUAGES[lang]}: {each.refusal()}"
        for lang, each in work.judged.items()
        if each is not work.deciding and work.coverage.rung != "occurrences"
    ]
    return " ".join([text, *others])


def coverage_note(work: Workspace) -> Note:
    """Word what the brief rests on.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note
    """
    sentences = [
        _counted(work),
        _dating(work),
        *_removed(work),
        *_languages(work),
        *_gaps(work),
        *_lengths(work),
    ]
    return Note(
        id="rests-on",
        place="front",
        section="What this rests on",
        title="",
        paragraphs=[" ".join(sentence for sentence in sentences if sentence)],
        style="plain",
        note="",
    )


def _counted(work: Workspace) -> str:
    noun, kept = work.report.noun, work.meta.get("kept")
    text = count_of(len(work.counted), noun)
    if kept:
        text += f" ({kept['n']} of {kept['of']} texts: those marked “{kept['column']}”)"
    issuers = work.counted["issuer"].replace("", np.nan).dropna()
    # "the municipal government" names no city: two documents may have two such issuers.
    nameless = issuers[issuers.str.islower()]
    names = sorted(issuers[~issuers.str.islower()].unique())
    if len(names) == 1 and len(issuers) == len(work.counted):
        return f"{text}, all by one issuer ({names[0]})."
    unknown = len(work.counted) - len(issuers)
    parts = [f"{count_of(len(names), 'issuer')} named"] if names else []
    if len(nameless):
        parts.append(f"{count_of(len(nameless), 'office')} without a place")
    if unknown and names:
        parts.append(f"{count_of(unknown, noun)} without an issuer")
    return f"{text}{': ' * bool(parts)}{listed(parts)}."


def _dating(work: Workspace) -> str:
    precision = work.counted["date_precision"].value_counts()
    dated = work.counted["date"].dropna()
    parts = [
        f"{precision[name]} dated to the {name}"
        for name in ("day", "month", "year")
        if precision.get(name, 0)
    ]
    if precision.get("none", 0):
        parts.append(f"{precision['none']} without a date")
    if precision.get("day", 0) == len(work.counted):
        parts = ["All are dated to the day"]
    by_hand = work.counted["date_basis"].str.startswith("analyst").sum()
    hand = f", {by_hand} of them by hand" if by_hand else ""
    if dated.empty:
        return f"{listed(parts)}."
    return f"{listed(parts)}{hand}, {day_in_words(dated.min())} to {day_in_words(dated.max())}."


def _removed(work: Workspace) -> list[str]:
    said = []
    if work.meta["n_later"]:
        later = count_of(work.meta["n_later"], work.report.noun)
        said.append(f"{later} dated after {day_in_words(pd.Timestamp(work.as_of))} left out.")
    if work.meta["n_duplicates"]:
        said.append(f"{count_of(work.meta['n_duplicates'], 'exact duplicate')} not counted.")
    if work.meta["n_rejects"]:
        said.append(
            f"{work.meta['n_rejects']} of {work.meta['n_inputs']} inputs could not be read "
            "(listed in the annex)."
        )
    return said


def _languages(work: Workspace) -> list[str]:
    langs = work.meta["langs"]
    said = []
    if len(langs) > 1:
        parts = [f"{n} in {_LANGUAGES.get(lang, lang)}" for lang, n in langs.items()]
        said.append(f"Languages, never pooled: {listed(parts)}.")
    elif langs:
        said.append(f"All in {listed([_LANGUAGES.get(lang, lang) for lang in langs])}.")
    if work.meta["untokenized"]:
        parts = [
            f"{n} in {_LANGUAGES.get(lang, lang)}" for lang, n in work.meta["untokenized"].items()
        ]
        said.append(f"Not searched for English words, and never counted as 0: {listed(parts)}.")
    few = [lang for lang in work.judged if lang not in work.spoken]
    if work.spoken:
        said += [f"{_LANGUAGES[lang]}: {work.judged[lang].refusal()}" for lang in few]
    if "terms_zh" in work.meta["refusals"]:
        said.append(work.meta["refusals"]["terms_zh"])
    translated = work.counted["translation"].isin(["official", "machine"]).sum()
    if translated:
        said.append(
            f"{translated} counted in translation. A change of translator looks like a change of "
            "wording."
        )
    return said


def _gaps(work: Workspace) -> list[str]:
    if work.rung == "occurrences":
        return []
    freq = work.report.freq
    starts = period_start(work.counted["date"].dropna().to_numpy(), freq)
    empty = np.setdiff1d(period_range(starts.min(), starts.max(), freq), starts)
    if not len(empty):
        return [f"No {period_word(freq, 1)} is without a {work.report.noun}."]
    shown = [period_label(day, freq) for day in empty[:8]]
    more = f" and {len(empty) - 8} more" if len(empty) > 8 else ""
    verb = "has" if len(empty) == 1 else "have"
    return [
        f"{count_of(len(empty), period_word(freq, 1))} {verb} no {work.report.noun}: "
        f"{', '.join(shown) if more else listed(shown)}{more}."
    ]


def _lengths(work: Workspace) -> list[str]:
    """Longer documents have more of everything: a reader must know how long they are."""
    if work.rung == "occurrences":
        return []
    units = pd.Series(work.tokens.n_units(), work.tokens.documents["doc_id"].to_numpy())
    dated = work.counted[work.counted["date"].notna()].sort_values(["date", "doc_id"])
    lengths = units[dated["doc_id"]].to_numpy()
    third = len(lengths) // 3
    early, late = (int(np.median(part)) for part in (lengths[:third], lengths[-third:]))
    unit = "characters" if set(work.meta["langs"]) == {"zh"} else "words"
    return [
        f"Median length {int(np.median(lengths)):,} {unit} (first third {early:,}, last third "
        f"{late:,})."
    ]


def coverage_figure(work: Workspace) -> Figure | None:
    """Draw how many documents there are in each period.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Figure or None
        None where so few are dated that a list says it better.
    """
    if work.rung == "occurrences":
        return None
    freq = work.report.freq
    drawn = charts.plot_coverage(work.counted, freq=freq, as_of=work.as_of)
    dated = work.counted["date"].dropna()
    noun = work.report.noun
    return Figure(
        id="fig-coverage",
        place="annex",
        section="Coverage",
        title=f"{noun.capitalize()}s by {period_word(freq, 1)}",
        svg=charts.figure_svg(drawn),
        alt=(
            f"Bars: {noun}s in each {period_word(freq, 1)} from {dated.min().year} to "
            f"{dated.max().year}; {work.coverage.n_periods} have at least one."
        ),
        width="full",
        note=f"Periods without a {noun} are tinted: they stay on every axis, never drawn as 0.",
    )


def date_table(work: Workspace) -> Table:
    """List the documents of a small corpus with what is known of their dates.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table
    """
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
            {"label": "File", "align": "left", "width": "auto"},
            {"label": "Title", "align": "left", "width": "5fr"},
            {"label": "Issuer", "align": "left", "width": "3fr"},
            {"label": "Date", "align": "left", "width": "3fr"},
            {"label": "Known from", "align": "left", "width": "3fr"},
        ],
        rows=rows,
        note=(
            "A missing year is never guessed. A date, an issuer or a place can be set by hand, "
            "with your reason, in metadata.csv beside the documents (watchwords read FOLDER --todo "
            "writes it)."
        ),
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


def reject_table(work: Workspace) -> Table | None:
    """List the inputs that did not become documents.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if all were read.
    """
    rejects = work.table("rejects")
    if rejects.empty:
        return None
    rows: list[list[Any]] = [
        [row.path, str(row.row) if row.row > 0 else "", row.reason, row.detail]
        for row in each_row(rejects)
    ]
    return Table(
        id="table-rejects",
        place="annex",
        section="Not read",
        title="Inputs that did not become documents",
        columns=[
            {"label": "File", "align": "left", "width": "1fr"},
            {"label": "Row", "align": "right", "width": "auto"},
            {"label": "Reason", "align": "left", "width": "auto"},
            {"label": "Detail", "align": "left", "width": "2fr"},
        ],
        rows=rows[:200],
        note="All of them are in data/rejects.csv." if len(rows) > 200 else "",
    )
