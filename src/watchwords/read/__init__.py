"""Files to documents and rejects: every input becomes one or the other.

`read_corpus` reads a folder and tells what it rejected; `read_documents` gives the documents
alone; `read_sample` gives the corpora that come with the package; `find_date` is the rule for
dates; `write_todo` writes the file in which the analyst corrects what was found.
"""

from watchwords.read.corpus import READABLE, Corpus, ReadWarning, read_corpus, read_documents
from watchwords.read.corrections import read_corrections, write_todo
from watchwords.read.dates import FoundDate, describe_known, find_date
from watchwords.read.language import find_language
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
    "find_title",
    "read_corpus",
    "read_corrections",
    "read_documents",
    "read_sample",
    "write_todo",
]
