"""Where the watched concepts stand in the texts."""

import numpy as np
import pandas as pd

from watchwords.concepts.overlaps import STRETCH, keep_longest
from watchwords.concepts.strings import find_strings
from watchwords.concepts.termbase import check_concepts
from watchwords.concepts.words import find_words
from watchwords.schema import check_table
from watchwords.tokens import Tokens

UNRESOLVED = "unresolved"
_HITS = ["doc_id", "start", "end", "concept_id", "form", "rule"]


def match_concepts(tokens: Tokens, concepts: pd.DataFrame) -> pd.DataFrame:
    """Find the forms of the watched concepts.

    Case, quotes, a plural, a possessive and a hyphen or blank do not make another form; anything
    else does, a changed number above all. The longest form of the whole term base wins: a part
    inside a whole counts for the whole only. A form stays within a sentence and reaches across
    no punctuation that it does not have itself.

    Parameters
    ----------
    tokens : Tokens
        The corpus. English forms are looked for in the documents that have tokens, Chinese ones
        in all texts.
    concepts : pandas.DataFrame
        As from `read_concepts`; ``concept_id``, ``lang`` and ``form`` are enough.

    Returns
    -------
    pandas.DataFrame
        The table ``hits`` in the order of the documents and of the text: ``doc_id``, ``start``
        and ``end`` (code points of the text), ``concept_id``, ``form`` as printed, ``rule``:
        "exact" (as listed, but for capitals), "normalised", or "unresolved" (the form needs
        context to tell what is meant: to be shown, never counted).

    Raises
    ------
    SchemaError
        If `concepts` is not a valid term base.

    See Also
    --------
    watchwords.concepts.count_concepts, watchwords.concepts.summarize_concepts : The next steps.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> text = "The “Two Maintenances” and the four-districts' plan: two maintenance, 双碳."
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": [text]}))
    >>> forms = {"concept_id": ["upholds", "carbon"], "lang": ["en", "zh"]}
    >>> concepts = pd.DataFrame(forms | {"form": ["two maintenance", "双碳"]})
    >>> match_concepts(tokens, concepts)[["concept_id", "form", "rule"]]
      concept_id              form        rule
    0    upholds  Two Maintenances  normalised
    1    upholds   two maintenance       exact
    2     carbon                双碳       exact
    """
    forms = check_concepts(concepts)
    parts = [
        find_words(tokens, forms[forms["lang"] == "en"]),
        find_strings(tokens, forms[forms["lang"] == "zh"]),
    ]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    hits = _drop_parts(found).sort_values(["doc", "start", "end", "concept_id"])
    doc_ids = tokens.documents["doc_id"].to_numpy(object)
    hits.insert(0, "doc_id", pd.Series(doc_ids[hits["doc"].to_numpy(np.int64)], hits.index, "str"))
    kinds = {"start": "int64", "end": "int64", "concept_id": "str", "form": "str", "rule": "str"}
    return check_table("hits", hits[_HITS].astype(kinds).reset_index(drop=True))


def _drop_parts(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the longest of overlapping places; one place may belong to several concepts."""
    places = found.drop_duplicates(["doc", "start", "end"])
    start, end, doc = (places[name].to_numpy(np.int64) for name in ("start", "end", "doc"))
    offset = doc * STRETCH
    kept = keep_longest(offset + start, offset + end, places["size"].to_numpy(np.int64))
    return found.merge(places.loc[kept, ["doc", "start", "end", "size"]])
