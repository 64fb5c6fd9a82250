"""What was not tested and why, and how many tests there were."""

import numpy as np
import pandas as pd

from watchwords.floors import count_of
from watchwords.periods import period_word
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.exposure import Ints
from watchwords.trends.translation import is_translated, word_translated

MAX_AXIS = 64


def axis_stride(corpus: DatedCorpus) -> int:
    """Tell how many periods the tests take together.

    Parameters
    ----------
    corpus : DatedCorpus
        The dated documents.

    Returns
    -------
    int
        So many that the axis of the tests has 64 at most.
    """
    return -(-len(corpus.periods) // MAX_AXIS)


def list_untested(corpus: DatedCorpus, chosen: Ints, min_docs: int) -> pd.DataFrame:
    """List the items that were not tested.

    Parameters
    ----------
    corpus : DatedCorpus
        The dated documents.
    chosen : ndarray of int64
        Positions of the items that were tested.
    min_docs : int
        Documents an item must be found in.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``n_docs`` (documents under test with it) and ``reason``.
    """
    left = np.setdiff1d(np.arange(len(corpus.items)), chosen)
    n_docs = np.diff(corpus.matrix[corpus.tested].tocsc().indptr)[left]
    if corpus.coverage.rung == "direction":
        translated = word_translated(is_translated(corpus.documents[corpus.tested]))
        reason = [
            f"found in {count_of(n, _noun(corpus))}; {min_docs} are needed"
            if n < min_docs
            else translated
            for n in n_docs.tolist()
        ]
    else:
        reason = ["too few dated documents or periods"] * len(left)
    return pd.DataFrame(
        {
            "item": corpus.items["item"].to_numpy(object)[left],
            "n_docs": n_docs.astype(np.int64),
            "reason": reason,
        }
    ).astype({"item": "str", "reason": "str"})


def note_tests(parts: list[DatedCorpus], evidence: list[pd.DataFrame]) -> tuple[str, ...]:
    """Say how many tests there were, and among which documents.

    Parameters
    ----------
    parts : list of DatedCorpus
        As `part_corpus` gives them.
    evidence : list of pandas.DataFrame
        Of each, with ``variant_of``.

    Returns
    -------
    tuple of str
        One sentence or two for each part with tests; one, if no part has any.
    """
    n_tests = [int((own["variant_of"] == "").sum()) for own in evidence]
    said = [_count_tests(part, n) for part, n in zip(parts, n_tests, strict=True)]
    if not any(n_tests):
        return (said[-1],)
    return tuple(note for note, n in zip(said, n_tests, strict=True) if n)


def _count_tests(corpus: DatedCorpus, n_tests: int) -> str:
    coverage = corpus.coverage
    if coverage.rung == "occurrences":
        return coverage.refusal()
    periods = f"{coverage.n_periods} {period_word(coverage.freq, coverage.n_periods)}"
    basis = f"{count_of(coverage.n_dated, _noun(corpus))} in {periods}"
    if coverage.rung == "seen":
        return f"No test: {basis} allow counts, but no direction."
    stride = axis_stride(corpus)
    together = (
        f" The tests take {stride} {period_word(coverage.freq, stride)} together; changes are "
        "dated on the full axis."
        if stride > 1
        else ""
    )
    if not n_tests:
        besides = ", translations apart" if corpus.translations == "untested" else ""
        return f"No item was tested: none is found in enough of the {basis}{besides}."
    return (
        f"{count_of(n_tests, 'item')} tested on {basis}; a change is detected at q ≤ 0.05 over "
        f"all of them.{together}"
    )


def _noun(corpus: DatedCorpus) -> str:
    return "dated original" if corpus.translations == "left out" else "dated document"
