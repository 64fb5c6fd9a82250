"""Sketches of texts: few numbers per text that agree as often as the texts do.

Texts are worked through in blocks, so that memory does not grow with their length; sketches are
arrays of 256 bytes a text.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
SHINGLE_SIGNS = 6
LEAST_TOKENS = 20
SIZES = (SHINGLE_WORDS, SHINGLE_SIGNS, LEAST_TOKENS)
WIDTH = 64
BAND = 4
REACH = 24
_SLACK = 0.2
_BLOCK = 1 << 21
_CASE_SLOTS = 1 << 20
_SIGNS = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_WORD, _SIGN, _UPPER, _DIGIT = 1, 2, 4, 8
Tables = tuple[NDArray[np.uint8], NDArray[np.uint16]]


@dataclass(frozen=True, eq=False)
class Sketches:
    """What is remembered of texts to find those that are alike.

    Attributes
    ----------
    sketches : ndarray of uint32, shape (n_texts, 64)
        MinHash values.
    n_shingles : ndarray of int32, shape (n_texts,)
        0 for a text that is too short to be compared.
    cases : ndarray of uint32, shape (2, 2**20)
        By the hash of a word: how often it begins with a small letter, and with a capital.
    """

    sketches: NDArray[np.uint32]
    n_shingles: NDArray[np.int32]
    cases: NDArray[np.uint32]


@cache
def sign_tables() -> Tables:
    """Say of each sign what kind it is, and which it is without capitals and full width.

    Returns
    -------
    classes : ndarray of uint8, shape (65536,)
        Bits: 1 part of a word, 2 a token by itself, 4 capital, 8 digit.
    folds : ndarray of uint16, shape (65536,)
    """
    classes = np.zeros(0x10000, np.uint8)
    folds = np.arange(0x10000, dtype=np.uint16)
    for code in range(0x10000):
        kind = unicodedata.category(chr(code))
        if kind[0] in "LMN":
            classes[code] = _WORD | (_UPPER if kind in {"Lu", "Lt"} else 0)
            classes[code] |= _DIGIT if kind == "Nd" else 0
            folds[code] = _fold(code)
    for first, last in _SIGNS:
        classes[first : last + 1] = np.where(classes[first : last + 1], _SIGN, 0)
    classes.setflags(write=False)
    folds.setflags(write=False)
    return classes, folds


def _fold(code: int) -> int:
    half = code - 0xFEE0 if 0xFF10 <= code <= 0xFF5A else code
    low = chr(half).lower()
    return ord(low) if len(low) == 1 else half


def encode_texts(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Put texts end to end as code points.

    Returns
    -------
    codes : ndarray of uint32
    offsets : ndarray of int64, shape (n_texts + 1,)
    """
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, np.uint32), offsets


def text_blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Cut texts into blocks of about two million signs.

    Yields
    ------
    start, stop : int
    """
    bounds, size = [0], 0
    for at, text in enumerate(texts):
        size += len(text)
        if size > _BLOCK:
            bounds.append(at + 1)
            size = 0
    yield from pairwise(dict.fromkeys([*bounds, len(texts)]))


def sketch(texts: Sequence[str]) -> Sketches:
    """Sketch texts by their runs of five words, or six signs where most tokens are signs.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    Sketches

    Notes
    -----
    MinHash [1]_ with 64 linear hash functions of fixed seed: the share of slots in which two
    sketches agree estimates the Jaccard similarity with a standard error of at most 0.063.

    References
    ----------
    .. [1] Broder, A. Z. (1997). On the resemblance and containment of documents. *Compression
       and Complexity of Sequences*, 21-29.
    """
    from watchwords.clean.shingle_kernels import sketch_texts

    random = np.random.default_rng(20210203)
    odd = random.integers(0, 1 << 31, WIDTH, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    factors = (odd, random.integers(0, 1 << 32, WIDTH, dtype=np.uint32))
    sketches = np.full((len(texts), WIDTH), np.iinfo(np.uint32).max, np.uint32)
    n_shingles = np.zeros(len(texts), np.int32)
    cases = np.zeros((2, _CASE_SLOTS), np.uint32)
    for start, stop in text_blocks(texts):
        codes, offsets = encode_texts(texts[start:stop])
        n_shingles[start:stop] = sketch_texts(
            codes, offsets, sign_tables(), SIZES, factors, sketches[start:stop], cases
        )
    return Sketches(sketches, n_shingles, cases)


def candidate_pairs(found: Sketches, near: float) -> NDArray[np.int64]:
    """Pair the texts that may be as alike as `near`, the earlier one first.

    Sixteen bands of four slots: two texts that share a band are looked at. At a similarity of
    0.8 all but 2 in 10,000 pairs do, at 0.3 about one in eight.

    Parameters
    ----------
    found : Sketches
        Of texts in order of precedence: a text is compared with the first and the last 24
        before it that share a band.
    near : float
        The similarity looked for; pairs whose sketches say 0.2 less are left out.

    Returns
    -------
    ndarray of int64, shape (n_pairs, 2)
        Sorted, each pair once.
    """
    from watchwords.clean.shingle_kernels import pair_bucket_members

    long = np.flatnonzero(found.n_shingles)
    agree = max(1, int(np.floor((near - _SLACK) * WIDTH)))
    pairs = np.empty(0, np.int64)
    for band in range(0, WIDTH, BAND):
        slots = found.sketches[long, band : band + BAND].astype(np.uint64)
        keys = np.zeros(len(found.sketches), np.uint64)
        mixed = np.zeros(len(long), np.uint64)
        for slot in slots.T:
            mixed = (mixed ^ slot) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(31)
        keys[long] = mixed
        order = long[np.argsort(mixed, kind="stable")]
        first, second = pair_bucket_members(order, keys, found.sketches, REACH, agree)
        pairs = np.union1d(pairs, (first << 32) | second)
    return np.column_stack([pairs >> 32, pairs & 0xFFFFFFFF])
