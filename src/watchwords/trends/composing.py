"""The verdict on each item: the right template over the right counts."""

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

import numpy as np
import pandas as pd

from watchwords.floors import count_of
from watchwords.periods import name_months, next_period, period_in_words, period_start
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.sightings import Spans
from watchwords.trends.verdict import (
    Share,
    Sighting,
    word_burst,
    word_change,
    word_rates,
    word_same_months,
    word_sighting,
    word_silence,
)
from watchwords.wording import day_in_words

_BLOCK = 4096

_Row = dict[Hashable, Any]


def word_verdicts(
    corpus: DatedCorpus, table: pd.DataFrame, spans: Spans | None, *, min_effect: float
) -> list[str]:
    """Word what can be said of each item.

    Parameters
    ----------
    corpus : DatedCorpus
        The dated documents.
    table : pandas.DataFrame
        Items with claims, sightings and counts.
    spans : Spans or None
        The first and the last third; None where there is too little for any comparison.
    min_effect : float
        Smallest fold change that may be claimed.

    Returns
    -------
    list of str
    """
    if spans is None:
        return [corpus.coverage.refusal()] * len(table)
    begins = corpus.documents.iloc[0]
    begins_words = day_in_words(pd.Timestamp(begins["date"]), begins["date_precision"])
    second = _second(corpus)
    among = (
        f"Counted and tested among the {count_of(corpus.coverage.n_dated, 'original')} only."
        if corpus.translations == "left out"
        else ""
    )
    thirds = (
        f"before {_span_label(corpus.periods[spans.early_end], corpus.coverage.freq)}",
        f"since {_span_label(corpus.periods[spans.late_start], corpus.coverage.freq)}",
    )
    verdicts = []
    for row in _rows(table):
        change = _change(row, corpus, thirds, min_effect=min_effect)
        missing = int(row["n_docs"] - row["n_dated"])
        change = " ".join(filter(None, [change, *_further(row, corpus), among]))
        verdicts.append(f"{change} {_seen(row, begins_words, second)}{_undated(missing)}".strip())
    return verdicts


def _second(corpus: DatedCorpus) -> datetime | None:
    """Give the second period of all documents: the axis of the tests may begin later."""
    if len(corpus.periods) < 2:
        return None
    begins = corpus.documents["date"].to_numpy()[:1].astype("datetime64[D]")
    second = next_period(period_start(begins, corpus.coverage.freq), corpus.coverage.freq)
    return cast(datetime, second[0].astype("datetime64[s]").item())


def _rows(table: pd.DataFrame) -> Iterator[_Row]:
    """Go through a table of many rows, in a tenth of the time pandas takes; no date is None."""
    names = table.columns.tolist()
    for start in range(0, len(table), _BLOCK):
        part = table.iloc[start : start + _BLOCK]
        columns = [part[name].to_numpy() for name in names]
        lists = [
            values.astype("datetime64[s]").tolist() if values.dtype.kind == "M" else values.tolist()
            for values in columns
        ]
        for values in zip(*lists, strict=True):
            yield dict(zip(names, values, strict=True))


def _change(row: _Row, corpus: DatedCorpus, thirds: tuple[str, str], *, min_effect: float) -> str:
    """Word the change by the counts on both sides of its date, or by those of the thirds."""
    freq = corpus.coverage.freq
    if row["detected"] and row["agrees"] and row["shape"] == "burst":
        parts = [Share(row[f"k_{p}"], row[f"n_{p}"], "") for p in ("before", "within", "after")]
        return word_burst(
            *parts, when=_when(row, freq), claimed=row["claimed"], min_effect=min_effect
        )
    dated = bool(row["direction"]) and row["agrees"]
    early, late = ("within", "after") if row["direction"] == "down" else ("before", "within")
    date = row["end"] if row["direction"] == "down" else row["onset"]
    if dated and not row["undated"]:
        label = _span_label(date, freq)
        words = (f"before {label}", f"since {label}")
    else:
        early, late, words = "early", "late", thirds
    rates = ""
    if row["score"] == "damped" or not row["agrees"]:
        rates = word_rates(
            (row[f"occurrences_{early}"], row[f"occurrences_{late}"]),
            (row[f"units_{early}"], row[f"units_{late}"]),
            corpus.unit,
            when=("early", "late") if early == "early" else ("before", "since"),
        )
    return word_change(
        Share(row[f"k_{early}"], row[f"n_{early}"], words[0]),
        Share(row[f"k_{late}"], row[f"n_{late}"], words[1]),
        direction=_said(row, tested=corpus.coverage.rung == "direction"),
        claimed=row["claimed"],
        min_effect=min_effect,
        rates=rates,
    )


def _further(row: _Row, corpus: DatedCorpus) -> list[str]:
    """Word the same months a year before, and a silence, where there are."""
    said = []
    if row["months"] and row["direction"] in {"up", "down"}:
        recent, before = name_months(row["recent_start"], int(row["months"]))
        said.append(
            word_same_months(
                Share(row["k_recent"], row["n_recent"], f"in {recent}"),
                Share(row["k_year_before"], row["n_year_before"], f"in {before}"),
                after=row["months_after"] and row["agrees"],
            )
        )
    if row["silent"]:
        since = _span_label(row["silence_start"], corpus.coverage.freq)
        said.append(word_silence(row["k_steady"], row["n_steady"], row["n_silent"], since=since))
    return said


def _said(row: _Row, *, tested: bool) -> str:
    if not tested:
        return "untested"
    if row["in_translation"]:
        return str(row["in_translation"])
    if not row["agrees"]:
        return "No clear change"
    if row["direction"] or not row["detected"]:
        return str(row["direction"]) or ("flat" if row["shape"] == "flat" else "few")
    return "Differs between times of the year"


def _when(row: _Row, freq: str) -> str:
    if pd.isna(row["end"]):
        return f"since {_span_label(row['onset'], freq)}"
    last = period_start(np.array([row["end"] - timedelta(days=1)], "datetime64[D]"), freq)[0]
    first = _span_label(row["onset"], freq)
    if last == np.datetime64(row["onset"], "D"):
        return f"in {first}"
    return f"between {first} and {_span_label(last, freq)}"


def _seen(row: _Row, begins: str, second: datetime | None) -> str:
    first, last = row["first_seen"], row["last_seen"]
    if first is None:
        return ""
    return word_sighting(
        Sighting(
            first=_on(first, row["first_precision"]),
            last=day_in_words(last, row["last_precision"]),
            begins=begins,
            n_before=row["n_before_first"],
            n_after=row["n_after_last"],
            at_start=second is not None and first < second,
            entering=row["entering"],
        )
    )


def _on(day: Any, precision: str) -> str:
    """Word when, with the preposition that belongs to the precision of the date."""
    preposition = "in" if precision in {"month", "year"} else "on"
    return f"{preposition} {day_in_words(day, precision)}"


def _undated(n: int) -> str:
    if not n:
        return ""
    return f" Also in {n} document{'s' if n > 1 else ''} without a date fine enough to place."


@lru_cache(maxsize=4096)
def _span_label(start: np.datetime64 | datetime, freq: str) -> str:
    return period_in_words(start, freq)
