"""English lines broken by a page or a screen joined again; paragraphs and verses stay apart."""

import re
from collections.abc import Iterator

from watchwords.clean.edits import Edit, replace, step
from watchwords.clean.words import english_words

_HYPHEN = re.compile(r"[-‐‑]\n(?=([A-Za-z]{2,}(?:-[A-Za-z]+)*))(?<=[A-Za-z]..)", re.DOTALL)
_HYPHEN_END = re.compile(r"\n(?<=[-‐‑]\n)")
_UNIT_HYPHEN = re.compile(
    r"[-‐‑]\n(?=(?:year|month|week|day|hour|minute|second|met(?:re|er)|kilomet(?:re|er)|km|mile|foot|"
    r"inch|acre|hectare|ton|tonne|mu|yuan|dollar|point|percent|degree|fold|odd|plus|stor(?:e)?y|"
    r"member|party|page|seat|bed|strong|square|nation|country|city|character|lane)s?\b)(?<=\d..)",
    re.DOTALL,
)
_BROKEN = re.compile(r"(?<![\w-])[A-Za-z]+(?:-[A-Za-z]+)*$")
_DIGIT_HYPHEN = re.compile(r"-\n(?=\d)(?<=[A-Z\d]..)", re.DOTALL)
_SOFT_BREAK = re.compile(
    r"\n(?=[a-z(])(?<=[a-z,;\d\"')%].)|\n(?=[a-z])(?<= [-–—].)"
    r"|\n(?=[A-Z\d])(?<=\b(?:the|and|its|our).)",
    re.DOTALL,
)
_WORD = "[A-Za-z]+(?:-[A-Za-z]+)*"
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_VERSE_LINE = re.compile(r"(?!.*[.!?;] )[^\n\t]{2,44}[,;:.!?—–-][\"'”’)]?$")
MIN_VERSE = 3
_SALUTATION = re.compile(
    r"(?:Dear|Hi|Hello|To|Best|Yours|Kind|Sincerely|Regards|Respectfully)\b.{0,50},$"
)
_VERSE_SIGNS = frozenset(",;:.!?—–-\"'”’)")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•·–]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s")
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
    edits: list[Edit] = [*replace(_DIGIT_HYPHEN, "-", text), *replace(_UNIT_HYPHEN, "-", text)]
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
    verses: set[int] | None = None
    for match in _SOFT_BREAK.finditer(text):
        if text[match.start() - 1] in _VERSE_SIGNS:
            verses = _verse_ends(text) if verses is None else verses
            if match.start() in verses:
                continue
        begin = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 200)
        words = text[begin : match.start()].split()
        following = text[match.end() : match.end() + 6]
        recital = len(words) > 1 and words[-1] in ("and", "or") and words[-2][-1] == ";"
        recital = recital or _SALUTATION.match(text[begin : match.start()]) is not None
        if sum(map(_is_word, words)) > 1 and not recital and not _LIST_ITEM.match(following):
            yield (*match.span(), " ")


def _verse_ends(text: str) -> set[int]:
    """Find where lines of verse end: three short lines or more, and a mark at the end of all."""
    ends: set[int] = set()
    run: list[int] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        at += len(line) + 1
        if _VERSE_LINE.match(line):
            run.append(at - 1)
            continue
        if len(run) >= MIN_VERSE and not line:
            ends.update(run[:-1])
        run = []
    return ends


def _is_word(word: str) -> bool:
    return _TWO_LETTERS.search(word) is not None


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
    return (
        len(first) == 1
        or first in _KEEPS_HYPHEN
        or (len(first) > 2 and first in known and rest in known)
    )
