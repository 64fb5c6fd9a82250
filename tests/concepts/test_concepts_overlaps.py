import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from watchwords.concepts.overlaps import keep_longest
from watchwords.concepts.phrases import compile_phrases, find_phrases

_INTERVALS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12, unique=True)


def _naive(intervals):
    order = sorted(intervals, key=lambda pair: (-pair[1], pair[0]))
    kept = []
    for start, length in order:
        if all(start >= s + n or s >= start + length for s, n in kept):
            kept.append((start, length))
    return set(kept)


@given(_INTERVALS)
def test_the_choice_is_that_of_a_plain_loop(intervals):
    starts = np.array([start for start, _ in intervals], np.int64)
    sizes = np.array([length for _, length in intervals], np.int64)
    kept = keep_longest(starts, starts + sizes, sizes)
    assert {pair for pair, is_kept in zip(intervals, kept, strict=True) if is_kept} == _naive(
        intervals
    )


@given(
    st.lists(st.integers(0, 3), max_size=30),
    st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4).map(tuple), max_size=8),
)
def test_every_sequence_is_found_at_every_place(stream, sequences):
    phrases, nodes = compile_phrases(sequences, n_classes=3)
    first, n_words, node = find_phrases(np.array(stream, np.int64), phrases)
    found = {(int(at), int(n), int(end)) for at, n, end in zip(first, n_words, node, strict=True)}
    expected = {
        (at, len(sequence), end)
        for sequence, end in zip(sequences, nodes, strict=True)
        for at in range(len(stream) - len(sequence) + 1)
        if tuple(stream[at : at + len(sequence)]) == sequence
    }
    assert found == expected
    assert len(first) == len(found)
