"""Tables to CSV files that a spreadsheet opens as they are, and runs nothing of."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 with a byte-order mark, formulas disarmed.

    A text that a spreadsheet would read as a formula gets an apostrophe in front; numbers are
    untouched. Dates are ISO days; a list is written as JSON.

    Parameters
    ----------
    table : pandas.DataFrame
    path : Path
    """
    out = table.copy()
    for column in out.columns:
        if pd.api.types.is_datetime64_any_dtype(out[column]):
            out[column] = out[column].dt.strftime("%Y-%m-%d")
        elif out[column].dtype == np.object_ or isinstance(out[column].dtype, pd.StringDtype):
            out[column] = out[column].map(_plain)
    out.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return json.dumps(_listed(value), ensure_ascii=False)
    if isinstance(value, str) and value.strip(" \u3000").startswith(_TRIGGERS):
        return "'" + value
    return value


def _listed(value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return list(value.values())
    return value.item() if isinstance(value, np.generic) else value
