"""Report files to runs: tables, notebooks, exhibits, and the brief as PDF and HTML."""

from watchwords.briefs.claims import claim_table, finding_exhibits, ignored_note, seen_table
from watchwords.briefs.exhibits import Figure, Finding, Note, Quote, Table
from watchwords.briefs.method import method_note
from watchwords.briefs.occurrences import (
    apart_note,
    hit_table,
    review_exhibits,
    shared_table,
    single_table,
)
from watchwords.briefs.rests_on import (
    coverage_figure,
    coverage_note,
    date_table,
    refusal_note,
    reject_table,
)
from watchwords.briefs.run import RunResult, run_report
from watchwords.briefs.show import show
from watchwords.briefs.vocabulary import (
    change_figure,
    keyness_exhibits,
    term_figure,
    topic_exhibits,
)
from watchwords.briefs.watched import (
    concept_table,
    first_seen_figure,
    panel_figure,
    silence_note,
)
from watchwords.briefs.workspace import Workspace, open_report

__all__ = [
    "Figure",
    "Finding",
    "Note",
    "Quote",
    "RunResult",
    "Table",
    "Workspace",
    "apart_note",
    "change_figure",
    "claim_table",
    "concept_table",
    "coverage_figure",
    "coverage_note",
    "date_table",
    "finding_exhibits",
    "first_seen_figure",
    "hit_table",
    "ignored_note",
    "keyness_exhibits",
    "method_note",
    "open_report",
    "panel_figure",
    "refusal_note",
    "reject_table",
    "review_exhibits",
    "run_report",
    "seen_table",
    "shared_table",
    "show",
    "silence_note",
    "single_table",
    "term_figure",
    "topic_exhibits",
]
