"""Clean every document of a table, and mark the exact duplicates."""

import pandas as pd

from watchwords.clean.duplicates import find_duplicates
from watchwords.clean.text import clean_text
from watchwords.schema import check_table


def clean_documents(documents: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """Clean texts and titles, keep the text as extracted in ``raw``, and mark duplicates.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    pandas.DataFrame
        A copy, rows in the same order, with ``text`` and ``title`` cleaned, ``raw`` (str, the
        text as extracted; kept if it is there already) and ``duplicate_of`` (the doc_id of the
        earliest dated copy of the same text, else ""). Cleaning it again changes nothing.

    Raises
    ------
    SchemaError
        If a column is absent.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> list(clean_documents(empty_table("documents")).columns)[-1]
    'raw'
    """
    check_table("documents", documents)
    langs = documents["lang"].tolist()
    texts = [
        clean_text(text, lang=lang)
        for text, lang in zip(_watched(documents["text"], progress=progress), langs, strict=True)
    ]
    titles = [
        clean_text(title, lang=lang) or title
        for title, lang in zip(documents["title"], langs, strict=True)
    ]
    cleaned = documents.copy()
    if "raw" not in cleaned.columns:
        cleaned["raw"] = cleaned["text"]
    cleaned["text"] = pd.Series(texts, index=cleaned.index, dtype="str")
    cleaned["title"] = pd.Series(titles, index=cleaned.index, dtype="str")
    cleaned["duplicate_of"] = find_duplicates(cleaned)
    return check_table("documents", cleaned)


def _watched(texts: pd.Series, *, progress: bool) -> list[str]:
    if not progress:
        return list(texts)
    from tqdm.auto import tqdm

    bar: list[str] = tqdm(list(texts), desc="cleaning", unit="document")
    return bar
