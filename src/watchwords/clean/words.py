"""English words by frequency: what a joined word is looked up in, and where hints come from."""

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
