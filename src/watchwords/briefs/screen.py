"""Which of the judged items are shown, and in which order.

Watched concepts stand before discovered terms everywhere. Names and reporting frames are judged
with everything else, so that the control of false discoveries covers them, but never headlined.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from watchwords.floors import HEADLINE_DOCS, SPAN_DOCS
from watchwords.intervals import wilson_interval
from watchwords.tokens.chinese import HAN

Documents = Mapping[tuple[str, str], frozenset[str]]
N_SHOWN = 20
N_SILENT = 2
_RECENT = 0.45  # of the last third of the documents
_KINDS = ("concept", "phrase", "word")
_CHINESE_PHRASE = 4
# Kind, ways in turn, and how many there may be after it (0: as many as are asked for).
_TURNS = (
    ("concept", ("silent",), N_SILENT),
    ("phrase", ("silent",), N_SILENT),
    ("concept", ("up", "down"), 0),
    ("phrase", ("up", "down"), 0),
    ("word", ("silent", "up", "down"), 0),
)
SAME = 0.8
_KEY = ["item", "lang"]


def watched_forms(concepts: pd.DataFrame) -> frozenset[str]:
    """Fold the watched forms as terms are folded, to keep a term from being counted twice.

    Parameters
    ----------
    concepts : pandas.DataFrame
        With ``form``.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(watched_forms(pd.DataFrame({"form": ["High-quality development"]})))
    ['high quality development']
    """
    folded = concepts["form"].str.lower().str.replace("-", " ", regex=False)
    return frozenset(folded)


def strength(table: pd.DataFrame) -> pd.Series:
    """Measure how far apart the shares of the first and the last third of the documents are.

    The distance between the nearer limits of the two 95 % intervals: positive when they do not
    touch. It ranks what a reader can see in k of n; it is not a test.

    Parameters
    ----------
    table : pandas.DataFrame
        With ``k_early``, ``n_early``, ``k_late``, ``n_late``.

    Returns
    -------
    Series of float
        Between -1 and 1.

    Examples
    --------
    >>> spans = pd.DataFrame({"k_early": [0], "n_early": [80], "k_late": [60], "n_late": [80]})
    >>> strength(spans).round(2).tolist()
    [0.6]
    """
    early_low, early_high = wilson_interval(table["k_early"], table["n_early"])
    late_low, late_high = wilson_interval(table["k_late"], table["n_late"])
    gap = np.maximum(late_low - early_high, early_low - late_high)
    return pd.Series(gap, table.index).fillna(-1.0)


def ranked_claims(trends: pd.DataFrame, *, direction: str, kind: str | None = None) -> pd.DataFrame:
    """List the claimed items of a direction, strongest first.

    Parameters
    ----------
    trends : pandas.DataFrame
        The judged items, with ``kind`` and ``ignored``.
    direction : {"up", "down"}
    kind : {"concept", "phrase", "word"}, optional
        Watched concepts, or discovered terms of several words or of one; default all.

    Returns
    -------
    pandas.DataFrame
        Rows of `trends` with the column ``strength`` added; ignored items are left out, and those
        judged with another one that is listed itself.
    """
    listed = trends["claimed"] & ~trends["ignored"] & trends["direction"].isin(["up", "down"])
    # What the latest documents do not have any more is not called up.
    listed &= trends["lately"] | (trends["direction"] != "up")
    chosen = listed & (trends["direction"] == direction)
    if "variant_of" in trends:
        # A wording is listed once, by the item that represents its parts and variants.
        led = pd.MultiIndex.from_frame(trends[["variant_of", "lang"]])
        chosen &= ~led.isin(pd.MultiIndex.from_frame(trends.loc[listed, _KEY]))
    if kind:
        chosen &= kind_of(trends) == kind
    rows = trends[chosen]
    rows = rows.assign(strength=strength(rows))
    return rows.sort_values(["strength", "q_value", "item"], ascending=[False, True, True])


def kind_of(trends: pd.DataFrame) -> pd.Series:
    """Tell watched concepts, discovered phrases and discovered single words apart.

    A phrase says more than a word: single words follow every change of style. In Chinese a
    phrase has four characters or more, since a word has about two.

    Parameters
    ----------
    trends : pandas.DataFrame
        With ``kind`` and ``item``.

    Returns
    -------
    Series of str
        "concept", "phrase" or "word".
    """
    several = (
        trends["item"]
        .str.contains(f" |[{HAN}]{{{_CHINESE_PHRASE}}}")
        .map({True: "phrase", False: "word"})
    )
    return trends["kind"].where(trends["kind"] == "concept", several)


def distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the stronger of two items that differ by a plural or share all their words.

    Parameters
    ----------
    rows : pandas.DataFrame
        Strongest first, with ``item`` and, if there is more than one, ``lang``: what is alike in
        two languages are two items.

    Returns
    -------
    pandas.DataFrame
        Rows of `rows`.

    Examples
    --------
    >>> distinct(pd.DataFrame({"item": ["jobs", "job", "new jobs", "tax", "child tax"]}))
            item
    0       jobs
    2   new jobs
    3        tax
    4  child tax
    """
    folded = rows["item"].map(
        lambda item: " ".join(sorted(word.rstrip("s") for word in item.split()))
    )
    lang = rows.get("lang", "")
    return rows[~pd.DataFrame({"item": folded, "lang": lang}).duplicated()]


def shown_items(table: pd.DataFrame) -> list[str]:
    """Choose the items that are shown: concepts, the strongest terms, what may be headlined.

    Parameters
    ----------
    table : pandas.DataFrame
        The judged items of one language.

    Returns
    -------
    list of str
        In the order of `table`.
    """
    wanted = set(table.loc[table["kind"] == "concept", "item"])
    for kind in ("phrase", "word"):
        for direction in ("up", "down"):
            rows = distinct(ranked_claims(table, direction=direction, kind=kind))
            wanted |= set(rows["item"][:N_SHOWN])
        wanted |= set(recent_silences(table, kind=kind)["item"][:N_SHOWN])
    for queue in _queues(table).values():
        # Nothing is headlined whose sentences were not collected.
        wanted |= set(queue["item"])
    return [item for item in table["item"] if item in wanted]


def recent_silences(trends: pd.DataFrame, *, kind: str | None = None) -> pd.DataFrame:
    """List what was established and is in none of the last documents, the least likely first.

    A silence over more than about the last seventh of the documents is no news.

    Parameters
    ----------
    trends : pandas.DataFrame
        The judged items, with ``silent`` and what was counted before and since.
    kind : {"concept", "phrase", "word"}, optional
        Default all.

    Returns
    -------
    pandas.DataFrame
        Rows of `trends`; ignored items are left out, and those of which fewer than 30 documents
        were counted before or since.
    """
    chosen = (
        trends["silent"]
        & ~trends["ignored"]
        & (trends["n_silent"] <= np.maximum(_RECENT * trends["n_late"], SPAN_DOCS))
    )
    if kind:
        chosen &= kind_of(trends) == kind
    rows = trends[chosen]
    if rows.empty:
        return rows
    rows = rows[rows[["n_steady", "n_silent"]].min(axis=1) >= SPAN_DOCS]
    return rows.sort_values(["p_silent", "q_value", "item"])


def headlines(
    trends: pd.DataFrame,
    *,
    n: int = 5,
    spread: Iterable[str] = (),
    documents: Documents | None = None,
) -> pd.DataFrame:
    """Choose the claims for the first page.

    First at most two silences, of single words only where room is left. Then watched concepts
    before discovered terms; up and down in turn; one of a category as long as there are others;
    an item needs 10 documents, spans of at least 30 and, where months are compared, the same
    direction as against a year before. What is chosen is among `shown_items` of its language.

    Parameters
    ----------
    trends : pandas.DataFrame
        The judged items.
    n : int, default 5
        How many at most.
    spread : iterable of str, optional
        Category of each row of `trends`, to avoid five findings on one subject.
    documents : mapping of (str, str) to frozenset of str, optional
        The documents of each item and language: a discovered term in nearly the same documents as
        one chosen before says nothing new.

    Returns
    -------
    pandas.DataFrame
        Rows of `trends`, in the order to print; ``as_silence`` tells which are silences.
    """
    table = trends.assign(category=list(spread) or trends["item"])
    queues = _queues(table)
    chosen: list[pd.Series] = []
    for kind, ways, most in _TURNS:
        _take([queues[kind, way] for way in ways], chosen, documents or {}, n=min(most or n, n))
    rows = pd.DataFrame(chosen) if chosen else table.iloc[:0]
    silent = [index for kind in _KINDS for index in queues[kind, "silent"].index]
    return rows.assign(as_silence=rows.index.isin(silent))


def _queues(trends: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Rank what may be headlined, by kind and way; the first of each are all that is shown."""
    fit = (trends["n_docs"] >= HEADLINE_DOCS) & (
        trends[["n_early", "n_late"]].min(axis=1) >= SPAN_DOCS
    )
    # What is silent is so in all months: there are none a year before to agree.
    fit &= trends["months_agree"] | trends["silent"]
    silent = recent_silences(trends[fit]).index
    fit &= ~trends.index.isin(silent)
    queues = {}
    for kind in _KINDS:
        queues[kind, "silent"] = recent_silences(trends.loc[silent], kind=kind)
        for way in ("up", "down"):
            # Ranked whole: a part of what may not be headlined does not stand for it.
            rows = ranked_claims(trends, direction=way, kind=kind)
            queues[kind, way] = rows[fit[rows.index]]
    return {key: rows.head(N_SHOWN) for key, rows in queues.items()}


def _take(
    queues: list[pd.DataFrame],
    chosen: list[pd.Series],
    documents: Documents,
    *,
    n: int,
) -> None:
    """Add from each queue in turn to `chosen`, until there are n or the queues have no more."""
    added = True
    while added and len(chosen) < n:
        added = False
        for queue in queues:
            row = _next(queue, chosen, documents)
            if row is not None and len(chosen) < n:
                chosen.append(row)
                added = True


def _next(queue: pd.DataFrame, chosen: list[pd.Series], documents: Documents) -> pd.Series | None:
    taken = {(row["item"], row["lang"]) for row in chosen}
    said = [documents[key] for key in sorted(taken) if key in documents]
    keys = list(zip(queue["item"], queue["lang"], strict=True))
    fresh = [
        key not in taken
        and (
            kind == "concept"
            or not any(_overlap(documents.get(key, frozenset()), one) for one in said)
        )
        for key, kind in zip(keys, queue["kind"], strict=True)
    ]
    used = [row["category"] for row in chosen]
    free = queue[np.array(fresh, bool)]
    if free.empty:
        return None
    times_used = free["category"].map(used.count)
    best: pd.Series = free[times_used == times_used.min()].iloc[0]
    return best


def _overlap(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) > SAME * len(first | second)
