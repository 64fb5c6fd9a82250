"""Topics by latent Dirichlet allocation."""

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from watchwords.topics.factors import Factors, to_shares

PASSES = 5
# Smaller batches than gensim's 2,000, and several of them, leave the random start sooner.
BATCH = 256
MIN_BATCHES = 8
ITERATIONS = 100


def allocate(counts: sparse.csr_array, n_topics: int, *, seed: int) -> Factors:
    """Fit a mixture of topics to every paragraph by online variational Bayes.

    Far slower than `watchwords.topics.nmf.factorize` and, on short texts, less sharp; it is here
    for those who must compare with published work. It always runs five passes and does not say
    whether they were enough.

    Parameters
    ----------
    counts : scipy.sparse.csr_array of int, shape (n_paragraphs, n_words)
        Occurrences, not weights.
    n_topics : int
        How many topics.
    seed : int
        For the random start.

    Returns
    -------
    Factors
        `converged` is None.

    References
    ----------
    .. [1] D. M. Blei, A. Y. Ng and M. I. Jordan (2003). Latent Dirichlet allocation. Journal of
       Machine Learning Research 3, 993-1022.
    .. [2] M. D. Hoffman, D. M. Blei and F. Bach (2010). Online learning for latent Dirichlet
       allocation. Advances in Neural Information Processing Systems 23, 856-864.
    """
    from gensim.models import LdaModel

    bags = _bags(counts)
    # Every batch must look like the whole: in the order of the corpus the last texts, often the
    # latest, would win.
    shuffled = [bags[i] for i in np.random.default_rng(seed).permutation(len(bags))]
    with threadpool_limits(1):
        model = LdaModel(
            shuffled,
            num_topics=n_topics,
            id2word={i: str(i) for i in range(counts.shape[1])},
            passes=PASSES,
            chunksize=min(BATCH, max(len(bags) // MIN_BATCHES, 1)),
            iterations=ITERATIONS,
            eval_every=None,
            random_state=seed,
            dtype=np.float64,
        )
        gamma = model.inference(bags)[0]
    gamma[np.diff(counts.indptr) == 0] = 0
    return Factors(to_shares(gamma), to_shares(model.get_topics()), PASSES, None)


def _bags(counts: sparse.csr_array) -> list[list[tuple[int, int]]]:
    pairs = list(zip(counts.indices.tolist(), counts.data.tolist(), strict=True))
    return [pairs[a:b] for a, b in zip(counts.indptr[:-1], counts.indptr[1:], strict=True)]
