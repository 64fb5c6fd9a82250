"""Exact duplicates: one text printed twice is counted once."""

import re

import pandas as pd

_BLANKS = re.compile(r"\s+")


def normalize_for_duplicates(text: str) -> str:
    """Fold what makes no other text: case and line breaks."""
    return _BLANKS.sub(" ", text).strip().casefold()


def find_duplicates(documents: pd.DataFrame) -> pd.Series:
    """Point each copy of a text to the earliest dated one.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``doc_id``, ``date``, ``lang`` and ``text``.

    Returns
    -------
    pandas.Series
        ``duplicate_of`` (str), in the order of the rows: the doc_id of the copy that is kept, ""
        for that copy and for texts that occur once. Undated copies come after dated ones; then
        the doc_id decides. Empty texts are no copies of each other.

    Examples
    --------
    >>> documents = pd.DataFrame(
    ...     {
    ...         "doc_id": ["a", "b", "c"],
    ...         "date": pd.to_datetime([None, "2021-02-03", "2022-01-01"]),
    ...         "lang": "en",
    ...         "text": ["The council met.", "The  council met.", "It did not."],
    ...     }
    ... )
    >>> find_duplicates(documents).tolist()
    ['b', '', '']
    """
    keys = documents["text"].map(normalize_for_duplicates)
    order = documents.assign(_key=keys, _at=range(len(documents))).sort_values(
        ["date", "doc_id"], kind="stable", na_position="last"
    )
    order = order[order["_key"] != ""]
    first = order.groupby(["lang", "_key"], sort=False)["doc_id"].transform("first")
    kept = first.where(first != order["doc_id"], "")
    found = pd.Series("", index=range(len(documents)), dtype="str")
    found.loc[order["_at"]] = kept.to_numpy()
    return found.set_axis(documents.index).rename("duplicate_of")
