"""Web pages: the main text and what the page says of itself."""

import hashlib
import logging

from watchwords.read.encodings import decode
from watchwords.read.outcomes import Rejected, Source
from watchwords.read.parser_faults import blaming_the_file
from watchwords.read.text import check_text


def read_html(path: str, data: bytes) -> Source:
    """Read a web page."""
    decoded = decode(data)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    import trafilatura

    with blaming_the_file("HTML"):
        text = trafilatura.extract(decoded.text, include_comments=False) or ""
    if not text:
        raise Rejected("no_text", "no main text")
    notes = (("encoding_guessed", decoded.guessed),) if decoded.guessed else ()
    return Source(path, check_text(text), hashlib.sha256(data).hexdigest(), notes=notes)
