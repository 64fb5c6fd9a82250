"""Bytes to text: byte order mark, strict UTF-8, then a guess that is recorded."""

import codecs
import logging
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from typing import TextIO

from watchwords.read.outcomes import Rejected

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ["gb18030", "big5", "cp1252", "cp1251", "shift_jis", "cp949", "utf_16_le", "utf_16_be"]
_SAMPLE_BYTES = 200_000
_WHOLE_BYTES = 4_000_000
_PIECE_BYTES = 1_000_000


@dataclass(frozen=True)
class Decoded:
    """A text, and the encoding it was guessed to be in ("" when it is certain)."""

    text: str
    guessed: str = ""


def decode(data: bytes) -> Decoded:
    r"""Decode the bytes of a file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Decoded

    Raises
    ------
    Rejected
        ``encoding`` if no encoding fits, or the text holds NUL characters.

    Examples
    --------
    >>> decode("caf\u00e9".encode()).text
    'café'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if "\0" in text:
        return _zero_bytes(data)
    return Decoded(text)


def open_lines(data: bytes) -> tuple[TextIO, str]:
    """Open the bytes of a table as text, without decoding a large one at once.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    file : text file
        Line ends as they are.
    guessed : str
        The encoding it was guessed to be in, "" when it is certain.

    Raises
    ------
    Rejected
        As for `decode`.
    """
    if len(data) <= _WHOLE_BYTES:
        decoded = decode(data)
        return StringIO(decoded.text, newline=""), decoded.guessed
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    guessed = "" if name or _fits(data, "utf-8") else decode(_whole_lines(data)).guessed
    encoding = name or guessed or "utf-8"
    if not _fits(data, encoding):
        raise Rejected("encoding", f"taken for {encoding}, but not all of it is, or it holds NUL")
    return TextIOWrapper(BytesIO(data), encoding=encoding, newline=""), guessed


def _whole_lines(data: bytes) -> bytes:
    sample = data[:_SAMPLE_BYTES]
    return sample[: sample.rfind(b"\n") + 1] or sample


def _fits(data: bytes, name: str) -> bool:
    """Say whether bytes can be decoded, piece by piece, and hold no NUL characters."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for start in range(0, len(data), _PIECE_BYTES):
            end = start + _PIECE_BYTES
            if "\0" in decoder.decode(data[start:end], final=end >= len(data)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise Rejected("encoding", f"marked as {name}, but byte {error.start} is not") from None
    if "\0" in text:
        raise Rejected("encoding", "holds NUL characters")
    return text


def _zero_bytes(data: bytes) -> Decoded:
    """Take text with a zero in every second byte for UTF-16 without a mark."""
    for name, zeros in (("utf_16_le", data[1::2]), ("utf_16_be", data[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.8 * len(zeros):
            return Decoded(_strictly(data, name), name)
    raise Rejected("encoding", "holds NUL characters")


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_GUESSES).best()
    if best is None:
        raise Rejected("encoding", "neither UTF-8 nor any encoding that is tried")
    text = _strictly(data, best.encoding)
    if "\0" in text or (not text.isprintable() and _odd_share(text) > 0.02):
        raise Rejected("encoding", f"guessed {best.encoding}, but much of it is no text")
    return Decoded(text, best.encoding)


def _odd_share(text: str) -> float:
    odd = sum(not (sign.isprintable() or sign in "\t\n\r\f　") for sign in text)
    return odd / max(1, len(text))
