"""Files in archives: read in memory, under limits, by the same rules as on disk."""

import gzip
import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.read import limits, read_corpus
from watchwords.read.archives import list_members
from watchwords.read.files import Read, Task, read_file
from watchwords.read.outcomes import REASONS, Rejected, Rejection
from watchwords.read.readers import FORMATS, check_content, find_content, format_of
from watchwords.read.records import Options, Record


def zipped(files, *, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def outcomes(tmp_path, name, data):
    """What became of a file: path to "ok" or the reason."""
    (tmp_path / name).write_bytes(data)
    events = list(read_file(Task(name, str(tmp_path / name)), tmp_path, Options()))
    assert isinstance(events[-1], Read)
    found = {}
    for event in events:
        if isinstance(event, Record):
            found[event.fields["path"]] = "ok"
        elif isinstance(event, Rejection):
            assert event.reason in REASONS
            assert event.detail
            found[event.path] = event.reason
    return found


def test_texts_and_tables_in_a_zip_are_documents_under_the_archive_s_name(tmp_path):
    inner = zipped([("deep.txt", "Ropes hold.")])
    data = zipped(
        [
            ("2019/a.txt", "Nets hold."),
            ("rows.csv", "text\nWells\nTides\n"),
            ("b.txt.gz", gzip.compress(b"Oil burns.")),
            ("c.zip", inner),
            ("2019/", ""),
            (".hidden.txt", "No."),
            ("__MACOSX/a.txt", "No."),
            ("picture.png", "x"),
            ("empty.txt", ""),
        ]
    )
    assert outcomes(tmp_path, "a.zip", data) == {
        "a.zip/2019/a.txt": "ok",
        "a.zip/rows.csv#1": "ok",
        "a.zip/rows.csv#2": "ok",
        "a.zip/b.txt.gz/b.txt": "ok",
        "a.zip/c.zip/deep.txt": "ok",
        "a.zip/picture.png": "unsupported",
        "a.zip/empty.txt": "empty",
    }
    documents = read_corpus(tmp_path).documents
    assert "a.zip/2019/a.txt" in set(documents["doc_id"])
    assert (tmp_path.iterdir().__next__().name, len(list(tmp_path.iterdir()))) == ("a.zip", 1)


def test_a_gz_holds_one_file_of_any_number_of_parts(tmp_path):
    data = gzip.compress(b"Ropes ") + gzip.compress(b"hold.")
    assert outcomes(tmp_path, "a.txt.gz", data) == {"a.txt.gz/a.txt": "ok"}
    assert read_corpus(tmp_path).documents["text"].tolist() == ["Ropes hold."]


def odd_name(name, *, mode=0, locked=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "Ropes hold.")
        archive.writestr("good.txt", "Nets hold.")
    data = out.getvalue()
    if locked:
        at = data.index(b"PK\x01\x02") + 8
        data = data[:at] + struct.pack("<H", 1) + data[at + 2 :]
    return data


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("../out.txt", {}, "outside_root"),
        ("a/../../out.txt", {}, "outside_root"),
        ("/etc/out.txt", {}, "outside_root"),
        ("C:\\out.txt", {}, "outside_root"),
        ("a\n\x1b[2J.txt", {}, "bad_name"),
        ("link.txt", {"mode": stat.S_IFLNK | 0o777}, "not_regular"),
        ("locked.txt", {"locked": True}, "encrypted"),
    ],
)
def test_a_member_that_leads_out_or_is_no_file_is_rejected_and_the_rest_read(
    tmp_path, name, options, reason
):
    found = outcomes(tmp_path, "a.zip", odd_name(name, **options))
    assert sorted(found.values()) == sorted(["ok", reason])
    assert found["a.zip/good.txt"] == "ok"
    assert all(path.isprintable() for path in found)


def test_a_name_that_occurs_twice_is_rejected_the_second_time(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a.txt", "Ropes."), ("a.txt", "Nets.")])
    assert outcomes(tmp_path, "a.zip", data) == {
        "a.zip/a.txt": "ok",
        "a.zip/a.txt (1)": "malformed",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_of_old_archives_are_read_as_utf8_or_gb18030(tmp_path, encoding):
    # As old programs wrote them: the bytes themselves, and no flag that says what they are.
    raw = "会议.txt".encode(encoding)
    data = zipped([("x" * len(raw), "Ropes.")]).replace(b"x" * len(raw), raw)
    assert outcomes(tmp_path, "a.zip", data) == {"a.zip/会议.txt": "ok"}


def test_bombs_are_told_before_they_swell(tmp_path, monkeypatch):
    swelling = b"A" * 3_000_000
    assert outcomes(tmp_path, "a.zip", zipped([("a.txt", swelling), ("b.txt", "Nets.")])) == {
        "a.zip/a.txt": "bomb",
        "a.zip/b.txt": "ok",
    }
    assert outcomes(tmp_path, "a.txt.gz", gzip.compress(swelling)) == {"a.txt.gz/a.txt": "bomb"}
    many = zipped([(f"{at}.txt", "") for at in range(limits.MAX_MEMBERS + 1)])
    assert outcomes(tmp_path, "m.zip", many) == {"m.zip": "bomb"}
    monkeypatch.setattr("watchwords.read.archives.MAX_INFLATED_BYTES", 20)
    data = zipped([("a.txt", "x" * 15), ("b.txt", "y" * 15), ("c.txt", "Oil")])
    assert outcomes(tmp_path, "s.zip", data) == {
        "s.zip/a.txt": "ok", "s.zip/b.txt": "bomb", "s.zip/c.txt": "bomb",
    }  # fmt: skip


def test_an_archive_in_an_archive_in_an_archive_is_not_opened(tmp_path):
    deepest = zipped([("d.txt", "Ropes.")])
    data = zipped([("b.zip", zipped([("c.zip", deepest), ("e.txt", "Nets.")]))])
    assert outcomes(tmp_path, "a.zip", data) == {
        "a.zip/b.zip/c.zip": "nesting",
        "a.zip/b.zip/e.txt": "ok",
    }


def test_damage_costs_the_member_or_the_archive(tmp_path):
    whole = zipped([("a.txt", "Ropes hold. " * 9), ("b.txt", "Nets.")], method=zipfile.ZIP_STORED)
    broken = whole.replace(b"Ropes", b"Hopes", 1)
    assert outcomes(tmp_path, "a.zip", broken) == {
        "a.zip/a.txt": "malformed",
        "a.zip/b.txt": "ok",
    }
    assert outcomes(tmp_path, "b.zip", whole[:40]) == {"b.zip": "malformed"}
    assert outcomes(tmp_path, "c.txt.gz", gzip.compress(b"Ropes" * 9)[:-9]) == {
        "c.txt.gz/c.txt": "malformed"
    }


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_bytes_of_an_archive_end_in_members_or_a_verdict(data):
    whole = bytearray(zipped([("a.txt", "Ropes hold. " * 30), ("b/c.csv", "text\nNets\n")]))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    reasons = []
    try:
        for member in list_members("a.zip", bytes(whole)):
            try:
                member.load(10_000)
            except Rejected as verdict:
                reasons.append(verdict.reason)
    except Rejected as verdict:
        reasons.append(verdict.reason)
    assert set(reasons) <= set(REASONS)


CONTENTS = {
    "pdf": b"%PDF-1.4\nx",
    "zip": b"PK\x03\x04x",
    "gzip": b"\x1f\x8bx",
    "parquet": b"PAR1x",
    "html": b"\xef\xbb\xbf\n <!DOCTYPE HTML><p>x",
    "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x",
    "picture": b"\x89PNGx",
    "rtf": b"{\\rtf1 x",
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("content", CONTENTS)
def test_ending_and_content_decide_together(ending, content):
    data = CONTENTS[content]
    assert find_content(data) == content
    expected = FORMATS[ending].content
    if content == expected:
        check_content(f"a{ending}", data, expected)
        return
    with pytest.raises(Rejected) as caught:
        check_content(f"a{ending}", data, expected)
    assert caught.value.reason == "mismatch"


def test_a_locked_office_file_is_told_from_an_old_one():
    data = CONTENTS["office"] + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Rejected) as caught:
        check_content("a.docx", data, "zip")
    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize("name", ["a.TXT", "A/b.Html", "x.y.docx", "会议.pdf"])
def test_endings_of_any_case(name):
    assert format_of(name) is not None


@pytest.mark.parametrize("name", ["txt", "a/.txt", "a.txt/b", "a.", "a.tar"])
def test_what_has_no_known_ending(name):
    assert format_of(name) is None
