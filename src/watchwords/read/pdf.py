"""PDF files: the text of their pages without what repeats on every page."""

import hashlib
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from watchwords.read.outcomes import Rejected, Source
from watchwords.read.parser_faults import blaming_the_file
from watchwords.read.pdf_furniture import drop_page_furniture
from watchwords.read.text import MAX_CHARACTERS, check_text

MAX_PAGES = 5_000
_HEAD = 1024


def read_pdf(path: str, data: bytes) -> Source:
    """Read a .pdf file.

    Lines that a page broke are joined to paragraphs; running heads, feet and page numbers are
    dropped and named in the notes. A page without letters (a picture) is empty.

    Parameters
    ----------
    path : str
        Relative path, for the record.
    data : bytes
        The file.

    Returns
    -------
    Source
        ``fields`` hold what the file says of itself: ``file_title``, ``file_author``,
        ``file_created``. The last is the day the file was made, not the day of publication.

    Raises
    ------
    Rejected
        mismatch, encrypted, bomb, nesting, malformed, memory, too_large or no_text.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise Rejected("mismatch", "named like a PDF, but it does not begin like one")
    with blaming_the_file("PDF"), _quiet(), _limits():
        reader = _open(data)
        pages = _pages(reader)
        fields = _properties(reader)
    kept, dropped = drop_page_furniture(pages)
    text = "\n".join(kept)
    if not any(map(str.isalnum, text)):
        raise Rejected("no_text", f"{len(pages)} pages without text: pictures of a text?")
    notes = (("furniture", "; ".join(dict.fromkeys(dropped))),) if dropped else ()
    return Source(path, check_text(text), hashlib.sha256(data).hexdigest(), fields, notes)


def _open(data: bytes) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Rejected("encrypted", "needs a password; save it without one")
    return reader


def _pages(reader: Any) -> list[str]:
    pages: list[str] = []
    characters = 0
    if len(reader.pages) > MAX_PAGES:
        raise Rejected("too_large", f"{len(reader.pages):,} pages; at most {MAX_PAGES:,} are read")
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        if characters > MAX_CHARACTERS:
            raise Rejected("too_large", f"more than {MAX_CHARACTERS:,} characters")
        pages.append(text)
    return pages


def _properties(reader: Any) -> dict[str, str]:
    try:
        found = reader.metadata or {}
        fields = {"file_title": str(found.title or ""), "file_author": str(found.author or "")}
        created = found.creation_date
        fields["file_created"] = created.date().isoformat() if created else ""
    except Exception:
        return {}
    return {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}


@contextmanager
def _limits() -> Iterator[None]:
    """Tell a stream that swells beyond the library's limits apart from a broken file."""
    from pypdf.errors import LimitReachedError

    try:
        yield
    except LimitReachedError as error:
        raise Rejected("bomb", str(error)) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library says about broken files out of the run's own words."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logger.setLevel(level)
