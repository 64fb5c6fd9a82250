"""Words that say nothing at the edge of a term."""

from importlib.resources import files


def read_stop_words() -> frozenset[str]:
    """Read the bundled English list: function words, auxiliaries, numerals, contractions.

    Returns
    -------
    frozenset of str
        Normal forms (see `watchwords.tokens.normal_form`).

    Examples
    --------
    >>> words = read_stop_words()
    >>> "upon" in words, "shall" in words, "tariff" in words
    (True, True, False)
    """
    text = (files("watchwords") / "data" / "stop_words_en.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
