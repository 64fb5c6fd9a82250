"""One line per concept: where, since when, in which forms."""

from collections import Counter

import numpy as np
import pandas as pd

from watchwords.concepts.anachronisms import latest_days
from watchwords.concepts.match import UNRESOLVED
from watchwords.concepts.termbase import check_concepts, name_concepts
from watchwords.tokens import TOKENIZED, Tokens

_DAY = "datetime64[s]"
_ABOUT = ["zh", "category", "first_use", "first_use_confidence", "keep_apart"]
_PRINTS = ["n_texts", "n_prints", "n_issuers_printing", "n_sources_printing"]
_COLUMNS = [
    *("concept_id", "lang", "label", "n_docs", "n_docs_total", "n", "forms"),
    *_PRINTS,
    *("first_seen", "last_seen", "first_doc", "last_doc", "n_undated"),
    *("n_unresolved", "unresolved", "flag"),
    *_ABOUT,
]
_SHOWN = {"year": 4, "month": 7}
_MONTH = 7
_KNOWN = [
    *("doc_id", "lang", "date", "date_precision", "duplicate_of", "same_text_as"),
    *("issuer", "source"),
]
_COUNTS = ["n_docs", "n_docs_total", "n", "n_undated", "n_unresolved", *_PRINTS]


def summarize_concepts(tokens: Tokens, hits: pd.DataFrame, concepts: pd.DataFrame) -> pd.DataFrame:
    """Say of each watched concept in how many documents it is, in which forms, since when.

    Reprints are left out, of the hits and of the total alike; how often and by whom the texts were
    printed stands beside it, since forty papers that print one text are one text and forty
    choices to print it. First and last seen are of the
    dated documents only, and of this corpus only: they depend on where its coverage begins.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    hits : pandas.DataFrame
        As from `match_concepts`.
    concepts : pandas.DataFrame
        The term base of the hits.

    Returns
    -------
    pandas.DataFrame
        One row per concept and language in which it was looked for, in the order of the term
        base: ``concept_id``, ``lang`` (of the documents), ``label``; ``n_docs`` of
        ``n_docs_total`` documents, ``n`` occurrences; ``forms``, a list of (form as printed, n),
        the commonest first, capitals and blanks aside; ``n_texts``, ``n_prints``,
        ``n_issuers_printing`` and ``n_sources_printing`` of all documents with the concept,
        reprints included (see `count_prints`); ``first_seen``, ``last_seen`` (NaT if no
        dated document has it), ``first_doc``, ``last_doc`` (doc_id or ""); ``n_undated``,
        documents with the concept but without date; ``n_unresolved`` and ``unresolved``, the
        hits that need context and their forms, in none of the numbers before; ``flag``, a
        sentence where a hit is older than the first known use, else ""; and ``zh``,
        ``category``, ``first_use``, ``first_use_confidence``, ``keep_apart`` of the term base.

    Raises
    ------
    SchemaError
        If `concepts` is not a valid term base.

    Examples
    --------
    >>> from watchwords.concepts import match_concepts
    >>> from watchwords.tokens import tokenize
    >>> texts = ["Two upholds.", "The “two upholds” and the two upholds’ meaning.", "Rain."]
    >>> table = pd.DataFrame({"doc_id": ["a", "b", "c"], "lang": "en", "text": texts})
    >>> dates = pd.to_datetime(["2017-05-01", "2021-05-01", None]).astype("datetime64[s]")
    >>> tokens = tokenize(table.assign(date=dates, date_precision=["day", "day", "none"]))
    >>> concepts = pd.DataFrame({"concept_id": ["upholds"], "lang": ["en"],
    ...     "form": ["two upholds"], "first_use": ["2018"]})
    >>> line = summarize_concepts(tokens, match_concepts(tokens, concepts), concepts).iloc[0]
    >>> print(line["n_docs"], "of", line["n_docs_total"], line["forms"])
    2 of 3 [('two upholds', 3)]
    >>> line["flag"]
    'found on 2017-05-01 in a, before the first known use (2018)'
    """
    base = check_concepts(concepts)
    about = base.drop_duplicates("concept_id").set_index("concept_id")[_ABOUT]
    names = name_concepts(base)
    documents = tokens.documents[tokens.documents["duplicate_of"] == ""]
    known = [name for name in _KNOWN if name in tokens.documents.columns]
    printed = hits.merge(tokens.documents[known], on="doc_id", how="inner")
    places = dict(list(printed.groupby(["concept_id", "lang"], sort=False)))
    totals = documents["lang"].value_counts()
    looked_for = set(zip(base["concept_id"], base["lang"], strict=True)) | set(places)
    lines = [
        {"concept_id": concept, "lang": lang, "label": names[concept]}
        | _summarize(
            places.get((concept, lang), printed[:0]), int(totals[lang]), about.loc[concept]
        )
        for concept in names.index
        for lang in TOKENIZED
        if lang in totals and (concept, lang) in looked_for
    ]
    table = pd.DataFrame(lines, columns=_COLUMNS)
    texts = ["concept_id", "lang", "label", "first_doc", "last_doc", "flag", *_ABOUT]
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(_COUNTS, "int64")
    return table.astype(kinds | {"first_seen": _DAY, "last_seen": _DAY})


def _summarize(printed: pd.DataFrame, n_docs_total: int, about: pd.Series) -> dict[str, object]:
    rows = printed[printed["duplicate_of"] == ""]
    counted = rows[rows["rule"] != UNRESOLVED]
    unresolved = rows[rows["rule"] == UNRESOLVED]
    by_doc = counted.drop_duplicates("doc_id")
    dated = by_doc[by_doc["date"].notna()].sort_values("date", kind="stable")
    # Of several documents of the last day, the last one in the order of the corpus.
    first, last = (dated.iloc[0], dated.iloc[-1]) if len(dated) else (None, None)
    return {
        "n_docs": len(by_doc),
        "n_docs_total": n_docs_total,
        "n": len(counted),
        "forms": count_forms(counted["form"]),
        **count_prints(printed[printed["rule"] != UNRESOLVED]),
        "first_seen": pd.NaT if first is None else first["date"],
        "last_seen": pd.NaT if last is None else last["date"],
        "first_doc": "" if first is None else first["doc_id"],
        "last_doc": "" if last is None else last["doc_id"],
        "n_undated": len(by_doc) - len(dated),
        "n_unresolved": len(unresolved),
        "unresolved": count_forms(unresolved["form"]),
        "flag": _flag_early(dated, about),
        **{str(name): value for name, value in about.items()},
    }


def count_prints(printed: pd.DataFrame) -> dict[str, int]:
    """Count the texts among documents, how often they are printed, and by how many.

    Parameters
    ----------
    printed : pandas.DataFrame
        Documents, reprints included, in any number of rows: ``doc_id``, ``duplicate_of`` and, if
        they are there, ``same_text_as`` (two issuers may publish one text), ``issuer`` and
        ``source``.

    Returns
    -------
    dict
        ``n_texts``, different texts; ``n_prints``, documents; ``n_issuers_printing``, different
        issuers, a document without one going by its source; ``n_sources_printing``, different
        sources. A document of which neither is known counts in neither.

    Examples
    --------
    >>> count_prints(pd.DataFrame({"doc_id": ["a", "b", "c"], "duplicate_of": ["", "a", ""],
    ...     "issuer": "Tinghe", "source": ["Daily", "Evening", ""]}))
    {'n_texts': 2, 'n_prints': 3, 'n_issuers_printing': 1, 'n_sources_printing': 2}
    """
    documents = printed.drop_duplicates("doc_id")
    text = documents["doc_id"]
    for column in ("duplicate_of", "same_text_as"):
        if column in documents:
            text = text.where(documents[column] == "", documents[column])
    nothing = pd.Series("", documents.index, dtype="str")
    source = documents.get("source", nothing)
    issuer = documents.get("issuer", nothing)
    issuer = issuer.where(issuer != "", source)
    return {
        "n_texts": text.nunique(),
        "n_prints": len(documents),
        "n_issuers_printing": issuer[issuer != ""].nunique(),
        "n_sources_printing": source[source != ""].nunique(),
    }


def count_forms(forms: pd.Series) -> list[tuple[str, int]]:
    """Count forms as printed; capitals and blanks do not make another form.

    Parameters
    ----------
    forms : pandas.Series of str
        As printed.

    Returns
    -------
    list of (str, int)
        The commonest first, in its commonest spelling; ties by text.

    Examples
    --------
    >>> count_forms(pd.Series(["Cold War", "cold  war", "cold-war", "cold war"]))
    [('cold war', 3), ('cold-war', 1)]
    """
    spellings: dict[str, Counter[str]] = {}
    for form in forms:
        spelling = " ".join(form.split())
        spellings.setdefault(spelling.casefold(), Counter())[spelling] += 1
    shown = [
        (min(counts, key=lambda form: (-counts[form], form)), counts.total())
        for counts in spellings.values()
    ]
    return sorted(shown, key=lambda pair: (-pair[1], pair[0]))


def _flag_early(dated: pd.DataFrame, about: pd.Series) -> str:
    """Word a hit that is surely older than the first known use."""
    if not len(dated) or not about["first_use"]:
        return ""
    latest = latest_days(dated["date"], dated["date_precision"])
    # As in `find_anachronisms`: a year or a month of first use stands for its first day.
    early = dated[latest < np.datetime64(about["first_use"], "D")]
    if not len(early):
        return ""
    first = early.iloc[0]
    shown = f"{first['date']:%Y-%m-%d}"[: _SHOWN.get(first["date_precision"], 10)]
    about_word = "about " if about["first_use_confidence"] == "low" else ""
    return (
        f"found {'on' if len(shown) > _MONTH else 'in'} {shown} in {first['doc_id']}, before the "
        f"first known use ({about_word}{about['first_use']})"
    )
