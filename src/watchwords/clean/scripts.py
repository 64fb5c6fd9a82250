"""Which paragraphs of a text are English and which Chinese, by their script."""

import re

from watchwords.clean.chinese import HAN

_HAN = re.compile(f"[{HAN}]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
MIN_WORDS, MIN_HAN = 4, 4


def split_scripts(text: str, lang: str) -> list[tuple[int, int, str]]:
    r"""Cut a text into runs of lines of one language, English or Chinese.

    A line is of the other language than its text if it is so beyond doubt: an English sentence
    with a Chinese phrase in it is English. Lines that show no language go with those before.

    Parameters
    ----------
    text : str
        A text.
    lang : {"en", "zh"}
        The language of the text.

    Returns
    -------
    list of (int, int, str)
        Start, end and language of each run; they cover the text.

    Examples
    --------
    >>> split_scripts("The port grew again.\n港口又增长了。\n", "en")
    [(0, 21, 'en'), (21, 29, 'zh')]
    """
    if not (_HAN if lang == "en" else _LATIN_WORD).search(text):
        return [(0, len(text), lang)]
    runs: list[tuple[int, int, str]] = []
    at = 0
    for line in _LINE.findall(text):
        found = _language(line, lang) or (runs[-1][2] if runs else lang)
        if runs and runs[-1][2] == found:
            runs[-1] = (runs[-1][0], at + len(line), found)
        else:
            runs.append((at, at + len(line), found))
        at += len(line)
    return runs or [(0, 0, lang)]


def _language(line: str, lang: str) -> str:
    """Say what language a line shows, "" if none; in doubt that of the text."""
    n_han = 0 if line.isascii() else len(_HAN.findall(line))
    n_words = len(_LATIN_WORD.findall(_ADDRESS.sub(" ", line)))
    if not n_han and not n_words:
        return ""
    if lang == "en":
        return "zh" if n_han >= max(MIN_HAN if n_words else 1, 4 * n_words) else "en"
    return "en" if n_words >= max(MIN_WORDS, n_han) else "zh"
