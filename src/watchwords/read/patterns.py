"""Columns carried by folders and file names: "{issuer}/{year}/{name}"."""

import re
from dataclasses import replace
from functools import lru_cache

from watchwords.errors import ReportError
from watchwords.read.columns import RULE
from watchwords.read.outcomes import Source, file_of

UNMATCHED = "path_pattern"
_ENDING = re.compile(r"\.[^./]+$")
_FIELD = re.compile(r"\{([^{}]*)\}")
_OURS = {name: key for key, names in RULE.items() for name in names}
_DATE_FIELDS = ("year", "month", "day", "date", "name")


def check_pattern(path_pattern: str) -> None:
    """Check that a pattern can be read.

    Parameters
    ----------
    path_pattern : str
        Such as "{issuer}/{year}/{name}".

    Raises
    ------
    ReportError
        If the pattern has no field, a field twice, or a field of another form.
    """
    _compile(path_pattern)


def apply_pattern(source: Source, path_pattern: str) -> Source:
    """Read columns from the path of a document.

    Each field stands for the part of a path between two literals and never for a "/". What a
    table or front matter says comes before what the path says. ``year``, ``month``, ``day``,
    ``date`` and ``name`` are read for dates as a path is, ``name`` is not kept; other fields
    become columns.

    Parameters
    ----------
    source : Source
        What was read.
    path_pattern : str
        Such as "{issuer}/{year}/{name}"; matched against the relative path, with or without its
        ending. A path that does not match keeps what it has, with the note "path_pattern".

    Returns
    -------
    Source

    Raises
    ------
    ReportError
        As for `check_pattern`.

    Examples
    --------
    >>> source = Source("council/2019/march.txt", "…", "")
    >>> apply_pattern(source, "{issuer}/{year}/{name}").fields
    {'issuer': 'council', 'path_for_dates': '2019/march'}
    """
    pattern = _compile(path_pattern)
    path = file_of(source)
    match = pattern.fullmatch(_ENDING.sub("", path)) or pattern.fullmatch(path)
    if match is None:
        note = (UNMATCHED, f"the path does not match {path_pattern!r}")
        return replace(source, notes=(*source.notes, note))
    return replace(source, fields=_fields(match.groupdict(), source.fields))


@lru_cache(maxsize=8)
def _compile(path_pattern: str) -> re.Pattern[str]:
    names = _FIELD.findall(path_pattern)
    wrong = [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)]
    if not names or wrong or len(set(names)) < len(names) or "text" in names:
        raise ReportError(
            f"`path_pattern` is {path_pattern!r}; it holds fields in braces, each once, of small "
            'letters, such as "{issuer}/{year}/{name}".'
        )
    pieces = _FIELD.split(path_pattern)
    return re.compile(
        "".join(
            f"(?P<{piece}>[^/]+?)" if at % 2 else re.escape(piece)
            for at, piece in enumerate(pieces)
        )
    )


def _fields(found: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    columns = {
        _OURS.get(name, name): value for name, value in found.items() if name not in _DATE_FIELDS
    }
    dated = "/".join(found[name] for name in _DATE_FIELDS if name in found)
    kept = {name: value for name, value in known.items() if value}
    return {**columns, **kept, "path_for_dates": dated}
