"""Larger corpora out of the sample: as many types as growing text really has.

Every copy of a message shuffles its sentences (the date is kept), replaces one word in ten by a
draw from all words of the sample and 15 in 10,000 by forms that no other place has.
"""

import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import watchwords as ww

REPLACED = 0.10
NOVEL = 0.0015
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def grow(docs, times, *, seed=0):
    """Return `times` altered copies of the documents."""
    rng = np.random.default_rng(seed)
    sentences = [SENTENCE_END.split(text) for text in docs["text"]]
    words = [[np.array(sentence.split(), object) for sentence in text] for text in sentences]
    pool = np.concatenate([sentence for text in words for sentence in text])
    frames = []
    for copy in range(times):
        texts = [alter(text, pool, rng=rng, copy=copy) for text in words]
        names = docs["doc_id"] + f"-{copy}"
        frames.append(docs.assign(text=pd.Series(texts, docs.index, dtype="str"), doc_id=names))
    return pd.concat(frames, ignore_index=True)


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


def read_grown(folder, times):
    """Read the enlarged corpus from a folder, where it is made once."""
    path = Path(folder) / f"grown-{times}.parquet"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        grow(ww.read_sample(), times).to_parquet(path)
    docs = pd.read_parquet(path)
    docs["date"] = docs["date"].astype("datetime64[s]")
    return docs


if __name__ == "__main__":
    enlarged = read_grown(sys.argv[1], int(sys.argv[2]))
    print(f"{len(enlarged):,} documents, {enlarged['text'].str.len().sum():,} characters")
