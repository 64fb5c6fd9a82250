"""Whether the words of a topic keep company."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Measure = Literal["u_mass", "c_npmi"]


def score_coherence(
    counts: sparse.csr_array, top_words: list[NDArray[np.int64]], *, measure: Measure = "u_mass"
) -> NDArray[np.float64]:
    """Score how often the top words of each topic stand in the same paragraphs.

    Higher is better, within one corpus and one number of top words only: the values of two
    corpora cannot be compared. A topic made of a repeated formula scores high too.

    Parameters
    ----------
    counts : scipy.sparse.csr_array of int, shape (n_paragraphs, n_words)
        Occurrences.
    top_words : list of ndarray of int
        Columns of the top words of each topic, largest first.
    measure : {"u_mass", "c_npmi"}, default "u_mass"
        "u_mass" [1]_: mean log share of the paragraphs with the second word that have the first
        too; at most 0. "c_npmi" [2]_: mean normalised pointwise mutual information, -1 to 1;
        its window is the whole paragraph here, not ten words.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        To four decimals. NaN for a topic of fewer than two words.

    References
    ----------
    .. [1] D. Mimno et al. (2011). Optimizing semantic coherence in topic models. Proceedings of
       EMNLP, 262-272.
    .. [2] N. Aletras and M. Stevenson (2013). Evaluating topic coherence using distributional
       semantics. Proceedings of IWCS, 13-22.
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    scored = [top for top in top_words if len(top) > 1]
    result = np.full(len(top_words), np.nan)
    if not scored:
        return result
    # Only the top words are handed over: the others change no count.
    texts = _texts(counts, np.unique(np.concatenate(scored)))
    dictionary = Dictionary(texts)
    source = (
        {"corpus": [dictionary.doc2bow(text) for text in texts]}
        if measure == "u_mass"
        else {"texts": texts, "window_size": max(len(text) for text in texts)}
    )
    model = CoherenceModel(
        topics=[[str(word) for word in top] for top in scored],
        dictionary=dictionary,
        coherence=measure,
        topn=max(len(top) for top in scored),
        processes=1,
        **source,
    )
    result[[len(top) > 1 for top in top_words]] = model.get_coherence_per_topic()
    return np.round(result, 4)


def _texts(counts: sparse.csr_array, columns: NDArray[np.int64]) -> list[list[str]]:
    part = sparse.csr_array(counts[:, columns])
    names = [str(column) for column in columns]
    words = [names[i] for i in part.indices.tolist()]
    return [words[a:b] for a, b in zip(part.indptr[:-1], part.indptr[1:], strict=True)]
