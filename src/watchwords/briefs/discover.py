"""Terms that nobody listed: in which language, counted, shown and printed how."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from scipy import sparse

from watchwords.briefs.report import Report
from watchwords.briefs.rows import each_row
from watchwords.briefs.screen import shown_items
from watchwords.scores import Scores
from watchwords.terms import count_terms, hide_nested, label_terms
from watchwords.terms.searched import searched_documents
from watchwords.tokens import TOKENIZED, Tokens


def main_language(langs: Mapping[str, int]) -> str | None:
    """Choose the language whose terms are discovered: the one of most documents.

    Parameters
    ----------
    langs : mapping of str to int
        Documents of each language.

    Returns
    -------
    str or None
        None if none of them has a tokeniser.

    Examples
    --------
    >>> main_language({"en": 20, "zh": 30, "fr": 90})
    'zh'
    """
    spoken = sorted(lang for lang in TOKENIZED if lang in langs)
    return max(spoken, key=lambda lang: langs[lang], default=None)


def discover_terms(
    tokens: Tokens,
    report: Report,
    *,
    lang: str,
    folder: Path,
    watched: Collection[str] = (),
) -> Scores:
    """Count the terms of a report; those that explain others hide them.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    report : Report
        Its limits.
    lang : str
        The language.
    folder : Path
        For what goes to a cluster and comes back; its workers must see it.
    watched : collection of str
        Forms that are counted as concepts, and not once more.

    Returns
    -------
    Scores
    """
    if report.scheduler and lang == "en":
        counted = _count_on_cluster(tokens, report, folder=folder)
    else:
        # A Chinese term is as long as it is: `max_words` counts words, and Chinese has none.
        max_words = report.max_words if lang == "en" else None
        counted = count_terms(tokens, max_words=max_words, min_docs=report.min_docs, lang=lang)
    terms = hide_nested(counted)
    return terms.select([item for item in terms.items["item"] if item not in watched])


def _count_on_cluster(tokens: Tokens, report: Report, *, folder: Path) -> Scores:
    """Count English terms on the workers of a Dask scheduler; the same as here, bit for bit."""
    from watchwords.scale import discover_partitions, write_partitions
    from watchwords.scale.cluster import open_executor

    searched = searched_documents(tokens, lang="en", keep_duplicates=False)
    doc_ids = tokens.documents["doc_id"][searched]
    texts = pd.Series([tokens.text(doc_id) for doc_id in doc_ids], doc_ids.index, dtype="str")
    table = pd.DataFrame({"doc_id": doc_ids, "text": texts})
    with (
        TemporaryDirectory(prefix="cluster-", dir=folder) as shared,
        open_executor(scheduler=report.scheduler) as executor,
    ):
        found = discover_partitions(
            write_partitions(table, f"{shared}/parts"),
            max_words=report.max_words,
            min_docs=report.min_docs,
            executor=executor,
            scratch=shared,
        )
    order = pd.Index(found.doc_ids).get_indexer(pd.Index(doc_ids))
    rows = sparse.csr_array(found.matrix[order])
    return Scores(rows, found.doc_ids[order], found.items, found.n_units[order], found.unit)


def shown_terms(judged: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """List the discovered terms that are shown, by language.

    Parameters
    ----------
    judged : pandas.DataFrame
        The judged items.

    Yields
    ------
    lang : str
    items : list of str
        At least one.
    """
    for lang, rows in judged.groupby("lang", sort=True):
        terms = set(rows.loc[rows["kind"] == "term", "item"])
        shown = [item for item in shown_items(rows) if item in terms]
        if shown:
            yield str(lang), shown


def label_items(judged: pd.DataFrame, tokens: Tokens, *, concepts: pd.DataFrame) -> pd.DataFrame:
    """Print the terms that are shown, and those judged with them, as the documents print them.

    Parameters
    ----------
    judged : pandas.DataFrame
        The judged items.
    tokens : Tokens
        The compiled corpus.
    concepts : pandas.DataFrame
        The watched concepts.

    Returns
    -------
    pandas.DataFrame
        `judged` with its ``label``.
    """
    printed: dict[tuple[Any, str], str] = {}
    for lang, shown in shown_terms(judged):
        led = judged[judged["variant_of"].isin(shown) & (judged["lang"] == lang)]
        found = [*shown, *sorted(set(led["item"]) - set(shown))]
        printed |= {
            (item, lang): name for item, name in label_terms(tokens, found, lang=lang).items()
        }
    # A Chinese series goes by its Chinese name: the English one has a line of its own.
    chinese = dict(zip(concepts["concept_id"], concepts["zh"], strict=True))
    label = [
        (chinese.get(row.item) if row.lang == "zh" else "")
        or row.label
        or printed.get((row.item, row.lang), row.item)
        for row in each_row(judged)
    ]
    return judged.assign(label=pd.Series(label, judged.index, dtype="str"))
