"""Texts that are nearly the same: found by sketches, measured on their whole sets of shingles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.clean.sketches import (
    SIZES,
    Sketches,
    candidate_pairs,
    encode_texts,
    sign_tables,
    text_blocks,
)

ANCHORS = 16
ANCHOR_TEXTS = 8
ANCHORS_SHARED = 3
LEAST_EXCERPT = 30
SHORTER = 0.8
AT_ONCE = 2048
"""Pairs that are compared before the next are looked at."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of texts and how much they share, in arrays of one length.

    Attributes
    ----------
    first, second : ndarray of int64
        Places in the sequence of texts, ``first < second``.
    similarity : ndarray of float64
        Shingles in both, of those in either (Jaccard).
    containment : ndarray of float64
        Shingles in both, of those in the shorter one.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float64]
    containment: NDArray[np.float64]

    def select(self, kept: NDArray[np.bool_]) -> "Pairs":
        """Keep some of the pairs.

        Parameters
        ----------
        kept : ndarray of bool, one a pair

        Returns
        -------
        Pairs
        """
        return Pairs(
            self.first[kept], self.second[kept], self.similarity[kept], self.containment[kept]
        )


def near_pairs(texts: Sequence[str], found: Sketches, near: float) -> Pairs:
    """Find the pairs of texts that share at least `near` of their shingles.

    Parameters
    ----------
    texts : sequence of str
        In order of precedence; see `candidate_pairs`.
    found : Sketches
        Of the same texts.
    near : float
        Least Jaccard similarity.

    Returns
    -------
    Pairs
        Sorted by ``first``, then ``second``. Texts of fewer than 20 words are in none.

    Examples
    --------
    >>> report = " ".join(f"line {n} of the harbour report" for n in range(40))
    >>> texts = [report, report + " as printed", "Rain. " * 30]
    >>> from watchwords.clean.sketches import sketch
    >>> pairs = near_pairs(texts, sketch(texts), 0.8)
    >>> pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.round(3).tolist()
    ([0], [1], [0.99])
    """
    measured = _measure(texts, candidate_pairs(found, near))
    return measured.select(measured.similarity >= near)


def excerpt_pairs(texts: Sequence[str], *, contained: float = 0.8) -> Pairs:
    """Find the texts most of which stand in a longer one.

    Shingles that few texts have (at most 8) lead from one text to the other; a passage that many
    documents quote leads nowhere, so that a quotation common to all makes no excerpt.

    Parameters
    ----------
    texts : sequence of str
    contained : float, default 0.8
        Least share of the shorter one's shingles.

    Returns
    -------
    Pairs
        Sorted; texts of fewer than 30 shingles are in none. The shorter one has at most four
        fifths of the other's shingles: two texts of one length are alike or not, but neither is
        taken from the other.
    """
    measured = _measure(texts, _anchored(texts))
    # Of the shingles s and l of the two, with c of s in both, J = cs / (s + l - cs).
    similarity, held = measured.similarity, measured.containment
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = similarity / (held * (1 + similarity) - similarity)
    return measured.select((held >= contained) & (ratio <= SHORTER))


def _measure(texts: Sequence[str], pairs: NDArray[np.int64]) -> Pairs:
    """Compare the sets of shingles of each pair, some pairs at a time."""
    parts = [
        _measure_some(texts, pairs[start : start + AT_ONCE])
        for start in range(0, len(pairs), AT_ONCE)
    ]
    none = np.empty(0, np.int64)
    parts.append(Pairs(none, none, np.empty(0), np.empty(0)))
    return Pairs(
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.second for part in parts]),
        np.concatenate([part.similarity for part in parts]),
        np.concatenate([part.containment for part in parts]),
    )


def _measure_some(texts: Sequence[str], pairs: NDArray[np.int64]) -> Pairs:
    from watchwords.clean.shingle_kernels import count_shared

    members = np.unique(pairs)
    shingles, bounds = shingle_sets([texts[at] for at in members])
    places = np.searchsorted(members, pairs)
    shared = count_shared(shingles, bounds, places[:, 0], places[:, 1])
    sizes = np.diff(bounds)[places]
    either = sizes.sum(axis=1) - shared
    return Pairs(
        pairs[:, 0], pairs[:, 1], shared / np.maximum(either, 1), shared / sizes.min(axis=1)
    )


def shingle_sets(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the sorted shingles of each text, end to end.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    shingles : ndarray of uint32
    bounds : ndarray of int64, shape (n_texts + 1,)
        Those of text i are ``shingles[bounds[i]:bounds[i + 1]]``.
    """
    from watchwords.clean.shingle_kernels import shingle_texts

    parts: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    sizes: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    for start, stop in text_blocks(texts):
        codes, offsets = encode_texts(texts[start:stop])
        part, bounds = shingle_texts(codes, offsets, sign_tables(), SIZES)
        parts.append(part)
        sizes.append(np.diff(bounds))
    return np.concatenate(parts), np.cumsum(np.concatenate(sizes))


def _anchored(texts: Sequence[str]) -> NDArray[np.int64]:
    """Pair the texts that share three or more anchors: every sixteenth shingle, by its hash."""
    keys = []
    for start, stop in text_blocks(texts):
        shingles, bounds = shingle_sets(texts[start:stop])
        owner = np.repeat(np.arange(start, stop, dtype=np.uint64), np.diff(bounds))
        enough = np.repeat(np.diff(bounds) >= LEAST_EXCERPT, np.diff(bounds))
        anchor = enough & ((shingles * np.uint32(2654435761)) >> np.uint32(16) < 65536 // ANCHORS)
        keys.append((shingles[anchor].astype(np.uint64) << np.uint64(32)) | owner[anchor])
    ordered = np.sort(np.concatenate([np.empty(0, np.uint64), *keys]))
    values, owners = ordered >> np.uint64(32), (ordered & np.uint64(0xFFFFFFFF)).astype(np.int64)
    begins = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else values
    sizes = np.diff(np.r_[begins, len(values)]).astype(np.int64)
    few = np.repeat((sizes > 1) & (sizes <= ANCHOR_TEXTS), sizes)
    left = np.repeat(np.arange(len(sizes)), sizes)
    pairs = []
    for step in range(1, ANCHOR_TEXTS):
        same = few[step:] & (left[step:] == left[:-step])
        pairs.append((owners[:-step][same] << 32) | owners[step:][same])
    found, n_shared = np.unique(np.concatenate(pairs), return_counts=True)
    found = found[n_shared >= ANCHORS_SHARED]
    return np.column_stack([found >> 32, found & 0xFFFFFFFF])
