"""Keyword in context: every line leads back to its document and place."""

import re
from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError, nearest
from watchwords.periods import period_start
from watchwords.terms.kwic import Concordance
from watchwords.terms.loading import load_kernels, read_only
from watchwords.terms.occurrences import Places, find_sequences, locate
from watchwords.terms.patterns import Sequence_, compile_patterns, readable
from watchwords.terms.queries import parse_query, place_concepts
from watchwords.terms.sampling import spread_evenly, take_page
from watchwords.tokens import TOKENIZED, Tokens
from watchwords.tokens.flow import check_whole

Ints = NDArray[np.int64]

SORTS = ("date", "document", "left", "match", "right")
_DESCRIBED = ["doc_id", "date", "date_precision", "title", "issuer", "source"]
_COLUMNS = [
    *("doc_id", "date", "date_precision", "period", "title", "issuer", "source", "start", "end"),
    *("left", "match", "right", "sentence", "n_total"),
]
_COUNTED = ["doc_id", "date", "period", "title", "issuer", "source", "n"]
_QUOTED = ("left", "match", "right", "sentence")
_BY_WORDS = ("left", "match", "right")
_DEPTH = 4  # words on one side that decide the order of lines


def concordance(
    tokens: Tokens,
    query: str,
    *,
    n: int = 50,
    page: int | None = None,
    window: int = 60,
    sort: str = "date",
    freq: str = "Y",
    hits: pd.DataFrame | None = None,
    doc_ids: Collection[str] | None = None,
    keep_duplicates: bool = False,
) -> Concordance:
    """Show a word, a phrase, a concept or a Chinese string wherever it stands.

    Case, curly or straight quotes, a possessive ending and the choice of hyphen or blank make no
    difference. A phrase does not reach across punctuation, unless the query has punctuation
    there. If there are more than `n` hits the lines shown are a sample spread evenly over the
    time of the hits, not over the hits: do not count lines, read ``n_total``, or ask for pages.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus; all its languages that are read ("en", "zh") are searched.
    query : str
        Words. ``*`` stands for any letters within a word, or alone for one word; ``|`` parts
        alternatives: ``"terroris* | war on terror"``. ``concept:`` and an identifier of `hits`
        stand for all forms of a concept: ``"concept:liang_ge_weihu | two safeguards"``.
    n : int, default 50
        Most lines to show.
    page : int, optional
        Show hits ``(page - 1) * n`` to ``page * n`` of all, in the order of `sort`, instead of a
        sample.
    window : int, default 60
        Code points of context on each side; a word that would be cut is left out.
    sort : {"date", "document", "left", "match", "right"}, default "date"
        Order of the lines: by date (undated last), by ``doc_id``, by the words before (the
        nearest first), by the words found, or by the words behind.
    freq : str, default "Y"
        Length of a ``period``, such as "M" or "10Y".
    hits : pandas.DataFrame, optional
        Where concepts stand: ``concept_id``, ``doc_id``, ``start`` and ``end``, as from
        `watchwords.match_concepts`; rows whose ``rule`` is "unresolved" are left out.
    doc_ids : collection of str, optional
        Search these documents only: those of an issuer, say.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too.

    Returns
    -------
    Concordance
        Its ``table`` has a row per line, its ``documents`` one per document with a hit;
        ``to_csv(path)`` saves the lines.

    Raises
    ------
    WatchwordsError
        If `query` has no word, a concept is asked for without `hits`, `sort` or
        `freq` is unknown, or `n`, `page` or `window` is no whole number or below 1.
    SchemaError
        If there is no such document, or `hits` lacks a column.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "Commerce. The Inter-State commerce law; interstate, commerce."
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> lines = concordance(tokens, "inter state commerce | interstate, commerce")
    >>> lines.table[["start", "match"]]
       start                 match
    0     14  Inter-State commerce
    1     40  interstate, commerce
    """
    check_whole(n=n, window=window, page=page)
    if sort not in SORTS:
        raise WatchwordsError(f"`sort` is {sort!r}; {nearest(sort, SORTS)}")
    words, concepts = parse_query(query)
    rows, n_unread = _searched(tokens, doc_ids, keep_duplicates)
    listed = place_concepts(tokens, concepts, hits) if concepts else None
    if listed is not None:
        listed = _join(tokens, rows, words=words, known=listed)
    counts = _count(tokens, rows, words=words, listed=listed)
    about = _describe(tokens, rows, counts=counts, freq=freq)
    if page is None:
        entry, number = spread_evenly(about["n"].to_numpy(), about["date"], n=n)
    else:
        entry, number = _turn_to(about, sort, first=(page - 1) * n, n=n)
    chosen = about["row"].to_numpy()[entry]
    if listed is None:
        places = _find(tokens, words, np.unique(chosen), chosen=chosen, number=number)
    else:
        places = listed.take(np.searchsorted(listed.rows, chosen) + number)
    order = _order(tokens, about, places, sort=sort)
    if page is not None and sort in _BY_WORDS:
        order = order[(page - 1) * n : page * n]
    return Concordance(
        table=_quote(tokens, about, places.take(order), window=window),
        query=query,
        documents=about[_COUNTED],
        n_searched=len(rows),
        n_unread=n_unread,
        page=0 if page is None else page,
        n_pages=0 if page is None else -(-int(about["n"].sum()) // n),
    )


def _searched(
    tokens: Tokens, doc_ids: Collection[str] | None, keep_duplicates: bool
) -> tuple[Ints, int]:
    """List the documents to search; count those asked for that are in no language that is read."""
    kept = (tokens.documents["duplicate_of"] == "").to_numpy(bool) | keep_duplicates
    if doc_ids is not None:
        asked = np.zeros(len(kept), bool)
        asked[[tokens.row(doc_id) for doc_id in doc_ids]] = True
        kept &= asked
    read = tokens.documents["lang"].isin(TOKENIZED).to_numpy(bool)
    return np.flatnonzero(kept & read).astype(np.int64), int((kept & ~read).sum())


def _count(tokens: Tokens, rows: Ints, *, words: list[Sequence_], listed: Places | None) -> Ints:
    """Count the hits in each document searched."""
    if listed is not None:
        every = np.bincount(listed.rows, minlength=len(tokens.documents))
        return every[rows].astype(np.int64)
    kernels = load_kernels("scan_kernels")
    counts: Ints = kernels.count_in_documents(
        readable(tokens), compile_patterns(tokens, words), rows
    )
    return counts


def _find(
    tokens: Tokens,
    words: list[Sequence_],
    rows: Ints,
    *,
    chosen: Ints | None = None,
    number: Ints | None = None,
) -> Places:
    """Locate all hits in some documents, or of those in `chosen` the ones of these numbers."""
    found = find_sequences(tokens, words, rows=rows)
    # Two alternatives on the same words are one hit; they stand one behind the other.
    same = np.zeros(len(found), bool)
    same[1:] = (found[1:, [0, 2, 3, 4, 5]] == found[:-1, [0, 2, 3, 4, 5]]).all(axis=1)
    found = found[~same]
    if chosen is not None and number is not None:
        found = found[np.searchsorted(rows[found[:, 0]], chosen) + number]
    return locate(tokens, rows, found)


def _join(tokens: Tokens, rows: Ints, *, words: list[Sequence_], known: Places) -> Places:
    """Put hits of words and hits of concepts together, each place once, in reading order."""
    found = _find(tokens, words, rows)
    pairs = ((found.rows, known.rows), (found.starts, known.starts), (found.ends, known.ends))
    both = np.column_stack([np.concatenate(pair) for pair in pairs])
    once = np.unique(both[np.isin(both[:, 0], rows)], axis=0)
    return Places(once[:, 0], once[:, 1], once[:, 2])


def _describe(tokens: Tokens, rows: Ints, *, counts: Ints, freq: str) -> pd.DataFrame:
    """Describe the documents with a hit, in the order of time."""
    hit = np.flatnonzero(counts)
    doc_ids = tokens.documents["doc_id"].array.take(rows[hit])
    hit = hit[np.argsort(np.asarray(doc_ids, object), kind="stable")]
    dates = tokens.documents["date"].to_numpy()[rows[hit]]
    hit = hit[np.argsort(dates, kind="stable")]  # NaT is last
    about = {name: tokens.documents[name].array.take(rows[hit]) for name in _DESCRIBED}
    period = period_start(np.asarray(about["date"]), freq).astype("datetime64[s]")
    return pd.DataFrame(about | {"period": period, "n": counts[hit], "row": rows[hit]})


def _turn_to(about: pd.DataFrame, sort: str, *, first: int, n: int) -> tuple[Ints, Ints]:
    """Choose the hits of a page, or all of them where their words decide which those are."""
    counts = about["n"].to_numpy()
    if sort == "document":
        order = np.argsort(about["doc_id"].to_numpy(object), kind="stable")
        entry, number = take_page(counts[order], first=first, n=n)
        return order[entry], number
    if sort in _BY_WORDS:
        return take_page(counts, first=0, n=int(counts.sum()))
    return take_page(counts, first=first, n=n)


def _order(tokens: Tokens, about: pd.DataFrame, places: Places, *, sort: str) -> Ints:
    """Order hits; by time, document and place where nothing else decides."""
    rank = np.empty(len(tokens.documents), np.int64)
    rank[about["row"]] = np.arange(len(about))
    if sort == "document":
        rank[about["row"]] = np.argsort(np.argsort(about["doc_id"].to_numpy(object), kind="stable"))
    keys = [places.ends, places.starts, rank[places.rows]]
    if sort in _BY_WORDS:
        keys += list(_words_beside(tokens, places, sort)[::-1])
    return np.lexsort(keys).astype(np.int64)


def _words_beside(tokens: Tokens, places: Places, side: str) -> Ints:
    """Rank the words before, in or behind each hit by their text; one row per word."""
    find_tokens = load_kernels("scan_kernels").find_tokens
    starts, bounds = read_only(tokens.starts), read_only(tokens.doc_offsets)
    first = find_tokens(starts, bounds, places.rows, places.starts)
    behind = find_tokens(starts, bounds, places.rows, places.ends)
    step = np.arange(_DEPTH)[:, None]
    low, high = bounds[places.rows], bounds[places.rows + 1]
    if side == "left":
        at = first - 1 - step
    elif side == "match":
        at, high = first + step, behind
    else:
        at = behind + step
    inside = (at >= low) & (at < high)
    ids = np.where(inside, tokens.ids[np.where(inside, at, 0)], -1)
    types, where = np.unique(ids, return_inverse=True)
    words = np.where(types < 0, "", tokens.vocabulary[types].astype(object))
    rank = np.empty(len(types), np.int64)
    rank[np.argsort(words, kind="stable")] = np.arange(len(types))
    ranked: Ints = rank[where].reshape(ids.shape)
    return ranked


def _quote(tokens: Tokens, about: pd.DataFrame, places: Places, *, window: int) -> pd.DataFrame:
    entry = np.empty(len(tokens.documents), np.int64)
    entry[about["row"]] = np.arange(len(about))
    lines = {name: about[name].array.take(entry[places.rows]) for name in (*_DESCRIBED, "period")}
    texts = {doc_id: tokens.text(doc_id) for doc_id in sorted(set(lines["doc_id"]))}
    bounds = zip(lines["doc_id"], places.starts.tolist(), places.ends.tolist(), strict=True)
    quoted: list[tuple[str, ...]] = []
    for doc_id, start, end in bounds:
        text = texts[doc_id]
        first, last = tokens.sentence(doc_id, start, end)
        left = _one_line(text[max(start - window - 1, 0) : start])
        right = _one_line(text[end : end + window + 1])
        cut = _trim(left[::-1], window)[::-1], _trim(right, window)
        quoted.append((cut[0], _one_line(text[start:end]), cut[1], _one_line(text[first:last])))
    columns = zip(*quoted, strict=True) if quoted else [()] * len(_QUOTED)
    strings = {
        name: pd.array(list(column), dtype="str")
        for name, column in zip(_QUOTED, columns, strict=True)
    }
    numbers = {
        "start": places.starts,
        "end": places.ends,
        "n_total": np.full(len(places.rows), about["n"].sum(), np.int64),
    }
    table = lines | strings | numbers
    return pd.DataFrame({name: table[name] for name in _COLUMNS})


def _trim(context: str, window: int) -> str:
    """Cut a context one longer than the window so that no word is cut, if there is a blank."""
    if len(context) <= window or context[window] == " ":
        return context[:window]
    cut = context.rfind(" ", 0, window)
    return context[: cut if cut > 0 else window]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
