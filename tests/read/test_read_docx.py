import datetime
import subprocess
import sys
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read.docx import read_docx
from watchwords.read.office_packages import check_package, check_sizes
from watchwords.read.outcomes import Rejected

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def letter():
    document = docx.Document()
    document.add_heading("Council meets in Alderport")
    document.add_paragraph("3 February 2021")
    paragraph = document.add_paragraph("The council ")
    paragraph.add_run("met").bold = True
    paragraph.add_run(" and rose.\nIt thanked all.")
    table = document.add_table(2, 3)
    for row in range(2):
        for column in range(3):
            table.cell(row, column).text = f"r{row}c{column}"
    document.add_paragraph("会议强调，要深入学习。")
    document.sections[0].header.paragraphs[0].text = "RUNNING HEAD"
    document.sections[0].footer.paragraphs[0].text = "RUNNING FOOT"
    document.core_properties.title = "Council meets in Alderport"
    document.core_properties.author = "lenovo"
    document.core_properties.created = datetime.datetime(2020, 1, 2)
    return saved(document)


def repacked(data, **parts):
    """Put other parts into a package: a name in which "__" is "/" and "_xml" is ".xml"."""
    names = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old:
        whole = {name: old.read(name) for name in old.namelist()} | names
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in whole.items():
            new.writestr(name, part)
    return out.getvalue()


def body(data, xml, *, declaration="", codec="utf-8"):
    text = f"{declaration}<w:document {W}><w:body>{xml}</w:body></w:document>"
    return repacked(data, word__document_xml=text.encode(codec))


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_letter_is_read_in_order_without_head_and_foot(letter):
    source = read_docx("a.docx", letter)
    assert source.text.split("\n") == [
        "Council meets in Alderport", "3 February 2021", "The council met and rose.",
        "It thanked all.", "r0c0 | r0c1 | r0c2", "r1c0 | r1c1 | r1c2", "会议强调，要深入学习。",
    ]  # fmt: skip
    assert source.fields == {
        "title": "Council meets in Alderport", "file_title": "Council meets in Alderport",
        "file_author": "lenovo", "file_created": "2020-01-02",
    }  # fmt: skip


def test_the_day_a_file_was_made_does_not_date_it(letter, tmp_path):
    from watchwords.read import read_corpus

    (tmp_path / "a.docx").write_bytes(body(letter, paragraph("The council met.")))
    found = read_corpus(tmp_path, as_of=datetime.date(2026, 11, 21)).documents.iloc[0]
    assert (found["date_precision"], found["file_created"]) == ("none", "2020-01-02")
    assert found["title"] == "The council met."


def test_changes_fields_controls_boxes_and_long_cells(letter):
    long = "A long paragraph in a table that lays out the page. " * 4
    xml = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>and new</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:t>Around</w:t><w:txbxContent>{paragraph('in a box')}</w:txbxContent></w:r>"
        "</w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph(long)}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + paragraph("inner") + "</w:tc></w:tr></w:tbl>"
        "<w:p/></w:tc></w:tr></w:tbl>"
    )
    found = [
        line for line in read_docx("a.docx", body(letter, xml)).text.split("\n") if line.strip()
    ]
    assert found == ["Kept and new", "In a control", "Around", "in a box", long, "b", "inner"]


def bomb(size):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w>" + b"A" * size + b"</w>")
    return out.getvalue()


DTD = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _: b"", "empty"),
        (lambda _: b"%PDF-1.4\nnot really", "mismatch"),
        (lambda _: OLE, "mismatch"),
        (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda data: data[:2000], "malformed"),
        (lambda _: bomb(2_000_000), "bomb"),
        (lambda data: repacked(data, **{f"x{n}": b"" for n in range(2001)}), "bomb"),
        (lambda data: body(data, "&b;", declaration=DTD), "xml_dtd"),
        (lambda data: body(data, "&b;", declaration='<?xml version="1.0" encoding="UTF-16"?>' + DTD,
                           codec="utf-16"), "xml_dtd"),
        (lambda data: body(data, "&b;", declaration=DTD, codec="utf-16-be"), "xml_dtd"),
        (lambda data: repacked(data, docProps__app_xml=f"{DTD}<a/>"), "xml_dtd"),
        (lambda data: body(data, "x", declaration='<?xml version="1.0" encoding="UTF-7"?>'),
         "malformed"),
        (lambda data: body(data, "<w:p>" * 200 + "</w:p>" * 200), "nesting"),
        (lambda data: body(data, "<w:p>" * 300 + "</w:p>" * 300), "nesting"),
        (lambda data: body(data, "<w:p>"), "malformed"),
        (lambda data: body(data, paragraph(" . ")), "no_text"),
    ],
)  # fmt: skip
def test_files_that_are_no_documents(verdicts, letter, make, reason):
    assert verdicts(read_docx, "a.docx", make(letter)) == [reason]


def test_a_secret_beside_the_corpus_is_never_read(letter, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", encoding="utf-8")
    external = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    data = body(letter, paragraph("Before &x; after"), declaration=external)
    with pytest.raises(Exception, match="xml_dtd") as verdict:
        read_docx("a.docx", data)
    assert "TOPSECRET" not in str(verdict.value)


def test_text_that_only_speaks_of_document_types_is_read(letter):
    data = body(letter, paragraph("&lt;!DOCTYPE html&gt; is a line of code"))
    assert read_docx("a.docx", data).text == "<!DOCTYPE html> is a line of code"


def test_sizes_are_checked_before_anything_is_inflated():
    member = zipfile.ZipInfo("word/document.xml")
    member.file_size, member.compress_size = 999_000, 1
    check_sizes([member])
    for size, n, reason in ((1_001_000, 1, "bomb"), (3_000_000, 90, "bomb"), (1, 2001, "bomb")):
        member.file_size, member.compress_size = size, size // 120
        with pytest.raises(Rejected, match=reason):
            check_sizes([member] * n)
    member.file_size, member.compress_size, member.flag_bits = 10, 10, 1
    with pytest.raises(Rejected, match="encrypted"):
        check_sizes([member])


def test_a_nest_within_the_limit_is_read(letter):
    deep = "<w:sdt><w:sdtContent>" * 40 + paragraph("deep") + "</w:sdtContent></w:sdt>" * 40
    data = body(letter, deep)
    check_package(data, "DOCX")
    assert read_docx("a.docx", data).text == "deep"


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_a_broken_letter_is_a_document_or_a_verdict(broken, verdicts, letter, seed):
    assert len(verdicts(read_docx, "a.docx", broken(letter, seed))) == 1


def test_many_word_files_need_no_more_memory_than_a_few(letter, tmp_path):
    code = (
        "import resource, sys, watchwords as ww; ww.read_corpus(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    peaks = []
    for count in (5, 105):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.docx").write_bytes(letter)
        done = subprocess.run(
            [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) / 1024)
    # Their trees hang together in circles, which only Python's collector finds.
    assert peaks[1] < peaks[0] + 80
