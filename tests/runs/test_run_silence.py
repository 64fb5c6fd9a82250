"""A planted silence stands on the first page; with dates shuffled, nothing does."""

import re
from datetime import date

import pandas as pd
import pytest
from pypdf import PdfReader

from watchwords.briefs import run_report
from watchwords.simulate import shuffle_dates, simulate_scores, simulate_texts, spell_item

SILENT = spell_item("silent 0")
REPORT = """
corpus: simulated notices
source: texts.parquet
freq: M
max_words: 2
topics: 0
docx: false
events: us
label: Simulated corpus
notebooks: [1-corpus, 5-changes]
"""


def front(home, documents):
    home.mkdir()
    documents.to_parquet(home / "texts.parquet")
    (home / "notices.yml").write_text(REPORT, "utf-8")
    result = run_report(home / "notices.yml", as_of=date(2003, 1, 1))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(result.pdf).pages]
    return pages[0], pd.read_csv(result.folder / "data" / "trends.csv", encoding="utf-8-sig")


@pytest.fixture(scope="module")
def texts():
    plan = {"silent": 2, "seasonal": 2, "step up": 1, "flat": 30}
    corpus = simulate_scores(
        plan, n_docs=600, n_periods=36, freq="M", growth=1.5, share=0.25, seed=1
    )
    return simulate_texts(corpus, seed=1)


@pytest.fixture(scope="module")
def planted(texts, tmp_path_factory):
    return front(tmp_path_factory.mktemp("planted") / "run", texts)


def test_the_silence_is_on_the_first_page_with_its_arithmetic(planted):
    page, trends = planted
    row = trends.set_index("item").loc[SILENT]
    assert row["silent"]
    assert row["shape"] == "vanished"
    expected = row["n_silent"] * row["k_steady"] / row["n_steady"]
    assert f"“{SILENT}” is not found since" in page
    said = f"Expected in about {expected:.0f} of {row['n_silent']} documents since Sep 2002"
    assert said in page
    assert "found in none" in page
    assert f"{row['k_steady']} of {row['n_steady']}" in page
    assert re.search(r"none in \d+ would have a probability of (less than )?0\.0", page)
    assert said in row["verdict"]
    months = "In October to December 2002 in 0 of 59, in the same months of 2001 in "
    assert f"{months}{row['k_year_before']} of {row['n_year_before']}." in page


def test_a_season_is_no_news(planted):
    page, trends = planted
    assert "seasonal" not in page
    judged = trends.set_index("item").loc[spell_item("seasonal 0")]
    assert not (judged["claimed"] and judged["months_agree"] and judged["direction"] == "up")


def test_on_the_shuffled_twin_nothing_is_silent(texts, tmp_path):
    page, trends = front(tmp_path / "run", shuffle_dates(texts, seed=1))
    assert not trends["silent"].any()
    assert "Expected in about" not in page
    assert "is not found since" not in page
    assert "No change shown" in page
