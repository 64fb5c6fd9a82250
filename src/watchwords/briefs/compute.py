"""The heavy work of a report, done once: documents to tables.

Every stage writes what it made into one folder, so that notebooks only read. A stage that a
floor refuses writes no table; its sentence goes into ``meta.json``.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.briefs.discover import (
    discover_terms,
    label_items,
    main_language,
    shown_terms,
)
from watchwords.briefs.evidence import collect_evidence
from watchwords.briefs.inputs import (
    read_calendar,
    read_ignored,
    read_source,
    read_watched,
    single_names,
)
from watchwords.briefs.nothing import NO_SCORES, nothing_judged
from watchwords.briefs.removed import find_examples
from watchwords.briefs.report import Report
from watchwords.briefs.screen import shown_items, watched_forms
from watchwords.briefs.workspace import input_key
from watchwords.concepts import (
    count_concepts,
    find_anachronisms,
    find_coinages,
    match_concepts,
    summarize_concepts,
)
from watchwords.corpora import clean_anew
from watchwords.errors import EmptyCorpusError, ReportError, TooFewDocumentsError, nearest
from watchwords.floors import SPAN_DOCS, measure_coverage
from watchwords.periods import fits_period
from watchwords.rates import period_rates
from watchwords.read import find_length_outliers
from watchwords.schema import empty_table
from watchwords.scores import Scores, join_scores
from watchwords.terms import (
    find_terms,
    ignored,
    score_keyness,
)
from watchwords.tokens import Tokens, tokenize
from watchwords.topics import fit_topics
from watchwords.trends import fit_trends

Say = Callable[[str], None]


@dataclass(frozen=True)
class _Job:
    """A report being computed: where its tables go, and what is counted on the way."""

    report: Report
    stage: Path
    tell: Say
    meta: dict[str, Any]

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.meta["as_of"])

    def write(self, table: pd.DataFrame, name: str) -> None:
        table.to_parquet(self.stage / f"{name}.parquet")


def compute_tables(
    report: Report, folder: Path, *, as_of: date | None = None, say: Say | None = None
) -> None:
    """Read, count and judge the documents of a report, and write every table it needs.

    Tables that were made from the same report, documents and program are taken as they are.

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
    key = input_key(report, as_of)
    stamp = folder / "key.txt"
    if stamp.exists() and stamp.read_text("utf-8") == key:
        tell("Nothing has changed since the last run: its tables are taken")
        return
    stage = folder.with_name(folder.name + ".new")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    meta: dict[str, Any] = {
        "refusals": {},
        "notes": [],
        "notes_of": {},
        "judged": {},
        "untested": {},
    }
    job = _Job(report, stage, tell, meta)
    documents = _read_stage(job, as_of)
    job.tell("Tokenising")
    tokens = tokenize(documents)
    tokens.save(stage / "tokens")
    single = tokens.documents.loc[tokens.documents["duplicate_of"] == "", "doc_id"]
    unread = tokens.untokenized[tokens.untokenized["doc_id"].isin(single)]
    meta["untokenized"] = _counts(unread["lang"])
    screen, hits = _screen_stage(job, tokens)
    job.tell(f"Judging {sum(len(scores.items) for scores in screen.values()):,} items")
    judged = label_items(
        _trend_stage(job, documents, screen), tokens, concepts=read_watched(report)
    )
    job.write(judged, "trends")
    job.tell("Collecting sentences")
    _evidence_stage(job, tokens, hits=hits, judged=judged)
    _rate_stage(job, documents, screen=screen, judged=judged)
    _compare_stage(job, documents, scores=screen.get(job.meta.get("terms_lang", "")), judged=judged)
    _topic_stage(job, tokens, hits)
    (stage / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True), "utf-8")
    (stage / "report.json").write_text(report.model_dump_json(), "utf-8")
    (stage / "key.txt").write_text(key, "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    stage.rename(folder)


def _read_stage(job: _Job, as_of: date | None) -> pd.DataFrame:
    report, meta = job.report, job.meta
    job.tell("Reading documents")
    corpus = read_source(report)
    documents = corpus.documents
    for name, column in (("keep", report.keep), ("strata", report.strata)):
        if column and column not in documents:
            hint = nearest(column, documents.columns)
            raise ReportError(f"`{name}` is {column!r}, which the documents do not have; {hint}")
    meta["n_inputs"] = len(documents) + len(corpus.rejects)
    if report.keep:
        documents = _keep(documents, report.keep, meta)
    later = documents["date"] > pd.Timestamp(as_of) if as_of else documents["date"].isna() & False
    meta["n_later"] = int(later.sum())
    documents = documents[~later].reset_index(drop=True)
    job.tell(f"Cleaning {len(documents):,} documents")
    cleaned = clean_anew(documents)
    documents = cleaned.documents
    if report.lang:
        documents = documents.assign(lang=report.lang)
    if documents.empty:
        raise EmptyCorpusError(f"`{report.source}` has no document to count.")
    job.write(corpus.rejects, "rejects")
    job.write(corpus.notes.astype({"detail": "str"}), "read_notes")
    removed = cleaned.removed
    job.write(removed.assign(example=find_examples(removed, documents)), "removed")
    job.write(cleaned.copies, "copies")
    job.write(find_length_outliers(documents), "lengths")
    job.write(documents.drop(columns=["text", "raw"], errors="ignore"), "documents")
    last = documents["date"].max()
    day = as_of or (last.date() if pd.notna(last) else date.min)
    counted = documents[documents["duplicate_of"] == ""]
    digests = "".join(sorted(counted["sha256"]))
    meta["as_of"] = day.isoformat()
    meta["langs"] = _counts(counted["lang"])
    meta["n_rejects"] = len(corpus.rejects)
    meta["n_duplicates"] = len(documents) - len(counted)
    meta["digest"] = hashlib.sha256(digests.encode("ascii", "replace")).hexdigest()
    meta["coverage"] = asdict(measure_coverage(documents, report.freq))
    return documents


def _keep(documents: pd.DataFrame, column: str, meta: dict[str, Any]) -> pd.DataFrame:
    wanted = documents[column].astype(str).str.lower().isin(["true", "1", "yes"])
    meta["kept"] = {"column": column, "n": int(wanted.sum()), "of": len(documents)}
    return documents[wanted].reset_index(drop=True)


def _screen_stage(job: _Job, tokens: Tokens) -> tuple[dict[str, Scores], pd.DataFrame]:
    job.tell("Matching watched concepts")
    concepts = read_watched(job.report)
    hits = match_concepts(tokens, concepts) if len(concepts) else empty_table("hits")
    job.write(concepts, "concepts")
    job.write(hits, "hits")
    job.write(find_anachronisms(hits, tokens.documents, concepts), "anachronisms")
    summary = summarize_concepts(tokens, hits, concepts)
    for column in ("forms", "unresolved"):
        # Parquet keeps no pair of unlike types: each becomes a small record.
        pairs = [[{"form": f, "n": int(n)} for f, n in forms] for forms in summary[column]]
        summary[column] = pd.Series(pairs, summary.index, dtype=object)
    job.write(summary, "concept_summary")
    job.write(find_coinages(tokens, hits), "coinages")
    job.tell("Counting terms")
    screen: dict[str, Scores] = {}
    for lang in sorted({"en", "zh"} & set(job.meta["langs"])):
        if len(concepts):
            screen[lang] = count_concepts(tokens, hits, concepts, lang=lang)
    main = main_language(job.meta["langs"])
    terms = NO_SCORES
    if main:
        # An id that is also a word stays the concept's: one table holds both kinds of items.
        forms = watched_forms(concepts) | frozenset(concepts["concept_id"])
        terms = discover_terms(tokens, job.report, lang=main, folder=job.stage, watched=forms)
        job.meta.update(n_terms=len(terms.items), terms_lang=main)
    terms.save(job.stage / "terms")
    if main and len(terms.items):
        screen[main] = join_scores(screen[main], terms) if main in screen else terms
    return screen, hits


def _trend_stage(job: _Job, documents: pd.DataFrame, screen: dict[str, Scores]) -> pd.DataFrame:
    report, meta = job.report, job.meta
    tables, curves = [], []
    ignore = read_ignored(report)
    for lang, scores in screen.items():
        fitted = fit_trends(
            scores,
            documents,
            freq=report.freq,
            strata=report.strata,
            min_effect=report.min_effect,
            seed=report.seed,
            as_of=job.as_of,
        )
        table = fitted.table.assign(
            kind=scores.items["kind"].astype("str"),
            label=scores.items["label"].fillna("").astype("str") if "label" in scores.items else "",
        )
        meta["judged"][lang] = asdict(fitted.coverage)
        recent = find_recent(scores.align(documents), report.freq)
        lately = table["last_seen"] >= recent
        tables.append(table.assign(ignored=ignored(table, ignore), lately=lately))
        shown = fitted.curve["item"].isin(shown_items(tables[-1]))
        curves.append(fitted.curve[shown].assign(lang=lang))
        meta["notes_of"][lang] = list(fitted.notes)
        meta["notes"] += [note for note in fitted.notes if note not in meta["notes"]]
        meta["untested"][lang] = _counts(fitted.untested["reason"])
        own = fitted.table["variant_of"] == ""
        meta[f"n_tested_{lang}"] = int((fitted.table["q_value"].notna() & own).sum())
    if not tables:
        return nothing_judged()
    job.write(pd.concat(curves, ignore_index=True), "curves")
    return pd.concat(tables, ignore_index=True)


def find_recent(documents: pd.DataFrame, freq: str) -> pd.Timestamp:
    """Find the day on which the last full span of documents begins.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date`` and ``date_precision``.
    freq : str
        Length of a period: what is dated more coarsely is left out, as it is of the tests.

    Returns
    -------
    Timestamp
        The date of the thirtieth document from the end, or of the first; beyond all days
        where no date is fine enough.

    Examples
    --------
    >>> documents = pd.DataFrame({"date": pd.to_datetime(["2020-03-02", "2021-01-01"]),
    ...     "date_precision": ["day", "year"]})
    >>> find_recent(documents, "M"), find_recent(documents, "Y")
    (Timestamp('2020-03-02 00:00:00'), Timestamp('2020-03-02 00:00:00'))
    """
    fine = fits_period(documents["date_precision"], freq)
    ordered = documents["date"][fine].dropna().sort_values()
    return ordered.iloc[max(len(ordered) - SPAN_DOCS, 0)] if len(ordered) else pd.Timestamp.max


def _evidence_stage(job: _Job, tokens: Tokens, *, hits: pd.DataFrame, judged: pd.DataFrame) -> None:
    langs = tokens.documents[["doc_id", "lang"]]
    named = hits[hits["rule"] != "unresolved"].rename(columns={"concept_id": "item"})
    concepts = named.merge(langs, on="doc_id").assign(kind="concept")
    columns = ["kind", "lang", "item", "doc_id", "start", "end", "form"]
    every = [concepts[columns]]
    for lang, shown in shown_terms(judged):
        found = find_terms(tokens, shown, lang=lang)
        every.append(found.assign(kind="term", lang=lang)[columns])
    keys = zip(judged["kind"], judged["lang"], judged["item"], strict=True)
    labels = dict(zip(keys, judged["label"], strict=True))
    found = pd.concat(every, ignore_index=True)
    job.write(collect_evidence(tokens, found, labels=labels), "evidence")


def _rate_stage(
    job: _Job, documents: pd.DataFrame, *, screen: dict[str, Scores], judged: pd.DataFrame
) -> None:
    freq = job.report.chart_freq
    if job.report.events:
        job.write(read_calendar(job.report), "events")
    rates = []
    for lang, scores in screen.items():
        if measure_coverage(scores.align(documents), freq).n_dated:
            shown = scores.select(shown_items(judged[judged["lang"] == lang]))
            rates.append(period_rates(shown, documents, freq=freq, as_of=job.as_of))
    job.write(pd.concat(rates, ignore_index=True) if rates else empty_table("rates"), "rates")


def _compare_stage(
    job: _Job, documents: pd.DataFrame, *, scores: Scores | None, judged: pd.DataFrame
) -> None:
    compare = job.report.compare
    if compare is None or scores is None:
        return
    job.tell("Comparing two groups")
    target, reference = (scores.doc_ids[side] for side in compare.split(scores.align(documents)))
    job.meta["compare_labels"] = list(compare.labels)
    try:
        keyness = score_keyness(scores, target, reference=reference)
    except TooFewDocumentsError as refusal:
        job.meta["refusals"]["keyness"] = str(refusal)
        return
    known = judged[["item", "lang", "label", "ignored"]]
    job.write(keyness.merge(known, on=["item", "lang"]), "keyness")


def _topic_stage(job: _Job, tokens: Tokens, hits: pd.DataFrame) -> None:
    report = job.report
    if not report.topics:
        return
    job.tell("Fitting topics")
    try:
        topics = fit_topics(
            tokens,
            n_topics=report.topics,
            drop=hits,
            drop_words=single_names(report),
            engine=report.topic_engine,
            seed=report.seed,
        )
    except TooFewDocumentsError as refusal:
        job.meta["refusals"]["topics"] = str(refusal)
        return
    topics.save(job.stage / "topics")
    rated = topics.scores
    if measure_coverage(rated.align(tokens.documents), report.chart_freq).n_dated:
        freq = report.chart_freq
        rates = period_rates(rated, tokens.documents, freq=freq, as_of=job.as_of)
        job.write(rates, "topic_rates")


def _counts(values: pd.Series) -> dict[str, int]:
    counted = values.value_counts()
    return {str(value): int(counted[value]) for value in sorted(counted.index)}
