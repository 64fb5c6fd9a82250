import datetime
import json
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from watchwords.briefs.docx import write_docx
from watchwords.errors import WatchwordsError

DAY = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def write(brief, folder, name="brief.docx"):
    write_docx(brief, folder / name, timestamp=DAY)
    return docx.Document(folder / name)


def all_text(document):
    return "\n".join(
        "".join(part.text or "" for part in line.iter(qn("w:t")))
        for line in document.element.body.iter(qn("w:p"))
    )


def styled(document, name):
    return [line.text for line in document.paragraphs if line.style.name == name]


@pytest.fixture(scope="module")
def rich(rich_json, tmp_path_factory):
    return write(json.loads(rich_json), tmp_path_factory.mktemp("docx"))


def test_headings_follow_each_other_without_a_gap(rich):
    levels = [
        int(line.style.name[-1]) for line in rich.paragraphs if line.style.name.startswith("Head")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "Annex" in styled(rich, "Heading 1")


def test_every_picture_has_an_alternative_text(rich, rich_brief):
    about = [shape._inline.docPr.get("descr") for shape in rich.inline_shapes]
    figures = [e for e in rich_brief["exhibits"] if e["kind"] == "figure"]
    assert len(about) >= len(figures) > 3
    assert all(about)
    assert {figure["alt"] for figure in figures} <= set(about)


def test_tables_repeat_their_header_and_have_all_rows(rich, rich_brief):
    wanted = [e for e in rich_brief["exhibits"] if e["kind"] == "table"]
    tables = [t for t in rich.tables if t.style.name == "Watchwords Table"]
    assert [len(t.rows) - 1 for t in tables] == [len(e["rows"]) for e in wanted]
    for table, exhibit in zip(tables, wanted, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [c.text for c in table.rows[0].cells] == [c["label"] for c in exhibit["columns"]]
        assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.5)


def test_captions_are_counted_by_fields(rich):
    fields = [field.get(qn("w:instr")) for field in rich.element.iter(qn("w:fldSimple"))]
    assert sum("SEQ Figure" in field for field in fields) > 3
    assert sum("SEQ Table" in field for field in fields) > 0


def test_every_link_within_leads_somewhere_and_no_mark_is_given_twice(rich):
    marks = [mark.get(qn("w:name")) for mark in rich.element.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in rich.element.iter(qn("w:hyperlink"))} - {None}
    assert len(set(marks)) == len(marks)
    assert links
    assert links <= set(marks)


def test_footnotes_stand_at_the_end_with_their_numbers(rich, rich_brief):
    notes = [
        part["footnote"]
        for exhibit in rich_brief["exhibits"]
        for part in exhibit.get("segments", [])
        if isinstance(part, dict) and part.get("footnote")
    ]
    assert notes
    ends = [line.split("  ", 1) for line in styled(rich, "Watchwords Small") if line[:1].isdigit()]
    ends = [end for end in ends if len(end) == 2 and end[0].isdigit()]
    assert [int(number) for number, _ in ends] == list(range(1, len(ends) + 1))
    assert {note for _, note in ends} >= set(notes)


def test_same_brief_same_bytes_and_no_date_of_writing(rich_brief, tmp_path):
    write(rich_brief, tmp_path, "a.docx")
    write(rich_brief, tmp_path, "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
        assert not any("thumbnail" in name for name in parts.namelist())
    about = docx.Document(tmp_path / "a.docx").core_properties
    assert about.created.date() == about.modified.date() == DAY.date()
    assert about.author == ""


def test_refusal_stands_with_its_sentence_and_without_a_figure(refusal_brief, tmp_path):
    document = write(refusal_brief, tmp_path)
    (first,) = styled(document, "Watchwords Refusal")
    assert first.startswith("Too few documents for a trend")
    assert len(document.inline_shapes) == 0


def test_hostile_texts_stay_texts(hostile_brief, tmp_path):
    document = write(hostile_brief, tmp_path)
    said = all_text(document)
    for part in ("<script>", "$x^2$"):
        if part in json.dumps(hostile_brief):
            assert part in said
    for relation in document.part.rels.values():
        if relation.is_external:
            assert relation.target_ref.startswith(("http://", "https://"))


def test_control_characters_and_chinese(tmp_path):
    brief = {
        "brief": {"title": "a\x00b\ud800 新质\x0b生产力"},
        "exhibits": [
            {
                "kind": "quote",
                "id": "Q1",
                "text": "加快发展“新质生产力”。",
                "mark": [5, 10],
                "lang": "zh",
                "source": "会议\x1f",
                "date": "2024",
                "doc_id": "1",
            }
        ],
    }
    document = write(brief, tmp_path)
    assert "ab 新质生产力" in all_text(document)
    fonts = [run.get(qn("w:hint")) for run in document.element.iter(qn("w:rFonts"))]
    assert "eastAsia" in fonts
    assert "加快发展“新质生产力”。" in styled(document, "Quote")


def test_two_halves_share_a_row(rich_brief, tmp_path):
    figure = next(e for e in rich_brief["exhibits"] if e["kind"] == "figure")
    halves = [{**figure, "id": f"h{i}", "width": "half", "place": "front"} for i in (1, 2)]
    document = write({"brief": {"title": "t"}, "exhibits": halves}, tmp_path)
    (frame,) = document.tables
    assert ["Figure" in cell.text for cell in frame.rows[0].cells] == [True, True]
    assert all(shape.width.mm < 82 for shape in document.inline_shapes)


def test_a_time_without_a_zone_is_told(refusal_brief, tmp_path):
    with pytest.raises(WatchwordsError, match="no time zone"):
        write_docx(refusal_brief, tmp_path / "x.docx", timestamp=datetime.datetime(2026, 1, 1))


def test_a_broken_drawing_is_told(rich_brief, tmp_path):
    figure = next(e for e in rich_brief["exhibits"] if e["kind"] == "figure")
    with pytest.raises(WatchwordsError, match="pixels"):
        write({"brief": {"title": "t"}, "exhibits": [{**figure, "svg": "<svg"}]}, tmp_path)
