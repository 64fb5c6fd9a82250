"""Lines broken by a page or a screen joined again; paragraphs stay apart."""

import re
from collections.abc import Iterator

from watchwords.clean.chinese import HAN
from watchwords.clean.edits import Edit, replace, step
from watchwords.clean.words import english_words

_HYPHEN = re.compile(r"[-‐‑]\n(?=([A-Za-z]{2,}(?:-[A-Za-z]+)*))(?<=[A-Za-z]..)", re.DOTALL)
_HYPHEN_END = re.compile(r"\n(?<=[-‐‑]\n)")
_BROKEN = re.compile(r"(?<![\w-])[A-Za-z]+(?:-[A-Za-z]+)*$")
_DIGIT_HYPHEN = re.compile(r"-\n(?=\d)(?<=[A-Z\d]..)", re.DOTALL)
_SOFT_BREAK = re.compile(
    r"\n(?=[a-z(])(?<=[a-z,;\d\"')%].)|\n(?=[a-z])(?<= [-–—].)"
    r"|\n(?=[A-Z\d])(?<=\b(?:the|and|its|our).)",
    re.DOTALL,
)
_WORD = "[A-Za-z]+(?:-[A-Za-z]+)*"
# A Chinese line goes on if it ends or the next begins with what cannot stand there.
_ZH_BREAK = re.compile(
    rf"\n(?=[，。、；：！？”’）》])(?<=[{HAN}，、；：].)|\n(?=[{HAN}“‘《（])(?<=[，、].)"
    rf"|\n(?=[的了们])(?<=[{HAN}].)|\n(?=[{HAN}“‘《（])(?<=[的把被].)|\n(?=[{HAN}])(?<=[“《（].)",
    re.DOTALL,
)
_SALUTATION = re.compile("尊敬的|各位|亲爱的|女士们|同志们|朋友们")
_PAIRS = {"“": "”", "《": "》", "（": "）", "「": "」"}
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•·–]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s")
_HAN_START = re.compile(f"[{HAN}]")
_HAN_END = re.compile(f"[{HAN}]$")
_PROSE = re.compile("[，。]")
MIN_WIDTH, MIN_LINES = 15, 3
# First parts that stand before a hyphen in English: a break after them keeps it, unless the
# joined word is one.
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


@step("-‐‑")
def join_hyphens(text: str) -> Iterator[Edit]:
    r"""Join words broken at a line's end; a hyphen that belongs to the word is kept.

    It is dropped if the joined word is one (it occurs elsewhere in the text, or is a listed
    English word), kept if the word with a hyphen is one or both halves are words of their own,
    or if the first half is one that takes a hyphen; between digits it stays.

    Examples
    --------
    >>> join_hyphens("the inspec-\ntion tour, self-\nreliance, decision-\nmaking")
    'the inspection tour, self-reliance, decision-making'
    """
    if not _HYPHEN_END.search(text):
        return
    edits: list[Edit] = list(replace(_DIGIT_HYPHEN, "-", text))
    breaks = list(_HYPHEN.finditer(text))
    if breaks:
        found = re.findall(_WORD, re.sub(r"[-‐‑]\n", " ", text).lower())
        words = set(found)
        joints = ((match.span(), _joint(match, words)) for match in breaks)
        edits += [(*span, joint) for span, joint in joints if joint is not None]
    yield from sorted(edits)


@step("\n")
def join_lines(text: str) -> Iterator[Edit]:
    r"""Join an English line that goes on in the next with a small letter.

    Examples
    --------
    >>> join_lines("The meeting stressed\nthat work goes on.\nThe end.")
    'The meeting stressed that work goes on.\nThe end.'
    """
    for match in _SOFT_BREAK.finditer(text):
        begin = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 200)
        words = text[begin : match.start()].split()
        following = text[match.end() : match.end() + 6]
        if sum(map(_is_word, words)) > 1 and not _LIST_ITEM.match(following):
            yield (*match.span(), " ")


@step("\n")
def join_chinese_lines(text: str) -> Iterator[Edit]:
    """Join a Chinese line that ends in a comma, or goes on with a mark, without a blank."""
    for edit in replace(_ZH_BREAK, "", text):
        begin = text.rfind("\n", 0, edit[0]) + 1
        if not _SALUTATION.match(text, begin):
            yield edit


@step("\n")
def join_chinese_pages(text: str) -> Iterator[Edit]:
    r"""Join Chinese lines cut at one width, or within quotes, brackets or a book title.

    Examples
    --------
    >>> join_chinese_pages("要做到“两个维\n护”。")
    '要做到“两个维护”。'
    """
    lines = text.split("\n")
    ends: list[int] = []
    at = -1
    for line in lines:
        at += len(line) + 1
        ends.append(at)
    for number in sorted(_cut_lines(lines) | _open_lines(lines)):
        yield (ends[number], ends[number] + 1, "")


def _is_word(word: str) -> bool:
    return _TWO_LETTERS.search(word) is not None


def _cut_lines(lines: list[str]) -> set[int]:
    """Find runs of lines of one width, the mark of a page: all but the last go on."""
    cut: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if run and abs(len(line) - len(lines[run[0]])) <= 1 and _HAN_START.search(line):
            run.append(number)
            continue
        prose = sum(bool(_PROSE.search(lines[n])) for n in run)
        if len(run) >= MIN_LINES and 2 * prose > len(run):
            cut |= {n for n in run if _goes_on(lines, n)}
        run = [number] if len(line) >= MIN_WIDTH and _HAN_START.search(line) else []
    return cut


def _open_lines(lines: list[str]) -> set[int]:
    """Find lines within which a quote or bracket opens that the next line closes."""
    found = set()
    for number, line in enumerate(lines[:-1]):
        if not _goes_on(lines, number):
            continue
        for opening, closing in _PAIRS.items():
            begin = line.rfind(opening)
            end = lines[number + 1][:40].find(closing)
            if begin > line.rfind(closing) and end >= 0 and len(line) - begin <= 30:
                inner = lines[number + 1][:end]
                if opening not in inner:
                    found.add(number)
    return found


def _goes_on(lines: list[str], number: int) -> bool:
    return (
        number + 1 < len(lines)
        and bool(_HAN_END.search(lines[number]))
        and bool(_HAN_START.match(lines[number + 1]))
    )


def _joint(match: re.Match[str], words: set[str]) -> str | None:
    """Say what stands between the halves of a broken word: "", "-", or None to leave them."""
    before = _BROKEN.search(match.string[max(0, match.start() - 60) : match.start()])
    if before is None or match[1] in ("and", "or", "to"):
        return None
    whole, second = before.group().lower(), match[1]
    first, rest = whole.rsplit("-", 1)[-1], second.split("-", 1)[0].lower()
    if f"{whole}-{second}".lower() in words or f"{first}-{rest}" in words:
        return "-"
    if f"{whole}{second}".lower() in words or f"{first}{rest}" in words:
        return ""
    return "-" if second[0].isupper() or _takes_hyphen(first, rest) else ""


def _takes_hyphen(first: str, rest: str) -> bool:
    """Say whether two halves are written with a hyphen between them, by the list of words."""
    known = english_words()
    if f"{first}-{rest}" in known:
        return True
    if f"{first}{rest}" in known:
        return False
    return first in _KEEPS_HYPHEN or (len(first) > 2 and first in known and rest in known)
