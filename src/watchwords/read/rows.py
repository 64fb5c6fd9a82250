"""A row of a table to a source or a rejection."""

import hashlib

from watchwords.read.outcomes import Rejected, Rejection, Source
from watchwords.read.text import check_text


def row_outcome(
    path: str, row: int, values: dict[str, str], *, notes: tuple[tuple[str, str], ...] = ()
) -> Source | Rejection:
    """Make a source of a row whose columns have our names.

    Parameters
    ----------
    path : str
        The table's relative path.
    row : int
        Counted from 1.
    values : dict of str
        With "text".
    notes : tuple, default empty
        What was done to read the table.

    Returns
    -------
    Source or Rejection
        A rejection if the row has no text, or characters that cannot be written.
    """
    text = values.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    rest = {name: value for name, value in values.items() if name != "text"}
    try:
        check_text(text)
        for name, value in rest.items():
            _check_value(name, value)
    except Rejected as verdict:
        return Rejection(path, row, verdict.reason, verdict.detail)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(f"{path}#{row}", text, digest, rest, notes, row)


def _check_value(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Rejected("encoding", f"half a character (surrogate) in `{name}`") from None
    if "\0" in value:
        raise Rejected("encoding", f"holds NUL characters in `{name}`")
