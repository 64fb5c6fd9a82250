"""English words: what is one, and the form under which it is counted."""

import re

import numpy as np

# Character classes; those without brackets can be narrowed.
SIGN = r"^\W_"
LETTER = r"^\W\d_"
# What may stand between two digits, and between two parts of a word.
INNER = ".,/"
JOINTS = "-'’‐‑"

_NUMBER = rf"\d+(?:[{INNER}]\d+)+"

# An abbreviation such as U.S. keeps its dots; a number keeps its inner comma, dot or stroke; a
# word keeps inner hyphens and apostrophes. `letter` is a character class without the brackets,
# so that Chinese can take its own characters out of it.
_WORD = r"""
    [{letter}](?:\.[{letter}])+\.?(?:-[{sign}]+)*(?![{sign}])
  | (?:{number}[{sign}]*|[{sign}]+)(?:{joint}(?:{number}[{sign}]*|[{sign}]+))*
"""

# Curly apostrophes, two more hyphens, and the full-width letters and digits of Chinese type.
_FOLDED = str.maketrans({"’": "'", "‐": "-", "‑": "-"}) | {
    code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)
}


def word_pattern(without: str = "") -> str:
    """Write the regular expression of one word.

    Parameters
    ----------
    without : str, default ""
        Characters or ranges that are never part of a word.

    Returns
    -------
    str
        To be compiled with ``re.VERBOSE``; it has no capturing group.

    Examples
    --------
    >>> text = "The U.S. well-being of 1,000 states' people: don't, it’s 3.5-fold."
    >>> re.findall(word_pattern(), text, re.VERBOSE)
    ['The', 'U.S.', 'well-being', 'of', '1,000', 'states', 'people', "don't", 'it’s', '3.5-fold']
    """
    return _WORD.format(
        letter=LETTER + without, sign=SIGN + without, number=_NUMBER, joint=f"[{JOINTS}]"
    )


WORD = re.compile(f"({word_pattern()})", re.VERBOSE)


def normal_form(word: str) -> str:
    """Fold what does not make another word: case, the apostrophe, a possessive ending.

    Parameters
    ----------
    word : str
        As printed.

    Returns
    -------
    str
        Lower case, with straight apostrophe and hyphen, without a final ``'s``; an abbreviation
        of letters ends with its dot.

    Examples
    --------
    >>> [normal_form(w) for w in ("Nation’s", "DON'T", "U.S", "High‑Quality", "１９４９")]
    ['nation', "don't", 'u.s.', 'high-quality', '1949']
    """
    word = (word if word.isascii() else word.translate(_FOLDED)).lower()
    if word.endswith("'s") and len(word) > 2:
        word = word[:-2]
    if len(word) > 2 and word[1] == "." and word[0].isalpha() and word[-2:-1] == ".":
        word += "."
    return word


def normal_forms(words: list[str]) -> list[str]:
    """Fold many words as `normal_form` does.

    Parameters
    ----------
    words : list of str
        As printed.

    Returns
    -------
    list of str

    Examples
    --------
    >>> normal_forms(["War", "Nation’s"])
    ['war', 'nation']
    """
    forms = list(map(str.lower, words))
    plain = np.fromiter(map(str.isalpha, words), bool, len(words))
    plain &= np.fromiter(map(str.isascii, words), bool, len(words))
    # Most words have nothing to fold but their case.
    for at in np.flatnonzero(~plain).tolist():
        forms[at] = normal_form(words[at])
    return forms


def split_hyphens(word: str) -> list[str]:
    """Split a normal form at its hyphens; the parts are normal forms themselves.

    Parameters
    ----------
    word : str
        A normal form.

    Returns
    -------
    list of str
        `word` alone where there is nothing to split.

    Examples
    --------
    >>> split_hyphens("women's-rights"), split_hyphens("reform")
    (['women', 'rights'], ['reform'])
    """
    return [normal_form(part) for part in word.split("-")] if "-" in word else [word]
