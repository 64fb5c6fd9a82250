import math
from collections import Counter
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.terms import score_cooccurrence
from watchwords.terms.poisson_binomial import chance_near, tail_chances
from watchwords.tokens import split_phrase, tokenize


def compiled(*texts, lang="en", **columns):
    names = [f"d{number:03}" for number in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": lang, "text": list(texts)} | columns))


def slow_counts(tokens, word, within):
    """Words near and beyond by document, found word by word."""
    rows = {}
    for row in range(len(tokens.documents)):
        first, end = tokens.doc_offsets[row : row + 2]
        here = range(first, end)
        parts = {
            at: [tokens.vocabulary[part] for part in _parts(tokens, tokens.ids[at])] for at in here
        }
        hits = [at for at in here if word in parts[at]]
        if not hits:
            continue
        near = set()
        for hit in hits:
            if isinstance(within, int):
                near |= set(range(max(hit - within, first), min(hit + within + 1, end)))
            else:
                offsets = getattr(tokens, f"{within}_offsets")
                spans = pairwise(offsets)
                near |= {at for low, high in spans if low <= hit < high for at in range(low, high)}
        near -= set(hits)
        beyond = set(here) - near - set(hits)
        rows[row] = tuple(
            Counter(part for at in sorted(side) for part in parts[at]) for side in (near, beyond)
        )
    return rows


def _parts(tokens, type_):
    return tokens.parts[tokens.part_offsets[type_] : tokens.part_offsets[type_ + 1]]


PIECES = st.sampled_from(
    ["query", "war", "peace", "query-war", "peace-time", ". ", ".\n", ", ", "Éire", "war’s"]
)


@given(
    st.lists(st.lists(PIECES, max_size=18), min_size=1, max_size=5),
    st.sampled_from(["sentence", "paragraph", 1, 3]),
)
@settings(max_examples=60, deadline=None)
def test_counts_and_measures_are_those_of_a_slow_twin(documents, within):
    tokens = compiled(*(" ".join(pieces) for pieces in documents))
    slow = slow_counts(tokens, "query", within)
    n_near = sum(sum(near.values()) for near, _ in slow.values())
    n_beyond = sum(sum(beyond.values()) for _, beyond in slow.values())
    if slow and not (n_near and n_beyond):
        with pytest.raises(WatchwordsError, match="`within` leaves no word"):
            score_cooccurrence(tokens, "query", within=within)
        return
    table = score_cooccurrence(tokens, "query", within=within, min_docs=1, min_count=1)
    words = {word for near, beyond in slow.values() for word in near | beyond}
    assert set(table["item"]) == words
    for row in table.to_dict("records"):
        word = row["item"]
        pairs = [(near[word], beyond[word]) for near, beyond in slow.values()]
        n, m = (sum(side) for side in zip(*pairs, strict=True))
        assert (row["n_near"], row["n_beyond"]) == (n, m)
        assert row["n_docs_near"] == sum(near > 0 for near, _ in pairs)
        assert row["n_docs"] == sum(near + beyond > 0 for near, beyond in pairs)
        assert row["n_query_docs"] == len(slow)
        rates = max(n, 0.5) / n_near, max(m, 0.5) / n_beyond
        assert row["log_ratio"] == pytest.approx(math.log2(rates[0] / rates[1]))
        expected = 0.0
        for (near, beyond), (every, rest) in zip(pairs, slow.values(), strict=True):
            sizes = sum(every.values()), sum(rest.values())
            if near + beyond:
                missed = math.comb(sizes[1], near + beyond) / math.comb(sum(sizes), near + beyond)
                expected += 1 - missed
        assert row["expected_docs"] == pytest.approx(expected)


@given(st.lists(st.lists(st.floats(0, 1), max_size=8), min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_tails_are_those_of_all_outcomes(trials, data):
    successes = [data.draw(st.integers(0, len(chances))) for chances in trials]
    offsets = np.concatenate([[0], np.cumsum([len(chances) for chances in trials])])
    flat = np.array([chance for chances in trials for chance in chances], float)
    low, high = tail_chances(flat, offsets.astype(np.int64), np.array(successes, np.int64))
    for item, (chances, k) in enumerate(zip(trials, successes, strict=True)):
        mass = np.zeros(len(chances) + 1)
        for outcome in product((0, 1), repeat=len(chances)):
            weights = [p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True)]
            mass[sum(outcome)] += math.prod(weights)
        assert low[item] == pytest.approx(mass[: k + 1].sum())
        assert high[item] == pytest.approx(mass[k:].sum())


def test_many_trials_are_approximated_well():
    rng = np.random.default_rng(3)
    chances = rng.beta(1, 20, 2500)
    exact = stats.poisson_binom(chances)
    for successes in (90, 105, 120, 135, 150):
        low, high = tail_chances(chances, np.array([0, 2500]), np.array([successes]))
        assert low[0] == pytest.approx(exact.cdf(successes), rel=0.05, abs=1e-6)
        assert high[0] == pytest.approx(exact.sf(successes - 1), rel=0.05, abs=1e-6)
    sure = tail_chances(np.ones(2600), np.array([0, 2600]), np.array([2600]))
    assert (sure[0][0], sure[1][0]) == (1, 1)


def test_chance_of_one_occurrence_is_the_share_of_words_near():
    assert chance_near(np.array([1]), np.array([[30, 70]]))[0] == pytest.approx(0.3)
    assert chance_near(np.array([1]), np.array([[0, 70]]))[0] == 0


def scattered(rng, n_docs, *, drawn=0.0):
    """Documents in which words stand anywhere; "friend" is drawn to "query" now and then."""
    texts = []
    for _ in range(n_docs):
        sentences = [[f"word{k}" for k in rng.integers(0, 30, 8)] for _ in range(12)]
        sentences[0][0] = "query"
        sentences[0 if rng.random() < drawn else int(rng.integers(12))][1] = "friend"
        order = rng.permutation(12)
        texts.append(" ".join(" ".join(sentences[k]).capitalize() + "." for k in order))
    return compiled(*texts)


def test_words_scattered_by_chance_are_not_found():
    table = score_cooccurrence(scattered(np.random.default_rng(7), 150), "query")
    assert len(table) == 31
    assert (table["q_value"] > 0.05).all()
    assert table["p_value"].min() > 0.0005
    held = (table["log_ratio_low"] <= 0) & (table["log_ratio_high"] >= 0)
    assert held.mean() >= 0.85


def test_a_word_drawn_to_the_query_is_found():
    table = score_cooccurrence(scattered(np.random.default_rng(8), 150, drawn=0.4), "query")
    assert table["item"].iloc[0] == "friend"
    assert table["q_value"].iloc[0] < 0.001
    assert table["log_ratio_low"].iloc[0] > 1
    assert table["log_likelihood"].iloc[0] > 0
    assert table["n_docs_near"].iloc[0] > 2 * table["expected_docs"].iloc[0]


def test_terms_are_near_as_a_whole_and_never_share_a_word_with_the_query():
    text = "The foreign trade policy grows. Foreign trade fell. Policy of trade."
    tokens = compiled(*[text] * 6)
    found = score_cooccurrence(tokens, "policy", terms=["foreign trade", "trade policy", "trade"])
    counts = found.set_index("item")[["n_near", "n_beyond"]]
    assert counts.loc["foreign trade"].tolist() == [6, 6]
    assert counts.loc["trade"].tolist() == [12, 6]
    assert "trade policy" not in counts.index
    across = score_cooccurrence(tokens, "policy", terms=["trade fell"], within=1)
    assert across[["n_near", "n_beyond"]].to_numpy().tolist() == [[0, 6]]


def test_chinese_phrases_stand_near_a_chinese_string():
    texts = [
        f"坚持改革开放，坚持{word}事业。农村生产{word}丰收。工厂生产{word}增长。"
        for word in "甲乙丙丁戊己"
    ]
    tokens = compiled(*texts, *["trade and peace."] * 2, lang=["zh"] * 6 + ["en"] * 2)
    found = score_cooccurrence(tokens, "改革开放")
    counts = found.set_index("item")
    assert set(found["lang"]) == {"zh"}
    assert counts.loc["坚持", ["n_near", "n_beyond"]].tolist() == [12, 0]
    assert counts.loc["生产", ["n_near", "n_beyond"]].tolist() == [0, 12]
    assert not {item for item in found["item"] if set(item) & set("改革开放")}


def test_concepts_and_alternatives_are_queries_too():
    text = "The two upholds hold. War falls. Peace holds."
    tokens = compiled(*[text] * 3, "Peace holds. War falls.")
    hits = pd.DataFrame(
        {"doc_id": ["d000", "d001"], "start": 4, "end": 15, "concept_id": "two_upholds"}
    )
    found = score_cooccurrence(
        tokens, "concept:two_upholds | peace", hits=hits, min_docs=1, min_count=1
    ).set_index("item")
    assert found["n_query_docs"].unique().tolist() == [4]
    assert found.loc["hold", ["n_near", "n_beyond"]].tolist() == [2, 1]
    assert found.loc["holds", ["n_near", "n_beyond"]].tolist() == [4, 0]
    with pytest.raises(WatchwordsError, match="pass the table"):
        score_cooccurrence(tokens, "concept:two_upholds")
    with pytest.raises(SchemaError, match="no such document"):
        score_cooccurrence(tokens, "concept:a", hits=hits.assign(doc_id="zzz", concept_id="a"))


def test_below_the_floor_there_are_counts_only():
    text = "The gold standard holds. The silver coin falls."
    table = score_cooccurrence(compiled(*[text] * 19), "standard")
    assert table["n_near"].max() == 19
    undecided = table[["log_ratio_low", "log_ratio_high", "p_value", "q_value"]]
    assert undecided.isna().all(axis=None)
    enough = score_cooccurrence(compiled(*[text] * 20), "standard")
    assert enough["q_value"].notna().all()


def test_a_query_that_is_not_found_gives_an_empty_table_of_the_same_columns():
    tokens = compiled(*["The gold standard holds. The silver coin falls."] * 5)
    some, none = score_cooccurrence(tokens, "gold"), score_cooccurrence(tokens, "zzz")
    assert none.empty
    assert none.dtypes.equals(some.dtypes)


def test_reprints_count_once_unless_asked_for():
    text = "The gold standard holds. The silver coin falls."
    tokens = compiled(*[text] * 6, duplicate_of=[""] * 5 + ["d000"])
    assert score_cooccurrence(tokens, "gold")["n_query_docs"].iloc[0] == 5
    kept = score_cooccurrence(tokens, "gold", keep_duplicates=True)
    assert kept["n_query_docs"].iloc[0] == 6


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "has no word to look for"),
        ("war", {"within": "sentences"}, "did you mean `sentence`"),
        ("war", {"within": 0}, "`within` is 0"),
        ("war", {"min_docs": 0}, "`min_docs` is 0"),
        ("war", {"min_count": 0}, "`min_count` is 0"),
        ("war", {"lang": "fr"}, "`lang` is 'fr'"),
        ("war", {"within": "paragraph"}, "leaves no word beyond"),
    ],
)
def test_a_wrong_request_is_refused(query, options, message):
    assert split_phrase("war")
    with pytest.raises(WatchwordsError, match=message):
        score_cooccurrence(compiled("war and peace"), query, **options)


def test_chinese_terms_are_chosen_as_the_rest_is_counted():
    beside = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    texts = [f"改革{sign}理念{sign}，{sign}{sign}。远山近水。" for sign in beside]
    copies = ["d000" if at else "" for at in range(len(texts))]
    tokens = compiled(*texts, lang="zh", duplicate_of=copies)
    every = score_cooccurrence(tokens, "改革", keep_duplicates=True)
    assert every["item"].tolist() == ["远山近水", "理念"]
    stopped = score_cooccurrence(tokens, "改革", keep_duplicates=True, stop_words="念")
    assert stopped["item"].tolist() == ["远山近水"]


def test_a_half_token_is_not_near():
    with pytest.raises(WatchwordsError, match=r"`within` is 2\.5; it must be a whole number"):
        score_cooccurrence(compiled("cold war"), "war", within=2.5)
