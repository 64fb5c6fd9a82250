"""Counts of sequences by group and period: looked at, turned into rates, written."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError, nearest
from watchwords.intervals import wilson_interval
from watchwords.periods import is_complete, period_range
from watchwords.rates import PER_UNITS
from watchwords.schema import check_table
from watchwords.terms.spelling import join_chinese, split_words
from watchwords.tokens.units import UNITS

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

_ROWS = 1 << 18


@dataclass(frozen=True, eq=False, repr=False)
class Counts:
    """Occurrences of sequences of words, and documents with them, by group and period.

    Attributes
    ----------
    vocabulary : ndarray of object (str), shape (n_types,)
        The words that occur often enough, sorted.
    words : ndarray of int32, shape (n_items, max_words)
        Each sequence as places in `vocabulary`, -1 behind its last word; sorted.
    n_words : ndarray of uint8, shape (n_items,)
        Length of each sequence.
    offsets : ndarray of int64, shape (n_items + 1,)
        Where the cells of each sequence begin.
    cell : ndarray of int32, shape (n_cells,)
        Row of `groups`, ascending within a sequence.
    n, n_docs : ndarray of int64, shape (n_cells,)
        Occurrences, at least 1, and documents with the sequence.
    groups : pandas.DataFrame
        ``group`` (str; "all" if there was none to group by), ``period`` (datetime64, NaT if there
        was no `freq`), ``n_units`` (words, or Chinese characters) and
        ``n_docs_total`` (documents), all counted: the denominators. Sorted.
    freq : str or None
        Length of a period.
    left_out : pandas.Series
        Documents that were not counted: ``excluded`` (a copy, or another language) and
        ``undated`` (no date fine enough for `freq`).
    lang : str
        Language of the documents.
    """

    vocabulary: NDArray[np.object_]
    words: Ints32
    n_words: NDArray[np.uint8]
    offsets: Ints
    cell: Ints32
    n: Ints
    n_docs: Ints
    groups: pd.DataFrame
    freq: str | None
    left_out: pd.Series
    lang: str = "en"

    def __repr__(self) -> str:
        """Say in one line what is here."""
        return (
            f"Counts: {len(self.n_words):,} sequences in {len(self.groups):,} groups, "
            f"{len(self.n):,} counts; {int(self.groups['n_docs_total'].sum()):,} documents, "
            f"{int(self.groups['n_units'].sum()):,} {UNITS[self.lang]}s"
        )

    def items(self, rows: slice | Ints | None = None) -> pd.Series:
        """Return sequences as strings; only what is shown is ever made a string.

        Parameters
        ----------
        rows : slice or ndarray of int64, optional
            Which of them; all by default.

        Returns
        -------
        pandas.Series of str
            Words joined by blanks, Chinese characters without.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        words = self.words if rows is None else self.words[rows]
        if self.lang == "zh":
            named = np.append(self.vocabulary, "")[words].tolist()
            joined = [join_chinese([word for word in row if word]) for row in named]
            return pd.Series(joined, dtype="str")
        vocabulary = pa.array(self.vocabulary, pa.large_string())
        columns = [
            vocabulary.take(pa.array(column, mask=column < 0))
            for column in np.ascontiguousarray(words.T)
        ]
        joined = pc.binary_join_element_wise(
            *columns, pa.scalar(" ", pa.large_string()), null_handling="skip"
        )
        return pd.Series(joined.to_pandas(), dtype="str")

    def totals(self) -> pd.DataFrame:
        """Sum up each sequence over all groups.

        Returns
        -------
        pandas.DataFrame
            ``n`` and ``n_docs``, one row per sequence.
        """
        ends = [
            np.concatenate([[0], np.cumsum(column)])[self.offsets]
            for column in (self.n, self.n_docs)
        ]
        return pd.DataFrame({"n": np.diff(ends[0]), "n_docs": np.diff(ends[1])})

    def table(self, rows: slice | Ints | None = None) -> pd.DataFrame:
        """Lay counts out as a table.

        Parameters
        ----------
        rows : slice or ndarray of int64, optional
            Which sequences; all by default.

        Returns
        -------
        pandas.DataFrame
            ``item`` (str), ``n_words``, ``group`` (str), ``period`` (datetime64), ``n``,
            ``n_docs``: one row for each sequence and group in which it occurs.
        """
        which = np.arange(len(self.n_words))[slice(None) if rows is None else rows]
        sizes, cells = _cells(self.offsets, which)
        where = self.groups.iloc[self.cell[cells]]
        return pd.DataFrame(
            {
                "item": np.repeat(self.items(which).array, sizes),
                "n_words": np.repeat(self.n_words[which].astype(np.int64), sizes),
                "group": where["group"].array,
                "period": where["period"].array,
                "n": self.n[cells],
                "n_docs": self.n_docs[cells],
            }
        )

    def find(self, items: Sequence[str]) -> Ints:
        """Find sequences by their words.

        Parameters
        ----------
        items : sequence of str
            As from `items`.

        Returns
        -------
        ndarray of int64
            Rows, for `items`, `table` and `rates`.

        Raises
        ------
        WatchwordsError
            If one is not among those counted.
        """
        rows = np.empty(len(items), np.int64)
        for at, item in enumerate(items):
            first, end = 0, len(self.n_words)
            words = split_words(item, self.lang)[: self.words.shape[1]]
            for level, word in enumerate(words):
                place = int(np.searchsorted(self.vocabulary, word))
                column = self.words[first:end, level]
                low, high = np.searchsorted(column, [place, place + 1])
                first, end = first + int(low), first + int(high)
            if first == end or self.items(slice(first, first + 1))[0] != item:
                near = self.items(slice(max(first - 4, 0), first + 4))
                raise WatchwordsError(f"no {item!r} was counted; {nearest(item, near)}")
            rows[at] = first
        return rows

    def rates(
        self, items: Sequence[str] | None = None, *, as_of: date | None = None
    ) -> pd.DataFrame:
        """Turn counts into rates by period, with intervals of the shares.

        What `period_rates` gives for the matrix of the documents, which is never made: one row
        for each sequence, group and period from the first to the last, silent ones included.

        Parameters
        ----------
        items : sequence of str, optional
            Which sequences; all by default, which for many is a long table.
        as_of : datetime.date, optional
            The day of judgement: a period that had not ended then has ``complete`` False.

        Returns
        -------
        pandas.DataFrame
            The table ``rates``.

        Raises
        ------
        WatchwordsError
            If there are no periods, or an item was not counted.
        """
        if self.freq is None:
            raise WatchwordsError("there are no periods to give rates by; count with `freq`.")
        rows = np.arange(len(self.n_words)) if items is None else self.find(items)
        starts = self.groups["period"].to_numpy().astype("datetime64[D]")
        periods = period_range(starts.min(), starts.max(), self.freq)
        frames = []
        for group in sorted(set(self.groups["group"])):
            at = np.flatnonzero((self.groups["group"] == group).to_numpy())
            column = np.full(len(self.groups), -1)
            column[at] = np.searchsorted(periods, starts[at])
            frames.append(self._group_rates(rows, column, periods).assign(group=group))
        rates = pd.concat(frames, ignore_index=True)
        rates["complete"] = is_complete(rates["period"].to_numpy(), self.freq, as_of=as_of)
        first = ["item", "lang", "group", "period", "n", "n_docs", "n_units", "unit"]
        rest = ["n_docs_total", "share", "share_low", "share_high", "rate", "complete"]
        return check_table("rates", rates[first + rest])

    def _group_rates(
        self, rows: Ints, column: Ints, periods: NDArray[np.datetime64]
    ) -> pd.DataFrame:
        sizes, cells = _cells(self.offsets, rows)
        here = column[self.cell[cells]]
        row = np.repeat(np.arange(len(rows)), sizes)
        counted: dict[str, Ints] = {}
        for name in ("n", "n_docs"):
            dense = np.zeros((len(rows), len(periods)), np.int64)
            dense[row[here >= 0], here[here >= 0]] = getattr(self, name)[cells][here >= 0]
            counted[name] = dense.ravel()
        for name in ("n_units", "n_docs_total"):
            total = np.zeros(len(periods), np.int64)
            total[column[column >= 0]] = self.groups[name].to_numpy()[column >= 0]
            counted[name] = np.tile(total, len(rows))
        n, n_docs, units, docs = counted.values()
        low, high = wilson_interval(n_docs, docs)
        blank = np.full(len(n), np.nan)
        return pd.DataFrame(
            {
                "item": np.repeat(self.items(rows).array, len(periods)),
                "lang": self.lang,
                "period": np.tile(periods.astype("datetime64[s]"), len(rows)),
                **counted,
                "unit": UNITS[self.lang],
                "share": np.divide(n_docs, docs, out=blank.copy(), where=docs > 0),
                "share_low": low,
                "share_high": high,
                "rate": np.divide(n * PER_UNITS, units, out=blank, where=units > 0),
            }
        )

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the table of counts as Parquet, some rows at a time.

        Parameters
        ----------
        path : path
            Replaced if it is there.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.Table.from_pandas(self.table(slice(0)), preserve_index=False).schema
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for rows in _slices(len(self.n_words)):
                table = pa.Table.from_pandas(self.table(rows), schema, preserve_index=False)
                writer.write_table(table)


def _slices(n_rows: int) -> Iterator[slice]:
    for first in range(0, n_rows, _ROWS):
        yield slice(first, min(first + _ROWS, n_rows))


def _cells(offsets: Ints, which: Ints) -> tuple[Ints, Ints]:
    """Say how many cells each of some rows has, and list them."""
    sizes = np.diff(offsets)[which]
    first = np.cumsum(sizes) - sizes
    return sizes, np.repeat(offsets[:-1][which] - first, sizes) + np.arange(sizes.sum())
