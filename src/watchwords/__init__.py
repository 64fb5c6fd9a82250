"""Which terms really rise, fall, appear or vanish in dated documents, and how sure we are.

The public verbs, in the order of use: `read_documents`, `clean_documents`, `tokenize`,
`count_terms`, `match_concepts`, `count_concepts`, `period_rates`, `fit_trends`, `fit_topics`,
`score_keyness`, `concordance`, the `plot_` family and `run_report`. Each is loaded when first
used, so that importing the package is quick.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Scores": "scores",
    "Tokens": "tokens",
    "Topics": "topics",
    "Trends": "trends",
    "clean_corpus": "clean",
    "clean_documents": "clean",
    "clean_text": "clean",
    "clean_with_offsets": "clean",
    "concordance": "terms",
    "count_concepts": "concepts",
    "count_partitions": "scale",
    "count_terms": "terms",
    "find_anachronisms": "concepts",
    "find_coinages": "concepts",
    "find_length_outliers": "read",
    "find_term": "terms",
    "find_terms": "terms",
    "fit_topics": "topics",
    "fit_trends": "trends",
    "hide_nested": "terms",
    "ignored": "terms",
    "join_scores": "scores",
    "label_terms": "terms",
    "load_tokens": "tokens",
    "match_concepts": "concepts",
    "open_report": "briefs",
    "period_rates": "rates",
    "plot_calendar": "charts",
    "plot_changes": "charts",
    "plot_coverage": "charts",
    "plot_curves": "charts",
    "plot_first_seen": "charts",
    "plot_groups": "charts",
    "plot_keyness": "charts",
    "plot_matrix": "charts",
    "plot_onsets": "charts",
    "plot_rates": "charts",
    "plot_spans": "charts",
    "plot_topic_shares": "charts",
    "plot_trends": "charts",
    "read_concepts": "concepts",
    "read_corpus": "corpora",
    "read_documents": "corpora",
    "read_events": "events",
    "read_ignore": "terms",
    "read_sample": "read",
    "run_report": "briefs",
    "score_cooccurrence": "terms",
    "score_keyness": "terms",
    "score_phrases": "terms",
    "summarize_concepts": "concepts",
    "tokenize": "tokens",
    "write_partitions": "scale",
}

__all__ = sorted(_HOME)  # noqa: PLE0605  (a list of str, which the rule cannot see)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'watchwords' has no attribute {name!r}")
    return getattr(import_module(f"watchwords.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
