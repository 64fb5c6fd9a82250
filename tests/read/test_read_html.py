import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read import read_corpus
from watchwords.read.html import read_html
from watchwords.read.html_encoding import decode_page
from watchwords.read.html_gaps import fill_gaps
from watchwords.read.html_head import find_page_title
from watchwords.read.html_lines import Line, page_lines
from watchwords.read.html_markup import parse_page, strip_attributes, strip_markup
from watchwords.read.html_metadata import PageData
from watchwords.read.outcomes import Rejected

PAGES = Path(__file__).parents[1] / "data" / "pages"
DAY = datetime.date(2026, 11, 21)
EXPECTED = {
    # name: date, precision, basis, event, source, issuer, lang, title
    "zh_government.shtml": (
        "2021-02-03", "day", "metadata", "2021-02-02", "滨河市人民政府", "", "zh",
        "市政府党组召开扩大会议 传达学习重要讲话精神",
    ),
    "zh_open_information.html": (
        "2019-06-18", "day", "label", "", "", "临港区人民政府办公室", "zh",
        "临港区人民政府办公室关于印发城市更新实施方案的通知",
    ),
    "zh_cctv_style.html": (
        "2023-11-08", "day", "date_line", "2023-11-07", "海潮网", "", "zh",
        "推动东部沿海绿色转型座谈会举行",
    ),
    "zh_very_short.htm": ("2018-03-02", "day", None, None, "", "", "zh", "公告"),
    "en_municipal.html": (
        "2022-05-24", "day", "label", "2022-05-23", "City of Alderport", "", "en",
        "Mayor inspects flood defences before the rainy season",
    ),
    "en_news_jsonld.html": (
        "2020-09-17", "day", "metadata", "2020-09-16", "Harbour Post", "", "en",
        "Coastal cities agree on shared port data standard",
    ),
    "en_table_only.html": (None, "none", "", "", "", "", "en", "Key targets of the work report"),
    "en_translated_speech.html": (
        "2011-10-14", "day", "date_line", "", "", "", "en",
        "Full text: Address at the opening of the river forum",
    ),
}  # fmt: skip
FURNITURE = (
    "设为首页", "政务公开", "当前位置", "上一篇", "春季植树", "版权所有", "备案号", "相关新闻",
    "湿地保护",
    "cookies", "Copyright", "Related news", "Ferry strike", "Latest", "Top stories",
    "今天是", "信息公开指南",
)  # fmt: skip
TEXTS = {
    "zh_government.shtml": ["增强“四个意识”", "不是党组成员的副市长列席会议。", "来源：滨河日报"],
    "zh_open_information.html": ["临港政办发〔2019〕31号", "坚持“留改拆”并举", "口袋公园60处"],
    "zh_cctv_style.html": ["新质生产力本身就是绿色生产力", "2023年11月08日 21:05"],
    "zh_very_short.htm": ["政务服务大厅3月5日暂停办公一天。"],
    "en_municipal.html": [
        "“three early steps”",
        "- Pumping stations",
        "took part in the inspection.",
    ],
    "en_news_jsonld.html": [
        '"A common standard is a public good,"',
        "who pays for the new systems.",
    ],
    "en_table_only.html": ["Growth of output | 6.5 % | 6.0 %", "“ten practical matters” | 31,400"],
    "en_translated_speech.html": [
        "Rivers do not ask for a passport.",
        "clear water and green banks.",
    ],
}


@pytest.fixture(scope="module")
def pages():
    return read_corpus(PAGES, as_of=DAY).documents.set_index("path")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_says_when_where_and_what(pages, name):
    page = pages.loc[name]
    day, precision, basis, event, source, issuer, lang, title = EXPECTED[name]
    assert (page["date_precision"], page["source"], page["issuer"]) == (precision, source, issuer)
    assert (page["lang"], page["title"]) == (lang, title)
    assert str(page["date"])[:10] == (day or "NaT")
    if basis is not None:
        assert (page["date_basis"], page["event_date"]) == (basis, event)


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_begins_with_the_title_and_holds_no_menus(pages, name):
    text = pages.loc[name, "text"]
    assert text.split("\n")[0] == EXPECTED[name][-1]
    assert text.count(EXPECTED[name][-1]) == 1 or name == "zh_very_short.htm"
    assert [words for words in TEXTS[name] if words not in text] == []
    assert [words for words in FURNITURE if words in text] == []
    assert text.count("\n") >= 3


def page(head="", body="", *, words=30):
    text = "<p>" + "The council met and stressed that work must go on. " * words + "</p>"
    return f"<html><head>{head}</head><body>{body}{text}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta name="PubDate" content="2021-02-03 09:12">', "", "2021-02-03"),
        ('<meta property="article:published_time" content="2021-02-03T09:12Z">', "", "2021-02-03"),
        ('<meta name="DC.date.issued" content="2021-02">', "", "2021-02"),
        ("", '<time datetime="2021-02-03" pubdate>Wednesday</time>', "2021-02-03"),
        ("", '<time itemprop="datePublished" datetime="2021-02-03">now</time>', "2021-02-03"),
        ("", '<time datetime="2021-02-03">Wednesday</time>', None),
        ('<meta name="PubDate" content="soon">', "", None),
        ('<meta name="PubDate" content="1970-01-01 08:00">', "", None),
        ('<meta name="description" content="On 3 February 2021 it met">', "", None),
        ("", '<img src="/2021/02/03/a.png"><p>In 2019 and on 5 May 2020 it met.</p>', None),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2021-02-03"'
         "</script>", "", None),
        ('<script type="application/ld+json">[{"@type":"Place","datePublished":"2021-02-03"}]'
         "</script>", "", None),
    ],
)  # fmt: skip
def test_only_explicit_dates_are_taken(head, body, date):
    found = read_html("a.html", page(head, body)).fields
    assert (found.get("date") or None) == (date and found["date"])
    assert (date is None) == ("date" not in found)
    assert date is None or found["date"].startswith(date)


def test_a_labelled_date_on_the_page_beats_its_metadata_and_the_conflict_is_noted():
    source = read_html(
        "a.html",
        page(
            '<title>Council meets</title><meta name="pubdate" content="2019-08-01">',
            "<h1>Council meets</h1><div>Published: 2 March 2015</div>",
        ),
    )
    assert "date" not in source.fields
    assert "Published: 2 March 2015" in source.text
    assert [code for code, _ in source.notes] == ["date"]


def test_a_page_with_its_last_change_only_is_dated_by_it_and_says_so(tmp_path):
    head = '<title>Plan</title><meta property="article:modified_time" content="2020-05-06">'
    (tmp_path / "a.html").write_bytes(page(head, "<h1>Plan</h1>"))
    found = read_corpus(tmp_path, as_of=DAY).documents.iloc[0]
    assert (str(found["date"])[:10], found["date_role"]) == ("2020-05-06", "updated")
    assert found["date_basis"] == "metadata"


@pytest.mark.parametrize(
    ("label", "codec", "guessed"),
    [
        ("gb2312", "gb18030", ""),
        ("GBK", "gb18030", ""),
        ("big5", "big5", ""),
        ("utf-8", "utf-8", ""),
        ("gb2312", "utf-8", "utf-8, labelled gb18030"),
        ("", "utf-8", ""),
        ("", "gb18030", "gb18030"),
        ("utf-8", "gb18030", "gb18030"),
        ("", "utf-16", ""),
    ],
)
def test_encodings_of_pages(label, codec, guessed):
    words = (
        "會議強調發展"
        if codec == "big5"
        else "会议强调，要深入学习贯彻新发展理念，扎实推动高质量发展。"
    )
    text = (f"<meta charset={label}>" if label else "") + f"<p>{words}</p>" * 5
    found = decode_page(text.encode(codec))
    assert words in found.text
    assert found.guessed == guessed


def test_a_wrong_label_over_windows_quotes_leaves_no_replacement_character():
    data = b"<meta charset=utf-8><body><p>The \x93strategic autonomy\x94 of \xc9ire \x96 words.</p>"
    source = read_html("a.html", data * 3)
    assert "The “strategic autonomy” of Éire – words." in source.text
    assert source.notes == (("encoding_guessed", "cp1252"),)


def test_one_broken_character_costs_itself_only():
    words = "会议强调，要深入学习贯彻新发展理念。" * 20
    for codec in ("utf-8", "gb18030"):
        data = f"<meta charset={codec}><p>{words}</p>".encode(codec).replace(b"</p>", b"\xe4</p>")
        found = decode_page(data)
        assert words in found.text
        assert "1 broken character" in found.guessed


def test_swollen_tags_are_stripped_and_read_in_no_time():
    for attributes in (
        " ".join(f"a{n}=1" for n in range(60_000)),
        " ".join(f'a{n}=">"' for n in range(60_000)),
        "".join(f"/a{n}" for n in range(60_000)),
        '"' + " ".join(f"a{n}=1" for n in range(60_000)),
    ):
        text, n = strip_attributes(f"<html><body><p {attributes}>Kept.</p>")
        assert n == 1
        assert len(text) < 100
    kept = '<img src="data:image/png;base64,' + "AA/=" * 9000 + '" alt="x">'
    assert strip_attributes(kept) == (kept, 0)


def test_a_page_that_cannot_be_parsed_gives_its_words():
    deep = "<div>" * 5000 + "<p>Deep words &amp; more</p>"
    assert parse_page(deep) is None
    source = read_html("a.html", f"<html><body>{deep}".encode())
    assert (source.text, source.notes[0][0]) == ("Deep words & more", "markup")
    assert strip_markup("<style>p{}</style><td>a<td>b<!-- c --><br>d") == "a\nb\nd"


def test_pages_without_words_are_no_text():
    for data in (b"<html><body><script>var a</script></body></html>", b"<html></html>", b"   "):
        with pytest.raises(Rejected) as verdict:
            read_html("a.html", data)
        assert verdict.value.reason == "no_text"
    with pytest.raises(Rejected, match="empty"):
        read_html("a.html", b"")


def test_lines_of_a_page_know_links_menus_and_headings():
    tree = parse_page(
        "<body><nav><a>Home</a></nav><h1>Title</h1><p>Some<br>words <a>link</a></p>"
        "<table><tr><td>发布日期：</td><td>2021-02-03</td><td>x</td></tr></table></body>"
    )
    assert [(line.text, round(line.linked, 1)) for line in page_lines(tree)] == [
        ("Home", 1.0), ("Title", 0.0), ("Some", 0.0), ("words link", 0.4),
        ("发布日期： 2021-02-03 | x", 0.0),
    ]  # fmt: skip
    assert [line.aside for line in page_lines(tree)][:2] == [True, False]
    assert page_lines(tree)[1].heading


@pytest.mark.parametrize(
    ("titles", "site", "shown", "expected"),
    [
        (("Council Meets | City of Alder",), "", ["Council Meets"], "Council Meets"),
        (("市政府开会_滨河市人民政府",), "滨河市人民政府", ["市政府开会"], "市政府开会"),
        (("Home", "Council Meets"), "", ["Home"], "Council Meets"),
        (("Post-war plan - Alder Post",), "Alder Post", ["x"], "Post-war plan"),
        ((), "", ["Words"], ""),
    ],
)
def test_titles_lose_the_name_of_the_site(titles, site, shown, expected):
    lines = [Line(text) for text in shown]
    assert find_page_title(PageData(titles, site=site), lines) == expected


WORDS = "The council met in the old hall and said that the work must go on without delay. "
PARAGRAPHS = "".join(f"<p>{n} {WORDS * 3}</p>" for n in range(5))
ITEMS = "<ul><li>Two upholds</li><li>Four confidences</li></ul>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"<h1>Words</h1>{ITEMS}{PARAGRAPHS}", ["Words", "Two upholds", "Four confidences", "0"]),
        (f"<h1>Words</h1>{PARAGRAPHS}{ITEMS}", ["4", "Two upholds", "Four confidences"]),
        (f"<p>Short one.</p>{PARAGRAPHS}<p>Short one.</p>{PARAGRAPHS}<p>Short one.</p>",
         ["Short one.", "0", "1", "2", "3", "4", "Short one.", "0", "1", "2", "3", "4",
          "Short one."]),
        (f"{PARAGRAPHS}<nav>Up</nav><p><a href=x>More on ropes</a></p>{PARAGRAPHS}",
         ["3", "4", "0"]),
    ],
)  # fmt: skip
def test_what_stands_among_the_text_is_kept_in_its_order(body, lines):
    source = read_html("a.html", f"<html><head><title>Hall</title></head>{body}</html>".encode())
    found = [line if len(line) < 40 else line[0] for line in source.text.split("\n")]
    assert str(lines)[1:-1] in str(found)
    assert source.notes == ()


def test_what_else_the_page_shows_is_counted():
    body = f"<div><div>Call 12 345 at noon</div></div><div>{PARAGRAPHS}</div><footer>x</footer>"
    source = read_html("a.html", f"<html><body>{body}<div>© 2020</div></body></html>".encode())
    assert "noon" not in source.text
    assert source.notes == (("page", "2 lines of the page not taken"),)


@settings(max_examples=50)
@given(st.data(), st.lists(st.sampled_from(["aa", "bb", "cc", "- dd", "ee"]), max_size=12))
def test_the_lines_between_those_taken_come_back(data, lines):
    kept = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    body = [line for line, keep in zip(lines, kept, strict=True) if keep]
    tree = parse_page("<p>no such line</p>")
    filled = fill_gaps(tree, [Line(line.removeprefix("- ")) for line in lines], body)
    assert len(filled.lines) + filled.n_left == len(lines)
    whole = iter(lines)
    assert all(any(line in {one, f"- {line}", one[2:]} for one in whole) for line in filled.lines)


def test_reading_a_page_opens_no_connection():
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from watchwords.read.html import read_html\n"
        "data = open(sys.argv[1], 'rb').read().replace(b'<body>', b'<body><img src=http://a.example/x>"
        "<link rel=stylesheet href=http://a.example/s.css><iframe src=http://a.example></iframe>')\n"
        "assert read_html('a.html', data).text\n"
    )
    path = PAGES / "en_municipal.html"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_a_broken_page_is_a_document_or_a_verdict(broken, verdicts, seed):
    pages = sorted(PAGES.iterdir())
    data = pages[seed % len(pages)].read_bytes()
    assert len(verdicts(read_html, "a.html", broken(data, seed))) == 1


def test_lines_in_no_paragraph_beside_the_text_come_back():
    said = [f"The council of the town met on day {n} to look at the old rope." for n in range(5)]
    text = "".join(f"<p>{line}</p>" for line in said)
    page = f"""<html><body><div>Dear members,</div>{text}<div>All agreed.</div>
        <div>Mi Lan, Mayor of Tinghe</div><div>Share</div><div>Copyright 2021</div>
        </body></html>"""
    read = read_html("a.html", page.encode())
    lines = [line for line in read.text.splitlines() if line]
    assert lines == ["Dear members,", *said, "All agreed.", "Mi Lan, Mayor of Tinghe"]
