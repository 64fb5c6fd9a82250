"""Corpora of known truth: documents, dates and items whose course is planted."""

from watchwords.simulate.planted import (
    KINDS,
    SimulatedCorpus,
    shuffle_dates,
    simulate_scores,
)
from watchwords.simulate.scenarios import (
    simulate_sources,
    simulate_texts,
    simulate_translators,
    spell_item,
)

__all__ = [
    "KINDS",
    "SimulatedCorpus",
    "shuffle_dates",
    "simulate_scores",
    "simulate_sources",
    "simulate_texts",
    "simulate_translators",
    "spell_item",
]
