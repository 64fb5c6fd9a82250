"""Five real documents, read where they are: the best page a small corpus can have."""

import pandas as pd
import pytest
from pypdf import PdfReader


@pytest.fixture(scope="module")
def text(seeds):
    pages = PdfReader(seeds.pdf).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture(scope="module")
def forms(seeds):
    """Documents, by the start of their file names, for each concept and form."""
    evidence = pd.read_csv(seeds.folder / "data" / "evidence.csv", encoding="utf-8-sig", dtype=str)
    summary = pd.read_csv(seeds.folder / "data" / "concepts.csv", encoding="utf-8-sig", dtype=str)
    zh = dict(zip(summary["concept_id"], summary["zh"], strict=True))
    evidence = evidence.assign(
        zh=evidence["item"].map(zh),
        file=evidence["doc_id"].str[:3],
        form=evidence["form"].str.lower(),
    )
    return {
        (concept, form): set(group["file"])
        for (concept, form), group in evidence.groupby(["zh", "form"])
    }


def test_the_refusal_and_what_is_missing(text):
    assert (
        "Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences only."
    ) in text
    assert "A trend needs 20 dated documents in 4 months, and a wording in 6 of them;" in text
    assert "Three documents can be dated by hand in metadata.csv." in text


def test_dates_are_given_only_where_they_are_written(seeds, text):
    documents = pd.read_csv(
        seeds.folder / "data" / "documents.csv", encoding="utf-8-sig", dtype=str
    ).fillna("")
    dates = {row.doc_id[:3]: (row.date, row.event_date) for row in documents.itertuples()}
    assert dates["001"] == ("2021-02-03", "2021-02-02")
    assert dates["004"] == ("2022-08-23", "2022-08-22")
    assert [dates[name][0] for name in ("000", "002", "003")] == ["", "", ""]
    assert "7-8 October, year not given" in text
    assert "22 November, year not given" in text
    assert "Yesterday" in text


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("两个维护", {"two maintenance": "001 002", "two maintenances": "004"}),
        (
            "四个意识",
            {"four consciousnesses": "001 004", "four sense of consciousness": "002"},
        ),
        ("四个自信", {"four self-confidences": "001 004"}),
        ("三篇大文章", {"three major articles": "001 004"}),
        ("两个确立", {"two establishments": "004"}),
    ],
)
def test_forms_and_files(forms, zh, expected):
    found = {
        form: " ".join(sorted(files)) for (concept, form), files in forms.items() if concept == zh
    }
    assert found == expected


@pytest.mark.parametrize(
    ("zh", "files"),
    [
        ("新发展理念", "000 001 004"),
        ("高质量发展", "000 001 002 004"),
        ("两先区", "001 003"),
        ("以习近平同志为核心", "003 004"),
    ],
)
def test_files_of_a_concept(forms, zh, files):
    found = set().union(*(where for (concept, _), where in forms.items() if concept == zh))
    assert " ".join(sorted(found)) == files


def test_look_alikes_are_kept_apart(text):
    kept = text[text.index("Kept apart") : text.index("To review")]
    assert "“new pattern of coordinated development” 000" in kept
    assert "“new development pattern” 001" in kept


def test_quoted_forms_that_no_concept_explains_are_for_review(text):
    review = text[text.index("To review") :]
    assert "“nine focusing” (002)" in review
    assert "“nail- nail spirit” (002)" in review or "“nail-nail spirit” (002)" in review


def test_nothing_is_said_that_needs_more_documents(text):
    before_method = text.split("Method")[0]
    assert "%" not in before_method
    assert "Two groups compared" not in text
    assert "Too few documents for topics" in text


def test_it_is_all_on_two_pages(seeds):
    annex = [
        number
        for number, page in enumerate(PdfReader(seeds.pdf).pages, start=1)
        if "Annex" in page.extract_text().split()
    ]
    assert annex[0] <= 3
