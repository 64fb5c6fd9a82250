"""What is found where there is nothing to find: the State of the Union with shuffled dates.

Prints the share of terms flagged by us and by the Mann-Kendall test that other tools use, with
and without control of false discoveries, on the same counts. Every flag is false.
"""

import numpy as np
import pandas as pd
import pymannkendall

import watchwords as ww
from watchwords.fdr import benjamini_hochberg
from watchwords.simulate import shuffle_dates

SEEDS = (11, 12, 13)
SAMPLE = 1500


def mann_kendall(scores, docs, items):
    """p-value of each item's yearly rate."""
    rates = ww.period_rates(scores.select(items), docs, freq="Y")
    series = rates[rates["n_docs_total"] > 0].groupby("item", sort=False)["rate"]
    return np.array([pymannkendall.original_test(values).p for _, values in series])


def main():
    docs = ww.clean_documents(ww.read_sample())
    docs = docs[docs["is_sotu"]].reset_index(drop=True)
    scores = ww.hide_nested(ww.count_terms(ww.tokenize(docs), max_words=4, min_docs=10))
    rng = np.random.default_rng(1)
    items = list(rng.choice(scores.items["item"].to_numpy(), SAMPLE, replace=False))
    rows = []
    for seed in SEEDS:
        shuffled = shuffle_dates(docs, seed=seed)
        ours = ww.fit_trends(scores, shuffled, freq="Y", seed=1)
        p = mann_kendall(scores, shuffled, items)
        rows.append(
            (
                ours.table["detected"].mean(),
                (p < 0.05).mean(),
                (benjamini_hochberg(p) <= 0.05).mean(),
            )
        )
    mean = pd.DataFrame(
        rows, columns=["watchwords", "Mann-Kendall p<.05", "Mann-Kendall + BH"]
    ).mean()
    print(
        f"{len(scores.items):,} terms (peer: {SAMPLE:,} of them), {len(SEEDS)} shuffles, flagged:"
    )
    for name, share in mean.items():
        print(f"  {name:20s} {share:.2%}")


if __name__ == "__main__":
    main()
