"""Factors to tables: terms of topics, topics of documents, paragraphs with their topic."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from watchwords.schema import check_table
from watchwords.scores import Scores
from watchwords.topics.factors import DECIMALS, Factors, largest_topic
from watchwords.topics.labels import rank_words
from watchwords.topics.paragraphs import Paragraphs

Names = NDArray[np.object_]


def name_topics(n_topics: int) -> Names:
    """Name topics by their place in the order of size.

    Parameters
    ----------
    n_topics : int
        How many.

    Returns
    -------
    ndarray of str, shape (n_topics,)

    Examples
    --------
    >>> name_topics(3).tolist()
    ['t01', 't02', 't03']
    """
    width = max(2, len(str(n_topics)))
    return np.array([f"t{i:0{width}}" for i in range(1, n_topics + 1)], object)


def tabulate_terms(factors: Factors, words: NDArray[np.object_]) -> pd.DataFrame:
    """List the words of each topic.

    Parameters
    ----------
    factors : Factors
        Topics in the order of their names.
    words : ndarray of str, shape (n_words,)
        The words.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_terms``, largest first; a word that a topic does not have is left out.
    """
    names = name_topics(len(factors.beta))
    ranked = [rank_words(row, words) for row in factors.beta]
    table = pd.DataFrame(
        {
            "topic": np.repeat(names, [len(order) for order in ranked]),
            "term": words[np.concatenate(ranked)],
            "beta": np.concatenate(
                [row[order] for row, order in zip(factors.beta, ranked, strict=True)]
            ),
        }
    )
    return check_table("topic_terms", table.astype({"topic": "str", "term": "str"}))


def score_topics(
    factors: Factors, paragraphs: Paragraphs, *, doc_ids: Names, labels: list[str]
) -> Scores:
    """Count for each document the paragraphs in which each topic is largest.

    Parameters
    ----------
    factors : Factors
        Topics in the order of their names.
    paragraphs : Paragraphs
        What they were fitted to.
    doc_ids : ndarray of str, shape (n_docs,)
        All documents of the tokens, in their order.
    labels : list of str
        One for each topic.

    Returns
    -------
    Scores
        The documents that were searched; a paragraph with none of the words counts nowhere, so
        the topics of a document sum to its ``n_units``.
    """
    names = name_topics(len(factors.beta))
    largest = largest_topic(factors.gamma)
    placed = largest >= 0
    cells = (paragraphs.doc[placed], largest[placed])
    shape = (len(doc_ids), len(names))
    matrix = sparse.csr_array(
        sparse.coo_array((np.ones(int(placed.sum()), np.int32), cells), shape=shape)
    )
    matrix.sum_duplicates()
    matrix = sparse.csr_array(matrix[np.flatnonzero(paragraphs.searched)])
    items = pd.DataFrame({"item": names, "lang": "en", "kind": "topic", "label": labels})
    n_units = np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64)
    return Scores(matrix, doc_ids[paragraphs.searched], items.astype("str"), n_units, "paragraph")


def tabulate_documents(scores: Scores) -> pd.DataFrame:
    """Turn paragraphs by topic into shares of each document's paragraphs.

    Parameters
    ----------
    scores : Scores
        As `score_topics` gives them.

    Returns
    -------
    pandas.DataFrame
        The table ``doc_topics``: a row for each topic of each document with a paragraph.
    """
    kept = scores.n_units > 0
    shares = scores.matrix.toarray()[kept] / scores.n_units[kept, None]
    names = scores.items["item"].to_numpy(object)
    table = pd.DataFrame(
        {
            "doc_id": np.repeat(scores.doc_ids[kept], len(names)),
            "topic": np.tile(names, int(kept.sum())),
            "gamma": shares.ravel().astype(np.float64),
        }
    )
    return check_table("doc_topics", table.astype({"doc_id": "str", "topic": "str"}))


def tabulate_paragraphs(
    factors: Factors, paragraphs: Paragraphs, *, doc_ids: Names, weights: sparse.csr_array
) -> pd.DataFrame:
    """List the paragraphs with their largest topic.

    Parameters
    ----------
    factors : Factors
        Topics in the order of their names.
    paragraphs : Paragraphs
        What they were fitted to.
    doc_ids : ndarray of str, shape (n_docs,)
        All documents of the tokens, in their order.
    weights : scipy.sparse.csr_array of float64, shape (n_paragraphs, n_words)
        Weighted words, rows of length 1.

    Returns
    -------
    pandas.DataFrame
        See `Topics.paragraphs`.
    """
    largest = largest_topic(factors.gamma)
    row = np.arange(len(largest))
    placed = largest >= 0
    length = np.sqrt((factors.beta**2).sum(axis=1, keepdims=True))
    direction = np.divide(factors.beta, length, out=np.zeros_like(factors.beta), where=length > 0)
    cosine = np.asarray(weights @ direction.T)[row, largest]
    names = np.append(name_topics(len(factors.beta)), "")
    return pd.DataFrame(
        {
            "doc_id": doc_ids[paragraphs.doc],
            "start": paragraphs.start,
            "end": paragraphs.end,
            "topic": names[largest],
            "gamma": np.where(placed, factors.gamma[row, largest], 0.0),
            "weight": np.where(placed, np.round(cosine, DECIMALS), 0.0),
        }
    ).astype({"doc_id": "str", "topic": "str"})


def summarize_topics(scores: Scores, coherence: NDArray[np.float64]) -> pd.DataFrame:
    """Give each topic a row: label, size, coherence.

    Parameters
    ----------
    scores : Scores
        As `score_topics` gives them.
    coherence : ndarray of float64, shape (n_topics,)
        NaN where it was not scored.

    Returns
    -------
    pandas.DataFrame
        See `Topics.summary`.
    """
    size = np.asarray(scores.matrix.sum(axis=0)).ravel().astype(np.int64)
    return pd.DataFrame(
        {
            "topic": scores.items["item"],
            "label": scores.items["label"],
            "n_paragraphs": size,
            "n_docs": scores.n_docs(),
            "share": size / max(int(size.sum()), 1),
            "coherence": coherence,
        }
    )
