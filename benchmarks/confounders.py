"""What is found where something else than wording changes, and in long and short documents.

Prints, over several corpora of known truth, the share of the discoveries that are false and of the
planted changes that are found: with and without strata where the mix of two issuers changes; of
renderings and of concepts where the translator changes; for one long document a year over two
centuries, and for headlines by the week.
"""

import numpy as np

from watchwords.simulate import simulate_scores, simulate_sources, simulate_translators
from watchwords.trends import fit_trends

SEEDS = range(10, 16)
PLAN = {"flat": 150, "clustered": 30, "rising": 20, "step up": 20, "vanished": 10, "burst": 20}


def report(name, corpora, *, column="detected", **options):
    """Print false discoveries and power over several corpora."""
    false = found = 0
    power = []
    for corpus in corpora:
        table = fit_trends(corpus.scores, corpus.documents, seed=1, **options).table
        changes = corpus.truth["changes"].to_numpy()
        flagged = table[column].to_numpy()
        false, found = false + (flagged & ~changes).sum(), found + flagged.sum()
        power.append(flagged[changes].mean())
    print(
        f"{name}: {found:,} {column}, {false / max(found, 1):.1%} of them false, "
        f"{np.mean(power):.0%} of the planted changes found",
        flush=True,
    )


def main():
    sources = [simulate_sources(n_items=80, n_rising=40, seed=seed) for seed in SEEDS]
    report("a changing mix of issuers, no strata", sources, freq="Y")
    report("a changing mix of issuers, strata by issuer", sources, freq="Y", strata="issuer")
    translated = [simulate_translators(seed=seed) for seed in SEEDS]
    report("another translator", translated, freq="Y", column="claimed")
    plain = [
        type(corpus)(
            corpus.scores,
            corpus.documents.drop(columns=["translation", "translator"]),
            corpus.truth,
        )
        for corpus in translated
    ]
    report("the same, not known to be translated", plain, freq="Y", column="claimed")
    long = {"freq": "Y", "n_docs": 200, "n_periods": 200, "growth": 1.0}
    corpora = [simulate_scores(PLAN, **long, effect=8.0, share=0.4, seed=seed) for seed in SEEDS]
    report("one long document a year, 200 years", corpora, freq="Y")
    short = {"freq": "W", "n_docs": 5000, "n_periods": 104}
    corpora = [simulate_scores(PLAN, **short, effect=6.0, share=0.03, seed=seed) for seed in SEEDS]
    report("headlines by the week, 104 weeks", corpora, freq="W")


if __name__ == "__main__":
    main()
