"""From which listed file a document, a rejection or a note of a stored corpus comes."""

import re
from collections.abc import Iterable, Set

import pandas as pd

from watchwords.corpora.store import Stored
from watchwords.errors import ReportError
from watchwords.read.collect import Found
from watchwords.read.readers import format_of

_AGAIN = re.compile(r"(.+) \(\d+\)", re.DOTALL)
_PARTS = {"table": "#", "archive": "/"}


def owners_of(path: str, names: Set[str]) -> frozenset[str]:
    """Find the listed files that a document, row, sheet or member of an archive may come from.

    Parameters
    ----------
    path : str
        Of a document, a rejection or a note.
    names : set of str
        The files listed.

    Returns
    -------
    frozenset of str
        One, but where another file is called as a part of the first would be.

    Raises
    ------
    ReportError
        If there is none.

    Examples
    --------
    >>> sorted(owners_of("a.zip/b.xlsx#Sheet1!2", {"a.zip", "b.xlsx"}))
    ['a.zip']
    """
    found = {path} & names
    for at, sign in enumerate(path):
        if sign in "#/":
            name = path[:at]
            known = format_of(name) if name in names else None
            if known is not None and _PARTS.get(known.kind) == sign:
                found.add(name)
    again = None if found else _AGAIN.fullmatch(path)
    if again is not None:
        return owners_of(again[1], names)
    if not found:
        raise ReportError(
            f"the stored corpus holds {path!r}, which comes from none of its files; delete the "
            "stored corpus and read the folder again."
        )
    return frozenset(found)


def doubted_files(before: Found | Stored, taken: Iterable[str]) -> frozenset[str]:
    """List the files that must be read again though they are as they were.

    Parameters
    ----------
    before : Found or Stored
        What was read.
    taken : iterable of str
        Paths of documents whose given name another one has.

    Returns
    -------
    frozenset of str
        The files of those, and all that a document may come from where there is more than one.
    """
    names = set(before.files["path"])
    doubted = {name for path in taken for name in owners_of(path, names)}
    if any("#" in name for name in names):
        paths = pd.concat([before.documents["path"], before.rejects["path"]])
        several = (owners_of(path, names) for path in paths)
        doubted.update(name for owners in several if len(owners) > 1 for name in owners)
    return frozenset(doubted)
