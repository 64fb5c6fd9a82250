import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError
from watchwords.read.json import read_json
from watchwords.read.outcomes import Rejected, Source


def read(text, columns=None):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_json("t.json", data, columns or {}))


def summary(found):
    return [(item.row, getattr(item, "reason", None) or item.text) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"text": "a"}, {"body": "b"}]', [(1, "a"), (2, "b")]),
        ('{"data": [{"content": "a"}]}', [(1, "a")]),
        ('{"n": 2, "items": [{"text": "a"}]}', [(1, "a")]),
        ('{"documents": [{"text": "a"}], "text": "whole"}', [(0, "whole")]),
        ('{"title": "t", "text": "a"}', [(0, "a")]),
        ('{"text": "a"}\n{"text": "b"}\n', [(1, "a"), (2, "b")]),
        ('[{"text": "a"}, {"text": "b", "text": "c"}]', [(1, "a"), (2, "malformed")]),
        ('[{"text": NaN}, {"text": "a", "n": Infinity}]', [(1, "malformed"), (2, "malformed")]),
        ('[{"text": "a"}, 3, null, ["x"]]',
         [(1, "a"), (2, "schema"), (3, "schema"), (4, "schema")]),
        ('[{"text": "a"}, {"text": {"x": 1}}, {"text": [[1]]}, {"text": true}]',
         [(1, "a"), (2, "schema"), (3, "schema"), (4, "schema")]),
        ('[{"text": 2021}, {"text": null}, {"text": ["a", "b"]}]',
         [(1, "2021"), (2, "no_text"), (3, "a\nb")]),
        ('[{"text": "a"}, {"text": "b" oops}, {"text": "c"}]',
         [(1, "a"), (2, "malformed"), (3, "c")]),
        ('[{"text": "a"}, {"text": "b', [(1, "a"), (2, "malformed")]),
        ('{"data": [{"text": "a"}, {"text": }]}', [(1, "a"), (2, "malformed")]),
        ('[{"text": "a [{"}, {"text": "\\"]}" x}, {"text": "c"}]',
         [(1, "a [{"), (2, "malformed"), (3, "c")]),
        ('[{"text": "a"}, {"text": "b", "n": ' + "[" * 70 + "]" * 70 + "}]",
         [(1, "a"), (2, "nesting")]),
        ('[{"text": "a"}, ' + "[" * 9999 + "]" * 9999 + "]", [(1, "a"), (2, "nesting")]),
    ],
)  # fmt: skip
def test_rows_and_their_faults(text, expected):
    assert summary(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"), ("3", "schema"), ("[]", "no_text"), ("{", "malformed"),
        ("[" * 9999, "nesting"),
        ('{"text": "a", "text": "b"}', "malformed"), (b"[\xff\x00\x81", "encoding"),
        ('{"text": " "}', "no_text"),
    ],
)  # fmt: skip
def test_files_that_are_no_documents(verdicts, text, reason):
    data = text if isinstance(text, bytes) else text.encode()
    assert verdicts(read_json, "t.json", data, {}) == [reason]


def test_a_table_without_texts_is_a_mistake_of_the_table():
    with pytest.raises(SchemaError, match="no column `text`"):
        read('[{"speech": "a"}, {"speech": "b"}]')
    assert summary(read('[{"speech": "a"}]', {"text": "speech"})) == [(1, "a")]


def test_numbers_stay_the_digits_they_are_written_in():
    (found,) = read(
        '[{"text": "a", "n": 1.50, "id": 12345678901234567890, "x": {"b": 1, "a": [null]}}]'
    )
    assert found.fields == {
        "n": "1.50",
        "id": "12345678901234567890",
        "x": '{"b": 1, "a": [null]}',
    }
    assert found.path == "t.json#1"


def test_half_characters_and_nul_are_replaced_and_noted():
    (found,) = read('[{"text": "a\\ud800b", "title": "x\\u0000y"}]')
    assert (found.text, found.fields["title"]) == ("a\ufffdb", "xy")
    assert [code for code, _ in found.notes] == ["control_chars"]


def test_one_object_has_the_hash_of_its_file_and_keeps_its_name():
    (found,) = read('{"text": "a"}')
    assert (found.path, found.row, len(found.sha256)) == ("t.json", 0, 64)
    with pytest.raises(Rejected, match="schema") as verdict:
        read('{"text": {"x": "a"}}')
    assert verdict.value.reason == "schema"


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["text", "body", "title", "n", ""]), VALUES)))
def test_any_json_is_rows_or_a_verdict(verdicts, rows):
    found = verdicts(read_json, "t.json", json.dumps(rows).encode(), {})
    assert found in (["schema"], ["no_text"]) or len(found) == len(rows)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_broken_json_is_rows_or_a_verdict(broken, verdicts, seed):
    rows = [{"title": "a", "text": "The council met", "n": {"x": [1, 2.5, None]}}] * 4
    data = json.dumps(rows if seed % 2 else {"data": rows}).encode()
    assert verdicts(read_json, "t.json", broken(data, seed), {})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1), max_size=6))
def test_texts_come_back_as_they_were_written(texts):
    kept = [text for text in texts if any(map(str.isalnum, text))]
    kept = [text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n") for text in kept]
    if not kept:
        return
    found = read(json.dumps([{"text": text} for text in kept]))
    assert [item.text for item in found if isinstance(item, Source)] == kept
