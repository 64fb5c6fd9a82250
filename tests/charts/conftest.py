"""Small tables with known shapes, as the stages before the charts would hand them on."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from watchwords.intervals import wilson_interval
from watchwords.periods import is_complete, period_range
from watchwords.schema import check_table, empty_table

AS_OF = date(2026, 11, 21)


def _rates(items, first, last, freq, *, n=10, gaps=(), lang="en", unit="word", as_of=AS_OF):
    rng = np.random.default_rng(7)
    starts = period_range(np.datetime64(first), np.datetime64(last), freq)
    total = rng.integers(max(n // 2, 1), n + 1, len(starts))
    total[list(gaps)] = 0
    parts = []
    for place, item in enumerate(items):
        time = np.linspace(0, 1, len(starts))
        k = rng.binomial(total, [time, 1 - time, 0.1 + 0 * time, 0 * time][place % 4])
        low, high = wilson_interval(k, total)
        size = np.where(total > 0, total, np.nan)
        table = pd.DataFrame({"period": starts.astype("datetime64[s]"), "n": k * 3, "n_docs": k})
        parts.append(
            table.assign(
                item=item,
                lang=lang,
                group="all",
                n_units=total * 1000,
                unit=unit,
                n_docs_total=total,
                share=k / size,
                share_low=low,
                share_high=high,
                rate=k * 3 / (size * 1000) * 10_000,
                complete=is_complete(starts, freq, as_of=as_of),
            )
        )
    table = pd.concat(parts, ignore_index=True)[list(empty_table("rates").columns)]
    return check_table("rates", table)


def _trends(effects, *, claimed=None, names=None):
    n = len(effects)
    effect = np.array(effects, float)
    table = pd.DataFrame(
        {
            "item": names or [f"item {i}" for i in range(n)],
            "lang": "en",
            "group": "all",
            "shape": "rising",
            "direction": np.where(effect > 1, "up", np.where(effect < 1, "down", "")),
            "q_value": 0.01,
            "detected": True,
            "claimed": np.ones(n, bool) if claimed is None else np.array(claimed),
            "effect": effect,
            "effect_low": effect / 1.5,
            "effect_high": effect * 1.5,
            "n_docs": np.arange(n) + 1200,
            "verdict": "",
        }
    )
    for name in empty_table("trends").columns.difference(table.columns):
        table[name] = pd.Series([pd.NaT] * n, dtype="datetime64[s]")
    return check_table("trends", table[list(empty_table("trends").columns)])


@pytest.fixture
def make_rates():
    return _rates


@pytest.fixture
def make_trends():
    return _trends


@pytest.fixture
def sightings():
    return pd.DataFrame(
        {
            "label": ["internet", "railroads", "两个维护 $a_b$ <i>", "never", "undated"],
            "first_seen": pd.to_datetime(["1997-02-04", "1830-12-06", "1790-01-08", None, None]),
            "last_seen": pd.to_datetime(["2024-03-07", "1962-01-11", "2026-02-24", None, None]),
            "n_docs": [14, 95, 210, 0, 2],
            "first_use": ["1969-10-29", "1825", "1776-07", "", "2016-01"],
        }
    )


@pytest.fixture
def keyness():
    return pd.DataFrame(
        {
            "item": ["tariff", "internet", "jobs", "silver", "the"],
            "log_ratio": [-3.2, 5.1, 2.5, -6.0, 0.3],
            "q_value": [0.001, 0.002, 0.01, 0.0001, 0.8],
            "n_docs_target": [2, 14, 30, 0, 40],
            "n_target_docs": 40,
            "n_docs_reference": [90, 0, 33, 70, 197],
            "n_reference_docs": 197,
        }
    )


@pytest.fixture
def documents():
    dates = [
        "2021-01-05",
        "2021-01-20",
        "2021-02-03",
        "2021-06-01",
        "2021-07-01",
        None,
        "2021-01-01",
    ]
    return pd.DataFrame(
        {
            "date": pd.to_datetime(dates),
            "date_precision": ["day", "day", "month", "day", "day", "none", "year"],
            "duplicate_of": "",
        }
    )


def points(axes, *, hollow):
    """The places of the hollow, or of the full, round marks of a panel."""
    places = []
    for line in axes.lines:
        if line.get_marker() == "o" and (line.get_markerfacecolor() == "white") is hollow:
            places.extend(float(x) for x in np.atleast_1d(line.get_xdata()))
    return places


def segments(axes):
    """The pairs of places that a line of a panel joins."""
    joined = set()
    for line in axes.lines:
        x, y = (np.atleast_1d(np.asarray(v, float)) for v in (line.get_xdata(), line.get_ydata()))
        if line.get_linestyle() != "None" and line.get_color() != "#e1e6ea" and len(x) > 2:
            drawn = ~np.isnan(y)
            joined |= {(x[i], x[i + 1]) for i in range(len(x) - 1) if drawn[i] and drawn[i + 1]}
    return joined


@pytest.fixture
def marks():
    return points


@pytest.fixture
def joins():
    return segments
