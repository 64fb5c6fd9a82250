"""Repair of texts: text in, text out, words never rewritten; repeated lines and copies found."""

from watchwords.clean.documents import Cleaned, clean_corpus, clean_documents
from watchwords.clean.duplicates import find_duplicates
from watchwords.clean.text import clean_text

__all__ = ["Cleaned", "clean_corpus", "clean_documents", "clean_text", "find_duplicates"]
