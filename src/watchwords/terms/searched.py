"""Which documents a count takes in."""

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens import Tokens

Bools = NDArray[np.bool_]


def searched_documents(tokens: Tokens, *, lang: str, keep_duplicates: bool) -> Bools:
    """Say which documents a count of one language takes in.

    Parameters
    ----------
    tokens : Tokens
        The compiled corpus.
    lang : str
        Language.
    keep_duplicates : bool
        Take reprints in.

    Returns
    -------
    ndarray of bool, shape (n_docs,)
    """
    in_lang = (tokens.documents["lang"] == lang).to_numpy(bool)
    original = (tokens.documents["duplicate_of"] == "").to_numpy(bool)
    searched: Bools = in_lang & (original | keep_duplicates)
    return searched
