"""Files in a .zip or .gz file, unpacked in memory one after the other, never onto the disk."""

import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from watchwords.read.folders import escape_name
from watchwords.read.limits import MAX_INFLATED_BYTES, MAX_MEMBERS, MAX_RATIO, RATIO_FROM
from watchwords.read.outcomes import Rejected

_PIECE = 1 << 16
_IS_UTF8 = 0x800
_IS_LOCKED = 0x1


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes
    ----------
    path : str
        "archive.zip/inner/name.txt", unprintable characters escaped; unique in the archive.
    load : callable
        Takes the bytes it may have and gives its content, or raises `Rejected`.
    """

    path: str
    load: Callable[[int], bytes]


def list_members(name: str, data: bytes) -> Iterator[Member]:
    """List the files in an archive without unpacking them.

    Folders and hidden names (and "__MACOSX") are left out, as on disk. Loading a file whose name
    leads out of the archive, a link or a locked file raises, and so does what swells beyond the
    limits.

    Parameters
    ----------
    name : str
        Relative path of the archive; a .gz file holds one file, a .zip file many.
    data : bytes
        The archive.

    Yields
    ------
    Member

    Raises
    ------
    Rejected
        malformed or bomb: the whole archive.
    """
    if name.lower().endswith(".gz"):
        yield Member(f"{name}/{PurePosixPath(name).name[:-3]}", partial(_gunzip, data))
        return
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError) as error:
        raise Rejected("malformed", f"no readable archive ({error})") from None
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        flaw = f"{len(infos):,} files in an archive; at most {MAX_MEMBERS:,} are read: unpack it"
        raise Rejected("bomb", flaw)
    paths: set[str] = set()
    left = MAX_INFLATED_BYTES
    for info in infos:
        inner = _name_of(info)
        if info.is_dir() or _is_hidden(inner):
            continue
        path = f"{name}/{escape_name(inner)}"
        fault = _find_flaw(info, inner)
        if path in paths:
            fault = Rejected("malformed", f"the name {escape_name(inner)} occurs twice")
            path = f"{path} ({len(paths)})"
        paths.add(path)
        yield Member(path, partial(_load, archive, info, fault=fault, left=left))
        left -= min(left, info.file_size)


def _name_of(info: ZipInfo) -> str:
    """Read a name as UTF-8 or GB18030 where the archive does not say what it is."""
    name = info.filename
    if info.flag_bits & _IS_UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_hidden(inner: str) -> bool:
    parts = inner.split("/")
    return any(
        (part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in parts
    )


def _find_flaw(info: ZipInfo, inner: str) -> Rejected | None:
    if escape_name(inner) != inner:
        return Rejected("bad_name", "the name holds control characters")
    parts = inner.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return Rejected("outside_root", "the name leads out of the archive")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return Rejected("not_regular", "a link or device, never followed")
    if info.flag_bits & _IS_LOCKED:
        return Rejected("encrypted", "the file is locked with a password")
    return None


def _load(
    archive: ZipFile, info: ZipInfo, limit: int, *, fault: Rejected | None, left: int
) -> bytes:
    if fault is not None:
        raise fault
    if info.file_size > left:
        words = f"the archive unpacks to more than {MAX_INFLATED_BYTES:,} bytes: unpack it"
        raise Rejected("bomb", words)
    try:
        with archive.open(info) as file:
            return _inflate(file, info.compress_size, limit=limit)
    except NotImplementedError as error:
        raise Rejected("unsupported", f"its compression is not read ({error})") from None
    except (BadZipFile, ValueError, EOFError, OSError, zlib.error) as error:
        raise Rejected("malformed", f"damaged in the archive ({error})") from None


def _inflate(file: IO[bytes], packed: int, *, limit: int) -> bytes:
    pieces = bytearray()
    while piece := file.read(_PIECE):
        pieces += piece
        _check_size(len(pieces), packed, limit=limit)
    if not pieces:
        raise Rejected("empty", "0 bytes")
    return bytes(pieces)


def _gunzip(data: bytes, limit: int) -> bytes:
    pieces, rest = bytearray(), data
    limit = min(limit, MAX_INFLATED_BYTES)
    try:
        while rest.startswith(b"\x1f\x8b"):
            inflater = zlib.decompressobj(wbits=31)
            feed = rest
            while feed and not inflater.eof:
                pieces += inflater.decompress(feed, _PIECE)
                feed = inflater.unconsumed_tail
                _check_size(len(pieces), len(data), limit=limit)
            if not inflater.eof:
                raise Rejected("malformed", "the gzip data end too early")
            rest = inflater.unused_data
    except zlib.error as error:
        raise Rejected("malformed", f"damaged gzip data ({error})") from None
    if not pieces:
        raise Rejected("empty", "0 bytes")
    return bytes(pieces)


def _check_size(size: int, packed: int, *, limit: int) -> None:
    if size > RATIO_FROM and size > MAX_RATIO * packed:
        raise Rejected("bomb", f"swells to more than {MAX_RATIO} times its packed size")
    if size > limit:
        raise Rejected("too_large", f"more than {limit:,} bytes unpacked")
