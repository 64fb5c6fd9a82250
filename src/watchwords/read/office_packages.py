"""Office files (.docx, .xlsx) are zip files of XML parts: checked before a library opens them."""

import re
import zipfile
from io import BytesIO

import numpy as np

from watchwords.read.limits import (
    MAX_INFLATED_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_XML_DEPTH,
    RATIO_FROM,
)
from watchwords.read.outcomes import Rejected
from watchwords.read.parser_faults import blaming_the_file, check_filled

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES = tuple(
    word.encode(name)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for name in ("utf-8", "utf-16-le", "utf-16-be")
)
_ENCODING = re.compile(rb"""\A[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)["']""")
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})
_BLANKS = b" \t\r\n"
_READ = re.compile(
    r"(?i)\.rels$|^\[content_types\]\.xml$|^word/(?:document|footnotes|endnotes)[^/]*\.xml$"
    r"|^xl/(?:workbook|sharedstrings|styles|worksheets/[^/]+)\.xml$"
)
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<")


def check_package(data: bytes, kind: str) -> None:
    """Check an Office file before it is parsed: its size inside, its XML, its nesting.

    Parameters
    ----------
    data : bytes
        The file.
    kind : str
        "DOCX" or "XLSX", for the detail.

    Raises
    ------
    Rejected
        mismatch: it is no zip file; encrypted; bomb: it swells beyond 200 MB, 2,000 parts or a
        hundred times its size; xml_dtd: a part declares a document type, which may read other
        files or grow without end; nesting; malformed.
    """
    check_filled(data)
    if data.startswith(_OLE):
        raise _old_format(data, kind)
    if not data.startswith(b"PK"):
        raise Rejected("mismatch", f"named like a {kind}, but it is no zip file")
    with blaming_the_file(kind), zipfile.ZipFile(BytesIO(data)) as package:
        members = package.infolist()
        check_sizes(members)
        for member in members:
            if not member.is_dir():
                _check_part(member.filename, package.read(member), kind)


def check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Check the sizes that a zip file declares; more than declared is never inflated.

    Parameters
    ----------
    members : list of zipfile.ZipInfo

    Raises
    ------
    Rejected
        bomb, encrypted or malformed.
    """
    if len(members) > MAX_MEMBERS:
        raise Rejected("bomb", f"{len(members):,} parts; at most {MAX_MEMBERS:,} are read")
    inflated = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if inflated > MAX_INFLATED_BYTES:
        raise Rejected(
            "bomb", f"{inflated:,} bytes inflated; at most {MAX_INFLATED_BYTES:,} are read"
        )
    if inflated > RATIO_FROM and inflated > MAX_RATIO * packed:
        raise Rejected("bomb", f"inflates {inflated // max(1, packed)} times; at most {MAX_RATIO}")
    for member in members:
        if member.flag_bits & 0x1:
            raise Rejected("encrypted", f"{member.filename!r} needs a password")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Rejected("malformed", "packed in a way Office files are not")


def _check_part(name: str, data: bytes, kind: str) -> None:
    """Check a part for document types, and one that is read for its nesting and encoding too."""
    is_xml = data[:200].lstrip(_BLANKS).startswith(_XML_STARTS)
    marked = is_xml and (b"<!" in data or b"\0" in data[:4])
    if marked and any(word in data for word in _DOCTYPES):
        raise Rejected("xml_dtd", f"{name!r} declares a document type (DTD), never followed")
    if not _READ.search(name):
        return
    if not is_xml:
        raise Rejected("malformed", f"{name!r} in the {kind} is no XML")
    declared = _ENCODING.match(data[:200].replace(b"\0", b""))
    if declared and declared[1].decode().lower() not in _ENCODINGS:
        raise Rejected("malformed", f"{name!r} is in {declared[1].decode()}, not Unicode")
    if _deepest(data) > MAX_XML_DEPTH:
        _check_depth(name, data)


def _deepest(data: bytes) -> int:
    """Bound from above how deep the elements of a part are nested, without parsing it."""
    signs = np.frombuffer(data, dtype=np.uint8)
    here, following = signs[:-1], signs[1:]
    at = np.flatnonzero((here == ord("<")) | ((here == ord("/")) & (following == ord(">"))))
    ends = (here[at] == ord("/")) | (following[at] == ord("/"))
    neither = (following[at] == ord("!")) | (following[at] == ord("?"))
    steps = np.where(ends, -1, np.where(neither, 0, 1))
    return int(np.cumsum(steps).max(initial=0))


def _check_depth(name: str, data: bytes) -> None:
    """Parse a part that may be nested too deeply; the parser itself stops at 256 levels."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    root = etree.fromstring(data, parser)
    if root.xpath("boolean(/*" + "/*" * MAX_XML_DEPTH + ")"):
        raise Rejected("nesting", f"{name!r} is nested more than {MAX_XML_DEPTH} levels deep")


def _old_format(data: bytes, kind: str) -> Rejected:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Rejected("encrypted", f"the {kind} needs a password; save it without one")
    return Rejected(
        "mismatch", f"named like a {kind}, but in the old binary format; save it as .{kind.lower()}"
    )
