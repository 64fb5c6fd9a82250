import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from watchwords.briefs.html import write_html

SCRIPT = """
import json, sys
from pathlib import Path
from watchwords.briefs.html import write_html
write_html(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
"""
VOID = {"meta", "img", "link", "br", "hr", "input"}
ALLOWED = set(
    re.findall(
        r"\w+",
        "html head meta title style body header div h1 h2 h3 h4 p span time nav ol li a main dl dt "
        "dd section article figure figcaption img table thead tbody tr th td blockquote mark sup b "
        "footer",
    )
)


class Page(HTMLParser):
    """Collect the elements of a page and check that they are nested well."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.text = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += data

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def write(brief, folder):
    write_html(brief, folder / "report.html")
    return (folder / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def rich_html(rich_json, tmp_path_factory):
    return write(json.loads(rich_json), tmp_path_factory.mktemp("html"))


@pytest.fixture(scope="module")
def rich_page(rich_html):
    return Page(rich_html)


def test_the_page_is_whole_and_small(rich_html, rich_page):
    assert not rich_page.open
    assert rich_html.startswith("<!doctype html>")
    assert len(rich_html) < 400_000


def test_the_page_loads_nothing_and_runs_nothing(rich_html, rich_page):
    assert {tag for tag, _ in rich_page.elements} <= ALLOWED
    assert not [name for _, attrs in rich_page.elements for name in attrs if name[:2] == "on"]
    assert not [attrs for _, attrs in rich_page.elements if "style" in attrs]
    assert all(
        attrs["src"].startswith("data:image/svg+xml;base64,") for attrs in rich_page.all("img")
    )
    assert set(re.findall(r"url\((\w+:\w+)", rich_html)) == {"data:font"}
    for attrs in rich_page.all("a"):
        assert attrs["href"].startswith(("#", "https://example.org/"))


def test_the_policy_allows_the_style_and_no_more(rich_html, rich_page):
    style = re.search(r"<style>(.*?)</style>", rich_html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(m["content"] for m in rich_page.all("meta") if "http-equiv" in m)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_inner_link_arrives(rich_page):
    ids = [attrs["id"] for _, attrs in rich_page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for a in rich_page.all("a") if a["href"][0] == "#"}
    named = {a["aria-labelledby"] for _, a in rich_page.elements if "aria-labelledby" in a}
    assert inner | named <= set(ids)


def test_each_number_leads_to_its_sentences_and_back(rich_html):
    assert 'id="cite-navy" class="evidence" href="#ev-navy">12 of 75</a>' in rich_html
    item = re.search(r'id="ev-navy".*?</section>', rich_html, re.DOTALL)[0]
    assert item.count("<li>") == 130
    assert 'href="#cite-navy">back to the text' in item
    assert "the <mark>Navy</mark>, here as in message 2" in item
    assert '<a href="https://example.org/1945" rel="noreferrer">1945-Roosevelt-1</a>' in item


def test_evidence_ids_of_any_letters_stay_apart(rich_brief, tmp_path):
    rich_brief["evidence"]["soviet-union"] = {"title": "another", "rows": []}
    rich_brief["evidence"]["两个维护"] = {"title": "Chinese", "rows": []}
    html = write(rich_brief, tmp_path)
    assert re.findall(r'class="item" id="(.*?)"', html) == [
        "ev-soviet-union",
        "ev-nuclear-weapons",
        "ev-health-care",
        "ev-navy",
        "ev-commission",
        "ev-soviet-union-",
        "ev-两个维护",
    ]


def test_pictures_tables_and_languages_are_told_to_readers_who_do_not_see(rich_page):
    assert all(attrs["alt"] for attrs in rich_page.all("img"))
    assert all(attrs["scope"] == "col" for attrs in rich_page.all("th"))
    assert rich_page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in rich_page.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [tag for tag, _ in rich_page.elements].count("main") == 1


def test_footnotes_are_numbered_and_lead_back(rich_html):
    assert (
        '<sup><a id="fnref-2" href="#fn-2" aria-label="Footnote 2">2</a></sup>), and' in rich_html
    )
    assert '<li id="fn-2">What chance alone could do' in rich_html


def test_the_same_numbers_as_in_the_pdf(rich_page):
    labels = re.findall(r"(?:Figure|Table) \d", rich_page.text)
    assert sorted(set(labels)) == [
        *(f"Figure {number}" for number in range(1, 6)),
        "Table 1",
        "Table 2",
    ]


def test_the_same_brief_gives_the_same_bytes_in_another_process(rich_json, rich_html, tmp_path):
    (tmp_path / "brief.json").write_text(rich_json)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path / "brief.json", tmp_path / "report.html"],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
    )
    assert (tmp_path / "report.html").read_text("utf-8") == rich_html


def test_text_is_never_markup(hostile_brief, hostile_text, tmp_path):
    html = write(hostile_brief, tmp_path)
    page = Page(html)
    assert not page.open
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert page.all("img") == []
    assert "javascript:" not in html
    assert page.text.count(hostile_text) > 30
    assert all(attrs["href"][0] == "#" for attrs in page.all("a"))


def test_the_refusal_is_the_hero(refusal_brief, tmp_path):
    html = write(refusal_brief, tmp_path)
    assert f'<p class="hero">{refusal_brief["brief"]["refusal"]}</p>' in html
    assert '<p class="label">Invented sample' in html


def test_chinese_is_inside_the_page_and_named(refusal_brief, rich_html, tmp_path):
    html = write(refusal_brief, tmp_path)
    assert '<blockquote lang="zh"><p>会议强调，要坚决做到“<mark>两个维护</mark>”' in html
    assert '"Watchwords Chinese";font-weight:400;src:url(data:font/woff;' in html
    assert '"Watchwords Chinese";font-weight' not in rich_html


def test_many_different_characters_are_left_to_the_fonts_of_the_reader(refusal_brief, tmp_path):
    refusal_brief["brief"]["subtitle"] = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    assert '"Watchwords Chinese";font-weight' not in write(refusal_brief, tmp_path)


def test_characters_without_a_glyph_are_named(refusal_brief, tmp_path):
    refusal_brief["lost_characters"] = [{"char": "📈", "name": "CHART WITH UPWARDS TREND", "n": 2}]
    refusal_brief["brief"]["title"] = "With \ud800 inside"
    html = write(refusal_brief, tmp_path)
    assert "📈 chart with upwards trend (2)" in html
    assert "<h1>With ? inside</h1>" in html


@pytest.mark.parametrize(
    "keep",
    [
        lambda exhibit: False,
        lambda exhibit: exhibit["id"] == "finding-1",
        lambda exhibit: exhibit["place"] == "annex",
    ],
    ids=["none", "one", "no front"],
)
def test_any_part_may_be_missing(keep, rich_brief, tmp_path):
    rich_brief["exhibits"] = [exhibit for exhibit in rich_brief["exhibits"] if keep(exhibit)]
    page = Page(write(rich_brief, tmp_path))
    assert not page.open
    for exhibit in rich_brief["exhibits"]:
        assert (exhibit.get("headline") or exhibit.get("title") or "") in page.text


def test_a_brief_of_a_title_alone_is_written(tmp_path):
    assert "<h1>Only this</h1>" in write({"brief": {"title": "Only this"}}, tmp_path)
