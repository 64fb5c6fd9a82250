"""Chosen sequences by document: the matrix that the tokens in memory give."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.scale import count_partitions, score_partitions, write_partitions
from watchwords.terms import count_terms
from watchwords.tokens import tokenize
from watchwords.trends import fit_trends


@pytest.fixture(scope="module")
def documents():
    rng = np.random.default_rng(11)
    words = np.array([f"word{i}" for i in range(600)] + ["of", "the", "well-being"], object)
    chance = 1 / np.arange(1, len(words) + 1)
    chance /= chance.sum()
    signs = np.array([" ", " ", " ", ", ", ". "], object)
    drawn = [rng.choice(words, rng.integers(0, 300), p=chance) for _ in range(120)]
    texts = ["".join(some + rng.choice(signs, len(some))) for some in drawn]
    return pd.DataFrame(
        {
            "doc_id": pd.Series([f"d{i:03}" for i in range(120)], dtype="str"),
            "text": pd.Series(texts, dtype="str"),
            "date": pd.to_datetime([f"{2000 + i // 6}-06-01" for i in range(120)]),
            "date_precision": "day",
            "lang": "en",
            "duplicate_of": ["d000" if i == 5 else "" for i in range(120)],
        }
    )


@pytest.fixture(scope="module")
def parts(documents, tmp_path_factory):
    return write_partitions(documents, tmp_path_factory.mktemp("parts"), max_bytes=30_000)


def test_the_matrix_is_that_of_the_tokens_in_memory(documents, parts):
    expected = count_terms(tokenize(documents), max_words=3, min_docs=3, min_count=5)
    items = expected.items["item"].tolist()
    assert max(expected.items["n_words"]) == 3
    assert len(parts) > 3
    scores = score_partitions(parts[::-1], items)
    assert scores.doc_ids.tolist() == expected.doc_ids.tolist()
    assert scores.n_units.tolist() == expected.n_units.tolist()
    assert scores.items["item"].tolist() == items
    assert (scores.matrix != expected.matrix).nnz == 0
    with ThreadPoolExecutor(2) as executor:
        again = score_partitions(parts, items, executor=executor)
    for name in ("data", "indices", "indptr"):
        assert getattr(again.matrix, name).tobytes() == getattr(scores.matrix, name).tobytes()


def test_counts_choose_what_trends_are_fitted_to(documents, parts):
    counts = count_partitions(parts, freq="Y", min_docs=20, stop_words=["of", "the"])
    scores = score_partitions(parts, counts.items())
    assert scores.n_docs().tolist() == counts.totals()["n_docs"].tolist()
    assert scores.matrix.sum(axis=0).tolist() == counts.totals()["n"].tolist()
    fitted = fit_trends(scores, documents, freq="Y", seed=1)
    assert set(fitted.table["item"]) == set(counts.items())


def test_items_that_do_not_occur_have_no_cells(parts):
    scores = score_partitions(parts, ["nowhere to", "word1", "well being", "word1 nowhere"])
    assert scores.n_docs()[[0, 3]].tolist() == [0, 0]
    assert scores.n_docs()[[1, 2]].min() > 0


@pytest.mark.parametrize("items", [[], ["war", "war"], [""]])
def test_items_must_be_some_and_different(parts, items):
    with pytest.raises(WatchwordsError, match="`items`"):
        score_partitions(parts, items)


def test_documents_need_a_name(tmp_path):
    write_partitions(pd.DataFrame({"text": ["a"]}), tmp_path)
    with pytest.raises(SchemaError, match="no column `doc_id`"):
        score_partitions(tmp_path, ["a"])


def test_items_are_read_as_a_reader_writes_them(tmp_path):
    documents = pd.DataFrame(
        {"doc_id": ["a", "b"], "text": ["High-quality growth; War.", "A war of high quality"]}
    )
    parts = write_partitions(documents, tmp_path / "parts")
    scores = score_partitions(parts, ["High-Quality", "War", "nation’s"])
    assert scores.items["item"].tolist() == ["High-Quality", "War", "nation’s"]
    assert scores.items["n_words"].tolist() == [2, 1, 1]
    assert scores.matrix.toarray().tolist() == [[1, 1, 0], [1, 1, 0]]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("war", "give a list"),
        ([], "give a list"),
        (["war", "War"], "more than once"),
        (["high-quality", "high quality"], "more than once"),
        (["war, peace"], "without punctuation"),
        (["!"], "not 1 to 64 words"),
        (["war " * 65], "not 1 to 64 words"),
    ],
)
def test_items_that_cannot_be_counted_are_refused(tmp_path, items, said):
    parts = write_partitions(pd.DataFrame({"doc_id": ["a"], "text": ["War"]}), tmp_path / "parts")
    with pytest.raises(WatchwordsError, match=said):
        score_partitions(parts, items)
