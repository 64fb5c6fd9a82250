"""Terms discovered in partitions, and in a report whose terms a cluster counts."""

import logging

import numpy as np
import pandas as pd
import pytest

from watchwords.briefs.discover import discover_terms
from watchwords.briefs.report import Report
from watchwords.errors import ReportError, WatchwordsError
from watchwords.scale import discover_partitions, list_partitions, write_partitions
from watchwords.terms import count_terms
from watchwords.tokens import tokenize


@pytest.fixture(scope="module")
def documents():
    rng = np.random.default_rng(9)
    words = ["the", "of", "cold", "war", "1990", "x", "well-being", "new", "deal", "U.S.", "peace"]
    signs = np.array([" ", " ", " ", " ", ", ", ". "], object)
    texts = []
    for _ in range(90):
        drawn = rng.choice(np.array(words, object), 120)
        texts.append("".join(drawn + rng.choice(signs, len(drawn))))
    names = [f"d{at:02}" for at in rng.permutation(90)]
    table = pd.DataFrame({"doc_id": names, "lang": "en", "text": pd.Series(texts, dtype="str")})
    return table.assign(duplicate_of=["d01" if at == 7 else "" for at in range(90)])


def same(one, other):
    assert one.doc_ids.tolist() == other.doc_ids.tolist()
    assert one.n_units.tolist() == other.n_units.tolist()
    assert one.unit == other.unit
    pd.testing.assert_frame_equal(one.items, other.items)
    for name in ("data", "indices", "indptr"):
        first, second = getattr(one.matrix, name), getattr(other.matrix, name)
        assert first.tolist() == second.tolist(), name


@pytest.mark.parametrize("max_words", [1, 3, 4])
def test_terms_are_those_found_in_memory(documents, tmp_path, max_words):
    expected = count_terms(tokenize(documents.sort_values("doc_id")), max_words=max_words)
    assert len(expected.items) > max_words
    parts = write_partitions(documents, tmp_path / "parts", max_bytes=9000)
    assert len(parts) > 4
    same(discover_partitions(parts, max_words=max_words), expected)


def test_what_cannot_be_discovered_is_said(documents, tmp_path):
    parts = write_partitions(documents.assign(lang="zh"), tmp_path / "parts")
    with pytest.raises(WatchwordsError, match="`max_words` is 8"):
        discover_partitions(parts, max_words=8)
    with pytest.raises(WatchwordsError, match="count_terms with lang='zh'"):
        discover_partitions(list_partitions(tmp_path / "parts", lang="zh"))


def test_a_report_names_a_scheduler():
    report = Report(corpus="c", source="sample:municipal", scheduler="tcp://10.0.0.5:8786")
    assert report.scheduler == "tcp://10.0.0.5:8786"
    with pytest.raises(ValueError, match="address of a Dask scheduler"):
        Report(corpus="c", source="sample:municipal", scheduler="somewhere")


def test_nobody_answers_a_report(documents, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("watchwords.scale.cluster._PATIENCE", "1s")
    report = Report(corpus="c", source="sample:municipal", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(ReportError, match="no Dask scheduler answers"):
        discover_terms(tokenize(documents), report, lang="en", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_counts_the_terms_of_a_report_bit_for_bit(documents, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        options = {"corpus": "c", "source": "sample:municipal"}
        there = Report(**options, scheduler=cluster.scheduler_address)
        tokens = tokenize(documents)
        found = discover_terms(tokens, there, lang="en", folder=tmp_path, watched={"war"})
    here = discover_terms(tokens, Report(**options), lang="en", folder=tmp_path, watched={"war"})
    assert len(here.items) > 10
    same(found, here)
    assert list(tmp_path.iterdir()) == []
