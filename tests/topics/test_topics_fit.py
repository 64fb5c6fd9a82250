"""Topics: planted truth, laws, refusals."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from watchwords.errors import TooFewDocumentsError, WatchwordsError
from watchwords.rates import period_rates
from watchwords.schema import check_table
from watchwords.tokens import tokenize
from watchwords.topics import fit_topics, load_topics, nmf

SEA = [
    "ship",
    "sailor",
    "harbour",
    "coast",
    "vessel",
    "admiral",
    "fleet",
    "anchor",
    "cruiser",
    "convoy",
]
LAND = [
    "farmer",
    "wheat",
    "plough",
    "harvest",
    "cattle",
    "orchard",
    "barley",
    "meadow",
    "granary",
    "acre",
]
SCHOOL = [
    "teacher",
    "pupil",
    "lesson",
    "classroom",
    "textbook",
    "college",
    "scholar",
    "lecture",
    "exam",
    "desk",
]
PLANTED = {"sea": SEA, "land": LAND, "school": SCHOOL}
RITUAL = "unite around the core and strive forward"


def planted_documents(n_docs=24, *, seed=0, ritual="", n_words=30):
    """Documents of three paragraphs, each of one vocabulary; sea in 3 of 6, school in 1 of 6."""
    rng = np.random.default_rng(seed)
    kinds = ["sea", "sea", "sea", "land", "land", "school"]
    rows = []
    for d in range(n_docs):
        drawn = [kinds[(3 * d + i) % 6] for i in range(3)]
        texts = [f"{ritual} {' '.join(rng.choice(PLANTED[k], n_words))}." for k in drawn]
        rows.append((f"d{d:02}", "\n\n".join(texts), drawn))
    table = pd.DataFrame(rows, columns=["doc_id", "text", "kinds"]).assign(lang="en")
    table["date"] = pd.date_range("2001-01-01", periods=n_docs, freq="YS").astype("datetime64[s]")
    return table.assign(date_precision="day")


@pytest.fixture(scope="module")
def planted():
    documents = planted_documents()
    tokens = tokenize(documents.drop(columns="kinds"))
    return documents, tokens, fit_topics(tokens, n_topics=3, seed=1)


def kind_of(topic_terms):
    """The vocabulary that holds most of each topic's beta, and how much."""
    found = {}
    for topic, rows in topic_terms.groupby("topic"):
        parts = {k: rows.loc[rows["term"].isin(v), "beta"].sum() for k, v in PLANTED.items()}
        found[topic] = max(parts.items(), key=lambda pair: pair[1])
    return found


def test_planted_topics_are_found_in_order_of_size(planted):
    _, _, topics = planted
    found = kind_of(topics.topic_terms)
    assert [found[t][0] for t in ("t01", "t02", "t03")] == ["sea", "land", "school"]
    assert min(part for _, part in found.values()) > 0.99
    assert topics.summary["n_paragraphs"].tolist() == [36, 24, 12]


def test_every_paragraph_goes_to_its_planted_topic(planted):
    documents, _, topics = planted
    name = {topic: kind for topic, (kind, _) in kind_of(topics.topic_terms).items()}
    got = topics.paragraphs.groupby("doc_id")["topic"].agg(lambda t: [name[x] for x in t])
    assert got.tolist() == documents["kinds"].tolist()


def test_the_tables_are_of_their_kind(planted):
    _, _, topics = planted
    check_table("topic_terms", topics.topic_terms)
    check_table("doc_topics", topics.doc_topics)
    assert topics.scores.unit == "paragraph"
    assert topics.scores.items["item"].tolist() == topics.summary["topic"].tolist()
    assert topics.scores.items["label"].tolist() == topics.summary["label"].tolist()


def test_shares_sum_to_one(planted):
    _, _, topics = planted
    for table, whole, part in (
        (topics.topic_terms, "topic", "beta"),
        (topics.doc_topics, "doc_id", "gamma"),
    ):
        np.testing.assert_allclose(table.groupby(whole)[part].sum(), 1, atol=1e-6)
        assert table[part].between(0, 1).all()
    np.testing.assert_allclose(topics.summary["share"].sum(), 1)


def test_scores_gamma_and_paragraphs_say_the_same(planted):
    _, _, topics = planted
    scores = topics.scores
    by_hand = pd.crosstab(topics.paragraphs["doc_id"], topics.paragraphs["topic"])
    np.testing.assert_array_equal(scores.matrix.toarray(), by_hand.to_numpy())
    np.testing.assert_array_equal(scores.n_units, by_hand.sum(axis=1))
    gamma = topics.doc_topics.pivot_table(index="doc_id", columns="topic", values="gamma")
    np.testing.assert_allclose(gamma, by_hand.to_numpy() / scores.n_units[:, None])
    np.testing.assert_array_equal(topics.summary["n_docs"], scores.n_docs())


def test_rates_by_period_take_topics_as_they_take_terms(planted):
    documents, _, topics = planted
    rates = period_rates(topics.scores, documents, freq="10Y")
    per_period = rates.groupby("period").agg(n=("n", "sum"), n_units=("n_units", "first"))
    assert (per_period["n"] == per_period["n_units"]).all()
    assert set(rates["unit"]) == {"paragraph"}


def test_terms_stand_by_size_and_words_of_a_label_are_among_them(planted):
    _, _, topics = planted
    for topic, rows in topics.topic_terms.groupby("topic"):
        assert rows["beta"].is_monotonic_decreasing
        assert (rows["beta"] > 0).all()
        assert set(topics.labels[topic].split(", ")) <= set(rows["term"])
    assert len(topics.top_terms(top_n=4)["t01"].split()) == 4


def test_passages_are_paragraphs_of_the_topic_from_different_documents(planted):
    _, tokens, topics = planted
    passages = topics.passages("t03", n=4)
    assert passages["doc_id"].is_unique
    assert passages["weight"].is_monotonic_decreasing
    for row in passages.itertuples():
        words = tokens.text(row.doc_id)[row.start : row.end].strip(". ").split()
        assert set(words) <= set(SCHOOL)


def test_long_passages_are_left_out_unless_there_are_no_others(planted):
    _, _, topics = planted
    length = topics.paragraphs["end"] - topics.paragraphs["start"]
    limit = int(length[topics.paragraphs["topic"] == "t01"].median())
    short = topics.passages("t01", n=50, max_length=limit)
    assert 0 < len(short) < len(topics.passages("t01", n=50))
    assert (short["end"] - short["start"] <= limit).all()
    assert len(topics.passages("t01", max_length=1)) == 3


def test_a_passage_used_twice_is_given_once():
    documents = planted_documents()
    documents.loc[1, "text"] = documents.loc[0, "text"]
    topics = fit_topics(tokenize(documents), n_topics=3, seed=1, coherence=None)
    weights = topics.passages("t01", n=50)["weight"]
    assert weights.is_unique


def test_an_unknown_topic_is_named(planted):
    _, _, topics = planted
    with pytest.raises(WatchwordsError, match="`topic` is 't1'; did you mean `t01`"):
        topics.passages("t1")


def test_topics_survive_saving(planted, tmp_path):
    _, _, topics = planted
    topics.save(tmp_path / "topics")
    again = load_topics(tmp_path / "topics")
    for name in ("topic_terms", "doc_topics", "summary", "paragraphs"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(topics, name))
    assert again.fit == topics.fit
    assert repr(again) == repr(topics)
    assert repr(topics) == (
        "Topics: 3 by nmf (seed 1) from 72 paragraphs of 24 documents, 30 words"
    )


def test_dropped_hits_do_not_drown_what_the_texts_are_about():
    tokens = tokenize(planted_documents(ritual=RITUAL.replace("the core", "the core of cores")))
    words = {"unite", "core", "cores", "strive", "forward"}
    starts = {d: tokens.text(d) for d in tokens.documents["doc_id"]}
    hits = pd.DataFrame(
        [
            (d, at, at + len("unite around the core of cores and strive forward"))
            for d, text in starts.items()
            for at in range(len(text))
            if text.startswith("unite", at)
        ],
        columns=["doc_id", "start", "end"],
    )
    # In every paragraph the ritual is left out anyway; make it as frequent as allowed.
    hits_of_half = hits.iloc[::2]
    half = fit_topics(tokens, n_topics=3, seed=1, drop=hits_of_half, coherence=None)
    none = fit_topics(tokens, n_topics=3, seed=1, drop=hits, coherence=None)
    assert words & set(half.topic_terms["term"])
    assert not words & set(none.topic_terms["term"])
    by_name = fit_topics(
        tokens, n_topics=3, seed=1, drop=hits_of_half, drop_words=words, coherence=None
    )
    assert not words & set(by_name.topic_terms["term"])


def test_a_paragraph_without_known_words_counts_nowhere():
    documents = planted_documents()
    odd = pd.DataFrame({"doc_id": ["odd"], "text": ["Zyx " * 30 + "."], "lang": "en"})
    tokens = tokenize(pd.concat([documents, odd], ignore_index=True))
    topics = fit_topics(tokens, n_topics=3, seed=1, coherence=None)
    assert topics.paragraphs.query("doc_id == 'odd'")["topic"].tolist() == [""]
    assert topics.scores.n_units[topics.scores.doc_ids == "odd"].tolist() == [0]
    assert "odd" not in set(topics.doc_topics["doc_id"])
    assert topics.scores.matrix.sum() == topics.scores.n_units.sum() == 72


def test_duplicates_and_other_languages_are_not_among_the_documents():
    documents = planted_documents(26).assign(duplicate_of="")
    documents.loc[3, "duplicate_of"] = "d00"
    documents.loc[4, "lang"] = "zh"
    topics = fit_topics(tokenize(documents), n_topics=3, seed=1, coherence=None)
    assert {"d03", "d04"}.isdisjoint(topics.scores.doc_ids)
    assert len(topics.scores.doc_ids) == 24


def digest(topics):
    tables = (topics.topic_terms, topics.doc_topics, topics.summary, topics.paragraphs)
    return hashlib.sha256("".join(table.to_csv() for table in tables).encode()).hexdigest()


SCRIPT = """
import sys
sys.path[:0] = {path!r}
from test_topics_fit import digest, planted_documents
from watchwords.tokens import tokenize
from watchwords.topics import fit_topics
sys.stdout.write(digest(fit_topics(tokenize(planted_documents()), n_topics=3, seed=1)))
"""


def test_same_seed_same_bytes_in_another_process(planted):
    _, _, topics = planted
    code = SCRIPT.format(path=[str(Path(__file__).parent)])
    environment = os.environ | {
        "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "2",
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout == digest(topics), run.stderr


def test_lda_finds_them_too():
    tokens = tokenize(planted_documents())
    first = fit_topics(tokens, n_topics=3, seed=2, engine="lda", coherence=None)
    second = fit_topics(tokens, n_topics=3, seed=2, engine="lda", coherence=None)
    assert sorted(kind for kind, _ in kind_of(first.topic_terms).values()) == sorted(PLANTED)
    np.testing.assert_allclose(first.topic_terms.groupby("topic")["beta"].sum(), 1, atol=1e-6)
    assert first.fit.converged is None
    assert first.fit.engine == "lda"
    assert first.summary["coherence"].isna().all()
    assert digest(first) == digest(second)


def test_a_fit_that_has_not_settled_says_so(monkeypatch):
    monkeypatch.setattr(nmf, "MAX_ITER", 1)
    topics = fit_topics(tokenize(planted_documents()), n_topics=3, seed=1, coherence=None)
    assert topics.fit.converged is False
    assert repr(topics).endswith("; the fit had not settled")


def test_coherence_can_be_chosen(planted):
    _, tokens, topics = planted
    other = fit_topics(tokens, n_topics=3, seed=1, coherence="c_npmi")
    assert topics.fit.coherence == "u_mass"
    assert (topics.coherence <= 0).all()
    assert (other.coherence > 0.5).all()
    assert other.topic_terms.equals(topics.topic_terms)


@pytest.mark.parametrize(
    ("n_docs", "options", "sentence"),
    [
        (5, {}, "Too few documents for topics: 5 documents."),
        (1, {}, "Too few documents for topics: 1 document."),
        (24, {"min_docs": 25}, "Too few documents for topics: 24 documents."),
        (
            24,
            {"n_topics": 8},
            "Too few documents for topics: 24 documents with 72 paragraphs; 8 topics need 80.",
        ),
        (
            24,
            {"n_topics": 3, "drop_words": [*SEA, *LAND, *SCHOOL[2:]]},
            "Too few documents for topics: 24 documents with 24 paragraphs; 3 topics need 30.",
        ),
    ],
)
def test_too_few_documents_are_refused_in_one_sentence(n_docs, options, sentence):
    with pytest.raises(TooFewDocumentsError) as refused:
        fit_topics(tokenize(planted_documents(n_docs)), seed=1, **options)
    assert str(refused.value) == sentence


def test_chinese_texts_are_refused_in_their_own_sentence():
    table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "zh", "text": "坚持高质量发展"})
    with pytest.raises(TooFewDocumentsError) as refused:
        fit_topics(tokenize(table), seed=1)
    assert (
        str(refused.value) == "Topics of Chinese texts come later: terms and watched concepts only."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "ldaa"}, "`engine` is 'ldaa'; did you mean `lda`"),
        ({"n_topics": 1}, "`n_topics` is 1; it is at least 2"),
    ],
)
def test_wrong_options_are_named(planted, options, message):
    with pytest.raises(WatchwordsError, match=message):
        fit_topics(planted[1], seed=1, **options)


def test_the_arguments_are_not_changed(planted):
    documents, tokens, _ = planted
    ids, table = tokens.ids.copy(), tokens.documents.copy()
    hits = pd.DataFrame({"doc_id": ["d00"], "start": [0], "end": [9]})
    before = hits.copy()
    fit_topics(tokens, n_topics=3, seed=1, drop=hits, coherence=None)
    np.testing.assert_array_equal(tokens.ids, ids)
    pd.testing.assert_frame_equal(tokens.documents, table)
    pd.testing.assert_frame_equal(hits, before)
    assert len(documents) == 24
