"""Sentences, paragraphs and breaks of scanned texts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.loading import load_kernels
from watchwords.tokens.scan import Pieces
from watchwords.tokens.sentences import Gaps

Ints = NDArray[np.int32]
Ints64 = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Layout:
    """Where sentences and paragraphs begin; the attributes are those of `Tokens`."""

    breaks: NDArray[np.bool_]
    sentence_offsets: Ints64
    paragraph_offsets: Ints64
    sentence_bounds: Ints


def find_sentences(
    pieces: Pieces, *, type_of: Ints, words: NDArray[np.uint8], gaps: Gaps
) -> Layout:
    """Find what breaks, and where sentences and paragraphs begin.

    Parameters
    ----------
    pieces : Pieces
        The scanned texts; ``word`` is overwritten with types, to save memory.
    type_of : ndarray of int32, shape (n_words,)
        Type of each printed word; if empty, ``word`` stays as it is.
    words : ndarray of uint8, shape (n_words,)
        What each printed word may be.
    gaps : Gaps
        What each gap means.

    Returns
    -------
    Layout
        Only ``breaks`` is filled where the pieces have no places.
    """
    n = len(pieces.word)
    room = len(pieces.starts)
    breaks = np.empty(n, np.bool_)
    sentences, paragraphs = np.empty(room + 1, np.int64), np.empty(room + 1, np.int64)
    bounds = np.empty((room, 2), np.int32)
    n_sentences, n_paragraphs = load_kernels("sentence_kernels").mark(
        (pieces.word, pieces.gap, pieces.starts, pieces.ends),
        pieces.counts,
        pieces.last_gaps,
        (type_of, words),
        (gaps.flags, gaps.heads, gaps.tails),
        breaks,
        sentences,
        paragraphs,
        bounds,
    )
    sentences[n_sentences] = paragraphs[n_paragraphs] = n
    return Layout(
        breaks,
        sentences[: n_sentences + 1].copy(),
        paragraphs[: n_paragraphs + 1].copy(),
        bounds[:n_sentences].copy(),
    )
