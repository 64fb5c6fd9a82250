"""The other wordings of a slogan that is one discovery, named beside the one it is listed by."""

import pandas as pd

from watchwords.briefs.workspace import Workspace
from watchwords.wording import listed, quoted

N_OTHERS = 3


def other_wordings(work: Workspace, row: pd.Series) -> list[str]:
    """Name the items that were judged with another one, those in most documents first.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.

    Returns
    -------
    list of str
        As the documents print them, without names and reporting frames; empty where the item
        stands alone.
    """
    table = work.trends[~work.trends["ignored"]]
    own = table[(table["variant_of"] == row["item"]) & (table["lang"] == row["lang"])]
    return list(own.sort_values(["n_docs", "item"], ascending=[False, True])["label"])


def _also(names: list[str]) -> str:
    more = len(names) - N_OTHERS
    shown = [*names[:N_OTHERS], *([f"{more} more"] if more > 0 else [])]
    return f"also: {listed(shown)}"


def label_with_others(work: Workspace, row: pd.Series) -> str:
    """Print the wording of a row of a table, and the others that are one discovery with it.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.

    Returns
    -------
    str
    """
    others = other_wordings(work, row)
    return f"{row['label']} ({_also(others)})" if others else str(row["label"])


def others_in_words(work: Workspace, row: pd.Series) -> str:
    """Say in a finding which other wordings are one discovery with it.

    Parameters
    ----------
    work : Workspace
    row : Series
        A row of the judged items.

    Returns
    -------
    str
        "" where there is none, else a sentence after a blank.
    """
    others = [quoted(name) for name in other_wordings(work, row)]
    nouns = work.report.nouns
    return f" In nearly the same {nouns}, {_also(others)}." if others else ""
