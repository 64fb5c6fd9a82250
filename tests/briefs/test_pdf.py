import datetime
import json
import os
import re
import socket
import subprocess
import sys

import pytest
from pypdf import PdfReader

from watchwords.briefs.pdf import write_pdf
from watchwords.errors import WatchwordsError

DAY = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
SCRIPT = """
import datetime, json, sys
from pathlib import Path
from watchwords.briefs.pdf import write_pdf
day = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
write_pdf(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]), timestamp=day)
"""


def pages_of(path):
    return [re.sub(r"[\s\u200b]+", " ", page.extract_text()) for page in PdfReader(path).pages]


def squeezed(text):
    return re.sub(r"[\s\u200b]+", "", text)


def struct_elements(node, kind):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for kid in node for found in struct_elements(kid, kind)]
    if not isinstance(node, dict):
        return []
    here = [node] if node.get("/S") == kind else []
    return here + struct_elements(node.get("/K", []), kind)


@pytest.fixture(scope="module")
def rich_path(rich_json, tmp_path_factory):
    path = tmp_path_factory.mktemp("rich") / "brief.pdf"
    write_pdf(json.loads(rich_json), path, timestamp=DAY)
    return path


@pytest.fixture(scope="module")
def rich_pages(rich_path):
    return pages_of(rich_path)


def write(brief, folder):
    write_pdf(brief, folder / "brief.pdf", timestamp=DAY)
    return pages_of(folder / "brief.pdf")


def test_the_front_fills_two_pages_and_the_annex_begins_a_new_one(rich_pages):
    assert "Wording in the State of the Union, 1790–2026" in rich_pages[0]
    assert "“navy” and “militia” down" in rich_pages[0]
    assert "every 18-year-old must be able to go" in rich_pages[1]
    assert (
        rich_pages[2]
        .removeprefix("Wording in the State of the Union 1 November 2026 ")
        .startswith("Annex")
    )


def test_every_page_after_the_cover_has_a_header_and_every_page_a_number(rich_pages):
    total = len(rich_pages)
    for number, text in enumerate(rich_pages, 1):
        assert f"{number} / {total}" in text
        if number > 1:
            assert text.startswith("Wording in the State of the Union 1 November 2026")


def test_numbers_footnotes_and_notes_are_printed(rich_pages):
    text = " ".join(rich_pages)
    for part in (
        "54 of 94",
        "What chance alone could do",
        "Figure 5 Twelve topics",
        "Table 2 Terms tested, by effect",
        "Share of documents with the term. Sorted by effect",
        "Report file reports/state-of-the-union.yml",
    ):
        assert part in text


def test_a_long_table_repeats_its_header_and_keeps_its_rows(rich_pages):
    with_rows = [text for text in rich_pages if re.search(r"×\d+\.\d 0\.0", text)]
    assert len(with_rows) > 1
    assert all("term documents first seen last seen fold change q" in text for text in with_rows)
    assert sum(len(re.findall(r"×\d+\.\d 0\.0\d+", text)) for text in with_rows) == 60


def test_the_file_is_an_accessible_pdf(rich_path):
    reader = PdfReader(rich_path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Wording in the State of the Union, 1790–2026"
    figures = struct_elements(root["/StructTreeRoot"], "/Figure")
    assert len(figures) >= 5 + 60
    assert all(figure.get("/Alt") for figure in figures)
    assert struct_elements(root["/StructTreeRoot"], "/TH")


def test_bookmarks_name_the_sections(rich_path):
    titles = [entry.title for entry in PdfReader(rich_path).outline if not isinstance(entry, list)]
    assert titles[0] == "What this rests on"
    assert titles[-1] == "Annex"


def test_only_safe_addresses_are_links(rich_path, rich_brief, tmp_path):
    def links(path):
        return {
            note.get_object()["/A"]["/URI"]
            for page in PdfReader(path).pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get_object().get("/A", {})
        }

    assert links(rich_path) == {"https://example.org/1945"}
    quotes = [exhibit for exhibit in rich_brief["exhibits"] if exhibit["kind"] == "quote"]
    for quote in quotes:
        quote["url"] = "javascript:alert(1)"
    rich_brief["exhibits"] = quotes
    write(rich_brief, tmp_path)
    assert links(tmp_path / "brief.pdf") == set()


def test_the_same_brief_gives_the_same_bytes_in_another_process(rich_json, rich_path, tmp_path):
    (tmp_path / "brief.json").write_text(rich_json)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path / "brief.json", tmp_path / "brief.pdf"],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
    )
    assert (tmp_path / "brief.pdf").read_bytes() == rich_path.read_bytes()


def test_text_is_never_markup(hostile_brief, hostile_text, tmp_path):
    text = squeezed("".join(write(hostile_brief, tmp_path)))
    assert text.count(squeezed(hostile_text)) > 20
    assert squeezed(f'read("{socket.gethostname()}")') not in text


def test_the_refusal_stands_on_the_first_page_of_two(refusal_brief, tmp_path):
    pages = write(refusal_brief, tmp_path)
    assert len(pages) == 2
    assert refusal_brief["brief"]["refusal"] in pages[0]
    assert "18 documents and 2 months are missing" in pages[0]
    assert all("Invented sample: places" in page for page in pages)


def test_chinese_is_set(refusal_brief, tmp_path):
    refusal_brief["brief"]["title"] = "两个维护 in five reports"
    text = " ".join(write(refusal_brief, tmp_path))
    assert "两个维护 in five reports" in text
    assert "会议强调,要坚决做到" in squeezed(text).replace("，", ",")
    assert "高质量发展" in text


def test_a_character_without_a_glyph_is_boxed_and_named(refusal_brief, tmp_path):
    refusal_brief["brief"]["title"] = "Wording 📈 in five re\u200bports 📈"
    refusal_brief["lost_characters"] = [{"char": "ꙮ", "name": "MULTIOCULAR O", "n": 2}]
    text = " ".join(write(refusal_brief, tmp_path))
    assert "Wording □ in five" in text
    assert "U+A66E multiocular o (2); U+1F4C8 chart with upwards trend (2)" in text


def test_contents_are_listed_only_past_eight_pages(rich_brief, rich_pages, tmp_path):
    tall = next(e for e in rich_brief["exhibits"] if e["id"] == "fig-coverage")
    tall["svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="560"/>'
    terms = next(e for e in rich_brief["exhibits"] if e["id"] == "tab-terms")
    terms["rows"] = terms["rows"][:1]
    rich_brief["exhibits"] += [
        {**tall, "id": f"more-{number}", "section": f"More {number}"} for number in range(5)
    ]
    pages = write(rich_brief, tmp_path)
    assert len(pages) > 8
    assert re.search(r"All terms tested[ .]+\d Topics[ .]+\d Method", pages[2])
    assert not re.search(r"All terms tested[ .]+\d", rich_pages[2])


@pytest.mark.parametrize(
    "keep",
    [
        lambda exhibit: False,
        lambda exhibit: exhibit["id"] == "finding-1",
        lambda exhibit: exhibit["place"] == "front",
        lambda exhibit: exhibit["place"] == "annex",
        lambda exhibit: exhibit["kind"] in {"note", "quote"},
        lambda exhibit: exhibit["id"] == "fig-ranked",
    ],
    ids=["none", "one", "no annex", "no front", "no figures", "a single half"],
)
def test_any_part_may_be_missing(keep, rich_brief, tmp_path):
    rich_brief["exhibits"] = [exhibit for exhibit in rich_brief["exhibits"] if keep(exhibit)]
    text = " ".join(write(rich_brief, tmp_path))
    for exhibit in rich_brief["exhibits"]:
        shown = exhibit.get("headline") or exhibit.get("title") or ""
        assert shown in text
    assert ("Annex" in text) == any(e["place"] == "annex" for e in rich_brief["exhibits"])


def test_a_brief_of_a_title_alone_is_set(tmp_path):
    assert "Only this" in write({"brief": {"title": "Only this"}}, tmp_path)[0]


@pytest.mark.parametrize(
    "row",
    [
        ["x" * 300, *["1"] * 6],
        ["x", *["1"] * 5, "x" * 300],
        ["long words " * 20, "long words " * 20, *["1"] * 5],
        ["xylophones and more " * 9] * 7,
    ],
    ids=["one endless word", "in the last column", "two long columns", "all long"],
)
def test_wide_tables_stay_on_the_page(row, rich_brief, tmp_path):
    rich_brief["exhibits"] = [e for e in rich_brief["exhibits"] if e["id"] == "tab-terms"]
    rich_brief["exhibits"][0]["rows"] = [row]
    write(rich_brief, tmp_path)
    starts = []
    PdfReader(tmp_path / "brief.pdf").pages[1].extract_text(
        visitor_text=lambda text, cm, tm, font, size: starts.append((cm[4] + tm[4], text))
    )
    left, right = 22.5 / 25.4 * 72, (210 - 22.5) / 25.4 * 72
    letter = 8.3 * 0.3
    inside = [
        left - 1 < x < right - letter * len(text.strip()) for x, text in starts if text.strip()
    ]
    assert len(inside) > 10
    assert all(inside)


def test_a_broken_drawing_is_an_error_of_ours(rich_brief, tmp_path):
    rich_brief["exhibits"][6]["svg"] = "<svg"
    with pytest.raises(WatchwordsError, match=r"Typst could not set the brief: .*SVG"):
        write(rich_brief, tmp_path)


def test_a_timestamp_needs_a_zone(rich_brief, tmp_path):
    with pytest.raises(WatchwordsError, match="no time zone"):
        write_pdf(rich_brief, tmp_path / "x.pdf", timestamp=datetime.datetime(2026, 1, 1))


@pytest.mark.parametrize("width", ["auto", "1fr", "2.5fr", "20%", "12mm", "1.5cm", "40pt", "3em"])
def test_widths_of_every_unit_are_set(width, refusal_brief, tmp_path):
    for exhibit in refusal_brief["exhibits"]:
        for column in exhibit.get("columns", []):
            column["width"] = width
    assert "高质量发展" in squeezed("".join(write(refusal_brief, tmp_path)))


def test_the_mark_of_a_footnote_never_stands_alone_on_a_line(tmp_path):
    def finding(number):
        text = f"word {'n' * number} in 54 of 79 since 1947 (68 %, 95 % interval 57–78 %"
        segments = [text, {"text": "", "footnote": "f"}, "), in 0"]
        return {"kind": "finding", "id": f"F{number}", "headline": "x", "segments": segments}

    path = tmp_path / "brief.pdf"
    exhibits = [finding(number) for number in range(10, 56)]
    write_pdf({"brief": {"title": "t"}, "exhibits": exhibits}, path, timestamp=DAY)
    lines = "\n".join(page.extract_text() for page in PdfReader(path).pages).splitlines()
    assert sum("%" in line for line in lines) > 40
    assert not [line for line in lines if re.match(r"\d{1,2}\)", line)]
