"""Corpora of known truth: documents, dates and items whose course is planted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import WatchwordsError, nearest
from watchwords.periods import next_period, period_range
from watchwords.schema import empty_table
from watchwords.scores import Scores

Floats = NDArray[np.float64]

KINDS = (
    "flat",
    "clustered",
    "rising",
    "falling",
    "step up",
    "step down",
    "burst",
    "appeared",
    "vanished",
    "silent",
    "seasonal",
)
_CLUSTER = 8.0
_LENGTH_EXPONENT = 0.7


@dataclass(frozen=True, eq=False)
class SimulatedCorpus:
    """Scores, documents and what was planted in them.

    Attributes
    ----------
    scores : Scores
        Occurrences of the planted items.
    documents : pandas.DataFrame
        The table ``documents``, without text.
    truth : pandas.DataFrame
        One row per item: ``item``, ``kind``, ``changes`` (bool), ``direction`` ("up", "down",
        "" for none), ``effect`` (fold change), ``share`` (mean mentions in a document),
        ``onset``, ``end`` (dates or NaT; the end is the first day of the period after).
    """

    scores: Scores
    documents: pd.DataFrame
    truth: pd.DataFrame


def simulate_scores(
    plan: Mapping[str, int],
    *,
    n_docs: int = 600,
    n_periods: int = 12,
    freq: str = "Y",
    growth: float = 3.0,
    effect: float = 4.0,
    share: float = 0.1,
    seed: int,
) -> SimulatedCorpus:
    """Plant items of known course in documents that become more numerous.

    Documents are exchangeable within a period and items independent of each other: real texts
    are neither, so what is found here is the best that can be hoped for.

    Parameters
    ----------
    plan : mapping of str to int
        How many items of each kind: "flat", "clustered" (flat, in few documents, about eight
        times in each), "rising", "falling", "step up", "step down", "burst", "appeared",
        "vanished", "silent" (found throughout, and in none of the last eighth), "seasonal" (found
        in the same three of twelve periods, those that end the corpus).
    n_docs, n_periods : int
        Size of the corpus.
    freq : str
        Length of a period.
    growth : float
        Documents in the last period over those in the first.
    effect : float
        Fold change of the items that change.
    share : float
        Mean mentions in a document.
    seed : int
        Seed of everything.

    Returns
    -------
    SimulatedCorpus

    Raises
    ------
    WatchwordsError
        If a kind is unknown.

    Examples
    --------
    >>> corpus = simulate_scores({"rising": 1, "flat": 2}, n_docs=50, seed=1)
    >>> corpus.truth[["item", "kind", "direction"]]
           item    kind direction
    0  rising 0  rising        up
    1    flat 0    flat
    2    flat 1    flat
    """
    for kind in plan:
        if kind not in KINDS:
            raise WatchwordsError(f"`plan` has the kind {kind!r}; {nearest(kind, KINDS)}")
    rng = np.random.default_rng(seed)
    periods = _axis(n_periods, freq)
    volume = np.exp(np.log(growth) * np.linspace(0, 1, n_periods))
    period = np.sort(rng.choice(n_periods, n_docs, p=volume / volume.sum()))
    n_units = np.clip(rng.lognormal(np.log(250), 0.6, n_docs), 40, 4000).astype(np.int64)
    size = n_units**_LENGTH_EXPONENT
    size = size / size.mean()
    columns, rows = [], []
    for kind in plan:
        for number in range(plan[kind]):
            curve, onset, end = _curve(kind, n_periods, effect=effect, rng=rng)
            rate = share * curve[period] / curve[period].mean()
            columns.append(_occurrences(rate * size, rng, clustered=kind == "clustered"))
            rows.append((f"{kind} {number}", kind, onset, end))
    matrix = np.stack(columns, axis=1) if columns else np.zeros((n_docs, 0), np.int32)
    doc_ids = np.array([f"d{number:06d}" for number in range(n_docs)], object)
    items = pd.DataFrame({"item": [row[0] for row in rows], "lang": "en"}).astype("str")
    scores = Scores(sparse.csr_array(matrix), doc_ids, items, n_units, "word")
    truth = _truth(rows, periods, effect=effect, share=share)
    return SimulatedCorpus(scores, _documents(doc_ids, period, periods, freq=freq, rng=rng), truth)


def shuffle_dates(documents: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Hand the dates of documents around: whatever changes over time then is chance.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date``, ``date_precision`` and ``date_basis``, which move together.
    seed : int
        Seed of the permutation.

    Returns
    -------
    pandas.DataFrame
        A copy, with the rows in their old order.
    """
    order = np.random.default_rng(seed).permutation(len(documents))
    moved = [c for c in ("date", "date_precision", "date_basis") if c in documents.columns]
    shuffled = documents[moved].iloc[order].set_index(documents.index)
    return documents.assign(**{column: shuffled[column] for column in moved})


def _axis(n_periods: int, freq: str) -> NDArray[np.datetime64]:
    """List one more period than asked for: the last is where an end may fall."""
    start = np.datetime64("2000-01-01")
    axis = period_range(start, start, freq)
    while len(axis) <= n_periods:
        axis = np.append(axis, next_period(axis[-1:], freq))
    return axis


def _curve(
    kind: str, n_periods: int, *, effect: float, rng: np.random.Generator
) -> tuple[Floats, int, int]:
    """Draw a course over the periods; -1 stands for no onset and no end."""
    t = np.arange(n_periods)
    if kind in {"flat", "clustered"}:
        return np.ones(n_periods), -1, -1
    if kind in {"rising", "falling"}:
        sign = 1 if kind == "rising" else -1
        return np.exp(sign * np.log(effect) * t / (n_periods - 1)), -1, -1
    low, high = max(1, round(n_periods / 4)), max(2, round(3 * n_periods / 4))
    at = int(rng.integers(low, high))
    if kind == "seasonal":
        return np.where((n_periods - 1 - t) % 12 < 3, effect, 1.0), -1, -1
    if kind == "silent":
        at = n_periods - max(1, n_periods // 8)
        return np.where(t < at, 1.0, 0.0), -1, at
    if kind == "burst":
        width = max(1, n_periods // 12)
        return np.where((t >= at) & (t < at + width), effect, 1.0), at, at + width
    levels = {
        "step up": (1.0, effect),
        "step down": (effect, 1.0),
        "appeared": (0.0, 1.0),
        "vanished": (1.0, 0.0),
    }
    before, after = levels[kind]
    falls = before > after
    return np.where(t < at, before, after), -1 if falls else at, at if falls else -1


def _occurrences(rate: Floats, rng: np.random.Generator, *, clustered: bool) -> NDArray[np.int32]:
    if not clustered:
        return rng.poisson(rate).astype(np.int32)
    n = max(3, round(rate.sum() / _CLUSTER))
    chosen = rng.choice(len(rate), n, replace=False, p=rate / rate.sum())
    counts = np.zeros(len(rate), np.int32)
    counts[chosen] = rng.geometric(1 / _CLUSTER, n)
    return counts


def _truth(
    rows: list[tuple[str, str, int, int]],
    periods: NDArray[np.datetime64],
    *,
    effect: float,
    share: float,
) -> pd.DataFrame:
    up, down = {"rising", "step up", "appeared"}, {"falling", "step down", "vanished", "silent"}
    dated = np.append(periods.astype("datetime64[s]"), np.datetime64("NaT", "s"))
    kinds = [row[1] for row in rows]
    changes = [kind not in {"flat", "clustered", "seasonal"} for kind in kinds]
    return pd.DataFrame(
        {
            "item": pd.Series([row[0] for row in rows], dtype="str"),
            "kind": pd.Series(kinds, dtype="str"),
            "changes": np.array(changes, bool),
            "direction": pd.Series(
                ["up" if kind in up else "down" if kind in down else "" for kind in kinds],
                dtype="str",
            ),
            "effect": np.where(changes, effect, 1.0),
            "share": share,
            "onset": dated[[row[2] for row in rows]],
            "end": dated[[row[3] for row in rows]],
        }
    )


def _documents(
    doc_ids: NDArray[np.object_],
    period: NDArray[np.int64],
    periods: NDArray[np.datetime64],
    *,
    freq: str,
    rng: np.random.Generator,
) -> pd.DataFrame:
    starts = periods[period]
    length = (next_period(starts, freq) - starts).astype(np.int64)
    days = starts + np.floor(rng.random(len(starts)) * length).astype("timedelta64[D]")
    empty = dict.fromkeys(empty_table("documents").columns, "")
    documents = pd.DataFrame({**empty, "doc_id": doc_ids}).astype("str")
    return documents.assign(
        date=days.astype("datetime64[s]"),
        date_precision=pd.Series("day", index=documents.index, dtype="str"),
        date_basis=pd.Series("simulated", index=documents.index, dtype="str"),
        lang=pd.Series("en", index=documents.index, dtype="str"),
    )
