import logging
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.clean import clean_corpus, clean_text
from watchwords.read import read_documents
from watchwords.read.outcomes import Rejected
from watchwords.read.pdf import large_lines, read_pdf
from watchwords.read.pdf_furniture import drop_page_furniture
from watchwords.read.pdf_paragraphs import join_paragraphs

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(data, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def pdf(*contents, entries=b"", more=b""):
    """Write a PDF by hand: a page for each content stream."""
    n = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(n))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, n), FONT]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(stream(content, entries))
    data, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s>>\n" % (
        size, table, size, more) + b"startxref\n%d\n%%%%EOF" % len(data)  # fmt: skip


def lines(*words, size=11):
    shown = "".join(f"({word}) Tj 0 -14 Td " for word in words)
    return f"BT /F1 {size} Tf 72 740 Td {shown} ET ".encode("latin-1")


PARAGRAPH = (
    "The council said on Monday that the State", "Council had agreed to the plan for the new",
    "harbour and that the Bureau of Fisheries,", "the Port Office and every ward must study",
    "it before the end of the year so that the", "Harbour can open in the spring.",
)  # fmt: skip


@pytest.fixture(scope="module")
def report():
    """Give five pages with a running head, page numbers and a paragraph over each page break."""
    words = ("one", "two", "three", "four", "five")
    bodies = [[*PARAGRAPH[:-1], f"Harbour can open in spring {word}."] for word in words]
    pages = [
        lines("Work of the Harbour Council", size=20) + b" 1 0 0 1 0 -40 cm " + lines(*bodies[0])
    ]
    for number in (2, 3, 4, 5):
        shown = [*bodies[number - 1], *PARAGRAPH[:number]] if number < 5 else bodies[4]
        rest = PARAGRAPH[number - 1 : -1] if number > 2 else ()
        tail = [f"Harbour can open in part {number}."] if number > 2 else []
        pages.append(lines("Harbour Report 2021", *rest, *tail, *shown, f"Page {number} of 5"))
    return pdf(*pages)


def test_pages_lose_what_repeats_and_paragraphs_are_whole_again(report):
    source = read_pdf("a.pdf", report)
    assert source.text.split("\n")[0] == "Work of the Harbour Council"
    assert "Harbour Report" not in source.text
    assert "Page " not in source.text
    start = " ".join(PARAGRAPH[:-1])
    starts = [line for line in source.text.split("\n") if line.startswith("The council")]
    assert [line[: len(start)] for line in starts] == [start] * 8
    assert [line[len(start) + 1 :] for line in starts] == [
        f"Harbour can open in {rest}." for rest in (
            "spring one", "spring two", "part 3", "spring three", "part 4", "spring four", "part 5",
            "spring five",
        )
    ]  # fmt: skip
    code, detail = source.notes[0]
    assert (code, detail[:7]) == ("furniture", "8 lines")
    assert "Page 5 of 5" in detail
    assert clean_text(source.text) == source.text


def test_the_day_a_file_was_made_is_no_date_of_publication():
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(lines("Work Report", *PARAGRAPH))))
    writer.add_metadata(
        {"/Title": "Work Report", "/Author": "lenovo", "/CreationDate": "D:20200102030405"}
    )
    out = BytesIO()
    writer.write(out)
    assert read_pdf("a.pdf", out.getvalue()).fields == {
        "file_title": "Work Report",
        "file_author": "lenovo",
        "file_created": "2020-01-02",
        "title": "Work Report",
    }


def locked(password):
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(lines(*PARAGRAPH))))
    writer.encrypt(user_password=password, owner_password=password[::-1], algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_not_guessed_but_the_empty_one_is_none():
    assert "The council said" in read_pdf("a.pdf", locked("")).text
    with pytest.raises(Rejected, match="encrypted"):
        read_pdf("a.pdf", locked("secret"))


def compressed(length):
    packer = zlib.compressobj(9)
    block = b"\0" * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(length >> 20)) + packer.flush()


CYCLE = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n"
    b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", {"empty"}),
        (b"<html><body>Not a PDF</body></html>", {"mismatch"}),
        (b"%PDF-1.4\nnot really", {"malformed"}),
        (pdf(b""), {"no_text"}),
        (pdf(b"q 600 0 0 800 0 0 cm /Im1 Do Q"), {"no_text"}),
        (CYCLE, {"malformed"}),
        (pdf(compressed(1 << 28), entries=b"/Filter /FlateDecode"), {"bomb"}),
        (pdf(zlib.compress(compressed(1 << 28)), entries=b"/Filter [/FlateDecode /FlateDecode]"),
         {"bomb"}),
        (pdf(b"[" * 50_000), {"nesting", "malformed"}),
    ],
    ids=["empty", "html", "stub", "blank", "picture", "cycle", "bomb", "two bombs", "nesting"],
)  # fmt: skip
def test_files_that_are_no_documents(verdicts, data, reasons, capfd, caplog):
    assert set(verdicts(read_pdf, "a.pdf", data)) <= reasons
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == logging.NOTSET


def test_a_page_that_cannot_be_read_costs_itself_only(monkeypatch):
    extract = pypdf.PageObject.extract_text

    def stumble(self, **options):
        if self.page_number == 1:
            raise TypeError("'NullObject' object is not iterable")
        return extract(self, **options)

    monkeypatch.setattr(pypdf.PageObject, "extract_text", stumble)
    source = read_pdf(
        "a.pdf", pdf(lines(*PARAGRAPH), lines("Lost."), lines("The last page is here."))
    )
    assert source.text.endswith("The last page is here.")
    ((code, detail),) = source.notes
    assert (code, detail[:8]) == ("page", "page 2: ")
    assert "NullObject" in detail
    monkeypatch.setattr(pypdf.PageObject, "page_number", 1)
    with pytest.raises(Rejected, match="malformed: page 1"):
        read_pdf("a.pdf", pdf(lines(*PARAGRAPH)))


def numbered(pages):
    return [f"{page}\n{number}" for number, page in enumerate(pages, 7)]


BODIES = ["The first.\nOn ropes.", "The second.\nOn nets.", "The third.\nOn wells.", "The fourth."]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        (numbered(BODIES), BODIES),
        ([f"Report\n{body}" for body in BODIES], BODIES),
        ([f"{body}\n— {n} —\n© Harbour" for n, body in enumerate(BODIES)], BODIES),
        ([f"Report {n}/9\n\n{body}" for n, body in enumerate(BODIES)], BODIES),
        ([f"滨河市工作报告\n{body}\n第 {n} 页" for n, body in enumerate(BODIES, 1)], BODIES),
        (
            [f"{body}\n{n}" for body, n in zip(BODIES, ("i", "ii", "iii", "iv"), strict=True)],
            BODIES,
        ),
        # nothing to compare with, numbers that count nothing, words that are text elsewhere
        (["Report\nOne", "Report\nTwo"], ["Report\nOne", "Report\nTwo"]),
        (["One\n40", "Two\n12", "Three\n55"], ["One\n40", "Two\n12", "Three\n55"]),
        (["It met.\na\nIt met.\nIt met."] * 4, ["It met.\na\nIt met.\nIt met."] * 4),
        ([], []),
    ],
)
def test_furniture_of_pages(pages, kept):
    paged = drop_page_furniture(pages)
    found, dropped = paged.kept, paged.dropped
    assert found == kept
    before = sorted(line for page in pages for line in page.split("\n") if line)
    after = sorted([line for page in found for line in page.split("\n") if line] + dropped)
    assert before == after


def test_a_title_in_large_type_stays_though_it_is_the_running_head_too():
    pages = [f"Report\n{body}" for body in BODIES]
    titles = large_lines([("Report\n", 20.0), ("The first.\nOn ropes.", 10.0)])
    assert drop_page_furniture(pages, titles=titles).kept == [pages[0], *BODIES[1:]]


MIDDLE = [
    "It rested.\nThe pier held.",
    "On nets.\nOn ropes.",
    "On wells.\nOn kilns.",
    "Coal.\nRope.",
]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("We must achieve the two upholds.", "Long live the unity of the people!"),
        ("我们要做到“两个维护”。", "人民团结万岁！"),
        ("We must, in every harbour, achieve the two\nupholds and the four confidences.", ""),
        ("", "We must achieve the two\nupholds and hold fast"),
        ("坚决做到两个维护\n坚定四个自信。", ""),
    ],
)
def test_what_every_page_says_is_no_furniture(head, foot):
    pages = [f"{head}\n{body}\n{foot}".strip() for body in MIDDLE * 2]
    assert drop_page_furniture(pages).kept == pages
    numbered_pages = [f"{page}\n- {n} -" for n, page in enumerate(pages, 1)]
    assert drop_page_furniture(numbered_pages).kept == pages


def test_a_bare_line_of_half_the_pages_or_said_within_them_stays():
    half = [f"The two upholds\n{body}" if n % 2 else body for n, body in enumerate(MIDDLE * 2)]
    assert drop_page_furniture(half).kept == half
    said = [f"The two upholds\n{body}\nWe keep the two upholds in mind.\n{n}." for n, body in
            zip("abcdefgh", MIDDLE * 2, strict=True)]  # fmt: skip
    assert drop_page_furniture(said).kept == said
    heads = [f"{('Harbour Office', 'Tinghe Report')[n % 2]}\n{n}\n{body}" for n, body in
             enumerate(MIDDLE * 3, 1)]  # fmt: skip
    assert drop_page_furniture(heads).kept == MIDDLE * 3


def test_heads_are_kept_for_their_date_unless_it_changes():
    same = [f"Gazette 3 March 2021 | {n}\n{body}" for n, body in enumerate(MIDDLE, 7)]
    paged = drop_page_furniture(same)
    assert (paged.kept, paged.heads) == (MIDDLE, ["Gazette 3 March 2021 | 7"])
    other = [f"Gazette {3 * n} March 2021\n{body}" for n, body in enumerate(MIDDLE, 1)]
    assert drop_page_furniture(other).heads == []


def test_a_date_in_the_running_head_dates_the_document(tmp_path):
    pages = [
        lines("Tinghe Gazette 3 March 2021", f"Pier {word} Opens", *PARAGRAPH)
        for word in ("One", "Two", "Three", "Four")
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    (document,) = read_documents(tmp_path, as_of=date(2022, 1, 1)).to_dict("records")
    assert str(document["date"])[:10] == "2021-03-03"
    assert document["date_precision"] == "day"
    assert "Gazette" not in document["text"]
    assert document["page_lines"] == "4\tTinghe Gazette 3 March 2021"
    removed = clean_corpus(read_documents(tmp_path, as_of=date(2022, 1, 1))).removed
    assert removed[["kind", "text", "n_docs", "n"]].values.tolist() == [
        ["page", "Tinghe Gazette 3 March 2021", 1, 4]
    ]


def test_chinese_lines_join_without_blanks_and_headings_stay():
    text = (
        "会议强调，要深入学习贯彻新发展理念，统筹推进总体布局，协调推进战略布局，坚定不移推动高质量发展，"
        "不断增强人民群众的获得感、幸福感、安全感，奋力谱写新时代振兴新篇章，确保开好局、起好步"
    )
    cut = [text[at : at + 14] for at in range(0, len(text), 14)]
    pages = ["一、回顾\n" + "\n".join(cut[:4]), "\n".join(cut[4:]) + "。\n二、任务"]
    assert join_paragraphs(pages) == f"一、回顾\n{text}。\n二、任务"


def test_lists_tables_and_short_lines_stay_lines():
    names = "\n".join(["Ines Calloway", "Tomas Reyl", "Orla Quist"] * 4)
    assert join_paragraphs([names]) == names
    contents = "\n".join(f"Chapter of the long report {n} ............ {n}" for n in range(9))
    assert join_paragraphs([contents]) == contents
    items = "\n".join(f"- Homes for the elderly in ward {n} are built" for n in range(9))
    assert join_paragraphs([items]) == items


def test_a_word_broken_by_a_hyphen_is_left_to_the_cleaner():
    page = "\n".join(
        [*PARAGRAPH[:5], "it before the end of the year for the inspec-", "tion tour."]
    )
    assert "inspec-\ntion" in join_paragraphs([page])
    assert "inspection tour." in clean_text(join_paragraphs([page]))


def test_a_word_broken_by_a_soft_hyphen_is_whole():
    page = "\n".join(
        [*PARAGRAPH[:5], "it before the end of the year for the inspec\u00ad", "tion."]
    )
    assert "the inspection." in join_paragraphs([page])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab \n1", max_size=30), max_size=6))
def test_no_letter_is_lost_or_made_by_joining(pages):
    joined = join_paragraphs(pages)
    assert "".join(joined.split()) == "".join("".join(pages).split())


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_a_broken_pdf_is_a_document_or_a_verdict(broken, verdicts, report, seed):
    small = pdf(lines("Harbour Report", *PARAGRAPH), lines("Harbour Report", *PARAGRAPH))
    assert len(verdicts(read_pdf, "a.pdf", broken(small if seed % 2 else report, seed))) == 1


def test_a_real_pdf_of_the_project_reads_well():
    shared = Path(__file__).parents[2].parent / "shared" / "look" / "trial-brief.pdf"
    if not shared.exists():
        pytest.skip("the sample brief is not there")
    text = read_pdf("brief.pdf", shared.read_bytes()).text
    assert len(text) > 1000
    assert "\f" not in text
