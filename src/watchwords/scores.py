"""Scores: occurrences of items in documents, whatever the items are.

Terms, concepts and topics all end here, and everything that judges change starts here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.errors import SchemaError


@dataclass(frozen=True, eq=False)
class Scores:
    """Occurrences of items in documents.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array of int32, shape (n_docs, n_items)
        Occurrences; no explicit zeros.
    doc_ids : ndarray of str, shape (n_docs,)
        Every document that was searched, those without any item included: they are the
        denominator.
    items : pandas.DataFrame, n_items rows
        Column ``item`` (str, unique) and what else is known of each (``lang``, ``kind``,
        ``n_words``, ``label`` …).
    n_units : ndarray of int64, shape (n_docs,)
        Length of each document in `unit`.
    unit : str
        "word", "character" or "paragraph".
    """

    matrix: sparse.csr_array
    doc_ids: NDArray[np.object_]
    items: pd.DataFrame
    n_units: NDArray[np.int64]
    unit: str

    def __post_init__(self) -> None:
        """Refuse parts that do not fit together."""
        expected = (len(self.doc_ids), len(self.items))
        if self.matrix.shape != expected or len(self.n_units) != expected[0]:
            raise SchemaError(
                f"`matrix` is {self.matrix.shape}, `n_units` {len(self.n_units)} long; there are "
                f"{expected[0]} documents and {expected[1]} items."
            )
        for name, values in (("doc_ids", self.doc_ids), ("item", self.items["item"])):
            repeated = pd.Series(values)[pd.Series(values).duplicated()]
            if len(repeated):
                raise SchemaError(f"`{name}` has {repeated.iloc[0]!r} more than once.")

    def __repr__(self) -> str:
        """Say in one line what is here."""
        return (
            f"Scores: {len(self.items):,} items in {len(self.doc_ids):,} documents, "
            f"{int(self.matrix.sum()):,} occurrences, {int(self.n_units.sum()):,} {self.unit}s"
        )

    def n_docs(self) -> NDArray[np.int64]:
        """Count the documents that have each item.

        Returns
        -------
        ndarray of int64, shape (n_items,)
        """
        return np.bincount(self.matrix.indices, minlength=len(self.items)).astype(np.int64)

    def select(self, items: Sequence[str]) -> "Scores":
        """Keep some items, in the order given; the documents, and so the denominators, stay.

        Parameters
        ----------
        items : sequence of str
            Names out of ``items.item``.

        Returns
        -------
        Scores

        Raises
        ------
        SchemaError
            If a name is not among the items.
        """
        where = pd.Index(self.items["item"]).get_indexer(pd.Index(list(items)))
        if (where < 0).any():
            missing = [name for name, at in zip(items, where, strict=True) if at < 0]
            raise SchemaError(f"`items` has {missing[0]!r}, which is not among the scores.")
        return Scores(
            sparse.csr_array(self.matrix[:, where]),
            self.doc_ids,
            self.items.iloc[where].reset_index(drop=True),
            self.n_units,
            self.unit,
        )

    def align(self, documents: pd.DataFrame) -> pd.DataFrame:
        """Bring the rows of a documents table into the order of the scores.

        Parameters
        ----------
        documents : pandas.DataFrame
            With ``doc_id``. It may hold documents that the scores leave out (duplicates,
            other languages); the reverse is an error.

        Returns
        -------
        pandas.DataFrame
            One row per entry of `doc_ids`, in that order, with a fresh index.

        Raises
        ------
        SchemaError
            If a scored document is not in `documents`.
        """
        where = pd.Index(documents["doc_id"]).get_indexer(pd.Index(self.doc_ids))
        if (where < 0).any():
            missing = self.doc_ids[int(np.flatnonzero(where < 0)[0])]
            raise SchemaError(
                f"the scores have a document {missing!r} that `documents` does not have; pass the "
                "table that the tokens were made from."
            )
        aligned: pd.DataFrame = documents.iloc[where].reset_index(drop=True)
        return aligned

    def save(self, folder: Path) -> None:
        """Write the scores to a folder (npz and Parquet, no pickle).

        Parameters
        ----------
        folder : Path
            Made if it is not there.
        """
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "matrix.npz",
            data=self.matrix.data,
            indices=self.matrix.indices,
            indptr=self.matrix.indptr,
            n_units=self.n_units,
        )
        self.items.to_parquet(folder / "items.parquet")
        ids = pd.DataFrame({"doc_id": pd.Series(self.doc_ids, dtype="str"), "unit": self.unit})
        ids.to_parquet(folder / "documents.parquet")


def load_scores(folder: Path) -> Scores:
    """Read scores that `Scores.save` wrote.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    Scores
    """
    items = pd.read_parquet(folder / "items.parquet")
    ids = pd.read_parquet(folder / "documents.parquet")
    with np.load(folder / "matrix.npz", allow_pickle=False) as stored:
        matrix = sparse.csr_array(
            (stored["data"], stored["indices"], stored["indptr"]), shape=(len(ids), len(items))
        )
        n_units = stored["n_units"]
    unit = str(ids["unit"].iloc[0]) if len(ids) else "word"
    return Scores(matrix, ids["doc_id"].to_numpy(object), items, n_units, unit)


def join_scores(first: Scores, second: Scores) -> Scores:
    """Put the items of two scores of the same documents side by side.

    One screen needs one control of false discoveries: concepts and terms that are judged
    together must be joined before `fit_trends`.

    Parameters
    ----------
    first, second : Scores
        Of the same documents (in any order) and the same unit. An item of `second` that
        `first` has too is an error: it would be tested twice.

    Returns
    -------
    Scores
        The items of `first`, then those of `second`, over the documents of `first`.

    Raises
    ------
    SchemaError
        If the documents or the units differ, or an item is in both.

    Examples
    --------
    >>> def scores_of(item):
    ...     matrix = sparse.csr_array(np.array([[2], [0]], np.int32))
    ...     ids, items = np.array(["a", "b"], object), pd.DataFrame({"item": [item]})
    ...     return Scores(matrix, ids, items, np.array([9, 9]), "word")
    >>> join_scores(scores_of("navy"), scores_of("tariff"))
    Scores: 2 items in 2 documents, 4 occurrences, 18 words
    """
    where = pd.Index(second.doc_ids).get_indexer(pd.Index(first.doc_ids))
    if (where < 0).any() or len(second.doc_ids) != len(first.doc_ids):
        raise SchemaError("the two scores are of different documents and cannot be joined.")
    if first.unit != second.unit:
        raise SchemaError(f"a score per {first.unit} cannot be joined with one per {second.unit}.")
    return Scores(
        sparse.csr_array(sparse.hstack([first.matrix, second.matrix[where]], format="csr")),
        first.doc_ids,
        pd.concat([first.items, second.items], ignore_index=True),
        first.n_units,
        first.unit,
    )
