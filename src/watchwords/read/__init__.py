"""Files to documents and rejects: every input becomes one or the other.

`read_corpus` reads a folder and tells what it rejected; `read_documents` gives the documents
alone; `read_sample` gives the corpora that come with the package; `find_date` is the rule for
dates; `write_todo` writes the file in which the analyst corrects what was found.

Each name is loaded when first used: a child process that parses a page needs no tables.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchwords.read.corpus import READABLE, Corpus, ReadWarning, read_corpus, read_documents
    from watchwords.read.corrections import read_corrections, write_todo
    from watchwords.read.dates import FoundDate, describe_known, find_date
    from watchwords.read.language import find_language
    from watchwords.read.lengths import find_length_outliers, measure_lengths
    from watchwords.read.samples import read_sample
    from watchwords.read.titles import find_title

__all__ = [
    "READABLE",
    "Corpus",
    "FoundDate",
    "ReadWarning",
    "describe_known",
    "find_date",
    "find_language",
    "find_length_outliers",
    "find_title",
    "measure_lengths",
    "read_corpus",
    "read_corrections",
    "read_documents",
    "read_sample",
    "write_todo",
]

_HOME = {
    "READABLE": "corpus",
    "Corpus": "corpus",
    "FoundDate": "dates",
    "ReadWarning": "corpus",
    "describe_known": "dates",
    "find_date": "dates",
    "find_language": "language",
    "find_length_outliers": "lengths",
    "find_title": "titles",
    "measure_lengths": "lengths",
    "read_corpus": "corpus",
    "read_corrections": "corrections",
    "read_documents": "corpus",
    "read_sample": "samples",
    "write_todo": "corrections",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'watchwords.read' has no attribute {name!r}")
    return getattr(import_module(f"watchwords.read.{_HOME[name]}"), name)
