"""Sequences of words, numbered length by length, with what stands beside them.

A sequence of n words is known by the number of its first n - 1 words and its last word. Positions
are put into one pile per number, and the next words of a pile are counted in one array of the size
of the vocabulary: no key is hashed, nothing is sorted, and no string is built.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from watchwords.terms.scan_kernels import Text

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Words = NDArray[np.int32]
Floats = NDArray[np.float64]


@njit(cache=True, nogil=True)
def lay_out(text: Text, rows: Ints) -> tuple[Words, Bools, Ints, Ints]:
    """Lay out the words of some documents, hyphenated ones split.

    Parameters
    ----------
    text : Text
    rows : ndarray of int64
        Documents, ascending.

    Returns
    -------
    words : ndarray of int32, shape (n_words,)
    breaks : ndarray of bool, shape (n_words,)
        A sequence may not reach this word from the one before.
    doc_begins : ndarray of int64, shape (n_rows + 1,)
        Word with which each document begins.
    counts : ndarray of int64, shape (n_types,)
        Occurrences of each type.
    """
    n_parts = np.empty(len(text.part_offsets) - 1, np.uint8)
    for each in range(len(n_parts)):
        n_parts[each] = min(text.part_offsets[each + 1] - text.part_offsets[each], 255)
    n = 0
    for i in range(len(rows)):
        for token in range(text.doc_offsets[rows[i]], text.doc_offsets[rows[i] + 1]):
            n += n_parts[np.uint32(text.ids[token])]
            if n_parts[np.uint32(text.ids[token])] == 255:
                type_ = text.ids[token]
                n += text.part_offsets[type_ + 1] - text.part_offsets[type_] - 255
    words = np.empty(n, np.int32)
    breaks = np.empty(n, np.bool_)
    doc_begins = np.zeros(len(rows) + 1, np.int64)
    counts = np.zeros(len(n_parts), np.int64)
    n = 0
    for i in range(len(rows)):
        for token in range(text.doc_offsets[rows[i]], text.doc_offsets[rows[i] + 1]):
            word = np.uint32(text.ids[token])
            breaks[n] = text.breaks[token]
            if n_parts[word] == 1:
                # The only part of a word without hyphen is the word.
                words[n] = word
                counts[word] += 1
                n += 1
                continue
            begin = text.part_offsets[word]
            for part in range(begin, text.part_offsets[word + 1]):
                words[n] = text.parts[part]
                counts[words[n]] += 1
                if part > begin:
                    breaks[n] = False
                n += 1
        doc_begins[i + 1] = n
    return words, breaks, doc_begins, counts


@njit(cache=True, nogil=True)
def number_words(words: Words, alive: Bools) -> Words:
    """Give each word its type as number, -1 where that is not alive."""
    numbers = np.empty(len(words), np.int32)
    for i in range(len(words)):
        numbers[i] = words[i] if alive[np.uint32(words[i])] else -1
    return numbers


@njit(cache=True, nogil=True)
def pile_up(
    words: Words, breaks: Bools, numbers: Words, n_words: int, shorter: Ints
) -> tuple[Ints, Ints, Ints]:
    """Put what follows each sequence on one pile.

    Parameters
    ----------
    words, breaks : ndarray
        From `lay_out`; fewer than 2**31.
    numbers : ndarray of int32
        Number of the sequence that begins at each word, -1 for none.
    n_words : int
        Length of these sequences.
    shorter : ndarray of int64, shape (n_sequences,)
        How often each of them occurs.

    Returns
    -------
    begins, ends : ndarray of int64, shape (n_sequences,)
        The pile of each sequence.
    pile : ndarray of int64
        Position in the upper, next word in the lower half of the bits. What is frequent has a
        frequent opening and a frequent ending: other occurrences are left out.
    """
    none = len(shorter)
    begins = np.zeros(none + 1, np.int64)
    for k in range(none):
        begins[k + 1] = begins[k] + shorter[k]
    ends = begins.copy()
    # The last entry takes what belongs on no pile: a loop without a question guesses none wrong.
    pile = np.empty(begins[none] + 1, np.int64)
    for i in range(len(words) - n_words):
        good = (numbers[i] >= 0) & (numbers[i + 1] >= 0) & (not breaks[i + n_words])
        k = numbers[i] if good else none
        spot = ends[k]
        pile[spot] = (np.int64(i) << 32) | np.int64(words[i + n_words])
        ends[k] = spot + (1 if good else 0)
    return begins[:none], ends[:none], pile


@njit(cache=True, nogil=True)
def count_piles(
    piles: tuple[Ints, Ints, Ints],
    numbers: Words,
    doc_begins: Ints,
    n_types: int,
    floors: tuple[int, int],
) -> tuple[Words, Words, Words, Ints, Ints]:
    """Count the sequences that are longer by one word.

    Parameters
    ----------
    piles : tuple
        From `pile_up`.
    numbers : ndarray of int32
        As there.
    doc_begins : ndarray of int64
        From `lay_out`.
    n_types : int
        How many types there are.
    floors : (int, int)
        Least occurrences and least documents.

    Returns
    -------
    opening, ending, last : ndarray of int32
        Of each longer sequence: numbers of the shorter ones without its last and without its
        first word, and its last word. Sorted by opening, then last word.
    n, n_docs : ndarray of int64
        Their counts.
    """
    begins, ends, pile = piles
    # The document in which each stretch of 64 words begins.
    doc_of_block = np.zeros((len(numbers) >> 6) + 1, np.int32)
    doc = np.int32(0)
    for block in range(len(doc_of_block)):
        while doc + 1 < len(doc_begins) - 1 and doc_begins[doc + 1] <= block << 6:
            doc += 1
        doc_of_block[block] = doc
    # Of each type, while one pile is counted: occurrences, documents, the last document, a place.
    tally = np.zeros((n_types, 4), np.int32)
    found = np.empty(n_types, np.int32)
    room = 1024
    longer = np.empty((room, 3), np.int32)
    counts = np.empty((room, 2), np.int64)
    total = 0
    for k in range(len(begins)):
        if ends[k] - begins[k] < floors[0]:
            continue
        n_found = 0
        for spot in range(begins[k], ends[k]):
            word, position = np.uint32(pile[spot] & 0xFFFFFFFF), pile[spot] >> 32
            doc = doc_of_block[position >> 6]
            while doc_begins[doc + 1] <= position:
                doc += 1
            if tally[word, 0] == 0:
                found[n_found] = word
                n_found += 1
                tally[word, 1] = 0
                tally[word, 2] = -1
                tally[word, 3] = position
            tally[word, 0] += 1
            if tally[word, 2] != doc:
                tally[word, 2] = doc
                tally[word, 1] += 1
        n_kept = 0
        for spot in range(n_found):
            word = found[spot]
            if tally[word, 0] >= floors[0] and tally[word, 1] >= floors[1]:
                found[n_kept] = word
                n_kept += 1
            else:
                tally[word, 0] = 0
        if n_kept == 0:
            continue
        found[:n_kept].sort()
        if total + n_kept > room:
            room = 2 * (total + n_kept)
            wider, wider_counts = np.empty((room, 3), np.int32), np.empty((room, 2), np.int64)
            wider[:total], wider_counts[:total] = longer[:total], counts[:total]
            longer, counts = wider, wider_counts
        for spot in range(n_kept):
            word = found[spot]
            longer[total, 0], longer[total, 2] = k, word
            longer[total, 1] = numbers[np.uint32(tally[word, 3]) + 1]
            counts[total, 0], counts[total, 1] = tally[word, 0], tally[word, 1]
            tally[word, 0] = 0
            total += 1
    longer, counts = longer[:total], counts[:total]
    return (
        longer[:, 0].copy(),
        longer[:, 1].copy(),
        longer[:, 2].copy(),
        counts[:, 0].copy(),
        counts[:, 1].copy(),
    )


@njit(cache=True, nogil=True)
def renumber(
    piles: tuple[Ints, Ints, Ints],
    opening: Words,
    last: Words,
    chosen: Bools,
    n_types: int,
    numbers: Words,
) -> None:
    """Give each position the number of the longer sequence that begins there, in place.

    Parameters
    ----------
    piles : tuple
        From `pile_up`.
    opening, last : ndarray of int32
        From `count_piles`.
    chosen : ndarray of bool
        Which of the longer sequences; the others get no number.
    n_types : int
        How many types there are.
    numbers : ndarray of int32, shape (n_words,)
        Changed; -1 for none.
    """
    begins, ends, pile = piles
    numbers[:] = -1
    assigned = np.full(n_types, -1, np.int32)
    number = 0
    while number < len(opening):
        k, first, any_chosen = opening[number], number, False
        while number < len(opening) and opening[number] == k:
            any_chosen |= chosen[number]
            number += 1
        if not any_chosen:
            continue
        for longer in range(first, number):
            if chosen[longer]:
                assigned[last[longer]] = longer
        for spot in range(begins[k], ends[k]):
            longer = assigned[np.uint32(pile[spot] & 0xFFFFFFFF)]
            if longer >= 0:
                numbers[pile[spot] >> 32] = longer
        for longer in range(first, number):
            assigned[last[longer]] = -1


@njit(cache=True, nogil=True)
def measure_neighbours(
    words: Words,
    breaks: Bools,
    numbers: Words,
    n_words: int,
    counts: Ints,
    beside: tuple[Bools, Bools],
) -> tuple[Floats, Floats]:
    """Measure how varied the words before and behind sequences are.

    Parameters
    ----------
    words, breaks, numbers, n_words
        As in `pile_up`.
    counts : ndarray of int64, shape (n_sequences,)
        How often each sequence occurs; 0 for those that are not measured and get NaN.
    beside : (ndarray of bool, ndarray of bool), shape (n_types,)
        Types that count before and behind a sequence; the others are as good as breaks.

    Returns
    -------
    before, after : ndarray of float64, shape (n_sequences,)
        Entropy in bits; a break counts as a word that no other occurrence has.
    """
    n_sequences = len(counts)
    begin = np.zeros(n_sequences + 1, np.int64)
    size = len(words)
    for k in range(n_sequences):
        begin[k + 1] = begin[k] + counts[k]
    place = begin[:-1].copy()
    pile = np.full((begin[-1], 2), -1, np.int32)
    for i in range(size):
        if numbers[i] >= 0 and counts[numbers[i]] > 0:
            spot = place[numbers[i]]
            behind = i + n_words
            if i > 0 and not breaks[i] and beside[0][np.uint32(words[i - 1])]:
                pile[spot, 0] = words[i - 1]
            if behind < size and not breaks[behind] and beside[1][np.uint32(words[behind])]:
                pile[spot, 1] = words[behind]
            place[numbers[i]] += 1
    count = np.zeros(len(beside[0]), np.int64)
    entropy = np.full((2, n_sequences), np.nan)
    for k in range(n_sequences):
        n = begin[k + 1] - begin[k]
        if n == 0:
            continue
        for side in range(2):
            shared = 0.0
            for spot in range(begin[k], begin[k + 1]):
                if pile[spot, side] >= 0:
                    count[pile[spot, side]] += 1
            for spot in range(begin[k], begin[k + 1]):
                if pile[spot, side] >= 0:
                    c = count[pile[spot, side]]
                    if c > 1:
                        shared += c * np.log2(c)
                    count[pile[spot, side]] = 0
            entropy[side, k] = np.log2(n) - shared / n
    return entropy[0], entropy[1]
