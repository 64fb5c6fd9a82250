"""Where a sentence ends, and across which punctuation no term may reach.

The rules look at a gap (what stands between two tokens) and at the tokens on its sides. Distinct
gaps and distinct words are judged once, the text itself only through arrays of their numbers.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

_NEW_LINE = re.compile(r"[\n\r\f\v\x85\u2028\u2029]")
_CLOSERS = r"""\])}"'”’»」』）】》〉"""
# A full stop may stand after a closing bracket or quote, and be followed by more of them.
_END = re.compile(rf"[^\S\n]*[%°{_CLOSERS}]*[^\S\n]?[.!?…。！？]+[.!?…。！？{_CLOSERS}]*")
_HEAD = re.compile(rf"[{_CLOSERS},;:]*")
# Quotes do not break: "the 'great society' program" has the term "great society program".
_BREAKING = re.compile(r"""[^\s'’‘"“”„«»「」『』《》$£€¥%°#]""")
_ABBREVIATION_DOT = re.compile(r"\.[^\S\n]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The kind of stop is in the two lowest bits of what a gap is; above them:
NO_STOP, DOT, MARK, FULL = range(4)
BREAKING, PARAGRAPH, IS_DOT = 4, 8, 16

# What a printed word may be, as bits.
TITLE, ABBREVIATION, DOTTED, NUMBER, LOWER, STARTER, NO = 1, 2, 4, 8, 16, 32, 64

TITLES = _words(
    "mr mrs ms messrs mme dr prof gen col capt lt sgt maj adm hon rev st sen rep gov pres sec supt"
    " mt ft"
)
ABBREVIATIONS = _words(
    "jr sr esq co corp inc ltd bros dept dist art vol pp vs cf viz etc al ed jan feb mar apr jun "
    "jul aug sep sept oct nov dec ave blvd"
)
# A capital after an abbreviation opens a sentence only where the word would not have one itself.
STARTERS = _words(
    "a all an and as at but by during every for from he her here his how i if in it its let many "
    "more my no not now on one our she since so some such that the their then there these they "
    "this those to today under until we what when where while with you your"
)


# What a word is that begins with a small letter, and what it is with a capital.
_KNOWN = {
    word: (
        ABBREVIATION * (word in ABBREVIATIONS) | NO * (word == "no"),
        ABBREVIATION * (word in ABBREVIATIONS)
        | NO * (word == "no")
        | TITLE * (word in TITLES)
        | STARTER * (word in STARTERS),
    )
    for word in sorted(TITLES | ABBREVIATIONS | STARTERS | {"no"})
}


@dataclass(frozen=True)
class Gaps:
    """What each distinct gap means; arrays of one entry per gap.

    Attributes
    ----------
    flags : ndarray of uint8
        The kind of its stop (`NO_STOP`, `DOT`, which may belong to an abbreviation, `MARK` for
        ! ? …, `FULL` for Chinese); `BREAKING`: it holds punctuation that no term reaches across;
        `PARAGRAPH`: it holds a line break; `IS_DOT`: it is a full stop and blanks, nothing else.
    heads, tails : ndarray of int32
        Code points that belong to the sentence before, and to the sentence after.
    """

    flags: NDArray[np.uint8]
    heads: NDArray[np.int32]
    tails: NDArray[np.int32]

    @property
    def breaks(self) -> Bools:
        """The gap holds punctuation that no term reaches across."""
        return (self.flags & BREAKING) > 0

    @property
    def stop(self) -> NDArray[np.uint8]:
        """The kind of its stop."""
        return (self.flags & 3).astype(np.uint8)


def judge_gaps(gaps: list[str]) -> Gaps:
    r"""Judge each distinct gap.

    Parameters
    ----------
    gaps : list of str
        Strings without a token in them.

    Returns
    -------
    Gaps

    Examples
    --------
    >>> judged = judge_gaps([" ", ", ", '." ', ".\n\n(", "。"])
    >>> judged.breaks.tolist(), judged.stop.tolist(), judged.heads.tolist(), judged.tails.tolist()
    ([False, True, True, True, True], [0, 0, 1, 1, 3], [0, 1, 2, 1, 1], [0, 0, 0, 1, 0])
    """
    rows = [_judge_gap(gap) for gap in gaps]
    table = np.array(rows, np.int32).reshape(len(rows), 3).T
    return Gaps(table[0].astype(np.uint8), table[1].copy(), table[2].copy())


def _judge_gap(gap: str) -> tuple[int, int, int]:
    lines = _NEW_LINE.split(gap)
    end = _END.match(gap)
    stop = _stop_kind(end.group()) if end else NO_STOP
    if len(lines) > 1:
        head, tail = len(lines[0].rstrip()), len(lines[-1].lstrip())
    elif end:
        head, tail = end.end(), _tail(gap[end.end() :])
    else:
        # Only the first and the last gap of a document are cut here, or one behind "U.S.".
        head, tail = len(_HEAD.match(gap).group()), _tail(gap)  # type: ignore[union-attr]  # (it matches "")
    breaks = len(lines) > 1 or _BREAKING.search(gap) is not None
    is_dot = _ABBREVIATION_DOT.fullmatch(gap) is not None
    flags = stop | BREAKING * breaks | PARAGRAPH * (len(lines) > 1) | IS_DOT * is_dot
    return flags, head, tail


def _tail(gap: str) -> int:
    """Measure what stands at the end of a gap without a blank behind it."""
    return len(gap) - max((at + 1 for at, sign in enumerate(gap) if sign.isspace()), default=0)


def _stop_kind(end: str) -> int:
    if re.search("[。！？]", end):
        return FULL
    return DOT if end.count(".") == 1 and not re.search("[!?…]", end) else MARK


def judge_words(words: list[str]) -> NDArray[np.uint8]:
    """Judge what each distinct word, as printed, means for the end of a sentence.

    Parameters
    ----------
    words : list of str
        Tokens, with their capitals.

    Returns
    -------
    ndarray of uint8, shape (n_words,)
        Bits: `TITLE`, `ABBREVIATION`, `DOTTED` (U.S.), `NUMBER`, `LOWER` (begins with a small
        letter), `STARTER` (a capital that only the head of a sentence gives it), `NO`.
    """
    return np.fromiter(map(_judge_word, words), np.uint8, len(words))


def _judge_word(word: str) -> int:
    first = word[0]
    small, capital = _KNOWN.get(word.lower(), (0, 0))
    if first.islower():
        flags = LOWER | small
    elif first.isupper():
        flags = capital | ABBREVIATION * (len(word) == 1)
    else:
        flags = small | NUMBER * first.isdigit()
    return flags | DOTTED if "." in word and first.isalpha() else flags
