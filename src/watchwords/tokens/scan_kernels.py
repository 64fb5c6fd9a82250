"""One pass over the bytes of texts: words and gaps as numbers, with their places.

The twin of the regular expressions in `english` and `chinese`, byte by byte; a text is cut into
words and the gaps between them, and equal ones get the same number. Words are compared byte by
byte where their hashes meet, so that no two are ever merged.

`find_signs` classes code points; a byte below 128 is its own code point.
"""

from llvmlite import ir
from numba import int32, int64, njit, types, uint8, uint64
from numba.extending import intrinsic

from watchwords.tokens.signs import (
    IS_DIGIT,
    IS_DOT,
    IS_HAN,
    IS_INNER,
    IS_JOINT,
    IS_LETTER,
    IS_SIGN,
)

_FULL_STOP, _HYPHEN = 46, 45
_MULTIPLIER = uint64(0x9E3779B97F4A7C15)
_LETTERS_LOW = uint64(0x1F1F1F1F1F1F1F1F)
_LETTERS_HIGH = uint64(0x0505050505050505)
_CASE = uint64(0x2020202020202020)
_SEVEN = uint64(0x7F7F7F7F7F7F7F7F)
_TOP = uint64(0x8080808080808080)


@intrinsic
def _load(typingctx, data, at):  # noqa: ARG001
    """Read eight bytes that need not be aligned."""

    def build(context, builder, signature, args):
        array = context.make_array(signature.args[0])(context, builder, args[0])
        place = builder.gep(array.data, [args[1]])
        wide = builder.bitcast(place, ir.IntType(64).as_pointer())
        return builder.load(wide, align=1)

    return uint64(data, types.int64), build


@intrinsic
def _first_bit(typingctx, bits):  # noqa: ARG001
    """Count the zeros below the lowest one."""

    def build(context, builder, signature, args):  # noqa: ARG001
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return uint64(uint64), build


@njit
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
def _key(data, p, n):
    """Up to eight bytes as a number; a hash of more."""
    size = len(data)
    if n <= 8:
        if n == 0:
            return uint64(0)
        if p + 8 <= size:
            return _load(data, p) & (~uint64(0) >> uint64(64 - 8 * n))
        key = uint64(0)
        for i in range(n):
            key |= uint64(data[p + i]) << uint64(8 * i)
        return key
    key = _load(data, p)
    at = 8
    while at + 8 <= n:
        key = (key ^ (key >> uint64(29))) * _MULTIPLIER + _load(data, p + at)
        at += 8
    return (key ^ (key >> uint64(29))) * _MULTIPLIER + _load(data, p + n - 8)


@njit
def _slot(key, size):
    mixed = key * _MULTIPLIER
    mixed ^= mixed >> uint64(32)
    return int64((mixed * _MULTIPLIER) >> uint64(20)) & (size - 1)


@njit
def _same(data, p, n, pool, begin):
    """Compare more than eight bytes."""
    i = 0
    while i + 8 <= n:
        if _load(data, p + i) != _load(pool, begin + i):
            return False
        i += 8
    return _load(data, p + n - 8) == _load(pool, begin + n - 8)


@njit
def _find(key, data, p, n, table, pool, offsets):
    """Find the number of an entry, or -1 - the slot where it belongs."""
    size = len(table) >> 1
    i = _slot(key, size)
    while True:
        entry = table[2 * i + 1]
        if entry == uint64(0):
            return -1 - i
        if table[2 * i] == key and int64(entry & uint64(0xFFFFFFFF)) == n:
            number = int64(entry >> uint64(32)) - 1
            if n <= 8 or _same(data, p, n, pool, offsets[number]):
                return number
        i = (i + 1) & (size - 1)


@njit
def _add(key, slot, data, p, n, table, pool, offsets, number):
    """Give an entry the next number."""
    begin = offsets[number]
    for i in range(n):
        pool[begin + i] = data[p + i]
    offsets[number + 1] = begin + n
    table[2 * slot] = key
    table[2 * slot + 1] = (uint64(number + 1) << uint64(32)) | uint64(n)


@njit
def _is_full(n, table, pool, offsets, number):
    return (
        4 * (number + 1) > len(table)
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
    size = len(table) >> 1
    for entry in range(len(old) >> 1):
        if old[2 * entry + 1] != uint64(0):
            i = _slot(old[2 * entry], size)
            while table[2 * i + 1] != uint64(0):
                i = (i + 1) & (size - 1)
            table[2 * i], table[2 * i + 1] = old[2 * entry], old[2 * entry + 1]
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
        while True:
            # Code point of byte p is p - shift.
            resume, resume_shift = p, shift
            k = _class_at(data, p, end, classes)
            while k > 0 and not k & (IS_SIGN | IS_HAN):
                p += k >> 8
                shift += (k >> 8) - 1
                k = _class_at(data, p, end, classes)
            n = p - before
            key = _key(data, before, n)
            number = _find(key, data, before, n, gap_table, gap_pool, gap_offsets)
            if number < 0:
                if _is_full(n, gap_table, gap_pool, gap_offsets, n_gaps):
                    full = 2
                    break
                slot = -1 - number
                _add(key, slot, data, before, n, gap_table, gap_pool, gap_offsets, n_gaps)
                number = n_gaps
                n_gaps += 1
            if k == 0:
                last_gaps[doc] = number
                break
            gap[t] = number
            # Letters a to z, eight at a time; most words end with them.
            q, run, x = p, 0, uint64(0)
            while q + 8 <= size:
                x = _load(data, q)
                low = (x | _CASE) & _SEVEN
                letters = (low + _LETTERS_LOW) & ~(low + _LETTERS_HIGH) & ~x & _TOP
                run = int64(_first_bit(~letters & _TOP)) >> 3
                q += run
                if run < 8:
                    break
            n = q - p
            wide = 0
            plain = False
            if n > 0 and q < end and run < 8 and data[q] < 0x80:
                after = classes[data[q]]
                plain = after & (IS_SIGN | IS_JOINT) == 0 and (n > 1 or after & IS_DOT == 0)
            if plain and n < 8:
                key = x & (~uint64(0) >> uint64(64 - 8 * n))
            else:
                if not plain:
                    q = _word_end(data, p, end, classes)
                    n = q - p
                    for i in range(p, q):
                        wide += (data[i] & 0xC0) == 0x80
                key = _key(data, p, n)
            number = _find(key, data, p, n, word_table, word_pool, word_offsets)
            if number < 0:
                if _is_full(n, word_table, word_pool, word_offsets, n_words):
                    full = 1
                    break
                slot = -1 - number
                _add(key, slot, data, p, n, word_table, word_pool, word_offsets, n_words)
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
