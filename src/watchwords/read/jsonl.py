"""JSON lines: one object a line, one document an object."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from watchwords.errors import SchemaError
from watchwords.read.columns import map_columns, note_absent
from watchwords.read.encodings import open_lines
from watchwords.read.limits import MAX_JSON_DEPTH, MAX_LINE_CHARACTERS
from watchwords.read.outcomes import Outcome, Rejected, Rejection
from watchwords.read.rows import row_outcome


class Number(str):
    """A number of a JSON file, in the digits it is written in."""


_BRACKET = re.compile(r'(?:"(?:[^"\\]|\\.)*+"|[^\[\]{}"])*+([\[\]{}]?)')


def read_jsonl(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .jsonl file, one document a line.

    Numbers stay the digits they are written in; null is unknown; lists of words are joined by
    "; ", other nested values are kept as JSON. A bad line costs itself only.

    Parameters
    ----------
    path : str
        Relative path; lines are known as "table.jsonl#1".
    data : bytes
        The file.
    columns : mapping
        Our column to the key in the objects, where the rule is overruled.

    Yields
    ------
    Source or Rejection

    Raises
    ------
    Rejected
        encoding: the whole file.
    SchemaError
        If no line has a text; a single line without is rejected.
    """
    file, guessed = open_lines(data)
    notes = (("encoding_guessed", guessed),) if guessed else ()
    faults: list[SchemaError] = []
    held: list[Outcome] = []
    fits = False
    for row, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            values = _parse(line)
            ours = map_columns(list(values), columns)
            outcome: Outcome = row_outcome(
                path,
                row,
                {ours[name]: value for name, value in values.items()},
                notes=(*notes, *note_absent(list(values), columns)),
            )
            fits = True
        except Rejected as verdict:
            outcome = Rejection(path, row, verdict.reason, verdict.detail)
        except SchemaError as error:
            faults.append(error)
            outcome = Rejection(path, row, "schema", str(error))
        held.append(outcome)
        if fits:
            yield from held
            held = []
    if not fits and faults and len(faults) == len(held):
        raise faults[0]
    yield from held


def _lines(file: TextIO) -> Iterator[str]:
    """Read line by line; of one that is too long only a beginning that is too long as well."""
    while line := file.readline(MAX_LINE_CHARACTERS + 2):
        yield line
        while len(line) > MAX_LINE_CHARACTERS + 1 and not line.endswith(("\n", "\r")):
            line = file.readline(MAX_LINE_CHARACTERS + 2)


def _depth(line: str) -> int:
    """Count how deep brackets stand in each other, those in words left out."""
    depth = deepest = 0
    for sign in _BRACKET.findall(line):
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    return deepest


def _parse(line: str) -> dict[str, str]:
    if len(line) > MAX_LINE_CHARACTERS:
        raise Rejected("too_large", f"more than {MAX_LINE_CHARACTERS:,} characters in a line")
    if line.count("[") + line.count("{") > MAX_JSON_DEPTH and _depth(line) > MAX_JSON_DEPTH:
        raise Rejected("nesting", f"nested more than {MAX_JSON_DEPTH} deep")
    try:
        loaded = json.loads(
            line, parse_int=Number, parse_float=Number, parse_constant=lambda _: None
        )
    except RecursionError:
        raise Rejected("nesting", "nested too deeply") from None
    except ValueError as error:
        raise Rejected("malformed", str(error)) from None
    if not isinstance(loaded, dict):
        raise Rejected("schema", "the line is no object with named values")
    return {key: _word(value) for key, value in loaded.items()}


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return write_json(value)


def write_json(value: object) -> str:
    """Write a value as it stood in its file: numbers in their digits, names in their order.

    Parameters
    ----------
    value : object
        Of dict, list, str, `Number`, bool and None.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If it holds anything else.

    Examples
    --------
    >>> write_json({"b": [Number("1.50"), "1"], "a": None})
    '{"b": [1.50, "1"], "a": null}'
    """
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k, ensure_ascii=False)}: {write_json(v)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(write_json, value))}]"
    return json.dumps(value, ensure_ascii=False)
