"""Short sequences of words counted by document, each whole in one number of 64 bits.

Where a first word, the words behind it and the document fit into 64 bits, one sort of these
numbers brings all sequences of all lengths together, and nothing is looked up again. First words
are counted by parts, each small enough for the cache of the processor.
"""

import numpy as np
from numba import boolean, int32, int64, njit, types, uint8, uint64

from watchwords.tokens.bit_kernels import first_bit
from watchwords.tokens.sort_kernels import N_DIGITS, sort

_LOW = uint64(0xFFFFFFFF)
_CHUNK = 1024  # places looked through at a time

_IDS = types.Array(int32, 1, "C", readonly=True)
_PLACES = types.Array(int64, 1, "C", readonly=True)
_FLAGS = types.Array(boolean, 1, "C", readonly=True)


@njit(forceinline=True)
def _pack_place(flow, at, home, widths, cell, cursors, entries):
    """Write one place into its part."""
    _, n_behind, word_bits, cell_bits = widths
    part = home >> 32
    entry = uint64(home) & _LOW
    going = int64(1)
    for next_at in range(at + 1, at + 1 + n_behind):
        behind = int64(flow[next_at]) if next_at < len(flow) else 0
        going &= behind > 0
        entry = (entry << uint64(word_bits)) | uint64(behind * going)
    entries[cursors[part]] = (entry << uint64(cell_bits)) | cell
    cursors[part] += 1


@njit(
    int64(
        _IDS,
        types.Tuple((_PLACES, _PLACES, _IDS)),
        _PLACES,
        types.UniTuple(int64, 4),
        int64[::1],
        uint64[::1],
    ),
    cache=True,
    nogil=True,
)
def pack(flow, runs, homes, widths, cursors, entries):
    """Write each place of some first words into its part, with the words behind it.

    `homes` has for each first word its part, and in the low half its number there; or -1.
    """
    begins, ends, cells = runs
    first = widths[0]
    n_words = len(homes)
    chosen = np.empty(_CHUNK, np.int64)
    # Where nearly every place is in, its branch costs nothing; else the processor cannot guess.
    nearly_all = 4 * len(entries) > 3 * len(flow)
    for run in range(len(begins)):
        cell = uint64(cells[run])
        if nearly_all:
            for at in range(begins[run], ends[run]):
                word = abs(int64(flow[at])) - first
                if 0 <= word < n_words and homes[word] >= 0:
                    _pack_place(flow, at, homes[word], widths, cell, cursors, entries)
            continue
        for begin in range(begins[run], ends[run], _CHUNK):
            n = 0
            for at in range(begin, min(begin + _CHUNK, ends[run])):
                word = abs(int64(flow[at])) - first
                chosen[n] = at
                n += (word >= 0) & (word < n_words)
            for i in range(n):
                at = chosen[i]
                home = homes[abs(int64(flow[at])) - first]
                if home >= 0:
                    _pack_place(flow, at, home, widths, cell, cursors, entries)
    return n_words


@njit
def _count(entries, i, j, mask, work, out_cell, out_n, at):
    """Count entries by cell, ascending, into the results from `at` on; return how many cells."""
    dense, seen, scratch, spare, counts, bits = work
    n = 0
    n_here = j - i
    if n_here == 2:
        one, other = int64(entries[i] & mask), int64(entries[i + 1] & mask)
        out_cell[at] = min(one, other)
        if one == other:
            out_n[at] = 2
            return 1
        out_cell[at + 1] = max(one, other)
        out_n[at], out_n[at + 1] = 1, 1
        return 2
    if len(seen) <= 2 * n_here:
        for entry in range(i, j):
            cell = int64(entries[entry] & mask)
            dense[cell] += 1
            seen[cell >> 6] |= uint64(1) << uint64(cell & 63)
        for block in range(len(seen)):
            left = seen[block]
            while left != uint64(0):
                cell = (block << 6) + int64(first_bit(left))
                left &= left - uint64(1)
                out_cell[at + n] = cell
                out_n[at + n] = dense[cell]
                dense[cell] = 0
                n += 1
            seen[block] = 0
        return n
    for entry in range(i, j):
        scratch[entry - i] = entries[entry] & mask
    sort(scratch, 0, n_here, spare, counts, 0, bits)
    return _count_sorted(scratch, 0, n_here, mask, out_cell, out_n, at)


@njit
def _count_sorted(entries, i, j, mask, out_cell, out_n, at):
    n = 0
    last = -1
    for entry in range(i, j):
        cell = int64(entries[entry] & mask)
        if cell == last:
            out_n[at + n - 1] += 1
        else:
            out_cell[at + n] = cell
            out_n[at + n] = 1
            n += 1
            last = cell
    return n


@njit(forceinline=True)
def _count_last(entries, i, j, shift, limits, stack, closes, outputs, n_ngrams, n_cells):
    """Count the longest sequences of one beginning: most of all end here, so without the stack."""
    max_words, min_docs, min_count, word_bits, cell_bits, _ = limits
    rows, lengths, offsets, out_cell, out_n = outputs
    mask = (uint64(1) << uint64(cell_bits)) - uint64(1)
    word_mask = (int64(1) << word_bits) - 1
    while i < j:
        key = entries[i] >> shift
        word = int64(key) & word_mask
        first, begin = i, n_cells
        last, n = int64(entries[i] & mask), 1
        i += 1
        while i < j and entries[i] >> shift == key:
            cell = int64(entries[i] & mask)
            if cell == last:
                n += 1
            else:
                out_cell[n_cells], out_n[n_cells] = last, n
                n_cells += 1
                last, n = cell, 1
            i += 1
        out_cell[n_cells], out_n[n_cells] = last, n
        n_cells += 1
        rare = i - first < min_count or n_cells - begin < min_docs
        if word == 0 or rare or not closes[word]:
            n_cells = begin
            continue
        for level in range(max_words - 1):
            rows[n_ngrams, level] = stack[level, 2]
        rows[n_ngrams, max_words - 1] = word - 1
        lengths[n_ngrams] = max_words
        n_ngrams += 1
        offsets[n_ngrams] = n_cells
    return n_ngrams, n_cells


# Where counting stands: the part, whether it is sorted, depth, sequences and cells so far.
PART, SORTED, DEPTH, N_NGRAMS, N_CELLS = range(5)


@njit(
    int64(
        int64[::1],
        int64[:, ::1],
        types.UniTuple(uint64[::1], 3),
        types.UniTuple(_PLACES, 3),
        _FLAGS,
        types.UniTuple(int64, 6),
        types.Tuple((int32[:, ::1], uint8[::1], int64[::1], int32[::1], int32[::1])),
    ),
    cache=True,
    nogil=True,
)
def unpack(at, stack, arrays, parts, closes, limits, outputs):
    """Sort each part and count its sequences; 1 if the room for results is full."""
    entries, spare, scratch = arrays
    starts, bases, n_bits = parts
    max_words, min_docs, min_count, word_bits, cell_bits, n_all = limits
    rows, lengths, offsets, out_cell, out_n = outputs
    counts = np.empty(N_DIGITS, np.int64)
    seen = np.zeros((n_all + 63) >> 6, np.uint64)
    work = (np.zeros(n_all, np.int32), seen, scratch, spare, counts, cell_bits)
    mask = (uint64(1) << uint64(cell_bits)) - uint64(1)
    word_mask = (int64(1) << word_bits) - 1
    depth, n_ngrams, n_cells = at[DEPTH], at[N_NGRAMS], at[N_CELLS]
    while at[PART] < len(starts) - 1:
        if at[SORTED] == 0:
            first, end = starts[at[PART]], starts[at[PART] + 1]
            sort(entries, first, end - first, spare, counts, cell_bits, n_bits[at[PART]])
            stack[0, 0], stack[0, 1] = first, end
            depth = 0
            at[SORTED] = 1
        i, end = stack[depth, 0], stack[depth, 1]
        if i == end:
            depth -= 1
            if depth < 0:
                at[PART] += 1
                at[SORTED] = 0
            continue
        # Sequences of depth + 1 words are equal in all the bits above these.
        shift = uint64(cell_bits + word_bits * (max_words - 1 - depth))
        key = entries[i] >> shift
        j = i + 1
        while j < end and entries[j] >> shift == key:
            j += 1
        n_here = j - i
        word = int64(key) + bases[at[PART]] if depth == 0 else int64(key) & word_mask
        if (depth > 0 and word == 0) or n_here < min_count:
            stack[depth, 0] = j
            continue
        room = max_words + (n_here if depth == max_words - 2 else 0)
        if n_ngrams + room > len(lengths) or n_cells + min(n_here, n_all) + room > len(out_cell):
            at[DEPTH], at[N_NGRAMS], at[N_CELLS] = depth, n_ngrams, n_cells
            return 1
        stack[depth, 0] = j
        stack[depth, 2] = word - 1
        n_words = depth + 1
        if n_here == 1 and min_docs < 2:
            # What begins with a sequence that occurs once occurs once.
            cell = int64(entries[i] & mask)
            while word > 0:
                if closes[word]:
                    for level in range(max_words):
                        rows[n_ngrams, level] = stack[level, 2] if level < n_words else -1
                    lengths[n_ngrams] = n_words
                    out_cell[n_cells] = cell
                    out_n[n_cells] = 1
                    n_cells += 1
                    n_ngrams += 1
                    offsets[n_ngrams] = n_cells
                if n_words == max_words:
                    break
                shift -= uint64(word_bits)
                word = int64(entries[i] >> shift) & word_mask
                stack[n_words, 2] = word - 1
                n_words += 1
            continue
        if closes[word] or min_docs > 1:
            if n_words == max_words:
                n_docs = _count_sorted(entries, i, j, mask, out_cell, out_n, n_cells)
            else:
                n_docs = _count(entries, i, j, mask, work, out_cell, out_n, n_cells)
            if n_docs < min_docs:
                continue
            if closes[word]:
                for level in range(max_words):
                    rows[n_ngrams, level] = stack[level, 2] if level < n_words else -1
                lengths[n_ngrams] = n_words
                n_cells += n_docs
                n_ngrams += 1
                offsets[n_ngrams] = n_cells
        if n_words == max_words - 1:
            n_ngrams, n_cells = _count_last(
                entries, i, j, shift - uint64(word_bits), limits, stack, closes, outputs, n_ngrams,
                n_cells,
            )  # fmt: skip
        elif n_words < max_words:
            depth += 1
            stack[depth, 0], stack[depth, 1] = i, j
    at[DEPTH], at[N_NGRAMS], at[N_CELLS] = 0, n_ngrams, n_cells
    return 0
