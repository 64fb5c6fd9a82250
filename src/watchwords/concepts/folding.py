"""Spelling differences that do not make another word: the plural, and nothing else.

Case, the possessive, quotes and hyphens are folded by the tokens already.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBER_WORDS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen"
)
_KEPT = _words(
    "always arms besides christmas customs economics ethics goods means news overseas perhaps "
    "physics politics series species towards whereas"
)
_NO_PLURAL = re.compile(r"ss$|us$|is$|'s$|[^a-z']")
_ES_PLURAL = re.compile(r"(?:ss|sh|ch|x|zz|o)es$")
_MIN_LETTERS = 4


def fold_word(word: str) -> str:
    """Fold the plural of an English word.

    Rules, no dictionary: they only have to give two spellings of one word the same key, and a
    key is never shown. Irregular plurals stay apart, as do words whose final s makes another
    word ("customs") and the plurals of numbers. A third person ("upholds") folds like a
    plural, because translated formulas use verbs as nouns.

    Parameters
    ----------
    word : str
        A normal form: lower case, without possessive and hyphen.

    Returns
    -------
    str
        The key; two words with one key are one.

    Examples
    --------
    >>> [fold_word(w) for w in ("districts", "consciousnesses", "policies", "heroes", "status")]
    ['district', 'consciousness', 'policy', 'hero', 'status']
    >>> [fold_word(w) for w in ("movie", "movies", "gas", "customs", "hundreds")]
    ['movy', 'movy', 'gas', 'customs', 'hundreds']
    """
    if len(word) < _MIN_LETTERS or word in _KEPT:
        return word
    if word.endswith("ie"):
        return word[:-2] + "y"
    if word.endswith("oe"):
        return word[:-1]
    if _NO_PLURAL.search(word) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > _MIN_LETTERS:
        key = word[:-3] + "y"
    else:
        key = word[:-2] if _ES_PLURAL.search(word) else word[:-1]
    return word if key in NUMBER_WORDS else key


def spellings(word: str) -> list[str]:
    """List the words that fold to the same key as a word.

    Parameters
    ----------
    word : str
        A normal form.

    Returns
    -------
    list of str
        Sorted; `word` is among them.

    Examples
    --------
    >>> spellings("policies")
    ['policie', 'policies', 'policy', 'policys']
    >>> spellings("news"), spellings("new")
    (['news'], ['new'])
    """
    key = fold_word(word)
    stems = {key, key + "e", key[:-1] + "ie" if key.endswith("y") else key}
    candidates = {word, *stems, *(stem + "s" for stem in stems), key + "es"}
    return sorted(candidate for candidate in candidates if fold_word(candidate) == key)
