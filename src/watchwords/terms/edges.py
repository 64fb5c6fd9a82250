"""With which words a phrase may begin and end, and beside which it is complete."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.terms.stop_words import read_edges, read_stop_words

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Edges:
    """What each type of a vocabulary does at the edge of a phrase.

    Attributes
    ----------
    opens, closes : ndarray of bool, shape (n_types,)
        A phrase may begin, and end, with it.
    before, behind : ndarray of bool, shape (n_types,)
        Standing before a phrase, or behind it, it may be a part of it that was cut off; any other
        word there is as good as a comma.
    names : ndarray of bool, shape (n_types,)
        It can give a phrase its subject matter: no stop word, number or month.
    weakens : ndarray of bool, shape (n_types,)
        Terms seldom have it: a pronoun, or a verb such as make at an edge.
    """

    opens: Bools
    closes: Bools
    before: Bools
    behind: Bools
    names: Bools
    weakens: Bools


# "may" and "march" are words, too.
MONTHS = frozenset(
    {
        *("january", "february", "april", "june", "july", "august"),
        *("september", "october", "november", "december"),
    }
)


def judge_edges(
    vocabulary: NDArray[np.object_], *, lang: str, stop_words: Collection[str] | None = None
) -> Edges:
    """Judge every type of a vocabulary.

    In English no stop word, single letter or number opens a phrase, and no stop word or single
    letter closes one; the commonest verbs may ("going to school"). In Chinese the bundled list of
    particles decides.

    Parameters
    ----------
    vocabulary : ndarray of object (str)
    lang : str
        "en" or "zh".
    stop_words : collection of str, optional
        Normal forms that replace the bundled list; an empty one lets any word stand anywhere.

    Returns
    -------
    Edges

    Examples
    --------
    >>> vocabulary = np.array(["the", "going", "school", "1990", "x"], object)
    >>> edges = judge_edges(vocabulary, lang="en")
    >>> edges.opens.tolist(), edges.closes.tolist()
    ([False, True, True, False, False], [False, True, True, True, False])
    """
    if stop_words is not None and not stop_words:
        every, none = np.ones(len(vocabulary), bool), np.zeros(len(vocabulary), bool)
        return Edges(every, every, every, every, every, none)
    if lang == "zh":
        return _judge_chinese(vocabulary, stop_words)
    return _judge_english(vocabulary, stop_words)


def _judge_english(vocabulary: NDArray[np.object_], stop_words: Collection[str] | None) -> Edges:
    stops = read_stop_words() if stop_words is None else frozenset(stop_words)
    verbs = read_stop_words("verbs") if stop_words is None else frozenset[str]()
    long = np.fromiter((len(word) > 1 for word in vocabulary), bool, len(vocabulary))
    numeric = np.fromiter((word[:1].isnumeric() for word in vocabulary), bool, len(vocabulary))
    numbers = np.fromiter((not _has_letter(word) for word in vocabulary), bool, len(vocabulary))
    function = _among(vocabulary, stops)
    barred = function & ~_among(vocabulary, verbs)
    return Edges(
        opens=long & ~barred & ~numbers,
        closes=(long | numbers) & ~barred,
        before=~function,
        # "of" goes on: "House" is not complete before "of Representatives".
        behind=~function | _among(vocabulary, frozenset(["of"])),
        names=long & ~function & ~numeric & ~_among(vocabulary, MONTHS),
        weakens=_among(vocabulary, verbs | read_stop_words("pronouns")),
    )


def _judge_chinese(vocabulary: NDArray[np.object_], stop_words: Collection[str] | None) -> Edges:
    if stop_words is None:
        opens, closes, walls = (read_edges(group) for group in ("opens", "closes", "walls"))
    else:
        opens = closes = walls = frozenset(stop_words)
    numbers = np.fromiter((not _has_letter(word) for word in vocabulary), bool, len(vocabulary))
    beside = ~_among(vocabulary, walls)
    return Edges(
        opens=~_among(vocabulary, opens) & ~numbers,
        closes=~_among(vocabulary, closes) & ~numbers,
        before=beside,
        behind=beside,
        names=~numbers,
        weakens=np.zeros(len(vocabulary), bool),
    )


def _among(vocabulary: NDArray[np.object_], words: frozenset[str]) -> Bools:
    return np.fromiter((word in words for word in vocabulary), bool, len(vocabulary))


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))
