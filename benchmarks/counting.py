"""How fast sequences of words are counted, beside scikit-learn, DuckDB, Polars and a Counter.

    python benchmarks/counting.py [FOLDER] [--times 1]    (1: the sample; 10 or 100: enlarged)
    python benchmarks/counting.py [FOLDER] --times 1 10   (and how the time grows between them)

One job for all on the same texts: every sequence of one to three words, by year, none dropped;
only the end of a document divides. The texts are the sample's with the words as we take them
(possessives dropped, hyphens split, capitals kept) and one mark, "; ", for whatever punctuation a
sequence would not cross by our rule: any tool can find the same words in them by lowering the
case, taking the mark away and splitting at blanks. What the others find is compared with ours
(sequences, counts, totals, squares, a sum of hashes). That spares the others the work of finding
words, so each of them is run on the texts as they are, too, with the plainest pattern of a word
there is, beside ours with all its rules; there the counts differ as the rules of words do.
Further rows of ours: the same within clauses, as we count by default; and the matrix of documents
by terms with every offset and sentence kept.

Each method runs in a process of its own, on the same files, in turns; the best round counts.
"in process" is CPU time of the job itself: texts in memory, imports done, compiled code loaded.
"whole" is CPU time of the process with imports, compiled code and reading the file. "peak" is its
largest memory, texts included. One thread each. `wc -w` reads the plain texts.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import counting_peers
import numpy as np
import pandas as pd
from counting_bars import OURS, PRINTED, WC, judge

from watchwords.tokens import append_documents, count_by_group, tokenize, warm
from watchwords.tokens.english import split_hyphens

ROUNDS = {1: 7, 10: 3, 100: 1}
MOST_GROWTH = 1.1


def grown_file(folder, times):
    return Path(folder) / f"grown-{times}.parquet"


def words_file(folder, times):
    return Path(folder) / f"words-{times}.parquet"


def plain_file(folder, times):
    return Path(folder) / f"plain-{times}.txt"


def prepare(folder, times):
    """Write the texts for all, and the texts as they are in a plain file."""
    import synthetic

    source = synthetic.grown_file(folder, times)
    if not plain_file(folder, times).exists():
        with plain_file(folder, times).open("w", encoding="utf-8") as file:
            for texts, _ in stream(source):
                file.writelines(f"{text}\n" for text in texts)
    if times < 100 and not words_file(folder, times).exists():
        docs = read(source)
        tokens = tokenize(docs)
        rows = pairwise(tokens.doc_offsets.tolist())
        texts = [rewrite(tokens, text, span) for text, span in zip(docs["text"], rows, strict=True)]
        table = pd.DataFrame({"text": texts, "year": docs["date"].dt.year})
        table.to_parquet(words_file(folder, times))


def rewrite(tokens, text, span):
    """Write a text with one mark, and with words that lowering the case makes ours."""
    first, end = span
    places = zip(tokens.starts[first:end].tolist(), tokens.ends[first:end].tolist(), strict=True)
    forms = tokens.vocabulary[tokens.ids[first:end]]
    pieces = []
    marks = np.where(tokens.breaks[first:end], "; ", " ").tolist()
    for form, (begin, stop), mark in zip(forms, places, marks, strict=True):
        printed = text[begin:stop]
        same = printed.lower() == form and "-" not in form
        pieces += [mark, printed if same else " ".join(split_hyphens(form))]
    return "".join(pieces[1:])


def read(source):
    docs = pd.read_parquet(source)
    docs["date"] = docs["date"].astype("datetime64[s]")
    return docs


def stream(source):
    """Give texts and years of one row group after the other."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(source)
    for group in range(file.num_row_groups):
        table = file.read_row_group(group, columns=["text", "date"])
        years = table.column("date").to_numpy().astype("datetime64[Y]").astype(int) + 1970
        yield table.column("text").to_pylist(), years


def peer_job(name, folder, times, *, printed=False):
    if printed:
        docs = read(grown_file(folder, times))
        texts, years = docs["text"].tolist(), docs["date"].dt.year.to_numpy()
    else:
        table = pd.read_parquet(words_file(folder, times))
        texts, years = table["text"].tolist(), table["year"].to_numpy()
    return counting_peers.PEERS[name](texts, years, printed=printed)


def same_job(folder, times):
    table = pd.read_parquet(words_file(folder, times))
    years = table["year"].to_numpy()
    return lambda: count_by_group(table["text"], years, across_breaks=True), flat


def year_job(folder, times, **options):
    docs = read(grown_file(folder, times))
    years = docs["date"].dt.year.to_numpy()
    return lambda: count_by_group(docs["text"], years, **options), flat


def flat(counts):
    item = np.repeat(counts.items(), np.diff(counts.offsets))
    return item, counts.groups[counts.cell], counts.n


def terms_job(folder, times):
    from watchwords.terms import count_terms

    docs = read(grown_file(folder, times))
    parts = {}

    def job():
        began = time.process_time()
        tokens = tokenize(docs)
        parts["tokens"] = time.process_time() - began
        scores = count_terms(tokens)
        parts["first count"] = time.process_time() - began - parts["tokens"]
        return tokens, scores

    def check(result):
        tokens, _ = result
        for name, options in {
            "again, 1-2 words": {"max_words": 2, "min_docs": 5},
            "again, free-standing": {"free_standing": True},
        }.items():
            began = time.process_time()
            count_terms(tokens, **options)
            parts[name] = time.process_time() - began
        return parts

    return job, check


def append_job(folder, times):
    docs = read(grown_file(folder, times))
    tokens = Path(folder) / f"tokens-{times}"
    n_new = max(len(docs) // 100, 1)
    began = time.process_time()
    tokenize(docs.iloc[:-n_new]).save(tokens)
    full = time.process_time() - began

    def check(_):
        one = docs.iloc[:1].assign(doc_id="one more", text="One more.")
        began = time.process_time()
        append_documents(tokens, one)
        fixed = time.process_time() - began
        shutil.rmtree(tokens)
        return {"all others, saved": full, "one document": fixed}

    return lambda: append_documents(tokens, docs.iloc[-n_new:]), check


def files_job(folder, times):
    source, out = grown_file(folder, times), Path(folder) / f"counts-{times}"
    years = np.concatenate([years for _, years in stream(source)])

    def job():
        texts = (text for texts, _ in stream(source) for text in texts)
        return count_by_group(texts, years, across_breaks=True, folder=out)

    def check(counts):
        found = {"sequences": len(counts.n_words), "counts": len(counts.n)}
        found["total"] = int(counts.n.sum(dtype=np.int64))
        shutil.rmtree(out)
        return found

    return job, check


JOBS = {
    OURS: same_job,
    OURS + PRINTED: lambda *at: year_job(*at, across_breaks=True),
    "by year, within clauses": year_job,
    "documents x terms": terms_job,
    "append 1 %": append_job,
    "by year, to files": files_job,
}
PEERS = {name: lambda *at, name=name: peer_job(name, *at) for name in counting_peers.PEERS} | {
    name + PRINTED: lambda *at, name=name: peer_job(name, *at, printed=True)
    for name in counting_peers.PEERS
}


def run_one(method, folder, times, *, checked):
    """Run one method here; print what it took and what it found."""
    if method in JOBS:
        warm()
    job, check = (JOBS | PEERS)[method](folder, times)
    began = time.process_time()
    result = job()
    seconds = time.process_time() - began
    whole = time.process_time()
    peak = read_peak()
    found = check(result) if checked else {}
    if isinstance(found, tuple):
        found = summarize(*found)
    print(json.dumps({"seconds": seconds, "whole": whole, "peak": peak, "found": found}))


def read_peak():
    """Largest memory of this process in MiB; the figure of `getrusage` has the parent's in it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def summarize(item, year, n):
    """Numbers that two equal results share, in whatever order they are."""
    n = n.astype(np.int64)
    hashes = pd.util.hash_array(np.asarray(item, object), categorize=False)
    both = hashes ^ (np.asarray(year).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    with np.errstate(over="ignore"):
        mixed = int((both * n.astype(np.uint64)).sum(dtype=np.uint64))
    return {
        "sequences": len(np.unique(hashes)),
        "counts": len(n),
        "total": int(n.sum()),
        "squares": int((n * n).sum()),
        "hashes": mixed,
    }


def measure(method, folder, times, *, checked):
    if method == WC:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            ["wc", "-w", plain_file(folder, times)], stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"seconds": seconds, "whole": seconds, "peak": 0, "found": {}}
    command = [sys.executable, __file__, str(folder), "--times", str(times), "--one", method]
    # What a peer found is looked at once; it takes longer than finding it.
    command += ["--checked"] if checked or method in JOBS else []
    one_thread = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(command, env=os.environ | one_thread, stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def best(rounds):
    lowest = {key: min(run[key] for run in rounds) for key in ("seconds", "whole", "peak")}
    found = rounds[0]["found"]
    if all(isinstance(value, float) for value in found.values()):
        found = {part: min(run["found"][part] for run in rounds) for part in found}
    return lowest | {"found": found}


def show(results, times):
    ours, words = results[OURS if OURS in results else "by year, to files"], results[WC]
    heads = f"{'in process':>11} {'x ours':>7} {'x wc':>6} {'whole':>8} {'x ours':>7} {'peak':>9}"
    print(f"{'':26} {heads}")
    for method, result in results.items():
        cells = (
            f"{result['seconds']:9.2f} s",
            f"{result['seconds'] / ours['seconds']:7.2f}",
            f"{result['seconds'] / words['seconds']:6.2f}",
            f"{result['whole']:6.2f} s",
            f"{result['whole'] / ours['whole']:7.2f}",
            f"{result['peak']:5.0f} MiB",
        )
        print(f"{method:26} {' '.join(cells)}")
    for method, result in results.items():
        if method in counting_peers.PEERS:
            print(f"{method}: {'same' if result['found'] == ours['found'] else 'NOT THE SAME'}")
        elif method in PEERS or method == OURS + PRINTED:
            print(f"{method}: {result['found']['total']:,} occurrences")
    for method in (OURS, "by year, to files", "documents x terms", "append 1 %"):
        if method in results:
            print(f"{method}: {results[method]['found']}")
    for name, figure, bar, holds in judge(results, times):
        print(f"{'met   ' if holds else 'MISSED'} {name}: {figure:.3g} (bar: {bar})")


def judge_growth(measured, folder):
    """Say how time grows with the text from each size to the next: the exponents."""
    for less, more in pairwise(sorted(measured)):
        sizes = [plain_file(folder, times).stat().st_size for times in (less, more)]
        for name in JOBS:
            if name in measured[less] and name in measured[more]:
                seconds = [measured[times][name]["seconds"] for times in (less, more)]
                exponent = np.log(seconds[1] / seconds[0]) / np.log(sizes[1] / sizes[0])
                verdict = "met   " if exponent <= MOST_GROWTH else "MISSED"
                print(
                    f"{verdict} {name}, {less} to {more}: time grows as text to the power "
                    f"{exponent:.2f} (bar: at most {MOST_GROWTH})"
                )


def run_all(folder, times, options):
    """Measure all methods at one size, in turns, and show it."""
    prepare(folder, times)
    methods = [WC, "by year, to files"]
    if times < 100:
        small = len(options.times) == 1
        methods = [name for name in JOBS | PEERS if not small or name != "by year, to files"]
        methods.insert(0, WC)
    methods = options.only or methods
    rounds = [
        {method: measure(method, folder, times, checked=turn == 0) for method in methods}
        for turn in range(options.rounds or ROUNDS.get(times, 1))
    ]
    results = {method: best([turn[method] for turn in rounds]) for method in methods}
    show(results, times)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(tempfile.gettempdir()) / "watchwords-benchmarks"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--times", type=int, nargs="+", default=[1])
    parser.add_argument("--one")
    parser.add_argument("--checked", action="store_true")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    if options.one:
        run_one(options.one, options.folder, options.times[0], checked=options.checked)
        return
    measured = {}
    for times in options.times:
        print(f"{times} x the sample")
        measured[times] = run_all(options.folder, times, options)
    judge_growth(measured, options.folder)


if __name__ == "__main__":
    main()
