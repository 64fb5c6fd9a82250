"""Chinese documents in partitions, by the same code as English ones."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import pandas as pd
import pytest
from typer.testing import CliRunner

from watchwords.cli import app
from watchwords.errors import EmptyCorpusError, WatchwordsError
from watchwords.rates import period_rates
from watchwords.scale import (
    count_partitions,
    list_partitions,
    score_partitions,
    write_partitions,
)
from watchwords.terms import count_terms
from watchwords.tokens import tokenize

WORDS = [
    "山水",
    "城市",
    "学校",
    "农田",
    "改革",
    "开放",
    "和",
    "的",
    "G20",
    "，",
    "。",
    "smart grid",
]


@pytest.fixture(scope="module")
def documents():
    rng = random.Random(3)
    texts = ["".join(rng.choices(WORDS, k=80)) for _ in range(60)]
    names = [f"d{at:03}" for at in range(61)]
    return pd.DataFrame(
        {
            "doc_id": names,
            "text": pd.Series([*texts, "The road is long. " * 9], dtype="str"),
            "lang": ["zh"] * 60 + ["en"],
            "date": pd.to_datetime([f"{1990 + at % 9}-05-01" for at in range(61)]),
            "date_precision": "day",
            "duplicate_of": "",
        }
    )


@pytest.fixture(scope="module")
def folder(documents, tmp_path_factory):
    where = tmp_path_factory.mktemp("parts")
    assert len(write_partitions(documents, where, max_bytes=4000)) > 3
    return where


def test_sequences_of_characters_are_counted(documents, folder):
    counts = count_partitions(list_partitions(folder, lang="zh"), freq="Y", max_words=2)
    tokens = tokenize(documents)
    expected = Counter()
    years = documents["date"].dt.year.to_numpy()[tokens.doc_index()]
    for at in range(int(tokens.doc_offsets[60])):
        word, year = tokens.vocabulary[tokens.ids[at]], years[at]
        expected[word, year] += 1
        if at and not tokens.breaks[at]:
            before = tokens.vocabulary[tokens.ids[at - 1]]
            latin = before.isascii() and word.isascii()
            expected[f"{before} {word}" if latin else before + word, year] += 1
    table = counts.table()
    total = Counter(dict(table.groupby("item")["n"].sum()))
    found = zip(zip(table["item"], table["period"].dt.year, strict=True), table["n"], strict=True)
    assert dict(found) == {key: n for key, n in expected.items() if total[key[0]]}
    assert {"改革", "smart grid", "g20"} <= set(counts.items())
    assert counts.items(counts.find(["改革", "smart grid"])).tolist() == ["改革", "smart grid"]
    assert counts.lang == "zh"
    assert int(counts.groups["n_units"].sum()) == tokens.n_units()[:60].sum()
    assert "characters" in repr(counts)


def test_threads_give_the_same_bits(folder):
    parts = list_partitions(folder, lang="zh")
    one = count_partitions(parts, freq="Y")
    with ThreadPoolExecutor(2) as executor:
        other = count_partitions(parts[::-1], freq="Y", executor=executor)
    for field in fields(one):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if hasattr(first, "tobytes"):
            assert first.tobytes() == second.tobytes() or first.tolist() == second.tolist()
    assert one.items().tolist() == other.items().tolist()


def test_terms_found_in_memory_are_scored_in_partitions(documents, folder):
    expected = count_terms(tokenize(documents), lang="zh")
    items = expected.items["item"].tolist()
    assert len(items) > 5
    scores = score_partitions(list_partitions(folder, lang="zh"), items)
    assert (scores.matrix != expected.matrix).nnz == 0
    assert scores.n_units.tolist() == expected.n_units.tolist()
    assert (scores.unit, set(scores.items["lang"])) == ("character", {"zh"})


def test_rates_are_those_of_the_matrix(documents, folder):
    scores = count_terms(tokenize(documents), lang="zh")
    items = scores.items["item"].tolist()[:4]
    expected = period_rates(scores.select(items), documents, freq="Y")
    rates = count_partitions(list_partitions(folder, lang="zh"), freq="Y", max_words=8).rates(items)
    columns = ["item", "lang", "period", "n", "n_docs", "n_units", "unit", "rate"]
    order = ["item", "period"]
    pd.testing.assert_frame_equal(
        rates[columns].sort_values(order, ignore_index=True),
        expected[columns].sort_values(order, ignore_index=True),
        check_dtype=False,
    )


def test_languages_are_not_pooled_and_the_way_out_is_named(documents, folder, tmp_path):
    english, chinese = list_partitions(folder), list_partitions(folder, lang="zh")
    with pytest.raises(WatchwordsError, match="each language by itself"):
        count_partitions([english[0], replace(chinese[0], first=1, end=2)])
    only = write_partitions(documents.iloc[:9], tmp_path / "zh")
    with pytest.raises(EmptyCorpusError, match=r"lang='zh'\) takes those in Chinese"):
        count_partitions(only)
    with pytest.raises(WatchwordsError, match="`lang` is 'fr'"):
        list_partitions(folder, lang="fr")


def test_the_command_counts_the_language_of_most_documents(folder, tmp_path):
    out = tmp_path / "counts.parquet"
    result = CliRunner().invoke(app, ["count", str(folder), "--out", str(out), "--terms"])
    assert result.exit_code == 0, result.output
    assert "not in Chinese" in result.output
    items = set(pd.read_parquet(out)["item"])
    assert "改革" in items
    assert not any(item.startswith("的") for item in items)
