"""YAML as data only: version 1.2, no tags, no aliases, no key twice, no surprises.

In YAML 1.2 ``NO`` is a text, not False. Everything that could make the file mean something
other than what it shows, or grow when it is read, is refused with its line.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from watchwords.errors import ReportError, nearest

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a mapping from a YAML file.

    Parameters
    ----------
    path : Path
        A regular file of at most 1 MB, in UTF-8.

    Returns
    -------
    dict
        Text, numbers, booleans, None, lists and mappings; a date becomes ISO text.

    Raises
    ------
    ReportError
        If the file is not there, too large or not UTF-8; if it uses a tag, an anchor, an
        alias, a directive, or the same key twice; if it is not YAML or not one mapping.
    """
    text = _read_text(path)
    try:
        _refuse_tricks(text, path)
        loaded = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ReportError(f"{path}, line {line}: {error.problem}.") from None
    except (YAMLError, ValueError, OverflowError) as error:
        first = (str(error).splitlines() or [""])[0]
        raise ReportError(f"{path} is not YAML: {first}.") from None
    if not isinstance(loaded, dict):
        came = "nothing" if loaded is None else f"a {type(loaded).__name__}"
        raise ReportError(
            f"{path} holds {came}; a report file is lines of `key: value`, such as "
            "`corpus: Speeches`."
        )
    plain: dict[str, Any] = _plain(loaded)
    return plain


def read_scalar(text: str) -> str | int | float | bool | None:
    """Read one value as YAML 1.2 would, for values given on the command line.

    Parameters
    ----------
    text : str
        One scalar. Anything else, such as a list, stays the text it is.

    Returns
    -------
    str, int, float, bool or None

    Examples
    --------
    >>> [read_scalar(text) for text in ("12", "true", "NO", "[a]", '"007"', "")]
    [12, True, 'NO', '[a]', '007', None]
    """
    try:
        value = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        return text
    return value if value is None or isinstance(value, (str, int, float, bool)) else text


def _read_text(path: Path) -> str:
    if not path.is_file():
        folder = path.parent
        others = [p.name for p in folder.glob("*.y*ml")] if folder.is_dir() else []
        hint = f" {nearest(path.name, others)}" if others else ""
        what = "is not a regular file" if path.exists() else "does not exist"
        raise ReportError(f"the report file {path} {what}.{_sentence(hint)}")
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ReportError(f"{path} is larger than 1 MB; a report file has a few lines.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8.") from None


def _sentence(hint: str) -> str:
    return hint[:2].upper() + hint[2:]


def _refuse_tricks(text: str, path: Path) -> None:
    """Walk the events, which costs no memory, before anything is built."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = event.start_mark.line + 1
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise ReportError(f"{path}, line {line}: anchors (&) and aliases (*) are not read.")
        if getattr(event, "tag", None):
            raise ReportError(f"{path}, line {line}: tags (!) are not read.")
        if getattr(event, "version", None) or getattr(event, "tags", None):
            raise ReportError(f"{path}, line {line}: directives (%) are not read.")
        if depth > MAX_DEPTH:
            raise ReportError(f"{path}, line {line}: nested more than {MAX_DEPTH} deep.")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        keys = [key if isinstance(key, str) else json.dumps(key, default=str) for key in value]
        return {key: _plain(item) for key, item in zip(keys, value.values(), strict=True)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
