"""The heavy work of a report, done once: documents to tables.

Every stage writes what it made into one folder, so that notebooks only read. A stage that a
floor refuses writes no table; its sentence goes into ``meta.json``.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.briefs.report import TERM_BASES, Report
from watchwords.briefs.screen import shown_items, watched_forms
from watchwords.clean import clean_documents
from watchwords.concepts import (
    count_concepts,
    find_coinages,
    match_concepts,
    read_concepts,
    summarize_concepts,
)
from watchwords.errors import EmptyCorpusError, ReportError, TooFewDocumentsError
from watchwords.floors import measure_coverage
from watchwords.rates import period_rates
from watchwords.read import Corpus, read_corpus, read_sample
from watchwords.schema import empty_table
from watchwords.scores import Scores, join_scores
from watchwords.terms import (
    count_terms,
    hide_nested,
    ignored,
    label_terms,
    read_ignore,
    score_keyness,
)
from watchwords.tokens import Tokens, tokenize
from watchwords.topics import fit_topics
from watchwords.trends import fit_trends

Say = Callable[[str], None]
NO_CHINESE_DISCOVERY = "Discovery for Chinese texts comes later: watched concepts only."


def compute_tables(
    report: Report, folder: Path, *, as_of: date | None = None, say: Say | None = None
) -> None:
    """Read, count and judge the documents of a report, and write every table it needs.

    Parameters
    ----------
    report : Report
        The validated report file.
    folder : Path
        Where the tables go; what is there is replaced at the end, whole.
    as_of : datetime.date, optional
        The day of judgement; default the date of the last document.
    say : callable taking a str, optional
        Told in a few words what is being done.

    Raises
    ------
    EmptyCorpusError
        If no document is left to count.
    ReportError
        If the report names a column that the documents do not have.
    """
    tell = say or (lambda _: None)
    stage = folder.with_name(folder.name + ".new")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    meta: dict[str, Any] = {"refusals": {}, "notes": []}
    documents = _read_stage(report, stage, meta, as_of, tell)
    tell("Tokenising")
    tokens = tokenize(documents)
    tokens.save(stage / "tokens")
    meta["untokenized"] = _counts(tokens.untokenized["lang"])
    tell("Matching watched concepts")
    concepts, hits = _concept_stage(report, tokens, stage)
    tell("Counting terms")
    screen = _screen_stage(report, tokens, (concepts, hits), stage, meta)
    tell(f"Judging {sum(len(scores.items) for scores in screen.values()):,} items")
    judged = _trend_stage(report, documents, screen, meta)
    judged = _label(judged, tokens)
    judged.to_parquet(stage / "trends.parquet")
    _rate_stage(report, documents, (screen, judged), stage, meta)
    if report.compare and "en" in screen:
        tell("Comparing two groups")
        _compare_stage(report, documents, (screen["en"], judged), stage, meta)
    tell("Fitting topics")
    _topic_stage(report, tokens, hits, stage, meta)
    (stage / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True), "utf-8")
    (stage / "report.json").write_text(report.model_dump_json(), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    stage.rename(folder)


def _read_stage(
    report: Report, stage: Path, meta: dict[str, Any], as_of: date | None, tell: Say
) -> pd.DataFrame:
    tell("Reading documents")
    corpus = read_source(report, as_of=as_of)
    documents = corpus.documents
    meta["n_inputs"] = len(documents) + len(corpus.rejects)
    if report.keep:
        documents = _keep(documents, report.keep, meta)
    tell(f"Cleaning {len(documents):,} documents")
    documents = clean_documents(documents)
    if documents.empty:
        raise EmptyCorpusError(f"`{report.source}` has no document to count.")
    corpus.rejects.to_parquet(stage / "rejects.parquet")
    corpus.notes.astype({"detail": "str"}).to_parquet(stage / "read_notes.parquet")
    documents.drop(columns=["text", "raw"], errors="ignore").to_parquet(stage / "documents.parquet")
    last = documents["date"].max()
    day = as_of or (last.date() if pd.notna(last) else date.min)
    counted = documents[documents["duplicate_of"] == ""]
    meta["as_of"] = day.isoformat()
    meta["langs"] = _counts(counted["lang"])
    meta["n_rejects"] = len(corpus.rejects)
    meta["n_duplicates"] = len(documents) - len(counted)
    digests = "".join(sorted(counted["sha256"]))
    meta["digest"] = hashlib.sha256(digests.encode("ascii", "replace")).hexdigest()
    meta["coverage"] = asdict(measure_coverage(documents, report.freq))
    return documents


def read_source(report: Report, *, as_of: date | None) -> Corpus:
    """Read the documents that a report names: a bundled sample, a folder or a table.

    Parameters
    ----------
    report : Report
    as_of : datetime.date or None
        No document can be dated after it.

    Returns
    -------
    Corpus

    Raises
    ------
    ReportError
        If the folder or table is not there.
    """
    if report.sample is not None:
        none = pd.DataFrame(columns=["path", "row", "code", "detail"])
        return Corpus(read_sample(report.sample), empty_table("rejects"), none)
    return read_corpus(
        report.resolve(report.source),
        columns=report.columns or None,
        path_pattern=report.path_pattern,
        metadata=report.resolve(report.metadata) if report.metadata else None,
        as_of=as_of,
    )


def _keep(documents: pd.DataFrame, column: str, meta: dict[str, Any]) -> pd.DataFrame:
    if column not in documents:
        carried = ", ".join(str(name) for name in documents.columns)
        raise ReportError(f"`keep` names the column {column!r}; the documents have: {carried}.")
    wanted = documents[column].astype(str).str.lower().isin(["true", "1", "yes"])
    meta["kept"] = {"column": column, "n": int(wanted.sum()), "of": len(documents)}
    return documents[wanted].reset_index(drop=True)


def _concept_stage(
    report: Report, tokens: Tokens, stage: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    watch = report.watch or ""
    bundled = watch in TERM_BASES
    concepts = read_concepts(watch if bundled else report.resolve(watch)) if watch else None
    if concepts is None:
        concepts = read_concepts(TERM_BASES[0]).iloc[:0]
    hits = match_concepts(tokens, concepts) if len(concepts) else empty_table("hits")
    concepts.to_parquet(stage / "concepts.parquet")
    hits.to_parquet(stage / "hits.parquet")
    summary = summarize_concepts(tokens, hits, concepts)
    for column in ("forms", "unresolved"):
        # Parquet keeps no pair of unlike types: each becomes a small record.
        pairs = [[{"form": f, "n": int(n)} for f, n in forms] for forms in summary[column]]
        summary[column] = pd.Series(pairs, summary.index, dtype=object)
    summary.to_parquet(stage / "concept_summary.parquet")
    find_coinages(tokens, hits).to_parquet(stage / "coinages.parquet")
    return concepts, hits


def _screen_stage(
    report: Report,
    tokens: Tokens,
    watched: tuple[pd.DataFrame, pd.DataFrame],
    stage: Path,
    meta: dict[str, Any],
) -> dict[str, Scores]:
    concepts, hits = watched
    screen: dict[str, Scores] = {}
    for lang in sorted({"en", "zh"} & set(meta["langs"])):
        if len(concepts):
            screen[lang] = count_concepts(tokens, hits, concepts, lang=lang)
    if "zh" in meta["langs"]:
        meta["refusals"]["terms_zh"] = NO_CHINESE_DISCOVERY
    if "en" in meta["langs"]:
        terms = hide_nested(
            count_terms(tokens, max_words=report.max_words, min_docs=report.min_docs)
        )
        forms = watched_forms(concepts)
        terms = terms.select([item for item in terms.items["item"] if item not in forms])
        meta["n_terms"] = len(terms.items)
        screen["en"] = join_scores(screen["en"], terms) if "en" in screen else terms
    else:
        terms = _no_scores()
    terms.save(stage / "terms")
    for lang, scores in screen.items():
        scores.save(stage / f"screen_{lang}")
    return screen


def _trend_stage(
    report: Report, documents: pd.DataFrame, screen: dict[str, Scores], meta: dict[str, Any]
) -> pd.DataFrame:
    tables = []
    ignore = read_ignore(report.resolve(report.ignore) if report.ignore else None)
    for lang, scores in screen.items():
        fitted = fit_trends(
            scores,
            documents,
            freq=report.freq,
            strata=report.strata,
            min_effect=report.min_effect,
            seed=report.seed,
            as_of=date.fromisoformat(meta["as_of"]),
        )
        table = fitted.table.assign(
            kind=scores.items["kind"].astype("str"),
            label=scores.items["label"].fillna("").astype("str") if "label" in scores.items else "",
        )
        tables.append(table.assign(ignored=ignored(table, ignore)))
        meta["notes"] += [note for note in fitted.notes if note not in meta["notes"]]
        meta[f"n_tested_{lang}"] = len(fitted.evidence)
    return pd.concat(tables, ignore_index=True) if tables else _nothing_judged()


def _label(judged: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Print the terms that are shown as the documents print them, the others as counted."""
    shown = [item for item in shown_items(judged) if item in set(_terms(judged)["item"])]
    printed = label_terms(tokens, shown) if shown else pd.Series([], dtype="str")
    label = judged["label"].where(judged["label"] != "", judged["item"].map(printed))
    return judged.assign(label=label.fillna(judged["item"]).astype("str"))


def _terms(judged: pd.DataFrame) -> pd.DataFrame:
    return judged[judged["kind"] == "term"]


def _rate_stage(
    report: Report,
    documents: pd.DataFrame,
    judged: tuple[dict[str, Scores], pd.DataFrame],
    stage: Path,
    meta: dict[str, Any],
) -> None:
    screen, table = judged
    rates = []
    for lang, scores in screen.items():
        shown = scores.select(shown_items(table[table["lang"] == lang]))
        if measure_coverage(scores.align(documents), report.chart_freq).n_dated:
            day = date.fromisoformat(meta["as_of"])
            rates.append(period_rates(shown, documents, freq=report.chart_freq, as_of=day))
    found = pd.concat(rates, ignore_index=True) if rates else empty_table("rates")
    found.to_parquet(stage / "rates.parquet")


def _compare_stage(
    report: Report,
    documents: pd.DataFrame,
    judged: tuple[Scores, pd.DataFrame],
    stage: Path,
    meta: dict[str, Any],
) -> None:
    scores, table = judged
    if report.compare is None:
        return
    sides = report.compare.split(scores.align(documents))
    meta["compare_labels"] = list(report.compare.labels)
    target, reference = (scores.doc_ids[side] for side in sides)
    try:
        keyness = score_keyness(scores, target, reference=reference)
    except TooFewDocumentsError as refusal:
        meta["refusals"]["keyness"] = str(refusal)
        return
    known = table[["item", "lang", "label", "ignored"]]
    keyness.merge(known, on=["item", "lang"]).to_parquet(stage / "keyness.parquet")


def _topic_stage(
    report: Report, tokens: Tokens, hits: pd.DataFrame, stage: Path, meta: dict[str, Any]
) -> None:
    if not report.topics:
        return
    try:
        topics = fit_topics(
            tokens,
            n_topics=report.topics,
            drop=hits,
            engine=report.topic_engine,
            seed=report.seed,
        )
    except TooFewDocumentsError as refusal:
        meta["refusals"]["topics"] = str(refusal)
        return
    topics.save(stage / "topics")
    rated = topics.scores
    if measure_coverage(rated.align(tokens.documents), report.chart_freq).n_dated:
        day = date.fromisoformat(meta["as_of"])
        rates = period_rates(rated, tokens.documents, freq=report.chart_freq, as_of=day)
        rates.to_parquet(stage / "topic_rates.parquet")


def _counts(values: pd.Series) -> dict[str, int]:
    counted = values.value_counts()
    return {str(value): int(counted[value]) for value in sorted(counted.index)}


def _nothing_judged() -> pd.DataFrame:
    more = pd.DataFrame({"kind": "", "label": "", "ignored": False}, index=[])
    return empty_table("trends").join(more.astype({"kind": "str", "label": "str"}))


def _no_scores() -> Scores:
    return Scores(
        sparse.csr_array((0, 0), dtype=np.int32),
        np.array([], object),
        pd.DataFrame({"item": pd.Series([], dtype="str"), "lang": pd.Series([], dtype="str")}),
        np.array([], np.int64),
        "word",
    )
