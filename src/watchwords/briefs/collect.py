"""Executed notebooks to the exhibits of a brief."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from watchwords.briefs.exhibits import (
    MIME,
    Evidence,
    Exhibit,
    Figure,
    Finding,
    Note,
    Quote,
    Table,
    exhibit_json,
)
from watchwords.briefs.notebooks import code_cells
from watchwords.errors import CellError, WatchwordsError, nearest

_KINDS: dict[str, type[Exhibit]] = {
    kind.kind: kind for kind in (Finding, Figure, Table, Quote, Note)
}


def parse_exhibit(data: Mapping[str, Any]) -> Exhibit:
    """Build an exhibit from plain data.

    Parameters
    ----------
    data : mapping
        As `exhibit_json` gives it.

    Returns
    -------
    Finding, Figure, Table, Quote or Note

    Raises
    ------
    WatchwordsError
        If the kind or a field is unknown, a field is missing, or a value is wrong.

    Examples
    --------
    >>> parse_exhibit({"kind": "fact"})
    Traceback (most recent call last):
    watchwords.errors.WatchwordsError: unknown kind of exhibit 'fact'; allowed are: `figure`, \
`finding`, `note`, `quote`, `table`.
    """
    name = str(data.get("kind"))
    if name not in _KINDS:
        raise WatchwordsError(f"unknown kind of exhibit {name!r}; {nearest(name, _KINDS)}")
    given = {key: value for key, value in data.items() if key != "kind"}
    known = {each.name: each for each in fields(_KINDS[name])}
    for key in given:
        if key not in known:
            raise WatchwordsError(f"a {name} has no field `{key}`; {nearest(key, known)}")
    try:
        return _KINDS[name](**given)
    except TypeError as error:
        # Python's own words name the missing fields: "... required keyword-only argument: 'id'".
        raise WatchwordsError(f"a {name} lacks a field: {error}.") from None


def collect_exhibits(notebook: Any, *, name: str = "notebook") -> list[dict[str, Any]]:
    """Pick the exhibits out of an executed notebook, in the order of its outputs.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With outputs.
    name : str
        Its name, for errors.

    Returns
    -------
    list of dict
        Exhibits as plain data, each with its ``evidence``.

    Raises
    ------
    CellError
        If an exhibit is not valid, naming the notebook and the cell.
    """
    found = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(MIME)
            if data is None:
                continue
            try:
                found.append(exhibit_json(parse_exhibit(data)))
            except WatchwordsError as error:
                raise CellError(
                    f"the notebook `{name}`, code cell {number}, shows a bad exhibit: {error}"
                ) from None
    return found


def merge_exhibits(
    collected: Sequence[Sequence[Mapping[str, Any]]], *, known: Collection[str] = ()
) -> tuple[list[dict[str, Any]], Evidence]:
    """Join the exhibits of several notebooks and take their evidence apart.

    Parameters
    ----------
    collected : sequence
        What `collect_exhibits` gave, a list for each notebook, in the order of the brief.
    known : collection of str, default ()
        Names of lists that no exhibit needs to bring.

    Returns
    -------
    exhibits : list of dict
        Without ``evidence``.
    evidence : dict
        By id, in the order of appearance.

    Raises
    ------
    CellError
        If two exhibits share an id, two different lists of evidence do, or a number leads to
        evidence that no exhibit brought.
    """
    exhibits: list[dict[str, Any]] = []
    evidence: Evidence = {}
    seen: set[str] = set()
    for exhibit in (each for notebook in collected for each in notebook):
        if exhibit["id"] in seen:
            raise CellError(f"two exhibits have the id {exhibit['id']!r}; each needs its own.")
        seen.add(exhibit["id"])
        for key, rows in exhibit["evidence"].items():
            if evidence.setdefault(key, rows) != rows:
                raise CellError(f"the evidence {key!r} is given twice, and not the same.")
        exhibits.append({name: part for name, part in exhibit.items() if name != "evidence"})
    for exhibit in exhibits:
        for key in _links(exhibit):
            if key not in evidence and key not in known:
                raise CellError(
                    f"the exhibit {exhibit['id']!r} leads to the evidence {key!r}, which no "
                    "exhibit brings along."
                )
    return exhibits, evidence


def _links(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("evidence"), str):
            yield value["evidence"]
        for part in value.values():
            yield from _links(part)
    elif isinstance(value, list):
        for part in value:
            yield from _links(part)
