"""Errors with an exit code each, and the words they are made of.

A message names the argument, what came, what is allowed and the way out: it is read by an
analyst in a notebook or in a cron mail, not by its author.
"""

from collections.abc import Iterable
from difflib import get_close_matches

_LISTED = 8


class WatchwordsError(Exception):
    """Something in the input or the request prevents a result; the message says what to do."""

    exit_code = 2


class SchemaError(WatchwordsError):
    """A table lacks a column, has a wrong type, or repeats a key."""


class ReportError(WatchwordsError):
    """A report file, a parameter or a path is wrong: nothing was published."""


class TooFewDocumentsError(WatchwordsError):
    """There are too few documents for what was asked; the message is the sentence to print."""

    exit_code = 3


class EmptyCorpusError(WatchwordsError):
    """No document could be read, or a gate closed: nothing is published."""

    exit_code = 3


class CellError(WatchwordsError):
    """A notebook cell raised, or a notebook did not run to its end."""

    exit_code = 4


class RunTimeoutError(WatchwordsError):
    """A cell or the whole run took longer than its limit."""

    exit_code = 5


class KernelError(WatchwordsError):
    """A notebook's kernel died."""

    exit_code = 6


class StorageError(WatchwordsError):
    """The disk is full, read-only or failing; the last good report is untouched."""

    exit_code = 7


class LockedError(WatchwordsError):
    """Another run of the same report is under way."""

    exit_code = 75


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Word the valid choices, the most similar one first if there is one.

    Parameters
    ----------
    word : str
        What came.
    allowed : iterable of str
        What is allowed.

    Returns
    -------
    str
        A half sentence for the end of an error message; it lists at most eight choices.

    Examples
    --------
    >>> nearest("freqency", ["frequency", "title"])
    'did you mean `frequency`?'
    >>> nearest("zzz", ["frequency", "title"])
    'allowed are: `frequency`, `title`.'
    >>> nearest("zzz", "abcdefghij")
    'allowed are: `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` … and 2 more.'
    """
    choices = sorted(allowed)
    close = get_close_matches(word, choices, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    listed = ", ".join(f"`{choice}`" for choice in choices[:_LISTED])
    rest = len(choices) - _LISTED
    return f"allowed are: {listed}" + (f" … and {rest} more." if rest > 0 else ".")
