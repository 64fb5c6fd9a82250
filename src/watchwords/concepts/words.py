"""English forms: sequences of words, found on the ids of the tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.concepts.folding import NUMBER_WORDS, fold_word, spellings
from watchwords.concepts.phrases import Ints, compile_phrases, find_phrases
from watchwords.tokens import Tokens, tokenize

FOUND = ["doc", "start", "end", "size", "concept_id", "form", "rule"]
_HYPHENS = "-‐‑"
_PART = re.compile(f"[^{_HYPHENS}]+")
_JOINT = re.compile(rf"(?<=\w)[{_HYPHENS}](?=\w)")
_MARK = re.compile(r"""[^\w\s"'“”‘’„«»「」『』]""")
_POSSESSIVE = re.compile("['’][sS]$")


@dataclass(frozen=True)
class Form:
    """A row of the term base as the matcher needs it.

    Attributes
    ----------
    concept_id, listed : str
        The concept, and the form as listed.
    words : tuple of str
        Its normal forms, hyphens split.
    needs_context, exact : bool
        As in the term base.
    as_listed : bool
        No plural is folded, because that would make it a form of another concept.
    marks : frozenset of str
        Punctuation within it: text that has other punctuation there does not match.
    """

    concept_id: str
    listed: str
    words: tuple[str, ...]
    needs_context: bool
    exact: bool
    as_listed: bool
    marks: frozenset[str]

    @property
    def is_possessive(self) -> bool:
        """The form ends with 's itself, which is otherwise cut off what is printed."""
        return _POSSESSIVE.search(self.listed) is not None


@dataclass(frozen=True, eq=False)
class _Places:
    """Sequences found in the stream of words, in the order of the text; arrays of one entry each.

    `left` and `right` are the first and last token, `skip` the parts of the first token that
    stand before the match, `stop` the parts of the last one that belong to it (0: to its end).
    """

    node: Ints
    left: Ints
    right: Ints
    skip: Ints
    stop: Ints
    is_broken: NDArray[np.bool_]
    words: list[tuple[str, ...]]


def find_words(tokens: Tokens, forms: pd.DataFrame) -> pd.DataFrame:
    """Find every English form at every place, those inside longer ones included.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    forms : pandas.DataFrame
        The English rows of a term base.

    Returns
    -------
    pandas.DataFrame
        One row per place and concept: ``doc`` (row of the documents), ``start``, ``end``,
        ``size`` (words), ``concept_id``, ``form`` as printed, ``rule``.
    """
    rows = cut_forms(forms)
    keys = [tuple(map(fold_word, row.words)) for row in rows]
    classes = {key: at + 1 for at, key in enumerate(sorted({k for key in keys for k in key}))}
    phrases, ends = compile_phrases([tuple(classes[k] for k in key) for key in keys], len(classes))
    at_node: dict[int, list[Form]] = {}
    for node, row in zip(ends, rows, strict=True):
        at_node.setdefault(node, []).append(row)
    ids, token_index = tokens.expanded()
    found = find_phrases(_class_of(tokens, classes)[ids], phrases)
    places = _place(tokens, ids=ids, token_index=token_index, found=found)
    hits = [
        (doc, start, start + len(printed), len(places.words[at]), concept_id, printed, rule)
        for at, doc, start, text in _print(tokens, places)
        for concept_id, printed, rule in _judge(
            text, at_node[int(places.node[at])], places.words[at], broken=places.is_broken[at]
        )
    ]
    return pd.DataFrame(hits, columns=FOUND)


def cut_words(texts: list[str]) -> list[tuple[str, ...]]:
    """Cut strings into normal forms with the tokeniser of the texts, so that both follow one rule.

    Parameters
    ----------
    texts : list of str
        Forms as listed or as printed.

    Returns
    -------
    list of tuple of str
        Hyphens are split, capitals and possessives gone.

    Examples
    --------
    >>> cut_words(["High-Quality development", "Party’s"])
    [('high', 'quality', 'development'), ('party',)]
    """
    numbers = [str(number) for number in range(len(texts))]
    cut = tokenize(pd.DataFrame({"doc_id": numbers, "lang": "en", "text": texts}))
    ids, token_index = cut.expanded()
    edges = np.searchsorted(token_index, cut.doc_offsets)
    return [tuple(cut.vocabulary[ids[low:high]].tolist()) for low, high in pairwise(edges)]


def cut_forms(forms: pd.DataFrame) -> list[Form]:
    """Make the rows of a term base ready for the matcher.

    Parameters
    ----------
    forms : pandas.DataFrame
        The English rows of a term base.

    Returns
    -------
    list of Form
    """
    words = cut_words(forms["form"].to_list())
    keys = pd.Series([" ".join(map(fold_word, form)) for form in words], forms.index, dtype="str")
    shared = forms["concept_id"].groupby(keys).transform("nunique") > 1
    shared &= ~forms["needs_context"].groupby(keys).transform("all")
    columns = (forms[name] for name in ("concept_id", "form", "needs_context", "exact"))
    return [
        Form(concept_id, listed, form, needs_context, exact, as_listed, _marks(listed))
        for concept_id, listed, needs_context, exact, form, as_listed in zip(
            *columns, words, shared, strict=True
        )
        if form
    ]


def _class_of(tokens: Tokens, classes: dict[str, int]) -> NDArray[np.int32]:
    class_of = np.zeros(len(tokens.vocabulary), np.int32)
    words = [(word, number) for key, number in classes.items() for word in spellings(key)]
    ids = tokens.lookup([word for word, _ in words])
    numbers = np.array([number for _, number in words], np.int32)
    class_of[ids[ids >= 0]] = numbers[ids >= 0]
    return class_of


def _place(
    tokens: Tokens,
    *,
    ids: NDArray[np.int32],
    token_index: Ints,
    found: tuple[Ints, Ints, Ints],
) -> _Places:
    first, n_words, node = found
    last = first + n_words - 1
    left, right = token_index[first], token_index[last]
    sentence = np.searchsorted(tokens.sentence_offsets, np.stack([left, right]), side="right")
    skip = first - np.searchsorted(token_index, left)
    goes_on = (skip > 0) | ~tokens.breaks[left]
    good = (sentence[0] == sentence[1]) & ~(goes_on & _continues_number(tokens, ids, first))
    order = np.flatnonzero(good)[np.lexsort((n_words[good], first[good]))]
    first, last, left, right = first[order], last[order], left[order], right[order]
    behind = np.minimum(last + 1, len(ids) - 1)
    inside = (behind > last) & (token_index[behind] == right)
    breaks = np.cumsum(tokens.breaks, dtype=np.int64)
    return _Places(
        node=node[order],
        left=left,
        right=right,
        skip=skip[order],
        stop=np.where(inside, last + 1 - np.searchsorted(token_index, right), 0),
        is_broken=breaks[right] > breaks[left],
        words=[tuple(tokens.vocabulary[ids[a : b + 1]]) for a, b in zip(first, last, strict=True)],
    )


def _continues_number(tokens: Tokens, ids: NDArray[np.int32], first: Ints) -> NDArray[np.bool_]:
    """Say where a form begins with a number that is only the end of one, as in "twenty-two"."""
    is_number = np.zeros(len(tokens.vocabulary) + 1, bool)
    is_number[tokens.lookup(sorted(NUMBER_WORDS))] = True
    is_number[-1] = False
    before = ids[np.maximum(first - 1, 0)]
    continues = is_number[ids[first]] & (first > 0)
    for at in np.flatnonzero(continues):
        continues[at] = is_number[before[at]] or tokens.vocabulary[before[at]][0].isdigit()
    return continues


def _print(tokens: Tokens, places: _Places) -> Iterator[tuple[int, int, int, str]]:
    """Yield number, document, start and printed text of each place."""
    docs = np.searchsorted(tokens.doc_offsets, places.left, side="right") - 1
    first = zip(tokens.starts[places.left].tolist(), tokens.ends[places.left].tolist(), strict=True)
    last = zip(
        tokens.starts[places.right].tolist(), tokens.ends[places.right].tolist(), strict=True
    )
    cuts = zip(places.skip.tolist(), places.stop.tolist(), strict=True)
    doc_ids = tokens.documents["doc_id"].to_list()
    doc, text = -1, ""
    for at, (on, one, other, cut) in enumerate(zip(docs.tolist(), first, last, cuts, strict=True)):
        if on != doc:
            doc, text = on, tokens.text(doc_ids[on])
        start, end = one[0], other[1]
        if cut[0]:
            start = list(_PART.finditer(text, *one))[cut[0]].start()
        if cut[1]:
            end = list(_PART.finditer(text, *other))[cut[1] - 1].end()
        yield at, doc, start, text[start:end]


def _judge(
    text: str, rows: list[Form], words: tuple[str, ...], *, broken: np.bool_
) -> list[tuple[str, str, str]]:
    """Say which concepts a place is a form of: concept, form as printed, rule."""
    best: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        printed = text if row.is_possessive else _POSSESSIVE.sub("", text)
        same = printed.casefold() == row.listed.casefold()
        if row.exact and printed not in {row.listed, row.listed.upper()}:
            continue
        if (row.as_listed and words != row.words) or (broken and not _marks(printed) <= row.marks):
            continue
        if same or row.concept_id not in best:
            rule = "unresolved" if row.needs_context else "exact" if same else "normalised"
            best[row.concept_id] = (row.concept_id, printed, rule)
    return list(best.values())


def _marks(text: str) -> frozenset[str]:
    return frozenset(_MARK.findall(_JOINT.sub("", text)))
