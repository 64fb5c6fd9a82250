import dataclasses
import tracemalloc
from collections import Counter
from itertools import pairwise
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import WatchwordsError
from watchwords.scale import (
    count_partitions,
    list_partitions,
    score_partitions,
    write_partitions,
)
from watchwords.terms import count_terms
from watchwords.tokens import (
    Limits,
    count_by_group,
    count_sequences,
    load_group_counts,
    merge_counts,
    packed,
    ranges,
    stream,
    tokenize,
)

PIECES = st.sampled_from(
    [
        *("war", "War", "peace", "high-quality", "U.S.", "nation’s", "the", "The", "é", "国", "家"),
        *(" ", " ", " ", " ", ". ", ", ", "\n", "! ", " “", "-", "day-to-day"),
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=25).map("".join), max_size=6)
TABLE = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["war"]})
FIELDS = [field.name for field in dataclasses.fields(count_by_group(["a"], [1]))]


def slow_counts(texts, groups, max_words, *, across):
    """The obvious twin: walk over the words of the compiled texts."""
    names = [f"d{i}" for i in range(len(texts))]
    columns = {"doc_id": names, "lang": ["en"] * len(texts), "text": texts}
    tokens = tokenize(pd.DataFrame({k: pd.Series(v, dtype="str") for k, v in columns.items()}))
    ids, token_index = tokens.expanded()
    docs = tokens.doc_index()[token_index]
    breaks = tokens.breaks[token_index] & (np.diff(token_index, prepend=-1) > 0)
    counts = Counter()
    for at in range(len(ids)):
        for n in range(1, max_words + 1):
            last = at + n - 1
            if last >= len(ids) or docs[last] != docs[at]:
                break
            if n > 1 and breaks[last] and not across:
                break
            counts[" ".join(tokens.vocabulary[ids[at : at + n]]), groups[docs[at]]] += 1
    return counts


def as_counter(counts):
    table = counts.table()
    keys = zip(table["item"], table["group"].tolist(), strict=True)
    return dict(zip(keys, table["n"].tolist(), strict=True))


def same(one, other):
    for name in FIELDS:
        first, second = getattr(one, name), getattr(other, name)
        assert first.dtype == second.dtype, name
        assert np.array_equal(first, second), name
    return True


@given(TEXTS, st.integers(1, 5), st.booleans(), st.booleans(), st.data())
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_a_counter(texts, max_words, across, as_series, data):
    groups = [data.draw(st.sampled_from([1990, 1850, 2021])) for _ in texts]
    given_texts = pd.Series(texts, dtype="str") if as_series else iter(texts)
    counts = count_by_group(given_texts, groups, max_words=max_words, across_breaks=across)
    expected = slow_counts(texts, groups, max_words, across=across)
    assert as_counter(counts) == dict(expected)
    assert counts.groups.tolist() == sorted(set(groups))
    # Every word is one sequence of one word: none is lost, none counted twice.
    alone = np.repeat(counts.n_words == 1, np.diff(counts.offsets))
    n = np.bincount(counts.cell[alone], counts.n[alone], len(counts.groups))
    assert n.tolist() == counts.n_units.tolist()
    rows = [counts.vocabulary[row[row >= 0]].tolist() for row in counts.words]
    assert rows == sorted(rows)


@given(TEXTS, st.sampled_from(["en", "zh"]))
@settings(max_examples=10, deadline=None)
def test_documents_are_as_long_for_whatever_counts_them(texts, lang):
    texts = [f"{text} well-being G20杭州 well-to-do" for text in [*texts, ""]]
    names = [f"d{at:03}" for at in range(len(texts))]
    table = pd.DataFrame({"doc_id": names, "lang": lang, "text": pd.Series(texts, dtype="str")})
    lengths = tokenize(table).n_units().tolist()
    assert lengths == count_by_group(texts, names, lang=lang).n_units.tolist()
    with TemporaryDirectory() as folder:
        write_partitions(table, f"{folder}/parts", max_bytes=40)
        parts = list_partitions(f"{folder}/parts", lang=lang)
        counts = count_partitions(parts, by="doc_id", min_count=1, max_words=1)
        assert lengths == counts.groups["n_units"].tolist()
        assert lengths == score_partitions(parts, ["well"]).n_units.tolist()
    assert lengths == count_terms(tokenize(table), lang=lang).n_units.tolist()


@given(TEXTS, st.integers(1, 3), st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_rare_sequences_are_dropped_and_denominators_stay(texts, max_words, min_count):
    groups = [at % 3 for at in range(len(texts))]
    counts = count_by_group(texts, groups, max_words=max_words, min_count=min_count)
    total = Counter()
    expected = slow_counts(texts, groups, max_words, across=False)
    for (item, _), n in expected.items():
        total[item] += n
    kept = {key: n for key, n in expected.items() if total[key[0]] >= min_count}
    assert as_counter(counts) == kept
    everything = count_by_group(texts, groups, max_words=max_words)
    assert counts.n_units.tolist() == everything.n_units.tolist()
    assert same(merge_counts([everything], min_count=min_count), counts)


@given(TEXTS, st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=30, deadline=None)
def test_parts_merge_to_the_whole_in_any_order(texts, cut, other_cut):
    groups = [f"g{at % 3}" for at in range(len(texts))]
    edges = [0, *sorted((cut, other_cut)), len(texts) + 1]
    spans = [slice(first, end) for first, end in pairwise(edges)]
    parts = [count_by_group(texts[span], groups[span]) for span in spans if groups[span]]
    if parts:
        whole = count_by_group(texts, groups)
        assert same(merge_counts(parts), whole)
        assert same(merge_counts(parts[::-1]), whole)


def zipf_texts(n_texts=30):
    rng = np.random.default_rng(2)
    draws = np.minimum(rng.zipf(1.3, (n_texts, 200)), 300)
    return [" ".join(f"w{number}" for number in row) for row in draws], rng.integers(0, 9, n_texts)


@pytest.mark.parametrize("options", [{"workers": 3}, {"max_memory": 4_000}, {"max_memory": 1}])
def test_ranges_threads_and_files_do_not_show(monkeypatch, tmp_path, options):
    texts, groups = zipf_texts()
    whole = count_by_group(texts, groups, max_words=4)
    monkeypatch.setattr(ranges, "_RANGE", 1 << 9)
    monkeypatch.setattr(packed, "_PART", 1 << 6)
    monkeypatch.setattr(stream, "_BLOCK", 1 << 10)
    assert same(count_by_group(iter(texts), groups, max_words=4, **options), whole)
    mapped = count_by_group(texts, groups, max_words=4, folder=tmp_path / "a" / "b", **options)
    assert same(mapped, whole)
    assert isinstance(mapped.words, np.memmap)


def test_both_ways_of_counting_agree(monkeypatch):
    texts, groups = zipf_texts()
    packed_counts = count_by_group(texts, groups, min_count=2)
    monkeypatch.setattr(ranges, "spare_bits", lambda *_: 0)
    assert same(count_by_group(texts, groups, min_count=2), packed_counts)


@pytest.mark.parametrize(
    ("n_types", "n_groups", "max_words", "spare"), [(127, 1, 10, 0), (63, 7, 11, 1), (63, 3, 11, 2)]
)
def test_sequences_that_just_fit_or_do_not_are_counted_right(
    monkeypatch, n_types, n_groups, max_words, spare
):
    rng = np.random.default_rng(4)
    ids = np.concatenate([np.arange(n_types), np.minimum(rng.zipf(1.4, 2_000), n_types) - 1])
    texts = [" ".join(f"w{number:03}" for number in row) for row in np.array_split(ids, 14)]
    groups = np.arange(14) % n_groups
    left = []
    monkeypatch.setattr(
        ranges, "spare_bits", lambda *rules: left.append(packed.spare_bits(*rules)) or left[-1]
    )
    counts = count_by_group(texts, groups, max_words=max_words)
    assert left == [spare]
    monkeypatch.setattr(ranges, "spare_bits", lambda *_: 0)
    assert same(count_by_group(texts, groups, max_words=max_words), counts)
    assert as_counter(counts) == dict(slow_counts(texts, groups, max_words, across=False))


def test_a_full_room_is_doubled(monkeypatch):
    texts, groups = zipf_texts(8)
    whole = count_by_group(texts, groups, max_words=6), count_by_group(texts, groups)
    little = ranges.room_for_results
    monkeypatch.setattr(ranges, "room_for_results", lambda _, max_words: little(0, max_words))
    assert same(count_by_group(texts, groups, max_words=6), whole[0])
    assert same(count_by_group(texts, groups), whole[1])


def test_only_words_asked_for_are_counted():
    counts = count_by_group(["no war or peace", "War or war"], [1, 2], vocabulary=["war", "or"])
    assert counts.items().tolist() == ["or", "or war", "war", "war or", "war or war"]
    assert counts.n_units.tolist() == [4, 3]


def test_saved_counts_come_back(tmp_path):
    counts = count_by_group(["No war.", "War and war"], ["a", "b"])
    counts.save(tmp_path)
    assert same(load_group_counts(tmp_path), counts)
    with pytest.raises(WatchwordsError, match="holds no counts"):
        load_group_counts(tmp_path / "elsewhere")
    cut = tmp_path / "cell.npy"
    cut.write_bytes(cut.read_bytes()[:-4])
    with pytest.raises(WatchwordsError, match="it was cut off"):
        load_group_counts(tmp_path)


def test_items_and_tables_of_some_rows():
    counts = count_by_group(["No war.", "War and war"], [1990, 2020], max_words=2)
    assert counts.items(slice(4, 6)).tolist() == ["war", "war and"]
    assert counts.table(np.array([4]))["n"].tolist() == [1, 2]
    assert repr(counts) == "GroupCounts: 6 sequences in 2 groups, 7 counts, 5 words"


@pytest.mark.parametrize(
    ("groups", "options", "message"),
    [
        ([1], {}, "1 values that are not missing for 2 texts"),
        ([1, None], {}, "1 values that are not missing for 2 texts"),
        ([1, 2], {"max_words": 0}, "`max_words` is 0"),
        ([1, 2], {"min_count": 0}, "`min_count` is 0"),
    ],
)
def test_what_cannot_be_counted_is_refused(groups, options, message):
    with pytest.raises(WatchwordsError, match=message):
        count_by_group(["war", "peace"], groups, **options)


def test_parts_of_different_lengths_are_not_merged():
    parts = [count_by_group(["war"], [1], max_words=n) for n in (1, 2)]
    for wrong in (parts, []):
        with pytest.raises(WatchwordsError, match="give at least one, and count the same"):
            merge_counts(wrong)


def test_counts_are_written_over_those_they_are_mapped_from(tmp_path):
    first = count_by_group(["No war."], [1990], folder=tmp_path)
    second = count_by_group(["War and peace"], [2020], folder=tmp_path)
    assert first.items().tolist() == ["no", "no war", "war"]
    assert second.items().tolist()[:2] == ["and", "and peace"]
    second.save(tmp_path)
    assert same(load_group_counts(tmp_path), second)


def test_sequences_longer_than_any_that_is_counted_are_refused():
    with pytest.raises(WatchwordsError, match="`max_words` is 256; it must be 1 to 64"):
        count_by_group(["war " * 300], [1990], max_words=256)
    with pytest.raises(WatchwordsError, match="`max_words` is 300"):
        count_sequences(tokenize(TABLE), limits=Limits(300))


def test_counts_that_do_not_fit_are_refused_in_a_merge():
    one = count_by_group(["war"], [1990])
    most = dataclasses.replace(one, n=np.array([2**31 - 1], np.int32))
    less = dataclasses.replace(one, n=np.array([2**31 - 2], np.int32))
    assert merge_counts([less, one]).n.tolist() == [2**31 - 1]
    with pytest.raises(WatchwordsError, match="more than 2,147,483,647 times"):
        merge_counts([one, most])


def test_groups_of_numbers_and_of_texts_are_not_merged():
    parts = [count_by_group(["war"], [1990]), count_by_group(["war"], ["1990"])]
    with pytest.raises(WatchwordsError, match="numbers in one and texts in another"):
        merge_counts(parts)


@pytest.mark.parametrize("texts", [["a b", None], pd.Series(["a b", None]), ["a b", 5]])
def test_a_text_that_is_missing_is_refused(texts):
    with pytest.raises(WatchwordsError, match="`texts` has"):
        count_by_group(texts, [1990, 1990])


def test_counts_may_be_saved_in_a_folder_written_as_a_string(tmp_path):
    count_by_group(["war"], [1990]).save(str(tmp_path / "counts"))
    assert load_group_counts(str(tmp_path / "counts")).n.tolist() == [1]


def test_what_threads_have_counted_is_let_go_once_it_is_joined(monkeypatch):
    rng = np.random.default_rng(5)
    words = np.array([f"w{number}" for number in range(2000)], object)
    texts = [" ".join(rng.choice(words, 500)) for _ in range(200)]
    monkeypatch.setattr(ranges, "_RANGE", 1 << 12)
    joined = []

    def join(parts, max_words, real=ranges._join):
        result = real(parts, max_words)
        joined.append((tracemalloc.get_traced_memory()[0] - before, result))
        return result

    monkeypatch.setattr(ranges, "_join", join)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        count_by_group(texts, range(200), workers=2)
    finally:
        tracemalloc.stop()
    held, result = joined[0]
    size = sum(array.nbytes for array in vars(result).values())
    assert held < 1.5 * size
