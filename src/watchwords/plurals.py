"""More than one of something: the plural of an English noun, as sentences need it."""

import re

_HISSING = re.compile(r"(s|x|z|ch|sh)$")
_AFTER_CONSONANT = re.compile(r"(?<=[^aeiou])y$")


def plural_of(noun: str) -> str:
    """Form the regular plural of a noun; the last word of a phrase is the noun.

    Irregular ones ("person", "series") must be given where they are used.

    Parameters
    ----------
    noun : str
        In the singular.

    Returns
    -------
    str

    Examples
    --------
    >>> [plural_of(noun) for noun in ("message", "speech", "press summary", "day", "analysis")]
    ['messages', 'speeches', 'press summaries', 'days', 'analyses']
    """
    if noun.endswith("sis"):
        return f"{noun.removesuffix('sis')}ses"
    if _AFTER_CONSONANT.search(noun):
        return _AFTER_CONSONANT.sub("ies", noun)
    return f"{noun}es" if _HISSING.search(noun) else f"{noun}s"
