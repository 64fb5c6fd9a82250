"""Chinese forms: fixed strings, found in the text itself."""

from collections.abc import Iterator

import pandas as pd

from watchwords.concepts.words import FOUND
from watchwords.tokens import Tokens


def find_strings(tokens: Tokens, forms: pd.DataFrame) -> pd.DataFrame:
    """Find every Chinese form at every place, those inside longer ones included.

    In Chinese one changed character is a message, so nothing is folded. Texts in every language
    are searched: an English page may carry Chinese, and a text needs no tokeniser for this.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    forms : pandas.DataFrame
        The Chinese rows of a term base.

    Returns
    -------
    pandas.DataFrame
        As from `watchwords.concepts.words.find_words`; ``size`` in characters.
    """
    rows = list(zip(forms["form"], forms["concept_id"], forms["needs_context"], strict=True))
    hits = []
    for doc, doc_id in enumerate(tokens.documents["doc_id"] if rows else []):
        text = tokens.text(doc_id)
        if text.isascii():
            continue
        for form, concept_id, needs_context in rows:
            rule = "unresolved" if needs_context else "exact"
            for start in _find_all(text, form):
                hits.append((doc, start, start + len(form), len(form), concept_id, form, rule))
    return pd.DataFrame(hits, columns=FOUND)


def _find_all(text: str, form: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + 1)
