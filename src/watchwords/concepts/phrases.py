"""Many sequences of words looked for at once in one long sequence of ids."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Phrases:
    """A tree of word sequences, as sorted arrays.

    Attributes
    ----------
    n_classes : int
        Word classes are 1 to n_classes; 0 stands for every other word.
    keys, targets : ndarray of int64, shape (n_edges,)
        ``node * (n_classes + 1) + word class``, sorted, and the node this leads to; node 0 is
        the root.
    is_end : ndarray of bool, shape (n_nodes,)
        A sequence ends here.
    """

    n_classes: int
    keys: Ints
    targets: Ints
    is_end: NDArray[np.bool_]


def compile_phrases(sequences: list[tuple[int, ...]], n_classes: int) -> tuple[Phrases, list[int]]:
    """Build the tree.

    Parameters
    ----------
    sequences : list of tuple of int
        Word classes from 1 to `n_classes`; none empty, repeats allowed.
    n_classes : int
        How many word classes there are.

    Returns
    -------
    phrases : Phrases
        The tree.
    nodes : list of int
        The node at which each sequence ends.
    """
    edges: dict[int, int] = {}
    ends = []
    for sequence in sequences:
        node = 0
        for word in sequence:
            node = edges.setdefault(node * (n_classes + 1) + word, len(edges) + 1)
        ends.append(node)
    keys = np.array(sorted(edges), np.int64)
    is_end = np.zeros(len(edges) + 1, bool)
    is_end[ends] = True
    return Phrases(n_classes, keys, np.array([edges[key] for key in keys], np.int64), is_end), ends


def find_phrases(stream: NDArray[np.integer], phrases: Phrases) -> tuple[Ints, Ints, Ints]:
    """Find every sequence at every place, overlapping ones included.

    All places are walked down the tree together, one word further in each round, so that there
    are as many rounds as the longest sequence has words.

    Parameters
    ----------
    stream : ndarray of int, shape (n,)
        Word classes.
    phrases : Phrases
        The tree.

    Returns
    -------
    first, n_words, node : ndarray of int64, shape (n_found,)
        Where a sequence begins, its length, and the node at which it ends.

    Examples
    --------
    >>> phrases, nodes = compile_phrases([(1, 2), (2,)], n_classes=2)
    >>> first, n_words, node = find_phrases(np.array([0, 1, 2, 2]), phrases)
    >>> sorted(zip(first.tolist(), n_words.tolist()))
    [(1, 2), (2, 1), (3, 1)]
    """
    begins = np.zeros(phrases.n_classes + 1, bool)
    begins[phrases.keys[phrases.keys <= phrases.n_classes]] = True
    place = np.flatnonzero(begins[stream])
    node = np.zeros(len(place), np.int64)
    found: list[tuple[Ints, Ints, Ints]] = []
    depth = 0
    while len(place):
        key = node * (phrases.n_classes + 1) + stream[place + depth]
        edge = np.minimum(np.searchsorted(phrases.keys, key), len(phrases.keys) - 1)
        goes = phrases.keys[edge] == key
        place, node = place[goes], phrases.targets[edge[goes]]
        depth += 1
        ends = phrases.is_end[node]
        found.append((place[ends], np.full(int(ends.sum()), depth), node[ends]))
        inside = place + depth < len(stream)
        place, node = place[inside], node[inside]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    first, n_words, nodes = (np.concatenate(part) for part in zip(*found, strict=True))
    return first, n_words, nodes
