"""Repair of texts: text in, text out, words never rewritten; repeated lines and copies found."""

from watchwords.clean.cleaned import CleanedText, clean_with_offsets
from watchwords.clean.documents import Cleaned, clean_corpus, clean_documents
from watchwords.clean.duplicates import find_copies, find_duplicates
from watchwords.clean.raw_spans import find_raw_span
from watchwords.clean.text import clean_text

__all__ = [
    "Cleaned",
    "CleanedText",
    "clean_corpus",
    "clean_documents",
    "clean_text",
    "clean_with_offsets",
    "find_copies",
    "find_duplicates",
    "find_raw_span",
]
