"""Broken files made from good ones, for every format that is not ours to trust."""

import random
import re
import zipfile
from io import BytesIO

import pytest

from watchwords.errors import SchemaError
from watchwords.read.outcomes import Rejected, Rejection, Source

PIECES = (
    b"\0", b"\xff\xfe", b"<", b">", b'"', b"[", b"}", b"-1", b"9" * 20, b"NaN", b"&#0;",
    b"\xed\xa0\x80", b"endobj", b"stream", b"<<", b"null", b"<table>", b"<div " * 20, b"<!--",
    b"\\ud800", b"1 0 R", b"[" * 300, b"<script>", b"<!DOCTYPE x>",
)  # fmt: skip
TOKENS = rb"(<[^<>]*>|\d+ \d+ obj|endobj|endstream|stream|<<|>>|[\[\]{},:]|\s+)"


def swap_tokens(chance: random.Random, data: bytes) -> bytes:
    """Swap, drop and repeat the tokens of a format: its tags, objects, brackets."""
    parts = [part for part in re.split(TOKENS, data) if part]
    for _ in range(chance.choice((1, 2, 5, 20))):
        if len(parts) < 3:
            break
        one, two = chance.randrange(len(parts)), chance.randrange(len(parts))
        kind = chance.randrange(4)
        if kind == 0:
            parts[one], parts[two] = parts[two], parts[one]
        elif kind == 1:
            del parts[one]
        elif kind == 2:
            parts[one:one] = [parts[two]] * chance.choice((1, 2, 50))
        else:
            parts[one] = change_bytes(chance, parts[one])
    return b"".join(parts)


def change_bytes(chance: random.Random, data: bytes) -> bytes:
    """Flip, drop, repeat and insert bytes without knowing what they mean."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if not changed:
            break
        at, length = chance.randrange(len(changed)), chance.choice((1, 2, 8, 100))
        kind = chance.randrange(5)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[at:at] = chance.choice(PIECES)
        elif kind == 2:
            del changed[at : at + length]
        elif kind == 3:
            changed[at:at] = changed[max(0, at - length) : at]
        elif chance.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def change_parts(chance: random.Random, data: bytes) -> bytes:
    """Change parts of a zip file, and pack it well again."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        hit = set(chance.sample(names, chance.choice((1, 2)))) | {
            name for name in names if name.endswith(("document.xml", "sheet1.xml"))
        }
        for name in names:
            part = old.read(name)
            if name in hit and chance.random() < 0.6:
                part = move_elements(chance, part)
            new.writestr(name, part)
    return out.getvalue()


def move_elements(chance: random.Random, part: bytes) -> bytes:
    """Move, drop, rename and fill elements of an XML part, which stays XML."""
    from lxml import etree

    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return change_bytes(chance, part)
    for _ in range(chance.choice((1, 3, 9))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, two = chance.choice(elements), chance.choice(elements)
        kind = chance.randrange(5)
        if kind == 0 and one is not root:
            one.getparent().remove(one)
        elif kind == 1:
            one.tag = two.tag
        elif kind == 2 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(("", "-1", "9" * 12, "x", "Z9")))
        elif kind == 3:
            one.text = chance.choice(("", "-1", "1e999", "NaN", "2021-02-03T99", "x" * 999))
        elif kind == 4 and one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
    return etree.tostring(root)


@pytest.fixture(scope="session")
def broken():
    """Break a good file in a way that its seed decides."""

    def make(data: bytes, seed: int) -> bytes:
        chance = random.Random(seed)
        if seed % 3 == 0:
            return change_bytes(chance, data)
        if data.startswith(b"PK"):
            return change_parts(chance, data)
        return swap_tokens(chance, data)

    return make


@pytest.fixture(scope="session")
def verdicts():
    """Read a file and say what came of it; anything but a document or a verdict is a failure."""

    def read(reader, *arguments) -> list[str]:
        try:
            found = reader(*arguments)
            outcomes = [found] if isinstance(found, Source) else list(found)
        except Rejected as verdict:
            return [verdict.reason]
        except SchemaError:
            return ["schema"]
        assert all(isinstance(item, Source | Rejection) for item in outcomes)
        assert len({(item.path, item.row) for item in outcomes}) == len(outcomes)
        for item in outcomes:
            if isinstance(item, Source):
                assert any(map(str.isalnum, item.text))
                for value in (item.text, *item.fields, *item.fields.values()):
                    assert "\0" not in value
                    value.encode("utf-8")
        return ["ok" if isinstance(item, Source) else item.reason for item in outcomes]

    return read
