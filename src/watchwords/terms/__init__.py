"""Terms: which there are, where they stand, and which set documents apart."""

from watchwords.terms.concordance import concordance
from watchwords.terms.cooccurrence import score_cooccurrence
from watchwords.terms.count import count_terms
from watchwords.terms.ignore import ignored, read_ignore
from watchwords.terms.keyness import score_keyness
from watchwords.terms.kwic import Concordance
from watchwords.terms.nested import hide_nested
from watchwords.terms.occurrences import find_term, find_terms, label_terms
from watchwords.terms.phrases import score_phrases

__all__ = [
    "Concordance",
    "concordance",
    "count_terms",
    "find_term",
    "find_terms",
    "hide_nested",
    "ignored",
    "label_terms",
    "read_ignore",
    "score_cooccurrence",
    "score_keyness",
    "score_phrases",
]
