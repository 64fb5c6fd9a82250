"""Names, offices, dates and the frames of reporting: listed, counted, never headlined."""

from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError, nearest
from watchwords.terms.stop_words import read_stop_words
from watchwords.tokens import normal_form

KINDS = ("address", "date", "frame", "name", "office", "place")
# Of these a term need only contain the words; of the others it must consist of them.
CONTAINED = ("name", "date")


def read_ignore(path: Path | str | None = None) -> pd.DataFrame:
    """Read the list of terms that are never headlined.

    Parameters
    ----------
    path : path, optional
        CSV with the columns ``term``, ``kind`` and ``note``; by default the bundled list, which
        knows the State of the Union and reports of meetings. A file replaces the bundled list.

    Returns
    -------
    pandas.DataFrame
        ``term`` (str, as written), ``kind`` (str, one of "address", "date", "frame", "name",
        "office", "place") and ``note`` (str).

    Raises
    ------
    SchemaError
        If a column is absent or a kind is unknown; the message names the first such line.

    Examples
    --------
    >>> ignore = read_ignore()
    >>> ignore.loc[ignore["term"] == "mr speaker", "kind"].tolist()
    ['address']
    """
    if path is None:
        with as_file(files("watchwords") / "data" / "ignore.csv") as bundled:
            return read_ignore(bundled)
    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    for column in ("term", "kind", "note"):
        if column not in table:
            raise SchemaError(
                f"{str(path)!r} has no column `{column}`; it has: {', '.join(table.columns)}."
            )
    for line, kind in enumerate(table["kind"], start=2):
        if kind not in KINDS:
            raise SchemaError(
                f"line {line} of {str(path)!r} has the kind {kind!r}; {nearest(kind, KINDS)}"
            )
    return table[["term", "kind", "note"]]


def ignored(items: pd.DataFrame, ignore: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which items must not be headlined.

    A term is ignored if it equals a row. For names and dates it is enough that it contains one
    ("hoover administration", "act of july"). A frame loses its stop words at the edges, as every
    term does: the row "pointed out" takes the term "pointed". Watched concepts are never ignored.

    Parameters
    ----------
    items : pandas.DataFrame
        ``scores.items``: the column ``item``; rows whose ``kind``, if there is one, is not "term"
        are left alone.
    ignore : pandas.DataFrame
        From `read_ignore`.

    Returns
    -------
    ndarray of bool, shape (n_items,)

    Examples
    --------
    >>> items = pd.DataFrame({"item": ["hoover dam", "mr speaker", "fellow citizens", "pointed"]})
    >>> ignored(items, read_ignore()).tolist()
    [True, True, False, True]
    """
    stops = read_stop_words()
    forms = pd.Series([_folded(term) for term in ignore["term"]], index=ignore.index, dtype="str")
    inside = frozenset(forms[ignore["kind"].isin(CONTAINED)])
    whole = frozenset(forms) | {_bare(form, stops) for form in forms[ignore["kind"] == "frame"]}
    longest = max((form.count(" ") + 1 for form in inside), default=0)
    hit = [
        item in whole or any(part in inside for part in _parts(item.split(" "), longest))
        for item in items["item"]
    ]
    is_term = (items["kind"] == "term").to_numpy() if "kind" in items else True
    masked: NDArray[np.bool_] = np.array(hit, bool) & is_term
    return masked


def _folded(term: str) -> str:
    return " ".join(normal_form(word) for word in term.replace("-", " ").split())


def _bare(form: str, stops: frozenset[str]) -> str:
    words = form.split(" ")
    content = [at for at, word in enumerate(words) if word not in stops]
    return " ".join(words[content[0] : content[-1] + 1] if content else words)


def _parts(words: list[str], longest: int) -> list[str]:
    return [
        " ".join(words[first:end])
        for first in range(len(words))
        for end in range(first + 1, min(first + longest, len(words)) + 1)
    ]
