"""Sequences of words counted by group, straight from the texts.

Where the matrix of documents by sequences would not fit into memory, nothing of it is made: the
texts become a stream of numbers, and each sequence is counted by period, issuer or whatever the
groups are.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError, nearest
from watchwords.tokens.compiled import TOKENIZED
from watchwords.tokens.flow import Counted, Flow, Limits, check_whole
from watchwords.tokens.group_counts import GroupCounts, save_counts
from watchwords.tokens.loading import load_kernels
from watchwords.tokens.ranges import count_ranges, iterate_ranges
from watchwords.tokens.stream import TextStream, read_stream

Ints = NDArray[np.int64]


def count_by_group(
    texts: Iterable[str],
    groups: Iterable[Any],
    *,
    max_words: int = 3,
    min_count: int = 1,
    across_breaks: bool = False,
    lang: str = "en",
    vocabulary: Collection[str] | None = None,
    max_memory: int | None = None,
    workers: int = 1,
    folder: Path | None = None,
) -> GroupCounts:
    """Count all sequences of one to `max_words` words by group, without a matrix of documents.

    The words are those of `tokenize`, with hyphenated ones split (in Chinese texts characters);
    no sequence crosses punctuation. Nothing is left out: stop words count like any other.

    Parameters
    ----------
    texts : iterable of str
        The documents. An iterator is read a few megabytes at a time, so that the texts need not
        fit into memory; what stays is four bytes a word.
    groups : iterable
        The group of each text, such as its year: numbers or strings, none missing.
    max_words : int, default 3
        Longest sequence, 1 to 64.
    min_count : int, default 1
        Drop sequences with fewer occurrences in all.
    across_breaks : bool, default False
        Let sequences cross punctuation and the ends of sentences, as most other counters do; the
        end of a document always divides.
    lang : {"en", "zh"}, default "en"
        What the lengths of the groups are measured in: words, or Chinese characters. The texts
        should be in one language.
    vocabulary : collection of str, optional
        Count only sequences of these words; the lengths of the groups count all words.
    max_memory : int, optional
        Bytes for what is being counted at a time, beside the words and the result.
    workers : int, default 1
        Threads; with `folder` one counts.
    folder : Path, optional
        Write the counts there as they come, and map them: for a result that would not fit into
        memory.

    Returns
    -------
    GroupCounts
        The sequences in alphabetical order of their words.

    Raises
    ------
    WatchwordsError
        If there are not as many groups as texts, a group or a text is missing, or a limit is
        no whole number or out of range.

    See Also
    --------
    merge_counts : Counts of parts of a corpus made one.

    Examples
    --------
    >>> counts = count_by_group(["No war.", "War and war"], [1990, 2020], max_words=2)
    >>> counts.table()
          item  group  n
    0      and   2020  1
    1  and war   2020  1
    2       no   1990  1
    3   no war   1990  1
    4      war   1990  1
    5      war   2020  2
    6  war and   2020  1
    """
    check_whole(max_words=max_words, min_count=min_count, max_memory=max_memory, workers=workers)
    if lang not in TOKENIZED:
        raise WatchwordsError(
            f"`lang` is {lang!r}, which has no tokeniser; {nearest(lang, TOKENIZED)}"
        )
    stream = read_stream(texts, across_breaks=across_breaks, lang=lang)
    cells, labels = _code_groups(groups, len(stream.n_units))
    names, flow = _to_flow(stream, cells, min_count=min_count, vocabulary=vocabulary)
    limits = Limits(max_words, 1, min_count, max_memory=max_memory, workers=workers)
    about = GroupCounts(
        vocabulary=stream.vocabulary,
        words=np.empty((0, max_words), np.int32),
        n_words=np.empty(0, np.uint8),
        offsets=np.zeros(1, np.int64),
        cell=np.empty(0, np.int32),
        n=np.empty(0, np.int32),
        groups=labels,
        n_units=np.bincount(cells, stream.n_units, len(labels)).astype(np.int64),
    )
    if folder is not None:
        return save_counts(Path(folder), about, _count_parts(flow, limits, names))
    counted, _ = count_ranges(flow, limits)
    return replace(about, **vars(_rename(counted, names)))


def _count_parts(flow: Flow, limits: Limits, names: NDArray[np.int32]) -> Iterator[Counted]:
    for part in iterate_ranges(flow, limits):
        yield _rename(part, names)
        # Before the next one is counted, which takes as much room.
        del part


def _rename(counted: Counted, names: NDArray[np.int32]) -> Counted:
    """Give words left after the rare ones are gone their places in the whole vocabulary."""
    if len(names) == 0 or names[-1] == len(names) - 1:
        return counted
    return replace(counted, words=np.append(names, np.int32(-1))[counted.words])


def _code_groups(groups: Iterable[Any], n_texts: int) -> tuple[Ints, NDArray[Any]]:
    values = groups if isinstance(groups, pd.Series | np.ndarray) else pd.Series(list(groups))
    cells, labels = pd.factorize(np.asarray(values), sort=True)
    if len(cells) != n_texts or (cells < 0).any():
        raise WatchwordsError(
            f"`groups` has {int((cells >= 0).sum()):,} values that are not missing for "
            f"{n_texts:,} texts; give each text its group."
        )
    return cells.astype(np.int64), np.asarray(labels)


def _to_flow(
    stream: TextStream, cells: Ints, *, min_count: int, vocabulary: Collection[str] | None
) -> tuple[NDArray[np.int32], Flow]:
    """Leave out rare words, which no frequent sequence holds; return the ids of the others."""
    codes, total = stream.codes, stream.total
    frequent = total >= min_count
    if vocabulary is not None:
        known = frozenset(vocabulary)
        frequent &= np.fromiter((word in known for word in stream.vocabulary), bool, len(total))
    names = np.flatnonzero(frequent).astype(np.int32)
    if not frequent.all():
        kept = np.concatenate([[0], np.where(frequent, np.cumsum(frequent), 0)]).astype(np.int32)
        load_kernels("ngram_kernels").relabel(codes, kept)
    offsets = np.concatenate([[0], np.cumsum(stream.n_words)]).astype(np.int64)
    anywhere = np.ones(len(names), bool)
    flow = Flow(codes, offsets, cells.astype(np.int32), total[names], anywhere, anywhere)
    return names, flow
