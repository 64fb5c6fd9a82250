"""The demonstration: what a historian would check."""

import re

import pandas as pd
import pytest
from pypdf import PdfReader


@pytest.fixture(scope="module")
def trends(union):
    table = pd.read_csv(union.folder / "data" / "trends.csv", encoding="utf-8-sig")
    return table.set_index("label")


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("Soviet Union", 1945),
        ("nuclear weapons", 1954),
        ("health care", 1961),
        ("terrorists", 1985),
        ("internet", 1997),
    ],
)
def test_what_is_first_found_when_and_up_since(trends, label, year):
    assert trends.loc[label, "first_seen"].startswith(str(year))
    assert trends.loc[label, "direction"] == "up"
    assert trends.loc[label, "claimed"]


@pytest.mark.parametrize("label", ["navy", "militia", "tariff", "treasury"])
def test_what_is_down(trends, label):
    assert trends.loc[label, "direction"] == "down"
    assert trends.loc[label, "claimed"]


def test_the_front_has_findings_with_k_of_n_an_interval_and_two_pages(union):
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(union.pdf).pages]
    front = " ".join(pages[:2])
    assert len(re.findall(r"In \d+ of \d+ messages since \d{4} \(\d+ %, 95 % interval", front)) >= 3
    assert "First found in this corpus on" in front
    assert "onset" not in front.lower()
    assert "Annex" in pages[2]
    assert "What chance alone could do with so many documents" in pages[0]


def test_each_k_of_n_is_borne_out_by_the_evidence(union, trends):
    evidence = pd.read_csv(union.folder / "data" / "evidence.csv", encoding="utf-8-sig")
    documents = pd.read_csv(union.folder / "data" / "documents.csv", encoding="utf-8-sig")
    dates = pd.to_datetime(documents.set_index("doc_id")["date"])
    claimed = trends[trends["kind"] == "concept"].reset_index().set_index("item")
    checked = 0
    for item, hits in evidence.groupby("item"):
        if item not in claimed.index:
            continue
        row = claimed.loc[item]
        when = dates[hits["doc_id"].unique()]
        # The last year has not ended and is in no span.
        late = ((when >= row["late_start"]) & (when.dt.year < 2026)).sum()
        assert late == row["k_late"], item
        assert (when < row["early_end"]).sum() == row["k_early"], item
        assert len(when) == row["n_docs"], item
        checked += 1
    assert checked > 25


def test_only_the_messages_themselves_are_counted(union):
    documents = pd.read_csv(union.folder / "data" / "documents.csv", encoding="utf-8-sig")
    assert len(documents) == 237
    assert documents["is_sotu"].all()
    first = " ".join(PdfReader(union.pdf).pages[0].extract_text().split())
    assert "237 of 249" in first


def test_names_and_frames_are_never_headlined(union, trends):
    text = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(union.pdf).pages[:2]
    )
    for word in trends[trends["ignored"]].index[:200]:
        assert f"“{word}” is " not in text
