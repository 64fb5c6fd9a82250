"""What a library raises over a broken file, as a verdict on that file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from watchwords.read.outcomes import Rejected

MAX_DETAIL = 200
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}|\b\d{12,}\b")


@contextmanager
def blaming_the_file(kind: str) -> Iterator[None]:
    """Turn whatever a parser raises into a rejection of the file it was given.

    Parsers of untrusted formats raise bare TypeError, KeyError, RecursionError and worse over
    bytes that nobody foresaw. Those are faults of the file, and must not stop the others.

    Parameters
    ----------
    kind : str
        What the file claims to be, for the detail.

    Raises
    ------
    Rejected
        memory, nesting or malformed; a rejection raised inside goes through as it is.

    Examples
    --------
    >>> with blaming_the_file("PDF"):
    ...     raise TypeError("no pages")
    Traceback (most recent call last):
    watchwords.read.outcomes.Rejected: malformed: no readable PDF (TypeError: no pages)
    """
    try:
        yield
    except Rejected:
        raise
    except MemoryError:
        raise Rejected("memory", f"the {kind} needs more memory than a document may") from None
    except RecursionError:
        raise Rejected("nesting", f"the {kind} is nested too deeply") from None
    except Exception as error:
        if "Excessive depth" in str(error):
            raise Rejected("nesting", f"the {kind} is nested too deeply") from None
        raise Rejected("malformed", f"no readable {kind} ({describe(error)})") from None


def check_filled(data: bytes) -> None:
    """Reject a file of no bytes as empty, which no parser calls it."""
    if not data:
        raise Rejected("empty", "0 bytes")


def describe(error: Exception) -> str:
    """Name an error in one short line that can be printed and is the same in every run."""
    words = _ADDRESS.sub("…", " ".join(str(error).split())[:MAX_DETAIL])
    printable = "".join(sign if sign.isprintable() else "?" for sign in words)
    return f"{type(error).__name__}: {printable}" if printable else type(error).__name__
