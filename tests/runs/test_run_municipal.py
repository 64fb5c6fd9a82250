"""Five invented reports: what cannot be said, and what can."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from watchwords.briefs import run_report
from watchwords.briefs.publish import verify_record

ROOT = Path(__file__).parents[2]

REFUSAL = (
    "Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences only."
)


def pdf_text(path):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_the_refusal_stands_on_both_first_pages(municipal):
    assert municipal.refusal == REFUSAL
    first = " ".join(PdfReader(municipal.pdf).pages[0].extract_text().split())
    assert REFUSAL in first
    assert "18 documents and 2 months are missing" in first
    assert REFUSAL in municipal.html.read_text("utf-8")


def test_no_share_no_direction_no_topic_is_printed(municipal):
    text = pdf_text(municipal.pdf).split("Method")[0]
    assert "%" not in text
    assert not re.search(r"” (?:is|are) (?:up|down)", text)
    assert "Too few documents for topics" in text


def test_the_sample_says_on_every_page_that_it_is_invented(municipal):
    for page in PdfReader(municipal.pdf).pages:
        assert "Invented sample" in " ".join(page.extract_text().split())


def test_one_formula_stands_in_one_line_with_its_three_renderings(municipal):
    text = pdf_text(municipal.pdf)
    line = text[text.index("两个维护") :][:160]
    assert "5 of 5" in line
    for form in ("two maintenances", "two safeguards", "two upholds"):
        assert form in line


def test_every_number_leads_to_its_sentences(municipal):
    evidence = pd.read_csv(municipal.folder / "data" / "evidence.csv", encoding="utf-8-sig")
    upholds = evidence[evidence["item"] == "liang_ge_weihu"]
    assert upholds["doc_id"].nunique() == 5
    for row in evidence.itertuples():
        assert row.form in row.sentence
    html = municipal.html.read_text("utf-8")
    for target in set(re.findall(r'href="#(ev-[^"]+)"', html)):
        assert f'id="{target}"' in html


def test_the_page_runs_nothing_and_loads_nothing(municipal):
    html = municipal.html.read_text("utf-8")
    assert "<script" not in html
    assert not re.search(r'\b(?:src|href)="(?!#|data:|https?://)', html)
    assert "default-src 'none'" in html or "default-src &#39;none&#39;" in html


def test_the_record_has_every_file_and_its_digest(municipal):
    verify_record(municipal.folder)
    record = json.loads((municipal.folder / "run.json").read_text("utf-8"))
    assert record["seed"] == 1
    assert record["versions"]["watchwords"]
    assert "brief.pdf" in json.dumps(record["files"])


def test_the_pdf_is_tagged_and_has_a_title(municipal):
    reader = PdfReader(municipal.pdf)
    assert reader.metadata.title.startswith("Wording in five invented municipal reports")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The same report in two folders, nothing computed before in either."""
    runs = []
    for name in ("here", "there"):
        home = tmp_path_factory.mktemp(name)
        shutil.copy(ROOT / "reports" / "municipal.yml", home)
        runs.append(run_report(home / "municipal.yml").folder)
    return runs


def test_two_runs_give_the_same_bytes(twice):
    first, second = (
        {str(path.relative_to(run)): path.read_bytes() for path in run.rglob("*") if path.is_file()}
        for run in twice
    )
    assert set(first) == set(second) > {"brief.pdf", "report.html", "data/evidence.csv"}
    for name in set(first) - {"run.json"}:
        assert first[name] == second[name], name


def test_nothing_published_names_the_folders_of_the_machine(twice):
    for path in twice[0].rglob("*"):
        if path.is_file() and path.name != "run.json":
            assert str(twice[0].parents[2]).encode() not in path.read_bytes(), path
