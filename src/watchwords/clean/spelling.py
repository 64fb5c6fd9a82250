"""Hints at typing errors: reported, never applied, since an error is evidence of a hand."""

import re
from collections import Counter

from watchwords.clean.words import english_words

_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,20}(?![\w'’-])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Words that are right but not meant, by what stands before them.
_MISTAKEN = (
    (re.compile(r"\b(?:[Tt]he|and|or|a|its|third,?(?: and)?) (forth)\b"), "fourth"),
    (re.compile(r"\b(?:more|less|rather|better|higher|lower|other|greater) (then)\b"), "than"),
    (re.compile(r"\b(?:the|of|a|its|[Cc]ommunist) (manger)s?\b"), "manager"),
    (re.compile(r"\bsocialism with (charaters|characters)\b"), "characteristics"),
    (re.compile(r"\b(?:the|of) (untied) (?:front|nations|states)\b", re.IGNORECASE), "united"),
    (re.compile(r"\b(form) the (?:beginning|start|outset)\b"), "from"),
    (re.compile(r"\b(?:the|a|of) (pubic) (?:\w+)\b"), "public"),
)
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", "")),
    *(("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("or", ""), ("or", "e"), ("est", "")),
    *(("ness", ""), ("less", ""), ("ful", ""), ("ship", ""), ("able", ""), ("able", "e")),
    *(("ies", "y"), ("ied", "y"), ("ily", "y"), ("bly", "ble"), ("ally", "al"), ("ally", "")),
    *(("ation", "e"), ("ize", ""), ("ized", ""), ("y", ""), ("al", ""), ("ism", ""), ("ist", "")),
)
_BEGINNINGS = ("un", "re", "non", "over", "under", "dis", "mis", "pre", "out", "up", "sub", "de")
COMMON = 1_500
MIN_LENGTH = 6
MAX_UNKNOWN = 2_000


def suggest_spellings(text: str) -> dict[str, str]:
    """Suggest what mistyped English words of a text may have meant.

    A word is suspect if no list knows it and one slip of a finger (a letter dropped, added,
    changed, or two exchanged) makes it a common word; a word that occurs three times or more is
    a term of the text and left alone. Names and words in capitals are never suspect. A hint is
    a guess: of several candidates the commonest is given.

    Parameters
    ----------
    text : str
        A cleaned English text.

    Returns
    -------
    dict of str to str
        The word as printed and what it may have meant, in alphabetical order.

    Examples
    --------
    >>> suggest_spellings("It chould improve trade; the forth is a change of style.")
    {'chould': 'should', 'forth': 'fourth'}
    """
    known = english_words()
    counts = Counter(_WORD.findall(text))
    unknown = sorted(word for word, n in counts.items() if n < 3 and not _is_known(word, known))
    hints: dict[str, str] = {}
    for word in unknown[:MAX_UNKNOWN]:
        near = [other for other in _one_slip(word) if known.get(other, COMMON) < COMMON]
        if near:
            hints[word] = min(near, key=lambda other: (sorted(word) != sorted(other), known[other]))
    for pattern, meant in _MISTAKEN:
        for match in pattern.finditer(text):
            hints[match[1]] = meant
    return dict(sorted(hints.items()))


def _is_known(word: str, known: dict[str, int]) -> bool:
    """Say whether a word or what it is built from is listed."""
    if word in known:
        return True
    for ending, stem in _ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] + stem in known:
            return True
    for start in _BEGINNINGS:
        if word.startswith(start) and word[len(start) :] in known:
            return True
    return any(word[:at] in known and word[at:] in known for at in range(3, len(word) - 2))


def _one_slip(word: str) -> set[str]:
    """List what one slip of a finger may have made of which this word came.

    In a short word only two letters exchanged are taken for a slip: other short words are near
    every other.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1} - {word}
    if len(word) < MIN_LENGTH:
        return exchanged
    dropped = {a + b[1:] for a, b in cuts if b}
    added = {a + sign + b for a, b in cuts for sign in _LETTERS}
    changed = {a + sign + b[1:] for a, b in cuts if b for sign in _LETTERS}
    return (exchanged | dropped | added | changed) - {word}
