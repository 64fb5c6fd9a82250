"""A stable sort of numbers by some of their bits, for groups of any size.

The compiled modules that use it have it inside: touch them when this changes.
"""

from numba import int64, njit, uint64

_FEW = 24  # sorted by insertion
_MANY = 1 << 12  # sorted by wider digits
_WIDE = 11
N_DIGITS = 1 << _WIDE


@njit
def sort(entries, first, n, spare, counts, low, high):
    """Sort `n` entries from `first` on by their bits from `low` up to `high`.

    `spare` holds as many entries, `counts` `N_DIGITS` numbers.
    """
    if n <= _FEW:
        for i in range(first + 1, first + n):
            entry = entries[i]
            key = entry >> uint64(low)
            j = i
            while j > first and entries[j - 1] >> uint64(low) > key:
                entries[j] = entries[j - 1]
                j -= 1
            entries[j] = entry
        return
    widest = 8 if n < _MANY else _WIDE
    n_passes = max((high - low + widest - 1) // widest, 1)
    width = (high - low + n_passes - 1) // n_passes
    mask = uint64((1 << width) - 1)
    inside = True
    for number in range(n_passes):
        shift = uint64(low + number * width)
        for digit in range(1 << width):
            counts[digit] = 0
        if inside:
            for i in range(first, first + n):
                counts[int64((entries[i] >> shift) & mask)] += 1
            one = entries[first]
        else:
            for i in range(n):
                counts[int64((spare[i] >> shift) & mask)] += 1
            one = spare[0]
        if counts[int64((one >> shift) & mask)] == n:
            continue
        total = 0
        for digit in range(1 << width):
            here = counts[digit]
            counts[digit] = total
            total += here
        if inside:
            for i in range(first, first + n):
                digit = int64((entries[i] >> shift) & mask)
                spare[counts[digit]] = entries[i]
                counts[digit] += 1
        else:
            for i in range(n):
                digit = int64((spare[i] >> shift) & mask)
                entries[first + counts[digit]] = spare[i]
                counts[digit] += 1
        inside = not inside
    if not inside:
        for i in range(n):
            entries[first + i] = spare[i]
