"""Documents of an unusual length: whole debates among speeches, pages that are next to empty."""

import re

import numpy as np
import pandas as pd

from watchwords.schema import check_table

FACTOR = 10.0
"""Named from here on, if the other documents of the group do not spread as far."""
SURE_FACTOR = 20.0
"""Named from here on, in any case."""
MIN_GROUP = 10
"""Documents of which a usual length can be told."""

_FAR = 3.5  # robust standard deviations of the logarithms
_TO_SIGMA = 1.4826  # of a normal distribution, from the median absolute deviation
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_UNSPACED = frozenset({"ja", "th", "zh"})


def measure_lengths(documents: pd.DataFrame) -> pd.Series:
    """Measure how long each document is, in the unit of its language.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``lang`` and ``text``.

    Returns
    -------
    pandas.Series of int
        Words; for Chinese the Han characters, for Japanese and Thai the letters.

    Examples
    --------
    >>> texts = pd.DataFrame({"lang": ["en", "zh"], "text": ["The city's plan.", "规划2035。"]})
    >>> measure_lengths(texts).tolist()
    [3, 2]
    """
    sizes = [
        _measure(text, lang)
        for text, lang in zip(documents["text"], documents["lang"], strict=True)
    ]
    return pd.Series(sizes, documents.index, dtype="int64")


def _measure(text: str, lang: str) -> int:
    if lang == "zh":
        return len(_HAN.findall(text))
    if lang in _UNSPACED:
        return sum(character.isalpha() for character in text)
    # What stands between blanks: several times faster than words without punctuation.
    return len(text.split())


def find_length_outliers(
    documents: pd.DataFrame, *, factor: float = FACTOR, min_group: int = MIN_GROUP
) -> pd.DataFrame:
    """Name the documents that are many times longer, or shorter, than is usual.

    The usual length is the median of the documents of one source and language, or of the
    language where a source has few. A long document holds more of everything: one whole debate
    among speeches pulls every rate, and a page that is next to empty is most likely a failed
    extraction. Which it is, only a reader can tell; nothing is left out of any count.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``; rows with ``duplicate_of`` are passed over. It is not changed.
    factor : float, default 10
        So many times longer or shorter than the median is unusual, if it also lies 3.5 robust
        standard deviations out (of the logarithms: in a pile of very unlike texts nothing is
        unusual). Twice `factor` is named in any case.
    min_group : int, default 10
        Documents that a group must have.

    Returns
    -------
    pandas.DataFrame
        One row for each, the most unusual first: ``doc_id``, ``source``, ``lang``, ``unit``
        ("words" or "characters"), ``length`` (int), ``median`` (float), ``ratio`` (float, length
        over median; 0 for an empty text), ``n_group`` (int, documents the median is of).

    Raises
    ------
    SchemaError
        If a column is absent.

    Notes
    -----
    The median absolute deviation of the logarithms is robust: up to half of a group may be
    unusual before the rule fails.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> texts = ["one two three four five"] * 11 + ["word " * 200]
    >>> table = pd.DataFrame({"doc_id": [f"d{i:02}" for i in range(12)], "text": texts})
    >>> table = table.reindex(columns=empty_table("documents").columns, fill_value="")
    >>> table = table.assign(lang="en", date=pd.Series([None] * 12, dtype="datetime64[s]"))
    >>> find_length_outliers(table)[["doc_id", "length", "median", "ratio"]]
      doc_id  length  median  ratio
    0    d11     200     5.0   40.0
    """
    check_table("documents", documents)
    kept = documents[documents["duplicate_of"] == ""]
    table = kept[["doc_id", "source", "lang"]].assign(length=measure_lengths(kept))
    # The logarithm of an empty text is taken as that of half a word.
    table["log"] = np.log(np.maximum(table["length"].to_numpy(float), 0.5))
    table = _compare(_compare(table, ["lang"], min_group), ["source", "lang"], min_group)
    distance = table["log"] - np.log(np.maximum(table["median"].to_numpy(float), 0.5))
    far = distance.abs() > _FAR * _TO_SIGMA * table["spread"]
    # A hair below the factor, so that exactly ten times is ten times.
    unusual = (distance.abs() >= np.log(factor) - 1e-9) & far
    unusual |= distance.abs() >= np.log(SURE_FACTOR / FACTOR * factor) - 1e-9
    measured = table.assign(
        distance=distance.abs(),
        ratio=table["length"] / table["median"],
        unit=np.where(table["lang"].isin(list(_UNSPACED)), "characters", "words"),
    )
    order = ["distance", "doc_id"]
    found = measured[unusual].sort_values(order, ascending=[False, True], ignore_index=True)
    columns = ["doc_id", "source", "lang", "unit", "length", "median", "ratio", "n_group"]
    named: pd.DataFrame = found[columns].astype({"unit": "str", "n_group": "int64"})
    return named


def _compare(table: pd.DataFrame, by: list[str], min_group: int) -> pd.DataFrame:
    """Set each document beside the usual length of its group, where the group is large enough."""
    groups = table.groupby(by)
    sizes = groups["doc_id"].transform("size")
    measured = table.assign(
        median=groups["length"].transform("median"),
        spread=groups["log"].transform(_deviation),
        n_group=sizes,
    )
    names = ["median", "spread", "n_group"]
    before = table.reindex(columns=names)
    measured[names] = measured[names].where(sizes >= min_group, before).astype("float64")
    return measured.assign(n_group=measured["n_group"].fillna(0))


def _deviation(values: pd.Series) -> float:
    return float((values - values.median()).abs().median())
