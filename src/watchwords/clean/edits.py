"""A step of cleaning is the list of its edits: what is replaced where, and by what."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator

Edit = tuple[int, int, str]
Find = Callable[[str], Iterable[Edit]]


class Step:
    """A step of cleaning: text to text, and able to name its edits.

    Parameters
    ----------
    find : callable
        Takes a text, gives its edits ``(start, end, replacement)`` in order, none overlapping.
    signs : frozenset of str or None
        The step has nothing to do in a text that holds none of these; None: always look.
    removes : bool
        What it takes out are lines or marks that a report should list.
    """

    def __init__(self, find: Find, signs: frozenset[str] | None, *, removes: bool = False) -> None:
        functools.update_wrapper(self, find)
        self.name = getattr(find, "__name__", "step")
        self.signs = signs
        self.removes = removes
        self._find = find

    def __call__(self, text: str) -> str:
        """Apply the step to a text."""
        return apply_edits(text, self.edits(text))

    def __repr__(self) -> str:
        """Name the step."""
        return f"Step({self.name})"

    def edits(self, text: str) -> list[Edit]:
        """List the edits that the step makes in a text."""
        return list(self._find(text))


def step(signs: str | None = None, *, removes: bool = False) -> Callable[[Find], Step]:
    """Make a step of a function that finds edits, looked at only where one of `signs` occurs."""
    needed = None if signs is None else frozenset(signs)
    return lambda find: Step(find, needed, removes=removes)


def replace(
    pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], text: str
) -> Iterator[Edit]:
    r"""Find what a pattern matches, as edits; matches that would stay the same are left out.

    Examples
    --------
    >>> import re
    >>> list(replace(re.compile(" +"), " ", "a b  c"))
    [(3, 5, ' ')]
    """
    if isinstance(replacement, str):
        for match in pattern.finditer(text):
            if match.group() != replacement:
                yield (*match.span(), replacement)
        return
    for match in pattern.finditer(text):
        if (new := replacement(match)) != match.group():
            yield (*match.span(), new)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a text.

    Examples
    --------
    >>> apply_edits("a  b c", [(1, 3, " "), (5, 6, "d")])
    'a b d'
    """
    pieces: list[str] = []
    at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
    if not pieces:
        return text
    pieces.append(text[at:])
    return "".join(pieces)


def align(before: str, after: str, pattern: re.Pattern[str]) -> Iterator[Edit]:
    """Find edits between two writings that share the runs which `pattern` does not match.

    Runs are paired in order; if the two do not have the same runs in between, all between the
    first and the last difference is one edit.

    Examples
    --------
    >>> import re
    >>> list(align("the cafÃ© is", "the café is", re.compile("[^ -~]+")))
    [(7, 9, 'é')]
    """
    if before == after:
        return
    old, new = list(pattern.finditer(before)), list(pattern.finditer(after))
    if len(old) == len(new) and pattern.split(before) == pattern.split(after):
        for was, now in zip(old, new, strict=True):
            if was.group() != now.group():
                yield (*was.span(), now.group())
        return
    head = common_prefix(before, after)
    tail = common_prefix(before[head:][::-1], after[head:][::-1])
    yield (head, len(before) - tail, after[head : len(after) - tail])


def common_prefix(one: str, other: str) -> int:
    """Count the signs with which both begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
