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


NO_STOP, DOT, MARK, FULL = range(4)

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


@dataclass(frozen=True)
class Gaps:
    """What each distinct gap means; arrays of one entry per gap.

    Attributes
    ----------
    breaks : ndarray of bool
        It holds punctuation that no term reaches across.
    paragraph : ndarray of bool
        It holds a line break.
    stop : ndarray of int8
        `NO_STOP`, `DOT` (may belong to an abbreviation), `MARK` (! ? …) or `FULL` (Chinese).
    is_dot : ndarray of bool
        It is a full stop and blanks, nothing else.
    heads, tails : ndarray of int32
        Code points that belong to the sentence before, and to the sentence after.
    """

    breaks: Bools
    paragraph: Bools
    stop: NDArray[np.int8]
    is_dot: Bools
    heads: NDArray[np.int32]
    tails: NDArray[np.int32]


@dataclass(frozen=True)
class Words:
    """What each distinct printed word means for the end of a sentence; one entry per word."""

    is_title: Bools
    is_abbreviation: Bools
    is_dotted: Bools
    is_number: Bools
    is_lower: Bools
    is_starter: Bools
    is_no: Bools


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
    table = np.array(rows, np.int32).reshape(len(rows), 6)
    return Gaps(
        table[:, 0].astype(bool),
        table[:, 1].astype(bool),
        table[:, 2].astype(np.int8),
        table[:, 3].astype(bool),
        table[:, 4].copy(),
        table[:, 5].copy(),
    )


def _judge_gap(gap: str) -> tuple[bool, bool, int, bool, int, int]:
    lines = _NEW_LINE.split(gap)
    end = _END.match(gap)
    stop = _stop_kind(end.group()) if end else NO_STOP
    if len(lines) > 1:
        head, tail = len(lines[0].rstrip()), len(lines[-1].lstrip())
    elif end:
        head, tail = end.end(), _tail(gap[end.end() :])
    else:
        # Only the first and the last gap of a document are cut here, or one behind "U.S.".
        head, tail = len(_HEAD.match(gap).group()), _tail(gap)  # type: ignore[union-attr]
    breaks = len(lines) > 1 or _BREAKING.search(gap) is not None
    is_dot = _ABBREVIATION_DOT.fullmatch(gap) is not None
    return breaks, len(lines) > 1, stop, is_dot, head, tail


def _tail(gap: str) -> int:
    """Measure what stands at the end of a gap without a blank behind it."""
    return len(gap) - max((at + 1 for at, sign in enumerate(gap) if sign.isspace()), default=0)


def _stop_kind(end: str) -> int:
    if re.search("[。！？]", end):
        return FULL
    return DOT if end.count(".") == 1 and not re.search("[!?…]", end) else MARK


def judge_words(words: list[str]) -> Words:
    """Judge each distinct word as printed.

    Parameters
    ----------
    words : list of str
        Tokens, with their capitals.

    Returns
    -------
    Words
    """
    rows = [_judge_word(word) for word in words]
    table = np.array(rows, bool).reshape(len(rows), 7)
    return Words(*(table[:, column].copy() for column in range(7)))


def _judge_word(word: str) -> tuple[bool, ...]:
    lower = word.lower()
    capital = word[0].isupper()
    initial = len(word) == 1 and capital
    return (
        lower in TITLES and capital,
        lower in ABBREVIATIONS or initial,
        "." in word and word[0].isalpha(),
        word[0].isdigit(),
        word[0].islower(),
        capital and lower in STARTERS,
        lower == "no",
    )


def find_sentence_starts(
    words: Words, gaps: Gaps, *, word: NDArray[np.int32], gap: NDArray[np.int32], first: Bools
) -> Bools:
    """Find the tokens that open a sentence.

    Parameters
    ----------
    words, gaps : Words, Gaps
        The judgements.
    word, gap : ndarray of int32, shape (n_tokens,)
        Number of each token's printed word, and of the gap before it.
    first : ndarray of bool, shape (n_tokens,)
        The token is the first of its document.

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
    """
    before = np.roll(word, 1)
    paragraph = first | gaps.paragraph[gap]
    stop = gaps.stop[gap]
    lower, starter = words.is_lower[word], words.is_starter[word]
    # "1. The …" at the head of a paragraph is a list mark, not a sentence.
    list_mark = words.is_number[before] & np.roll(paragraph, 1)
    numbered = words.is_no[before] & words.is_number[word]
    unsure = (words.is_abbreviation | words.is_dotted)[before] & ~starter
    dot_ends = ~(lower | words.is_title[before] | unsure | numbered | list_mark)
    inside = words.is_dotted[before] & starter & (stop == NO_STOP) & ~gaps.breaks[gap]
    ends: Bools = (stop == FULL) | ((stop == MARK) & ~lower) | ((stop == DOT) & dot_ends)
    opens: Bools = paragraph | ends | inside
    return opens


def find_breaks(
    words: Words, gaps: Gaps, *, word: NDArray[np.int32], gap: NDArray[np.int32], opens: Bools
) -> Bools:
    """Find the tokens that no term may reach from the token before.

    Parameters
    ----------
    words, gaps : Words, Gaps
        The judgements.
    word, gap : ndarray of int32, shape (n_tokens,)
        Number of each token's printed word, and of the gap before it.
    opens : ndarray of bool, shape (n_tokens,)
        The token opens a sentence.

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
        True after punctuation; the dot of "Mr. Smith" or "Harry S. Truman" is none.
    """
    before = np.roll(word, 1)
    short = (words.is_title | words.is_abbreviation | words.is_no)[before] & gaps.is_dot[gap]
    breaks: Bools = opens | (gaps.breaks[gap] & ~short)
    return breaks
