from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from watchwords.charts import colour_of, plot_calendar
from watchwords.errors import SchemaError, TooFewDocumentsError


def cells(figure):
    """Left and upper edge and face of every cell."""
    (drawn,) = [c for c in figure.axes[0].collections if type(c).__name__ == "PolyCollection"]
    faces = [to_hex(face) for face in drawn.get_facecolors()]
    corners = [path.vertices.min(axis=0) for path in drawn.get_paths()]
    return [(x, y, face) for (x, y), face in zip(corners, faces, strict=True)]


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def key(figure):
    return " ".join(text.get_text() for text in figure.texts)


def made(days, precision="day"):
    return pd.DataFrame(
        {
            "date": pd.to_datetime(pd.Series(days)),
            "date_precision": precision,
            "duplicate_of": "",
        }
    )


def test_a_cell_for_each_period_and_gaps_are_marked(documents):
    figure = plot_calendar(documents, freq="M")
    faces = [face for _, _, face in cells(figure)]
    assert len(faces) == 7
    assert [face == colour_of("gap") for face in faces] == [False] * 2 + [True] * 3 + [False] * 2
    assert "none: 3 of 7 months" in key(figure)
    # In January two, in February, June and July one each; the one of the year stands apart.
    assert [word for word in words(figure) if word in {"1", "2"}] == ["2", "1", "1", "1", "1"]


def test_documents_dated_more_coarsely_and_not_at_all_stand_apart(documents):
    figure = plot_calendar(documents, freq="M")
    assert "year only" in words(figure)
    assert "1 document dated, but not to the month" in key(figure)
    assert "not shown: 1 document undated" in key(figure)


def test_a_coarse_date_outside_the_span_has_its_row():
    table = pd.concat([made(["2021-05-01"]), made(["2019-01-01"], "year")], ignore_index=True)
    assert [word for word in words(plot_calendar(table, freq="M")) if len(word) == 4] == [
        "2019",
        "2020",
        "2021",
    ]


def test_unfinished_period_is_hollow(documents):
    faces = [face for _, _, face in cells(plot_calendar(documents, freq="M"))]
    assert "#ffffff" not in faces
    figure = plot_calendar(documents, freq="M", as_of=date(2021, 7, 30))
    assert [face for _, _, face in cells(figure)][-1] == "#ffffff"
    assert "month not over yet" in key(figure)


@pytest.mark.parametrize(
    ("freq", "days", "rows", "n_cells"),
    [
        ("M", ["2021-03-01", "2021-03-09"], ["2021"], 1),
        ("Q", ["2019-02-01", "2021-12-31"], ["2019", "2020", "2021"], 12),
        ("Y", ["1790-01-08", "1812-02-24"], ["1790s", "1800s", "1810s"], 23),
        ("10Y", ["1790-01-08", "2026-02-24"], ["1700", "1800", "1900", "2000"], 24),
        ("5Y", ["1999-01-08", "2026-02-24"], ["1950", "2000"], 7),
        ("W", ["2020-12-28", "2021-01-04"], ["2020", "2021"], 2),
    ],
)
def test_rows_are_years_decades_or_ten_periods(freq, days, rows, n_cells):
    figure = plot_calendar(made(days), freq=freq)
    assert [word for word in words(figure) if word in rows] == rows
    assert len(cells(figure)) == n_cells


def test_a_week_stands_in_the_year_of_its_thursday():
    # Monday 28 December 2020 opens the 53rd week of 2020, Monday 4 January the first of 2021.
    (last, first) = cells(plot_calendar(made(["2020-12-28", "2021-01-04"]), freq="W"))
    assert last[0] > first[0]
    assert last[1] < first[1]


def test_a_long_calendar_breaks_into_blocks_and_keeps_every_cell():
    days = pd.date_range("1790-01-01", "2025-12-31", freq="YS")
    figure = plot_calendar(made(days), freq="Y", height=2.2)
    assert len(cells(figure)) == 236
    assert len({(round(x, 3), round(y, 3)) for x, y, _ in cells(figure)}) == 236
    assert words(figure).count("0") == 2
    assert figure.get_size_inches()[1] < 3


def test_more_documents_are_darker():
    table = made(["2021-01-01"] + ["2021-02-01"] * 9 + ["2021-03-01"] * 90)
    light = [
        sum(int(f[i : i + 2], 16) for i in (1, 3, 5))
        for _, _, f in cells(plot_calendar(table, freq="M"))
    ]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == 3


def test_numbers_that_do_not_fit_are_left_out():
    weeks = made(
        [d for d in pd.date_range("2021-01-04", "2021-12-27", freq="7D") for _ in range(120)]
    )
    assert "120" not in words(plot_calendar(weeks, freq="W"))
    assert "120" in words(plot_calendar(weeks[weeks["date"] < "2021-01-11"], freq="Y"))


def test_table_is_not_changed(documents):
    before = documents.copy(deep=True)
    plot_calendar(documents, freq="M")
    pd.testing.assert_frame_equal(documents, before)


def test_wrong_input_is_told(documents):
    with pytest.raises(SchemaError, match="no column `duplicate_of`"):
        plot_calendar(documents.drop(columns="duplicate_of"), freq="M")
    with pytest.raises(TooFewDocumentsError, match="none of 7 documents has a date"):
        plot_calendar(documents.assign(date=np.datetime64("NaT", "s")), freq="M")
