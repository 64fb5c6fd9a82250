"""Report files to runs: tables, notebooks, exhibits, and the brief as PDF and HTML.

Everything is loaded when first used: a notebook that draws nothing loads no matplotlib.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Figure": "exhibits",
    "Finding": "exhibits",
    "Note": "exhibits",
    "Quote": "exhibits",
    "RunResult": "run",
    "Table": "exhibits",
    "Workspace": "workspace",
    "accounting_note": "removed",
    "anachronism_table": "doubts",
    "apart_note": "occurrences",
    "basis_table": "dating",
    "calendar_figure": "gaps",
    "change_figure": "vocabulary",
    "claim_table": "lists",
    "column": "exhibits",
    "concept_table": "watched",
    "copy_table": "removed",
    "coverage_note": "rests_on",
    "curve_figure": "changes",
    "date_table": "dating",
    "effect_figures": "effects",
    "finding_exhibits": "claims",
    "first_seen_figure": "watched",
    "hit_table": "occurrences",
    "ignored_note": "lists",
    "keyness_exhibits": "vocabulary",
    "length_table": "doubts",
    "matrix_figure": "changes",
    "method_note": "method",
    "onset_figure": "changes",
    "open_report": "workspace",
    "panel_figure": "watched",
    "refusal_note": "rests_on",
    "reject_table": "removed",
    "removed_table": "removed",
    "review_exhibits": "occurrences",
    "run_report": "run",
    "seen_table": "lists",
    "shared_table": "occurrences",
    "show": "showing",
    "silence_note": "silences",
    "single_note": "occurrences",
    "source_figures": "sources",
    "term_figure": "vocabulary",
    "topic_exhibits": "vocabulary",
    "undated_table": "dating",
    "verdict_table": "changes",
}

__all__ = sorted(_HOME)  # noqa: PLE0605  (a list of str, which the rule cannot see)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'watchwords.briefs' has no attribute {name!r}")
    return getattr(import_module(f"watchwords.briefs.{_HOME[name]}"), name)
