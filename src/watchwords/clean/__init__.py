"""Repair of texts: text in, text out, words never rewritten; exact duplicates marked."""

from watchwords.clean.documents import clean_documents
from watchwords.clean.duplicates import find_duplicates
from watchwords.clean.text import clean_text

__all__ = ["clean_documents", "clean_text", "find_duplicates"]
