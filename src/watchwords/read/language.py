"""The language of a text: its script, then the small words of languages in Latin letters."""

import re
from collections import Counter
from collections.abc import Iterable

from watchwords.read.language_words import (
    COMMON_ENGLISH,
    JAPANESE_SIGNS,
    LETTERS,
    SMALL_WORDS,
)

SAMPLE_CHARACTERS = 1000
WINDOWS = 4
PARAGRAPHS = 24
PLAIN_PARAGRAPHS = 6
PARAGRAPH_CHARACTERS = 160
LEAST_SHARE = 0.05
LATIN = ("en", "fr", "de", "es", "it", "pt")
UNKNOWN = "und"
_SCRIPTS = ("ja", "ko", "zh", "ru", "ar", "th", "latin")
_RUN = re.compile(
    "([\u3041-\u30ff\uff66-\uff9f]+)|([\u1100-\u11ff\uac00-\ud7af]+)|"
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|"
    "([\u0400-\u052f]+)|([\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+)|"
    "([\u0e00-\u0e7f]+)|([a-z\u00c0-\u024f\u1e00-\u1eff]+)"
)
# How many words a sign is worth: languages that print no blanks are measured by signs.
_WORDS_A_SIGN = {"ja": 0.5, "ko": 0.35, "zh": 0.6, "th": 0.2}
_ASCII_WORD = re.compile("[a-z]+")
_LATIN_WORD = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ufdff\ufe70-\U0003ffff]")
_OTHER_CYRILLIC = re.compile("[іїєґўђјљњћџәғқңөұүһѓќѕ]")
_OTHER_ARABIC = re.compile("[پچژگکیٹڈںےەېۇۆۈڭ]")
_JAPANESE = re.compile(f"[{JAPANESE_SIGNS}]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_NAME_LENGTH = 2
_SHORT = 40


def _weigh() -> dict[str, tuple[tuple[str, float], ...]]:
    """Say for which languages each small word speaks, and how loud."""
    languages: dict[str, list[str]] = {}
    for lang, words in SMALL_WORDS.items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(lang)
    return {
        word: tuple(
            (lang, (2.0 if len(langs) == 1 else 1.0) * (0.5 if len(word) <= _NAME_LENGTH else 1.0))
            for lang in langs
        )
        for word, langs in languages.items()
    }


_WEIGHTS = _weigh()
_LANGUAGES = tuple(sorted(SMALL_WORDS))
_COMMON = frozenset(COMMON_ENGLISH.split())
_ENGLISH_ENDING = re.compile(
    r"[a-z]{2,}(?:ings?|tions?|sions?|ments?|ness|ships?|ity|ities|ful|less|ally|ists?|isms?|"
    r"[^aeiou]ed|ives?|ous|ical|tional|ology|works?|ware)$"
)
_INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxzcsryw]"
_FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|"
    "uo|a|e|i|o|u|v"
)
_PINYIN = re.compile(f"(?:(?:{_INITIALS})?(?:{_FINALS}))+")


def find_language(text: str) -> str:
    """Tell the language of a text.

    The script decides first (kana before Han, so that Japanese is not read as Chinese); a text in
    Latin letters is of the language whose small words it uses most. A headline without any small
    word is English if its words are those of headlines. What is printed in two languages goes to
    the one with more words, 10 Chinese signs counting as 6.

    Parameters
    ----------
    text : str
        Of a long text four windows of 250 characters are looked at, evenly spread.

    Returns
    -------
    str
        "en", "zh", "ja", "ko", "ru", "ar", "th", "fr", "de", "es", "it", "pt", or "und" when
        nothing can be said: names, numbers, another language.

    Examples
    --------
    >>> find_language("Enlarged Meeting Held"), find_language("Réunion du conseil")
    ('en', 'fr')
    >>> find_language("市委召开会议"), find_language("Lu Wen, He Ping 2021")
    ('zh', 'und')
    """
    sample = _sample(text)
    if "://" in sample or "www." in sample or "@" in sample:
        sample = _ADDRESS.sub(" ", sample)
    low = sample.lower()
    if sample.isascii():
        return _by_words(_ASCII_WORD.findall(low))
    if not _OTHER_SCRIPT.search(low):
        return _by_words(_LATIN_WORD.findall(low))
    signs, words = _count_scripts(low)
    script = max(signs, key=signs.__getitem__) if signs else ""
    if script in ("ja", "ko", "zh"):
        return _east_asian(low, signs)
    if script in ("ru", "ar"):
        other = _OTHER_CYRILLIC if script == "ru" else _OTHER_ARABIC
        return script if 50 * len(other.findall(low)) < len(low) else UNKNOWN
    return script if script == "th" else _by_words(words)


def find_languages(text: str) -> list[tuple[int, int, str]]:
    r"""Tell the language of each paragraph of a text.

    Parameters
    ----------
    text : str
        Each line that is not blank is a paragraph.

    Returns
    -------
    list of (start, end, lang)
        Code points, half open, in order; "und" where nothing can be said of a paragraph.

    Examples
    --------
    >>> find_languages("The council met.\n\n市委召开会议。\n2021")
    [(0, 16, 'en'), (18, 25, 'zh'), (26, 30, 'und')]
    """
    return [(start, end, find_language(text[start:end])) for start, end in _paragraphs(text)]


def describe_languages(text: str) -> str:
    r"""Say in which languages a text is printed, if it is more than one.

    Parameters
    ----------
    text : str
        Of a text of more than 24 paragraphs (6, if all its letters are Latin) so many are
        looked at, evenly spread, and of a long paragraph its beginning.

    Returns
    -------
    str
        Languages and their shares of the words, the largest first, "en 0.62 zh 0.38"; "" if no
        second language has a twentieth.

    Examples
    --------
    >>> describe_languages("The council met on Monday.\n市委在星期一召开会议。")
    'zh 0.57 en 0.43'
    >>> describe_languages("The council met on Monday.")
    ''
    """
    paragraphs = list(_paragraphs(text))
    if len(paragraphs) < 2:
        return ""
    most = PARAGRAPHS if _OTHER_SCRIPT.search(text) else PLAIN_PARAGRAPHS
    if len(paragraphs) > most:
        step = len(paragraphs) / most
        paragraphs = [paragraphs[int(n * step)] for n in range(most)]
    words: dict[str, float] = {}
    for start, end in paragraphs:
        sample = text[start : min(end, start + PARAGRAPH_CHARACTERS)]
        lang = find_language(sample)
        if lang != UNKNOWN:
            n_words = _count_words(sample, lang) * (end - start) / len(sample)
            words[lang] = words.get(lang, 0.0) + n_words
    total = sum(words.values())
    shares = {lang: n / total for lang, n in words.items() if n >= LEAST_SHARE * total}
    if len(shares) < 2:
        return ""
    ordered = sorted(shares, key=lambda lang: (-shares[lang], lang))
    return " ".join(f"{lang} {shares[lang]:.2f}" for lang in ordered)


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield at, at + len(line)
        at += len(line) + 1


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    size = SAMPLE_CHARACTERS // WINDOWS
    step = (len(text) - size) / (WINDOWS - 1)
    return " ".join(text[int(n * step) : int(n * step) + size] for n in range(WINDOWS))


def _count_scripts(low: str) -> tuple[dict[str, float], list[str]]:
    """Count the words, or what comes up to words, of each script; list those in Latin letters."""
    signs: dict[str, float] = {}
    words: list[str] = []
    for match in _RUN.finditer(low):
        script = _SCRIPTS[match.lastindex - 1] if match.lastindex else ""
        run = match.group()
        if script == "latin":
            words.append(run)
        signs[script] = signs.get(script, 0.0) + _WORDS_A_SIGN.get(script, 1 / len(run)) * len(run)
    return signs, words


def _east_asian(low: str, signs: dict[str, float]) -> str:
    kana, han = signs.get("ja", 0.0) / 0.5, signs.get("zh", 0.0) / 0.6
    if kana > 0.1 * han:
        return "ja" if signs["ja"] >= signs.get("ko", 0.0) else "ko"
    if signs.get("ko", 0.0) > signs.get("zh", 0.0):
        return "ko"
    return "ja" if 12 * len(_JAPANESE.findall(low)) > han else "zh"


def _count_words(sample: str, lang: str) -> float:
    per_sign = _WORDS_A_SIGN.get(lang)
    if per_sign is None:
        return sample.count(" ") + 1
    return per_sign * sum(sign >= "\u0e00" for sign in sample)


def _by_words(words: list[str]) -> str:
    if not words:
        return UNKNOWN
    scores = dict.fromkeys(_LANGUAGES, 0.0)
    counts = Counter(words)
    most = 1 + len(words) // 8
    for word in _WEIGHTS.keys() & counts.keys():
        n = counts[word] if counts[word] < most else most
        for lang, weight in _WEIGHTS[word]:
            scores[lang] += weight * n
    best, second = _two_best(scores)
    short = len(words) <= _SHORT and not scores[best] > max(4.0, 2 * scores[second])
    if short:
        _weigh_short(counts, scores)
        best, second = _two_best(scores)
    enough = max(1.0, 0.12 * len(words))
    if scores[best] < enough or scores[best] <= 1.05 * scores[second] or best not in LATIN:
        return UNKNOWN
    return best if not short or _speaks(counts, best) else UNKNOWN


def _two_best(scores: dict[str, float]) -> tuple[str, str]:
    """Name the languages of the two highest scores, of equal ones the first in the alphabet."""
    best = max(scores, key=scores.__getitem__)
    return best, max((lang for lang in scores if lang != best), key=scores.__getitem__)


def _weigh_short(words: Iterable[str], scores: dict[str, float]) -> None:
    """Let the words of headlines and the accents speak where there are few small words."""
    for word in words:
        if _is_english(word):
            scores["en"] += 1.0
        for lang, letters in () if word.isascii() else LETTERS.items():
            scores[lang] += 0.5 * any(letter in letters for letter in word)


def _is_english(word: str) -> bool:
    ending = _ENGLISH_ENDING.match(word)
    return word in _COMMON or (ending is not None and not _PINYIN.fullmatch(word))


def _speaks(words: Iterable[str], lang: str) -> bool:
    """Say whether what speaks for a language is more than a name that looks like a small word."""
    small = {word for word in words if any(lang == other for other, _ in _WEIGHTS.get(word, ()))}
    if lang == "en":
        return any(not _PINYIN.fullmatch(word) for word in small) or any(map(_is_english, words))
    accents = LETTERS.get(lang, "")
    return len(small) + any(letter in accents for word in words for letter in word) > 1
