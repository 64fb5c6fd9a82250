"""From tokens to frequent sequences with their measures, one length after the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.terms.association import weakest_joint
from watchwords.terms.edges import Edges
from watchwords.terms.loading import load_kernels
from watchwords.terms.patterns import readable
from watchwords.terms.sequences import Level, find_number
from watchwords.tokens import Tokens

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_MOST_WORDS = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Measured:
    """What was measured of the sequences of one length.

    Attributes
    ----------
    npmi, log_likelihood : ndarray of float64, shape (n_sequences,)
        At the weakest joint, see `watchwords.terms.association.weakest_joint`.
    is_candidate : ndarray of bool, shape (n_sequences,)
        Its edges may stand there, a word of it names something, and it is associated enough; or
        it is known.
    is_weak : ndarray of bool, shape (n_sequences,)
        It has a word that terms seldom have.
    is_known : ndarray of bool, shape (n_sequences,)
        It is one of those that were asked for.
    before, after : ndarray of float64, shape (n_sequences,)
        Branching entropy in bits, of candidates: how varied the words before and behind are. A
        break, the end of a document and a word beside which a phrase is complete count as a word
        that no other occurrence has.
    """

    npmi: Floats
    log_likelihood: Floats
    is_candidate: Bools
    is_weak: Bools
    is_known: Bools
    before: Floats
    after: Floats


def mine_sequences(
    tokens: Tokens,
    rows: Ints,
    *,
    max_words: int,
    floors: tuple[int, int],
    edges: Edges,
    min_npmi: float,
    known: list[Ints],
) -> tuple[list[Level], list[Measured], int]:
    """Count all sequences of 1 to `max_words` words, and measure those that may be phrases.

    Rare ones are dropped on the way up, which is exact: a sequence is never more frequent than
    any of its parts, so that all parts of those that are left are there.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    rows : ndarray of int64
        Documents to search.
    max_words : int
        Longest sequence, at least 2.
    floors : (int, int)
        Least occurrences and least documents.
    edges : Edges
        What each type does at the edge of a phrase.
    min_npmi : float
        Least association of a candidate.
    known : list of ndarray of int64
        Types of sequences that are candidates in any case.

    Returns
    -------
    levels : list of Level
        For lengths 1, 2, …; it ends early where nothing is frequent.
    measured : list of Measured
        For lengths 2, 3, …
    n_words : int
        Words in all.

    Notes
    -----
    The variety of neighbours is that of Z. Jin and K. Tanaka-Ishii (2006), Unsupervised
    segmentation of Chinese text by use of branching entropy, COLING/ACL poster sessions, 428-435.
    """
    kernels = load_kernels("phrase_kernels")
    n_types = len(tokens.vocabulary)
    words, breaks, doc_begins, n = kernels.lay_out(readable(tokens), rows.astype(np.int64))
    if len(words) > _MOST_WORDS:
        raise WatchwordsError(
            f"{len(words):,} words are more than the {_MOST_WORDS:,} that can be scored at once; "
            "score the periods one by one."
        )
    # What is in so many documents occurs at least as often; of single words no more is asked.
    alive = n >= max(floors)
    types, none = np.arange(n_types, dtype=np.int32), np.full(n_types, -1, np.int32)
    levels, measured = [Level(n, np.zeros_like(n), none, none, types, types)], []
    numbers, n = kernels.number_words(words, alive), np.where(alive, n, 0)
    names, weak, beside = edges.names, edges.weakens, (edges.before, edges.behind)
    for length in range(2, max_words + 1):
        piles = kernels.pile_up(words, breaks, numbers, length - 1, n)
        opening, ending, last, n, n_docs = kernels.count_piles(
            piles, numbers, doc_begins, n_types, floors
        )
        if not len(last):
            break
        levels.append(Level(n, n_docs, opening, ending, levels[-1].first[opening], last))
        npmi, evidence = weakest_joint(levels, length, len(words))
        names, weak = names[opening] | edges.names[last], weak[opening] | edges.weakens[last]
        is_known = _mark_known(levels, length, known)
        fitting = edges.opens[levels[-1].first] & edges.closes[last] & names
        candidate = (fitting & (npmi >= min_npmi)) | is_known
        needed = candidate if length == max_words else np.ones(len(last), bool)
        kernels.renumber(piles, opening, last, needed, n_types, numbers)
        varied = kernels.measure_neighbours(
            words, breaks, numbers, length, np.where(candidate, n, 0), beside
        )
        measured.append(Measured(npmi, evidence, candidate, weak, is_known, *varied))
    return levels, measured, len(words)


def _mark_known(levels: list[Level], length: int, known: list[Ints]) -> Bools:
    marked = np.zeros(len(levels[-1].n), bool)
    for types in known:
        if len(types) == length:
            number = find_number(levels, types)
            if number >= 0:
                marked[number] = True
    return marked
