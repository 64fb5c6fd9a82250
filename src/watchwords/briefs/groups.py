"""Two groups of documents to compare: two spans of time, or two values of a column."""

import pandas as pd

from watchwords.briefs.report import Report
from watchwords.errors import ReportError, nearest


def split_groups(report: Report, documents: pd.DataFrame) -> tuple[list[str], list[str], list[str]]:
    """Find the documents on either side of a report's comparison.

    Parameters
    ----------
    report : Report
        With ``compare``.
    documents : pandas.DataFrame
        The documents that count.

    Returns
    -------
    target, reference : list of str
        ``doc_id`` of the documents on either side. Undated documents are on neither side of a
        comparison of times.
    labels : list of two str
        What to call the two sides.

    Raises
    ------
    ReportError
        If the documents have no such column, or no document has the value.
    """
    compare = report.compare
    if compare is None:
        raise ReportError("the report has no `compare`.")
    if compare.since and compare.before:
        late = documents["date"] >= pd.Timestamp(compare.since)
        early = documents["date"] < pd.Timestamp(compare.before)
        noun = report.noun
        labels = [f"{noun}s since {_day(compare.since)}", f"{noun}s before {_day(compare.before)}"]
        return list(documents["doc_id"][late]), list(documents["doc_id"][early]), labels
    column = str(compare.column)
    if column not in documents:
        raise ReportError(f"`compare.column` is {column!r}; {nearest(column, documents.columns)}")
    values = documents[column].astype(str)
    for name in filter(None, (compare.target, compare.reference)):
        if not (values == name).any():
            hint = nearest(name, values.unique())
            raise ReportError(f"`compare` names {name!r}, no {column} of any document; {hint}")
    target = values == compare.target
    other = values == compare.reference if compare.reference else ~target
    labels = [str(compare.target), compare.reference or "all others"]
    return list(documents["doc_id"][target]), list(documents["doc_id"][other]), labels


def _day(day: object) -> str:
    return str(day).removesuffix("-01-01")
