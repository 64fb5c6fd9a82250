"""What is found where there is nothing to find: real corpora with their dates shuffled.

    python benchmarks/shuffled.py           the State of the Union, which comes with the sample
    python benchmarks/shuffled.py FOLDER    and every corpus kept there, as `expectations.py` has it

Prints the share of terms flagged by us and by the Mann-Kendall test that other tools use, with
and without control of false discoveries, on the same counts: every flag is false. Beside it, with
the dates as they are, how often another seed says the same of a term, word for word.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pymannkendall
from expectations import SAMPLE, read_corpus

import watchwords as ww
from watchwords.fdr import benjamini_hochberg
from watchwords.simulate import shuffle_dates

SEEDS = (11, 12, 13, 14)
PEER_ITEMS = 1000
SAID = ["shape", "direction", "detected", "claimed", "verdict"]


def mann_kendall(scores, docs, items):
    """p-value of each item's yearly rate."""
    rates = ww.period_rates(scores.select(items), docs, freq="Y")
    series = rates[rates["n_docs_total"] > 0].groupby("item", sort=False)["rate"]
    return np.array([pymannkendall.original_test(values).p for _, values in series])


def count(docs):
    """Counts of the terms of the language that most documents have."""
    lang = str(docs["lang"].mode()[0])
    tokens = ww.tokenize(docs)
    if lang == "zh":
        return ww.hide_nested(ww.count_terms(tokens, lang="zh", min_docs=4))
    return ww.hide_nested(ww.count_terms(tokens, max_words=3, min_docs=5))


def measure(name, docs):
    """Shares of flagged terms over several shuffles, and of terms that keep their verdict."""
    scores = count(docs)
    names = scores.items["item"].to_numpy(object)
    rng = np.random.default_rng(1)
    items = list(rng.choice(names, min(PEER_ITEMS, len(names)), replace=False))
    rows = []
    for seed in SEEDS:
        shuffled = shuffle_dates(docs, seed=seed)
        ours = ww.fit_trends(scores, shuffled, freq="Y", seed=1)
        p = mann_kendall(scores, shuffled, items)
        flags = (ours.table["detected"], p < 0.05, benjamini_hochberg(p) <= 0.05)
        rows.append([flag.mean() for flag in flags])
    columns = ["watchwords", "Mann-Kendall p<.05", "Mann-Kendall + BH"]
    mean = pd.DataFrame(rows, columns=columns).mean()
    first, other = (ww.fit_trends(scores, docs, freq="Y", seed=seed).table for seed in (1, 2))
    same = (first[SAID] == other[SAID]).all(axis=1).mean()
    flagged = ", ".join(f"{column} {share:.2%}" for column, share in mean.items())
    print(
        f"{name}: {len(docs):,} documents, {len(names):,} terms (peer: {len(items):,} of them), "
        f"{len(SEEDS)} shuffles, flagged: {flagged}; with true dates {first['detected'].mean():.1%}"
        f" detected, and another seed says the same of {same:.1%}",
        flush=True,
    )


def main():
    paths = [Path(SAMPLE)]
    for folder in sys.argv[1:]:
        paths += sorted(Path(folder).glob("*.parquet"))
    for path in paths:
        measure(path.stem, read_corpus(path))


if __name__ == "__main__":
    main()
