"""The way back from a cleaned document to the text as it was extracted."""

from watchwords.clean.cleaned import clean_with_offsets
from watchwords.clean.line_numbers import drop_lines, kept_spans


def find_raw_span(
    raw: str, start: int, end: int, *, lang: str = "en", removed_lines: str = ""
) -> tuple[int, int]:
    """Find where a part of a cleaned document stands in the text as extracted.

    Parameters
    ----------
    raw : str
        The document's ``raw``.
    start, end : int
        Bounds in its ``text``, half open, in code points.
    lang : str, default "en"
        Its ``lang``.
    removed_lines : str, default ""
        Its ``removed_lines``.

    Returns
    -------
    tuple of int
        Bounds in `raw`.

    Raises
    ------
    IndexError
        If the bounds do not lie within the cleaned text in this order.

    Examples
    --------
    >>> raw = chr(10).join(["Home | News", "The “two  ropes” hold.", "Print"])
    >>> start, end = find_raw_span(raw, 5, 14, removed_lines="0,2")
    >>> raw[start:end]
    'two  ropes'
    """
    cleaned = clean_with_offsets(drop_lines(raw, removed_lines), lang=lang)
    first, last = cleaned.raw_span(start, end)
    spans = kept_spans(raw, removed_lines)
    if first == last:
        return _restore(spans, first), _restore(spans, first)
    return _restore(spans, first), _restore(spans, last - 1) + 1


def _restore(spans: list[tuple[int, int]], at: int) -> int:
    """Lead a place in the kept parts, end to end, back to the whole."""
    for start, end in spans:
        if at < end - start:
            return start + at
        at -= end - start
    return spans[-1][1] + at if spans else at
