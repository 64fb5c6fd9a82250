"""Copies of one text: exact or nearly so, collapsed onto the earliest, or listed for review.

Collapsing must not erase a signal. A text that another issuer publishes, or that reports another
day, is a document of its own even where it says the same; a text that other outlets print is one
document, printed often.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.clean.differences import Difference, find_differences
from watchwords.clean.near import Pairs, excerpt_pairs, near_pairs, shingle_sets
from watchwords.clean.prints import Prints, arrange_prints, find_conflict
from watchwords.clean.sketches import LEAST_TOKENS, Sketches, sketch

NEAR = 0.8
COMPARED = 6
COMPARED_EXACTLY = 500
SAME_TEXT = ("exact", "near", "undated", "other issuer", "other place", "other event date",
             "other date")  # fmt: skip
COPIES = {
    "doc_id": "str",
    "copy_of": "str",
    "similarity": "float64",
    "collapsed": "bool",
    "reason": "str",
    "same_text": "bool",
    "only_here": "str",
    "only_there": "str",
}
_NOTHING = Difference("", "", "")


@dataclass(frozen=True, eq=False)
class _Found:
    """Rows as they are found, and what has been kept so far of each text."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    kept: dict[int, list[int]] = field(default_factory=dict)
    original: dict[int, int] = field(default_factory=dict)
    differences: dict[tuple[int, int, bool], Difference] = field(default_factory=dict)


def find_copies(documents: pd.DataFrame, *, near: float | None = NEAR) -> pd.DataFrame:
    """List the documents whose text is in the table already, and say which are collapsed.

    Documents are gone through from the earliest to the latest (a day before the bare month or year
    it lies in), undated ones last, ties by doc_id; each is compared with the originals kept so
    far, never with another copy. So a chain of small changes is cut where the text has moved too
    far from its original, and the cut is listed.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``doc_id``, ``date``, ``lang`` and ``text``; ``date_precision``, ``event_date``,
        ``issuer``, ``place`` and ``source`` are used if they are there.
    near : float or None, default 0.8
        Least similarity of a near copy; None looks for exact copies only (capitals and line
        breaks aside).

    Returns
    -------
    pandas.DataFrame
        One row per such document, in order of precedence: ``doc_id``; ``copy_of``, the original;
        ``similarity`` (float, Jaccard similarity of the sets of runs of five words or six signs);
        ``collapsed`` (bool); ``reason``; ``same_text`` (bool: nothing but wording differs);
        ``only_here`` and ``only_there`` (str), the passages that differ.

        Collapsed: "exact"; "near"; "undated" (near, and one of the two has no date).
        Listed for review, not collapsed: "other issuer" and "other place" (both known),
        "other event date" (both known; more than 7 days apart for near copies and for exact
        ones), "other date" (near copies without event dates, printed more than 7 days apart),
        "other numbers", "other names", "other passages" (see `find_differences`), "chain" (near a
        collapsed copy, not near its original), "excerpt" (four fifths of it stand in a longer
        text).

    Notes
    -----
    An unknown issuer differs from none. An exact copy printed a year later is a reprint: only
    event dates keep exact copies apart. Texts of fewer than 20 words are compared exactly only,
    those of fewer than 12 characters not at all.

    Examples
    --------
    >>> report = " ".join(f"Line {n} of the harbour report." for n in range(20))
    >>> days = pd.to_datetime(["2021-02-03", "2021-02-04", "2021-02-04", None])
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "date": days, "lang": "en",
    ...     "issuer": ["Tinghe", "", "Luyang", ""], "text": [report, report + " As printed.",
    ...     report, "Rain."]})
    >>> find_copies(documents)[["doc_id", "copy_of", "collapsed", "reason"]]
      doc_id copy_of  collapsed        reason
    0      b       a       True          near
    1      c       a      False  other issuer
    """
    return list_copies(documents, documents["text"], near=near)


def list_copies(
    documents: pd.DataFrame, texts: pd.Series | Sequence[str], *, near: float | None = NEAR
) -> pd.DataFrame:
    """List the copies among documents whose texts are held elsewhere: `find_copies`.

    Parameters
    ----------
    documents : pandas.DataFrame
        As for `find_copies`; its own column of texts is not looked at.
    texts : pandas.Series or sequence of str
        Of the same documents.
    near : float or None, default 0.8
        As for `find_copies`.

    Returns
    -------
    pandas.DataFrame
        As from `find_copies`.
    """
    prints = arrange_prints(documents, texts)
    sketches = _sketch(prints) if near is not None else None
    pairs = near_pairs(prints.texts, sketches, near or 1.0) if sketches is not None else None
    found = _Found()
    neighbours = _neighbours(prints, pairs)
    repeated = np.bincount(prints.text_of, minlength=len(prints.texts)) > 1
    for here, text in enumerate(prints.text_of.tolist()):
        if repeated[text] or text in neighbours:
            _place(prints, found, here, neighbours=neighbours.get(text, ()), sketches=sketches)
        else:
            found.kept[text] = [here]
    if sketches is not None:
        _list_excerpts(prints, found, sketches)
    table = pd.DataFrame(found.rows, columns=list(COPIES)).astype(COPIES)
    order = pd.Series(range(len(prints.ids)), index=prints.ids)
    return table.iloc[np.argsort(order[table["doc_id"]].to_numpy(), kind="stable")].reset_index(
        drop=True
    )


def find_duplicates(documents: pd.DataFrame, *, near: float | None = None) -> pd.Series:
    """Point each collapsed copy of a text to its original.

    Parameters
    ----------
    documents : pandas.DataFrame
        As for `find_copies`.
    near : float or None, default None
        As for `find_copies`; by default exact copies only.

    Returns
    -------
    pandas.Series
        ``duplicate_of`` (str), in the order of the rows: the doc_id of the copy that is kept, ""
        for that copy and for texts that occur once.

    Examples
    --------
    >>> documents = pd.DataFrame(
    ...     {
    ...         "doc_id": ["a", "b", "c"],
    ...         "date": pd.to_datetime([None, "2021-02-03", "2022-01-01"]),
    ...         "lang": "en",
    ...         "text": ["The council met.", "The  council met.", "It did not."],
    ...     }
    ... )
    >>> find_duplicates(documents).tolist()
    ['b', '', '']
    """
    copies = find_copies(documents, near=near)
    return point_to_originals(documents, copies[copies["collapsed"]]).rename("duplicate_of")


def point_to_originals(documents: pd.DataFrame, copies: pd.DataFrame) -> pd.Series:
    """Put the ``copy_of`` of each document into the order of the documents, "" for none.

    Parameters
    ----------
    documents : pandas.DataFrame
    copies : pandas.DataFrame
        Rows of `find_copies`.

    Returns
    -------
    pandas.Series of str
    """
    originals = dict(zip(copies["doc_id"], copies["copy_of"], strict=True))
    pointed = [originals.get(doc_id, "") for doc_id in documents["doc_id"]]
    return pd.Series(pointed, index=documents.index, dtype="str")


def first_prints(documents: pd.DataFrame, copies: pd.DataFrame) -> pd.Series:
    """Name for each document the first one that prints the same text, "" if it is the first.

    Parameters
    ----------
    documents : pandas.DataFrame
    copies : pandas.DataFrame
        As from `find_copies`, in its order: an original may be the copy of an earlier document
        with which it is not collapsed.

    Returns
    -------
    pandas.Series of str
    """
    same = copies[copies["same_text"]]
    first: dict[str, str] = {}
    for doc_id, copy_of in zip(same["doc_id"], same["copy_of"], strict=True):
        first[doc_id] = first.get(copy_of, copy_of)
    named = [first.get(doc_id, "") for doc_id in documents["doc_id"]]
    return pd.Series(named, index=documents.index, dtype="str")


def _sketch(prints: Prints) -> Sketches | None:
    """Sketch the texts, unless there are no two that are long enough to be compared."""
    least = 2 * LEAST_TOKENS - 1
    long = (len(text) >= least or not text.isascii() for text in prints.texts)
    return sketch(prints.texts) if sum(long) > 1 else None


def _neighbours(prints: Prints, pairs: Pairs | None) -> dict[int, list[tuple[float, int]]]:
    """List, for each text, the near texts of its language, the nearest first."""
    near: dict[int, list[tuple[float, int]]] = {}
    if pairs is None:
        return near
    for first, second, similarity in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True
    ):
        if prints.langs[first] == prints.langs[second]:
            near.setdefault(first, []).append((-similarity, second))
            near.setdefault(second, []).append((-similarity, first))
    return {text: sorted(others) for text, others in near.items()}


def _place(
    prints: Prints,
    found: _Found,
    here: int,
    *,
    neighbours: Sequence[tuple[float, int]],
    sketches: Sketches | None,
) -> None:
    """Collapse a document onto an original, or keep it and list what it is like."""
    text = int(prints.text_of[here])
    review: tuple[object, ...] | None = None
    for there, similarity in _originals(found, text, neighbours):
        exact = similarity is None
        conflict = find_conflict(prints, (here, there), exact=exact)
        if conflict and review is not None:
            continue
        difference = _NOTHING
        if sketches is not None and not exact:
            difference = _differ(prints, found, (here, there), cases=sketches.cases)
        reason = conflict or difference.other
        row = _row(prints, (here, there), similarity, reason=reason, difference=difference)
        if not reason:
            found.rows.append(row)
            found.original[text] = there
            return
        review = review or row
    if review is None:
        review = _chain(prints, found, here, neighbours=neighbours, sketches=sketches)
    if review is not None:
        found.rows.append(review)
    found.kept.setdefault(text, []).append(here)


def _originals(
    found: _Found, text: int, neighbours: Sequence[tuple[float, int]]
) -> Iterator[tuple[int, float | None]]:
    """Yield the kept documents of the same text (500 at most), then six of the nearest texts."""
    for there in found.kept.get(text, ())[:COMPARED_EXACTLY]:
        yield there, None
    left = COMPARED
    for distance, other in neighbours:
        for there in found.kept.get(other, ()):
            if left == 0:
                return
            left -= 1
            yield there, -distance


def _row(
    prints: Prints,
    places: tuple[int, int],
    similarity: float | None,
    *,
    reason: str,
    difference: Difference,
) -> tuple[object, ...]:
    here, there = places
    undated = prints.first_days[here] is None or prints.first_days[there] is None
    kind = "exact" if similarity is None else "undated" if undated else "near"
    return (
        prints.ids[here],
        prints.ids[there],
        1.0 if similarity is None else similarity,
        not reason,
        reason or kind,
        (reason or kind) in SAME_TEXT and not difference.other,
        difference.only_here,
        difference.only_there,
    )


def _differ(
    prints: Prints, found: _Found, places: tuple[int, int], *, cases: NDArray[np.uint32]
) -> Difference:
    """Compare the texts of two documents, once for all documents that print them."""
    first, second = (int(prints.text_of[at]) for at in places)
    sources = [prints.sources[at] for at in places]
    other_source = all(sources) and sources[0] != sources[1]
    key = (first, second, other_source)
    if key not in found.differences:
        found.differences[key] = find_differences(
            prints.texts[first], prints.texts[second], cases=cases, other_source=other_source
        )
    return found.differences[key]


def _chain(
    prints: Prints,
    found: _Found,
    here: int,
    *,
    neighbours: Sequence[tuple[float, int]],
    sketches: Sketches | None,
) -> tuple[object, ...] | None:
    """Say of a text near a collapsed copy how far it is from the original of that copy."""
    for _, other in neighbours:
        there = found.original.get(other)
        if there is not None and sketches is not None:
            difference = _differ(prints, found, (here, there), cases=sketches.cases)
            similarity = _similarity(prints, here, there)
            return _row(prints, (here, there), similarity, reason="chain", difference=difference)
    return None


def _similarity(prints: Prints, here: int, there: int) -> float:
    texts = [prints.texts[prints.text_of[at]] for at in (here, there)]
    shingles, bounds = shingle_sets(texts)
    shared = len(np.intersect1d(shingles[: bounds[1]], shingles[bounds[1] :]))
    return shared / max(1, len(shingles) - shared)


def _list_excerpts(prints: Prints, found: _Found, sketches: Sketches) -> None:
    """List, for review, the kept texts most of which stand in a longer kept one."""
    listed = {str(row[0]) for row in found.rows}
    linked = {frozenset(map(str, row[:2])) for row in found.rows}
    texts = sorted(found.kept)
    pairs = excerpt_pairs(prints.texts.select(texts))
    lengths = sketches.n_shingles
    for first, second, similarity in sorted(
        zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True),
        key=lambda pair: (-pair[2], pair[0], pair[1]),
    ):
        short, long = sorted((texts[first], texts[second]), key=lambda t: (lengths[t], -t))
        here, there = found.kept[short][0], found.kept[long][0]
        if frozenset((prints.ids[here], prints.ids[there])) in linked:
            continue
        if prints.langs[short] == prints.langs[long] and prints.ids[here] not in listed:
            difference = _differ(prints, found, (here, there), cases=sketches.cases)
            listed.add(prints.ids[here])
            found.rows.append(
                _row(prints, (here, there), similarity, reason="excerpt", difference=difference)
            )
