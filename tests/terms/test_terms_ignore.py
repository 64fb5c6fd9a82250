import pandas as pd
import pytest

from watchwords.errors import SchemaError
from watchwords.terms import ignored, read_ignore


def table(*rows):
    return pd.DataFrame(rows, columns=["term", "kind", "note"], dtype="str")


def mask(items, ignore):
    return ignored(pd.DataFrame({"item": items}), ignore).tolist()


@pytest.mark.parametrize(
    ("row", "item", "expected"),
    [
        (("hoover", "name", ""), "hoover", True),
        (("hoover", "name", ""), "hoover dam", True),
        (("hoover", "name", ""), "hooverville", False),
        (("van buren", "name", ""), "president van buren", True),
        (("van buren", "name", ""), "van", False),
        (("july", "date", ""), "act of july", True),
        (("capitol", "place", ""), "capitol", True),
        (("capitol", "place", ""), "capitol hill police", False),
        (("pointed out", "frame", ""), "pointed", True),
        (("pointed out", "frame", ""), "points", False),
        (("the meeting stressed", "frame", ""), "meeting stressed", True),
        (("Mr. Speaker", "address", ""), "mr speaker", False),
        (("Vice-President", "office", ""), "vice president", True),
        (("Xi Jinping", "name", ""), "xi jinping thought", True),
    ],
)
def test_a_row_takes_the_terms_it_means(row, item, expected):
    assert mask([item], table(row)) == [expected]


def test_watched_concepts_are_never_ignored():
    items = pd.DataFrame({"item": ["july", "july"], "kind": ["concept", "term"]})
    assert ignored(items, table(("july", "date", ""))).tolist() == [False, True]


def test_an_empty_list_ignores_nothing():
    assert mask(["july", "war"], table()) == [False, False]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("fellow citizens", False),
        ("mr speaker", True),
        ("january", True),
        ("presided", True),
        ("enlarged meeting", True),
        ("reagan", True),
        ("monroe doctrine", False),
        ("soviet union", False),
        ("treasury", False),
        ("secretary of the treasury", True),
        ("nuclear weapons", False),
        ("consideration", False),
        ("year", False),
        ("congress", False),
    ],
)
def test_the_bundled_list_hides_names_and_frames_but_no_subject(item, expected):
    assert mask([item], read_ignore()) == [expected]


def test_the_bundled_list_has_no_row_twice():
    bundled = read_ignore()
    assert not bundled["term"].duplicated().any()
    assert set(bundled["kind"]) == {"address", "date", "frame", "name", "office", "place"}


def test_an_own_list_replaces_the_bundled_one(tmp_path):
    path = tmp_path / "ignore.csv"
    path.write_text("\ufeffterm,kind,note\nwar,frame,mine\n", encoding="utf-8")
    own = read_ignore(path)
    assert own.to_dict("list") == {"term": ["war"], "kind": ["frame"], "note": ["mine"]}
    assert mask(["war", "january"], own) == [True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("term,note\nwar,\n", "has no column `kind`"),
        ("term,kind,note\nwar,frame,\nx,nane,\n", "line 3 .* 'nane'; did you mean `name`"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path, text, message):
    path = tmp_path / "ignore.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        read_ignore(path)
