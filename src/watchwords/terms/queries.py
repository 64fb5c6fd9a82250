"""What a reader types, read: words, alternatives, wildcards and concepts."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.terms.loading import load_kernels, read_only
from watchwords.terms.occurrences import Places, find_sequences
from watchwords.terms.patterns import Sequence_
from watchwords.tokens import Tokens, split_phrase

Ints = NDArray[np.int64]

_CONCEPT = "concept:"


def parse_query(query: str) -> tuple[list[Sequence_], list[str]]:
    """Split a query into sequences of words and names of concepts.

    Parameters
    ----------
    query : str
        Alternatives parted by ``|``; ``concept:`` stands before the name of a concept.

    Returns
    -------
    words : list of list of (str, bool)
        As from `watchwords.tokens.split_phrase`.
    concepts : list of str

    Raises
    ------
    WatchwordsError
        If there is nothing to look for.

    Examples
    --------
    >>> parse_query("foreign *, trade | concept:two_upholds")
    ([[('foreign', False), ('*', False), ('trade', True)]], ['two_upholds'])
    """
    parts = [part.strip() for part in query.split("|")]
    concepts = [part.removeprefix(_CONCEPT) for part in parts if part.startswith(_CONCEPT)]
    split = [split_phrase(part) for part in parts if not part.startswith(_CONCEPT)]
    words: list[Sequence_] = [words for words in split if words]
    if not words and not concepts:
        raise WatchwordsError(f"`query` is {query!r}, which has no word to look for.")
    return words, concepts


def place_concepts(tokens: Tokens, concepts: list[str], hits: pd.DataFrame | None) -> Places:
    """Find where concepts stand.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    concepts : list of str
        Names; ``*`` stands for any letters.
    hits : pandas.DataFrame or None
        ``concept_id``, ``doc_id``, ``start`` and ``end``, as from a match.

    Returns
    -------
    Places
        In the order of the hits; those whose ``rule`` is "unresolved" are left out.

    Raises
    ------
    WatchwordsError
        If there are concepts, but no hits.
    SchemaError
        If a column or a document is absent.
    """
    if hits is None:
        raise WatchwordsError(
            f"`query` asks for the concept {concepts[0]!r}, and `hits` is None; pass the table "
            "that `match_concepts` gives."
        )
    for column in ("concept_id", "doc_id", "start", "end"):
        if column not in hits:
            raise SchemaError(f"`hits` has no column `{column}`; it is the table of a match.")
    escaped = (re.escape(concept).replace(r"\*", ".*") for concept in concepts)
    asked = hits["concept_id"].str.fullmatch("|".join(escaped))
    if "rule" in hits:
        asked &= hits["rule"] != "unresolved"
    mine = hits[asked]
    row = {doc_id: tokens.row(doc_id) for doc_id in sorted(set(mine["doc_id"]))}
    bounds = mine[["start", "end"]].to_numpy(np.int64)
    rows = np.array([row[doc_id] for doc_id in mine["doc_id"]], np.int64)
    return Places(rows, bounds[:, 0], bounds[:, 1])


def find_query(
    tokens: Tokens, query: str, *, hits: pd.DataFrame | None, keep_duplicates: bool
) -> tuple[Ints, Ints]:
    """Find the tokens that a query covers.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    query : str
        As in `parse_query`.
    hits : pandas.DataFrame or None
        As in `place_concepts`.
    keep_duplicates : bool
        Search documents with ``duplicate_of`` too.

    Returns
    -------
    spans : ndarray of int64, shape (n_hits, 2)
        First token and the one behind the last; a hit within a hyphenated word covers it.
    rows : ndarray of int64, shape (n_hits,)
        Documents, ascending.
    """
    find_tokens = load_kernels("scan_kernels").find_tokens
    words, concepts = parse_query(query)
    kept = (tokens.documents["duplicate_of"] == "").to_numpy(bool) | keep_duplicates
    searched = np.flatnonzero(kept).astype(np.int64)
    found = find_sequences(tokens, words, rows=searched)
    spans, rows = np.column_stack([found[:, 2], found[:, 4] + 1]), searched[found[:, 0]]
    if concepts:
        places = place_concepts(tokens, concepts, hits)
        places = places.take(np.flatnonzero(kept[places.rows]))
        bounds = read_only(tokens.doc_offsets)
        first = find_tokens(read_only(tokens.ends), bounds, places.rows, places.starts + 1)
        behind = find_tokens(read_only(tokens.starts), bounds, places.rows, places.ends)
        some = behind > first
        spans = np.concatenate([spans, np.column_stack([first, behind])[some]])
        rows = np.concatenate([rows, places.rows[some]])
    once = np.unique(np.column_stack([rows, spans]), axis=0)
    return once[:, 1:], once[:, 0]
