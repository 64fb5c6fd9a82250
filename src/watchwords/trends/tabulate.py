"""The table of trends: one row an item, with its verdict."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.floors import ITEM_DOCS
from watchwords.intervals import Z_95
from watchwords.periods import period_label, period_start
from watchwords.schema import check_table
from watchwords.trends.agreement import agree_counts
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.shape import find_direction, to_dates
from watchwords.trends.sightings import (
    Spans,
    count_spans,
    find_sightings,
    split_spans,
)
from watchwords.trends.testing import DETECTED_Q
from watchwords.trends.verdict import (
    Share,
    Sighting,
    word_change,
    word_date,
    word_rates,
    word_sighting,
)

DATES = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]


def tabulate_trends(
    corpus: DatedCorpus, evidence: pd.DataFrame, *, min_effect: float, confounded: str
) -> pd.DataFrame:
    """Put tests, sightings and counts together and word a verdict on each item.

    Parameters
    ----------
    corpus : DatedCorpus
        The dated documents.
    evidence : pandas.DataFrame
        One row per tested item.
    min_effect : float
        Smallest fold change that may be claimed.
    confounded : str
        A sentence on strata that follow time, or "".

    Returns
    -------
    pandas.DataFrame
        The table ``trends`` with the columns of the spans, in the order of ``corpus.items``.
    """
    table = corpus.items.merge(
        evidence.drop(columns="n_docs").astype({"item": "str"}), on="item", how="left"
    )
    table = _judge(table, min_effect, corpus.periods)
    table = pd.concat([table, find_sightings(corpus.matrix, corpus.documents)], axis=1)
    spans = _spans(corpus)
    if spans is None:
        table = table.assign(k_early=0, n_early=0, k_late=0, n_late=0, agrees=True)
        bounds = (np.datetime64("NaT", "s"), np.datetime64("NaT", "s"))
    else:
        tested = corpus.matrix[corpus.tested].tocsc()
        counted = count_spans(tested, corpus.period[corpus.tested], spans)
        table = _hold_to_counts(pd.concat([table, counted], axis=1), _units(corpus, spans))
        starts = corpus.periods.astype("datetime64[s]")
        bounds = (starts[spans.early_end], starts[spans.late_start])
    table["early_end"], table["late_start"] = bounds
    verdicts = _verdicts(corpus, table, spans, min_effect=min_effect)
    table["verdict"] = pd.Series(
        [
            f"{verdict} {confounded}".strip() if q == q else verdict  # noqa: PLR0124  (NaN)
            for verdict, q in zip(verdicts, table["q_value"], strict=True)
        ],
        dtype="str",
    )
    return check_table("trends", _arrange(table))


def _judge(table: pd.DataFrame, min_effect: float, periods: NDArray[np.datetime64]) -> pd.DataFrame:
    tested = table["q_value"].notna()
    detected = tested & (table["q_value"] <= DETECTED_Q)
    # Only a shape that was found measures a change; all others are measured over the span.
    effect = table["effect"].where(detected, table["span_effect"])
    reach = Z_95 * table["error"].where(detected, table["span_error"])
    low, high = np.exp(effect - reach), np.exp(effect + reach)
    large = (low > min_effect) | (high < 1 / min_effect)
    enough = tested & (table["n_docs"] >= ITEM_DOCS)
    rest = np.where(enough, "flat", "too few to tell")
    dates = {
        name: to_dates(table[name].fillna(-1).where(detected, -1).to_numpy(np.int64), periods)
        for name in DATES
    }
    return table.assign(
        group="all",
        shape=np.where(detected, table["shape"], rest),
        direction=[
            find_direction(shape, z) if found else ""
            for shape, z, found in zip(table["shape"], table["statistic"], detected, strict=True)
        ],
        detected=detected,
        claimed=detected & large & enough,
        effect=np.exp(effect),
        effect_low=low,
        effect_high=high,
        **dates,
    )


def _hold_to_counts(table: pd.DataFrame, units: tuple[int, int]) -> pd.DataFrame:
    """Claim no direction that the counts in its own verdict do not bear out."""
    agrees = agree_counts(
        table,
        direction=table["direction"].to_numpy(object),
        damped=(table["score"] == "damped").to_numpy(),
        units=units,
    )
    return table.assign(agrees=agrees, claimed=table["claimed"] & agrees)


def _units(corpus: DatedCorpus, spans: Spans) -> tuple[int, int]:
    period, n_units = corpus.period[corpus.tested], corpus.n_units[corpus.tested]
    return (
        int(n_units[period < spans.early_end].sum()),
        int(n_units[period >= spans.late_start].sum()),
    )


def _spans(corpus: DatedCorpus) -> Spans | None:
    if corpus.coverage.rung == "occurrences":
        return None
    return split_spans(corpus.period[corpus.tested], len(corpus.periods))


def _verdicts(
    corpus: DatedCorpus, table: pd.DataFrame, spans: Spans | None, *, min_effect: float
) -> list[str]:
    if spans is None:
        return [corpus.coverage.refusal()] * len(table)
    freq = corpus.coverage.freq
    before = f"before {_span_label(corpus.periods[spans.early_end], freq)}"
    since = f"since {_span_label(corpus.periods[spans.late_start], freq)}"
    units = _units(corpus, spans)
    begins = corpus.documents.iloc[0]
    begins_words = word_date(pd.Timestamp(begins["date"]), begins["date_precision"])
    second = corpus.periods[1] if len(corpus.periods) > 1 else np.datetime64("NaT", "D")
    undated = (table["n_docs"] - table["n_dated"]).to_numpy()
    tested = corpus.coverage.rung == "direction"
    verdicts = []
    for row, missing in zip(table.to_dict("records"), undated.tolist(), strict=True):
        rates = ""
        if row["score"] == "damped" or not row["agrees"]:
            rates = word_rates(
                (row["occurrences_early"], row["occurrences_late"]), units, corpus.unit
            )
        change = word_change(
            Share(row["k_early"], row["n_early"], before),
            Share(row["k_late"], row["n_late"], since),
            direction=(
                _said(row, tested=tested, freq=freq) if row["agrees"] else "No clear change"
            ),
            claimed=row["claimed"],
            min_effect=min_effect,
            rates=rates,
        )
        verdicts.append(f"{change} {_seen(row, begins_words, second)}{_undated(missing)}".strip())
    return verdicts


def _said(row: dict[Hashable, Any], *, tested: bool, freq: str) -> str:
    if not tested:
        return "untested"
    if row["direction"] or not row["detected"]:
        return str(row["direction"]) or ("flat" if row["shape"] == "flat" else "few")
    if row["shape"] == "seasonal":
        return "Differs between times of the year"
    if pd.isna(row["end"]):
        return f"Found mainly since {_span_label(row['onset'], freq)}"
    last = period_start(np.array([row["end"] - pd.Timedelta(days=1)], "datetime64[D]"), freq)[0]
    first = period_label(row["onset"], freq)
    if last == np.datetime64(row["onset"], "D"):
        return f"Found mainly in {first}"
    return f"Found mainly between {first} and {period_label(last, freq)}"


def _seen(row: dict[Hashable, Any], begins: str, second: np.datetime64) -> str:
    first, last = row["first_seen"], row["last_seen"]
    if not isinstance(first, pd.Timestamp) or not isinstance(last, pd.Timestamp):
        return ""
    return word_sighting(
        Sighting(
            first=word_date(first, str(row["first_precision"])),
            last=word_date(last, str(row["last_precision"])),
            begins=begins,
            n_before=int(str(row["n_before"])),
            n_after=int(str(row["n_after"])),
            at_start=first < pd.Timestamp(second),
            entering=str(row["entering"]),
        )
    )


def _undated(n: int) -> str:
    if not n:
        return ""
    return f" Also in {n} document{'s' if n > 1 else ''} without a date fine enough to place."


def _span_label(start: np.datetime64 | pd.Timestamp, freq: str) -> str:
    label = period_label(start, freq)
    return f"the {label}" if label.endswith("s") or label.startswith("week") else label


def _arrange(table: pd.DataFrame) -> pd.DataFrame:
    columns = [
        "item",
        "lang",
        "group",
        "shape",
        "direction",
        "q_value",
        "detected",
        "claimed",
        "effect",
        "effect_low",
        "effect_high",
        *DATES,
        "first_seen",
        "last_seen",
        "n_docs",
        "verdict",
        "k_early",
        "n_early",
        "k_late",
        "n_late",
        "early_end",
        "late_start",
    ]
    dates: NDArray[np.str_] = np.array(
        [*DATES, "first_seen", "last_seen", "early_end", "late_start"]
    )
    types = dict.fromkeys(dates.tolist(), "datetime64[s]")
    text = dict.fromkeys(["item", "lang", "group", "shape", "direction", "verdict"], "str")
    return table[columns].astype({**types, **text, "detected": "bool", "claimed": "bool"})
