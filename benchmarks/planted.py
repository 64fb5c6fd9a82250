"""Our entry for the benchmark of planted trends: real text, invented phrases, known courses.

`method(docs, phrases, period)` is what the benchmark's runner asks for, and `emerging` the same for
onsets in the last six periods. The benchmark is kept elsewhere; given its folder, this prints our
row beside Mann-Kendall (a), the same with Benjamini and Hochberg (b) and a quasi-Poisson
regression (h), or what the runner is asked for behind the folder:

    python benchmarks/planted.py <planted> --scenarios monthly,yearly --seeds 6001,6002
"""

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.scores import Scores
from watchwords.trends import fit_trends

TOKEN = re.compile(r"[a-z0-9\u00c0-\u024f]+|[\u3400-\u9fff\uac00-\ud7af]")
SHAPES = {
    "rising": "rise",
    "falling": "fall",
    "step up": "step_up",
    "step down": "step_down",
    "appeared": "appear",
    "vanished": "vanish",
    "burst": "burst",
    "seasonal": "seasonal",
    "flat": "flat",
}
FAMILIES = {"burst": "burst", "seasonal": "seasonal"}
MIN_JACCARD = 0.6
SKETCH = 48
KEYS = 6
MAX_OWNERS = 8


def fold(word):
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def sketch_of(ids):
    """The smallest hashes of the 5-grams of a document."""
    if len(ids) < 5:
        return np.empty(0, np.uint64)
    key = np.zeros(len(ids) - 4, np.uint64)
    for shift in range(5):
        key = (key ^ ids[shift : len(ids) - 4 + shift]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return np.unique(key)[:SKETCH]


def find_copies(ids, order):
    """Join documents whose sketches are alike to the earliest of them."""
    owners, sketches_of = defaultdict(list), {}
    copy_of = np.full(len(ids), -1)
    for at in order:
        sketch = sketch_of(ids[at])
        keys = sketch[:KEYS].tolist()
        others = sorted({other for key in keys for other in owners[key]})
        for other, theirs in ((o, sketches_of[o]) for o in others):
            union = np.union1d(sketch, theirs)[:SKETCH]
            both = np.isin(union, sketch) & np.isin(union, theirs)
            if both.sum() >= MIN_JACCARD * len(union):
                copy_of[at] = other
                break
        if copy_of[at] < 0:
            sketches_of[at] = sketch
            for key in keys:
                # A gram that many documents share is boilerplate and says nothing of copying.
                if len(owners[key]) < MAX_OWNERS:
                    owners[key].append(at)
    return copy_of


def prepare(docs, phrases):
    """Count the phrases and put the documents into our tables."""
    folded, number_of = {}, {}

    def ids_of(text):
        words = TOKEN.findall(text.lower())
        folds = [folded.get(w) or folded.setdefault(w, fold(w)) for w in words]
        numbers = [number_of.setdefault(w, len(number_of)) for w in folds]
        return np.array(numbers, np.uint64)

    ids = [ids_of(text) for text in docs["text"]]
    dates = docs["date"].fillna("").astype(str)
    order = np.lexsort((np.arange(len(docs)), dates.replace("", "9999").to_numpy(str)))
    copy_of = find_copies(ids, order)
    starts = np.cumsum([0] + [len(text) for text in ids])
    stream = np.concatenate(ids)
    document = np.repeat(np.arange(len(ids)), np.diff(starts))
    where = pd.Series(np.arange(len(stream))).groupby(stream).indices
    matrix = sparse.lil_array((len(docs), len(phrases)), dtype=np.int32)
    for number, phrase in enumerate(phrases):
        target = ids_of(phrase)
        at = where.get(target[0], np.empty(0, int))
        for step, word in enumerate(target[1:], start=1):
            at = at[at + step < len(stream)]
            at = at[(stream[at + step] == word) & (document[at + step] == document[at])]
        hit, n = np.unique(document[at], return_counts=True)
        matrix[hit, number] = n
    names = docs["doc_id"].astype(str).to_numpy(object)
    precision = dates.str.len().map({10: "day", 7: "month", 4: "year"}).fillna("none")
    documents = pd.DataFrame(
        {
            "doc_id": pd.Series(names, dtype="str"),
            "date": pd.to_datetime(dates.where(dates != "", None), format="ISO8601"),
            "date_precision": precision.astype("str").to_numpy(),
            "duplicate_of": pd.Series(["" if c < 0 else names[c] for c in copy_of], dtype="str"),
        }
    )
    n_units = np.diff(starts).astype(np.int64)
    items = pd.DataFrame({"item": pd.Series(phrases, dtype="str")})
    return Scores(sparse.csr_array(matrix), names, items, n_units, "word"), documents


def label(dates, period):
    """Dates as the benchmark writes periods; "" where there is none."""
    width = {"M": "M", "Q": "Q", "Y": "Y"}[period]
    values = pd.Series(pd.to_datetime(dates))
    return ["" if pd.isna(d) else str(pd.Period(d, freq=width)) for d in values]


def answer(trends, n_periods, period):
    """Our tables in the columns of the benchmark."""
    table = trends.table
    evidence = trends.evidence.set_index("item").reindex(table["item"])
    p = evidence["p_value"].fillna(1.0).to_numpy()
    cls = table["shape"].map(SHAPES).fillna("flat")
    direction = [FAMILIES.get(c, d) or "flat" for c, d in zip(cls, table["direction"], strict=True)]
    span = max(n_periods - 1, 1)
    slope, error = evidence["span_effect"].to_numpy(), evidence["span_error"].to_numpy()
    found = table["detected"].to_numpy()
    # A steady rise or fall has no moment, though the table says where most of it lies.
    moment = ~table["shape"].isin(["rising", "falling"])
    dates = {
        name: label(table["onset" + end].fillna(table["end" + end]).where(moment), period)
        for name, end in (("onset", ""), ("onset_lo", "_low"), ("onset_hi", "_high"))
    }
    return pd.DataFrame(
        {
            "phrase": table["item"],
            "flag": found,
            "direction": direction,
            "cls": np.where(found, cls, "flat"),
            "score": evidence["surprise"].fillna(0.0).to_numpy(),
            "p": p,
            "q": table["q_value"].fillna(1.0),
            **dates,
            "slope": slope / span,
            "ci_low": (slope - 1.96 * error) / span,
            "ci_high": (slope + 1.96 * error) / span,
        }
    )


def judge(scores, documents, period, **options):
    trends = fit_trends(scores, documents, freq=period, seed=1, **options)
    dated = documents.loc[documents["duplicate_of"] == ""]
    fine = dated["date_precision"].isin(["day", "month"] + (["year"] if period == "Y" else []))
    ordinals = pd.PeriodIndex(dated.loc[fine, "date"], freq=period)
    return answer(trends, (ordinals.max() - ordinals.min()).n + 1, period)


def method(docs, phrases, period):
    scores, documents = prepare(docs, phrases)
    return judge(scores, documents, period)


def emerging(docs, phrases, period):
    """Look only for what began in the last six periods."""
    scores, documents = prepare(docs, phrases)
    return judge(scores, documents, period, emerging=6)


def main():
    if len(sys.argv) < 2:
        print("The benchmark is not part of the project; give its folder: see the first lines.")
        return
    home, root = Path(sys.argv[1]).resolve(), Path(__file__).resolve().parents[1]
    asked = ["--methods", "a,b,h", "--method", "benchmarks.planted:method", *sys.argv[2:]]
    given = os.environ.get("PYTHONPATH", "")
    places = os.pathsep.join(filter(None, [str(home), given, str(root)]))
    runner = [sys.executable, home / "run.py", *asked]
    subprocess.run(runner, check=True, env={**os.environ, "PYTHONPATH": places})


if __name__ == "__main__":
    main()
