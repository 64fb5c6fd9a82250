"""Hot loops over the signs of texts: tokens, shingles, sketches, and how much two texts share.

A text is an array of code points. Its tokens are runs of letters and digits, and every sign of a
script without blanks (Han, kana) by itself; a shingle is a run of tokens.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

WORD, SIGN, UPPER, DIGIT = 1, 2, 4, 8
_BMP = 0x10000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SEED = np.uint64(0xCBF29CE484222325)


@njit(cache=True, nogil=True)
def find_tokens(
    codes: NDArray[np.uint32],
    classes: NDArray[np.uint8],
    folds: NDArray[np.uint16],
    hashes: NDArray[np.uint64],
    starts: NDArray[np.int32],
) -> tuple[int, int]:
    """Write the hash and the start of each token; return how many there are, and signs of them.

    `hashes` and `starts` have room for one token per code point. A folded letter decides, so that
    capitals make no other token.
    """
    n, n_signs, i, size = 0, 0, 0, len(codes)
    while i < size:
        code = codes[i]
        if code < _BMP:
            kind = classes[code]
        else:
            kind = np.uint8(SIGN) if 0x20000 <= code < 0x40000 else np.uint8(0)
        if kind & SIGN:
            h = (_SEED ^ np.uint64(code)) * _MULTIPLIER
            hashes[n] = h ^ (h >> np.uint64(32))
            starts[n] = i
            n += 1
            n_signs += 1
            i += 1
        elif kind & WORD:
            h = _SEED
            starts[n] = i
            while i < size and codes[i] < _BMP and classes[codes[i]] & WORD:
                h = (h ^ np.uint64(folds[codes[i]])) * _MULTIPLIER
                h ^= h >> np.uint64(32)
                i += 1
            hashes[n] = h
            n += 1
        else:
            i += 1
    return n, n_signs


@njit(cache=True, nogil=True)
def shingle_at(hashes: NDArray[np.uint64], at: int, size: int) -> np.uint32:
    """Hash the `size` tokens from `at`."""
    h = _SEED
    for j in range(at, at + size):
        h = (h ^ hashes[j]) * _MULTIPLIER
        h ^= h >> np.uint64(29)
    return np.uint32(h >> np.uint64(32))


@njit(cache=True, nogil=True)
def sketch_texts(
    codes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint16]],
    sizes: tuple[int, int, int],
    factors: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    sketches: NDArray[np.uint32],
    cases: NDArray[np.uint32],
) -> NDArray[np.int32]:
    """Write the sketch of each text; return its number of shingles (0: too short to compare).

    `sizes` are the words and the signs in a shingle, and the fewest tokens of a text that is
    compared. Slot i of a sketch holds the least of ``a[i] * shingle + b[i]`` (mod 2^32): two
    texts agree in a slot about as often as their shingles do (MinHash). `cases` counts words
    (by hash) begun with a small letter (row 0) and with a capital (row 1).
    """
    classes, folds = tables
    n_words, n_signs_in, least = sizes
    a, b = factors
    n_texts, width = sketches.shape
    n_slots = np.uint64(cases.shape[1] - 1)
    longest = 1
    for t in range(n_texts):
        longest = max(longest, offsets[t + 1] - offsets[t])
    hashes, starts = np.empty(longest, np.uint64), np.empty(longest, np.int32)
    n_shingles = np.zeros(n_texts, np.int32)
    for t in range(n_texts):
        text = codes[offsets[t] : offsets[t + 1]]
        n, n_signs = find_tokens(text, classes, folds, hashes, starts)
        for i in range(n):
            first = text[starts[i]]
            if first < _BMP and classes[first] & WORD:
                slot = hashes[i] & n_slots
                cases[1 if classes[first] & UPPER else 0, slot] += np.uint32(1)
        if n < least:
            continue
        size = n_signs_in if 2 * n_signs > n else n_words
        n_shingles[t] = n - size + 1
        row = sketches[t]
        for i in range(n - size + 1):
            x = shingle_at(hashes, i, size)
            for k in range(width):
                v = np.uint32(a[k] * x + b[k])
                row[k] = min(row[k], v)
    return n_shingles


@njit(cache=True, nogil=True)
def shingle_texts(
    codes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint16]],
    sizes: tuple[int, int, int],
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the distinct shingles of each text, sorted, end to end, and where each text begins."""
    classes, folds = tables
    n_words, n_signs_in, least = sizes
    n_texts = len(offsets) - 1
    out = np.empty(max(1, len(codes)), np.uint32)
    bounds = np.zeros(n_texts + 1, np.int64)
    longest = 1
    for t in range(n_texts):
        longest = max(longest, offsets[t + 1] - offsets[t])
    hashes, starts = np.empty(longest, np.uint64), np.empty(longest, np.int32)
    for t in range(n_texts):
        at = bounds[t]
        text = codes[offsets[t] : offsets[t + 1]]
        n, n_signs = find_tokens(text, classes, folds, hashes, starts)
        if n >= least:
            size = n_signs_in if 2 * n_signs > n else n_words
            found = np.empty(n - size + 1, np.uint32)
            for i in range(n - size + 1):
                found[i] = shingle_at(hashes, i, size)
            found.sort()
            for i in range(len(found)):
                if i == 0 or found[i] != found[i - 1]:
                    out[at] = found[i]
                    at += 1
        bounds[t + 1] = at
    return out[: bounds[n_texts]].copy(), bounds


@njit(cache=True, nogil=True)
def pair_bucket_members(
    order: NDArray[np.int64],
    keys: NDArray[np.uint64],
    sketches: NDArray[np.uint32],
    reach: int,
    agree: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair the texts of one bucket whose sketches agree in `agree` slots or more.

    `order` sorts the texts by `keys`, stably. Each is compared with the first and the last
    `reach` members before it: a bucket of any size costs no more than its length.
    """
    n, width = len(order), sketches.shape[1]
    first, second = np.empty(max(16, n), np.int64), np.empty(max(16, n), np.int64)
    found, start = 0, 0
    for at in range(n):
        if at and keys[order[at]] != keys[order[at - 1]]:
            start = at
        here = order[at]
        other = start
        while other < at:
            if other - start >= reach and at - other > reach:
                other = at - reach
            there = order[other]
            same = 0
            for k in range(width):
                same += sketches[here, k] == sketches[there, k]
            if same >= agree:
                if found == len(first):
                    first, second = _grown(first), _grown(second)
                first[found], second[found] = there, here
                found += 1
            other += 1
    return first[:found].copy(), second[:found].copy()


@njit(cache=True, nogil=True)
def _grown(values: NDArray[np.int64]) -> NDArray[np.int64]:
    longer = np.empty(2 * len(values), np.int64)
    longer[: len(values)] = values
    return longer


@njit(cache=True, nogil=True)
def count_shared(
    shingles: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count the shingles that each pair of texts has in common."""
    shared = np.zeros(len(first), np.int64)
    for p in range(len(first)):
        i, i_end = bounds[first[p]], bounds[first[p] + 1]
        j, j_end = bounds[second[p]], bounds[second[p] + 1]
        n = 0
        while i < i_end and j < j_end:
            if shingles[i] < shingles[j]:
                i += 1
            elif shingles[i] > shingles[j]:
                j += 1
            else:
                n += 1
                i += 1
                j += 1
        shared[p] = n
    return shared


@njit(cache=True, nogil=True)
def mark_shared(
    codes: NDArray[np.uint32],
    other: NDArray[np.uint32],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint16]],
    sizes: tuple[int, int, int],
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the tokens of a text: hash, start, and whether a shingle over it is in `other`.

    `other` holds the sorted shingles of another text.
    """
    classes, folds = tables
    n_words, n_signs_in, _ = sizes
    hashes = np.empty(max(1, len(codes)), np.uint64)
    starts = np.empty(max(1, len(codes)), np.int32)
    n, n_signs = find_tokens(codes, classes, folds, hashes, starts)
    size = n_signs_in if 2 * n_signs > n else n_words
    shared = np.zeros(n, np.bool_)
    for i in range(n - size + 1):
        x = shingle_at(hashes, i, size)
        at = np.searchsorted(other, x)
        if at < len(other) and other[at] == x:
            shared[i : i + size] = True
    return hashes[:n].copy(), starts[:n].copy(), shared


@njit(cache=True, nogil=True)
def end_tokens(
    codes: NDArray[np.uint32], classes: NDArray[np.uint8], starts: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Say where each token ends that begins at `starts`."""
    ends = np.empty(len(starts), np.int32)
    for t in range(len(starts)):
        i = starts[t]
        if codes[i] < _BMP and classes[codes[i]] & WORD:
            while i < len(codes) and codes[i] < _BMP and classes[codes[i]] & WORD:
                i += 1
        else:
            i += 1
        ends[t] = i
    return ends
