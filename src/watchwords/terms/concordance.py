"""Keyword in context: every line leads back to its document and place."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError, nearest
from watchwords.terms.occurrences import find_sequence, locate
from watchwords.tokens import Tokens, WordStream, split_phrase, word_stream

Ints = NDArray[np.int64]

SORTS = ("date", "document", "left", "match", "right")
_DESCRIBED = ["doc_id", "date", "title", "issuer"]
_PLACED = ["start", "end", "left", "match", "right", "sentence", "n_total"]


def concordance(
    tokens: Tokens,
    query: str,
    *,
    n: int = 50,
    window: int = 60,
    sort: str = "date",
    keep_duplicates: bool = False,
) -> pd.DataFrame:
    """Show a word, a phrase or a Chinese string wherever it stands.

    Case, curly or straight quotes, a possessive ending and the choice of hyphen or blank make no
    difference. A phrase does not reach across punctuation, unless the query has punctuation
    there. If there are more than `n` hits the lines shown are a sample spread evenly over the
    time of the hits, not over the hits: do not count lines, read ``n_total``.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus; all its languages are searched.
    query : str
        Words. ``*`` stands for any letters within a word, or alone for one word; ``|`` parts
        alternatives: ``"terroris* | war on terror"``.
    n : int, default 50
        Most lines to show.
    window : int, default 60
        Code points of context on each side; a word that would be cut is left out.
    sort : {"date", "document", "left", "match", "right"}, default "date"
        Order of the lines: by date (undated last), by ``doc_id``, by the word before, by the form
        found, or by the words behind.
    keep_duplicates : bool, default False
        Search documents with ``duplicate_of`` too.

    Returns
    -------
    pandas.DataFrame
        ``doc_id`` (str), ``date`` (datetime64), ``title``, ``issuer`` (str), ``start``, ``end``
        (int64, code points of the document's text), ``left``, ``match``, ``right``, ``sentence``
        (str, line breaks as blanks) and ``n_total`` (int64, hits in all, the same in every row).
        No rows where there is no hit.

    Raises
    ------
    WatchwordsError
        If `query` has no word, `sort` is unknown, or `n` or `window` is below 1.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "Commerce. The Inter-State commerce law; interstate, commerce."
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> lines = concordance(tokens, "inter state commerce | interstate, commerce")
    >>> lines[["start", "match"]]
       start                 match
    0     14  Inter-State commerce
    1     40  interstate, commerce
    """
    _check(n=n, window=window, sort=sort)
    patterns = [split_phrase(part) for part in query.split("|")]
    if not any(patterns):
        raise WatchwordsError(f"`query` is {query!r}, which has no word to look for.")
    kept = (tokens.documents["duplicate_of"] == "").to_numpy(bool) | keep_duplicates
    stream = word_stream(tokens, kept)
    found = [_find(tokens, stream, pattern) for pattern in patterns if pattern]
    hits = pd.concat(found, ignore_index=True).drop_duplicates(["doc_id", "start", "end"])
    about = tokens.documents[_DESCRIBED]
    hits = hits.merge(about, on="doc_id", how="left", validate="many_to_one")
    hits = hits.sort_values(["date", "doc_id", "start", "end"], ignore_index=True)
    lines = hits.loc[_spread_evenly(hits["date"], n)].assign(n_total=len(hits))
    return _order(_quote(tokens, lines, window), sort)


def _check(*, n: int, window: int, sort: str) -> None:
    for name, value in (("n", n), ("window", window)):
        if value < 1:
            raise WatchwordsError(f"`{name}` is {value}; it must be at least 1.")
    if sort not in SORTS:
        raise WatchwordsError(f"`sort` is {sort!r}; {nearest(sort, SORTS)}")


def _find(tokens: Tokens, stream: WordStream, pattern: list[tuple[str, bool]]) -> pd.DataFrame:
    words = [_types(tokens, word) for word, _ in pattern]
    at = find_sequence(stream, words, [may_break for _, may_break in pattern])
    return locate(tokens, stream, at=at, n_words=len(words))


def _types(tokens: Tokens, word: str) -> Ints:
    if "*" not in word:
        return tokens.lookup([word])
    fits = re.compile(re.escape(word).replace(r"\*", ".*"), re.DOTALL).fullmatch
    return np.flatnonzero([fits(form) is not None for form in tokens.vocabulary]).astype(np.int64)


def _spread_evenly(dates: pd.Series, n: int) -> Ints:
    """Choose `n` rows of a table sorted by date so that they cover its time.

    The time is cut into `n` equal parts, the undated being one more; each part gives its first
    hit, then each its second, until there are enough.
    """
    if len(dates) <= n:
        return np.arange(len(dates))
    days = dates.to_numpy().astype("datetime64[D]")
    undated = np.isnat(days)
    number = np.where(undated, 0, days.astype(np.int64))
    first, last = number[~undated].min(initial=0), number[~undated].max(initial=0)
    part = np.where(undated, n, (number - first) * n // max(int(last - first) + 1, 1))
    turn = pd.Series(part).groupby(part).cumcount().to_numpy()
    return np.sort(np.lexsort((part, turn))[:n])


def _quote(tokens: Tokens, lines: pd.DataFrame, window: int) -> pd.DataFrame:
    rows = []
    for doc_id, start, end in zip(lines["doc_id"], lines["start"], lines["end"], strict=True):
        text = tokens.text(doc_id)
        first, last = tokens.sentence(doc_id, start, end)
        left = _one_line(text[max(start - window - 1, 0) : start])
        right = _one_line(text[end : end + window + 1])
        rows.append(
            (
                _trim(left[::-1], window)[::-1],
                _one_line(text[start:end]),
                _trim(right, window),
                _one_line(text[first:last]),
            )
        )
    columns = pd.DataFrame(rows, lines.index, ["left", "match", "right", "sentence"], dtype="str")
    return pd.concat([lines, columns], axis=1)[_DESCRIBED + _PLACED]


def _trim(context: str, window: int) -> str:
    """Cut a context one longer than the window so that no word is cut, if there is a blank."""
    if len(context) <= window or context[window] == " ":
        return context[:window]
    cut = context.rfind(" ", 0, window)
    return context[: cut if cut > 0 else window]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _order(lines: pd.DataFrame, sort: str) -> pd.DataFrame:
    ties = ["date", "doc_id", "start", "end"]
    if sort == "date":
        return lines.sort_values(ties, ignore_index=True)
    if sort == "left":
        key = lines["left"].str.lower().map(lambda text: " ".join(text.split()[::-1]))
    elif sort == "document":
        key = lines["doc_id"]
    else:
        key = lines[sort].str.lower()
    order = lines.assign(key=key).sort_values(["key", *ties], ignore_index=True)
    return order.drop(columns="key")
