"""Records to the documents table: every column in place, a name for every document."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from watchwords.read.outcomes import Source
from watchwords.read.records import Options, Record, Value, make_record
from watchwords.schema import TABLES, check_table

COLUMNS = (*TABLES["documents"].columns, "date_text")
"""What every documents table has; carried columns follow, in alphabetical order."""


def build_documents(sources: Sequence[Source], *, as_of: date, issuer: str = "") -> pd.DataFrame:
    """Make the documents table of what was read.

    Parameters
    ----------
    sources : sequence of Source
        In any order; paths are unique.
    as_of : datetime.date
        The day of judgement: later dates are mistakes.
    issuer : str, default ""
        Who speaks, where nothing else says so.

    Returns
    -------
    pandas.DataFrame
        The table ``documents``, sorted by date (undated last) and doc_id.
    """
    options = Options(as_of=as_of, issuer=issuer)
    records = [make_record(source, options) for source in sources]
    return sort_documents(name_documents(records_table(records))[0])


def documents_table(values: Sequence[dict[str, Value]]) -> pd.DataFrame:
    """Put documents whose every value is known into a table.

    Parameters
    ----------
    values : sequence of dict
        Column to value; ``date`` an ISO day or None.

    Returns
    -------
    pandas.DataFrame
        Sorted by date, undated last, then doc_id; absent text is empty.
    """
    return sort_documents(records_table([Record(each, (), 0) for each in values]))


def records_table(records: Sequence[Record]) -> pd.DataFrame:
    """Put records into a table, in their order.

    Parameters
    ----------
    records : sequence of Record

    Returns
    -------
    pandas.DataFrame
        The columns of documents, then the carried ones; absent text is empty.
    """
    carried = sorted({name for record in records for name in record.fields}.difference(COLUMNS))
    columns: dict[str, object] = {}
    for name in [*COLUMNS, *carried]:
        values = [record.fields.get(name) for record in records]
        if name == "date":
            columns[name] = np.array([value or "NaT" for value in values], dtype="datetime64[s]")
        elif values and all(isinstance(value, bool) for value in values):
            columns[name] = pd.Series(values, dtype="bool")
        else:
            words = ["" if value is None else str(value) for value in values]
            columns[name] = pd.Series(words, dtype="str")
    return pd.DataFrame(columns)


def join_tables(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of documents below each other.

    Parameters
    ----------
    tables : iterable of pandas.DataFrame
        From `records_table`, or of its columns.

    Returns
    -------
    pandas.DataFrame
        Carried columns of any of them, in alphabetical order, empty where a table lacks them; a
        carried column without any value is left out.
    """
    parts = [table for table in tables if len(table)] or [records_table([])]
    carried = sorted({name for part in parts for name in part.columns}.difference(COLUMNS))
    filled = [part.reindex(columns=[*COLUMNS, *carried], fill_value="") for part in parts]
    joined = pd.concat(filled, ignore_index=True)
    return joined.drop(columns=[name for name in carried if (joined[name] == "").all()])


def name_documents(documents: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Give every document a name that a person can read and that no other file changes.

    A document is known by its path: "2019/council.txt", and a row by "speeches.csv#12". What a
    table says in a column ``doc_id`` comes before; of two documents that say the same the first
    in the order of the rows has it, the other one keeps its path.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``doc_id`` as given, or "", and unique ``path``.

    Returns
    -------
    documents : pandas.DataFrame
        A copy with every ``doc_id`` filled.
    taken : list of (str, str)
        Path and given name of those that did not get it.

    Examples
    --------
    >>> rows = pd.DataFrame({"doc_id": ["x", "", "x"], "path": ["a.csv#1", "b.txt", "c.csv#1"]})
    >>> name_documents(rows)[0]["doc_id"].tolist(), name_documents(rows)[1]
    (['x', 'b.txt', 'c.csv#1'], [('c.csv#1', 'x')])
    """
    given, paths = documents["doc_id"], documents["path"]
    own = (given == "") | (given == paths)
    refused = ~own & (given.duplicated() | given.isin(set(paths)))
    named = documents.assign(doc_id=given.where(~(own | refused), paths).astype("str"))
    taken = list(zip(paths[refused], given[refused], strict=True))
    return named, taken


def sort_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort by date, undated last, then doc_id, and check the table."""
    ordered = documents.sort_values(
        ["date", "doc_id"], kind="stable", na_position="last", ignore_index=True
    )
    return check_table("documents", ordered)
