"""The rows of a table, held back until one of them shows that it is a table of documents."""

from collections.abc import Iterator

from watchwords.errors import SchemaError
from watchwords.read.outcomes import Outcome, Rejected


def hold_back(found: Iterator[tuple[Outcome, SchemaError | None]]) -> Iterator[Outcome]:
    """Pass rows on from the first that has the columns of a document; fail if none has.

    Parameters
    ----------
    found : iterator of (Outcome, SchemaError or None)
        What became of each row (or sheet), and the error if its columns were the fault.

    Yields
    ------
    Source or Rejection

    Raises
    ------
    SchemaError
        The first, if every row has one: the mistake is in the table, not in its rows.
    Rejected
        no_text if there is no row.

    Examples
    --------
    >>> list(hold_back(iter([])))
    Traceback (most recent call last):
    watchwords.read.outcomes.Rejected: no_text: no rows
    """
    held: list[Outcome] = []
    faults: list[SchemaError] = []
    fits = False
    for outcome, fault in found:
        held.append(outcome)
        faults.extend([fault] if fault is not None else [])
        fits = fits or fault is None
        if fits:
            yield from held
            held = []
    if not fits and faults:
        raise faults[0]
    if not fits:
        raise Rejected("no_text", "no rows")
