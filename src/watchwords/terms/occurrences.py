"""Where terms stand, by the same rules as they are counted."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.terms.count import searched_documents
from watchwords.tokens import Tokens, WordStream, normal_form, word_stream

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_HYPHEN = re.compile("[-‐‑]")


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
        A term: words joined by blanks.
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
        Terms: words joined by blanks.
    lang, keep_duplicates : str and bool
        As in `count_terms`.

    Returns
    -------
    pandas.DataFrame
        ``item`` (str) and the columns of `find_term`, in the order of the items, then of the
        documents and of the text.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["High-quality growth"]})
    >>> find_terms(tokenize(table), ["growth", "high"])
         item doc_id  start  end    form
    0  growth      a     13   19  growth
    1    high      a      0    4    High
    """
    searched = searched_documents(tokens, lang=lang, keep_duplicates=keep_duplicates)
    stream = word_stream(tokens, searched)
    places, lengths = [], []
    for item in items:
        words = tokens.lookup([normal_form(word) for word in item.split()])
        places.append(find_sequence(stream, [words[i : i + 1] for i in range(len(words))]))
        lengths.append(len(words))
    counts = [len(at) for at in places]
    at = np.concatenate([np.empty(0, np.int64), *places])
    found = locate(tokens, stream, at=at, n_words=np.repeat(lengths, counts).astype(np.int64))
    found.insert(0, "item", pd.Series(np.repeat(list(items), counts), dtype="str"))
    return found


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

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "Our nation's capital. Soviet Russia. In Soviet Russia, a nation's capital."
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> label_terms(tokens, ["nation capital", "soviet russia"]).tolist()
    ["nation's capital", 'Soviet Russia']
    """
    stream = word_stream(tokens, searched_documents(tokens, lang=lang, keep_duplicates=False))
    opens = np.zeros(len(tokens.ids) + 1, bool)
    opens[tokens.sentence_offsets] = True
    labels = {}
    for item in items:
        words = tokens.lookup(item.split(" "))
        at = find_sequence(stream, [words[i : i + 1] for i in range(len(words))])
        inner = at[~opens[stream.token_index[at]]]
        shown = inner if len(inner) else at
        forms = locate(tokens, stream, at=shown, n_words=len(words))["form"]
        labels[item] = _commonest(forms) if len(forms) else item
    return pd.Series(labels, index=pd.Index(list(items), dtype="str"), dtype="str")


def find_sequence(
    stream: WordStream, words: Sequence[Ints], may_break: Sequence[bool] = ()
) -> Ints:
    """Find where types follow one another.

    Parameters
    ----------
    stream : WordStream
        The words.
    words : sequence of ndarray of int64
        For each place the types that fit (-1 fits none).
    may_break : sequence of bool, optional
        For each place whether punctuation may stand before it; nowhere by default.

    Returns
    -------
    ndarray of int64
        Positions of the first words in `stream`, ascending.
    """
    if not words or len(words) > len(stream.ids):
        return np.empty(0, np.int64)
    # The place that fewest types fit comes first: it leaves the fewest positions to ask about.
    rarest = int(np.argmin([len(types) for types in words]))
    at = np.flatnonzero(_fits(stream.ids, words[rarest], stream.n_types)) - rarest
    at = at[(at >= 0) & (at + len(words) <= len(stream.ids))]
    for place, types in enumerate(words):
        at = at[_fits(stream.ids[at + place], types, stream.n_types)]
        if place and not (may_break and may_break[place]):
            at = at[~stream.breaks[at + place]]
    inside: Ints = at[stream.docs[at] == stream.docs[at + len(words) - 1]]
    return inside


def locate(tokens: Tokens, stream: WordStream, *, at: Ints, n_words: int | Ints) -> pd.DataFrame:
    """Turn positions in a stream into places in texts.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    stream : WordStream
        Made from `tokens`.
    at : ndarray of int64
        Positions of first words.
    n_words : int or ndarray of int64
        Number of words from each position on.

    Returns
    -------
    pandas.DataFrame
        ``doc_id``, ``start``, ``end`` and ``form``, as from `find_term`.
    """
    lengths = np.broadcast_to(n_words, at.shape)
    rows = stream.docs[at]
    doc_ids = tokens.documents["doc_id"].to_numpy(object)
    first, last = stream.token_index[at], stream.token_index[at + lengths - 1]
    starts, ends = tokens.starts[first].astype(np.int64), tokens.ends[last].astype(np.int64)
    forms = np.empty(len(at), object)
    n_parts = np.diff(tokens.part_offsets)
    opens_split = n_parts[tokens.ids[first]] > 1
    closes_split = n_parts[tokens.ids[last]] > 1
    for row in np.unique(rows):
        text = tokens.text(doc_ids[row])
        for hit in np.flatnonzero(rows == row):
            if opens_split[hit]:
                skipped = at[hit] - np.searchsorted(stream.token_index, first[hit])
                starts[hit] += _part_bounds(text, tokens, first[hit])[skipped][0]
            if closes_split[hit]:
                place = at[hit] + lengths[hit] - 1 - np.searchsorted(stream.token_index, last[hit])
                ends[hit] = (
                    tokens.starts[last[hit]] + _part_bounds(text, tokens, last[hit])[place][1]
                )
            forms[hit] = text[starts[hit] : ends[hit]]
    return pd.DataFrame(
        {
            "doc_id": pd.Series(doc_ids[rows], dtype="str"),
            "start": starts,
            "end": ends,
            "form": pd.Series(forms, dtype="str"),
        }
    )


def _part_bounds(text: str, tokens: Tokens, token: int) -> list[tuple[int, int]]:
    printed = text[tokens.starts[token] : tokens.ends[token]]
    cuts = [match.start() for match in _HYPHEN.finditer(printed)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(printed)], strict=True))


def _fits(ids: NDArray[np.int32], types: Ints, n_types: int) -> Bools:
    if len(types) == 1:
        equal: Bools = ids == types[0]
        return equal
    member = np.zeros(n_types, bool)
    member[types[types >= 0]] = True
    return member[ids]


def _commonest(forms: pd.Series) -> str:
    counts = forms.str.replace(r"\s+", " ", regex=True).value_counts()
    return str(min(counts.index[counts == counts.max()], key=str.swapcase))
