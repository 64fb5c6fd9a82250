"""Judge which items change over time."""

from datetime import date
from numbers import Integral, Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from watchwords.errors import WatchwordsError
from watchwords.floors import TEST_DOCS
from watchwords.periods import parse_freq, period_label
from watchwords.scores import Scores
from watchwords.trends.corpus import DatedCorpus, place_documents
from watchwords.trends.courses import list_courses
from watchwords.trends.displacement import new_text_share, warn_displaced
from watchwords.trends.exposure import Ints
from watchwords.trends.grouping import (
    count_own,
    count_variants,
    group_wordings,
    share_evidence,
    split_words,
)
from watchwords.trends.parting import part_corpus
from watchwords.trends.result import Trends
from watchwords.trends.sightings import split_spans
from watchwords.trends.strata import describe_strata, number_strata, warn_confounded
from watchwords.trends.tabulate import tabulate_trends
from watchwords.trends.testing import screen_items
from watchwords.trends.translation import is_translated, join_translators, note_translations
from watchwords.trends.untested import axis_stride, list_untested, note_tests

_EVIDENCE = [
    "item",
    "n_docs",
    "score",
    "statistic",
    "evidence",
    "surprise",
    "p_value",
    "q_value",
    "dispersion",
    "span_effect",
    "span_error",
]
_SHAPED = [
    "effect",
    "effect_low",
    "effect_high",
    "shape",
    "leads",
    "onset",
    "onset_low",
    "onset_high",
    "end",
    "end_low",
    "end_high",
]
MIN_DOCS = TEST_DOCS
MIN_DOCS_EMERGING = 2
_SEASONS = {"M": 12, "Q": 4}
_CURVE = [
    "item",
    "period",
    "n_docs_total",
    "score",
    "observed",
    "expected",
    "fitted",
    "low",
    "high",
]


def fit_trends(
    scores: Scores,
    documents: pd.DataFrame,
    *,
    freq: str,
    strata: str | None = None,
    emerging: int | None = None,
    min_docs: int | None = None,
    min_effect: float = 1.3,
    seed: int,
    as_of: date | None = None,
) -> Trends:
    r"""Judge which items rise or fall over time, and by how much.

    The document is the unit of evidence: what is permuted to learn what chance would do are the
    dates of whole documents. The test therefore holds for few documents and for clustered words,
    but not if documents of one period copy each other, or if the mix of sources changes: leave
    copies out, and name the sources in `strata`.

    Parameters
    ----------
    scores : Scores
        Occurrences by document: of terms, concepts or topics.
    documents : pandas.DataFrame
        With ``doc_id``, ``date`` and ``date_precision``; rows with ``duplicate_of`` are left out,
        and so are dates coarser than `freq`.
    freq : str
        Length of a period: "W", "M", "Q", "Y" or a number of years such as "10Y".
    strata : str, optional
        A column of `documents`, such as "issuer": dates are exchanged only among documents with
        the same value, so that a changing mix of issuers is not a trend. Where translations are
        by more than one translator, the translator is joined to it.
    emerging : int, optional
        Look only for items that began in so many last periods, which finds them sooner.
    min_docs : int, optional
        Test the items found in at least so many dated documents. Default 3; 2 with `emerging`,
        where an item that has just begun cannot be in more.
    min_effect : float, default 1.3
        A change is claimed if the interval of its fold change excludes anything smaller, and if
        the counts before and after its date bear it out.
    seed : int
        Seed of the permutations.
    as_of : datetime.date, optional
        The day of judgement: documents of a period that had not ended then decide no test.
        Default: every period has ended.

    Returns
    -------
    Trends
        Every item of `scores` has a row with a verdict in `Trends.table`, also where nothing can
        be said. Below 20 dated documents or 4 periods nothing is tested at all; below 6 periods
        only counts are given.

    Raises
    ------
    WatchwordsError
        If `freq`, `min_docs`, `min_effect` or `seed` is out of range, `emerging` is below 1, or
        what must be a whole number is none.
    SchemaError
        If `strata` is no column, or a scored document is not in `documents`.

    Notes
    -----
    Presence in a document is scored 1 (a damped count, log2(1 + c), for items in more than 30 %
    of the documents), compared with the expectation of a flat item given the lengths of the
    documents, and scaled by the variance between documents; p-values come from permuted dates
    pooled over items found in about as many documents, and q-values from
    an adaptive step-down over all items of the call, one test for a slogan and its parts.
    In documents that are translations (``translation`` is "official" or "machine") only items
    whose ``kind`` is "concept" are tested: another translator renders the same sentence in other
    words. All other items are then tested, and counted early and late, among the originals alone,
    with a step-down of their own; where the originals are too few for that, not at all.

    Examples
    --------
    >>> from watchwords.simulate import simulate_scores
    >>> corpus = simulate_scores({"rising": 2, "flat": 20}, n_docs=1500, seed=3)
    >>> trends = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    >>> trends.table.loc[trends.table["claimed"], ["item", "direction"]]
           item direction
    0  rising 0        up
    1  rising 1        up
    """
    if min_docs is None:
        min_docs = MIN_DOCS if emerging is None else MIN_DOCS_EMERGING
    _check(freq, emerging, min_docs=min_docs, min_effect=min_effect)
    _check_whole("seed", seed, least=0, what="it makes the permutations the same in every run")
    corpus = place_documents(scores, documents, freq=freq, as_of=as_of)
    parts = part_corpus(corpus)
    displaced = _displaced(parts[-1], scores)
    fits = [
        _fit_part(
            part,
            scores,
            strata=strata,
            emerging=emerging,
            min_docs=min_docs,
            min_effect=min_effect,
            seed=seed,
            displaced=displaced,
        )
        for part in parts
    ]
    table = _stack([fit.table for fit in fits])
    order = pd.Index(table["item"]).get_indexer(pd.Index(scores.items["item"]))
    translated = is_translated(corpus.documents[corpus.tested])
    return Trends(
        table=table.iloc[order].reset_index(drop=True),
        curve=_stack([fit.curve for fit in fits]),
        evidence=_stack([fit.evidence for fit in fits])[_EVIDENCE],
        untested=_stack([fit.untested for fit in fits]),
        strata=fits[0].strata,
        coverage=corpus.coverage,
        notes=(
            *corpus.notes,
            *note_tests(parts, [fit.evidence for fit in fits]),
            *count_variants(int((table["variant_of"] != "").sum())),
            *note_translations(int(translated.sum()), len(translated)),
            *dict.fromkeys(note for fit in fits for note in fit.notes),
            *filter(None, [displaced]),
        ),
    )


def _stack(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of all parts together, by item."""
    filled = [table for table in tables if len(table)]
    if len(filled) < 2:
        return filled[0] if filled else tables[0]
    # Periods of an item keep their order.
    return pd.concat(filled).sort_values("item", kind="stable").reset_index(drop=True)


def _fit_part(
    corpus: DatedCorpus,
    scores: Scores,
    *,
    strata: str | None,
    emerging: int | None,
    min_docs: int,
    min_effect: float,
    seed: int,
    displaced: str,
) -> Trends:
    """Judge the items that are tested on the same documents; the notes are of the strata."""
    judged, strata = join_translators(corpus.documents[corpus.tested], strata)
    stratum, names = number_strata(judged, strata)
    period = corpus.period[corpus.tested]
    spans = describe_strata(stratum, period, names, n_periods=len(corpus.periods))
    confounded = warn_confounded(spans, strata)
    chosen = _choose(corpus, min_docs)
    leader = _lead(corpus, chosen, scores)
    alone = leader == np.arange(len(leader))
    evidence, curve = _run(corpus, chosen[alone], stratum=stratum, seed=seed, emerging=emerging)
    evidence, curve = share_evidence(evidence, curve, names=_names(corpus, chosen), leader=leader)
    if not alone.all():
        matrix = corpus.matrix[:, chosen][corpus.tested].tocsc()
        stride = axis_stride(corpus)
        evidence, curve = count_own(evidence, curve, matrix, period=period // stride)
    table = tabulate_trends(
        corpus, evidence, min_effect=min_effect, confounded=confounded, displaced=displaced
    )
    return Trends(
        table=table,
        curve=curve,
        evidence=evidence[[*_EVIDENCE, "variant_of"]].reset_index(drop=True),
        untested=list_untested(corpus, chosen, min_docs),
        strata=_with_dates(spans, corpus),
        coverage=corpus.coverage,
        notes=(confounded,) if confounded else (),
    )


def _check(freq: str, emerging: int | None, *, min_docs: int, min_effect: float) -> None:
    parse_freq(freq)
    if emerging is not None:
        _check_whole("emerging", emerging, least=1, what="it is a number of last periods")
    _check_whole("min_docs", min_docs, least=1, what="it is a number of documents")
    if not isinstance(min_effect, Real) or not 1 <= min_effect < np.inf:
        raise WatchwordsError(
            f"`min_effect` is {min_effect!r}; it is a fold change and must be at least 1, which "
            "claims every detected change."
        )


def _check_whole(name: str, value: object, *, least: int, what: str) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or int(value) < least:
        raise WatchwordsError(
            f"`{name}` is {value!r}; {what} and must be a whole number, at least {least}."
        )


def _choose(corpus: DatedCorpus, min_docs: int) -> Ints:
    if corpus.coverage.rung != "direction" or corpus.translations == "untested":
        return np.empty(0, np.int64)
    n_docs = np.diff(corpus.matrix[corpus.tested].tocsc().indptr)
    return np.flatnonzero(n_docs >= min_docs).astype(np.int64)


def _names(corpus: DatedCorpus, chosen: Ints) -> NDArray[np.object_]:
    return corpus.items["item"].to_numpy(object)[chosen]


def _wordings(names: NDArray[np.object_], scores: Scores) -> NDArray[np.object_]:
    """Keep the names of terms; concepts and topics are no wordings and get none."""
    if "kind" not in scores.items:
        return names
    terms = scores.items.loc[scores.items["kind"] == "term", "item"]
    return np.where(np.isin(names.astype(str), terms.to_numpy(str)), names, "")


def _displaced(corpus: DatedCorpus, scores: Scores) -> str:
    """Warn if new wordings take much of the text of the last third."""
    if corpus.coverage.rung != "direction":
        return ""
    period = corpus.period[corpus.tested]
    start = split_spans(period, len(corpus.periods)).late_start
    names = _wordings(corpus.items["item"].to_numpy(object), scores)
    share = new_text_share(
        corpus.matrix[corpus.tested].tocsc(),
        period,
        corpus.n_units[corpus.tested],
        length=np.array([len(split_words(name)) for name in names.tolist()], np.int64),
        late_start=start,
    )
    since = period_label(corpus.periods[start], corpus.coverage.freq)
    return warn_displaced(share, since, unit=corpus.unit)


def _lead(corpus: DatedCorpus, chosen: Ints, scores: Scores) -> Ints:
    """Group the terms of one wording."""
    names = _wordings(_names(corpus, chosen), scores)
    matrix = corpus.matrix[:, chosen][corpus.tested].tocsc()
    matrix.sort_indices()
    return group_wordings(matrix, names)


def _run(
    corpus: DatedCorpus, chosen: Ints, *, stratum: Ints, seed: int, emerging: int | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if not len(chosen):
        columns = [*_EVIDENCE, *_SHAPED]
        return pd.DataFrame({c: [] for c in columns}), pd.DataFrame({c: [] for c in _CURVE})
    matrix = corpus.matrix[:, chosen][corpus.tested].tocsc()
    matrix.sort_indices()
    stride = axis_stride(corpus)
    axis = corpus.periods[::stride]
    recent = None if emerging is None else -(-emerging // stride)
    # Threads divide a matrix product, and so the order of its sums, in as many parts as there are.
    with threadpool_limits(1, user_api="blas"):
        evidence, curve = screen_items(
            matrix,
            corpus.n_units[corpus.tested],
            period=corpus.period[corpus.tested],
            stratum=stratum,
            courses=list_courses(
                len(axis),
                season=_SEASONS.get(corpus.coverage.freq, 0) if stride == 1 else 0,
                emerging=recent,
            ),
            stride=stride,
            seed=seed,
        )
    names = _names(corpus, chosen)
    evidence.insert(0, "item", pd.Series(names, dtype="str"))
    evidence.insert(1, "n_docs", np.diff(matrix.indptr).astype(np.int64))
    curve["score"] = evidence["score"].to_numpy(object)[curve["item"]]
    curve["item"] = names[curve["item"]]
    curve["period"] = axis.astype("datetime64[s]")[curve["period"]]
    return evidence, curve[_CURVE].astype({"item": "str", "score": "str"})


def _with_dates(spans: pd.DataFrame, corpus: DatedCorpus) -> pd.DataFrame:
    filled = spans[spans["n_docs"] > 0]
    dates = corpus.periods.astype("datetime64[s]")
    return filled.assign(first=dates[filled["first"]], last=dates[filled["last"]]).reset_index(
        drop=True
    )
