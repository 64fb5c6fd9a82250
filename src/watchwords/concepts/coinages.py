"""Labels and number formulas that no watched concept explains, for review."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from watchwords.concepts.folding import fold_word
from watchwords.concepts.numerals import NUMERALS, find_formulas
from watchwords.concepts.overlaps import STRETCH, keep_longest
from watchwords.concepts.quotes import find_labels
from watchwords.concepts.summary import count_forms
from watchwords.concepts.words import cut_words
from watchwords.tokens import Tokens

QUOTED, NUMERIC = "quoted_coinage", "numeric_formula"
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千双]|\d+(?:\+\d+)+$")
_MAX_WORDS = {QUOTED: 6, NUMERIC: 10}
_MAX_CHARACTERS = 16
_ANSWERS = frozenset(["yes", "no", "aye", "nay", "yea", "sic"])
_ARTICLES = frozenset(["a", "an", "the"])
_COLUMNS = ["form", "kind", "n", "n_docs", "doc_id", "start", "end"]
_BOUNDS = ["sentence_start", "sentence_end"]
_KINDS = dict.fromkeys(("form", "kind", "doc_id"), "str")
_KINDS |= dict.fromkeys(("n", "n_docs", "start", "end", *_BOUNDS), "int64")


def find_coinages(tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    """Find quoted labels and number formulas that no hit of a watched concept overlaps.

    A list to read, not a finding: quotes are put around names, irony and citations too, and a
    number formula is told from counting by outward signs only. Speech, titles, whole sentences
    and labels of more than six words (ten for a number formula) are left out, reprints too.

    Parameters
    ----------
    tokens : Tokens
        The corpus; texts in all languages are searched for quotes, English ones for number
        formulas without quotes.
    hits : pandas.DataFrame
        As from `match_concepts`; unresolved hits explain a form too.

    Returns
    -------
    pandas.DataFrame
        One row per form (capitals, plural, hyphens and a first article folded), the most
        widespread first: ``form`` in its commonest spelling, ``kind`` ("quoted_coinage" or
        "numeric_formula"), ``n`` occurrences in ``n_docs`` documents, and the first of them:
        ``doc_id``, ``start``, ``end``, and the bounds of its sentence, ``sentence_start`` and
        ``sentence_end``.

    Examples
    --------
    >>> from watchwords.concepts import match_concepts
    >>> from watchwords.tokens import tokenize
    >>> text = 'Towns held to the “two upholds”, the "smiling lane" and the “nine keys”.'
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> forms = {"concept_id": ["upholds"], "lang": ["en"], "form": ["two upholds"]}
    >>> hits = match_concepts(tokens, pd.DataFrame(forms))
    >>> find_coinages(tokens, hits)[["form", "kind", "n", "n_docs"]]
               form             kind  n  n_docs
    0     nine keys  numeric_formula  1       1
    1  smiling lane   quoted_coinage  1       1
    """
    places = [*_find_quoted(tokens), *find_formulas(tokens)]
    table = pd.DataFrame(sorted(set(places)), columns=["doc", "start", "end"], dtype="int64")
    table = _drop_explained(table, tokens, hits)
    table["text"] = [
        tokens.text(doc_id)[start:end]
        for doc_id, start, end in zip(table["doc_id"], table["start"], table["end"], strict=True)
    ]
    table["words"] = pd.Series(cut_words(table["text"].to_list()), table.index, dtype=object)
    table["kind"] = [_kind(*pair) for pair in zip(table["text"], table["words"], strict=True)]
    return _group(table[table["kind"] != ""], tokens)


def _find_quoted(tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    for doc, doc_id in enumerate(tokens.documents["doc_id"]):
        for start, end in find_labels(tokens.text(doc_id)):
            yield doc, start, end


def _drop_explained(table: pd.DataFrame, tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    """Drop reprints, what a hit overlaps, and what lies inside something longer."""
    documents = tokens.documents
    at = pd.Index(documents["doc_id"]).get_indexer(pd.Index(hits["doc_id"])) * STRETCH
    order = np.argsort(at + hits["start"].to_numpy(), kind="stable")
    starts = (at + hits["start"].to_numpy())[order]
    reach = np.maximum.accumulate(np.append(-1, (at + hits["end"].to_numpy())[order]))
    start, end = ((table["doc"] * STRETCH + table[name]).to_numpy() for name in ("start", "end"))
    explained = reach[np.searchsorted(starts, end)] > start
    kept = ~explained & keep_longest(start, end, end - start)
    table = table[kept & (documents["duplicate_of"] == "").to_numpy()[table["doc"]]]
    return table.assign(doc_id=documents["doc_id"].to_numpy(object)[table["doc"]])


def _kind(text: str, words: tuple[str, ...]) -> str:
    """Say what a form is, "" for what is no label: too long, a number alone, an answer."""
    if _HAN.search(text):
        kind = NUMERIC if _NUMERAL.match(text) else QUOTED
        return kind if 1 < len(words) <= _MAX_CHARACTERS else ""
    if not words or words[0] in _ANSWERS:
        return ""
    numeral = words[0] in NUMERALS | {"one"} and len(words) > 1
    kind = NUMERIC if numeral or _NUMERAL.match(text) else QUOTED
    is_number = kind == QUOTED and not any(word[0].isalpha() for word in words)
    return "" if is_number or len(words) > _MAX_WORDS[kind] else kind


def _group(table: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    rows = []
    for _, places in table.groupby(table["words"].map(_fold), sort=False):
        first = places.iloc[0]
        doc_id, start, end = str(first["doc_id"]), int(first["start"]), int(first["end"])
        form = count_forms(places["text"])[0][0]
        counts = (len(places), places["doc_id"].nunique())
        bounds = tokens.sentence(doc_id, start, end)
        rows.append((form, first["kind"], *counts, doc_id, start, end, *bounds))
    grouped = pd.DataFrame(rows, columns=[*_COLUMNS, *_BOUNDS]).astype(_KINDS)
    order = ["n_docs", "n", "form"]
    grouped = grouped.sort_values(order, ascending=[False, False, True], kind="stable")
    return grouped.reset_index(drop=True)


def _fold(words: tuple[str, ...]) -> str:
    bare = words[1:] if words[0] in _ARTICLES and len(words) > 1 else words
    return " ".join(map(fold_word, bare))
