"""Seconds and memory to judge 100,000 items over 48 months and 50,000 documents, beside peers.

    python benchmarks/trends_speed.py [ITEMS ...]

The items are found in as many documents as words of a large corpus are (half of them in fewer than
six documents, twenty in more than a third), one in ten changes, and documents become three times
as numerous. Every size runs in a process of its own that reads its counts from files; the peak is
that of the whole process, imports and counts included. The peers are called as their users do, in
a loop over the items, for a sample of them, in the same run: their seconds are those of the sample
times items over sample.
"""

import json
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.periods import next_period, period_range
from watchwords.rates import period_rates
from watchwords.scores import Scores, load_scores
from watchwords.trends import fit_trends

SIZES = (25_000, 50_000, 100_000)
N_DOCS, N_MONTHS = 50_000, 48
LEAST, MOST = 3, 40_000
CHANGING = 10
SAMPLE = 200
SEED = 20261121


def draw_documents(rng):
    """Documents of 48 months, with lengths, three times as many a month in the end."""
    months = period_range(np.datetime64("2020-01-01"), np.datetime64("2023-12-01"), "M")
    volume = np.exp(np.log(3) * np.linspace(0, 1, N_MONTHS))
    month = np.sort(rng.choice(N_MONTHS, N_DOCS, p=volume / volume.sum()))
    length = (next_period(months, "M") - months).astype(np.int64)[month]
    day = months[month] + (rng.random(N_DOCS) * length).astype("timedelta64[D]")
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{number:06d}" for number in range(N_DOCS)],
            "date": day.astype("datetime64[s]"),
            "date_precision": "day",
        }
    ).astype({"doc_id": "str", "date_precision": "str"})
    n_units = np.clip(rng.lognormal(np.log(400), 0.6, N_DOCS), 40, 5000).astype(np.int64)
    return documents, month, n_units


def draw_scores(n_items, month, n_units, *, rng):
    """Items in 3, 4, 5 … documents, as many fewer as the number grows."""
    found = np.minimum(LEAST / ((np.arange(n_items) + 0.5) / n_items), MOST)
    draws = np.round(-N_DOCS * np.log1p(-found / N_DOCS)).astype(np.int64)
    item = np.repeat(np.arange(n_items), draws)
    x = np.arange(N_MONTHS) / (N_MONTHS - 1)
    curves = [np.ones(N_MONTHS)] * (CHANGING - 1)
    curves += [8**x, 8 ** (1 - x), np.where(x > 0.6, 4, 1), np.where(abs(x - 0.4) < 0.05, 10, 1)]
    course = rng.integers(0, CHANGING, n_items)
    course += np.where(course == CHANGING - 1, rng.integers(0, 4, n_items), 0)
    doc = np.empty(len(item), np.int64)
    for number, curve in enumerate(curves):
        own = np.flatnonzero(course[item] == number)
        chance = np.cumsum(n_units**0.7 * curve[month])
        doc[own] = np.searchsorted(chance, rng.random(len(own)) * chance[-1], side="right")
    counts = 1 + rng.poisson(0.4, len(item)).astype(np.int32)
    matrix = sparse.coo_array((counts, (doc, item)), shape=(N_DOCS, n_items)).tocsr()
    names = np.array([f"w{number:06d}" for number in rng.permutation(n_items)], object)
    items = pd.DataFrame({"item": pd.Series(names, dtype="str"), "lang": "en"})
    return matrix, items.astype({"lang": "str"})


def write(folder, n_items):
    """Draw the corpus and keep it in files."""
    rng = np.random.default_rng(SEED)
    documents, month, n_units = draw_documents(rng)
    matrix, items = draw_scores(n_items, month, n_units, rng=rng)
    ids = documents["doc_id"].to_numpy(object)
    Scores(matrix, ids, items, n_units, "word").save(Path(folder))
    documents.to_parquet(Path(folder) / "dates.parquet")


def high_water(part):
    """MB of memory at the highest so far ("VmHWM") or now ("VmRSS")."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(part)).split()[1]) / 1024


def clock(job):
    wall, cpu = time.perf_counter(), time.process_time()
    result = job()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def measure(folder):
    """Judge the corpus in `folder`, then a sample of it as the peers' users do."""
    scores = load_scores(Path(folder))
    documents = pd.read_parquet(Path(folder) / "dates.parquet")
    before = high_water("VmRSS")
    trends, wall, cpu = clock(lambda: fit_trends(scores, documents, freq="M", seed=1))
    row = {
        "items": len(scores.items),
        "tested": len(trends.evidence),
        "pairs": scores.matrix.nnz,
        "detected": int(trends.table["detected"].sum()),
        "wall": wall,
        "cpu": cpu,
        "before": before,
        "peak": high_water("VmHWM"),
    }
    return row | measure_peers(scores, documents)


def measure_peers(scores, documents):
    """Seconds of two loops over a sample, per item."""
    import pymannkendall
    import statsmodels.api as sm

    rng = np.random.default_rng(1)
    items = list(rng.choice(scores.items["item"].to_numpy(object), SAMPLE, replace=False))
    rates = period_rates(scores.select(items), documents, freq="M")
    series = [own for _, own in rates.groupby("item", sort=False)]
    x = np.column_stack([np.ones(N_MONTHS), np.arange(N_MONTHS) / N_MONTHS])

    def kendall():
        return [pymannkendall.original_test(own["rate"]).p for own in series]

    def poisson():
        return [
            sm.GLM(own["n_docs"], x, family=sm.families.Poisson(), exposure=own["n_docs_total"])
            .fit(scale="X2")
            .pvalues
            for own in series
        ]

    kendall()
    seconds = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, job in (("pymannkendall", kendall), ("statsmodels", poisson)):
            seconds[name] = clock(job)[2] / SAMPLE
    return seconds


def run(*arguments):
    """Run a part of this benchmark in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(sizes):
    rows = []
    for n_items in sizes:
        with tempfile.TemporaryDirectory() as folder:
            run("--write", folder, n_items)
            row = json.loads(run("--measure", folder))
        rows.append(row)
        print(
            f"{row['items']:,} items ({row['tested']:,} tested, {row['detected']:,} detected), "
            f"{N_MONTHS} months, {N_DOCS:,} documents, {row['pairs']:,} pairs: "
            f"wall {row['wall']:.1f} s, CPU {row['cpu']:.1f} s, "
            f"peak {row['peak']:.0f} MB ({row['before']:.0f} MB before)"
        )
        for name in ("pymannkendall", "statsmodels"):
            total = row[name] * row["items"]
            print(f"  a loop over {name}: CPU {total:.0f} s, {total / row['cpu']:.0f} times ours")
    if len(rows) > 1:
        pairs, cpu = (np.log([row[name] for row in rows]) for name in ("pairs", "cpu"))
        print(f"CPU grows with the power {np.polyfit(pairs, cpu, 1)[0]:.2f} of the pairs")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
