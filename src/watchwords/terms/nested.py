"""Terms inside longer terms: which of the two says what there is to say."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.scores import Scores
from watchwords.terms.spelling import join_chinese as _join
from watchwords.terms.spelling import split_words

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def hide_nested(scores: Scores, *, explained: float = 0.8, attraction: float = 0.2) -> Scores:
    r"""Keep of nested terms the one that carries the meaning.

    Three kinds go. *Parts*: a term that one longer kept term explains ("britain", where
    "great britain" accounts for 80 % of it). *Cuts*: a term of the greatest length that one
    longer sequence explains ("people of the united"). *Chance neighbours*: a term of several
    words whose two halves attract each other little and that is rare beside both of them
    ("great nation"). Counts are not changed: an occurrence of "foreign policy" is still one of
    "policy" where both are kept, so their trends are not independent.

    Parameters
    ----------
    scores : Scores
        From `count_terms`.
    explained : float, default 0.8
        Share of a term's occurrences, above 0.5 and up to 1, that a longer one must cover.
    attraction : float, default 0.2
        Least normalised mutual information (-1 to 1) of the halves of a term, taken at its
        weakest joint; a term in a quarter of the documents of its rarer half stays in any case.

    Returns
    -------
    Scores
        Fewer items, same documents.

    Raises
    ------
    WatchwordsError
        If `explained` or `attraction` is out of range.

    Notes
    -----
    With occurrences :math:`c` among :math:`N` words and a term :math:`t` of halves
    :math:`p, q` (a stop word between them belongs to neither), the attraction is [1]_

    .. math:: \ln\frac{N c(t)}{c(p)\,c(q)} \Big/ \ln\frac{N}{c(t)} .

    References
    ----------
    .. [1] G. Bouma (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of the Biennial GSCL Conference, 31-40.

    Examples
    --------
    >>> import pandas as pd
    >>> from watchwords.terms import count_terms
    >>> from watchwords.tokens import tokenize
    >>> texts = ["Great Britain. A great day. Great hopes. Great Britain", "Great Britain. Great"]
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": texts})
    >>> scores = count_terms(tokenize(table), min_docs=2, min_count=3)
    >>> scores.items["item"].tolist(), hide_nested(scores).items["item"].tolist()
    (['britain', 'great', 'great britain'], ['great', 'great britain'])
    """
    if not 0.5 < explained <= 1:
        raise WatchwordsError(f"`explained` is {explained}; it must be above 0.5 and at most 1.")
    if not -1 <= attraction <= 1:
        raise WatchwordsError(f"`attraction` is {attraction}; it must be between -1 and 1.")
    items = scores.items["item"].tolist()
    langs = scores.items["lang"].tolist()
    words = [split_words(item, lang) for item, lang in zip(items, langs, strict=True)]
    number = {item: at for at, item in enumerate(items)}
    total = scores.matrix.sum(axis=0).astype(float)
    if "n_all" in scores.items:
        # Free-standing counts: what a longer term covers is not in the matrix.
        total = scores.items["n_all"].fillna(pd.Series(total)).to_numpy(float)
    kept = _holds(scores, words, number, total=total, attraction=attraction)
    if "beyond" in scores.items:
        # Items that are not terms, joined to the scores, have no value there.
        kept &= ~(scores.items["beyond"].to_numpy() >= explained)
    longer, shorter = _nesting(words, number)
    length = np.array([len(parts) for parts in words], np.int64)
    for n_words in range(int(length.max(initial=0)) - 1, 0, -1):
        asked = kept[longer] & (length[shorter] == n_words)
        covered = np.zeros(len(items))
        np.maximum.at(covered, shorter[asked], total[longer[asked]])
        kept &= covered < explained * total
    return scores.select([item for item, keep in zip(items, kept, strict=True) if keep])


def _nesting(words: list[list[str]], number: dict[str, int]) -> tuple[Ints, Ints]:
    """Pair each term with every term inside it."""
    longer, shorter = [], []
    for at, parts in enumerate(words):
        for first in range(len(parts)):
            for end in range(first + 1, len(parts) + (first > 0)):
                inside = number.get(_join(parts[first:end]))
                if inside is not None:
                    longer.append(at)
                    shorter.append(inside)
    return np.array(longer, np.int64), np.array(shorter, np.int64)


def _holds(
    scores: Scores,
    words: list[list[str]],
    number: dict[str, int],
    *,
    total: NDArray[np.float64],
    attraction: float,
) -> Bools:
    """Say which terms hold together at every joint, or are common enough not to need to."""
    joints = np.array(list(_joints(words, number)), np.int64).reshape(-1, 3)
    term, left, right = joints.T
    n_words = max(int(scores.n_units.sum()), 1)
    lift = n_words * total[term] / (total[left] * total[right])
    # Where a text repeats one term only, both logarithms are 0: the halves could not be closer.
    room = np.log(n_words / total[term])
    npmi = np.divide(np.log(lift), room, out=np.ones(len(term)), where=room > 0)
    n_docs = scores.n_docs()
    common = 4 * n_docs[term] >= np.minimum(n_docs[left], n_docs[right])
    loose = (npmi < attraction) & ~common
    holds = np.ones(len(words), bool)
    holds[term[loose]] = False
    return holds


def _joints(words: list[list[str]], number: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Give for each term the pairs of terms that it can be cut into."""
    for at, parts in enumerate(words):
        for end in range(1, len(parts)):
            left = number.get(_join(parts[:end]))
            if left is None:
                continue
            # Stop words at the joint belong to neither half.
            for first in range(end, len(parts)):
                right = number.get(_join(parts[first:]))
                if right is not None:
                    yield at, left, right
                    break
