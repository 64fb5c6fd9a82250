"""The page for a corpus too small for shares: what occurs where, and in which form."""

from typing import Any

import pandas as pd

from watchwords.briefs.evidence import (
    evidence_id,
    excerpt,
    find_evidence,
    short_names,
)
from watchwords.briefs.exhibits import Note, Table, column
from watchwords.briefs.languages import in_language
from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.wording import listed, quoted


def shared_table(work: Workspace) -> Table | None:
    """List the concepts found in two or more documents, with forms and files.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if no concept is shared.
    """
    summary = work.summary[work.summary["n_docs"] >= 2]
    if summary.empty:
        return None
    names = short_names(work.documents["doc_id"])
    rows: list[list[Any]] = []
    ordered = summary.sort_values(["n_docs", "concept_id"], ascending=[False, True])
    for row in each_row(ordered):
        key = evidence_id("concept", row.lang, row.concept_id)
        hits = find_evidence(work, row.concept_id, kind="concept", lang=row.lang)
        count = {"text": f"{row.n_docs} of {row.n_docs_total}", "evidence": key}
        rows.append([concept_name(work, row.concept_id), count, forms_by_file(hits, names)])
    return Table(
        id="table-shared",
        place="front",
        section="In two or more documents",
        title="Concepts found in two or more documents, with every form as printed",
        columns=[
            column("Concept", "1fr"),
            column("Texts", align="right"),
            column("Forms as printed, and in which files", "2fr"),
        ],
        rows=rows,
        note="Every hit stands with its sentence in the annex and in data/evidence.csv.",
    )


def single_note(work: Workspace) -> Note | None:
    """List the concepts found in one document.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None if there is none.
    """
    summary = work.summary[work.summary["n_docs"] == 1]
    if summary.empty:
        return None
    names = short_names(work.documents["doc_id"])
    parts: list[Any] = []
    for row in each_row(summary.sort_values("concept_id")):
        key = evidence_id("concept", row.lang, row.concept_id)
        hits = find_evidence(work, row.concept_id, kind="concept", lang=row.lang)
        forms = listed([quoted(form) for form in hits["form"].drop_duplicates()])
        zh = work.concepts.loc[work.concepts["concept_id"] == row.concept_id, "zh"].iloc[0]
        where = {"text": f"in {names[hits['doc_id'].iloc[0]]}", "evidence": key}
        parts += [f"{zh} {forms} ".lstrip(), where, "; "]
    return Note(
        id="single",
        place="front",
        section="In one document",
        paragraphs=[[*parts[:-1], "."]],
    )


def concept_name(work: Workspace, concept_id: str) -> str:
    """Name a concept by its Chinese form, where it has one, and its label.

    Parameters
    ----------
    work : Workspace
    concept_id : str

    Returns
    -------
    str
    """
    row = work.concepts[work.concepts["concept_id"] == concept_id].iloc[0]
    label = str(row["label"] or row["form"])
    return f"{row['zh']} {label}" if row["zh"] and row["zh"] != label else label


def forms_by_file(hits: pd.DataFrame, names: dict[str, str]) -> str:
    """List the forms of a concept, each with the files that print it.

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_evidence` gives them.
    names : dict
        From doc_id to the name to print.

    Returns
    -------
    str

    Examples
    --------
    >>> hits = pd.DataFrame(
    ...     {"doc_id": ["a", "b", "c"], "form": ["two upholds", "Two upholds", "two safeguards"]}
    ... )
    >>> print(forms_by_file(hits, {"a": "001", "b": "002", "c": "004"}))
    “two upholds” 001, 002 · “two safeguards” 004
    """
    folded = hits.assign(key=hits["form"].str.lower(), name=hits["doc_id"].map(names))
    parts = []
    for _, group in folded.groupby("key", sort=False):
        files = ", ".join(sorted(set(group["name"])))
        parts.append((-group["doc_id"].nunique(), f"{quoted(group['form'].iloc[0])} {files}"))
    return " · ".join(text for _, text in sorted(parts))


def apart_note(work: Workspace) -> Note | None:
    """Name the concepts that look alike, were both found, and are counted apart.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None if no such pair occurs.
    """
    found = set(work.summary.loc[work.summary["n_docs"] > 0, "concept_id"])
    apart = work.concepts.drop_duplicates("concept_id").set_index("concept_id")["keep_apart"]
    pairs = sorted(
        {
            tuple(sorted((concept, other)))
            for concept in found
            for other in str(apart.get(concept, "")).split()
            if other in found
        }
    )
    if not pairs:
        return None
    few = work.rung == "occurrences"
    text = _apart_by_file(work, pairs) if few else _apart_in_numbers(work, pairs)
    return Note(
        id="kept-apart",
        place="front" if few else "annex",
        section="Kept apart",
        title="",
        paragraphs=[text],
        style="plain",
        note="Concepts that look alike; never merged.",
    )


def _apart_in_numbers(work: Workspace, pairs: list[tuple[str, ...]]) -> str:
    parts = [
        " and ".join(
            f"{quoted(concept_name(work, concept))} ({_found_in(work, concept)})"
            for concept in pair
        )
        for pair in pairs
    ]
    return "; ".join(parts) + "."


def _found_in(work: Workspace, concept: str) -> str:
    """Count the documents with a concept, those of each language apart."""
    own = work.summary[(work.summary["concept_id"] == concept) & (work.summary["n_docs"] > 0)]
    counted = [
        count_of(row.n_docs, work.report.noun, plural=work.report.nouns)
        + in_language(work, row.lang)
        for row in each_row(own)
    ]
    return listed(counted)


def _apart_by_file(work: Workspace, pairs: list[tuple[str, ...]]) -> str:
    names = short_names(work.documents["doc_id"])
    sentences = []
    for pair in pairs:
        sides = []
        for concept in pair:
            langs = work.summary.loc[
                (work.summary["concept_id"] == concept) & (work.summary["n_docs"] > 0), "lang"
            ]
            hits = pd.concat(
                find_evidence(work, concept, kind="concept", lang=lang) for lang in langs
            )
            sides.append(forms_by_file(hits, names))
        sentences.append(f"{sides[0]} and {sides[1]}")
    return "; ".join(sentences) + "."


def hit_table(work: Workspace) -> Table | None:
    """List every hit with its sentence and file.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if nothing was found.
    """
    names = short_names(work.documents["doc_id"])
    found = work.summary[work.summary["n_docs"] > 0]
    ordered = found.sort_values(["n_docs", "concept_id"], ascending=[False, True])
    rows: list[list[Any]] = []
    for row in each_row(ordered):
        hits = find_evidence(work, row.concept_id, kind="concept", lang=row.lang)
        for number, hit in enumerate(each_row(hits)):
            text, _ = excerpt(hit.sentence, hit.at, hit.form, words=40)
            name = concept_name(work, row.concept_id) if number == 0 else ""
            rows.append([name, names[hit.doc_id], text])
    if not rows:
        return None
    return Table(
        id="table-hits",
        place="annex",
        section="Every hit",
        title=f"Every hit with its sentence: {count_of(len(rows), 'hit')}",
        columns=[
            column("Concept", "2fr"),
            column("File"),
            column("Sentence (long ones cut around the form)", "7fr"),
        ],
        rows=rows,
        note="Whole sentences, with offsets, are in data/evidence.csv.",
    )


def review_exhibits(work: Workspace, *, n: int = 24, place: str = "front") -> list[Note]:
    """List quoted forms and number formulas that no concept explains, and what stays unresolved.

    Parameters
    ----------
    work : Workspace
    n : int, default 24
        Forms at most.
    place : {"front", "annex"}

    Returns
    -------
    list of Note
    """
    notes = []
    coinages = work.table("coinages")
    if len(coinages):
        notes.append(
            Note(
                id="review",
                place="front" if place == "front" else "annex",
                section="To review",
                title="Quoted forms and number formulas that no watched concept explains",
                paragraphs=[_coinages_in_words(work, coinages, n)],
                note="Name, merge or reject them in your concepts file; until then they are not "
                "counted.",
            )
        )
    unresolved = work.hits[work.hits["rule"] == "unresolved"]
    if len(unresolved):
        notes.append(
            Note(
                id="unresolved",
                place="front" if place == "front" else "annex",
                section="To review",
                title="Forms that could be one of several concepts",
                paragraphs=[f"{_unresolved_in_words(work, unresolved)}: shown, not counted."],
            )
        )
    return notes


def _coinages_in_words(work: Workspace, coinages: pd.DataFrame, n: int) -> str:
    names = short_names(work.documents["doc_id"])
    listed_forms = [
        f"{quoted(row.form)} ({names.get(row.doc_id, row.doc_id)}"
        + (f" and {row.n_docs - 1} more)" if row.n_docs > 1 else ")")
        for row in each_row(coinages.head(n))
    ]
    more = len(coinages) - len(listed_forms)
    return "; ".join(listed_forms) + (f"; and {more} more in data/review.csv." if more else ".")


def _unresolved_in_words(work: Workspace, unresolved: pd.DataFrame) -> str:
    names = short_names(work.documents["doc_id"])
    parts = []
    for form, hits in unresolved.groupby(unresolved["form"].str.lower()):
        files = sorted(set(hits["doc_id"].map(names)))
        where = (
            ", ".join(files)
            if len(files) <= 5
            else count_of(len(files), work.report.noun, plural=work.report.nouns)
        )
        parts.append(f"{quoted(str(form))} ({where})")
    return listed(parts)
