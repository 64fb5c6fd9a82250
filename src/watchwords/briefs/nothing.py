"""What scores and judged items look like where there is nothing to judge."""

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.schema import empty_table
from watchwords.scores import Scores

NO_SCORES = Scores(
    sparse.csr_array(np.zeros((0, 0), np.int32)),
    np.array([], object),
    pd.DataFrame({"item": pd.Series([], dtype="str"), "lang": pd.Series([], dtype="str")}),
    np.array([], np.int64),
    "word",
)
_NUMBERS = ("k_steady", "n_steady", "n_silent", "expected_silent", "p_silent", "months")


def nothing_judged() -> pd.DataFrame:
    """Give the table of judged items without a row.

    Returns
    -------
    pandas.DataFrame
        The table ``trends`` with the columns that briefs add, of the right types.
    """
    table = (
        empty_table("trends")
        .assign(ignored=False, lately=False, months_agree=True, months_after=False, silent=False)
        .astype(
            dict.fromkeys(("ignored", "lately", "months_agree", "months_after", "silent"), "bool")
        )
    )
    for column in ("kind", "label", "variant_of", "first_precision", "last_precision"):
        table[column] = pd.Series([], dtype="str")
    for column in ("k_early", "n_early", "k_late", "n_late", *_NUMBERS):
        table[column] = pd.Series([], dtype="int64")
    for column in ("early_end", "late_start", "recent_start", "steady_start", "silence_start"):
        table[column] = pd.Series([], dtype="datetime64[s]")
    return table
