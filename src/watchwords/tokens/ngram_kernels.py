"""Sequences of words counted by document, on ids.

All places where a word stands are laid side by side; sorted by the word behind, they fall into
the groups of the sequences of two words; and so on. Each group is counted, kept or dropped, and
divided before the next one is looked at, so that it stays in the cache of the processor. No key
holds more than one word and one place: no length and no vocabulary can overflow it.
"""

import numpy as np
from numba import boolean, int32, int64, njit, types, uint8, uint64

from watchwords.tokens.sort_kernels import N_DIGITS, sort

BLOCK_BITS = 6

_IDS = types.Array(int32, 1, "C", readonly=True)
_PLACES = types.Array(int64, 1, "C", readonly=True)
_FLAGS = types.Array(boolean, 1, "C", readonly=True)
_LOW = uint64(0xFFFFFFFF)


@njit(
    int64(
        types.Tuple((_IDS, _PLACES, _FLAGS, _FLAGS)),
        types.UniTuple(_IDS, 2),
        int32[::1],
        int64[::1],
        int64[::1],
    ),
    cache=True,
    nogil=True,
)
def pour(scanned, parts, flow, total, n_units):
    """Write the codes of the parts of scanned words, negative behind a break; count them.

    Without breaks only a document ends what goes before; one that is not to be kept has no words.
    """
    word, counts, breaks, keep = scanned
    codes, part = parts
    broken = len(breaks) > 0
    n, at = 0, 0
    for doc in range(len(counts)):
        begin = n
        if not keep[doc]:
            n_units[doc] = 0
            at += counts[doc]
            continue
        for i in range(counts[doc]):
            code = codes[word[at]]
            sign = -1 if i == 0 or (broken and breaks[at]) else 1
            if code > 0:
                flow[n] = sign * code
                total[code] += 1
                n += 1
            else:
                # Several parts: how many, and which.
                place = -code
                for _ in range(part[place]):
                    place += 1
                    flow[n] = sign * part[place]
                    total[part[place]] += 1
                    sign = 1
                    n += 1
            at += 1
        n_units[doc] = n - begin
    return n


@njit(int64(int32[::1], _IDS), cache=True, nogil=True)
def relabel(flow, codes):
    """Give every word another code, in place."""
    for at in range(len(flow)):
        code = flow[at]
        flow[at] = codes[code] if code >= 0 else -codes[-code]
    return len(flow)


@njit(
    int64(_IDS, types.UniTuple(_PLACES, 2), _FLAGS, int64, int64[::1], uint64[::1]),
    cache=True,
    nogil=True,
)
def fill(flow, runs, opens, first, cursors, entries):
    """Lay the places of some first words side by side, each with the word behind it."""
    begins, ends = runs
    n_words = len(cursors)
    n_places = len(flow)
    for run in range(len(begins)):
        for at in range(begins[run], ends[run]):
            word = abs(int64(flow[at])) - first
            if word < 0 or word >= n_words or not opens[word + first]:
                continue
            behind = int64(flow[at + 1]) if at + 1 < n_places else 0
            behind = max(behind, 0)
            entries[cursors[word]] = (uint64(behind) << uint64(32)) | uint64(at)
            cursors[word] += 1
    return n_words


# Where counting stands: the next first word, depth, sequences and cells so far.
NEXT, DEPTH, N_NGRAMS, N_CELLS = range(4)


@njit(
    int64(
        int64[::1],
        int64[:, ::1],
        _IDS,
        types.Tuple((_PLACES, _IDS, _IDS)),
        types.Tuple((uint64[::1], uint64[::1])),
        types.Tuple((_PLACES, int64)),
        _FLAGS,
        types.UniTuple(int64, 5),
        types.Tuple((int32[:, ::1], uint8[::1], int64[::1], int32[::1], int32[::1])),
        int32[::1],
    ),
    cache=True,
    nogil=True,
)
def grow(at, stack, flow, runs, arrays, groups, closes, limits, outputs, longest):
    """Count sequences of growing length; 1 if the room for results is full: make it larger."""
    offsets, cells, blocks = runs
    entries, spare = arrays
    starts, first_word = groups
    max_words, min_docs, min_count, mark_words, bits = limits
    rows, lengths, offsets_out, out_cell, out_n = outputs
    counts = np.empty(N_DIGITS, np.int64)
    n_places = len(flow)
    depth, n_ngrams, n_cells = at[DEPTH], at[N_NGRAMS], at[N_CELLS]
    while True:
        if depth == 0:
            if at[NEXT] == len(starts) - 1:
                break
            i, j = starts[at[NEXT]], starts[at[NEXT] + 1]
            word = first_word + at[NEXT]
        else:
            i, end = stack[depth, 0], stack[depth, 1]
            if i == end:
                depth -= 1
                continue
            key = entries[i] >> uint64(32)
            j = i + 1
            while j < end and entries[j] >> uint64(32) == key:
                j += 1
            word = int64(key)
        n_here = j - i
        if n_here >= min_count and (n_ngrams == len(lengths) or n_cells + n_here > len(out_cell)):
            at[DEPTH], at[N_NGRAMS], at[N_CELLS] = depth, n_ngrams, n_cells
            return 1
        if depth == 0:
            at[NEXT] += 1
        else:
            stack[depth, 0] = j
        if n_here < min_count:
            continue
        stack[depth, 2] = word - 1
        n_words = depth + 1
        if closes[word] or min_docs > 1:
            n_docs, last = 0, -1
            for entry in range(i, j):
                place = int64(entries[entry] & _LOW)
                run = blocks[place >> BLOCK_BITS]
                while offsets[run + 1] <= place:
                    run += 1
                cell = cells[run]
                if cell == last:
                    out_n[n_cells + n_docs - 1] += 1
                else:
                    out_cell[n_cells + n_docs] = cell
                    out_n[n_cells + n_docs] = 1
                    n_docs += 1
                    last = cell
            if n_docs < min_docs:
                continue
            if closes[word]:
                for level in range(max_words):
                    rows[n_ngrams, level] = stack[level, 2] if level < n_words else -1
                lengths[n_ngrams] = n_words
                n_cells += n_docs
                offsets_out[n_ngrams + 1] = n_cells
                if n_words <= mark_words:
                    for entry in range(i, j):
                        longest[int64(entries[entry] & _LOW)] = n_ngrams
                n_ngrams += 1
        if n_words == max_words:
            continue
        n_on = 0
        for entry in range(i, j):
            found = entries[entry]
            if n_words > 1:
                place = int64(found & _LOW) + n_words
                behind = flow[place] if place < n_places else 0
                found = (found & _LOW) | (uint64(max(behind, 0)) << uint64(32))
            if found > _LOW:
                entries[i + n_on] = found
                n_on += 1
        if n_on >= min_count:
            sort(entries, i, n_on, spare, counts, 32, 32 + bits)
            depth += 1
            stack[depth, 0], stack[depth, 1] = i, i + n_on
    at[DEPTH], at[N_NGRAMS], at[N_CELLS] = 0, n_ngrams, n_cells
    return 0


@njit(
    int64(
        _IDS,
        types.Tuple((types.Array(uint8, 1, "C", readonly=True), _IDS)),
        types.Tuple((_PLACES, _IDS)),
        int32[::1],
        int32[::1],
    ),
    cache=True,
    nogil=True,
)
def stand_free(longest, ngrams, runs, cells, columns):
    """Find the occurrences that lie in no longer one; return how many.

    `ngrams` has for each sequence its length and its column; `longest` the sequence at each place.
    """
    lengths, column_of = ngrams
    offsets, cell_of = runs
    n, reach = 0, 0
    for run in range(len(cell_of)):
        for at in range(offsets[run], offsets[run + 1]):
            number = longest[at]
            if number < 0:
                continue
            end = at + lengths[number]
            # Only the longest at a place can be free, if nothing that began before reaches as far.
            if end > reach:
                reach = end
                if column_of[number] >= 0:
                    cells[n], columns[n] = cell_of[run], column_of[number]
                    n += 1
    return n
