"""The organ a heading names, kept as printed; its place only where that is printed too."""

import time

import pandas as pd
import pytest

from watchwords.read import read_corpus
from watchwords.read.organs import Organ, find_organ


@pytest.mark.parametrize(
    ("title", "printed", "place"),
    [
        ("Harbour City Municipal Government holds a meeting", None, "Harbour City"),
        ("Notice of the General Office of the Norvik County Council", None, "Norvik"),
        ("The municipal government's party leading group met", None, ""),
        ("Meeting of the Standing Committee of the Provincial Party Committee", None, ""),
        ("The New Anford City Council met", "New Anford City Council", "New Anford"),
        ("The mayor opened the harbour", "", ""),
        ("State of the Union", "", ""),
    ],
)
def test_english_headings(title, printed, place):
    found = find_organ(title, "", lang="en")
    assert found.place == place
    assert found.printed in title
    if printed is not None:
        assert found.printed == printed
    else:
        assert found.printed


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("市政府党组召开扩大会议", Organ("市政府党组", "")),
        ("海港市人民政府党组召开会议", Organ("海港市人民政府党组", "海港")),
        ("关于全市政府工作的通知", Organ("", "")),
        ("国务院召开常务会议", Organ("", "")),
    ],
)
def test_chinese_headings(title, expected):
    assert find_organ(title, "", lang="zh") == expected


def test_an_office_in_the_text_counts_only_if_it_met():
    met = "Yesterday, the Norvik Municipal Committee held a meeting."
    role = "Ann Bell, Secretary of the Norvik Municipal Committee, opened the harbour."
    assert find_organ("News", met, lang="en").place == "Norvik"
    assert find_organ("News", role, lang="en") == Organ("", "")


def test_two_offices_printed_without_their_city_are_kept_and_not_joined(tmp_path):
    for name in ("a", "b"):
        text = f"The municipal government held a meeting\n\nIt studied harbour {name}."
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    documents = read_corpus(tmp_path).documents
    assert documents["issuer_printed"].tolist() == ["municipal government"] * 2
    assert documents["issuer"].tolist() == ["", ""]
    assert documents["place"].tolist() == ["", ""]


def test_a_given_place_stays(tmp_path):
    rows = {"title": ["The Norvik City Council met"], "text": ["It did."], "place": ["Anford"]}
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    documents = read_corpus(tmp_path).documents
    assert documents["place"].tolist() == ["Anford"]
    assert documents["issuer_printed"].tolist() == ["Norvik City Council"]


@pytest.mark.parametrize("unit", ["Municipal ", "CPC ", "Party Group of ", "市政府", "A ", "the "])
def test_long_repetitions_end_soon(unit):
    began = time.process_time()
    for lang in ("en", "zh"):
        find_organ(unit * 20_000, unit * 20_000, lang=lang)
    assert time.process_time() - began < 5
