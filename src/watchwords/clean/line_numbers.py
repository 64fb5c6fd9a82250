"""Lines of a text named by their numbers, so that what was removed can be found again."""

from collections.abc import Sequence


def write_ranges(numbers: Sequence[int]) -> str:
    """Write sorted numbers as ranges.

    Parameters
    ----------
    numbers : sequence of int

    Returns
    -------
    str

    Examples
    --------
    >>> write_ranges([0, 1, 2, 7])
    '0-2,7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def kept_spans(text: str, lines: str) -> list[tuple[int, int]]:
    """Say which parts of a text stay when lines are removed.

    Parameters
    ----------
    text : str
        As extracted.
    lines : str
        Numbers of lines, "0-2,7"; "" for none.

    Returns
    -------
    list of (start, end)
        Code points, half open, in order; joined they are the text without those lines. With them
        an offset into the cleaned text is led back to the text as extracted.

    Examples
    --------
    >>> kept_spans(chr(10).join(["Home | News", "The council met.", "Print"]), "0,2")
    [(12, 29)]
    """
    if not lines:
        return [(0, len(text))]
    gone: set[int] = set()
    for part in lines.split(","):
        first, _, last = part.partition("-")
        gone.update(range(int(first), int(last or first) + 1))
    spans: list[tuple[int, int]] = []
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        if number not in gone:
            if spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + len(line))
            else:
                spans.append((at, at + len(line)))
        at += len(line)
    return spans


def drop_lines(text: str, lines: str) -> str:
    """Remove lines by their numbers.

    Parameters
    ----------
    text : str
    lines : str
        As for `kept_spans`.

    Returns
    -------
    str
    """
    return "".join(text[start:end] for start, end in kept_spans(text, lines)) if lines else text
