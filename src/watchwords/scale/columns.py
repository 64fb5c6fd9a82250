"""Columns of partitions: of the same type in each, whatever else it holds."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.errors import SchemaError


def plain_column(column: Any, name: str, *, where: str) -> Any:
    """Give a column the type it has in every partition, whatever this one holds.

    Parameters
    ----------
    column : pyarrow.ChunkedArray or Array
    name : str
        "date" stays one, "text" has to be one.
    where : str
        For the error.

    Returns
    -------
    pyarrow.ChunkedArray or Array
        Of ``large_string``, or of timestamps.

    Raises
    ------
    SchemaError
        If it cannot be.
    """
    import pyarrow as pa

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    is_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
    written = any(check(kind) for check in (*is_text, pa.types.is_string_view))
    if name == "date" and not written:
        if pa.types.is_date(kind):
            return column.cast(pa.timestamp("s"))
        if pa.types.is_timestamp(kind):
            return column
    if name in ("date", "text") and not written:
        wanted = "dates; pandas.to_datetime makes them" if name == "date" else "text"
        raise SchemaError(f"the column `{name}` of {where} holds {column.type}, not {wanted}.")
    try:
        return column.cast(pa.large_string())
    except pa.ArrowException:
        raise SchemaError(
            f"the column `{name}` of {where} holds {column.type}, which cannot be shown as text."
        ) from None


def read_days(dates: pd.Series, *, where: str) -> NDArray[np.datetime64]:
    """Read the day of each date, as it was where the date was written.

    Parameters
    ----------
    dates : pandas.Series
        From a column that `plain_column` gave.
    where : str
        For the error.

    Returns
    -------
    ndarray of datetime64[D]
        NaT where there is none.

    Raises
    ------
    SchemaError
        If one is no date.

    Examples
    --------
    >>> read_days(pd.Series(["1990-05-01T23:00:00-05:00", ""]), where="here").astype(str).tolist()
    ['1990-05-01', 'NaT']
    """
    if isinstance(dates.dtype, pd.DatetimeTZDtype):
        dates = dates.dt.tz_localize(None)
    elif not pd.api.types.is_datetime64_dtype(dates):
        try:
            dates = pd.to_datetime(dates.str[:10], format="ISO8601")
        except ValueError as error:
            raise SchemaError(
                f"the column `date` of {where} has what is no date such as 1990-05-01 "
                f"({str(error).split(';')[0]}); pandas.to_datetime makes dates of other forms."
            ) from None
    return dates.to_numpy().astype("datetime64[D]")
