"""Topics by non-negative matrix factorisation."""

import warnings

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from watchwords.topics.factors import Factors, to_shares

MAX_ITER = 600
# A tenth of this takes four times as long on two centuries of messages and changes neither the
# coherence of the topics nor how far two seeds agree.
TOLERANCE = 1e-3


def factorize(weights: sparse.csr_array, n_topics: int, *, seed: int) -> Factors:
    """Split weighted paragraphs into a few non-negative patterns of words.

    The shares are shares of weight, not of words: a rare word weighs more than a common one. One
    thread does all sums, so that their order, and with it the result, is always the same.

    Parameters
    ----------
    weights : scipy.sparse.csr_array of float64, shape (n_paragraphs, n_words)
        As `watchwords.topics.weights.weigh_words` gives them.
    n_topics : int
        How many patterns; at most the smaller side of `weights`.
    seed : int
        For the randomised decomposition that the fit starts from.

    Returns
    -------
    Factors
        `converged` is False if 600 rounds were not enough.

    References
    ----------
    .. [1] D. D. Lee and H. S. Seung (1999). Learning the parts of objects by non-negative matrix
       factorization. Nature 401, 788-791.
    .. [2] C. Boutsidis and E. Gallopoulos (2008). SVD based initialization: a head start for
       nonnegative matrix factorization. Pattern Recognition 41(4), 1350-1362.

    Examples
    --------
    >>> weights = sparse.csr_array(np.kron(np.eye(2), np.ones((3, 2))))
    >>> sorted(factorize(weights, 2, seed=1).beta.tolist())
    [[0.0, 0.0, 0.5, 0.5], [0.5, 0.5, 0.0, 0.0]]
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_topics, init="nndsvda", random_state=seed, max_iter=MAX_ITER, tol=TOLERANCE)
    # A perfect fit leaves an error of -1e-17, whose root nobody needs; that the fit has not settled
    # is said in the result instead of in a warning.
    with threadpool_limits(1), np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        loadings = model.fit_transform(weights)
    size = model.components_.sum(axis=1)
    return Factors(
        to_shares(np.asarray(loadings * size, np.float64)),
        to_shares(np.asarray(model.components_, np.float64)),
        int(model.n_iter_),
        bool(model.n_iter_ < MAX_ITER),
    )
