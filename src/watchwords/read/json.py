"""JSON files: an array of objects, one object, or an object that holds such an array."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from watchwords.errors import SchemaError
from watchwords.read.columns import RULE, map_columns, note_absent
from watchwords.read.encodings import decode
from watchwords.read.jsonl import Number, read_jsonl, write_json
from watchwords.read.limits import MAX_JSON_DEPTH
from watchwords.read.outcomes import Outcome, Rejected, Rejection, Source
from watchwords.read.parser_faults import check_filled
from watchwords.read.rows import row_outcome
from watchwords.read.table_outcomes import hold_back

ROOTS = ("data", "items", "documents", "rows", "records", "results", "articles")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_Notes = tuple[tuple[str, str], ...]


class _Object(dict[str, Any]):
    """An object of the file, and the name that occurs twice in it ("" if none does)."""

    twice = ""


class _NoNumber:
    """NaN or Infinity, which JSON does not have."""


def read_json(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .json file, one document an object.

    The file is an array of objects, an object that holds one under "data", "items", "documents"
    and the like, or one object that is the document. Values are read as in .jsonl files: numbers
    stay the digits they are written in, null is unknown, lists of words are joined by "; ", in the
    text by line breaks. A bad object costs itself only, as long as its end can be found.

    Parameters
    ----------
    path : str
        Relative path; objects of an array are known as "table.json#1".
    data : bytes
        The file.
    columns : mapping
        Our column to the name in the objects, where the rule is overruled.

    Yields
    ------
    Source or Rejection

    Raises
    ------
    Rejected
        empty, encoding, malformed, nesting or no_text: the whole file.
    SchemaError
        If no object has a text; a single one without is rejected.
    """
    check_filled(data)
    decoded = decode(data)
    notes: _Notes = (("encoding_guessed", decoded.guessed),) if decoded.guessed else ()
    if _is_lines(decoded.text):
        yield from read_jsonl(path, data, columns)
        return
    rows = _rows(decoded.text)
    if isinstance(rows, _Object):
        whole = _outcome(path, 0, _checked(rows), columns=columns, notes=notes)
        if isinstance(whole, Rejection):
            raise Rejected(whole.reason, whole.detail)
        yield replace(whole, path=path, sha256=hashlib.sha256(data).hexdigest())
        return
    yield from hold_back(
        _row(path, row, value, columns=columns, notes=notes)
        for row, value in enumerate(rows, start=1)
    )


def _row(
    path: str, row: int, value: Any, *, columns: Mapping[str, str], notes: _Notes
) -> tuple[Outcome, SchemaError | None]:
    try:
        return _outcome(path, row, _checked(value), columns=columns, notes=notes), None
    except Rejected as verdict:
        return Rejection(path, row, verdict.reason, verdict.detail), None
    except SchemaError as error:
        return Rejection(path, row, "schema", str(error)), error


def _rows(text: str) -> _Object | list[Any]:
    """Read the file; where that fails, object by object, a fault in place of a bad one."""
    try:
        root = _loads(text)
    except (ValueError, RecursionError) as error:
        rows = _split(text)
        if rows is None:
            raise _fault(error) from None
        return rows
    if isinstance(root, list):
        return root
    if not isinstance(root, _Object):
        raise Rejected("schema", "the file is neither an object nor an array of objects")
    if not any(name.strip().lower() in RULE["text"] for name in root):
        for name in ROOTS:
            if isinstance(root.get(name), list):
                rows = root[name]
                return list(rows)
    return root


def _loads(text: str) -> Any:
    return json.loads(
        text,
        parse_int=Number,
        parse_float=Number,
        parse_constant=lambda _: _NoNumber(),
        object_pairs_hook=_object,
    )


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        found.twice = next(name for name in names if names.count(name) > 1)
    return found


def _split(text: str) -> list[Any] | None:
    """Cut the first array of objects into its elements, blind to what stands in them."""
    start = text.find("[")
    if start < 0 or text[:start].count("{") > 1:
        return None
    depth, begin = 0, start + 1
    rows: list[Any] = []
    for token in _TOKEN.finditer(text, start):
        sign = token.group()
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        if (depth == 1 and sign == ",") or depth == 0:
            rows.append(_element(text[begin : token.start()]))
            begin = token.end()
        if depth == 0:
            return rows
    if begin == start + 1:
        return None
    return [*rows, Rejected("malformed", "the file ends within this object")]


def _element(text: str) -> Any:
    try:
        return _loads(text)
    except (ValueError, RecursionError) as error:
        return _fault(error)


def _fault(error: Exception) -> Rejected:
    if isinstance(error, RecursionError):
        return Rejected("nesting", "nested too deeply")
    return Rejected("malformed", str(error))


def _checked(value: Any) -> _Object:
    if isinstance(value, Rejected):
        raise value
    if not isinstance(value, _Object):
        raise Rejected("schema", "no object with named values")
    if value.twice:
        raise Rejected("malformed", f"the name {value.twice!r} occurs twice")
    return value


def _outcome(
    path: str, row: int, value: _Object, *, columns: Mapping[str, str], notes: _Notes
) -> Source | Rejection:
    ours = _map_columns(tuple(value), tuple(columns.items()))
    notes = (*notes, *note_absent(list(value), columns))
    values, odd = {}, []
    for name, found in value.items():
        word = _text(name, found) if ours[name] == "text" else _word(name, found)
        values[ours[name]] = _SURROGATE.sub("\ufffd", word).replace("\0", "")
        odd.extend([name] if values[ours[name]] != word else [])
    if odd:
        notes = (*notes, ("control_chars", f"in {', '.join(f'`{name}`' for name in odd)}"))
    return row_outcome(path, row, values, notes=notes)


@lru_cache(maxsize=64)
def _map_columns(names: tuple[str, ...], columns: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Map the names of an object once for all that have the same; read, never changed."""
    return map_columns(names, dict(columns))


_KINDS = {_Object: "an object", list: "a list", bool: "true or false"}


def _text(name: str, value: Any) -> str:
    """Read a text: words, a number as it is written, or a list of paragraphs."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, dict | list | bool):
        raise Rejected("schema", f"`{name}` holds no words but {_KINDS[type(value)]}")
    return _word(name, value)


def _word(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    _check_depth(value)
    try:
        return write_json(value)
    except TypeError:
        raise Rejected(
            "malformed", f"NaN or Infinity in `{name}`, which JSON does not have"
        ) from None


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_JSON_DEPTH - 2):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise Rejected("nesting", f"nested more than {MAX_JSON_DEPTH} levels deep")


def _is_lines(text: str) -> bool:
    """Say whether a file is JSON lines under the name .json: objects on more than one line."""
    lines = [line for line in text[:100_000].split("\n", 3)[:3] if line.strip()]
    whole = [line.strip() for line in lines[:2]]
    return len(whole) > 1 and all(line.startswith("{") and line.endswith("}") for line in whole)
