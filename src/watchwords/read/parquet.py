"""Parquet tables, read in batches."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO

from watchwords.read.columns import map_columns, note_absent
from watchwords.read.limits import MAX_RATIO, RATIO_FROM
from watchwords.read.outcomes import Outcome, Rejected, Rejection
from watchwords.read.rows import row_outcome

BATCH_ROWS = 256


def read_parquet(path: str, data: bytes, columns: Mapping[str, str]) -> Iterator[Outcome]:
    """Read a .parquet file, one document a row.

    Parameters
    ----------
    path : str
        Relative path; rows are known as "table.parquet#1".
    data : bytes
        The file.
    columns : mapping
        Our column to the name in the table, where the rule is overruled.

    Yields
    ------
    Source or Rejection
        Values are words: dates in ISO form, null unknown.

    Raises
    ------
    Rejected
        malformed: the file cannot be read.
    SchemaError
        If no column holds the text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(BytesIO(data), page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise Rejected("malformed", _first_line(error)) from None
    ours = map_columns(file.schema_arrow.names, columns)
    notes = note_absent(file.schema_arrow.names, columns)
    row, characters = 0, 0
    batches = file.iter_batches(batch_size=BATCH_ROWS)
    while True:
        try:
            batch = next(batches)
        except StopIteration:
            return
        except (pa.ArrowException, OSError) as error:
            yield Rejection(path, row + 1, "malformed", f"from here on: {_first_line(error)}")
            return
        for values in batch.to_pylist():
            row += 1
            words = {ours[name]: _word(value) for name, value in values.items()}
            characters += len(words["text"])
            if characters > max(MAX_RATIO * len(data), 10 * RATIO_FROM):
                flaw = f"from here on: swells to more than {MAX_RATIO} times the size of the file"
                yield Rejection(path, row, "bomb", flaw)
                return
            yield row_outcome(path, row, words, notes=notes)


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return str(value)


def _first_line(error: Exception) -> str:
    return (str(error).strip().split("\n") or [""])[0][:200]
