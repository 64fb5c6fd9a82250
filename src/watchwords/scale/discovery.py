"""Terms discovered in a corpus in partitions: the same as in memory."""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from watchwords.errors import WatchwordsError
from watchwords.scale.count import MAX_WORDS, count_partitions
from watchwords.scale.counts import Counts
from watchwords.scale.partitions import Partition, Where, resolve_partitions
from watchwords.scale.scoring import score_sequences
from watchwords.scores import Scores
from watchwords.terms.count import judge_types, list_candidates
from watchwords.terms.stop_words import read_stop_words
from watchwords.tokens import Sequences
from watchwords.tokens.flow import check_whole


def discover_partitions(
    partitions: Where | Sequence[Where | Partition],
    *,
    max_words: int = 3,
    min_docs: int = 3,
    min_count: int = 5,
    executor: Executor | None = None,
    scratch: Where | None = None,
    progress: bool = False,
) -> Scores:
    """Count every English term in every document of a corpus in partitions.

    What `count_terms` gives for the same documents, bit for bit, on any executor; the matrix has
    to fit into memory, the texts need not. Chinese terms are found in memory only.

    Parameters
    ----------
    partitions : path or sequence of paths or Partition
        As for `score_partitions`.
    max_words : int, default 3
        Longest term, 1 to 7 words.
    min_docs, min_count : int, default 3 and 5
        As for `count_terms`.
    executor, scratch, progress
        As for `count_partitions`.

    Returns
    -------
    Scores
        One row per document, sorted by doc_id.

    Raises
    ------
    WatchwordsError
        As for `count_partitions`, or if `max_words` is 8 or more, or the partitions are Chinese.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> from watchwords.scale import write_partitions
    >>> text = "The cold war. A cold war, no war."
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "lang": "en", "text": text})
    >>> with TemporaryDirectory() as folder:
    ...     discover_partitions(write_partitions(documents, folder)).items["item"].tolist()
    ['cold', 'cold war', 'war']
    """
    check_whole(max_words=max_words)
    if max_words >= MAX_WORDS:
        raise WatchwordsError(f"`max_words` is {max_words}; it must be 1 to {MAX_WORDS - 1}.")
    parts = resolve_partitions(partitions)
    if parts[0].lang != "en":
        raise WatchwordsError(
            "Chinese terms are found in memory only; use count_terms with lang='zh', and "
            "score_partitions to count what it found in a larger corpus."
        )
    stops = read_stop_words()
    # One word longer than the longest term: it tells which terms are cut off.
    counts = count_partitions(
        parts,
        max_words=max_words + 1,
        min_docs=min_docs,
        min_count=min_count,
        stop_words=stops,
        executor=executor,
        scratch=scratch,
        progress=progress,
    )
    _, items = list_candidates(_judge_edges(counts, stops), counts.vocabulary, stop_words=stops)
    items = items.drop(columns="n_all")
    if items.empty:
        raise WatchwordsError("no term is in so many documents; lower `min_docs` or `min_count`.")
    words = {item: item.split(" ") for item in items["item"].tolist()}
    scores = score_sequences(parts, words, executor=executor, scratch=scratch, progress=progress)
    return Scores(scores.matrix, scores.doc_ids, items, scores.n_units, scores.unit)


def _judge_edges(counts: Counts, stops: frozenset[str]) -> Sequences:
    """Keep the sequences that begin and end as terms do."""
    edges, heads, _ = judge_types(counts.vocabulary, stops)
    last = counts.words[np.arange(len(counts.words)), counts.n_words.astype(np.int64) - 1]
    kept = heads[counts.words[:, 0]] & edges[last]
    n = counts.totals()["n"].to_numpy()[kept]
    none = np.empty(0, np.int32)
    return Sequences(
        words=counts.words[kept],
        n_words=counts.n_words[kept],
        offsets=np.arange(len(n) + 1, dtype=np.int64),
        doc=none,
        n=n,
        longest=none,
        place_offsets=np.zeros(1, np.int64),
    )
