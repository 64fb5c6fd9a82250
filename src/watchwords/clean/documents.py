"""Clean every document of a table, remove what pages repeat, and mark the copies."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from watchwords.clean.duplicates import find_duplicates
from watchwords.clean.text import clean_text
from watchwords.schema import check_table

REMOVED = ("doc_id", "source", "kind", "text", "n_docs", "n")
COPIES = ("doc_id", "copy_of", "similarity", "collapsed", "reason", "only_here", "only_there")


@dataclass(frozen=True, eq=False)
class Cleaned:
    """Cleaned documents, with what was removed from them and which are copies.

    Attributes
    ----------
    documents : pandas.DataFrame
        The table ``documents``, rows in the order given; see `clean_corpus`.
    removed : pandas.DataFrame
        One row per line that was removed: ``doc_id`` ("" for a line that goes from every document
        of its source), ``source``, ``kind``, ``text``, ``n_docs`` (documents it was removed
        from) and ``n`` (occurrences removed).
    copies : pandas.DataFrame
        One row per document that is a copy, or may be one: ``doc_id``, ``copy_of``,
        ``similarity`` (float), ``collapsed`` (bool: not counted), ``reason``, ``only_here`` and
        ``only_there`` (str, the passages that differ, short).
    """

    documents: pd.DataFrame
    removed: pd.DataFrame
    copies: pd.DataFrame

    def __repr__(self) -> str:
        """Say in one line what was done."""
        collapsed = int(self.copies["collapsed"].sum())
        return (
            f"Cleaned: {len(self.documents):,} documents, {int(self.removed['n'].sum()):,} lines "
            f"removed, {collapsed:,} copies collapsed, {len(self.copies) - collapsed:,} to review"
        )


def clean_corpus(
    documents: pd.DataFrame,
    *,
    boilerplate: bool = True,
    near: float | None = 0.8,
    previous: pd.DataFrame | None = None,
    progress: bool = False,
) -> Cleaned:
    """Clean texts and titles, remove what pages repeat, and mark copies.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    boilerplate : bool, default True
        Remove the lines that the pages of one source repeat at their head and foot.
    near : float or None, default 0.8
        Similarity from which a text is a near copy; None looks for exact copies only.
    previous : pandas.DataFrame, optional
        Documents cleaned earlier: those unchanged are not cleaned again.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Cleaned

    Raises
    ------
    SchemaError
        If a column is absent.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> clean_corpus(empty_table("documents"))
    Cleaned: 0 documents, 0 lines removed, 0 copies collapsed, 0 to review
    """
    del boilerplate, near, previous
    check_table("documents", documents)
    langs = documents["lang"].tolist()
    texts = [
        clean_text(text, lang=lang)
        for text, lang in zip(_watched(documents["text"], progress=progress), langs, strict=True)
    ]
    titles = [
        clean_text(title, lang=lang) or title
        for title, lang in zip(documents["title"], langs, strict=True)
    ]
    cleaned = documents.copy()
    if "raw" not in cleaned.columns:
        cleaned["raw"] = cleaned["text"]
    cleaned["text"] = pd.Series(texts, index=cleaned.index, dtype="str")
    cleaned["title"] = pd.Series(titles, index=cleaned.index, dtype="str")
    cleaned["duplicate_of"] = find_duplicates(cleaned)
    check_table("documents", cleaned)
    doubled = cleaned[cleaned["duplicate_of"] != ""]
    copies = pd.DataFrame(
        {
            "doc_id": doubled["doc_id"].astype("str"),
            "copy_of": doubled["duplicate_of"].astype("str"),
            "similarity": np.ones(len(doubled)),
            "collapsed": np.ones(len(doubled), bool),
            "reason": pd.Series("exact", doubled.index, dtype="str"),
            "only_here": pd.Series("", doubled.index, dtype="str"),
            "only_there": pd.Series("", doubled.index, dtype="str"),
        }
    ).reset_index(drop=True)
    kinds = dict.fromkeys(REMOVED[:4], "str") | dict.fromkeys(REMOVED[4:], "int64")
    removed = pd.DataFrame({name: [] for name in REMOVED}).astype(kinds)
    return Cleaned(cleaned, removed, copies)


def clean_documents(documents: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """Clean texts and titles, keep the text as extracted in ``raw``, and mark duplicates.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    pandas.DataFrame
        A copy, rows in the same order, with ``text`` and ``title`` cleaned, ``raw`` (str, the
        text as extracted; kept if it is there already) and ``duplicate_of`` (the doc_id of the
        earliest dated copy of the same text, else ""). Cleaning it again changes nothing.

    Raises
    ------
    SchemaError
        If a column is absent.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> list(clean_documents(empty_table("documents")).columns)[-1]
    'raw'
    """
    return clean_corpus(documents, progress=progress).documents


def _watched(texts: pd.Series, *, progress: bool) -> Iterable[str]:
    if not progress:
        return list(texts)
    from tqdm.auto import tqdm

    bar: Iterable[str] = tqdm(list(texts), desc="cleaning", unit="document")
    return bar
