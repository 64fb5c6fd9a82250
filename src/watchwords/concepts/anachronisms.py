"""Wordings older than themselves: a date, or a text, that cannot be quite what it seems."""

import numpy as np
import pandas as pd

from watchwords.concepts.match import UNRESOLVED
from watchwords.concepts.termbase import check_concepts

_PERIOD = {"month": "M", "year": "Y"}


def find_anachronisms(
    hits: pd.DataFrame, documents: pd.DataFrame, concepts: pd.DataFrame
) -> pd.DataFrame:
    """Find the hits of a concept in documents dated before its first known use.

    Each is a doubt, not a finding: the page may have been amended after its date, the date may
    be wrong, the words may mean something else there, or the use known as the first was not the
    first. Dates are compared as exactly as both are known, and no more: a document of "March
    2017" is before a first use in "2018", and not before one of "2017-03-20".

    Parameters
    ----------
    hits : pandas.DataFrame
        The table ``hits``; forms that need context are passed over.
    documents : pandas.DataFrame
        With ``doc_id``, ``date``, ``date_precision`` and ``duplicate_of``; duplicates are passed
        over.
    concepts : pandas.DataFrame
        The term base of the hits.

    Returns
    -------
    pandas.DataFrame
        One row a hit, by concept, date and place: ``doc_id``, ``date``, ``date_precision``,
        ``concept_id``, ``form`` (as printed), ``first_use`` (a year, month or day as in the term
        base), ``confidence`` ("high", "medium", "low" or ""), ``start``, ``end``.

    Raises
    ------
    SchemaError
        If `concepts` is not a valid term base.

    Examples
    --------
    >>> concepts = pd.DataFrame({"concept_id": ["upholds"], "lang": ["en"],
    ...     "form": ["two upholds"], "first_use": ["2018"]})
    >>> hits = pd.DataFrame({"doc_id": ["a", "b"], "start": 4, "end": 15, "rule": "exact",
    ...     "concept_id": "upholds", "form": "Two Upholds"})
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date_precision": "month",
    ...     "date": pd.to_datetime(["2017-03-01", "2018-01-01"]), "duplicate_of": ""})
    >>> find_anachronisms(hits, documents, concepts)[["doc_id", "form", "first_use"]]
      doc_id         form first_use
    0      a  Two Upholds      2018
    """
    base = check_concepts(concepts).drop_duplicates("concept_id")
    known = base.loc[base["first_use"] != "", ["concept_id", "first_use", "first_use_confidence"]]
    known = known.rename(columns={"first_use_confidence": "confidence"})
    dated = documents[(documents["duplicate_of"] == "") & documents["date"].notna()]
    rows = (
        hits[hits["rule"] != UNRESOLVED]
        .merge(known, on="concept_id")
        .merge(dated[["doc_id", "date", "date_precision"]], on="doc_id")
    )
    # A year or a month stands for its first day; whatever is before that is before all of it.
    first = pd.to_datetime(rows["first_use"], format="ISO8601").to_numpy("datetime64[D]")
    early = latest_days(rows["date"], rows["date_precision"]) < first
    columns = ["doc_id", "date", "date_precision", "concept_id", "form", "first_use", "confidence"]
    order = ["concept_id", "date", "doc_id", "start"]
    return rows[early].sort_values(order, ignore_index=True)[[*columns, "start", "end"]]


def latest_days(dates: pd.Series, precision: pd.Series) -> np.ndarray:
    """Give the last day that each date may stand for.

    Parameters
    ----------
    dates : pandas.Series of datetime64
        First days; NaT stays NaT.
    precision : pandas.Series of str
        "day", "month" or "year".

    Returns
    -------
    ndarray of datetime64[D]

    Examples
    --------
    >>> latest_days(pd.Series(pd.to_datetime(["2021-02-01"])), pd.Series(["month"])).astype(str)
    array(['2021-02-28'], dtype='<U28')
    """
    days = dates.to_numpy("datetime64[D]")
    latest = days.copy()
    for name, unit in _PERIOD.items():
        coarse = (precision == name).to_numpy()
        after = (days[coarse].astype(f"datetime64[{unit}]") + 1).astype("datetime64[D]")
        latest[coarse] = after - np.timedelta64(1, "D")
    return latest
