"""Tables set with tabs: rows one below the other with as many cells."""

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"[-+−]?[\d.,]*\d ?%?")
MIN_ROWS, MANY_ROWS = 2, 3


def table_tabs(text: str) -> Iterator[int]:
    r"""Find the tabs that part the cells of a table; others are blanks.

    Examples
    --------
    >>> list(table_tabs("Year\tTonnes\n2018\t400")), list(table_tabs("It\tis\nso\tnow"))
    ([4, 16], [])
    """
    run: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        n_tabs = line.count("\t")
        if run and n_tabs != run[0][1].count("\t"):
            yield from _tabs(run)
            run = []
        if n_tabs and all(cell and not cell.isspace() for cell in line.split("\t")):
            run.append((at, line))
        elif run:
            yield from _tabs(run)
            run = []
        at += len(line) + 1


def _tabs(run: list[tuple[int, str]]) -> Iterator[int]:
    """Give the tabs of a run of lines if it has many rows, or the figures of a table."""
    figures = sum(
        any(_FIGURE.fullmatch(cell.strip()) for cell in row.split("\t")) for _, row in run
    )
    if len(run) >= MANY_ROWS or (len(run) >= MIN_ROWS and 2 * figures >= len(run)):
        for start, row in run:
            yield from (start + at for at, sign in enumerate(row) if sign == "\t")
