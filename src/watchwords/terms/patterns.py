"""What a reader looks for, made ready for one pass over the token ids."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens import Tokens

if TYPE_CHECKING:
    from watchwords.terms.scan_kernels import Patterns, Text

Ints = NDArray[np.int64]
# The words of a sequence, each with "punctuation may stand before it"; * stands for letters.
Sequence_ = Sequence[tuple[str, bool]]


def readable(tokens: Tokens) -> "Text":
    """Take from the tokens what a pass over them reads.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.

    Returns
    -------
    Text
        Views, nothing is copied; read-only, as arrays mapped from a file are, so that one
        compilation of a kernel serves both.
    """
    from watchwords.terms.scan_kernels import Text

    return Text(*(read_only(getattr(tokens, name)) for name in Text._fields))


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """View an array read-only, whatever it is mapped from.

    Parameters
    ----------
    array : ndarray

    Returns
    -------
    ndarray
    """
    view = np.ascontiguousarray(array).view(np.ndarray)
    view.flags.writeable = False
    return view


def compile_patterns(tokens: Tokens, sequences: Sequence[Sequence_]) -> "Patterns":
    """Look the words of sequences up in the vocabulary.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    sequences : sequence of sequence of (str, bool)
        At least one word each, as from `watchwords.tokens.split_phrase`.

    Returns
    -------
    Patterns
        One for each sequence. One with a word that is not in the vocabulary fits nowhere.
    """
    from watchwords.terms.scan_kernels import Patterns

    words = sorted({word for sequence in sequences for word, _ in sequence})
    starred = [word for word in words if "*" in word]
    plain = [word for word in words if "*" not in word]
    number = dict(zip(plain, tokens.lookup(plain).tolist(), strict=True)) if plain else {}
    members = np.zeros((len(starred), len(tokens.vocabulary)), bool)
    for row, word in enumerate(starred):
        members[row] = _fits(tokens, word)
        number[word] = -1 - row
    lengths = [len(sequence) for sequence in sequences]
    types = np.array([number[word] for sequence in sequences for word, _ in sequence], np.int32)
    is_starred = np.array(["*" in word for sequence in sequences for word, _ in sequence], bool)
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
    first, first_offsets = _index_first(
        types, members, offsets=offsets, known=is_starred | (types >= 0)
    )
    begins = np.diff(first_offsets) > 0
    opens = np.zeros(len(begins), bool)
    if len(begins):
        opens = np.logical_or.reduceat(begins[tokens.parts], tokens.part_offsets[:-1])
    return Patterns(
        opens=read_only(opens),
        first_offsets=read_only(first_offsets),
        first=read_only(first),
        offsets=read_only(offsets),
        types=read_only(types),
        may_break=read_only(np.array([may for sequence in sequences for _, may in sequence], bool)),
        members=read_only(members),
    )


def _index_first(
    types: NDArray[np.int32], members: NDArray[np.bool_], *, offsets: Ints, known: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], Ints]:
    """Say for each type which patterns it opens, the shorter first."""
    n_types = members.shape[1]
    lengths = np.diff(offsets)
    # A pattern with an unknown word fits nowhere and is left out.
    possible = np.add.reduceat(~known, offsets[:-1]) == 0 if len(lengths) else np.empty(0, bool)
    words, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for pattern in np.argsort(lengths, kind="stable"):
        if possible[pattern]:
            wanted = int(types[offsets[pattern]])
            fitting = np.array([wanted]) if wanted >= 0 else np.flatnonzero(members[-1 - wanted])
            words.append(fitting)
            numbers.append(np.full(len(fitting), pattern))
    word = np.concatenate(words)
    order = np.argsort(word, kind="stable")
    first_offsets = np.zeros(n_types + 1, np.int64)
    first_offsets[1:] = np.cumsum(np.bincount(word, minlength=n_types))
    return np.concatenate(numbers)[order].astype(np.int32), first_offsets


def _fits(tokens: Tokens, word: str) -> NDArray[np.bool_]:
    if word.strip("*") == "":
        return np.ones(len(tokens.vocabulary), bool)
    fits = re.compile(re.escape(word).replace(r"\*", ".*"), re.DOTALL).fullmatch
    n_types = len(tokens.vocabulary)
    return np.fromiter((fits(form) is not None for form in tokens.vocabulary), bool, n_types)
