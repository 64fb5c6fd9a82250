"""What a brief rests on, in a few lines: documents, dates, gaps, doubts; and the refusal."""

import numpy as np
import pandas as pd

from watchwords.briefs.doubts import anachronisms_in_words, lengths_in_words
from watchwords.briefs.exhibits import Note
from watchwords.briefs.gaps import gaps_in_words
from watchwords.briefs.languages import in_language, name_language
from watchwords.briefs.sources import TRANSLATED, sources_in_words
from watchwords.briefs.spans import bounds_in_words, finely_dated, span_label
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.periods import period_word
from watchwords.wording import day_in_words, listed

_FEW_RUNNING = 0.05  # of the tested documents: fewer are named in the method only


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
        f"{name_language(lang)}: {each.refusal()}"
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
        sources_in_words(work),
        gaps_in_words(work),
        *_removed(work),
        *_languages(work),
        *_lengths(work),
        lengths_in_words(work),
        anachronisms_in_words(work),
        _compared(work),
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
    report, kept = work.report, work.meta.get("kept")
    text = count_of(len(work.counted), report.noun, plural=report.nouns)
    if kept:
        text += (
            f" ({kept['n']} of {kept['of']} texts; the others are not marked “{kept['column']}”)"
        )
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
        parts.append(f"{count_of(unknown, report.noun, plural=report.nouns)} without an issuer")
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
    return f"{listed(parts)}{hand}, {' to '.join(bounds_in_words(work.counted))}."


def _removed(work: Workspace) -> list[str]:
    said = []
    if work.meta["n_later"]:
        later = count_of(work.meta["n_later"], work.report.noun, plural=work.report.nouns)
        said.append(f"{later} dated after {day_in_words(pd.Timestamp(work.as_of))} left out.")
    if work.meta["n_duplicates"]:
        n = work.meta["n_duplicates"]
        said.append(f"{n:,} {'copy' if n == 1 else 'copies'}, exact or nearly so, not counted.")
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
        parts = [f"{n} in {name_language(lang)}" for lang, n in langs.items()]
        said.append(f"Languages, never pooled: {listed(parts)}.")
    elif langs:
        said.append(f"All in {listed([name_language(lang) for lang in langs])}.")
    if work.meta["untokenized"]:
        parts = [f"{n} in {name_language(lang)}" for lang, n in work.meta["untokenized"].items()]
        said.append(f"Not searched for English words, and never counted as 0: {listed(parts)}.")
    few = [lang for lang in work.judged if lang not in work.spoken]
    if work.spoken:
        said += [f"{name_language(lang)}: {work.judged[lang].refusal()}" for lang in few]
    if len(work.judged) > 1 and "terms_lang" in work.meta:
        said.append(f"Terms are discovered in {name_language(work.meta['terms_lang'])} only.")
    translated = work.counted["translation"].isin(["official", "machine"]).sum()
    if translated:
        said.append(f"{translated} counted in translation. {TRANSLATED.partition('. ')[2]}")
    return said


def _lengths(work: Workspace) -> list[str]:
    """Longer documents have more of everything: a reader must know how long they are."""
    if work.rung == "occurrences":
        return []
    said = [_lengths_of(work, lang) for lang in work.spoken]
    return [f"Median length {'; '.join(said)}."] if said else []


def _lengths_of(work: Workspace, lang: str) -> str:
    """Words are not characters: each language has its own lengths."""
    units = pd.Series(work.tokens.n_units(), work.tokens.documents["doc_id"].to_numpy())
    dated = work.counted[work.counted["date"].notna() & (work.counted["lang"] == lang)]
    lengths = units[dated.sort_values(["date", "doc_id"])["doc_id"]].to_numpy()
    third = len(lengths) // 3
    early, late = (int(np.median(part)) for part in (lengths[:third], lengths[-third:]))
    unit = "characters" if lang == "zh" else "words"
    return (
        f"{int(np.median(lengths)):,} {unit}{in_language(work, lang)} (first third {early:,}, "
        f"last third {late:,})"
    )


def _compared(work: Workspace) -> str:
    """Say between which documents the findings below compare, and that the middle is not lost."""
    said = [_spans_of(work, lang) for lang in work.spoken]
    spans = "; ".join(filter(None, said))
    if work.rung != "direction" or not spans:
        return ""
    told = f"Findings give the counts of {spans}; the tests use all of them."
    running = sum(len(finely_dated(work, lang)) - work.judged[lang].n_dated for lang in work.spoken)
    tested = sum(work.judged[lang].n_dated for lang in work.spoken)
    if running <= _FEW_RUNNING * tested:
        return told
    unit = period_word(work.report.freq, 1)
    late = count_of(running, work.report.noun, plural=work.report.nouns)
    verb = "is" if running == 1 else "are"
    return f"{told} The last {unit} had not ended: its {late} {verb} in none of these counts."


def _spans_of(work: Workspace, lang: str) -> str:
    table = work.trends[work.trends["claimed"] & (work.trends["lang"] == lang)]
    if table.empty:
        return ""
    row = table.iloc[0]
    early, late = span_label(work, row["early_end"]), span_label(work, row["late_start"])
    nouns = work.report.nouns + in_language(work, lang)
    return (
        f"the first third of the {nouns} ({int(row['n_early'])}, before {early}) and of the last "
        f"({int(row['n_late'])}, since {late})"
    )
