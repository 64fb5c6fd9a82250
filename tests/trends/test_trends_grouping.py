import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.grouping import group_wordings

WORDS = ["grand", "harvest", "plan", "new", "road"]


def slow_groups(matrix, names):
    """Every pair, by sets; then families, of which the longest name leads its own documents."""
    docs = [set(np.flatnonzero(column)) for column in matrix.T]
    words = [set(name.split()) for name in names]
    leader, left = list(range(len(names))), set(range(len(names)))

    def near(a, b):
        both, either = docs[a] & docs[b], docs[a] | docs[b]
        frequent = max(len(docs[a]), len(docs[b])) > 0.3 * len(matrix)
        return bool(both) and len(both) >= 0.9 * len(either) and (not frequent or as_often(a, b))

    def as_often(a, b):
        pairs = list(zip(matrix[:, a].tolist(), matrix[:, b].tolist(), strict=True))
        least, most = sum(min(pair) for pair in pairs), sum(max(pair) for pair in pairs)
        return (words[a] <= words[b] or words[b] <= words[a]) and least >= 0.9 * most

    def joined(a, b):
        longer = max(len(words[a]), len(words[b]))
        return near(a, b) and 2 * len(words[a] & words[b]) >= longer

    while left:
        first = min(left, key=lambda i: (-len(words[i]), -len(names[i]), -len(docs[i]), names[i]))
        family, reached = {first}, [first]
        while reached:
            at = reached.pop()
            new = {i for i in left - family if joined(at, i)}
            family |= new
            reached += sorted(new)
        own = {i for i in family if i == first or near(i, first)}
        for i in own:
            leader[i] = first
        left -= own
    return leader


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.4, 0.97]))
def test_groups_are_those_of_all_pairs(seed, share):
    rng = np.random.default_rng(seed)
    names = sorted({" ".join(rng.permutation(WORDS)[: rng.integers(1, 4)]) for _ in range(6)})
    kinds = rng.integers(0, 2, len(names))
    counts = rng.poisson(3, (60, 2)) * (rng.random((60, 2)) < share)
    matrix = counts[:, kinds] + (rng.random((60, len(names))) < 0.01)
    found = group_wordings(sparse.csc_array(matrix.astype(int)), np.array(names, object))
    assert found.tolist() == slow_groups(matrix, names)


def test_a_chain_of_small_differences_ends_where_it_leaves_its_leader():
    # Each is in two documents that the one before it is not in: 38 of 42 with the next, 36 of 44.
    matrix = np.zeros((200, 4), int)
    for item in range(4):
        matrix[2 * item : 2 * item + 40, item] = 1
    names = np.array(["a b c d", "a b c", "a b", "a c"], object)
    assert group_wordings(sparse.csc_array(matrix), names).tolist() == [0, 0, 2, 2]


def test_frequent_wordings_need_one_name_in_the_other_and_as_many_occurrences():
    counts = np.random.default_rng(1).poisson(5, 200) + 1
    twice, most = 2 * counts, counts + (np.arange(200) % 10 == 0)
    names = np.array(["of the people", "of the world", "the people", "people"], object)
    matrix = sparse.csc_array(np.stack([counts, counts, most, twice], axis=1))
    assert group_wordings(matrix, names).tolist() == [0, 1, 0, 3]


def frequent(flat, rising):
    """Two wordings of every document, one flat and one rising, beside rare flat items."""
    corpus = simulate_scores({"flat": 30}, n_docs=600, seed=3)
    scores, documents = corpus.scores, corpus.documents
    rng = np.random.default_rng(4)
    time = pd.to_datetime(documents["date"]).rank(pct=True).to_numpy()
    counts = np.stack(
        [1 + rng.poisson(4, 600), rng.poisson(1 + 20 * time) + (rng.random(600) < 0.99)], axis=1
    )
    names = [flat, rising, *(f"item {n}" for n in range(30))]
    items = pd.DataFrame({"item": names, "kind": "term"}).astype("str")
    matrix = sparse.csr_array(sparse.hstack([sparse.csr_array(counts), scores.matrix]))
    joined = Scores(matrix, scores.doc_ids, items, scores.n_units, scores.unit)
    return fit_trends(joined, documents, freq="Y", seed=1).table.set_index("item")


@pytest.mark.parametrize(
    ("flat", "rising"), [("of the people", "of the world"), ("of the world", "of the people")]
)
def test_a_word_of_every_document_is_not_judged_with_another_one(flat, rising):
    table = frequent(flat, rising)
    assert (table["variant_of"] == "").all()
    assert table["detected"].loc[[flat, rising]].tolist() == [False, True]


@pytest.mark.parametrize(
    ("names", "leader"),
    [
        (["alpha beta", "gamma delta"], [0, 1]),
        (["", ""], [0, 1]),
        (["高质量发展", "质量发展"], [0, 0]),
        (["高质量发展", "脱贫攻坚"], [0, 1]),
    ],
)
def test_the_same_documents_are_not_enough_without_words(names, leader):
    matrix = sparse.csc_array(np.ones((5, 2), int))
    assert group_wordings(matrix, np.array(names, object)).tolist() == leader


@pytest.fixture(scope="module")
def slogan():
    """A rising phrase counted with all its parts, beside flat items."""
    corpus = simulate_scores({"rising": 1, "flat": 30}, n_docs=1500, seed=3)
    scores = corpus.scores
    names = scores.items["item"].tolist()
    parts = ["grand harvest plan", "grand harvest", "harvest plan", "harvest"]
    items = pd.DataFrame({"item": [*parts, *names[1:]]}).astype("str")
    items["kind"] = "term"
    matrix = sparse.csr_array(scores.matrix[:, [0, 0, 0, 0, *range(1, len(names))]])
    joined = Scores(matrix, scores.doc_ids, items.astype("str"), scores.n_units, scores.unit)
    return joined, corpus.documents


def test_one_slogan_is_one_discovery(slogan):
    scores, documents = slogan
    trends = fit_trends(scores, documents, freq="Y", seed=1)
    table = trends.table.set_index("item")
    parts = ["grand harvest", "harvest plan"]
    assert (table.loc[parts, "variant_of"] == "grand harvest plan").all()
    assert table.loc["grand harvest plan", "variant_of"] == ""
    assert table.loc[parts, "claimed"].all()
    assert (table.loc[parts, "q_value"] == table.loc["grand harvest plan", "q_value"]).all()
    assert "Judged with “grand harvest plan”" in table.loc["harvest plan", "verdict"]
    assert any("judged with them" in note for note in trends.notes)
    alone = fit_trends(
        scores.select(scores.items["item"][[0, *range(4, len(scores.items))]].tolist()),
        documents,
        freq="Y",
        seed=1,
    )
    own = alone.table.set_index("item")["q_value"]
    pd.testing.assert_series_equal(table["q_value"].loc[own.index], own)


def test_concepts_stand_for_themselves(slogan):
    scores, documents = slogan
    items = scores.items.assign(kind="concept").astype({"kind": "str"})
    concepts = Scores(scores.matrix, scores.doc_ids, items, scores.n_units, scores.unit)
    assert (fit_trends(concepts, documents, freq="Y", seed=1).table["variant_of"] == "").all()


def test_a_variant_keeps_its_own_counts_and_periods():
    corpus = simulate_scores({"step up": 1, "flat": 30}, n_docs=1200, seed=4)
    scores, names = corpus.scores, list(corpus.scores.items["item"])
    at = next(i for i, name in enumerate(names) if name.startswith("step up"))
    found = sparse.csc_array(scores.matrix)[:, [at]].toarray()
    fewer = found.copy()
    last = np.flatnonzero(found)[::40]
    fewer[last] = 0
    items = scores.items.assign(item=[f"word {i}" for i in range(len(names))], kind="term")
    items.loc[at, "item"] = "grand new harvest"
    extra = items.loc[[at]].assign(item="grand harvest")
    both = Scores(
        sparse.csr_array(sparse.hstack([scores.matrix, sparse.csr_array(fewer)])),
        scores.doc_ids,
        pd.concat([items, extra], ignore_index=True),
        scores.n_units,
        scores.unit,
    )
    trends = fit_trends(both, corpus.documents, freq="Y", seed=1)
    judged = trends.evidence.set_index("item")
    assert trends.table.set_index("item").loc["grand harvest", "variant_of"] == "grand new harvest"
    assert judged.loc["grand harvest", "n_docs"] == np.count_nonzero(fewer)
    assert judged.loc["grand new harvest", "n_docs"] == np.count_nonzero(found)
    for item, counts in (("grand harvest", fewer), ("grand new harvest", found)):
        own = trends.curve[trends.curve["item"] == item]
        total = (own["observed"] * own["n_docs_total"]).sum()
        assert total == pytest.approx(np.count_nonzero(counts))
        assert own["fitted"].gt(0).all()
