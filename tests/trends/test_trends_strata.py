import numpy as np
import pandas as pd
import pytest

from watchwords.errors import SchemaError
from watchwords.simulate import simulate_sources
from watchwords.trends import fit_trends
from watchwords.trends.strata import describe_strata, number_strata, warn_confounded


def test_a_changing_mix_of_issuers_is_a_trend_only_without_strata():
    corpus = simulate_sources(seed=4)
    without = fit_trends(corpus.scores, corpus.documents, freq="Y", seed=1)
    within = fit_trends(corpus.scores, corpus.documents, freq="Y", strata="issuer", seed=1)
    assert without.table["detected"].mean() > 0.5
    assert within.table["detected"].sum() <= 1
    assert within.strata["stratum"].tolist() == ["North", "South"]
    assert within.strata["n_docs"].sum() == len(corpus.documents)


def test_a_change_within_issuers_is_found_through_strata():
    corpus = simulate_sources(seed=4)
    rising = corpus.documents["date"].dt.year.to_numpy() > 2006
    matrix = corpus.scores.matrix.tolil()
    rng = np.random.default_rng(0)
    matrix[np.flatnonzero(rising & (rng.random(len(rising)) < 0.4)), 0] = 1
    scores = type(corpus.scores)(
        matrix.tocsr(), corpus.scores.doc_ids, corpus.scores.items, corpus.scores.n_units, "word"
    )
    trends = fit_trends(scores, corpus.documents, freq="Y", strata="issuer", seed=1)
    assert trends.table.loc[0, ["direction", "claimed"]].tolist() == ["up", True]


def test_sources_that_follow_each_other_cannot_be_told_from_time():
    corpus = simulate_sources(seed=4)
    year = corpus.documents["date"].dt.year
    issuer = pd.Series(np.where(year < 2006, "Old", "New"), dtype="str")
    documents = corpus.documents.assign(issuer=issuer)
    trends = fit_trends(corpus.scores, documents, freq="Y", strata="issuer", seed=1)
    assert "cannot tell issuer from time" in trends.notes[-1]
    assert trends.table["verdict"].str.contains("cannot tell issuer from time").all()


def test_a_misspelt_column_names_the_nearest():
    documents = pd.DataFrame({"issuer": ["a"], "date": ["x"]})
    with pytest.raises(SchemaError, match="did you mean `issuer`"):
        number_strata(documents, "isuer")


def test_strata_report_their_span():
    spans = describe_strata(np.array([0, 0, 1]), np.array([0, 4, 3]), ["a", "b"], n_periods=5)
    assert spans["span"].tolist() == [1.0, 0.0]
    assert warn_confounded(spans, "issuer") == ""
    assert warn_confounded(spans, None) == ""


def test_within_strata_the_mix_of_issuers_makes_hardly_any_false_discovery():
    false, found, power, without = [], [], [], []
    for seed in range(5):
        corpus = simulate_sources(n_items=60, n_rising=30, seed=seed)
        changes = corpus.truth["changes"].to_numpy()
        options = {"freq": "Y", "seed": 1}
        within = fit_trends(corpus.scores, corpus.documents, strata="issuer", **options).table
        pooled = fit_trends(corpus.scores, corpus.documents, **options).table
        false.append((within["detected"] & ~changes).sum())
        found.append(within["detected"].sum())
        power.append((within["detected"] & changes).sum() / changes.sum())
        without.append((pooled["detected"] & ~changes).sum() / (~changes).sum())
    assert sum(false) / sum(found) <= 0.05
    assert np.mean(power) > 0.9
    assert min(without) > 0.5
