"""One pass over the bytes of texts: words and gaps as numbers, with their places.

The twin of the regular expressions in `english` and `chinese`, byte by byte; a text is cut into
words and the gaps between them, and equal ones get the same number. Words are compared byte by
byte where their hashes meet, so that no two are ever merged.

`find_signs` classes code points; a byte below 128 is its own code point.
"""

import numpy as np
from numba import int32, int64, njit, types, uint8, uint64

from watchwords.tokens.bit_kernels import first_bit, load_bytes
from watchwords.tokens.signs import (
    IS_DIGIT,
    IS_HAN,
    IS_INNER,
    IS_JOINT,
    IS_LETTER,
    IS_SIGN,
)

_SPACE, _FULL_STOP, _HYPHEN = 32, 46, 45
_MULTIPLIER = uint64(0x9E3779B97F4A7C15)
_LETTERS_LOW = uint64(0x1F1F1F1F1F1F1F1F)
_LETTERS_HIGH = uint64(0x0505050505050505)
_CASE = uint64(0x2020202020202020)
_SEVEN = uint64(0x7F7F7F7F7F7F7F7F)
_TOP = uint64(0x8080808080808080)
_LOW = uint64(0xFFFFFFFF)
_ALL = uint64(0xFFFFFFFFFFFFFFFF)


@njit(forceinline=True)
def _class_at(data, p, end, classes):
    """Find the class of the code point at a byte, its length in bits 8 and up; 0 at the end."""
    if p >= end:
        return 0
    c = int64(data[p])
    if c < 0x80:
        return int64(classes[c]) | 0x100
    second = int64(data[p + 1]) & 0x3F
    if c < 0xE0:
        return int64(classes[((c & 0x1F) << 6) | second]) | 0x200
    third = int64(data[p + 2]) & 0x3F
    if c < 0xF0:
        return int64(classes[((c & 0x0F) << 12) | (second << 6) | third]) | 0x300
    code = ((c & 0x07) << 18) | (second << 12) | (third << 6) | (int64(data[p + 3]) & 0x3F)
    return int64(classes[code]) | 0x400


@njit
def _signs_end(data, p, end, classes):
    k = _class_at(data, p, end, classes)
    while k & IS_SIGN:
        p += k >> 8
        k = _class_at(data, p, end, classes)
    return p


@njit
def _unit_end(data, p, end, classes):
    """End of a number with its inner marks, or of letters and digits."""
    first = p
    k = _class_at(data, p, end, classes)
    while k & IS_DIGIT:
        p += k >> 8
        k = _class_at(data, p, end, classes)
    if p > first:
        while k & IS_INNER:
            k = _class_at(data, p + 1, end, classes)
            if not k & IS_DIGIT:
                break
            p += 1
            while k & IS_DIGIT:
                p += k >> 8
                k = _class_at(data, p, end, classes)
    return _signs_end(data, p, end, classes)


@njit
def _abbreviation_end(data, p, end, classes):
    """End of U.S. and its like; `p` itself where there is none."""
    k = _class_at(data, p, end, classes)
    if not k & IS_LETTER:
        return p
    q = p + (k >> 8)
    n, last = 0, q
    while q < end and data[q] == _FULL_STOP:
        k = _class_at(data, q + 1, end, classes)
        if not k & IS_LETTER:
            break
        last = q
        q += 1 + (k >> 8)
        n += 1
    if n == 0:
        return p
    dot = q < end and data[q] == _FULL_STOP
    tail = q + 1 if dot else q
    r = tail
    while r < end and data[r] == _HYPHEN:
        after = _signs_end(data, r + 1, end, classes)
        if after == r + 1:
            break
        r = after
    if r > tail or not _class_at(data, tail, end, classes) & IS_SIGN:
        return r
    if dot:
        return q
    return last if n > 1 else p


@njit
def _word_end(data, p, end, classes):
    """End of the word that begins at a sign or a Chinese character."""
    k = _class_at(data, p, end, classes)
    if k & IS_HAN:
        return p + (k >> 8)
    q = _abbreviation_end(data, p, end, classes)
    if q > p:
        return q
    q = _unit_end(data, p, end, classes)
    k = _class_at(data, q, end, classes)
    while k & IS_JOINT:
        r = q + (k >> 8)
        if not _class_at(data, r, end, classes) & IS_SIGN:
            break
        q = _unit_end(data, r, end, classes)
        k = _class_at(data, q, end, classes)
    return q


@njit
def _head(data, p, n):
    """Read up to eight bytes as a number."""
    if p + 8 <= len(data):
        return load_bytes(data, p) & (_ALL >> uint64(64 - 8 * n)) if n > 0 else uint64(0)
    key = uint64(0)
    for i in range(n):
        key |= uint64(data[p + i]) << uint64(8 * i)
    return key


@njit
def _keys(data, p, n):
    """Read up to sixteen bytes as two numbers; of more, the second is a hash of the rest."""
    first = _head(data, p, min(n, 8))
    if n <= 8:
        return first, uint64(0)
    if n <= 16:
        return first, _head(data, p + 8, n - 8)
    key = uint64(n)
    for at in range(8, n - 8, 8):
        key = (key ^ (key >> uint64(29))) * _MULTIPLIER + load_bytes(data, p + at)
    return first, (key ^ (key >> uint64(29))) * _MULTIPLIER + load_bytes(data, p + n - 8)


@njit(forceinline=True)
def _letters(x):
    """Count the letters a to z, large or small, at the head of eight bytes."""
    low = (x | _CASE) & _SEVEN
    letters = (low + _LETTERS_LOW) & ~(low + _LETTERS_HIGH) & ~x & _TOP
    return int64(first_bit(~letters & _TOP)) >> 3


@njit(forceinline=True)
def _slot(first, second, size):
    mixed = (first ^ (second * _MULTIPLIER)) * _MULTIPLIER
    return int64((mixed ^ (mixed >> uint64(32))) & uint64(size - 1))


@njit
def _same(data, p, n, pool, begin):
    """Compare more than sixteen bytes."""
    i = 0
    while i + 8 <= n:
        if load_bytes(data, p + i) != load_bytes(pool, begin + i):
            return False
        i += 8
    return load_bytes(data, p + n - 8) == load_bytes(pool, begin + n - 8)


@njit(forceinline=True)
def _find(first, second, data, p, n, table, pool, offsets):
    """Find the number of an entry, or -1 - the slot where it belongs.

    Sixteen bytes and their number say all of a short entry; of a long one all bytes are compared.
    """
    size = len(table) // 3
    i = _slot(first, second, size)
    while True:
        entry = table[3 * i + 2]
        same = (table[3 * i] == first) & (table[3 * i + 1] == second)
        if same & (entry & _LOW == uint64(n)) & (entry != uint64(0)):
            number = int64(entry >> uint64(32)) - 1
            if n <= 16 or _same(data, p, n, pool, offsets[number]):
                return number
        if entry == uint64(0):
            return -1 - i
        i = (i + 1) & (size - 1)


@njit
def _add(first, second, slot, data, p, n, table, pool, offsets, number):
    """Give an entry the next number."""
    begin = offsets[number]
    for i in range(n):
        pool[begin + i] = data[p + i]
    offsets[number + 1] = begin + n
    table[3 * slot], table[3 * slot + 1] = first, second
    table[3 * slot + 2] = (uint64(number + 1) << uint64(32)) | uint64(n)


@njit
def _is_full(n, table, pool, offsets, number):
    return (
        6 * (number + 1) > len(table)
        or number + 2 > len(offsets)
        or offsets[number] + n > len(pool)
    )


_BYTES = types.Array(uint8, 1, "C", readonly=True)
_INDEX = types.Array(int64, 1, "C", readonly=True)
_STORE = types.Tuple((uint64[::1], uint8[::1], int64[::1]))

# Where a scan stands.
DOC, BYTE, GAP, SHIFT, TOKEN, N_WORDS, N_GAPS, NEEDED = range(8)


@njit(int64(_STORE, uint64[::1]), cache=True, nogil=True)
def refill(store, table):
    """Enter the strings of a store in a larger table."""
    old, _, _ = store
    size = len(table) // 3
    for entry in range(0, len(old), 3):
        if old[entry + 2] != uint64(0):
            i = _slot(old[entry], old[entry + 1], size)
            while table[3 * i + 2] != uint64(0):
                i = (i + 1) & (size - 1)
            for part in range(3):
                table[3 * i + part] = old[entry + part]
    return size


@njit(
    int64(
        int64[::1],
        _BYTES,
        _INDEX,
        _BYTES,
        _BYTES,
        _STORE,
        _STORE,
        types.UniTuple(int32[::1], 4),
        int64[::1],
        int32[::1],
    ),
    cache=True,
    nogil=True,
)
def scan(at, data, bounds, readable, classes, words, gaps, outputs, counts, last_gaps):
    """Cut texts into words and gaps, from where `at` stands.

    `words` and `gaps` hold what was met before: a table of keys and entries, the bytes one after
    the other, where each begins. Returns 0 at the end; 1 if the words, 2 if the gaps are full:
    make them larger, and go on.
    """
    word_table, word_pool, word_offsets = words
    gap_table, gap_pool, gap_offsets = gaps
    word, gap, starts, ends = outputs
    plain = np.zeros(256, np.bool_)
    for c in range(128):
        plain[c] = classes[c] & (IS_SIGN | IS_JOINT) == 0
    # Gaps of a blank, or of a sign and a blank, by their first byte.
    pairs = np.full(256, -1, np.int64)
    placed = len(starts) > 0
    size = len(data)
    n_words, n_gaps, t = at[N_WORDS], at[N_GAPS], at[TOKEN]
    for doc in range(at[DOC], len(counts)):
        begin = bounds[doc]
        end = bounds[doc + 1] if readable[doc] else begin
        p, before, shift, number = begin, begin, begin, int64(0)
        if at[BYTE] >= 0:
            p, before, shift = at[BYTE], at[GAP], at[SHIFT]
            at[BYTE] = -1
        else:
            counts[doc] = -t
        full = 0
        safe = min(end, size - 32)
        while True:
            # Code point of byte p is p - shift.
            # The common case alone: a blank or one sign and a blank, a known word of letters
            # a to z, and nothing behind it that might belong to it.
            while p < safe:
                c = data[p]
                at_word = p + 1 + (c != _SPACE)
                number = pairs[c]
                if number < 0 or data[at_word - 1] != _SPACE:
                    break
                first = load_bytes(data, at_word)
                second = load_bytes(data, at_word + 8)
                n = _letters(first)
                n += _letters(second) if n == 8 else 0
                q = at_word + n
                if not 0 < n < 16 or q >= safe or not plain[data[q]]:
                    break
                if n == 1 and data[q] == _FULL_STOP:
                    break
                first &= _ALL >> uint64(64 - 8 * min(n, 8))
                second &= (uint64(1) << uint64(8 * max(n - 8, 0))) - uint64(1)
                found = _find(first, second, data, at_word, n, word_table, word_pool, word_offsets)
                if found < 0:
                    break
                word[t] = found
                gap[t] = number
                if placed:
                    starts[t] = at_word - shift
                    ends[t] = q - shift
                t += 1
                p, before = q, q
            resume, resume_shift = p, shift
            k = _class_at(data, p, end, classes)
            while k > 0 and not k & (IS_SIGN | IS_HAN):
                p += k >> 8
                shift += (k >> 8) - 1
                k = _class_at(data, p, end, classes)
            n = p - before
            first, second = _keys(data, before, n)
            number = _find(first, second, data, before, n, gap_table, gap_pool, gap_offsets)
            if number < 0:
                if _is_full(n, gap_table, gap_pool, gap_offsets, n_gaps):
                    full = 2
                    break
                slot = -1 - number
                known = gap_table, gap_pool, gap_offsets
                _add(first, second, slot, data, before, n, *known, n_gaps)
                number = n_gaps
                n_gaps += 1
            if (n == 1 and data[before] == _SPACE) or (
                n == 2 and data[before] != _SPACE and data[before + 1] == _SPACE
            ):
                pairs[data[before]] = number
            if k == 0:
                last_gaps[doc] = number
                break
            gap[t] = number
            n = _letters(load_bytes(data, p)) if p < safe else 0
            q = p + n
            wide = 0
            easy = 0 < n < 8 and q < safe and plain[data[q]]
            if not easy or (n == 1 and data[q] == _FULL_STOP):
                q = _word_end(data, p, end, classes)
                n = q - p
                for i in range(p, q):
                    wide += (data[i] & 0xC0) == 0x80
            first, second = _keys(data, p, n)
            number = _find(first, second, data, p, n, word_table, word_pool, word_offsets)
            if number < 0:
                if _is_full(n, word_table, word_pool, word_offsets, n_words):
                    full = 1
                    break
                slot = -1 - number
                known = word_table, word_pool, word_offsets
                _add(first, second, slot, data, p, n, *known, n_words)
                number = n_words
                n_words += 1
            word[t] = number
            if placed:
                starts[t] = p - shift
                ends[t] = q - shift - wide
            shift += wide
            t += 1
            p, before = q, q
        if full:
            at[DOC], at[BYTE], at[GAP], at[SHIFT] = doc, resume, before, resume_shift
            at[TOKEN], at[N_WORDS], at[N_GAPS], at[NEEDED] = t, n_words, n_gaps, n
            return full
        counts[doc] += t
    at[TOKEN], at[N_WORDS], at[N_GAPS] = t, n_words, n_gaps
    return 0
