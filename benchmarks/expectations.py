"""How often real corpora show what a reader of the field expects, and leave common words alone.

The list in tests/data/expectations.csv was written down before the corpora were looked at: an
item, "up", "down", "burst" or "flat", and the years between which it should begin (since) and end
(until).

    python benchmarks/expectations.py           the State of the Union, which comes with the sample
    python benchmarks/expectations.py FOLDER    and the corpora kept there, as Parquet files with
                                                the columns id, date, title, source, lang and text
    --all                                       every expectation with what was found
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

import watchwords as ww
from watchwords.schema import TABLES
from watchwords.scores import Scores, join_scores

LIST = Path(__file__).parents[1] / "tests" / "data" / "expectations.csv"
SAMPLE = "state-of-the-union"
YEARS = 1
SEED = 1


def read_corpus(path):
    """The documents table of one of the corpora."""
    if path.stem == SAMPLE:
        sample = ww.clean_documents(ww.read_sample())
        return sample[sample["is_sotu"]].reset_index(drop=True)
    table = pd.read_parquet(path)
    documents = pd.DataFrame({"doc_id": table["id"].astype("str")})
    dates = table["date"].fillna("").astype("str")
    documents["date"] = pd.to_datetime(
        dates.str.slice(0, 10).where(dates != ""), format="ISO8601"
    ).astype("datetime64[s]")
    precision = dates.str.len().map({4: "year", 7: "month"}).fillna("day")
    documents["date_precision"] = precision.where(dates != "", "none").astype("str")
    for column in ("title", "source", "lang", "text"):
        documents[column] = table[column].fillna("").astype("str")
    for column in TABLES["documents"].columns:
        if column not in documents:
            documents[column] = pd.Series("", index=documents.index, dtype="str")
    return ww.clean_documents(documents)


def count_listed(tokens, items, lang):
    """Count the listed items that the screen of all terms does not have."""
    counted = []
    rows = {doc_id: row for row, doc_id in enumerate(tokens.documents["doc_id"])}
    kept = (tokens.documents["lang"] == lang) & (tokens.documents["duplicate_of"] == "")
    for item in items:
        hits = ww.find_term(tokens, item, lang=lang)
        counted.append(np.bincount([rows[d] for d in hits["doc_id"]], minlength=len(rows)))
    matrix = sparse.csr_array(np.array(counted, np.int32).T[kept.to_numpy()])
    table = pd.DataFrame(
        {
            "item": pd.Series(items, dtype="str"),
            "lang": lang,
            "kind": "term",
            "n_words": [len(item.split()) if lang == "en" else len(item) for item in items],
        }
    ).astype({"lang": "str", "kind": "str"})
    units = tokens.n_units()[kept.to_numpy()]
    names = tokens.documents.loc[kept, "doc_id"].to_numpy(object)
    return Scores(matrix, names, table, units, "word" if lang == "en" else "character")


def judge(expected, found):
    """Whether direction and time came out as expected; time is None where none was named.

    Of a burst either side may have been found: that it began, or that it ended. A burst found
    where a rise was expected is right if it begins in time.
    """
    claimed = bool(found["claimed"])
    if expected["direction"] == "flat":
        return not claimed, None
    since = within(found["onset"], expected["since_low"], expected["since_high"])
    until = within(found["end"], expected["until_low"], expected["until_high"])
    direction = found["direction"] if claimed else ""
    burst = claimed and found["shape"] == "burst"
    if expected["direction"] == "up":
        right = direction == "up" or (burst and since)
        return right, (right and since) if expected["since_low"] else None
    if expected["direction"] == "down":
        right = direction == "down" or (burst and until)
        return right, (right and until) if expected["until_low"] else None
    right = burst or (direction == "up" and since) or (direction == "down" and until)
    return right, right and (since or pd.isna(found["onset"])) and (until or pd.isna(found["end"]))


def within(day, low, high):
    """Whether a date lies between two years, give or take one."""
    return bool(pd.notna(day) and low and int(low) - YEARS <= day.year <= int(high) + YEARS)


def measure(corpus, expected, folder):
    """One row for each expectation of a corpus."""
    documents = read_corpus(folder / f"{corpus}.parquet")
    lang = expected["lang"].iloc[0]
    tokens = ww.tokenize(documents)
    scores = count_listed(tokens, expected["item"].tolist(), lang)
    if lang == "en":
        screen = ww.hide_nested(ww.count_terms(tokens, max_words=3, min_docs=5))
        others = screen.items["item"][~screen.items["item"].isin(expected["item"])]
        scores = join_scores(scores, screen.select(others.tolist()))
    trends = ww.fit_trends(scores, documents, freq="Y", seed=SEED).table.set_index("item")
    rows = []
    for row in expected.to_dict("records"):
        found = trends.loc[row["item"]]
        right, on_time = judge(row, found)
        rows.append(
            {
                **row,
                "right": right,
                "on_time": on_time,
                **{
                    name: found[name]
                    for name in ("n_docs", "claimed", "direction", "shape", "q_value")
                },
                "found": found["direction"],
                "onset": found["onset"],
                "end": found["end"],
                "effect": found["effect"],
                "effect_low": found["effect_low"],
                "expected": row["direction"],
            }
        )
    return pd.DataFrame(rows)


def main():
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    folder = folders[0] if folders else Path()
    expectations = pd.read_csv(LIST, dtype="str", keep_default_na=False)
    if not folders:
        expectations = expectations[expectations["corpus"] == SAMPLE]
    tables = [
        measure(corpus, own, folder) for corpus, own in expectations.groupby("corpus", sort=True)
    ]
    table = pd.concat(tables, ignore_index=True)
    for name, own in [*table.groupby("corpus"), ("all", table)]:
        changes = own[own["expected"] != "flat"]
        timed = changes[changes["on_time"].notna()]
        left = own[own["expected"] == "flat"]
        print(
            f"{name:15s} right direction {changes['right'].mean():.0%} of {len(changes)}, "
            f"right time {timed['on_time'].mean():.0%} of {len(timed)}, "
            f"left alone {left['right'].mean():.0%} of {len(left)}"
        )
    if "--all" in sys.argv:
        shown = ["corpus", "item", "expected", "since_low", "until_low", "right", "on_time"]
        more = ["n_docs", "claimed", "found", "shape", "onset", "end", "effect", "effect_low"]
        print(table[[*shown, *more]].to_string())


if __name__ == "__main__":
    main()
