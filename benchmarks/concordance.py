"""How long a reader waits for 50 lines of a concordance, on 2 and on 200 million words.

The small corpus is the State of the Union as it is; the large one repeats it a hundred times on the
level of the arrays, so that no text has to be tokenised. Tokens are in hand and the kernels loaded
before the clock starts; wall and CPU milliseconds, median of several calls. Beside it a line of
what people write: a regular expression over the texts, and NLTK's way of one index of positions.
"""

import argparse
import re
import resource
import time
from dataclasses import fields, replace
from statistics import median

import numpy as np
import pandas as pd

import watchwords as ww

QUERIES = ("interstate commerce", "war on terror* | weapons of mass destruction", "the", "* powers")


def measure(work, times):
    """Median wall and CPU milliseconds of a call, and what it returned last."""
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return 1e3 * median(walls), 1e3 * median(cpus), result


def repeat(tokens, times):
    """Lay a corpus out many times over, one copy behind the other."""
    tables = ("documents", "vocabulary", "parts", "part_offsets")
    arrays = {}
    for field in fields(tokens):
        array = getattr(tokens, field.name)
        if field.name.endswith("offsets") and field.name not in tables:
            step = array[-1] - array[0]
            copies = [array[:-1] + step * copy for copy in range(times)]
            arrays[field.name] = np.concatenate([*copies, [array[-1] + step * (times - 1)]])
        elif field.name not in tables and isinstance(array, np.ndarray):
            arrays[field.name] = np.tile(array, (times,) + (1,) * (array.ndim - 1))
    documents = pd.concat([tokens.documents] * times, ignore_index=True)
    number = np.repeat(np.arange(times), len(tokens.documents)).astype(str)
    documents["doc_id"] = documents["doc_id"] + "-" + pd.Series(number, dtype="str")
    return replace(tokens, documents=documents, **arrays)


def report(tokens, times):
    bar = 30 if len(tokens.ids) < 10_000_000 else 1000
    words, docs = len(tokens.ids), len(tokens.documents)
    print(f"{words:,} words in {docs:,} documents (bar: at most {bar:,} ms wall a query)")
    for query in QUERIES:
        wall, cpu, lines = measure(lambda query=query: ww.concordance(tokens, query), times)
        verdict = "met   " if wall <= bar else "MISSED"
        print(
            f"{verdict} {query:<46} {lines.n_total:>12,} hits {wall:8.1f} ms wall {cpu:8.1f} ms CPU"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  peak memory so far {peak:.1f} GiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="copies in the large corpus")
    times = parser.parse_args().times
    docs = ww.clean_documents(ww.read_sample())
    tokens = ww.tokenize(docs)
    ww.concordance(tokens, "war | peace*", sort="left")  # loads the kernels
    report(tokens, 11)
    pattern = re.compile(r"\binterstate\s+commerce\b", re.IGNORECASE)
    wall, cpu, _ = measure(lambda: [list(pattern.finditer(text)) for text in docs["text"]], 3)
    print(f"  a regular expression over the texts {wall:.1f} ms wall, {cpu:.1f} ms CPU")
    report(repeat(tokens, times), 3)


if __name__ == "__main__":
    main()
