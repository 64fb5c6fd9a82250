"""Which items are tested on which documents: concepts on all, wordings on originals only."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from watchwords.floors import cover_periods
from watchwords.trends.corpus import DatedCorpus
from watchwords.trends.exposure import Ints
from watchwords.trends.translation import is_translated


def part_corpus(corpus: DatedCorpus) -> list[DatedCorpus]:
    """Part the items by the documents they are tested on.

    Parameters
    ----------
    corpus : DatedCorpus
        The dated documents.

    Returns
    -------
    list of DatedCorpus
        The corpus itself, where no tested document is a translation or nothing can be tested.
        Else the concepts with all documents, if there are any, and then all other items with the
        originals ("left out"), or with all documents and no test where the originals are too few
        for one ("untested"). First and last sightings are of all documents in each.
    """
    translated = is_translated(corpus.documents)
    if corpus.coverage.rung != "direction" or not (translated & corpus.tested).any():
        return [corpus]
    concept = corpus.items["kind"].to_numpy(object) == "concept"
    parts = [_take_items(corpus, np.flatnonzero(concept))] if concept.any() else []
    if not concept.all():
        wordings = _take_items(corpus, np.flatnonzero(~concept))
        originals = _keep_documents(wordings, corpus.tested & ~translated)
        testable = originals.coverage.rung == "direction"
        parts.append(originals if testable else replace(wordings, translations="untested"))
    return parts or [corpus]


def _take_items(corpus: DatedCorpus, at: Ints) -> DatedCorpus:
    return replace(
        corpus,
        matrix=corpus.matrix[:, at].tocsc(),
        items=corpus.items.iloc[at].reset_index(drop=True),
    )


def _keep_documents(corpus: DatedCorpus, tested: NDArray[np.bool_]) -> DatedCorpus:
    """Test fewer documents, on an axis that begins and ends with them."""
    period, coverage = corpus.period[tested], corpus.coverage
    first, last = (int(period.min()), int(period.max())) if len(period) else (0, -1)
    return replace(
        corpus,
        tested=tested,
        period=corpus.period - first,
        periods=corpus.periods[first : last + 1],
        coverage=cover_periods(corpus.periods[period], coverage.freq, n_docs=coverage.n_docs),
        translations="left out",
    )
