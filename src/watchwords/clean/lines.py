"""Lines broken by a page or a screen joined again; paragraphs stay apart."""

import re

_HYPHEN = re.compile(r"-\n(?=([A-Za-z]{2,}))(?<=[A-Za-z]..)", re.DOTALL)
_BROKEN = re.compile(r"(?<![\w-])[A-Za-z]+(?:-[A-Za-z]+)*$")
_DIGIT_HYPHEN = re.compile(r"-\n(?=\d)(?<=\d..)", re.DOTALL)
_SOFT_BREAK = re.compile(r"\n(?=[a-z(])(?<=[a-z,;\d\"')%].)", re.DOTALL)
_ZH_BREAK = re.compile(
    r"(?<=[㐀-䶿一-鿿，、；：])\n(?=[，。、；：！？”’）》])|(?<=[，、])\n(?=[㐀-䶿一-鿿“‘《（])"
)
_WORDS = re.compile(r"[^\W\d_]{2,}[^\n]*?\s[^\n]*?[^\W\d_]{2,}")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•·–]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s")
# First parts that stand before a hyphen in English: a break after them keeps it.
_HYPHEN_WORDS = (
    "self high low well ill half cross anti non pre post co ex all full part multi semi pro "
    "counter long short large small medium old new open hard soft fast slow deep wide broad "
    "close real true first second third top bottom down up in on off out over under mid late "
    "early one two three four five six seven eight nine ten twenty thirty forty fifty sixty "
    "seventy eighty ninety win dual double triple zero carbon energy people problem goal task "
    "result market policy decision world law job party city state government community user "
    "data science land labor labour time year day month week night life hand heart man woman "
    "ever much so called best better near far free air sea water rural urban east west north "
    "south grass red green blue white black vice grand great quasi sub inter intra ultra "
    "super micro macro mini bio eco geo socio neo re by to as and of the in at for or a it"
)
_KEEPS_HYPHEN = frozenset(_HYPHEN_WORDS.split())


def join_hyphens(text: str) -> str:
    r"""Join words broken at a line's end; a hyphen that belongs to the word is kept.

    It is dropped if what stands before it is no word that takes a hyphen, or if the joined word
    occurs elsewhere in the text; between digits it stays.

    Examples
    --------
    >>> join_hyphens("the inspec-\ntion tour, self-\nreliance")
    'the inspection tour, self-reliance'
    """
    if "-\n" not in text:
        return text
    text = _DIGIT_HYPHEN.sub("-", text)
    if not _HYPHEN.search(text):
        return text
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.replace("-\n", " ").lower()))
    return _HYPHEN.sub(lambda match: _join(match, words), text)


def join_lines(text: str) -> str:
    r"""Join an English line that goes on in the next with a small letter.

    Examples
    --------
    >>> join_lines("The meeting stressed\nthat work goes on.\nThe end.")
    'The meeting stressed that work goes on.\nThe end.'
    """
    return _SOFT_BREAK.sub(lambda match: _join_or_keep(match, text), text)


def join_chinese_lines(text: str) -> str:
    """Join a Chinese line that ends in a comma, or goes on with a mark, without a blank."""
    return _ZH_BREAK.sub("", text)


def _join(match: re.Match[str], words: set[str]) -> str:
    """Say what stands between the two halves of a broken word: nothing, or its hyphen."""
    before = _BROKEN.search(match.string[max(0, match.start() - 60) : match.start()])
    if before is None:
        return match.group()
    first, second = before.group(), match[1]
    if f"{first}-{second}".lower() in words:
        return "-"
    if f"{first}{second}".lower() in words:
        return ""
    kept = first.rsplit("-", 1)[-1].lower() in _KEEPS_HYPHEN or second[0].isupper()
    return "-" if kept else ""


def _join_or_keep(match: re.Match[str], text: str) -> str:
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    following = text[match.end() : match.end() + 6]
    runs_on = _WORDS.search(line) and not _LIST_ITEM.match(following)
    return " " if runs_on else match.group()
