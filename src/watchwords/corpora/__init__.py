"""A folder to a cleaned corpus on disk, kept up to date: only what changed is read again."""

from watchwords.corpora.reading import clean_anew, read_corpus, read_documents
from watchwords.corpora.store import Stored, is_store, load_store
from watchwords.corpora.update import store_corpus

__all__ = [
    "Stored",
    "clean_anew",
    "is_store",
    "load_store",
    "read_corpus",
    "read_documents",
    "store_corpus",
]
