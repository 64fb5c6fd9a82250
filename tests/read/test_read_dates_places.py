import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read.dates import describe_known, find_date, parse_date, resolve_known

AS_OF = date(2026, 11, 21)
DAY = "2021-02-03"


def find(head, path="", **options):
    lang = "zh" if re.search("[一-鿿]", head) else "en"
    return find_date(head, path=path, as_of=AS_OF, lang=lang, **options)


def below_title(line):
    if re.search("[一-鿿]", line):
        return find(f"码头办检查绳子\n{line}\n绳子由老米检查。")
    return find(f"Ropes Checked on the Pier\n{line}\nMi checked them.")


# A line below the title that gives 3 February 2021.
LINES = """\
Release time: 2021-02-03 14:25 Source: Pier News Number of views: 128 times [Font: large small]
Release date: 2021/02/03  Clicks: [2019]
Source: Pier News Author: Mi Lan Time: 2021-02-03 Click: 2020
Published time:2021-02-03Source:Pier News
[Release time] 2021-02-03 [Source] Pier News
Posted by admin on February 3, 2021
Published: 2:25pm, 3 Feb, 2021 | Updated: 11:25pm, 4 Feb, 2021
Published 9:12 AM EST, Wed February 3, 2021
Received: 3 October 2020 / Accepted: 5 January 2021 / Published: 3 February 2021
Received 3 October 2020; accepted 5 January 2021; available online 3 February 2021
Submitted on 3 Feb 2021 (v1), last revised 5 Mar 2021 (this version, v2)
arXiv:2102.01234v1 [cs.CL] 3 Feb 2021
Argued October 5, 2020—Decided February 3, 2021
Document date: 2021-02-01 Publication date: 2021-02-03
Effective date: 2021-03-01   Issue date: 2021-02-03
For release at 2:00 p.m. EST February 3, 2021
FOR IMMEDIATE RELEASE|February 3, 2021
Published 3 February 2021|Last updated 5 February 2021
(Pier Wire)    14:25, February 03, 2021
Source: Pier Wire | 2021-02-03 14:25:33 | Editor: mi
By MI LAN | PIER NEWS | Updated: 2021-02-03 07:26
Harbour am Kai, 3 February 2021
February 3, 2021 · 5 min read
Wed Feb 03 2021 14:25:00 GMT+0800 (Pier Standard Time)
Wed Feb  3 14:25:00 CST 2021
2021‑02‑03
2 0 2 1 - 0 2 - 0 3
20210203
03.Feb.2021
2021 Feb 3
Feb.3,2021
2021|02/03|14:25:33
03|2021-02
03|Feb|2021
发布时间：２０２１－０２－０３ 来源：码头报 点击：2020次
【发布时间】2021-02-03 【字号：大 中 小】
日 期：2021-02-03
[ 索引号 ] 1122/2021-00012 [ 发布日期 ] 2021-02-03
成文日期：2021年02月01日|发布日期：2021年02月03日
更新时间：2021-02-05 发布时间：2021-02-03
公布日期：2021.02.03 施行日期：2021.03.01
作者：米兰 时间：2021-02-03 点击数：2021
2021年02月03日14:25 | 来源：码头网
码头报 2021年02月03日 第01版
二O二一年二月三日
2 0 2 1 年 2 月 3 日
中华民国110年2月3日
令和3年2月3日
码办发〔2021〕3号　2021年2月3日
February 3rd, 2021 - 9.30 a.m.
3 February 2021, 4 pm
This version: February 3, 2021
發稿日期：2021/02/03
建立日期：2021-02-03 更新時間：2021-06-01
Meeting of the Rope Board 03 February 2021
Updated at 5:12 p.m. EST on February 3, 2021
Pier Gazette / Vol. 81, No. 45 / Wednesday, February 3, 2021 / Notices
碼頭報 2021-02-03 / 記者林遠／碼頭報導
码头日报/2021年/2月/3日/第003版
原创 林远 码头发布 2021-02-03"""


@pytest.mark.parametrize("line", LINES.split("\n"))
def test_a_line_below_the_title_gives_the_day(line):
    found = below_title(re.sub(r"\|(?=\S)", "\n", line) if " |" not in line else line)
    assert (found.date, found.edtf, found.event) == (DAY, DAY, None)


# Coarser, or nothing: the best partial knowledge behind the bar.
COARSER = """\
Spring 2021|2021
Week 5, 2021|2021
Hilary Term 2021|2021
Publication year: 2021|2021
Fiscal year: 2021|
2021年一季度|2021
二〇二一年|2021
2021年第3期|2021
Issue No. 3, 2021|2021
Vol. 12, No. 3, March 2021|2021-03
02/2021|2021-02
Posted: 03.02.2021|2021
2021-13-03|2021
发布日期：2021年2月|2021-02
Qingfa [2021] No. 15|
Order No. 15 (2021)|
2021年第15号公告|
码办发〔2021〕15号|
DOI: 10.1016/j.pier.2021.02.003|
Version 2021.02.03|
ISBN 978-7-2021-0203-4|
January 2019 - December 2020|
（2017年10月25日—2019年5月31日）|
2020-2021|
FY 2021|
Vision 2035|
Journal of Ropes, vol. 12, pp. 2021-2033|
Posted 3 days ago|
发布时间：2小时前|
Retrieved 3 February 2021|
Validity: 2021-02-03 to 2024-02-03|
截止日期：2021年2月3日|
浏览次数：20210203|
Clicks:
2021|
1612339200|
2026-11-22|
农历2021年正月初七|
110年2月3日|
Posted: Feb 3|XXXX-02-03
February 3|XXXX-02-03
2月3日|XXXX-02-03"""


@pytest.mark.parametrize("row", re.split(r"(?<=[|\dA-Z])\n(?!2021\|)", COARSER))
def test_a_line_gives_no_more_than_it_says(row):
    line, _, edtf = row.rpartition("|")
    found = below_title(line)
    known = edtf or None
    assert found.date == (None if edtf.startswith("X") else known)
    assert (found.edtf, found.event) == (known, None)


# Below a posting line of 3 February 2021, a Wednesday: the day of the event.
EVENTS = {
    "On the 31st, they met.": "2021-01-31",
    "On the 28th of last month, they met.": "2021-01-28",
    "On November 22 last year, they met.": "2020-11-22",
    "From December 30 to January 2, they met.": "2020-12-30/2021-01-02",
    "From the 1st to the 3rd, they met.": "2021-02-01/2021-02-03",
    "Two days ago, they met.": "2021-02-01",
    "On Thursday, they met.": "2021-01-28",
    "They met Monday to check ropes.": "2021-02-01",
    "Last Wednesday, they met.": "2021-01-27",
    "They will meet tomorrow.": "2021-02-04",
    "The pier will open on February 1.": "2022-02-01",
    "The office is closed on March 5.": "2021-03-05",
    "The fair opens on March 5.": "2021-03-05",
    "The fair opens in style, as on December 5.": "2020-12-05",
    "3月5日暂停办公，请改日前来。": "2021-03-05",
    "1月5日暂停办公，6日恢复。": "2021-01-05",
    "Every Monday, they meet.": None,
    "Last week, they met.": None,
    "They studied the speech delivered on January 11.": None,
    "As of February 1, they had 30 ropes.": None,
    "TINGHE, Feb. 3 (PierNews Wire) -- They met on Tuesday.": "2021-02-02",
    "TINGHE, Feb. 2 (Xinhua) -- They met.": "2021-02-02",
    "上月28日，检查绳子。": "2021-01-28",
    "本月1日，检查绳子。": "2021-02-01",
    "去年12月30日，检查绳子。": "2020-12-30",
    "1月30日—2月2日，检查绳子。": "2021-01-30/2021-02-02",
    "三天前，检查绳子。": "2021-01-31",
    "明天，将检查绳子。": "2021-02-04",
    "本报码头2月3日讯 昨日检查绳子。": "2021-02-02",
    "新华社码头2月3日电　码头办2日检查绳子。": "2021-02-02",
    "自2月1日起，检查绳子。": None,
    "上周，检查绳子。": None,
}


@pytest.mark.parametrize("sentence", EVENTS)
def test_the_day_of_the_event_is_counted_from_the_posting(sentence):
    title = "绳子检查" if re.search("[一-鿿]", sentence) else "Ropes Checked"
    found = find(f"{title}\n2021-02-03\n{sentence}")
    assert (found.date, found.event) == (DAY, EVENTS[sentence])


# Whole heads: date, event.
HEADS = {
    "Saturday, November 21, 2026\nRopes Checked\n2021-02-03\nThey hold.": (DAY, None),
    "2026年11月21日 星期六 农历十月十三\n绳子检查\n发布时间：2021-02-03\n绳子结实。": (DAY, None),
    "Ropes\nSold 2021-02-03\nNets 2021-02-02\nPiers 2021-02-01": (None, None),
    "Ropes\nSold off\n2021-02-03\nNets\n2021-02-02\nPiers\n2021-02-01": (None, None),
    "Ropes Checked\nThey hold.\nYou may also like\nNets Sold\n2021-02-01": (None, None),
    "绳子检查\n绳子结实。\n下一篇：渔网[2021-02-01]": (None, None),
    'Ropes\n\n"We met on May 7, 2019," Mi recalled.': (None, None),
    "Ropes\n\nSeventy years ago, on May 7, 1950, they were tied.": (None, None),
    "Ropes\n\nOn May 7, 1921, they were tied.": (None, "1921-05-07"),
    "绳子报告\n1957年6月26日在码头会議上\n各位代表：": ("1957-06-26", "1957-06-26"),
    "Ropes\n\nOn May 4, 1500 ropes were left.": (None, "XXXX-05-04"),
    "Ropes\n会议时间：2021年2月3日\n绳子结实。": (None, DAY),
    "Ropes Fair\nFeb 1-3, 2021\nIt was held.": (DAY, "2021-02-01/2021-02-03"),
    "Ropes\n2021-02-03\n2021-02-05\nThey hold.": (DAY, None),
    "Ropes\nMay 2018\nThe pier met guests on May 3.": ("2018-05-03", "2018-05-03"),
    "Speech to the Pier (May 7, 2019)\n\nGood morning.": ("2019-05-07", None),
    "Study of the Speech (May 7, 2019)\n\nIt was studied.": (None, None),
    "Ropes Sold\nTinghe (dpa) - 3 February 2021 - The rope held.": (DAY, DAY),
    "2021-02-03 Ropes Sold\nThey hold.": (DAY, None),
    "[2021-02-03] Ropes Sold\nThey hold.": (DAY, None),
    "Ropes Sold_2021-02-03\nThey hold.": (DAY, None),
    "【码头日报】2021年2月3日 A03版 绳子检查\n绳子结实。": (DAY, None),
    "新闻稿 2021年2月3日 码头办\n绳子结实。": (DAY, None),
    "据码头日报2021年2月3日报道\n绳子结实。": (None, None),
    "Ropes\nUpdated - February 5, 2021\nPublished - February 3, 2021\nThey hold.": (DAY, None),
    "Ropes\nDeadline - February 3, 2021\nSend them.": (None, None),
    "February 2021 | Volume 3\nRopes\nThey hold.": ("2021-02", None),
    "绳子检查\n根据2021年2月3日的会议纪要，绳子结实。": (None, None),
    "Rope Report\n\nDelivered at the First Session of the Board on February 3, 2021": (DAY, DAY),
    "Ropes\n(Tinghe, February 3, 2021) They hold.": (DAY, DAY),
    "DAILY BRIEFING February 3, 2021\nThey hold.": (DAY, None),
    "Rope Brief | No. 12 | February 2021\nThey hold.": ("2021-02", None),
    "Newsletter Autumn/Winter 2021\nThey hold.": ("2021", None),
    "Page last printed 03 Feb 2021\nRopes\nThey hold.": (None, None),
    "Ropes\n(c) 3 February 2021 Rope Board\nThey hold.": (None, None),
    "二〇二一年二月三日 码头日报\n绳子检查\n绳子结实。": (DAY, None),
    "绳子月刊 2021年2月号\n绳子结实。": ("2021-02", None),
    "绳子检查\n張貼日期：2021-02-03 點閱次數：20\n绳子结实。": (DAY, None),
    "绳子检查\n按照2021年2月3日会议要求，绳子结实。": (None, None),
    "Ropes\nStory published: 2021-02-03\nThey hold.": (DAY, None),
    "Ropes\nPub. date: 2021-02-03\nThey hold.": (DAY, None),
    "绳子检查\n2021-02-03  市码头局\n绳子结实。": (DAY, None),
    "绳子检查\n计划2021年2月3日通车\n绳子结实。": (None, DAY),
    "绳子检查\n建成于1915年8月6日\n绳子结实。": (None, None),
    "绳子检查\n有效期2021年2月3日\n绳子结实。": (None, None),
    "Ropes\n\nThe mayor unveiled the rope on the evening of February 3, 2021.": (DAY, DAY),
    "Ropes\n\nFebruary 3, 2021 -- The board met.": (DAY, DAY),
    "Ropes\n\nThe fair took place in Tinghe on Wednesday, February 3, 2021.": (DAY, DAY),
    "Ropes\n\nAt 9 a.m. on February 3, 2021, the board met.": (DAY, DAY),
    "Ropes\n\nThe February 3, 2021 decision holds.": (None, None),
    "Ropes\n\nAt February 3, 2021 there were 40 ropes.": (None, None),
    "Ropes\n\nOn February 3, 1981, the pier fell. Forty years later, it stands.": (None, None),
    "绳子检查\n2021年2月3日以后，绳子收费。": (None, None),
    "绳子检查\n经2021年2月3日会议研究，绳子收费。": (None, None),
    "绳子检查\n现将2021年2月3日会议纪要印发。": (None, None),
    "Mi: Speech on Ropes (Tinghe, 3 February 2021)\nFriends,": (DAY, None),
    "绳子检查\n文/林远 2021-02-03\n绳子结实。": (DAY, None),
    "绳子检查\n出版时间：2021年2月\n绳子结实。": ("2021-02", None),
    "Rope Review – February 2021\nThey hold.": ("2021-02", None),
    "Plan of Ropes – February 2021\nThey hold.": (None, None),
    "2021-02-03 Speech Studied\nIt was read.": (None, None),
}


@pytest.mark.parametrize("head", HEADS)
def test_the_place_decides_which_date_counts(head):
    found = find(head)
    assert (found.date, found.event) == HEADS[head]


SIGNED = [
    "The Pier Office\nFebruary 3, 2021",
    "(Source: Pier Daily, February 3, 2021)",
    "Done at Tinghe, 3 February 2021.",
    "Dated this 3rd day of February, 2021.",
    "码头办公室　　2021年2月3日",
    "码头办\n二〇二一年二月三日\n（此件公开发布）",
    "《 码头日报 》（ 2021年02月03日 01 版）",
]


@pytest.mark.parametrize("end", SIGNED)
@pytest.mark.parametrize("n_paragraphs", [1, 400])
def test_the_last_lines_sign_a_text_of_any_length(end, n_paragraphs):
    body = "绳子要结实。\n" if re.search("[一-鿿]", end) else "Ropes are to hold.\n"
    found = find(f"Notice on Ropes\n\n{body * n_paragraphs}\n{end}")
    assert (found.date, found.role, found.basis) == (DAY, "publication", "signature")


PATHS = {
    "https://x.example/rmrb/html/2021-02/03/nw.D110000_20210203_1-01.htm": DAY,
    "https://x.example/2021/feb/03/ropes": DAY,
    "https://x.example/blog/feb-3-2021-ropes": DAY,
    "https://x.example/gk/202102/P020210203123456.html": DAY,
    "https://x.example/news?date=2021-02-03&id=4": DAY,
    "https://web.archive.org/web/20240501120000/https://x.example/2021-02/03/c.htm": DAY,
    "https://x.example/info/2021/12345.htm": None,
    "https://x.example/list/12/2021.html": None,
    "https://x.example/c_1127045678.htm": None,
    "3 Feb 2021 minutes.docx": DAY,
    "2021-2-3.txt": DAY,
    "corpus/2021/02/03.txt": DAY,
    "corpus/2021/03.txt": "2021",
    "码头2021年2月.txt": "2021-02",
    "2021-2025_plan.txt": None,
    "210203.txt": None,
    "00020210203.txt": None,
    "corpus/1999-2021/x.txt": None,
    "fetched_20210203/x.txt": None,
    "wet/CC-MAIN-20210203123456-00012.txt": None,
}


@pytest.mark.parametrize("path", PATHS)
def test_addresses_and_names_of_many_kinds(path):
    assert find("Ropes Checked\n\nThey hold.", path).date == PATHS[path]


def test_a_folder_gives_a_posting_day_its_year():
    found = find("Ropes\nPosted: 02-03\nThey hold.", "corpus/2021/x.txt")
    assert (found.date, found.role, found.basis) == (DAY, "publication", "label+folder")


@pytest.mark.parametrize(("order", "day"), [("dmy", "2021-03-02"), ("mdy", DAY), ("", "2021")])
def test_the_order_of_day_and_month_may_be_given(order, day):
    assert find("Ropes\nPosted: 02/03/2021\nThey hold.", date_order=order).date == day
    assert parse_date("02/03/2021", as_of=AS_OF, date_order=order).date == day
    assert parse_date("23/03/2021", as_of=AS_OF, date_order=order).date == "2021-03-23"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021", "2021, month and day not given"),
        ("2021-02", "February 2021, day not given"),
        ("2021-02-03", "3 February 2021"),
        ("2021-02-01/2021-02-03", "1-3 February 2021"),
        ("2020-12-30/2021-01-02", "30 December 2020 - 2 January 2021"),
        ("XXXX-12-30/XXXX-01-02", "30 December - 2 January, year not given"),
        ("XXXX-02", "February, year not given"),
        ("XXXX-XX-03", "the 3rd of a month, month and year not given"),
        ("XXXX-XX-11/XXXX-XX-12", "the 11th to the 12th of a month, month and year not given"),
        ("nonsense", ""),
        ("XXXX-77-99", ""),
    ],
)
def test_what_is_known_is_said_in_good_english(edtf, words):
    assert describe_known(edtf, "") == words


NOTICE = "关于检查绳子的通知\n各码头：\n现将事项通知如下。\n一、时间：2021年2月9日上午9时\n"

OF_AN_EVENT = {
    "绳子讲座\n时间：2021年2月3日\n地点：码头": (None, DAY),
    "绳子讲座\n地点：码头\n时间：2021年2月3日": (None, DAY),
    "绳子讲座\n时　间：2021年2月3日（周三）14:00\n主讲人：老米\n地　点：码头": (None, DAY),
    "绳子讲座\n时间：2021年2月3日 地点：码头": (None, DAY),
    "Rope Dinner\nDate: 3 February 2021\nTime: 7 pm\nVenue: The Pier": (None, DAY),
    "Rope Dinner\nDate:\n3 February 2021\nVenue:\nThe Pier": (None, DAY),
    NOTICE + "二、地点：码头\n码头办公室\n2021年2月3日": (DAY, "2021-02-09"),
    "绳子检查\n时间：2021-02-03 来源：码头报\n绳子结实。": (DAY, None),
    "Ropes\nDate: 3 February 2021\nThey hold.": (DAY, None),
    "Ropes\nDate: 3 February 2021\nWhere the ropes lie is no secret.": (DAY, None),
    "Ropes\nPublished: 3 February 2021\nVenue: The Pier": (DAY, None),
}


@pytest.mark.parametrize("head", OF_AN_EVENT)
def test_a_bare_label_of_time_beside_a_place_is_that_of_an_event(head):
    found = find(head)
    assert (found.date, found.event) == OF_AN_EVENT[head]


ADOPTED = {
    "（2001年4月4日码头大会通过　根据2014年11月1日《决定》第一次修正　根据2021年2月3日《决定》"
    "第二次修正）": DAY,
    "（2001年4月4日码头大会通过\n根据2014年11月1日《决定》第一次修正\n根据2021年2月3日《决定》"
    "第二次修正）": DAY,
    "（2001年4月4日通过 2021年2月3日修订 自2021年5月1日起施行）": DAY,
    "（2021年2月3日公布 自2021年5月1日起施行）": DAY,
    "（2001年4月4日通过 2021年修订）": None,
    "（2001年4月4日码头大会通过 根据2014年11月1日《决定》修正": None,
    "(Adopted March 1, 2001, revised on February 3, 2021)": DAY,
}


@pytest.mark.parametrize("bracket", ADOPTED)
def test_a_law_is_of_the_day_of_its_last_amendment(bracket):
    title = "绳子法" if "年" in bracket else "Rope Law"
    assert find(f"{title}\n{bracket}\n第一条 绳子要结实。").date == ADOPTED[bracket]


OF_THE_PAST = [
    "老米 男 1971年2月3日 大学学历",
    "老米 1971年2月3日 生",
    "2001年2月3日 建成",
    "老米 2001年2月3日 去世",
    "绳子运动 1919年5月4日 码头",
    "Died 3 February 2001",
    "In memory of Mi Lan, 3 February 2001",
    "Rope of the week | 3 February 1921 | A novel",
    "After the Tinghe Conference 3 February 2001",
]


@pytest.mark.parametrize("line", OF_THE_PAST)
def test_the_day_of_a_life_a_building_or_of_long_ago_is_not_that_of_the_text(line):
    assert below_title(line).date is None


@pytest.mark.parametrize("line", ["3 February 1921", "Pier Gazette, 3 February 1921"])
def test_an_old_day_counts_alone_or_beside_the_name_of_a_paper(line):
    assert below_title(line).date == "1921-02-03"


KEPT = {
    "retrieved-2021-02-03.txt": None,
    "page saved on 2021-02-03.html": None,
    "translated 2021-02-03.txt": None,
    "archived/2021-02-03/x.txt": None,
    "saved/2021/02/x.txt": None,
    "my exports/2021-02-03.txt": None,
    "my exports/2021-02-03_ropes.txt": DAY,
    "2018-05-06_to_2019-01-01.txt": None,
    "20210203_20210415.csv": "2021",
    "2021-02-03_2021-02-05.txt": "2021-02",
    "2121-02-03_2121-02-05.txt": None,
    "2021-02-03_20210203.txt": DAY,
    "scan_2019-03-04_minutes_of_2018-05-06.txt": None,
    "Remembering 3 February 2021.txt": None,
    "scandal_2021-02-03.txt": DAY,
    "democracy_2021-02-03.txt": DAY,
    "https://x.example/archives/2021/02/03/ropes.html": DAY,
}


@pytest.mark.parametrize("path", KEPT)
def test_the_day_a_file_was_made_is_not_that_of_its_text(path):
    assert find("Ropes Checked\n\nThey hold.", path).date == KEPT[path]


# Laws.

DAYS = st.dates(date(1800, 1, 1), AS_OF)


def to_han(year):
    return "".join("〇一二三四五六七八九"[int(sign)] for sign in str(year))


PRINTED = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month:02d}/{day.day:02d} 09:12:33",
    lambda day: f"{day.isoformat()}T09:12:33+08:00",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%b}. {day.day}, {day.year}",
    lambda day: f"{day.day} {day:%b} {day.year}",
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%d}-{day:%b}-{day.year}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    lambda day: f"{to_han(day.year)}年{day.month}月{day.day}日",
]  # fmt: skip
LABELS = [
    "",
    "Posted: ",
    "Release time: ",
    "Date of issue: ",
    "Last modified: ",
    "发布时间：",
    "更新于：",
]


@settings(max_examples=120, deadline=None)
@given(DAYS, st.sampled_from(PRINTED), st.sampled_from(LABELS))
def test_a_printed_day_is_found_back_with_its_label(day, write, label):
    found = find_date(f"Ropes Checked\n{label}{write(day)}\n\nThey hold.", as_of=AS_OF)
    assert (found.date, found.flags) == (day.isoformat(), ())
    assert found.basis == ("label" if label else "date_line")
    assert found.role == ("updated" if label in LABELS[4:5] + LABELS[6:] else "publication")


@settings(max_examples=60, deadline=None)
@given(
    DAYS,
    st.sampled_from(PRINTED),
    st.lists(
        st.sampled_from(["Ropes hold.", "Mi wrote on May 7, 2019.", "9 ropes, 2.5 m.", "绳子。"])
    ),
)
def test_text_below_the_head_changes_nothing(day, write, lines):
    head = f"Ropes Checked\n{write(day)}\n\nYesterday, they were checked.\n"
    assert find_date(head + "\n".join(lines), as_of=AS_OF) == find_date(head, as_of=AS_OF)


PIECES = st.sampled_from(
    ["2021", "-", "02", "/", "年", "2", "月", "3", "日", " ", "\n", "Feb", "3rd", "to", "Posted: ",
     "发布时间：", "昨日", "Friday", "the ", "on ", "(", "Xinhua", "--", "电", "Q1", "至",
     "二〇", "30", "May"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["", "dmy", "mdy"]))
def test_any_text_and_path_give_an_answer_that_agrees_with_itself(head, path, order):
    found = find_date(head, path=path, as_of=AS_OF, lang="zh", date_order=order)
    lengths = {"day": 10, "month": 7, "year": 4, "none": 0}
    assert len(found.date or "") == lengths[found.precision]
    if found.date is not None:
        assert found.edtf == found.date <= AS_OF.isoformat()
    assert (found.role == "none") == (found.date is None)
    known = describe_known(found.edtf or "", found.words)
    assert found.edtf is None or known
    resolve_known(found.event or "", AS_OF - timedelta(days=1))
    parse_date(head, as_of=AS_OF, date_order=order)


@pytest.mark.parametrize("unit", ["1", "2021-", " ", "年", "月", "Feb 3 ", "\n3", "\n2021-02-03"])
def test_a_hundred_thousand_characters_cost_no_more_than_the_head(unit):
    text = "Ropes\n" + unit * (100_000 // len(unit))
    began = time.process_time()
    find_date(text, path=text, as_of=AS_OF)
    parse_date(text, as_of=AS_OF)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("head", "lang"),
    [
        ("通知\n有效期至2023年12月31日", "zh"),
        ("公告\n请于2023年12月31日前提交材料。", "zh"),
        ("会议\n请于2021年3月5日前报送。", "zh"),
        ("规划\n到2025年12月31日，全市完成目标。", "zh"),
        ("Notice\n\nValid until 31 December 2023.", "en"),
        ("Plan\n\nBy 31 December 2025, the town will build a road.", "en"),
    ],
)
def test_a_day_by_which_something_is_due_is_not_the_day_of_the_text(head, lang):
    found = find_date(head, as_of=AS_OF, lang=lang)
    assert found.date is None
    assert not any(flag.startswith("not_before") for flag in found.flags)


@pytest.mark.parametrize(
    ("head", "lang"),
    [
        ("新闻\n2021年7月1日，大会发表公报。昨日，市政府党组传达学习。", "zh"),
        ("News\n\nOn 1 July 2021, the president spoke. Yesterday the town studied it.", "en"),
    ],
)
def test_a_report_that_counts_from_today_is_not_of_the_day_it_cites(head, lang):
    found = find_date(head, as_of=AS_OF, lang=lang)
    assert (found.date, found.flags) == (None, ("not_before:2021-07-01",))


@pytest.mark.parametrize(
    ("path", "expected"),
    [("x/2021/a.html", "2021-02-03"), ("x/2021/02/a.html", "2021-02-03"), ("x/2021/03/a", None)],
)
def test_a_folder_completes_the_day_of_an_agency(path, expected):
    head = "Port opens\n\nLUYANG, Feb. 3 (Xinhua) -- The port opened."
    found = find_date(head, path=path, as_of=AS_OF)
    assert (found.date if found.precision == "day" else None) == expected


@pytest.mark.parametrize(
    ("path", "day", "precision"),
    [
        ("2021年/3月/讲话.txt", "2021-03", "month"),
        ("讲话/2021年12月份/a.txt", "2021-12", "month"),
        ("2021年/3月/5日/a.txt", "2021-03-05", "day"),
        ("2021年/13月/a.txt", "2021", "year"),
        ("下载2021年/3月/a.txt", None, "none"),
    ],
)
def test_chinese_folders_of_years_months_and_days(path, day, precision):
    found = find_date("会议听取了汇报。", path=path, as_of=AS_OF, lang="zh")
    assert (found.date, found.precision) == (day, precision)
