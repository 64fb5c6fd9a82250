"""Hits to counts by document."""

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.concepts.match import UNRESOLVED
from watchwords.concepts.termbase import check_concepts, name_concepts
from watchwords.errors import EmptyCorpusError
from watchwords.scores import Scores
from watchwords.tokens import Tokens
from watchwords.tokens.units import UNITS


def count_concepts(
    tokens: Tokens,
    hits: pd.DataFrame,
    concepts: pd.DataFrame,
    *,
    lang: str = "en",
    keep_duplicates: bool = False,
) -> Scores:
    """Count the watched concepts by document, all renderings of one together.

    Every document of the language is a row, whether a concept is found in it or not. A concept
    that is never found is there with zeros; one for which the term base has no form in this
    language is left out, because its zeros would only say that nobody looked.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    hits : pandas.DataFrame
        As from `match_concepts`. Those with the rule "unresolved" do not count.
    concepts : pandas.DataFrame
        The term base of the hits.
    lang : str, default "en"
        Documents in one language: rates in words and in characters are never pooled.
    keep_duplicates : bool, default False
        Count reprints too.

    Returns
    -------
    Scores
        ``items``: ``item`` (the concept_id), ``lang``, ``kind`` ("concept"), ``label``, in the
        order of the term base; ``unit`` "word", or "character" for "zh".

    Raises
    ------
    EmptyCorpusError
        If no document is in `lang`, or it has no tokeniser.
    SchemaError
        If `concepts` is not a valid term base.

    See Also
    --------
    watchwords.period_rates, watchwords.fit_trends : The next steps.

    Examples
    --------
    >>> from watchwords.concepts import match_concepts
    >>> from watchwords.tokens import tokenize
    >>> texts = ["The Soviet Union and the U.S.S.R.", "A quiet year."]
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": texts}))
    >>> forms = {"concept_id": "soviets", "lang": "en", "form": ["Soviet Union", "U.S.S.R."]}
    >>> concepts = pd.DataFrame(forms)
    >>> scores = count_concepts(tokens, match_concepts(tokens, concepts), concepts)
    >>> scores
    Scores: 1 items in 2 documents, 2 occurrences, 9 words
    """
    documents = tokens.documents
    searched = (documents["lang"] == lang).to_numpy()
    if lang not in UNITS or not searched.any():
        present = ", ".join(f"`{name}`" for name in sorted(set(documents["lang"]) & set(UNITS)))
        raise EmptyCorpusError(
            f"`lang` is {lang!r}; the documents that can be counted are in: {present or 'none'}."
        )
    if not keep_duplicates:
        searched = searched & (documents["duplicate_of"] == "").to_numpy()
    doc_ids = documents.loc[searched, "doc_id"].to_numpy(object)
    base = check_concepts(concepts)
    counted = hits[hits["rule"] != UNRESOLVED]
    row = pd.Index(doc_ids).get_indexer(pd.Index(counted["doc_id"]))
    names = _searched_names(base, counted[row >= 0], lang)
    column = names.index.get_indexer(pd.Index(counted["concept_id"]))
    inside = (row >= 0) & (column >= 0)
    ones = np.ones(int(inside.sum()), np.int32)
    matrix = sparse.csr_array(
        (ones, (row[inside], column[inside])), shape=(len(doc_ids), len(names)), dtype=np.int32
    )
    matrix.sum_duplicates()
    items = pd.DataFrame({"item": names.index.astype("str"), "lang": lang, "kind": "concept"})
    items["label"] = names.to_numpy()
    return Scores(matrix, doc_ids, items, tokens.n_units()[searched], UNITS[lang])


def _searched_names(base: pd.DataFrame, found: pd.DataFrame, lang: str) -> pd.Series:
    """Name the concepts that were looked for in a language, or found in it all the same."""
    looked_for = set(base.loc[base["lang"] == lang, "concept_id"]) | set(found["concept_id"])
    names = name_concepts(base)
    return names[names.index.isin(looked_for)]
