"""Listed words: what a word broken at a line's end is looked up in, and where hints come from."""

import functools
from importlib.resources import files


@functools.cache
def english_words() -> dict[str, int]:
    """Give the rank of every listed English word, the commonest 0; some have a hyphen.

    Drawn from State of the Union messages and other public speeches and papers; lower case.

    Examples
    --------
    >>> "cooperation" in english_words(), "imple" in english_words()
    (True, False)
    """
    text = (files("watchwords") / "data" / "words_en.txt").read_text("utf-8")
    return {word: rank for rank, word in enumerate(text.split())}


@functools.cache
def chinese_words() -> frozenset[str]:
    """Give the common Chinese words of two signs, simplified.

    Those that occur 300 times and more in the dictionary of jieba (MIT licence), without names,
    and words of official texts.

    Examples
    --------
    >>> "落实" in chinese_words(), "实落" in chinese_words()
    (True, False)
    """
    text = (files("watchwords") / "data" / "words_zh.txt").read_text("utf-8")
    return frozenset(text.split())
