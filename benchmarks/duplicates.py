"""Copies among 2,000, 20,000 and 200,000 generated documents: found, wrongly found, time, memory.

    python benchmarks/duplicates.py [N ...]

A tenth of the documents are copies of earlier ones (as they are; with a byline, a dateline and
slips of the pen; cut; with a paragraph added). Another tenth are traps that must not be collapsed:
monthly notes of one mould, daily notices, meetings that study one speech, the same text by other
issuers. Every size runs in a process of its own; memory is what is needed beyond the table.
"""

import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from watchwords.clean.boilerplate import find_boilerplate
from watchwords.clean.duplicates import find_copies
from watchwords.schema import TABLES

SIZES = (2_000, 20_000, 200_000)
WORDS = 300
COPY_SHARE = TRAP_SHARE = 0.1
SEED = 20261121


class Writer:
    """Texts of a made-up language whose words are as unequal as those of a real one."""

    def __init__(self, random):
        vowels = ("a", "e", "i", "o", "u", "ai", "ou", "an", "en", "on")
        parts = np.array([head + vowel for head in "bdfgklmnprstvz" for vowel in vowels])
        self.random = random
        self.words = np.array(["".join(random.choice(parts, 3)) for _ in range(20_000)])
        weights = 1 / np.arange(1, 20_001)
        self.sums = np.cumsum(weights / weights.sum())

    def sentences(self, n_words):
        words = self.words[np.searchsorted(self.sums, self.random.random(n_words))]
        cuts = range(0, n_words, 20)
        return [" ".join(words[at : at + 20]).capitalize() + "." for at in cuts]

    def text(self, n_words=WORDS):
        found = self.sentences(n_words)
        return "\n".join(" ".join(found[at : at + 4]) for at in range(0, len(found), 4))


def copy(writer, text, kind):
    random = writer.random
    if kind == "edited":
        words = text.split(" ")
        for at in random.choice(len(words), 2, replace=False):
            words[at] = str(random.choice(writer.words))
        return f"By Staff Reporter\nTINGHE, May 3 (Agency) -- {' '.join(words)}\nEditor: Wen"
    if kind == "cut":
        return text[: int(len(text) * 0.9)]
    if kind == "added":
        return text + "\n" + " ".join(writer.sentences(30))
    return text


def trap(writer, kind, *, number, shared):
    if kind == "note":
        figures = writer.random.integers(100, 999, 6)
        return f"{shared}\nIt was {', '.join(map(str, figures))} in all."
    if kind == "notice":
        return f"Notice of {1 + number % 28} May {2000 + number // 28}\n{shared}"
    frame = " ".join(writer.sentences(40))
    return f"{frame}\n{shared}" if kind == "meeting" else shared


def generate(n):
    random = np.random.default_rng(SEED)
    writer = Writer(random)
    kinds = random.choice(["own", "copy", "trap"], n, p=[0.8, COPY_SHARE, TRAP_SHARE])
    kinds[:50] = "own"
    rows, truth = [], []
    moulds = {}
    for at, kind in enumerate(kinds.tolist()):
        row = {"source": f"paper {at % 40}", "issuer": "", "day": at % 3000}
        if kind == "own":
            truth.append("")
            text = writer.text()
        elif kind == "copy":
            own = int(random.integers(0, at))
            while truth[own] or rows[own].get("trap"):
                own = int(random.integers(0, at))
            how = str(random.choice(["exact", "edited", "cut", "added"]))
            row["day"] = rows[own]["day"] + int(random.integers(0, 6))
            row["how"] = how
            text = copy(writer, rows[own]["text"], how)
            truth.append(str(own))
        else:
            how = ("note", "notice", "meeting", "issuer")[at % 4]
            mould = moulds.setdefault(
                (how, int(random.integers(0, max(1, n // 2000)))), writer.text()
            )
            row |= {"trap": True, "how": how, "source": "bulletin", "day": at % 7}
            row["issuer"] = f"Issuer {at}" if how == "issuer" else ""
            text = trap(writer, how, number=at, shared=mould)
            truth.append("")
        rows.append(row | {"text": text})
    table = pd.DataFrame(rows)
    table["doc_id"] = [f"d{at:07}" for at in range(n)]
    day = np.datetime64("2010-01-01") + table.pop("day").to_numpy()
    table["date"] = day.astype("datetime64[s]")
    table["lang"] = "en"
    for column, kind in TABLES["documents"].columns.items():
        if column not in table and kind == "text":
            table[column] = pd.Series("", table.index, dtype="str")
    return table, np.array(truth)


def measure(n):
    documents, truth = generate(n)
    documents[["how"]] = documents[["how"]].fillna("")
    # The compiled functions are loaded from their cache before the clock starts.
    find_copies(documents.head(50))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, cpu = time.perf_counter(), time.process_time()
    copies = find_copies(documents)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    find_boilerplate(documents, documents["text"].tolist())
    boilerplate = time.process_time() - start
    collapsed = copies[copies["collapsed"]].set_index("doc_id")["copy_of"]
    planted = truth != ""
    # Copies of one text may point to any print of it: what matters is that one is counted.
    owner = pd.Series(np.where(planted, truth, np.arange(n).astype(str)), documents["doc_id"])
    right = owner[collapsed.index].to_numpy() == owner[collapsed].to_numpy()
    found = documents["doc_id"].isin(collapsed.index[right]).to_numpy()
    one_kept = planted.sum()
    by_kind = {
        how: round(float(found[planted & (documents["how"] == how)].mean()), 4)
        for how in ("exact", "edited", "cut", "added")
    }
    return {
        "documents": n,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "boilerplate_cpu_seconds": round(boilerplate, 1),
        "megabytes_beyond_table": round((peak - before) / 1024),
        "recall": round(float(right.sum() / one_kept), 4),
        "precision": round(float(right.mean()), 4),
        "recall_by_kind": by_kind,
        "to_review": int((~copies["collapsed"]).sum()),
    }


def main():
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    for n in [int(arg) for arg in sys.argv[1:]] or SIZES:
        command = [sys.executable, __file__, "--one", str(n)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
