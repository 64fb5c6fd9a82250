"""Every number's sentences: the hits behind an item, as a brief and its CSV print them."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.tokens import Tokens

_WORD = re.compile(r"\S+")
_UNSPACED = 20
_ABOUT = ["title", "date", "date_precision", "date_basis", "issuer", "path", "url"]
_SHOWN = ["doc_id", "date", "date_basis", "issuer", "form", "sentence", "path", "url"]


def evidence_id(kind: str, lang: str, item: str) -> str:
    """Name the list of an item's hits.

    Parameters
    ----------
    kind : str
        "concept" or "term".
    lang : str
    item : str

    Returns
    -------
    str
        Safe as a fragment of an address.

    Examples
    --------
    >>> evidence_id("term", "en", "high quality")
    'term-en-high-quality'
    """
    return f"{kind}-{lang}-" + re.sub(r"\W+", "-", item.lower()).strip("-")


def collect_evidence(
    tokens: Tokens, found: pd.DataFrame, *, labels: Mapping[tuple[str, str, str], str]
) -> pd.DataFrame:
    """Give every hit its document and its sentence.

    Parameters
    ----------
    tokens : Tokens
    found : pandas.DataFrame
        One row a hit: ``kind``, ``lang``, ``item``, ``doc_id``, ``start``, ``end``, ``form``.
    labels : mapping of (kind, lang, item) to str
        What a brief calls each item.

    Returns
    -------
    pandas.DataFrame
        One row a hit in a document of its language, duplicates left out, as they were counted;
        by item, then by date. ``evidence_id``, ``label``, the columns of `found`, ``title``,
        ``date``, ``date_precision``, ``date_basis``, ``issuer``, ``path``, ``url``; ``sentence``
        (str) and ``at`` (int, where the form begins in the sentence).
    """
    counted = tokens.documents[tokens.documents["duplicate_of"] == ""]
    rows = found.merge(counted[["doc_id", "lang", *_ABOUT]], on=["doc_id", "lang"])
    order = ["kind", "lang", "item", "date", "doc_id", "start"]
    rows = rows.sort_values(order, ignore_index=True)
    sentences, at = np.empty(len(rows), object), np.zeros(len(rows), np.int64)
    for doc_id, hits in rows.groupby("doc_id"):
        text = tokens.text(str(doc_id))
        for row, start, end in zip(hits.index, hits["start"], hits["end"], strict=True):
            low, high = tokens.sentence(str(doc_id), int(start), int(end))
            sentences[row], at[row] = text[low:high], int(start) - low
    named = rows[["kind", "lang", "item"]].drop_duplicates()
    keys = [evidence_id(*row) for row in named.itertuples(index=False)]
    called = [labels.get((row.kind, row.lang, row.item), row.item) for row in each_row(named)]
    named = named.assign(
        evidence_id=pd.Series(keys, named.index, dtype="str"),
        label=pd.Series(called, named.index, dtype="str"),
    )
    rows = rows.assign(sentence=pd.Series(sentences, dtype="str"), at=at)
    return rows.merge(named, on=["kind", "lang", "item"])


def find_evidence(work: Workspace, item: str, *, kind: str, lang: str) -> pd.DataFrame:
    """Find every hit of an item with its sentence.

    Parameters
    ----------
    work : Workspace
    item : str
        A concept_id, or one of the terms that are shown.
    kind : {"concept", "term"}
    lang : str
        Of the documents.

    Returns
    -------
    pandas.DataFrame
        One row a hit, in order of date, as `collect_evidence` gives them.
    """
    none = work.table("evidence").iloc[:0]
    return work.evidence.get(evidence_id(kind, lang, item), none)


def evidence_list(rows: pd.DataFrame) -> dict[str, Any]:
    """Shape the hits of an item for the brief: one sentence a document, cut where it is long.

    Every hit with its whole sentence is in the CSV of the evidence; a page with all of them
    would be too heavy to open.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `find_evidence` gives them, at least one.

    Returns
    -------
    dict
        ``title`` and ``rows``, as the brief's JSON wants them.
    """
    first = rows.drop_duplicates("doc_id")
    shown = first.assign(
        date=printed_dates(first["date"], first["date_precision"]),
        sentence=[excerpt(row.sentence, row.at, row.form, words=30)[0] for row in each_row(first)],
    )
    times = count_of(len(rows), "hit")
    title = f"“{first['label'].iloc[0]}”: {times} in {count_of(len(first), 'document')}"
    return {"title": title, "rows": shown[_SHOWN].to_dict("records")}


def printed_date(day: pd.Timestamp, precision: str) -> str:
    """Print a date as far as it is known, ISO; nothing if it is not.

    Parameters
    ----------
    day : Timestamp
    precision : str

    Returns
    -------
    str

    Examples
    --------
    >>> printed_date(pd.Timestamp("2021-02-01"), "month"), printed_date(pd.NaT, "none")
    ('2021-02', '')
    """
    if pd.isna(day):
        return ""
    return str(day.date())[: {"day": 10, "month": 7, "year": 4}.get(precision, 10)]


def printed_dates(dates: pd.Series, precisions: pd.Series) -> pd.Series:
    """Print dates as far as each is known, ISO; nothing where it is not.

    Parameters
    ----------
    dates : Series of datetime64
    precisions : Series of str
        In the same order; what is not "month" or "year" is printed to the day.

    Returns
    -------
    Series of str

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2016-01-01", "2016-03-01", None]))
    >>> printed_dates(days, pd.Series(["year", "month", "none"])).tolist()
    ['2016', '2016-03', '']
    """
    pairs = zip(dates, precisions, strict=True)
    printed = [printed_date(day, str(precision)) for day, precision in pairs]
    return pd.Series(printed, dates.index, dtype="str")


def excerpt(sentence: str, at: int, form: str, *, words: int = 36) -> tuple[str, list[int]]:
    r"""Cut a long sentence around the form it is quoted for.

    Parameters
    ----------
    sentence : str
    at : int
        Where the form begins.
    form : str
        As printed.
    words : int, default 36
        At most so many words; what is cut is marked by an ellipsis.

    Returns
    -------
    text : str
    mark : list of two int
        Where the form stands in `text`.

    Examples
    --------
    >>> excerpt("We shall not forget the militia of the several States.", 24, "militia", words=5)
    ('…\xa0forget the militia of the\xa0…', [13, 20])
    """
    spans = [match.span() for match in _WORD.finditer(sentence)]
    # No line breaks before or after an ellipsis, which would stand alone.
    dots = "…\N{NO-BREAK SPACE}"
    if len(sentence) > _UNSPACED * len(spans):
        # Chinese has no blanks: cut between characters, two for a word.
        spans, words, dots = [(i, i + 1) for i in range(len(sentence))], 2 * words, "…"
    if len(spans) <= words:
        return sentence, [at, at + len(form)]
    inside = [i for i, (low, high) in enumerate(spans) if low < at + len(form) and high > at]
    first = max(inside[0] - (words - len(inside) + 1) // 2, 0)
    last = min(first + words, len(spans))
    first = max(last - words, 0)
    low, high = spans[first][0], spans[last - 1][1]
    head = dots if first else ""
    text = head + sentence[low:high] + (dots[::-1] if last < len(spans) else "")
    start = at - low + len(head)
    return text, [start, start + len(form)]


def short_names(doc_ids: pd.Series) -> dict[str, str]:
    """Shorten document names to what comes before the first underscore, where that is unique.

    Parameters
    ----------
    doc_ids : Series of str

    Returns
    -------
    dict
        From each doc_id to the name to print.

    Examples
    --------
    >>> short_names(pd.Series(["001_ec0e", "002_5c4c"]))
    {'001_ec0e': '001', '002_5c4c': '002'}
    """
    heads = doc_ids.str.split("_").str[0]
    unique = not heads.duplicated().any() and bool((heads.str.len() > 0).all())
    return dict(zip(doc_ids, heads if unique else doc_ids, strict=True))
