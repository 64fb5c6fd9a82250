"""The table of trends: one row an item, with its verdict."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.schema import check_table
from watchwords.trends.claiming import DATES, hold_claims, name_changes
from watchwords.trends.composing import word_verdicts
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.same_months import agree_months, count_same_months, lie_after
from watchwords.trends.shape import GRADUAL, to_dates
from watchwords.trends.sightings import Spans, count_spans, find_sightings, split_spans
from watchwords.trends.silence import SILENCE, find_silences
from watchwords.trends.translation import is_translated, word_translated

_COUNTED = (
    *("k_early", "n_early", "k_late", "n_late"),
    *("k_before", "n_before", "k_within", "n_within", "k_after", "n_after"),
)
_MONTHS = ("k_recent", "n_recent", "k_year_before", "n_year_before", "months")
_NOTHING: dict[str, Any] = {
    **dict.fromkeys([*_MONTHS, *SILENCE], 0),
    **dict.fromkeys(["recent_start", "steady_start", "silence_start"], np.datetime64("NaT", "s")),
    **dict.fromkeys(["expected_silent", "p_silent"], np.nan),
    "months_agree": True,
    "months_after": False,
    "silent": False,
    "in_translation": "",
}


def tabulate_trends(
    corpus: DatedCorpus,
    evidence: pd.DataFrame,
    *,
    min_effect: float,
    confounded: str,
    displaced: str = "",
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
    displaced : str, default ""
        A sentence on new wordings that took much of the text, said of what is claimed to fall.

    Returns
    -------
    pandas.DataFrame
        The table ``trends`` with the columns of the spans, in the order of ``corpus.items``.
    """
    table = corpus.items.merge(
        evidence.drop(columns="n_docs").astype({"item": "str"}), on="item", how="left"
    )
    table["variant_of"] = table["variant_of"].fillna("")
    table = name_changes(table, corpus.periods)
    table = pd.concat([table, find_sightings(corpus.matrix, corpus.documents)], axis=1)
    spans = _spans(corpus)
    if spans is None:
        table = table.assign(claimed=False, **dict.fromkeys(_COUNTED, 0), **_NOTHING)
        bounds = (np.datetime64("NaT", "s"), np.datetime64("NaT", "s"))
    else:
        table = hold_claims(table, corpus, spans, min_effect=min_effect)
        tested = corpus.matrix[corpus.tested].tocsc()
        period, n_units = corpus.period[corpus.tested], corpus.n_units[corpus.tested]
        table = pd.concat([table, count_spans(tested, period, n_units, spans=spans)], axis=1)
        starts = corpus.periods.astype("datetime64[s]")
        bounds = (starts[spans.early_end], starts[spans.late_start])
        table = _add_months(table, corpus, tested)
        table = _add_silences(table, corpus, tested)
        translated = word_translated(is_translated(corpus.documents[corpus.tested]))
        untested = corpus.translations == "untested"
        table = table.assign(in_translation=translated if untested else "")
    table["early_end"], table["late_start"] = bounds
    verdicts = word_verdicts(corpus, table, spans, min_effect=min_effect)
    table["verdict"] = verdicts
    table["verdict"] += [_judged_with(of) for of in table["variant_of"]]
    falls = table["claimed"] & (table["direction"] == "down")
    for sentence, of in ((displaced, falls), (confounded, table["q_value"].notna())):
        if sentence:
            table["verdict"] += np.where(of, " " + sentence, "")
    table["verdict"] = table["verdict"].astype("str").str.strip()
    return check_table("trends", _arrange(table))


def _add_months(table: pd.DataFrame, corpus: DatedCorpus, tested: sparse.csc_array) -> pd.DataFrame:
    """Add the counts of the last months and of the same months a year before."""
    counts = count_same_months(
        tested,
        corpus.period[corpus.tested],
        n_periods=len(corpus.periods),
        monthly=corpus.coverage.freq == "M",
    )
    direction = table["direction"].to_numpy(object)
    fell = direction == "down"
    at = np.where(fell, table["end_at"].to_numpy(np.int64), table["onset_at"].to_numpy(np.int64))
    shape = table["shape"].to_numpy(object)
    ends = table["end_at"].to_numpy(np.int64)
    # After a burst is what lies beyond both its dates; one that has not ended has no after.
    beyond = np.where(ends < 0, len(corpus.periods), np.maximum(at, ends))
    at = np.where(shape == "burst", beyond, at)
    at = np.where(np.isin(shape, GRADUAL), -1, at)
    after = lie_after(counts, at, n_periods=len(corpus.periods)) & (direction != "")
    agrees = agree_months(counts, direction, after=after)
    months = counts["months"].to_numpy(np.int64)
    start = to_dates(np.where(months > 0, len(corpus.periods) - months, -1), corpus.periods)
    counts = counts.assign(recent_start=start, months_agree=agrees, months_after=after)
    return pd.concat([table, counts], axis=1)


def _add_silences(
    table: pd.DataFrame, corpus: DatedCorpus, tested: sparse.csc_array
) -> pd.DataFrame:
    """Add which items are silent since, and what was expected of them."""
    last = table["last_seen"].to_numpy().astype("datetime64[D]")
    last_at = np.searchsorted(corpus.periods, last, side="right") - 1
    silences = find_silences(
        table.assign(last_at=last_at),
        tested,
        corpus.period[corpus.tested],
        n_periods=len(corpus.periods),
    )
    dated = {
        name: to_dates(silences[name].to_numpy(np.int64), corpus.periods)
        for name in ("steady_start", "silence_start")
    }
    return pd.concat([table, silences.assign(**dated)], axis=1)


def _judged_with(representative: str) -> str:
    return f" Judged with “{representative}”, in nearly the same documents." * bool(representative)


def _spans(corpus: DatedCorpus) -> Spans | None:
    if corpus.coverage.rung == "occurrences":
        return None
    return split_spans(corpus.period[corpus.tested], len(corpus.periods))


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
        "first_precision",
        "last_precision",
        "n_docs",
        "verdict",
        "k_early",
        "n_early",
        "k_late",
        "n_late",
        *_COUNTED[4:],
        "early_end",
        "late_start",
        *_MONTHS,
        "recent_start",
        "months_agree",
        "months_after",
        *SILENCE,
        "variant_of",
    ]
    dates: NDArray[np.str_] = np.array(
        [
            *DATES,
            "first_seen",
            "last_seen",
            "early_end",
            "late_start",
            "recent_start",
            "steady_start",
            "silence_start",
        ]
    )
    types = dict.fromkeys(dates.tolist(), "datetime64[s]")
    text = dict.fromkeys(
        [
            *("item", "lang", "group", "shape", "direction", "verdict", "variant_of"),
            *("first_precision", "last_precision"),
        ],
        "str",
    )
    flags = dict.fromkeys(["detected", "claimed", "months_agree", "months_after", "silent"], "bool")
    return table[columns].astype({**types, **text, **flags})
