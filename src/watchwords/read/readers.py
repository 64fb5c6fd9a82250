"""Which reader a file goes to: its ending and its first bytes decide together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from watchwords.errors import SchemaError
from watchwords.read.limits import MAX_ARCHIVE_BYTES, MAX_FILE_BYTES, MAX_TABLE_BYTES
from watchwords.read.outcomes import Outcome, Rejected
from watchwords.read.parser_faults import describe

Kind = Literal["document", "table", "archive"]
_LIMITS: dict[Kind, int] = {
    "document": MAX_FILE_BYTES,
    "table": MAX_TABLE_BYTES,
    "archive": MAX_ARCHIVE_BYTES,
}


@dataclass(frozen=True)
class Format:
    """How files of an ending are read.

    Attributes
    ----------
    kind : {"document", "table", "archive"}
        One document, one document a row, or files in a file.
    module : str
        Where the reader ``read_<module>`` is; "" for archives.
    function : str
        The reader, loaded when first used.
    content : str
        What the first bytes must be: a word of `find_content`, or "" for text.
    trusted : bool
        Parsed by plain Python code whose time and memory follow the size of the file.
    """

    kind: Kind
    module: str
    function: str
    content: str = ""
    trusted: bool = False

    @property
    def limit(self) -> int:
        """Bytes that a file of this format may have."""
        return _LIMITS[self.kind]


_WEB_PAGE = Format("document", "html", "read_html", "html")
FORMATS: dict[str, Format] = {
    ".txt": Format("document", "text", "read_text", trusted=True),
    ".md": Format("document", "text", "read_markdown", trusted=True),
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".shtml": _WEB_PAGE,
    ".pdf": Format("document", "pdf", "read_pdf", "pdf"),
    ".docx": Format("document", "docx", "read_docx", "zip"),
    ".csv": Format("table", "delimited", "read_delimited", trusted=True),
    ".tsv": Format("table", "delimited", "read_delimited", trusted=True),
    ".jsonl": Format("table", "jsonl", "read_jsonl", trusted=True),
    ".json": Format("table", "json", "read_json"),
    ".parquet": Format("table", "parquet", "read_parquet", "parquet"),
    ".xlsx": Format("table", "xlsx", "read_xlsx", "zip"),
    ".zip": Format("archive", "archives", "", "zip"),
    ".gz": Format("archive", "archives", "", "gzip"),
}
READABLE = tuple(FORMATS)

_SIGNS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
)
_WORDS = {
    "pdf": "a PDF",
    "zip": "a zip archive or an office file",
    "gzip": "gzip data",
    "parquet": "a Parquet table",
    "office": "an old Office file (.doc, .xls)",
    "picture": "a picture",
    "rtf": "a rich text file",
    "program": "a program",
    "html": "a web page",
    "": "text or unknown data",
}
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def format_of(name: str) -> Format | None:
    """Tell the format of a file by its ending, whatever the case; None if it is not read."""
    return FORMATS.get(_ending(name))


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return (dot + ending).lower() if stem and not stem.endswith("/") else ""


def find_content(data: bytes) -> str:
    """Tell from its first bytes what a file holds.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str
        "pdf", "zip", "gzip", "parquet", "html", "office", "picture", "rtf", "program", or "" for
        text and for what is not known.

    Examples
    --------
    >>> find_content(b"%PDF-1.7 ..."), find_content(b"  <!DOCTYPE html><p>"), find_content(b"Text")
    ('pdf', 'html', '')
    """
    for sign, content in _SIGNS:
        if data.startswith(sign):
            return content
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html")) else ""


def check_content(name: str, data: bytes, content: str) -> None:
    """Check that a file holds what its ending says.

    Parameters
    ----------
    name : str
    data : bytes
    content : str
        What its format expects.

    Raises
    ------
    Rejected
        mismatch if it holds something else, encrypted for a locked office file.
    """
    found = find_content(data)
    unknown = found == "" and (content != "pdf" or b"%PDF-" in data[:1024])
    if found == content or unknown:
        return
    ending = _ending(name)
    if found == "office" and ending in {".docx", ".xlsx"} and _ENCRYPTED_OFFICE in data:
        raise Rejected("encrypted", "the file is locked with a password")
    raise Rejected("mismatch", f"it ends in {ending} but holds {_WORDS[found]}")


def read_data(name: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read the bytes of a document or a table.

    Parameters
    ----------
    name : str
        Relative path; its ending is one of `READABLE` and no archive's.
    data : bytes
        The file.
    columns : mapping
        Our column to the name in a table, where the rule is overruled.

    Yields
    ------
    Source or Rejection

    Raises
    ------
    Rejected
        If the whole file is no document, whatever its parser thinks of it.
    SchemaError
        If it is a table without a column of texts.
    """
    found = format_of(name)
    if found is None:
        raise Rejected("unsupported", f"read are {' '.join(READABLE)}")
    check_content(name, data, found.content)
    reader: Callable[..., Any] = getattr(
        import_module(f"watchwords.read.{found.module}"), found.function
    )
    try:
        if found.kind == "document":
            yield reader(name, data)
        else:
            yield from reader(name, data, columns)
    except (Rejected, SchemaError, MemoryError):
        raise
    except RecursionError:
        raise Rejected("nesting", "nested too deeply") from None
    except Exception as error:
        # Whatever a parser of other people's files raises is a fault of the file.
        raise Rejected("malformed", describe(error)) from None
