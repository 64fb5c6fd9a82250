import pytest

from watchwords.briefs.fill import find_shrinkable, weigh_pages

FRONT = ("front", "", "", 1, 270.0)


def marks_of(*rows):
    return [dict(zip(("what", "kind", "id", "page", "y"), row, strict=True)) for row in rows]


def block(kind, name, start, end):
    return ("start", kind, name, *start), ("end", kind, name, *end)


FULL = block("note", "full", (1, 23.0), (1, 270.0))
LAST = block("note", "last", (4, 23.0), (4, 200.0))


@pytest.mark.parametrize(
    ("rows", "flaws"),
    [
        ([*FULL, FRONT], 0.0),
        ([*FULL, ("end", "note", "b", 2, 270.0), FRONT], 0.0),
        ([*FULL, ("end", "note", "b", 2, 270.0), ("end", "note", "c", 3, 270.0), FRONT], 10.0),
        ([*FULL, ("front", "", "", 2, 23.0), ("end", "note", "b", 2, 200.0)], 0.0),
        ([*FULL, FRONT, ("end", "note", "b", 2, 60.0)], 1.0),
        ([*FULL, FRONT, ("end", "note", "b", 2, 150.0), *LAST], 1.25),
        ([*FULL, FRONT, *block("table", "t", (2, 60.0), (4, 40.0)), *LAST], 1.0),
        ([*FULL, FRONT, *block("table", "t", (2, 60.0), (4, 80.0)), *LAST], 0.0),
        ([FRONT], 1.0),
    ],
    ids=[
        "one full page",
        "a front of two",
        "a front of three",
        "the end of the front is pushed to the next page",
        "a stub of a last page",
        "half a page empty and one left out",
        "a stub of a table",
        "a table over three pages",
        "an empty brief",
    ],
)
def test_layouts_are_weighed(rows, flaws):
    assert weigh_pages(marks_of(*rows)) == pytest.approx(flaws, abs=0.05)


@pytest.mark.parametrize(
    ("used", "height", "found"),
    [
        (180.0, 100.0, ("row-a", 0.84)),
        (170.0, 100.0, ("row-a", 0.96)),
        (200.0, 100.0, None),
        (260.0, 100.0, None),
    ],
)
def test_a_figure_that_nearly_fits_is_made_smaller(used, height, found):
    rows = [
        *FULL,
        FRONT,
        *block("note", "before", (2, 23.0), (2, used)),
        *block("figures", "row-a", (3, 23.0), (3, 23.0 + height)),
        *LAST,
    ]
    assert find_shrinkable(marks_of(*rows), set()) == found
    assert find_shrinkable(marks_of(*rows), {"row-a"}) is None


def test_the_first_figure_of_the_annex_stays_as_it_is():
    rows = [
        *block("note", "short", (1, 23.0), (1, 170.0)),
        FRONT,
        *block("figures", "row-a", (2, 40.0), (2, 120.0)),
        *LAST,
    ]
    assert find_shrinkable(marks_of(*rows), set()) is None


def test_the_rows_of_a_table_with_a_stub_are_set_closer():
    rows = [*FULL, FRONT, *block("table", "t", (2, 60.0), (3, 40.0)), *LAST]
    assert find_shrinkable(marks_of(*rows), set()) == ("t", 0.6)
    assert find_shrinkable(marks_of(*rows), {"t"}) is None
