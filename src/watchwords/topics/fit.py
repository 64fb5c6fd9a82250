"""Tokens in, topics out."""

from collections.abc import Collection
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from watchwords.errors import TooFewDocumentsError, WatchwordsError, nearest
from watchwords.floors import count_of
from watchwords.tokens import Tokens
from watchwords.topics.coherence import Measure, score_coherence
from watchwords.topics.factors import Factors, largest_topic
from watchwords.topics.labels import label_topics, rank_words
from watchwords.topics.lda import allocate
from watchwords.topics.nmf import factorize
from watchwords.topics.paragraphs import Paragraphs, count_paragraphs
from watchwords.topics.result import TopicFit, Topics
from watchwords.topics.tables import (
    score_topics,
    summarize_topics,
    tabulate_documents,
    tabulate_paragraphs,
    tabulate_terms,
)
from watchwords.topics.weights import weigh_words

MIN_DOCS = 20
PARAGRAPHS_PER_TOPIC = 10
COHERENCE_WORDS = 10
CHINESE = "Topics of Chinese texts come later: terms and watched concepts only."


def fit_topics(
    tokens: Tokens,
    *,
    n_topics: int = 20,
    drop: pd.DataFrame | None = None,
    drop_words: Collection[str] = (),
    engine: Literal["nmf", "lda"] = "nmf",
    seed: int,
    min_docs: int = MIN_DOCS,
    coherence: Measure | None = "u_mass",
    progress: bool = False,
) -> Topics:
    r"""Find topics: groups of words that stand in the same paragraphs.

    The number of topics is your assumption, not a finding; another number or another seed cuts
    the same texts differently. One topic usually gathers what is general in all paragraphs: its
    share measures a style, not a subject. English documents only; duplicates are left out.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    n_topics : int, default 20
        How many topics, at least 2.
    drop : pandas.DataFrame, optional
        Places to leave out, usually all hits of the watched concepts, so that formulas repeated
        in every text do not drown what the texts are about: the table ``hits``.
    drop_words : collection of str, default ()
        Single words to leave out everywhere, such as personal names.
    engine : {"nmf", "lda"}, default "nmf"
        Non-negative matrix factorisation of weighted counts (scikit-learn), or latent Dirichlet
        allocation of counts (gensim), which is ten times slower or more.
    seed : int
        Same tokens, same seed, same topics, to the last digit on one machine.
    min_docs : int, default 20
        With fewer documents there is no result.
    coherence : {"u_mass", "c_npmi"} or None, default "u_mass"
        See `watchwords.topics.coherence.score_coherence`; None leaves it out and is a second or
        two faster.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Topics

    Raises
    ------
    TooFewDocumentsError
        If there are fewer documents than `min_docs`, fewer than ten paragraphs or one word a
        topic, or the corpus is Chinese; the message is the sentence to print.
    WatchwordsError
        If `engine`, `n_topics` or `drop_words` is not as described.

    See Also
    --------
    watchwords.rates.period_rates : Shares of topics by period, from ``Topics.scores``.

    Examples
    --------
    >>> from watchwords.tokens import tokenize
    >>> sea, land = "Ships guard the coast. " * 7, "Farmers sow the wheat. " * 7
    >>> text = "\n\n".join([sea, land, sea, land])
    >>> table = pd.DataFrame({"doc_id": list("abcde"), "lang": "en", "text": text})
    >>> topics = fit_topics(tokenize(table), n_topics=2, seed=1, min_docs=5)
    >>> topics
    Topics: 2 by nmf (seed 1) from 20 paragraphs of 5 documents, 6 words
    >>> topics.labels.tolist()
    ['coast, guard, ships', 'farmers, sow, wheat']
    """
    _check(n_topics, engine)
    with tqdm(total=4, desc="topics", unit="step", disable=not progress) as steps:
        paragraphs = count_paragraphs(tokens, drop, drop_words=drop_words)
        _refuse(tokens, paragraphs, n_topics=n_topics, min_docs=min_docs)
        steps.update()
        weights = weigh_words(paragraphs.counts)
        factors = (
            factorize(weights, n_topics, seed=seed)
            if engine == "nmf"
            else allocate(paragraphs.counts, n_topics, seed=seed)
        )
        factors = _by_size(factors, paragraphs.words)
        steps.update()
        scored = np.full(n_topics, np.nan)
        if coherence is not None:
            top = [rank_words(row, paragraphs.words)[:COHERENCE_WORDS] for row in factors.beta]
            scored = score_coherence(paragraphs.counts, top, measure=coherence)
        steps.update()
        doc_ids = tokens.documents["doc_id"].to_numpy(object)
        labels = label_topics(factors.beta, paragraphs.words)
        scores = score_topics(factors, paragraphs, doc_ids=doc_ids, labels=labels)
        topics = Topics(
            topic_terms=tabulate_terms(factors, paragraphs.words),
            doc_topics=tabulate_documents(scores),
            summary=summarize_topics(scores, scored),
            paragraphs=tabulate_paragraphs(factors, paragraphs, doc_ids=doc_ids, weights=weights),
            scores=scores,
            fit=TopicFit(
                engine=engine,
                seed=seed,
                n_words=len(paragraphs.words),
                n_iter=factors.n_iter,
                converged=factors.converged,
                coherence=coherence or "",
            ),
        )
        steps.update()
    return topics


def _check(n_topics: int, engine: str) -> None:
    if engine not in ("nmf", "lda"):
        raise WatchwordsError(f"`engine` is {engine!r}; {nearest(str(engine), ('nmf', 'lda'))}")
    if n_topics < 2:
        raise WatchwordsError(f"`n_topics` is {n_topics}; it is at least 2.")


def _refuse(tokens: Tokens, paragraphs: Paragraphs, *, n_topics: int, min_docs: int) -> None:
    n_docs = int(paragraphs.searched.sum())
    if not n_docs and (tokens.documents["lang"] == "zh").any():
        raise TooFewDocumentsError(CHINESE)
    sentence = f"Too few documents for topics: {count_of(n_docs, 'document')}"
    if n_docs < min_docs:
        raise TooFewDocumentsError(f"{sentence}.")
    n_paragraphs, n_words = paragraphs.counts.shape
    needed = n_topics * PARAGRAPHS_PER_TOPIC
    if n_paragraphs < needed:
        raise TooFewDocumentsError(
            f"{sentence} with {count_of(n_paragraphs, 'paragraph')}; {n_topics} topics need "
            f"{needed:,}."
        )
    if n_words < n_topics:
        raise TooFewDocumentsError(
            f"{sentence} with {count_of(n_words, 'word')} in five of them or more; {n_topics} "
            f"topics need {n_topics}."
        )


def _by_size(factors: Factors, words: NDArray[np.object_]) -> Factors:
    n_topics = len(factors.beta)
    largest = largest_topic(factors.gamma)
    size = np.bincount(largest[largest >= 0], minlength=n_topics)
    first = words[factors.beta.argmax(axis=1)].astype(str)
    order = np.lexsort((first, -size))
    return Factors(factors.gamma[:, order], factors.beta[order], factors.n_iter, factors.converged)
