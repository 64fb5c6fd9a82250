"""PDF files: the text of their pages without what repeats on every page."""

import hashlib
import logging
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from watchwords.read.file_properties import check_properties
from watchwords.read.limits import MAX_CHARACTERS
from watchwords.read.outcomes import Rejected, Source
from watchwords.read.parser_faults import blaming_the_file, check_filled, describe
from watchwords.read.pdf_furniture import drop_page_furniture
from watchwords.read.pdf_paragraphs import join_paragraphs
from watchwords.read.text import check_text

MAX_PAGES = 5_000
MAX_SHOWN = 20
MAX_HEADS = 4
MAX_ODD = 0.3
LARGE = 1.15
_HEAD = 1024
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_LETTERS = re.compile(r"[\x80-\x9f\ue000-\uf8ff\ufffd]|/(?:g|G|c|cid|C)\d{1,5}(?=/|\b)")


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
        ``page_lines`` are the lines that were dropped, "times<tab>line" each; ``page_heads`` the
        running heads among them, as first printed, where a date may stand.

    Raises
    ------
    Rejected
        mismatch, encrypted, bomb, nesting, malformed, memory, too_large or no_text.
    """
    check_filled(data)
    if b"%PDF-" not in data[:_HEAD]:
        raise Rejected("mismatch", "named like a PDF, but it does not begin like one")
    with blaming_the_file("PDF"), _quiet(), _limits():
        reader = _open(data)
        titles, pages, notes = _pages(reader)
        fields = _properties(reader, "".join(pages[:1]))
    paged = drop_page_furniture(pages, titles=titles)
    text = join_paragraphs(paged.kept)
    _check_letters(text, len(pages))
    if dropped := paged.dropped:
        shown = "; ".join(list(dict.fromkeys(dropped))[:MAX_SHOWN])
        notes.append(("furniture", f"{len(dropped)} lines that repeat on the pages: {shown}"))
        fields["page_lines"] = _count_lines(dropped)
    if paged.heads:
        fields["page_heads"] = "\n".join(paged.heads[:MAX_HEADS])
    digest = hashlib.sha256(data).hexdigest()
    return Source(path, check_text(text), digest, fields, tuple(notes))


def _count_lines(dropped: Sequence[str]) -> str:
    """Write how often each line was dropped, numbers aside: its number of times, tab, line."""
    first: dict[str, str] = {}
    keys = [re.sub(r"\d+", "0", line) for line in dropped]
    for key, line in zip(keys, dropped, strict=True):
        first.setdefault(key, line)
    return "\n".join(f"{n}\t{first[key]}" for key, n in Counter(keys).items())


def _open(data: bytes) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Rejected("encrypted", "needs a password; save it without one")
    return reader


def _pages(reader: Any) -> tuple[frozenset[str], list[str], list[tuple[str, str]]]:
    """Read every page; one that cannot be read is named, and the others kept."""
    n_pages = len(reader.pages)
    if n_pages > MAX_PAGES:
        raise Rejected("too_large", f"{n_pages:,} pages; at most {MAX_PAGES:,} are read")
    pages: list[str] = []
    faults: list[Rejected] = []
    sizes: list[tuple[str, float]] = []
    for number in range(n_pages):
        try:
            with blaming_the_file("page"), _limits():
                page = reader.pages[number]
                visit = None if number else _collector(sizes)
                pages.append(_UNSEEN.sub("", page.extract_text(visitor_text=visit)))
        except Rejected as fault:
            if fault.reason not in {"malformed", "nesting"}:
                raise
            faults.append(Rejected(fault.reason, f"page {number + 1}: {fault.detail}"))
            pages.append("")
        if sum(map(len, pages[-1:])) > MAX_CHARACTERS:
            raise Rejected("too_large", f"more than {MAX_CHARACTERS:,} characters on a page")
    if faults and len(faults) == n_pages:
        raise faults[0]
    return large_lines(sizes), pages, [("page", fault.detail) for fault in faults]


def _collector(sizes: list[tuple[str, float]]) -> Callable[..., None]:
    def visit(*piece: Any) -> None:
        text, matrix, text_matrix, _, size = piece
        scale = max(abs(text_matrix[3] * matrix[3]), abs(text_matrix[1] * matrix[1]))
        sizes.append((text, float(size) * float(scale)))

    return visit


def large_lines(sizes: Sequence[tuple[str, float]]) -> frozenset[str]:
    r"""Pick the lines set in larger type than most of a page: its titles.

    Parameters
    ----------
    sizes : sequence of (str, float)
        Pieces of text and their size, in order.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(large_lines([("Work Report\n", 18.0), ("The council met and rose.", 11.0)]))
    ['Work Report']
    """
    weight: Counter[float] = Counter()
    for text, size in sizes:
        weight[round(size, 1)] += len(text.strip())
    usual = weight.most_common(1)[0][0] if weight else 0.0
    large = "".join(text if size > LARGE * usual else "\n" for text, size in sizes)
    return frozenset(line.strip() for line in large.split("\n") if line.strip())


def _check_letters(text: str, n_pages: int) -> None:
    if not any(map(str.isalnum, text)):
        raise Rejected("no_text", f"{n_pages} pages without text: pictures of a text?")
    odd = len(_NO_LETTERS.findall(text))
    if odd > MAX_ODD * len("".join(text.split())):
        raise Rejected("encoding", "its fonts do not say which letters they draw")


def _properties(reader: Any, opening: str) -> dict[str, str]:
    """Read what the file says of itself; its title is the title if the first page prints it."""
    try:
        found: Any = reader.metadata or {}
        fields = {"file_title": str(found.title or ""), "file_author": str(found.author or "")}
        created = found.creation_date
        fields["file_created"] = created.date().isoformat() if created else ""
    except Exception:
        return {}
    return check_properties(fields, opening)


@contextmanager
def _limits() -> Iterator[None]:
    """Tell a stream that swells beyond the library's limits apart from a broken file."""
    from pypdf.errors import LimitReachedError

    try:
        yield
    except LimitReachedError as error:
        swells = re.search("decompress|decoding", str(error)) is not None
        raise Rejected("bomb" if swells else "malformed", describe(error)) from None


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
