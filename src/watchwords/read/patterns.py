"""Columns carried by folders and file names: "{issuer}/{year}/{name}"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from watchwords.errors import ReportError
from watchwords.read.columns import RULE
from watchwords.read.outcomes import Source, file_of

_FIELD = re.compile(r"\{([^{}]*)\}")
_DATE_FIELDS = ("year", "month", "day", "date", "name")


def apply_pattern(sources: Sequence[Source], path_pattern: str) -> list[Source]:
    """Read columns from the paths of a corpus.

    Each field stands for the part of a path between two literals and never for a "/". What a
    table or front matter says comes before what the path says. ``year``, ``month``, ``day``,
    ``date`` and ``name`` are read for dates as a path is, ``name`` is not kept; other fields
    become columns.

    Parameters
    ----------
    sources : sequence of Source
        What was read.
    path_pattern : str
        Such as "{issuer}/{year}/{name}"; matched against the relative path, with or without its
        ending. A path that does not match keeps what it has, with a note.

    Returns
    -------
    list of Source

    Raises
    ------
    ReportError
        If the pattern has no field, a field twice, or matches no path at all.

    Examples
    --------
    >>> source = Source("council/2019/march.txt", "…", "")
    >>> apply_pattern([source], "{issuer}/{year}/{name}")[0].fields
    {'issuer': 'council', 'path_for_dates': '2019/march'}
    """
    pattern = _compile(path_pattern)
    done, matched = [], 0
    for source in sources:
        path = file_of(source)
        match = pattern.fullmatch(re.sub(r"\.[^./]+$", "", path)) or pattern.fullmatch(path)
        if match is None:
            note = ("path_pattern", f"the path does not match {path_pattern!r}")
            done.append(replace(source, notes=(*source.notes, note)))
            continue
        matched += 1
        done.append(replace(source, fields=_fields(match.groupdict(), source.fields)))
    if sources and not matched:
        raise ReportError(
            f"`path_pattern` {path_pattern!r} matches none of {len(sources)} paths, such as "
            f"{sources[0].path!r}; each {{field}} stands for one part between two slashes."
        )
    return done


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
    ours = {name: key for key, names in RULE.items() for name in names}
    columns = {
        ours.get(name, name): value for name, value in found.items() if name not in _DATE_FIELDS
    }
    dated = "/".join(found[name] for name in _DATE_FIELDS if name in found)
    kept = {name: value for name, value in known.items() if value}
    return {**columns, **kept, "path_for_dates": dated}
