"""Counting in partitions: the same as an obvious twin, whatever the partitions and workers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from watchwords.errors import EmptyCorpusError, ReportError, SchemaError, WatchwordsError
from watchwords.rates import period_rates
from watchwords.scale import Counts, Partition, count_partitions, list_partitions, write_partitions
from watchwords.scale.count import cut_ranges
from watchwords.scale.passes import load_partial_kernels
from watchwords.scores import Scores
from watchwords.tokens import count_by_group, tokenize

PIECES = st.sampled_from(
    [
        *("war", "War", "peace", "high-quality", "U.S.", "nation’s", "the", "of", "é", "国", "家"),
        *(" ", " ", " ", " ", ". ", ", ", "\n", "! ", " “", "-", "day-to-day"),
    ]
)
DOCUMENTS = st.lists(
    st.tuples(
        st.lists(PIECES, max_size=25).map("".join),
        st.integers(1998, 2001),
        st.sampled_from(["", "council", "mayor"]),
    ),
    min_size=1,
    max_size=9,
)


def make_table(documents):
    texts, years, issuers = zip(*documents, strict=True)
    return pd.DataFrame(
        {
            "doc_id": pd.Series([f"d{i}" for i in range(len(texts))], dtype="str"),
            "text": pd.Series(texts, dtype="str"),
            "date": pd.to_datetime([f"{year}-06-01" for year in years]),
            "issuer": pd.Series(issuers, dtype="str"),
            "lang": "en",
        }
    )


def read_words(table):
    """Vocabulary, and the words in reading order: id, document, whether something divides."""
    tokens = tokenize(table)
    ids, token_index = tokens.expanded()
    breaks = tokens.breaks[token_index] & (np.diff(token_index, prepend=-1) > 0)
    return tokens.vocabulary, ids, tokens.doc_index()[token_index], breaks


def slow_counts(table, max_words, stops=()):
    """The obvious twin: walk over the words of the compiled texts."""
    vocabulary, ids, docs, breaks = read_words(table)
    counts, documents = Counter(), {}
    for at in range(len(ids)):
        for n in range(1, max_words + 1):
            last = at + n - 1
            if last >= len(ids) or docs[last] != docs[at]:
                break
            if n > 1 and breaks[last]:
                break
            row = table.iloc[int(docs[at])]
            sequence = vocabulary[ids[at : at + n]]
            if sequence[0] in stops or sequence[-1] in stops:
                continue
            key = " ".join(sequence), row["issuer"], row["date"].year
            counts[key] += 1
            documents.setdefault(key, set()).add(row["doc_id"])
    return {key: (n, len(documents[key])) for key, n in counts.items()}


def frequent(counts, min_count, min_docs):
    n, n_docs = Counter(), Counter()
    for (item, *_), (n_here, docs_here) in counts.items():
        n[item] += n_here
        n_docs[item] += docs_here
    return {
        key: value
        for key, value in counts.items()
        if n[key[0]] >= min_count and n_docs[key[0]] >= min_docs
    }


def as_dict(counts):
    table = counts.table()
    keys = zip(table["item"], table["group"], table["period"].dt.year, strict=True)
    values = zip(table["n"], table["n_docs"], strict=True)
    return dict(zip(keys, values, strict=True))


def same(one, other):
    """Bit for bit."""
    for field in fields(Counts):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if isinstance(first, pd.DataFrame):
            pd.testing.assert_frame_equal(first, second)
        elif isinstance(first, pd.Series):
            pd.testing.assert_series_equal(first, second)
        elif isinstance(first, np.ndarray):
            assert first.dtype == second.dtype
            assert first.tobytes() == second.tobytes() or first.tolist() == second.tolist()
        else:
            assert first == second


@settings(max_examples=25, deadline=None)
@given(
    DOCUMENTS,
    st.integers(1, 4),
    st.sampled_from([(1, 1), (2, 1), (3, 2)]),
    st.sampled_from([(), ("the", "of")]),
    st.integers(1, 200),
    st.randoms(use_true_random=False),
)
def test_any_partitions_give_what_the_slow_twin_counts(
    tmp_path_factory, documents, max_words, limits, stops, max_bytes, random
):
    min_count, min_docs = limits
    table = make_table(documents)
    folder = tmp_path_factory.mktemp("parts")
    parts = write_partitions(table, folder, max_bytes=max_bytes)
    random.shuffle(parts)
    options = {"max_words": max_words, "min_count": min_count, "min_docs": min_docs}
    counts = count_partitions(
        parts, freq="Y", by="issuer", stop_words=stops, scratch=folder, **options
    )
    wanted = frequent(slow_counts(table, max_words, stops), min_count, min_docs)
    assert as_dict(counts) == wanted
    order = [tuple(item.split(" ")) for item in counts.items()]
    assert order == sorted(order)
    assert sorted(path.name for path in folder.iterdir()) == [
        f"part-{n:05}.parquet" for n in range(len(parts))
    ]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Some 300 invented documents in nine partitions."""
    rng = np.random.default_rng(3)
    words = np.array([f"w{i}" for i in range(400)] + ["of", "the", "well-being", "U.S."], object)
    chance = 1 / np.arange(1, len(words) + 1)
    chance /= chance.sum()
    signs = np.array([" ", " ", " ", " ", " ", ", ", ". "], object)
    texts = []
    for _ in range(300):
        drawn = rng.choice(words, rng.integers(0, 400), p=chance)
        texts.append("".join(drawn + rng.choice(signs, len(drawn))))
    issuers = rng.choice(np.array(["council", "mayor", ""], object), 300)
    table = make_table(list(zip(texts, rng.integers(1990, 2020, 300), issuers, strict=True)))
    folder = tmp_path_factory.mktemp("corpus")
    size = table["text"].str.len().sum()
    return table, write_partitions(table, folder, max_bytes=int(size // 8))


OPTIONS = {"freq": "Y", "by": "issuer", "min_count": 3, "min_docs": 2}


def test_the_engine_counts_the_same_in_one_piece(corpus):
    table, parts = corpus
    assert len(parts) == 9
    counts = count_partitions(parts, freq="Y", min_count=3).table()
    whole = count_by_group(table["text"], table["date"].dt.year, min_count=3).table()
    assert counts["item"].tolist() == whole["item"].tolist()
    assert counts["n"].tolist() == whole["n"].tolist()
    assert counts["period"].dt.year.tolist() == whole["group"].tolist()


def test_threads_and_orders_make_no_difference(corpus):
    _, parts = corpus
    serial = count_partitions(parts, **OPTIONS)
    with ThreadPoolExecutor(2) as executor:
        same(count_partitions(parts[::-1], executor=executor, **OPTIONS), serial)
    paths = [part.path for part in parts]
    same(count_partitions(paths, **OPTIONS), serial)


def test_many_small_ranges_make_no_difference(corpus, monkeypatch):
    _, parts = corpus
    serial = count_partitions(parts, **OPTIONS)
    monkeypatch.setattr("watchwords.scale.count._LEAST", 50)
    monkeypatch.setattr("watchwords.scale.count._MOST", 300)
    monkeypatch.setattr("watchwords.scale.count._WORDS", 10)
    monkeypatch.setattr("watchwords.scale.passes._BUFFER", 1)
    same(count_partitions(parts, **OPTIONS), serial)


def test_rates_are_those_of_the_matrix_of_documents(corpus):
    table, parts = corpus
    items = ["w0", "w1 w0", "u.s.", "well being"]
    counts = count_partitions(parts, **OPTIONS)
    columns = [slow_documents(table, item) for item in items]
    matrix = sparse.csr_array(np.array(columns).T.astype(np.int32))
    units = np.bincount(read_words(table)[2], minlength=len(table))
    scores = Scores(
        matrix,
        table["doc_id"].to_numpy(object),
        pd.DataFrame({"item": items, "lang": "en"}),
        units.astype(np.int64),
        "word",
    )
    documents = table.assign(date_precision="day")
    expected = period_rates(scores, documents, freq="Y", by="issuer")
    pd.testing.assert_frame_equal(counts.rates(items), expected, check_dtype=False)


def slow_documents(table, item):
    vocabulary, ids, docs, breaks = read_words(table)
    wanted = item.split(" ")
    found = np.zeros(len(table), np.int64)
    for at in range(len(ids) - len(wanted) + 1):
        span = slice(at, at + len(wanted))
        if vocabulary[ids[span]].tolist() != wanted:
            continue
        if len(set(docs[span].tolist())) == 1 and not breaks[span][1:].any():
            found[docs[at]] += 1
    return found


def test_copies_other_languages_and_undated_documents_are_left_out(tmp_path):
    table = make_table([("War and peace.", 2000, "")] * 5)
    table["duplicate_of"] = ["", "d0", "", "", ""]
    table["lang"] = ["en", "en", "zh", "en", "en"]
    table["date_precision"] = ["day", "day", "day", "none", "year"]
    parts = write_partitions(table, tmp_path / "parts")
    counts = count_partitions(parts, freq="Y", min_count=1)
    assert counts.left_out.to_dict() == {"excluded": 2, "undated": 1}
    assert counts.groups["n_docs_total"].tolist() == [2]
    by_month = count_partitions(parts, freq="M", min_count=1)
    assert by_month.left_out.to_dict() == {"excluded": 2, "undated": 2}
    without = count_partitions(parts, min_count=1)
    assert without.groups["n_docs_total"].tolist() == [3]
    assert without.groups["period"].isna().all()
    with pytest.raises(WatchwordsError, match="count with `freq`"):
        without.rates()
    with pytest.raises(EmptyCorpusError, match="2 are copies or not in English, 3 have no date"):
        count_partitions(
            write_partitions(table.assign(date=pd.NaT), tmp_path / "undated"), freq="Y"
        )


def test_counts_are_found_summed_and_written(corpus, tmp_path):
    _, parts = corpus
    counts = count_partitions(parts, **OPTIONS)
    rows = counts.find(["w3", "w0 w1"])
    assert counts.items(rows).tolist() == ["w3", "w0 w1"]
    totals = counts.totals()
    assert totals["n"].min() == 3
    assert totals["n_docs"].min() == 2
    assert totals["n"].sum() == counts.n.sum()
    with pytest.raises(WatchwordsError, match="no 'w0 nothing' was counted"):
        counts.find(["w0 nothing"])
    counts.write(tmp_path / "counts.parquet")
    written = pd.read_parquet(tmp_path / "counts.parquet")
    pd.testing.assert_frame_equal(written, counts.table(), check_dtype=False)
    assert repr(counts).startswith(f"Counts: {len(totals):,} sequences in")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_words": 0}, "`max_words` is 0"),
        ({"max_words": 9}, "at most 8"),
        ({"min_count": 0}, "`min_count` is 0"),
        ({"freq": "fortnight"}, "fortnight"),
        ({"by": "isuer"}, "no column `isuer`; did you mean `issuer`"),
    ],
)
def test_what_cannot_be_is_said(corpus, options, message):
    _, parts = corpus
    with pytest.raises(WatchwordsError, match=message):
        count_partitions(parts, **options)


def test_partitions_that_are_none_are_named(tmp_path, corpus):
    _, parts = corpus
    with pytest.raises(ReportError, match="there is no such file or folder"):
        count_partitions(tmp_path / "nowhere")
    with pytest.raises(WatchwordsError, match="nothing"):
        count_partitions([])
    with pytest.raises(WatchwordsError, match="more than once"):
        count_partitions([parts[0], parts[0]])
    pd.DataFrame({"body": ["a"]}).to_parquet(tmp_path / "table.parquet")
    with pytest.raises(SchemaError, match="no column `text`; it has: body"):
        count_partitions(tmp_path)
    (tmp_path / "table.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises(WatchwordsError, match=r"table\.parquet"):
        count_partitions(tmp_path)
    with pytest.raises(WatchwordsError, match=r"nowhere\.parquet"):
        count_partitions([Partition(str(tmp_path / "nowhere.parquet"), 0, 1)])
    with pytest.raises(ReportError, match="not empty"):
        write_partitions(pd.DataFrame({"text": ["a"]}), tmp_path)


def test_partitions_hold_all_rows_in_order(tmp_path, corpus):
    table, _ = corpus
    table.to_parquet(tmp_path / "all.parquet", row_group_size=20)
    parts = write_partitions(tmp_path / "all.parquet", tmp_path / "parts", max_bytes=50_000)
    again = pd.concat([pd.read_parquet(part.path) for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(again, table)
    sizes = [
        pd.read_parquet(part.path)["text"].str.encode("utf-8").str.len().sum() for part in parts
    ]
    assert max(sizes) <= 50_000
    groups = list_partitions(tmp_path / "all.parquet", max_bytes=100_000)
    assert [part.first for part in groups[1:]] == [part.end for part in groups[:-1]]
    assert groups[-1].end == 15
    assert len(groups) > 1
    same(count_partitions(groups, freq="Y"), count_partitions(parts, freq="Y"))


def test_a_place_may_be_a_uri(corpus, tmp_path):
    _, parts = corpus
    uris = [replace(part, path=f"file://{part.path}") for part in parts]
    counts = count_partitions(uris, scratch=f"file://{tmp_path}", **OPTIONS)
    same(counts, count_partitions(parts, **OPTIONS))
    assert list(tmp_path.iterdir()) == []


def test_ranges_cut_common_words_by_the_word_behind():
    total = np.array([10, 5_000_000, 30, 1_000_000, 7])
    cuts = cut_ranges(total, np.array([True, True, True, False, True]))
    assert (np.diff(cuts.astype(np.int64)) > 0).all()
    assert cuts[0] == 0
    first = (cuts >> np.uint64(32)).tolist()
    assert first.count(2) > 1
    assert cut_ranges(np.empty(0, np.int64), np.empty(0, bool)).tolist() == [0]


def test_kernels_take_long_rows_and_many_groups():
    kernels = load_partial_kernels()
    n_docs = 300_000
    rows = np.array([[0, -1], [0, 1], [2, -1]], np.int32)
    offsets = np.array([0, n_docs, n_docs + 1, n_docs + 2], np.int64)
    doc = np.concatenate([np.arange(n_docs), [7], [n_docs - 1]]).astype(np.int32)
    n = np.concatenate([np.full(n_docs, 3), [1], [2]]).astype(np.int32)
    counted = rows, np.array([1, 2, 1], np.uint8), offsets, doc, n
    names = np.array([5, 70_000, 2**31 - 2], np.int32), (np.arange(n_docs) // 2).astype(np.int32)
    data = np.empty(40 * n_docs, np.uint8)
    n_bytes, n_rows, n_cells = kernels.encode(counted, (0, 3), names, data)
    assert (n_rows, n_cells) == (3, n_docs // 2 + 2)
    outputs = (
        np.empty((7, 2), np.int32),
        np.empty(7, np.uint8),
        np.zeros(8, np.int64),
        np.empty(2 * n_cells, np.int32),
        np.empty(2 * n_cells, np.int64),
        np.empty(2 * n_cells, np.int64),
    )
    bounds = np.array([[0, n_bytes], [0, n_bytes]], np.int64)
    merged = kernels.merge(data[:n_bytes], bounds, (n_docs // 2, 1, 1), outputs)
    words, lengths, ends, group, total, docs = outputs
    assert merged == (3, n_cells)
    assert words[:3].tolist() == [[5, -1], [5, 70_000], [2**31 - 2, -1]]
    assert lengths[:3].tolist() == [1, 2, 1]
    assert ends[:4].tolist() == [0, n_docs // 2, n_docs // 2 + 1, n_cells]
    assert group[n_docs // 2 : n_cells].tolist() == [3, n_docs // 2 - 1]
    assert (total[: n_docs // 2] == 12).all()
    assert (docs[: n_docs // 2] == 4).all()
    assert total[n_docs // 2 : n_cells].tolist() == [2, 4]


@pytest.mark.parametrize(("largest", "most"), [(0, 1 << 22), (10**7, 10**7), (10**9, 1 << 25)])
def test_a_range_to_merge_is_no_larger_than_a_partition(largest, most):
    frequent = np.full(20_000, 100_000)
    edges = np.ones(len(frequent), bool)
    cuts = cut_ranges(frequent, edges, largest=largest).astype(np.int64)
    places = np.diff(np.append((cuts[1:] >> 32) - 1, len(frequent))) * 100_000
    assert most / 2 < places.max() <= most
