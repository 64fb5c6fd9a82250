"""Texts that are not originals: what a change of translator may not be taken for.

Another translator renders the same sentence in other words. In translations only concepts, which
gather all renderings, are tested for a change; words are tested in originals.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

TRANSLATIONS = ("official", "machine")
_WARNING = "A change of translator looks like a change of wording"


def is_translated(documents: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which documents are known to be translations.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``translation``, or without it, if nothing is known of that.

    Returns
    -------
    ndarray of bool, shape (n_docs,)
        True for "official" and "machine". What is not known counts as an original.
    """
    if "translation" not in documents.columns:
        return np.zeros(len(documents), bool)
    return np.asarray(documents["translation"].isin(TRANSLATIONS), bool)


def join_translators(
    documents: pd.DataFrame, strata: str | None
) -> tuple[pd.DataFrame, str | None]:
    """Exchange dates only within one translator, if there are several.

    Parameters
    ----------
    documents : pandas.DataFrame
        The documents.
    strata : str or None
        The column of strata that was asked for.

    Returns
    -------
    documents : pandas.DataFrame
        A copy with the column of joined strata, where translations are by more than one.
    strata : str or None
        Its name, else what was asked for.

    Examples
    --------
    >>> documents = pd.DataFrame({"translation": ["official"] * 2, "translator": ["Wu", "Li"]})
    >>> joined, strata = join_translators(documents, None)
    >>> joined[strata].tolist()
    ['translated by Wu', 'translated by Li']
    """
    asked = strata is not None and strata not in documents.columns
    if asked or "translator" not in documents.columns:
        return documents, strata
    translated = is_translated(documents)
    who = np.where(translated, documents["translator"].fillna("").astype(str), "")
    if len(set(who[translated].tolist())) < 2:
        return documents, strata
    words = np.where(translated, np.where(who == "", "translator unknown", "translated by "), "")
    joined = pd.Series(words + who, index=documents.index, dtype="str")
    if strata in (None, "translator"):
        return documents.assign(translator=joined), "translator"
    column = f"{strata} and translator"
    own = documents[strata].fillna("").astype("str")
    return documents.assign(**{column: own + "; " + joined}), column


def note_translations(n_translated: int, n_docs: int) -> tuple[str, ...]:
    """Say how many documents were counted in translation, and what follows.

    Parameters
    ----------
    n_translated, n_docs : int
        Documents that are translations, and in all.

    Returns
    -------
    tuple of str
        One sentence, or none.

    Examples
    --------
    >>> note_translations(12, 40)[0]
    '12 of 40 documents counted in translation. A change of translator looks like a change of \
wording: in them only concepts are tested.'
    """
    if not n_translated:
        return ()
    return (
        f"{n_translated:,} of {n_docs:,} documents counted in translation. {_WARNING}: in them "
        "only concepts are tested.",
    )


def word_translated(translated: NDArray[np.bool_]) -> str:
    """Word why no wording is tested, which begins its verdict.

    Parameters
    ----------
    translated : ndarray of bool, shape (n_docs,)
        Which of the counted documents are translations.

    Returns
    -------
    str

    Examples
    --------
    >>> word_translated(np.array([True, False]))
    'Counted in translation in part, where a change of translator looks like a change of wording'
    """
    partly = "" if translated.all() else " in part"
    return f"Counted in translation{partly}, where {_WARNING[0].lower()}{_WARNING[1:]}"
