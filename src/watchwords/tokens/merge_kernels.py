"""Two sorted lists of counted sequences made one."""

from numba import int32, int64, njit, types, uint8

_ROWS = types.Array(int32, 2, "C", readonly=True)
_LENGTHS = types.Array(uint8, 1, "C", readonly=True)
_PLACES = types.Array(int64, 1, "C", readonly=True)
_CELLS = types.Array(int32, 1, "C", readonly=True)
_COUNTED = types.Tuple((_ROWS, _LENGTHS, _PLACES, _CELLS, _CELLS))


@njit
def _compare(one, i, other, j):
    """Compare two sequences: below 0, 0 or above."""
    for level in range(one.shape[1]):
        difference = one[i, level] - other[j, level]
        if difference != 0:
            return difference
    return 0


@njit(
    types.UniTuple(int64, 2)(
        _COUNTED,
        _COUNTED,
        types.Tuple((int32[:, ::1], uint8[::1], int64[::1], int32[::1], int32[::1])),
    ),
    cache=True,
    nogil=True,
)
def merge(one, other, outputs):
    """Merge the sequences, and the cells of those that both have; return how many of each."""
    rows, lengths, offsets, out_cell, out_n = outputs
    i, j, k, c = 0, 0, 0, 0
    n_one, n_other = len(one[1]), len(other[1])
    while i < n_one or j < n_other:
        order = -1 if j == n_other else 1
        if i < n_one and j < n_other:
            order = _compare(one[0], i, other[0], j)
        first, source = (i, one) if order <= 0 else (j, other)
        for level in range(rows.shape[1]):
            rows[k, level] = source[0][first, level]
        lengths[k] = source[1][first]
        a, a_end, b, b_end = 0, 0, 0, 0
        if order <= 0:
            a, a_end = one[2][i], one[2][i + 1]
            i += 1
        if order >= 0:
            b, b_end = other[2][j], other[2][j + 1]
            j += 1
        while a < a_end or b < b_end:
            if b == b_end or (a < a_end and one[3][a] < other[3][b]):
                out_cell[c], out_n[c] = one[3][a], one[4][a]
                a += 1
            elif a == a_end or other[3][b] < one[3][a]:
                out_cell[c], out_n[c] = other[3][b], other[4][b]
                b += 1
            else:
                out_cell[c], out_n[c] = one[3][a], one[4][a] + other[4][b]
                a += 1
                b += 1
            c += 1
        k += 1
        offsets[k] = c
    return k, c
