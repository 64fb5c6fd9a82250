"""What a reader looks for, made ready for one pass over the token ids."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from watchwords.terms.loading import read_only
from watchwords.tokens import Tokens

if TYPE_CHECKING:
    from watchwords.terms.scan_kernels import Patterns, Text

Ints = NDArray[np.int64]

_N_PAGES, _PAGE = 16, 4096
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
        Read-only views, nothing is copied.
    """
    from watchwords.terms.scan_kernels import Text

    return Text(*(read_only(getattr(tokens, name)) for name in Text._fields))


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
    places = [place for sequence in sequences for place in sequence]
    types = np.array([number[word] for word, _ in places], np.int32)
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
    # A pattern with a word that is not in the vocabulary fits nowhere and has no anchor.
    lost = np.array([number[word] < 0 and "*" not in word for word, _ in places], bool)
    anchors = np.zeros(len(lengths), np.int64)
    if len(lengths) == 1 and not lost.any():
        anchors[0] = _rarest(tokens, types, members)
    at = offsets[:-1] + anchors
    fitting = [
        np.empty(0, np.int64) if lost[first:end].any() else _types_at(types[place], members)
        for place, first, end in zip(at, offsets[:-1], offsets[1:], strict=True)
    ]
    anchored, anchored_offsets = _index(fitting, np.array(lengths), n_types=members.shape[1])
    begins = np.diff(anchored_offsets) > 0
    opens = np.zeros(len(begins), bool)
    if len(begins):
        opens = np.logical_or.reduceat(begins[tokens.parts], tokens.part_offsets[:-1])
    return Patterns(
        opens=read_only(opens),
        anchored_offsets=read_only(anchored_offsets),
        anchored=read_only(anchored),
        anchors=read_only(anchors),
        offsets=read_only(offsets),
        types=read_only(types),
        may_break=read_only(np.array([may for _, may in places], bool)),
        members=read_only(members),
    )


def _types_at(type_: int, members: NDArray[np.bool_]) -> Ints:
    return np.array([type_]) if type_ >= 0 else np.flatnonzero(members[-1 - type_])


def _index(fitting: list[Ints], lengths: Ints, *, n_types: int) -> tuple[NDArray[np.int32], Ints]:
    """Say for each type which patterns it anchors, the shorter first."""
    order = np.argsort(lengths, kind="stable")
    types = np.concatenate([np.empty(0, np.int64), *(fitting[pattern] for pattern in order)])
    pattern = np.repeat(order, [len(fitting[pattern]) for pattern in order])
    by_type = np.argsort(types, kind="stable")
    offsets = np.zeros(n_types + 1, np.int64)
    offsets[1:] = np.cumsum(np.bincount(types, minlength=n_types))
    return pattern[by_type].astype(np.int32), offsets


def _rarest(tokens: Tokens, types: NDArray[np.int32], members: NDArray[np.bool_]) -> int:
    """Find the place that the fewest tokens fit, as far as a few pages tell."""
    if len(types) == 1:
        return 0
    n_tokens = len(tokens.ids)
    pages = [tokens.ids[page * n_tokens // _N_PAGES :][:_PAGE] for page in range(_N_PAGES)]
    seen = np.bincount(np.concatenate(pages), minlength=len(tokens.vocabulary))
    n_fitting = [int(seen[_types_at(type_, members)].sum()) for type_ in types]
    return int(np.argmin(n_fitting))


def _fits(tokens: Tokens, word: str) -> NDArray[np.bool_]:
    if word.strip("*") == "":
        return np.ones(len(tokens.vocabulary), bool)
    head, _, tail = word.partition("*")
    if "*" not in tail:
        least = len(head) + len(tail)
        fitting = (
            form.startswith(head) and form.endswith(tail) and len(form) >= least
            for form in tokens.vocabulary
        )
        return np.fromiter(fitting, bool, len(tokens.vocabulary))
    fits = re.compile(re.escape(word).replace(r"\*", ".*"), re.DOTALL).fullmatch
    n_types = len(tokens.vocabulary)
    return np.fromiter((fits(form) is not None for form in tokens.vocabulary), bool, n_types)
