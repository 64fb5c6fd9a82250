"""One pass over numbered words and gaps: where sentences and paragraphs begin, and what breaks.

`sentences` judges each distinct word and gap; what these mean side by side is decided here.
"""

from numba import boolean, int32, int64, njit, types, uint8

from watchwords.tokens.sentences import (
    ABBREVIATION,
    BREAKING,
    DOT,
    DOTTED,
    FULL,
    IS_DOT,
    LOWER,
    MARK,
    NO,
    NUMBER,
    PARAGRAPH,
    STARTER,
    TITLE,
)


@njit
def _opens(before, here, behind, after_paragraph):
    """Tell whether a word within a paragraph opens a sentence."""
    stop = behind & 3
    if stop == FULL:
        return True
    if stop == MARK:
        return here & LOWER == 0
    if stop == DOT:
        unsure = before & (ABBREVIATION | DOTTED) != 0 and here & STARTER == 0
        numbered = before & NO != 0 and here & NUMBER != 0
        # "1. The ..." at the head of a paragraph is a list mark, not a sentence.
        list_mark = before & NUMBER != 0 and after_paragraph
        return not (here & LOWER or before & TITLE or unsure or numbered or list_mark)
    return before & DOTTED != 0 and here & STARTER != 0 and behind & BREAKING == 0


_NUMBERS = types.Array(int32, 1, "C", readonly=True)
_COUNTS = types.Array(int64, 1, "C", readonly=True)
_FLAGS = types.Array(uint8, 1, "C", readonly=True)


@njit(
    types.UniTuple(int64, 2)(
        types.Tuple((int32[::1], _NUMBERS, _NUMBERS, _NUMBERS)),
        _COUNTS,
        _NUMBERS,
        types.Tuple((_NUMBERS, _FLAGS)),
        types.Tuple((_FLAGS, _NUMBERS, _NUMBERS)),
        boolean[::1],
        int64[::1],
        int64[::1],
        int32[:, ::1],
    ),
    cache=True,
    nogil=True,
)
def mark(placed, counts, last_gaps, about_words, about_gaps, breaks, sentences, paragraphs, bounds):
    """Find breaks, sentences and paragraphs; turn printed words into types, in place.

    `placed` holds number, gap, start and end of each word; without starts only the breaks and the
    types are made, and without `type_of` the words stay. Returns the numbers of sentences and of
    paragraphs.
    """
    word, gap, starts, ends = placed
    type_of, word_flags = about_words
    gap_flags, heads, tails = about_gaps
    whole = len(starts) > 0
    n_sentences, n_paragraphs, t = 0, 0, 0
    for doc in range(len(counts)):
        before = 0
        was_paragraph = False
        for i in range(counts[doc]):
            here = int64(word_flags[word[t]])
            behind = int64(gap_flags[gap[t]])
            paragraph = i == 0 or behind & PARAGRAPH != 0
            opens = paragraph or _opens(before, here, behind, was_paragraph)
            short = behind & IS_DOT != 0 and before & (TITLE | ABBREVIATION | NO) != 0
            breaks[t] = opens or (behind & BREAKING != 0 and not short)
            if whole and opens:
                if i > 0:
                    bounds[n_sentences - 1, 1] = ends[t - 1] + heads[gap[t]]
                bounds[n_sentences, 0] = starts[t] - tails[gap[t]]
                sentences[n_sentences] = t
                n_sentences += 1
                if paragraph:
                    paragraphs[n_paragraphs] = t
                    n_paragraphs += 1
            if len(type_of) > 0:
                word[t] = type_of[word[t]]
            before = here
            was_paragraph = paragraph
            t += 1
        if whole and counts[doc] > 0:
            bounds[n_sentences - 1, 1] = ends[t - 1] + heads[last_gaps[doc]]
    return n_sentences, n_paragraphs
