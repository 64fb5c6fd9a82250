"""Where terms stand, by the same rules as they are counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.terms.loading import load_kernels
from watchwords.terms.patterns import Sequence_, compile_patterns, readable
from watchwords.terms.searched import searched_documents
from watchwords.tokens import Tokens, normal_form, split_phrase

Ints = NDArray[np.int64]

_HYPHEN = re.compile("[-‐‑]")
_AT_ONCE = 5000  # documents whose hits are held in memory


@dataclass(frozen=True, eq=False)
class Places:
    """Where something stands; arrays of one entry each.

    Attributes
    ----------
    rows : ndarray of int64
        Row of the document in ``tokens.documents``.
    starts, ends : ndarray of int64
        Code points of the document's text.
    """

    rows: Ints
    starts: Ints
    ends: Ints

    def take(self, entries: Ints) -> "Places":
        """Choose some of them, in the order given."""
        return Places(self.rows[entries], self.starts[entries], self.ends[entries])


def find_term(
    tokens: Tokens, item: str, *, lang: str = "en", keep_duplicates: bool = False
) -> pd.DataFrame:
    """Find every occurrence of a term.

    The words, hyphens, breaks and documents are those of `count_terms`: there are as many rows
    as occurrences were counted, in as many documents.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    item : str
        A term: words joined by blanks, or Chinese characters.
    lang, keep_duplicates : str and bool
        As in `count_terms`.

    Returns
    -------
    pandas.DataFrame
        ``doc_id`` (str), ``start`` and ``end`` (int64, code points of the document's text) and
        ``form`` (str, as printed), in the order of the documents and of the text.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["High-quality growth"]})
    >>> find_term(tokenize(table), "quality growth")
      doc_id  start  end            form
    0      a      5   19  quality growth
    """
    found = find_terms(tokens, [item], lang=lang, keep_duplicates=keep_duplicates)
    return found.drop(columns="item")


def find_terms(
    tokens: Tokens, items: Sequence[str], *, lang: str = "en", keep_duplicates: bool = False
) -> pd.DataFrame:
    """Find every occurrence of several terms, in one pass over the texts.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    items : sequence of str
        Terms: words joined by blanks, or Chinese characters.
    lang, keep_duplicates : str and bool
        As in `count_terms`.

    Returns
    -------
    pandas.DataFrame
        ``item`` (str) and the columns of `find_term`, in the order of the items, then of the
        documents and of the text.

    Raises
    ------
    WatchwordsError
        If `items` is one string.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["High-quality growth"]})
    >>> find_terms(tokenize(table), ["growth", "high"])
         item doc_id  start  end    form
    0  growth      a     13   19  growth
    1    high      a      0    4    High
    """
    if isinstance(items, str):
        raise WatchwordsError(f"`items` is {items!r}; give a list, or use find_term for one.")
    searched = searched_documents(tokens, lang=lang, keep_duplicates=keep_duplicates)
    rows = np.flatnonzero(searched)
    hits = find_sequences(tokens, [split_item(tokens, item) for item in items], rows=rows)
    hits = hits[np.argsort(hits[:, 1], kind="stable")]
    places = locate(tokens, rows, hits)
    doc_ids = tokens.documents["doc_id"].to_numpy(object)
    return pd.DataFrame(
        {
            "item": pd.Series(np.array(list(items), object)[hits[:, 1]], dtype="str"),
            "doc_id": pd.Series(doc_ids[places.rows], dtype="str"),
            "start": places.starts,
            "end": places.ends,
            "form": pd.Series(read_forms(tokens, places), dtype="str"),
        }
    )


def label_terms(tokens: Tokens, items: Sequence[str], *, lang: str = "en") -> pd.Series:
    """Give each term the form in which it is printed most often.

    An item has lost its possessives and hyphens ("nation capital"); a reader wants it as it is
    written ("nation's capital").

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    items : sequence of str
        Terms; the few that are shown, since each is searched for.
    lang : str, default "en"
        Language of the documents that are searched.

    Returns
    -------
    pandas.Series of str
        Indexed by item: the commonest printed form, occurrences that open a sentence left aside
        if there are others; of equally common forms the one with fewer capitals. An item that
        does not occur is its own label.

    Raises
    ------
    WatchwordsError
        If `items` is one string.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "Our nation's capital. Soviet Russia. In Soviet Russia, a nation's capital."
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> label_terms(tokens, ["nation capital", "soviet russia"]).tolist()
    ["nation's capital", 'Soviet Russia']
    """
    if isinstance(items, str):
        raise WatchwordsError(f"`items` is {items!r}; give a list.")
    rows = np.flatnonzero(searched_documents(tokens, lang=lang, keep_duplicates=False))
    hits = find_sequences(tokens, [split_item(tokens, item) for item in items], rows=rows)
    forms = read_forms(tokens, locate(tokens, rows, hits))
    sentence = np.searchsorted(tokens.sentence_offsets, hits[:, 2], side="right") - 1
    inner = tokens.sentence_offsets[sentence] != hits[:, 2]
    order = np.argsort(hits[:, 1], kind="stable")
    ends = np.cumsum(np.bincount(hits[:, 1], minlength=len(items)))
    labels = []
    for item, mine in zip(items, np.split(order, ends)[:-1], strict=True):
        shown = mine[inner[mine]] if inner[mine].any() else mine
        labels.append(_commonest(forms[shown]) if len(mine) else item)
    return pd.Series(labels, index=pd.Index(list(items), dtype="str"), dtype="str")


def split_item(tokens: Tokens, item: str) -> Sequence_:
    """Split a term into the words that were counted.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    item : str
        A term as `count_terms` names it, or as a reader types it.

    Returns
    -------
    list of (str, False)
        Normal forms; a term does not reach across punctuation.
    """
    words: list[str] = []
    for word in item.split():
        form = normal_form(word)
        number = int(tokens.lookup([form])[0])
        whole = number >= 0 and np.diff(tokens.part_offsets[number : number + 2])[0] == 1
        words += [form] if whole else [part for part, _ in split_phrase(word)]
    return [(word, False) for word in words]


def find_sequences(tokens: Tokens, sequences: Sequence[Sequence_], *, rows: Ints) -> Ints:
    """Find where words follow one another.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    sequences : sequence of sequence of (str, bool)
        Words, each with "punctuation may stand before it"; ``*`` stands for letters. An empty
        one fits nowhere.
    rows : ndarray of int64
        Documents to search.

    Returns
    -------
    ndarray of int64, shape (n_hits, 6)
        As from `watchwords.terms.scan_kernels.list_hits`, patterns numbered as `sequences`.
    """
    real = np.array([number for number, words in enumerate(sequences) if words], np.int64)
    if not len(real):
        return np.empty((0, 6), np.int64)
    patterns = compile_patterns(tokens, [sequences[number] for number in real])
    kernels = load_kernels("scan_kernels")
    hits: Ints = kernels.list_hits(readable(tokens), patterns, rows.astype(np.int64))
    hits[:, 1] = real[hits[:, 1]]
    return hits


def count_documents(tokens: Tokens, items: Sequence[str], *, rows: Ints) -> Ints:
    """Count the documents that have each of many terms.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    items : sequence of str
        Terms.
    rows : ndarray of int64
        Documents to search.

    Returns
    -------
    ndarray of int64, shape (n_items,)
    """
    count_by_pattern = load_kernels("scan_kernels").count_by_pattern
    sequences = [split_item(tokens, item) for item in items]
    total = np.zeros(len(items), np.int64)
    for part in np.array_split(rows, len(rows) // _AT_ONCE + 1):
        total += count_by_pattern(find_sequences(tokens, sequences, rows=part), len(items))[1]
    return total


def locate(tokens: Tokens, rows: Ints, hits: Ints) -> Places:
    """Turn places in the tokens into places in the texts.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    rows : ndarray of int64
        The documents that were searched.
    hits : ndarray of int64, shape (n_hits, 6)
        From `find_sequences`.

    Returns
    -------
    Places
    """
    where = rows[hits[:, 0]]
    starts = tokens.starts[hits[:, 2]].astype(np.int64)
    ends = tokens.ends[hits[:, 4]].astype(np.int64)
    n_parts = np.diff(tokens.part_offsets)[tokens.ids[hits[:, 4]]]
    # Only a hit that begins or ends inside a hyphenated word needs the text to be measured.
    cut = np.flatnonzero((hits[:, 3] > 0) | (hits[:, 5] < n_parts - 1))
    for text, mine in _by_document(tokens, where[cut]):
        for hit in cut[mine]:
            first, part, last, last_part = hits[hit, 2:]
            starts[hit] = _part_bounds(text, tokens, first)[part][0]
            ends[hit] = _part_bounds(text, tokens, last)[last_part][1]
    return Places(where, starts, ends)


def read_forms(tokens: Tokens, places: Places) -> NDArray[np.object_]:
    """Read what is printed at some places.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    places : Places

    Returns
    -------
    ndarray of object (str)
    """
    forms = np.empty(len(places.rows), object)
    for text, mine in _by_document(tokens, places.rows):
        bounds = zip(places.starts[mine].tolist(), places.ends[mine].tolist(), strict=True)
        forms[mine] = [text[start:end] for start, end in bounds]
    return forms


def _by_document(tokens: Tokens, rows: Ints) -> Iterator[tuple[str, Ints]]:
    """Give the text of each document once, and the entries that stand in it."""
    order = np.argsort(rows, kind="stable")
    cuts = np.flatnonzero(np.diff(rows[order])) + 1
    doc_ids = tokens.documents["doc_id"].to_numpy(object)
    for mine in np.split(order, cuts):
        if len(mine):
            yield tokens.text(doc_ids[rows[mine[0]]]), mine


def _part_bounds(text: str, tokens: Tokens, token: int) -> list[tuple[int, int]]:
    start, end = int(tokens.starts[token]), int(tokens.ends[token])
    cuts = [match.start() for match in _HYPHEN.finditer(text, start, end)]
    return list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))


def _commonest(forms: NDArray[np.object_]) -> str:
    counts = pd.Series(forms, dtype="str").str.replace(r"\s+", " ", regex=True).value_counts()
    return str(min(counts.index[counts == counts.max()], key=str.swapcase))
