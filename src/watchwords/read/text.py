"""Plain text and Markdown with optional YAML front matter."""

import hashlib
import re
from io import StringIO

from watchwords.read.columns import RULE, map_columns
from watchwords.read.encodings import decode
from watchwords.read.limits import MAX_CHARACTERS
from watchwords.read.outcomes import Rejected, Source

MAX_FRONT_MATTER = 16_000
LEFT_IN = "front_matter"
"""The code of the note on front matter that stays text."""

_PLAIN_LINE = re.compile(r"([A-Za-z][\w-]*): +([\w./][^:#\\]*(?<! ))")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_text(path: str, data: bytes) -> Source:
    """Read a .txt file: the whole of it is the text.

    Parameters
    ----------
    path : str
        Relative path, for the record.
    data : bytes
        The file.

    Returns
    -------
    Source

    Raises
    ------
    Rejected
        encoding, no_text or too_large.
    """
    decoded = decode(data)
    text = check_text(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    notes = (("encoding_guessed", decoded.guessed),) if decoded.guessed else ()
    return Source(path, text, hashlib.sha256(data).hexdigest(), notes=notes)


def read_markdown(path: str, data: bytes) -> Source:
    """Read a .md file: front matter gives columns, the rest is the text, its marks kept.

    Every value of the front matter is taken as it is written ("NO" stays "NO"); lists of words
    are joined by "; ", nested values are left out. Front matter that is no YAML stays text.

    Parameters
    ----------
    path : str
        Relative path, for the record.
    data : bytes
        The file.

    Returns
    -------
    Source

    Raises
    ------
    Rejected
        encoding, no_text or too_large.
    """
    whole = read_text(path, data)
    match = _FRONT_MATTER.match(whole.text)
    if match is None:
        return whole
    values = _front_matter(match[1])
    if values is None:
        flaw = "it is no YAML and was left in the text; title and date were looked for below it"
        notes = (*whole.notes, (LEFT_IN, flaw))
        return Source(path, whole.text, whole.sha256, notes=notes)
    text = check_text(whole.text[match.end() :].lstrip("\n"))
    return Source(path, text, whole.sha256, _rename(values), whole.notes)


def below_front_matter(source: Source) -> str:
    """Give the text without the front matter that was left in it, where titles and dates stand."""
    if not any(code == LEFT_IN for code, _ in source.notes):
        return source.text
    return _FRONT_MATTER.sub("", source.text, count=1).lstrip("\n")


def check_text(text: str) -> str:
    """Check that a text has letters or digits, no lone surrogates, and a bearable length.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        `text` itself.

    Raises
    ------
    Rejected
        no_text, encoding or too_large.
    """
    if len(text) > MAX_CHARACTERS:
        raise Rejected(
            "too_large", f"{len(text):,} characters; at most {MAX_CHARACTERS:,} are one document"
        )
    if not any(map(str.isalnum, text)):
        raise Rejected("no_text", "no letter and no digit")
    if "\0" in text:
        raise Rejected("encoding", "holds NUL characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Rejected("encoding", f"half a character (surrogate) at {error.start}") from None
    return text


def _front_matter(block: str) -> dict[str, str] | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(block) > MAX_FRONT_MATTER:
        return None
    plain = [_PLAIN_LINE.fullmatch(line) for line in block.split("\n")]
    values = {match[1]: match[2] for match in plain if match}
    if len(values) == len(plain):
        # What most front matter is; the YAML parser takes a hundred times as long over it.
        return values
    try:
        loaded = YAML(typ="base", pure=True).load(StringIO(block))
    except (YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    values = {}
    for key, value in loaded.items():
        if isinstance(key, str) and isinstance(value, str):
            values[key.strip()] = "" if value == "~" else value
        elif isinstance(key, str) and isinstance(value, list):
            values[key.strip()] = "; ".join(item for item in value if isinstance(item, str))
    return values


def _rename(values: dict[str, str]) -> dict[str, str]:
    """Give front matter our names by the rule of the columns; the text is the body itself."""
    keys = [key for key in values if key.lower() not in RULE["text"]]
    ours = map_columns([*keys, "text"], {})
    return {ours[key]: values[key] for key in keys}
