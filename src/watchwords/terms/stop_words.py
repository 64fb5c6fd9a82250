"""Words that say nothing at the edge of a term."""

from importlib.resources import files


def read_stop_words(group: str = "") -> frozenset[str]:
    """Read the bundled English list: function words, auxiliaries, numerals, contractions.

    Parameters
    ----------
    group : str, default ""
        Only one group of them: "pronouns", or "verbs" (the commonest, without a subject matter).
        All by default.

    Returns
    -------
    frozenset of str
        Normal forms (see `watchwords.tokens.normal_form`).

    Examples
    --------
    >>> words = read_stop_words()
    >>> "upon" in words, "shall" in words, "tariff" in words
    (True, True, False)
    >>> "going" in read_stop_words("verbs"), "upon" in read_stop_words("verbs")
    (True, False)
    """
    return _read("stop_words_en.txt", group)


def read_edges(group: str) -> frozenset[str]:
    """Read the bundled list of Chinese characters that stand at no edge of a term.

    Parameters
    ----------
    group : str
        "opens" (with which none begins), "closes" (with which none ends) or "walls" (beside which
        one is complete).

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "和" in read_edges("opens"), "和" in read_edges("closes")
    (False, True)
    """
    return _read("edges_zh.txt", group)


def _read(name: str, group: str) -> frozenset[str]:
    text = (files("watchwords") / "data" / name).read_text(encoding="utf-8")
    words: list[str] = []
    inside = not group
    for line in text.splitlines():
        if line.startswith("#"):
            inside = not group or line.startswith(f"# [{group}]")
        elif inside:
            words += line.split()
    return frozenset(words)
