from pathlib import Path

import pandas as pd
import pytest

from watchwords.concepts import find_coinages, match_concepts, read_concepts, summarize_concepts
from watchwords.tokens import tokenize

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
FALSE_FRIENDS = SEEDS.parent / "gold" / "false_friends.csv"


@pytest.fixture(scope="module")
def found():
    if not SEEDS.is_dir():
        pytest.skip("the five sample documents are not here")
    paths = sorted(SEEDS.glob("*.txt"))
    documents = pd.DataFrame(
        {
            "doc_id": [path.name[:3] for path in paths],
            "lang": "en",
            "text": [path.read_text(encoding="utf-8") for path in paths],
        }
    )
    tokens, concepts = tokenize(documents), read_concepts("tifa")
    hits = match_concepts(tokens, concepts)
    return tokens, hits, summarize_concepts(tokens, hits, concepts).set_index("zh")


EXPECTED = {
    "两个维护": {"two maintenance": "001 002", "two maintenances": "004"},
    "四个意识": {"four consciousnesses": "001 004", "four sense of consciousness": "002"},
    "新发展理念": {"new development concept": "001 004", "new development concepts": "000"},
    "四个自信": {"four self-confidences": "001 004"},
    "两先区": {"two first districts": "001", "two leading areas": "001", "two-pre zone": "003"},
    "三篇大文章": {"three major articles": "001 004"},
    "两个确立": {"two establishments": "004"},
    "新发展格局": {"new development pattern": "001"},
    "协调发展新格局": {"new pattern of coordinated development": "000"},
}


@pytest.mark.parametrize("zh", sorted(EXPECTED))
def test_every_form_is_found_where_it_stands(found, zh):
    _, hits, summary = found
    concept_id = summary.loc[zh, "concept_id"]
    counted = hits[(hits["concept_id"] == concept_id) & (hits["rule"] != "unresolved")]
    by_form = counted.groupby("form")["doc_id"].unique().map(lambda ids: " ".join(sorted(ids)))
    assert by_form.to_dict() == EXPECTED[zh]
    n_docs = len(set(" ".join(EXPECTED[zh].values()).split()))
    assert summary.loc[zh, ["n_docs", "n_docs_total"]].tolist() == [n_docs, 5]


def test_the_concepts_in_two_or_more_texts(found):
    summary = found[2]
    assert summary.loc[summary["n_docs"] >= 2, "n_docs"].to_dict() == {
        "两个维护": 3,
        "四个意识": 3,
        "四个自信": 2,
        "以习近平同志为核心": 2,
        "高质量发展": 4,
        "新发展理念": 3,
        "三篇大文章": 2,
        "两先区": 2,
    }
    core = [form.split()[-3:] for form, _ in summary.loc["以习近平同志为核心", "forms"]]
    assert core == [["as", "the", "core"], ["at", "its", "core"]]


def test_what_two_concepts_share_is_shown_and_not_counted(found):
    _, hits, summary = found
    unresolved = hits[hits["rule"] == "unresolved"]
    assert set(unresolved["form"]) == {"four centers", "dual control", "look back"}
    assert summary.loc[["四个中心（大连）", "四个中心（北京）"], "n_unresolved"].tolist() == [1, 1]
    assert (summary.loc[["能耗双控", "碳排放双控", "回头看"], "n_docs"] == 0).all()


def test_hits_are_slices_of_the_texts(found):
    tokens, hits, _ = found
    for row in hits.itertuples():
        assert tokens.text(row.doc_id)[row.start : row.end] == row.form


def test_what_no_concept_explains_is_there_for_review(found):
    tokens, hits, _ = found
    coinages = find_coinages(tokens, hits).set_index("form")
    assert coinages.loc["nine focusing", "kind"] == "numeric_formula"
    assert coinages.loc["nail-nail spirit", "kind"] == "quoted_coinage"
    assert {"six key tasks", "short board", "gap"} <= set(coinages.index)
    assert (coinages["doc_id"] != "").all()


def test_no_false_friend_is_counted():
    if not FALSE_FRIENDS.is_file():
        pytest.skip("the list of false friends is not here")
    friends = pd.read_csv(FALSE_FRIENDS, dtype=str, keep_default_na=False)
    friends["doc_id"] = [str(number) for number in range(len(friends))]
    texts = friends.rename(columns={"string_en": "text"})[["doc_id", "text"]].assign(lang="en")
    hits = match_concepts(tokenize(texts), read_concepts("tifa"))
    counted = hits[hits["rule"] != "unresolved"].merge(friends, on=["doc_id", "concept_id"])
    assert counted["string_en"].tolist() == []
    assert len(hits) > 0
