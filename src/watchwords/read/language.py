"""The language of a text: its script, then the small words of six languages in Latin letters."""

import re
from collections import Counter

SAMPLE_CHARACTERS = 6000
_SCRIPTS = (
    ("ja", re.compile("[぀-ヿ]")),
    ("ko", re.compile("[가-힯]")),
    ("zh", re.compile("[㐀-䶿一-鿿]")),
    ("ru", re.compile("[Ѐ-ӿ]")),
    ("ar", re.compile("[؀-ۿ]")),
    ("th", re.compile("[฀-๿]")),
)
_LATIN = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")
_LETTER = re.compile(r"[^\W\d_]")
# A Han sign or a syllable says as much as a short word.
_WEIGHT = {"ja": 1.0, "ko": 1.0, "zh": 1.0, "ru": 0.25, "ar": 0.25, "th": 0.25}

_STOP_WORDS = {
    "en": "the of and to in is that for it on was with as are by be this from at an not have has "
    "its will we our which or were been their also should must it's all new over more after up "
    "about between into against under opens held holds met meets says a i he she they you your who "
    "what when where there then than can could would do does did no me us them his her been but or "
    "if",
    "fr": "le la les des et du une un est dans que qui pour sur au aux ce cette par plus ne pas "
    "il elle nous vous avec sont être a été ont son ses leur mais ou où d l qu",
    "de": "der die das und ist in den von zu mit sich des auf für nicht ein eine einer dem im als "
    "auch es an werden aus er hat dass sie nach wird bei um am sind noch wie wir über",
    "es": "el la los las de y en que es un una por con para del se no al lo como más su sus fue "
    "este esta son entre ha han pero sobre también",
    "it": "il lo la gli le di e che un una per in con del della dei delle non è sono da al alla "
    "nel nella si più come anche ha questo questa dal sul sulla",
    "pt": "o a os as de e que do da dos das em um uma para com não por no na nos nas se é ao mais "
    "foi são como também pela pelo seu sua entre à",
}
_STOP = {lang: frozenset(words.split()) for lang, words in _STOP_WORDS.items()}
_LANGUAGES_OF = {
    word: tuple(lang for lang, stop in _STOP.items() if word in stop)
    for word in frozenset().union(*_STOP.values())
}
_ENGLISH_ENDING = re.compile(
    r"(?:ings?|ness|ships?|ments?|tions?|ity|ly|ed|ful|less|able|ers?|al|ives?|'s|ay|ey|y|rts?)$"
    r"|th|ght|ck|ee|oo|ow|ew|wh|tch|ould"
)
_MARKS = {"de": "äöüß", "fr": "çœêèàùîô", "es": "ñ¿¡", "pt": "ãõ", "it": "ìò"}


def find_language(text: str) -> str:
    """Tell the language of a text.

    The scripts decide first (kana before Han, so that Japanese is not read as Chinese); texts in
    Latin letters go to the language whose small words they use most. A headline without any
    small word is English if it has unaccented letters only and English endings.

    Parameters
    ----------
    text : str
        The text; its first 6,000 characters are looked at.

    Returns
    -------
    str
        "en", "zh", "ja", "ko", "ru", "ar", "th", "fr", "de", "es", "it", "pt", or "und" when
        nothing can be said.

    Examples
    --------
    >>> find_language("Enlarged Meeting Held"), find_language("Réunion du conseil")
    ('en', 'fr')
    >>> find_language("市委召开会议")
    'zh'
    >>> find_language("12345")
    'und'
    """
    sample = text[:SAMPLE_CHARACTERS]
    if sample.isascii():
        return _by_small_words(_ASCII_WORD.findall(sample.lower()), sample)
    words = [word for word in _LATIN.findall(sample.lower()) if word[0] < "ʰ"]
    signs = {lang: len(pattern.findall(sample)) for lang, pattern in _SCRIPTS}
    weights = {lang: n * _WEIGHT[lang] for lang, n in signs.items() if n}
    if weights and sum(weights.values()) > len(words):
        return _by_script(signs, weights)
    return _by_small_words(words, sample)


def _by_script(signs: dict[str, int], weights: dict[str, float]) -> str:
    if signs["ja"] > 0.1 * signs["zh"] and signs["ja"] >= signs["ko"]:
        return "ja"
    return max(sorted(weights), key=lambda lang: weights[lang])


def _by_small_words(words: list[str], sample: str) -> str:
    if not words:
        return "und"
    score = Counter(dict.fromkeys(_STOP, 0))
    counts = Counter(words)
    for word in _LANGUAGES_OF.keys() & counts.keys():
        for lang in _LANGUAGES_OF[word]:
            score[lang] += 2 * counts[word]
    if not sample.isascii():
        low = sample.lower()
        for lang, marks in _MARKS.items():
            score[lang] += sum(low.count(mark) for mark in marks)
    best, second = score.most_common(2)
    if best[1] > second[1] and best[1] >= max(1, len(words) // 20):
        return best[0]
    if best[1] == second[1] and best[1] > 0 and score["en"] == best[1]:
        return "en"
    return _by_endings(words) if best[1] == 0 else "und"


def _by_endings(words: list[str]) -> str:
    plain = all(word.isascii() for word in words)
    english = sum(bool(_ENGLISH_ENDING.search(word)) for word in words if len(word) > 3)
    if plain and len(words) <= 20 and english >= max(1, len(words) // 4):
        return "en"
    return "und"
