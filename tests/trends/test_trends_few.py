"""What is never said of few documents, whatever is in them."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from watchwords.scores import Scores
from watchwords.trends import fit_trends


def corpus_of(years, counts):
    """Documents of given years, with the occurrences of items as rows of `counts`."""
    ids = np.array([f"d{number}" for number in range(len(years))], object)
    documents = pd.DataFrame(
        {
            "doc_id": pd.Series(ids, dtype="str"),
            "date": pd.to_datetime([f"{year}-06-01" for year in years]).astype("datetime64[s]"),
            "date_precision": pd.Series("day", index=range(len(ids)), dtype="str"),
        }
    )
    matrix = sparse.csr_array(np.asarray(counts, np.int32))
    items = pd.DataFrame({"item": [f"w{number}" for number in range(matrix.shape[1])]})
    units = np.full(len(ids), 100)
    return Scores(matrix, ids, items.astype("str"), units, "word"), documents


def assert_says_nothing(trends):
    assert not trends.table["detected"].any()
    assert not trends.table["claimed"].any()
    assert trends.table["q_value"].isna().all()
    assert (trends.table["direction"] == "").all()
    assert (trends.table["shape"] == "too few to tell").all()
    assert trends.table["onset"].isna().all()
    assert len(trends.evidence) == 0
    assert not trends.table["verdict"].str.contains(r"\b(?:Up|Down|q|significant)\b").any()


@settings(max_examples=15, deadline=None)
@given(
    years=st.lists(st.integers(2000, 2019), min_size=1, max_size=19),
    rise=st.integers(1, 50),
    strength=st.integers(1, 3),
    seed=st.integers(0, 5),
)
def test_below_twenty_documents_nothing_is_claimed(years, rise, strength, seed):
    # The plainest change there can be: in every late document, in no early one.
    late = np.array(years) >= np.median(years)
    counts = np.stack([late * rise, ~late * strength, np.ones(len(years))], axis=1)
    scores, documents = corpus_of(years, counts)
    assert_says_nothing(fit_trends(scores, documents, freq="Y", min_docs=1, seed=seed))


@settings(max_examples=15, deadline=None)
@given(n_docs=st.integers(20, 120), n_periods=st.integers(1, 3), gap=st.integers(1, 5))
def test_below_four_periods_nothing_is_claimed(n_docs, n_periods, gap):
    years = 2000 + gap * (np.arange(n_docs) % n_periods)
    late = years == years.max()
    scores, documents = corpus_of(years.tolist(), np.stack([late, ~late, late | True], axis=1))
    assert_says_nothing(fit_trends(scores, documents, freq="Y", min_docs=1, seed=1))
