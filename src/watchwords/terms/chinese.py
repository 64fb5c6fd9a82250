"""Chinese terms found without segmentation: what holds together inside and is free at its edges."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from watchwords.terms.edges import judge_edges
from watchwords.terms.loading import load_kernels
from watchwords.terms.mining import Measured, mine_sequences
from watchwords.terms.occurrences import find_sequences, split_item
from watchwords.terms.patterns import Sequence_
from watchwords.terms.sequences import Level, spell
from watchwords.terms.spelling import join_chinese
from watchwords.terms.stop_words import read_edges, read_stop_words
from watchwords.tokens import Tokens
from watchwords.tokens.chinese import is_han

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LONGEST = 8
# Two characters are a word already when they attract each other a little; chance neighbours that
# are longer do so, too.
_LEAST_NPMI = {2: 0.2}
_NPMI = 0.3
# A word is free at an edge if two bits of variety stand there; a rare one cannot have them, and
# needs this share of what it could have.
_BITS, _SHARE = 2.0, 0.45
# Of its occurrences: crossed by a firmer candidate in more than so many, or by itself in less.
_CROSSED, _ALONE = 0.5, 0.1
_PARTS = 64


@dataclass(frozen=True, eq=False)
class ChineseTerms:
    """Terms and where they stand.

    Attributes
    ----------
    items : list of str, length n_terms
        Sorted.
    n_words : ndarray of int64, shape (n_terms,)
        Characters, a word in Latin letters being one.
    row, term : ndarray of int64, shape (n_places,)
        For each place the document, as a number among those searched, and the term; in the order
        of the text.
    free : ndarray of bool, shape (n_places,)
        The place lies within that of no longer term.
    """

    items: list[str]
    n_words: Ints
    row: Ints
    term: Ints
    free: Bools


@dataclass(frozen=True, eq=False)
class _Candidates:
    """Sequences that may be terms."""

    items: list[str]
    words: list[Sequence_]
    npmi: Floats
    known: Bools

    def choose(self, kept: Bools) -> "_Candidates":
        at = np.flatnonzero(kept).tolist()
        items, words = [self.items[k] for k in at], [self.words[k] for k in at]
        return _Candidates(items, words, self.npmi[kept], self.known[kept])


@dataclass(frozen=True, eq=False)
class _Places:
    """Where candidates stand, in the order of the text, the longest of each place first."""

    row: Ints
    item: Ints
    begin: Ints
    end: Ints

    def choose(self, kept: Bools) -> "_Places":
        """Keep the places of some items, numbered anew."""
        number = np.where(kept, np.cumsum(kept) - 1, -1)[self.item]
        here = number >= 0
        return _Places(self.row[here], number[here], self.begin[here], self.end[here])

    def overlaps(self, npmi: Floats) -> tuple[Bools, Bools]:
        judge = load_kernels("overlap_kernels").judge_overlaps
        nested, crossed = judge(self.begin, self.end, npmi[self.item])
        return nested, crossed


def find_chinese(
    tokens: Tokens,
    rows: Ints,
    *,
    max_words: int,
    floors: tuple[int, int],
    stop_words: Collection[str] | None,
) -> ChineseTerms:
    """Find the terms of Chinese documents, and every place of theirs.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    rows : ndarray of int64
        Documents to search.
    max_words : int
        Characters of the longest term, 2 to 8; those of the term base may be longer.
    floors : (int, int)
        Least occurrences and least documents.
    stop_words : collection of str, optional
        Characters that replace the bundled lists of what stands at no edge.

    Returns
    -------
    ChineseTerms

    Notes
    -----
    A candidate holds together at its weakest joint (normalised mutual information) and is free at
    both edges (branching entropy), or is a form of the bundled term base. Four kinds go: numbers;
    a candidate with a word of grammar at its edge, or "and" between two candidates; one that
    firmer candidates cross in most places (国人 in 中国|人民); one that hardly ever stands
    outside longer terms.
    """
    known = [split_item(tokens, form) for form in read_term_base()]
    levels, measured, _ = mine_sequences(
        tokens,
        rows,
        max_words=max_words,
        floors=floors,
        edges=judge_edges(tokens.vocabulary, lang="zh", stop_words=stop_words),
        min_npmi=min(_NPMI, *_LEAST_NPMI.values()),
        known=[tokens.lookup([word for word, _ in words]) for words in known if words],
    )
    candidates = _select(tokens, levels, measured, floors=floors)
    candidates = candidates.choose(~_beside_grammar(candidates))
    places = _find_places(tokens, rows, candidates)
    for judge in (_is_crossed, _is_fragment):
        kept = ~judge(places, candidates) | candidates.known
        places, candidates = places.choose(kept), candidates.choose(kept)
    kept = _reach_floors(places, len(candidates.items), floors)
    places, candidates = places.choose(kept), candidates.choose(kept)
    nested, _ = places.overlaps(candidates.npmi)
    n_words = np.array([len(words) for words in candidates.words], np.int64)
    return ChineseTerms(candidates.items, n_words, places.row, places.item, ~nested)


@cache
def read_term_base() -> tuple[str, ...]:
    """Read the Chinese forms of the bundled term base.

    Returns
    -------
    tuple of str
        Sorted.

    Examples
    --------
    >>> "两先区" in read_term_base()
    True
    """
    path = files("watchwords") / "data" / "concepts" / "tifa.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple(sorted({row["form"] for row in rows if row["lang"] == "zh"}))


def _select(
    tokens: Tokens, levels: list[Level], measured: list[Measured], *, floors: tuple[int, int]
) -> _Candidates:
    """List what holds together and stands free, Latin words, and the term base."""
    found: dict[str, tuple[Sequence_, float, bool]] = {}
    for number in np.flatnonzero(levels[0].n >= max(floors)).tolist():
        word = tokens.vocabulary[number]
        if _is_latin(word):
            found[word] = [(word, False)], 1.0, False
    for length, (level, one) in enumerate(zip(levels[1:], measured, strict=True), start=2):
        variety = np.fmin(one.before, one.after)
        free = variety >= np.minimum(_BITS, _SHARE * np.log2(level.n))
        firm = one.npmi >= _LEAST_NPMI.get(length, _NPMI)
        chosen = np.flatnonzero(one.is_candidate & free & firm)
        words = tokens.vocabulary[spell(levels, length, chosen)].tolist()
        for at, row in zip(chosen.tolist(), words, strict=True):
            found[join_chinese(row)] = [(word, False) for word in row], one.npmi[at], False
    for form in read_term_base():
        words = split_item(tokens, form)
        if words:
            found[join_chinese([word for word, _ in words])] = words, 1.0, True
    items = sorted(item for item, (_, _, known) in found.items() if known or _says(item))
    return _Candidates(
        items,
        [found[item][0] for item in items],
        np.array([found[item][1] for item in items], float),
        np.array([found[item][2] for item in items], bool),
    )


def _is_latin(word: str) -> bool:
    return (
        len(word) > 1 and word[0].isalpha() and not is_han(word[0]) and word not in _english_stops()
    )


@cache
def _english_stops() -> frozenset[str]:
    return read_stop_words()


@cache
def _number_pattern() -> re.Pattern[str]:
    """Numbers, dates and amounts: nothing but figures and what is counted in them."""
    figures, counted = ("".join(sorted(read_edges(group))) for group in ("figures", "counted"))
    return re.compile(f"(?=.*[{figures}0-9])[{figures}{counted}0-9.,%％]+")


def _says(item: str) -> bool:
    inner = read_edges("inside")
    if item in read_edges("names"):
        return True
    return _number_pattern().fullmatch(item) is None and inner.isdisjoint(item)


def _beside_grammar(candidates: _Candidates) -> Bools:
    """Mark what is another candidate with a word of grammar, or two of them joined by "and"."""
    before, behind, joints = map(read_edges, ("before", "behind", "joints"))
    there = set(candidates.items)

    def is_beside(words: list[str]) -> bool:
        opens, closes = words[0] in before, words[-1] in behind
        inner = [words[1:]] * opens + [words[:-1]] * closes + [words[1:-1]] * (opens and closes)
        return any(join_chinese(part) in there for part in inner) or any(
            words[at] in joints
            and join_chinese(words[:at]) in there
            and join_chinese(words[at + 1 :]) in there
            for at in range(1, len(words) - 1)
        )

    marked = [
        len(words) > 2 and is_beside([word for word, _ in words]) for words in candidates.words
    ]
    return np.array(marked, bool) & ~candidates.known


def _find_places(tokens: Tokens, rows: Ints, candidates: _Candidates) -> _Places:
    hits = find_sequences(tokens, candidates.words, rows=rows)
    begin = hits[:, 2] * _PARTS + hits[:, 3]
    end = hits[:, 4] * _PARTS + hits[:, 5] + 1
    order = np.lexsort((-end, begin))
    return _Places(hits[order, 0], hits[order, 1], begin[order], end[order])


def _is_crossed(places: _Places, candidates: _Candidates) -> Bools:
    _, crossed = places.overlaps(candidates.npmi)
    n_items = len(candidates.items)
    n = np.bincount(places.item, minlength=n_items)
    mostly: Bools = np.bincount(places.item[crossed], minlength=n_items) > _CROSSED * n
    return mostly


def _is_fragment(places: _Places, candidates: _Candidates) -> Bools:
    nested, _ = places.overlaps(candidates.npmi)
    n_items = len(candidates.items)
    n = np.bincount(places.item, minlength=n_items)
    seldom: Bools = np.bincount(places.item[~nested], minlength=n_items) < _ALONE * n
    return seldom


def _reach_floors(places: _Places, n_items: int, floors: tuple[int, int]) -> Bools:
    min_count, min_docs = floors
    pairs = np.unique(np.column_stack([places.item, places.row]), axis=0)
    n_docs = np.bincount(pairs[:, 0], minlength=n_items)
    kept: Bools = (np.bincount(places.item, minlength=n_items) >= min_count) & (n_docs >= min_docs)
    return kept
