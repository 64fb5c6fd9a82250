"""Counts of sequences by group: looked at, saved, made one with others."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError
from watchwords.tokens.arrays import lengthen_array, map_array, save_array, set_length
from watchwords.tokens.flow import Counted
from watchwords.tokens.loading import load_kernels

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]


@dataclass(frozen=True, eq=False, repr=False)
class GroupCounts:
    """Occurrences of sequences of words in groups of documents.

    Attributes
    ----------
    vocabulary : ndarray of object (str), shape (n_types,)
        All words, sorted, those of dropped sequences included.
    words : ndarray of int32, shape (n_items, max_words)
        Each sequence as places in `vocabulary`, -1 behind its last word; sorted.
    n_words : ndarray of uint8, shape (n_items,)
        Length of each sequence.
    offsets : ndarray of int64, shape (n_items + 1,)
        Where the cells of each sequence begin.
    cell, n : ndarray of int32, shape (n_cells,)
        Place in `groups`, ascending within a sequence, and occurrences, at least 1.
    groups : ndarray, shape (n_groups,)
        The groups, sorted.
    n_units : ndarray of int64, shape (n_groups,)
        Words of each group, or Chinese characters, all counted: the denominator.
    """

    vocabulary: NDArray[np.object_]
    words: Ints32
    n_words: NDArray[np.uint8]
    offsets: Ints
    cell: Ints32
    n: Ints32
    groups: NDArray[Any]
    n_units: Ints

    def __repr__(self) -> str:
        """Say in one line what is here."""
        return (
            f"GroupCounts: {len(self.n_words):,} sequences in {len(self.groups):,} groups, "
            f"{len(self.n):,} counts, {int(self.n_units.sum()):,} words"
        )

    def items(self, rows: slice | Ints | None = None) -> NDArray[np.object_]:
        """Return sequences as strings; only what is shown is ever made a string.

        Parameters
        ----------
        rows : slice or ndarray of int64, optional
            Which of them; all by default.

        Returns
        -------
        ndarray of object (str)
            Words joined by blanks.
        """
        words = self.words if rows is None else self.words[rows]
        named = np.append(self.vocabulary, "")[words]
        return np.array([" ".join(row).rstrip() for row in named.tolist()], object)

    def table(self, rows: slice | Ints | None = None) -> pd.DataFrame:
        """Lay counts out as a table.

        Parameters
        ----------
        rows : slice or ndarray of int64, optional
            Which sequences; all by default.

        Returns
        -------
        pandas.DataFrame
            ``item`` (str), ``group`` and ``n`` (int64): one row for each sequence and group in
            which it occurs.
        """
        which = np.arange(len(self.n_words))[slice(None) if rows is None else rows]
        sizes = np.diff(self.offsets)[which]
        first = np.cumsum(sizes) - sizes
        cells = np.repeat(self.offsets[which] - first, sizes) + np.arange(sizes.sum())
        item = pd.Series(np.repeat(self.items(which), sizes), dtype="str")
        group = self.groups[self.cell[cells]]
        return pd.DataFrame({"item": item, "group": group, "n": self.n[cells].astype(np.int64)})

    def save(self, folder: Path) -> None:
        """Write the counts; `load_group_counts` maps them back into memory.

        Parameters
        ----------
        folder : Path
            Made if it is not there. Arrays as .npy, no pickle.
        """
        save_counts(Path(folder), self, [self])


_ARRAYS = ("words", "n_words", "offsets", "cell", "n")


def save_counts(
    folder: Path, about: GroupCounts, parts: Iterable[Counted | GroupCounts]
) -> GroupCounts:
    """Write counts as they come, one range of first words after the other.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    about : GroupCounts
        Everything but the counts.
    parts : iterable of Counted or GroupCounts
        The counts, in order.

    Returns
    -------
    GroupCounts
        Mapped from the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "group_counts.json"
    path.unlink(missing_ok=True)
    lengths = dict.fromkeys(_ARRAYS, 0)
    for name in _ARRAYS:
        save_array(folder / f"{name}.npy", getattr(about, name)[:0])
    _write_rows(folder, lengths, {"offsets": np.zeros(1, np.int64)})
    for part in parts:
        rows = {name: getattr(part, name) for name in _ARRAYS}
        rows["offsets"] = part.offsets[1:] + lengths["cell"]
        _write_rows(folder, lengths, rows)
        # Before the next one is asked for, which takes as much room.
        del part, rows
    for name, n_rows in lengths.items():
        set_length(folder / f"{name}.npy", n_rows)
    words = pd.DataFrame({"type": pd.Series(about.vocabulary, dtype="str")})
    words.to_parquet(folder / "vocabulary.parquet")
    groups = pd.DataFrame({"group": about.groups, "n_units": about.n_units})
    groups.to_parquet(folder / "groups.parquet")
    path.write_text(json.dumps({"format": 1, "rows": lengths}) + "\n", encoding="utf-8")
    return load_group_counts(folder)


def _write_rows(folder: Path, lengths: dict[str, int], rows: dict[str, NDArray[Any]]) -> None:
    for name, values in rows.items():
        lengthen_array(folder / f"{name}.npy", values, lengths[name])
        lengths[name] += len(values)


def load_group_counts(folder: Path) -> GroupCounts:
    """Read what `GroupCounts.save` wrote; the arrays are mapped, not copied.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    GroupCounts

    Raises
    ------
    WatchwordsError
        If the folder holds no counts.
    """
    path = Path(folder) / "group_counts.json"
    if not path.is_file():
        raise WatchwordsError(
            f"`folder` is {str(folder)!r}; it holds no counts (no group_counts.json)."
        )
    lengths = json.loads(path.read_text(encoding="utf-8"))["rows"]
    arrays = {name: map_array(path.with_name(f"{name}.npy"), lengths[name]) for name in _ARRAYS}
    words = pd.read_parquet(path.with_name("vocabulary.parquet"))["type"].to_numpy(object)
    groups = pd.read_parquet(path.with_name("groups.parquet"))
    return GroupCounts(
        vocabulary=words,
        groups=groups["group"].to_numpy(),
        n_units=groups["n_units"].to_numpy(np.int64),
        **arrays,
    )


def merge_counts(parts: Sequence[GroupCounts], *, min_count: int = 1) -> GroupCounts:
    """Make the counts of parts of a corpus one, as if it had been counted whole.

    Parameters
    ----------
    parts : sequence of GroupCounts
        At least one; of the same greatest length, each with everything counted: what a part has
        dropped is missing here.
    min_count : int, default 1
        Drop sequences with fewer occurrences in all.

    Returns
    -------
    GroupCounts
        The same, bit for bit, in whatever order the parts come.

    Raises
    ------
    WatchwordsError
        If there is no part, their greatest lengths differ, some groups are numbers and others
        texts, or a count is above 2,147,483,647.

    Examples
    --------
    >>> from watchwords.tokens import count_by_group
    >>> halves = [count_by_group(["No war."], [1990]), count_by_group(["War"], [2020])]
    >>> merge_counts(halves)
    GroupCounts: 3 sequences in 2 groups, 4 counts, 3 words
    """
    if len({part.words.shape[1] for part in parts}) != 1:
        raise WatchwordsError(
            f"`parts` has {len(parts)} counts; give at least one, and count the same `max_words`."
        )
    if len({part.groups.dtype.kind in "OUT" for part in parts}) > 1:
        raise WatchwordsError(
            "`parts` have groups that are numbers in one and texts in another; write them alike."
        )
    vocabulary = np.array(sorted(set().union(*(part.vocabulary for part in parts))), object)
    groups = np.unique(np.concatenate([part.groups for part in parts]))
    number = {word: at for at, word in enumerate(vocabulary)}
    n_units = np.zeros(len(groups), np.int64)
    renamed = []
    for part in parts:
        ids = np.fromiter((number[word] for word in part.vocabulary), np.int32, -1)
        cells = np.searchsorted(groups, part.groups).astype(np.int32)
        np.add.at(n_units, cells, part.n_units)
        words = np.append(ids, np.int32(-1))[part.words]
        renamed.append(replace(part, words=words, cell=cells[part.cell]))
    whole = replace(_merge_tree(renamed), vocabulary=vocabulary, groups=groups, n_units=n_units)
    return whole if min_count == 1 else _drop_rare(whole, min_count)


def _merge_tree(parts: list[GroupCounts]) -> GroupCounts:
    """Merge neighbours, so that each count is copied as often as the tree is high."""
    while len(parts) > 1:
        pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
        parts = [reduce(_merge_two, pair) for pair in pairs]
    return parts[0]


def _merge_two(one: GroupCounts, other: GroupCounts) -> GroupCounts:
    n_rows, n_cells = len(one.n_words) + len(other.n_words), len(one.n) + len(other.n)
    offsets = np.zeros(n_rows + 1, np.int64)
    outputs = (
        np.empty((n_rows, one.words.shape[1]), np.int32),
        np.empty(n_rows, np.uint8),
        offsets,
        np.empty(n_cells, np.int32),
        np.empty(n_cells, np.int32),
    )
    inputs = (tuple(np.asarray(getattr(part, name)) for name in _ARRAYS) for part in (one, other))
    k, c = load_kernels("merge_kernels").merge(*inputs, outputs)
    words, n_words, _, cell, n = outputs
    if n[:c].min(initial=0) < 0:
        raise WatchwordsError(
            f"`parts` have a sequence more than {np.iinfo(n.dtype).max:,} times in one group; "
            "make the groups smaller, or leave such parts apart."
        )
    return replace(
        one, words=words[:k], n_words=n_words[:k], offsets=offsets[: k + 1], cell=cell[:c], n=n[:c]
    )


def _drop_rare(counts: GroupCounts, min_count: int) -> GroupCounts:
    total = np.add.reduceat(np.append(counts.n, 0), counts.offsets[:-1], dtype=np.int64)
    kept = total >= min_count
    sizes = np.diff(counts.offsets)
    cells = np.repeat(kept, sizes)
    return replace(
        counts,
        words=counts.words[kept],
        n_words=counts.n_words[kept],
        offsets=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64),
        cell=counts.cell[cells],
        n=counts.n[cells],
    )
