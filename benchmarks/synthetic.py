"""Larger corpora out of the sample: as many types as growing text really has.

Every copy of a message shuffles its sentences (the date is kept), replaces one word in ten by a
draw from all words of the sample and 15 in 10,000 by forms that hardly any other place has.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import watchwords as ww

REPLACED = 0.10
NOVEL = 0.0015
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def grow(docs, times, *, seed=0):
    """Give `times` altered copies of the documents, one after the other."""
    rng = np.random.default_rng(seed)
    sentences = [SENTENCE_END.split(text) for text in docs["text"]]
    words = [[np.array(sentence.split(), object) for sentence in text] for text in sentences]
    pool = np.concatenate([sentence for text in words for sentence in text])
    for copy in range(times):
        texts = [alter(text, pool, rng=rng, copy=copy) for text in words]
        names = docs["doc_id"] + f"-{copy}"
        yield docs.assign(text=pd.Series(texts, docs.index, dtype="str"), doc_id=names)


def alter(text, pool, *, rng, copy):
    """Shuffle sentences, replace words."""
    order = rng.permutation(len(text))
    words = np.concatenate([text[at] for at in order])
    chance = rng.random(len(words))
    swapped = np.flatnonzero(chance < REPLACED)
    words[swapped] = pool[rng.integers(0, len(pool), len(swapped))]
    for at in np.flatnonzero(chance > 1 - NOVEL):
        # Such a form comes back elsewhere now and then, as a new name does.
        words[at] = f"nov{'abcdefghij'[copy % 10]}{rng.integers(0, 200_000 * (copy + 1)):x}"
    return " ".join(words)


def grown_file(folder, times):
    """Make the enlarged corpus once, a copy a row group; the sample as it is for 1."""
    path = Path(folder) / f"grown-{times}.parquet"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    docs = ww.read_sample().reset_index(drop=True)
    copies = grow(docs, times) if times > 1 else [docs]
    writing = path.with_suffix(".new")
    writer = None
    for copy in copies:
        table = pa.Table.from_pandas(copy, preserve_index=False)
        writer = writer or pq.ParquetWriter(writing, table.schema)
        writer.write_table(table)
    writer.close()
    writing.replace(path)
    return path
