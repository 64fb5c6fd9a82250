"""Watched concepts: one line per concept, all its renderings merged, every hit with its place."""

from watchwords.concepts.anachronisms import find_anachronisms
from watchwords.concepts.coinages import find_coinages
from watchwords.concepts.count import count_concepts
from watchwords.concepts.match import match_concepts
from watchwords.concepts.summary import summarize_concepts
from watchwords.concepts.termbase import check_concepts, name_concepts, read_concepts

__all__ = [
    "check_concepts",
    "count_concepts",
    "find_anachronisms",
    "find_coinages",
    "match_concepts",
    "name_concepts",
    "read_concepts",
    "summarize_concepts",
]
