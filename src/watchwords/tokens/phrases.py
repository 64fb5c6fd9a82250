"""A phrase typed by a reader, split as the texts are."""

from watchwords.tokens.chinese import HAN_OR_WORD
from watchwords.tokens.english import normal_form, split_hyphens
from watchwords.tokens.sentences import judge_gaps

# A letter of one manuscript stands in for the wildcard, so that it joins the word it is in.
_STAR = "ꙮ"


def split_phrase(phrase: str) -> list[tuple[str, bool]]:
    """Split a phrase into the words that `Tokens.expanded` has.

    Parameters
    ----------
    phrase : str
        Words or Chinese characters; ``*`` stands for any letters within a word.

    Returns
    -------
    list of (str, bool)
        Normal forms, hyphenated words split, and whether punctuation stands before each.

    Examples
    --------
    >>> split_phrase("High-quality growth, America’s*")
    [('high', False), ('quality', False), ('growth', False), ("america's*", True)]
    >>> split_phrase("两个 *")
    [('两', False), ('个', False), ('*', False)]
    """
    pieces = HAN_OR_WORD.split(phrase.replace("*", _STAR))
    breaks = judge_gaps(pieces[0::2]).breaks
    return [
        (part.replace(_STAR, "*"), bool(breaks[at]) and at > 0 and not place)
        for at, word in enumerate(pieces[1::2])
        for place, part in enumerate(split_hyphens(normal_form(word)))
    ]
