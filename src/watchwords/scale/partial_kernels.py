"""Counted sequences written as few bytes, and the bytes of many partitions merged.

A sequence is a head byte, its words from the first that differs from the sequence before it, four
bytes each, and its groups: each as a distance from the one before, with occurrences and documents,
as numbers of seven bits a byte. Sequences stand in the order of their words, so that any number
of such lists can be merged reading each once.
"""

import numpy as np
from numba import int32, int64, njit, types, uint8, uint64

MAX_WORDS = 8
# The head byte: three bits for the words shared, three for the number of words less 1, and
# whether there is one occurrence only.
_ONCE = 64
_LONGEST = 10  # bytes of a number

_BYTES = types.Array(uint8, 1, "C", readonly=True)
_IDS = types.Array(int32, 1, "C", readonly=True)
_ROWS = types.Array(int32, 2, "C", readonly=True)
_PLACES = types.Array(int64, 1, "C", readonly=True)


@njit(inline="always")
def _write(data, at, number):
    while number >= 128:
        data[at] = uint8((number & 127) | 128)
        number >>= 7
        at += 1
    data[at] = uint8(number)
    return at + 1


@njit(inline="always")
def _read(data, at):
    byte = int64(data[at])
    at += 1
    number = byte & 127
    shift = 7
    while byte >= 128:
        byte = int64(data[at])
        at += 1
        number |= (byte & 127) << shift
        shift += 7
    return number, at


@njit(
    types.UniTuple(int64, 3)(
        types.Tuple((_ROWS, _BYTES, _PLACES, _IDS, _IDS)),
        types.UniTuple(int64, 2),
        types.UniTuple(_IDS, 2),
        uint8[::1],
    ),
    cache=True,
    nogil=True,
)
def encode(counted, between, names, data):
    """Write some rows of what was counted by document; return bytes, rows and groups written.

    `names` has the number of each word in the common vocabulary, ascending, and the group of each
    document, documents by ascending group. Ends before a row that may not fit.
    """
    rows, lengths, offsets, doc, n = counted
    first, end = between
    word_of, group_of = names
    at, n_cells = 0, 0
    for row in range(first, end):
        n_words = int64(lengths[row])
        begin, stop = offsets[row], offsets[row + 1]
        if at + (1 + n_words + 3 * (stop - begin)) * _LONGEST > len(data):
            return at, row - first, n_cells
        shared = 0
        if row > first:
            while shared < n_words and rows[row, shared] == rows[row - 1, shared]:
                shared += 1
        once = stop - begin == 1 and n[begin] == 1
        data[at] = uint8(shared | ((n_words - 1) << 3) | (_ONCE if once else 0))
        at += 1
        for level in range(shared, n_words):
            word = word_of[rows[row, level]]
            data[at] = uint8(word & 255)
            data[at + 1] = uint8((word >> 8) & 255)
            data[at + 2] = uint8((word >> 16) & 255)
            data[at + 3] = uint8(word >> 24)
            at += 4
        if once:
            at = _write(data, at, int64(group_of[doc[begin]]))
            n_cells += 1
            continue
        # How many groups there are is known behind them; most often one byte says it.
        head = at
        at += 1
        n_groups = 0
        cell, last = begin, int64(0)
        while cell < stop:
            group = int64(group_of[doc[cell]])
            total, n_docs = int64(0), int64(0)
            while cell < stop and group_of[doc[cell]] == group:
                total += n[cell]
                n_docs += 1
                cell += 1
            at = _write(data, at, group - last)
            last = group
            # Most often each document has it once.
            if total == n_docs:
                at = _write(data, at, total << 1)
            else:
                at = _write(data, at, total << 1 | 1)
                at = _write(data, at, n_docs)
            n_groups += 1
        n_cells += n_groups
        if n_groups < 128:
            data[head] = uint8(n_groups)
            continue
        room = 1 + (n_groups >= 1 << 14) + (n_groups >= 1 << 21)
        for place in range(at - 1, head, -1):
            data[place + room] = data[place]
        _write(data, head, n_groups)
        at += room
    return at, end - first, n_cells


@njit(inline="always")
def _advance(stream, data, bounds, words, keys, at):
    """Read the words of the next sequence of a stream; its groups are read later."""
    place, end = at[stream, 0], bounds[stream, 1]
    if place >= end:
        keys[stream, 0] = uint64(0xFFFFFFFFFFFFFFFF)
        at[stream, 1] = -1
        return
    head = int64(data[place])
    place += 1
    shared, n_words = head & 7, ((head >> 3) & 7) + 1
    for level in range(shared, n_words):
        words[stream, level] = (
            int64(data[place])
            | (int64(data[place + 1]) << 8)
            | (int64(data[place + 2]) << 16)
            | (int64(data[place + 3]) << 24)
        )
        place += 4
    for level in range(n_words, words.shape[1]):
        words[stream, level] = -1
    for pair in range(keys.shape[1]):
        keys[stream, pair] = (uint64(words[stream, 2 * pair] + 1) << uint64(32)) | uint64(
            words[stream, 2 * pair + 1] + 1
        )
    at[stream, 0] = place
    at[stream, 1] = n_words
    at[stream, 2] = head & _ONCE


@njit(inline="always")
def _comes_first(one, other, keys):
    for pair in range(keys.shape[1]):
        if keys[one, pair] != keys[other, pair]:
            return keys[one, pair] < keys[other, pair]
    return one < other


@njit(
    types.UniTuple(int64, 2)(
        _BYTES,
        int64[:, ::1],
        types.UniTuple(int64, 3),
        types.Tuple((int32[:, ::1], uint8[::1], int64[::1], int32[::1], int64[::1], int64[::1])),
    ),
    cache=True,
    nogil=True,
)
def merge(data, bounds, limits, outputs):
    """Merge lists of sequences, each read once, and drop what is rare in all of them together.

    The lists are leaves of a tournament: the winner, the first sequence in order, is replaced by
    the next one of its list, which meets only those on its way up.
    """
    n_groups, min_docs, min_count = limits
    rows, lengths, ends, out_group, out_n, out_docs = outputs
    width = rows.shape[1]
    n_streams = len(bounds)
    size = 1
    while size < n_streams:
        size *= 2
    words = np.full((size, width + width % 2), -1, np.int64)
    keys = np.full((size, (width + 1) // 2), uint64(0xFFFFFFFFFFFFFFFF), np.uint64)
    at = np.zeros((size, 3), np.int64)
    at[:, 1] = -1
    for stream in range(n_streams):
        at[stream, 0] = bounds[stream, 0]
        at[stream, 1] = 0
        _advance(stream, data, bounds, words, keys, at)
    winners = np.empty(2 * size, np.int64)
    for leaf in range(size):
        winners[size + leaf] = leaf
    for node in range(size - 1, 0, -1):
        one, other = winners[2 * node], winners[2 * node + 1]
        winners[node] = one if _comes_first(one, other, keys) else other
    total = np.zeros(n_groups, np.int64)
    total_docs = np.zeros(n_groups, np.int64)
    touched = np.empty(n_groups, np.int64)
    n_rows, n_cells = 0, 0
    while True:
        stream = winners[1]
        if at[stream, 1] < 0:
            break
        n_words = at[stream, 1]
        for level in range(width):
            rows[n_rows, level] = words[stream, level]
        n_touched, n_all, docs_all, ordered = 0, int64(0), int64(0), True
        while True:
            # Take in the groups of this list.
            place = at[stream, 0]
            n_here, group = 1, int64(0)
            if at[stream, 2] == 0:
                n_here, place = _read(data, place)
            for _ in range(n_here):
                step, place = _read(data, place)
                group += step
                n, n_docs = int64(1), int64(1)
                if at[stream, 2] == 0:
                    number, place = _read(data, place)
                    n = number >> 1
                    n_docs = n
                    if number & 1:
                        n_docs, place = _read(data, place)
                if total[group] == 0:
                    ordered &= n_touched == 0 or touched[n_touched - 1] < group
                    touched[n_touched] = group
                    n_touched += 1
                total[group] += n
                total_docs[group] += n_docs
                n_all += n
                docs_all += n_docs
            at[stream, 0] = place
            _advance(stream, data, bounds, words, keys, at)
            node = (size + stream) >> 1
            while node > 0:
                one, other = winners[2 * node], winners[2 * node + 1]
                winners[node] = one if _comes_first(one, other, keys) else other
                node >>= 1
            stream = winners[1]
            same = at[stream, 1] == n_words
            for level in range(n_words):
                if not same:
                    break
                same = words[stream, level] == rows[n_rows, level]
            if not same:
                break
        if not ordered:
            touched[:n_touched].sort()
        kept = n_all >= min_count and docs_all >= min_docs
        for i in range(n_touched):
            group = touched[i]
            if kept:
                out_group[n_cells] = group
                out_n[n_cells] = total[group]
                out_docs[n_cells] = total_docs[group]
                n_cells += 1
            total[group] = 0
            total_docs[group] = 0
        if kept:
            lengths[n_rows] = n_words
            n_rows += 1
            ends[n_rows] = n_cells
    return n_rows, n_cells
