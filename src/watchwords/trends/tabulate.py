"""The table of trends: one row an item, with its verdict."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.schema import check_table
from watchwords.trends.claiming import DATES, hold_claims, name_changes
from watchwords.trends.composing import word_verdicts
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.sightings import Spans, count_spans, find_sightings, split_spans

_COUNTED = (
    *("k_early", "n_early", "k_late", "n_late"),
    *("k_before", "n_before", "k_within", "n_within", "k_after", "n_after"),
)


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
    table = name_changes(table, corpus.periods)
    table = pd.concat([table, find_sightings(corpus.matrix, corpus.documents)], axis=1)
    spans = _spans(corpus)
    if spans is None:
        table = table.assign(claimed=False, **dict.fromkeys(_COUNTED, 0))
        bounds = (np.datetime64("NaT", "s"), np.datetime64("NaT", "s"))
    else:
        table = hold_claims(table, corpus, spans, min_effect=min_effect)
        tested = corpus.matrix[corpus.tested].tocsc()
        period, n_units = corpus.period[corpus.tested], corpus.n_units[corpus.tested]
        table = pd.concat([table, count_spans(tested, period, n_units, spans=spans)], axis=1)
        starts = corpus.periods.astype("datetime64[s]")
        bounds = (starts[spans.early_end], starts[spans.late_start])
    table["early_end"], table["late_start"] = bounds
    verdicts = word_verdicts(corpus, table, spans, min_effect=min_effect)
    table["verdict"] = pd.Series(
        [
            f"{verdict} {confounded}".strip() if q == q else verdict  # noqa: PLR0124  (NaN)
            for verdict, q in zip(verdicts, table["q_value"], strict=True)
        ],
        dtype="str",
    )
    return check_table("trends", _arrange(table))


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
        "n_docs",
        "verdict",
        "k_early",
        "n_early",
        "k_late",
        "n_late",
        *_COUNTED[4:],
        "early_end",
        "late_start",
    ]
    dates: NDArray[np.str_] = np.array(
        [*DATES, "first_seen", "last_seen", "early_end", "late_start"]
    )
    types = dict.fromkeys(dates.tolist(), "datetime64[s]")
    text = dict.fromkeys(["item", "lang", "group", "shape", "direction", "verdict"], "str")
    return table[columns].astype({**types, **text, "detected": "bool", "claimed": "bool"})
