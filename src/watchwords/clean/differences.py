"""What differs between two texts that are nearly the same, and whether it is more than wording.

A reprint differs in its dateline, its headline, a cut paragraph, a slip of the pen. Another
document of the same mould differs in who, where, when or how many, or frames the same quotation
in sentences of its own. The second kind must never be counted as the first.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from watchwords.clean.near import shingle_sets
from watchwords.clean.sketches import SIZES, encode_texts, sign_tables

OWN_WORDS = 8
OWN_SIGNS = 12
SHOWN_PASSAGES = 3
SHOWN_SIGNS = 60
_HEAD_LINES = 4
_TAIL_LINES = 3
_LONGEST_PRINT_LINE = 160
_SENTENCE_END = re.compile(r"[.!?。！？;；:：,，]['\"”’」』)）\]]*$")
_BYLINE = re.compile(
    r"(?i)\b(?:source|editors?|edited|reporters?|author|published|updated|posted|reprinted|from)\b"
    r"|^by\b|[(（](?:xinhua|reuters|ap|afp)|来源|编辑|责编|记者|作者|发布|转载|转自|更新|^\W*[\d:：./\s-]+"
    r"(?:年|$)"
)
# What stands before the first sentence: "DALIAN, Feb. 3 (Agency) --", 新华社北京2月3日电.
_STAMP = re.compile(
    r"^[^\n]{0,100}?[)）]\s*[-–—]+\s*|^[^\n.]{0,60}?\s[-–—]{1,2}\s|^[^\n。，]{0,30}?[电讯]"
    r"(?:[（(][^）)\n]{0,30}[）)])?"
)
_MONTHS_AND_DAYS = (
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday"
)
_NUMERALS = (
    "two three four five six seven eight nine ten eleven twelve hundred thousand million billion "
    "一 二 三 四 五 六 七 八 九 十 百 千 万 亿 零 〇 两"
)
_NUMBERS = frozenset(f"{_MONTHS_AND_DAYS} {_NUMERALS}".split())
_BODY_WORDS = (
    "party group standing committee government congress conference council bureau department "
    "office commission cabinet parliament assembly ministry court union federation association "
    "league board city county province district town village school university company hospital "
    "委 府 局 部 厅 院 组 署 处 所 校 厂 市 省 县 区 州 旗 镇 乡 村"
)
_BODIES = frozenset(_BODY_WORDS.split())
_TITLES_AFTER = frozenset("市省县区州旗镇乡村街局厅委部院校书主县区同副先女")
_Tokens = tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]
_OPENING_WORDS = (
    "a an the this that these those it its he she they we i you his her their our my in on at by "
    "for from to of with as and but or so yet if when while after before since because although "
    "though however moreover furthermore meanwhile also then thus therefore there here now today "
    "yesterday tomorrow later earlier recently first second third finally next last all some many "
    "most both each every no not only such other another under over during through according "
    "about between is are was were be been has have had do does did will would can could may "
    "should must what who which where why how"
)
_OPENERS = frozenset(_OPENING_WORDS.split())


@dataclass(frozen=True)
class Difference:
    """What only one of two texts has.

    Attributes
    ----------
    other : str
        "" if nothing but wording differs, else "other numbers", "other names" or "other
        passages".
    only_here, only_there : str
        The passages, short, at most three.
    """

    other: str
    only_here: str
    only_there: str


@dataclass(frozen=True, eq=False)
class _Side:
    """The tokens of a text, and which of them the other text does not have."""

    text: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    own: NDArray[np.int64]
    runs: list[list[int]]

    def word(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]


def find_differences(
    here: str, there: str, *, cases: NDArray[np.uint32], other_source: bool = False
) -> Difference:
    """Show the passages that differ, and say if they make another document of it.

    Parameters
    ----------
    here, there : str
        Two texts.
    cases : ndarray of uint32, shape (2, n)
        As in `Sketches`: a word that the corpus prints with a small letter too is no name.
    other_source : bool, default False
        The texts are known to be printed by two sources: then the date and the names of a
        dateline or byline are those of the print.

    Returns
    -------
    Difference
        "other numbers": each text has numbers or dates that the other does not have. "other
        names": each has names of persons, places or bodies of its own, or one word stands
        throughout where the other text has another. "other passages": each has a passage of eight
        words (twelve signs) of its own. A passage that only one of them has is a cut or an
        addition, and does not count, whatever stands in it.

    Notes
    -----
    A passage is of one text only if no run of five words (six signs) over it is in the other.
    Headlines and bylines, lines at the edges that are no sentences, are compared only with a line
    of the other text that shares half of their words.

    Examples
    --------
    >>> body = " ".join(f"point {n} of the speech was studied" for n in range(20))
    >>> none = np.zeros((2, 8), np.uint32)
    >>> find_differences(f"In Tinghe, {body}.", f"In Luyang, {body}.", cases=none)
    Difference(other='other names', only_here='Tinghe', only_there='Luyang')
    >>> find_differences(f"{body} Rain fell.", body, cases=none)
    Difference(other='', only_here='Rain fell', only_there='')
    """
    sides = _compare(here, there)
    facts = [
        _own_facts(side, other, cases=cases, other_source=other_source)
        for side, other in zip(sides, reversed(sides), strict=True)
    ]
    shown = [_show(side) for side in sides]
    for name in ("numbers", "names", "passages"):
        if all(name in fact for fact in facts):
            return Difference(f"other {name}", *shown)
    return Difference("", *shown)


def _compare(here: str, there: str) -> tuple[_Side, _Side]:
    shingles, bounds = shingle_sets([here, there])
    tokens = [
        _mark(here, shingles[bounds[1] :]),
        _mark(there, shingles[: bounds[1]]),
    ]
    spare = [Counter(hashes[loose].tolist()) for hashes, _, _, loose in tokens]
    return _side(here, tokens[0], spare[1]), _side(there, tokens[1], spare[0])


def _mark(text: str, other: NDArray[np.uint32]) -> _Tokens:
    """Return the tokens, and the places of those that no shared shingle covers."""
    from watchwords.clean.shingle_kernels import end_tokens, mark_shared

    tables = sign_tables()
    codes, _ = encode_texts([text])
    hashes, starts, shared = mark_shared(codes, other, tables, SIZES)
    return hashes, starts, end_tokens(codes, tables[0], starts), np.flatnonzero(~shared)


def _side(text: str, tokens: _Tokens, others: Counter[int]) -> _Side:
    """Set aside the loose tokens that are loose in the other text too, as often as there."""
    hashes, starts, ends, loose = tokens
    left = Counter(others)
    own = []
    for at, value in zip(loose.tolist(), hashes[loose].tolist(), strict=True):
        left[value] -= 1
        if left[value] < 0:
            own.append(at)
    runs = _runs(loose.tolist(), set(own))
    return _Side(text, starts, ends, hashes, np.array(own, np.int64), runs)


def _runs(loose: Sequence[int], own: set[int]) -> list[list[int]]:
    """Group the own tokens by the run of loose tokens in which they stand."""
    runs = []
    for _, members in groupby(enumerate(loose), key=lambda pair: pair[1] - pair[0]):
        mine = [at for _, at in members if at in own]
        runs += [mine] if mine else []
    return runs


def _show(side: _Side) -> str:
    longest = sorted(side.runs, key=lambda run: (run[0] - run[-1], run[0]))[:SHOWN_PASSAGES]
    passages = []
    for run in sorted(longest):
        passage = " ".join(side.text[side.starts[run[0]] : side.ends[run[-1]]].split())
        cut = len(passage) > SHOWN_SIGNS
        passages.append(passage[: SHOWN_SIGNS - 1].rstrip() + "…" if cut else passage)
    return " | ".join(passages)


def _own_facts(
    side: _Side, other: _Side, *, cases: NDArray[np.uint32], other_source: bool
) -> set[str]:
    """Say whether what a text has of its own holds numbers, names or whole passages."""
    lines = _print_lines(side.text)
    others = [_words(other.text[start:end]) for start, end, _ in _print_lines(other.text)]
    inside, dated = [], []
    for at in side.own.tolist():
        if at == len(side.starts) - 1 and _is_cut(side, other):
            continue
        place = int(side.starts[at])
        line = next((line for line in lines if line[0] <= place < line[1]), None)
        byline = line is not None and line[2]
        if line is not None and not byline:
            words = _words(side.text[line[0] : line[1]])
            if not any(2 * len(words & theirs) >= len(words) for theirs in others):
                continue
        inside += [] if byline else [at]
        dated += [] if byline and other_source else [at]
    kept = set(inside)
    checks = {
        "numbers": any(_is_number(side.word(at)) for at in dated),
        "names": _has_names(side, inside, cases),
        "passages": any(_is_long(side, [at for at in run if at in kept]) for run in side.runs),
    }
    return {name for name, holds in checks.items() if holds}


def _is_cut(side: _Side, other: _Side) -> bool:
    """Say whether a text ends in the middle of a word with which the other goes on."""
    last = side.word(len(side.starts) - 1)
    return side.ends[-1] == len(side.text) and any(
        other.word(at).startswith(last) for at in other.own.tolist()
    )


def _print_lines(text: str) -> list[tuple[int, int, bool]]:
    """Find the lines at the edges that are no sentences, and the stamp before the first one."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line), line.strip()))
        at += len(line) + 1
    edge = lines[:_HEAD_LINES] + lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]
    found = [
        (start, end, bool(_BYLINE.search(line)))
        for start, end, line in edge
        if len(line) <= _LONGEST_PRINT_LINE and not _SENTENCE_END.search(line)
    ]
    taken = {start for start, _, _ in found}
    first = next((line for line in lines if line[0] not in taken), None)
    stamp = _STAMP.match(text[first[0] : first[1]]) if first else None
    return [*found, (first[0], first[0] + stamp.end(), True)] if first and stamp else found


def _words(line: str) -> set[str]:
    return set(re.findall(r"[^\W㐀-鿿]+|[㐀-鿿]", line.lower()))


def _is_number(word: str) -> bool:
    return word[0].isdecimal() or word.lower() in _NUMBERS


def _has_names(side: _Side, own: Sequence[int], cases: NDArray[np.uint32]) -> bool:
    """Say whether a name, a body, or a word that stands there again and again is among them."""
    slots = cases.shape[1] - 1
    counts = Counter(side.word(at).lower() for at in own)
    if any(n > 1 and word not in _OPENERS and not _is_number(word) for word, n in counts.items()):
        return True
    for at in own:
        word = side.word(at)
        low = word.lower()
        if low in _BODIES:
            return True
        if word[0].isupper() and low not in _OPENERS:
            small, capital = cases[:, int(side.hashes[at]) & slots]
            if 10 * int(small) <= int(capital):
                return True
        following = side.text[side.ends[at] : side.ends[at] + 1]
        if word[0] >= "㐀" and following in _TITLES_AFTER and following:
            return True
    return False


def _is_long(side: _Side, mine: Sequence[int]) -> bool:
    signs = sum(side.word(at)[0] >= "㐀" for at in mine)
    return len(mine) >= (OWN_SIGNS if 2 * signs > len(mine) else OWN_WORDS)
