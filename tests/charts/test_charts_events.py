import numpy as np
import pandas as pd
import pytest

from watchwords.charts import plot_rates, plot_topic_shares
from watchwords.charts.events import mark_events, place_days
from watchwords.errors import SchemaError
from watchwords.events import read_events

YEARS = np.arange("2000", "2010", dtype="datetime64[Y]").astype("datetime64[D]")


def make(*rows):
    table = pd.DataFrame(rows, columns=["date", "date_end", "name", "kind"])
    days = {name: pd.to_datetime(table[name]) for name in ("date", "date_end")}
    return table.assign(**days)


CONGRESS = make(
    ("2002-11-08", "2002-11-14", "16th Congress", "congress"),
    ("2007-10-15", None, "17th Congress", "congress"),
)


def test_days_stand_where_their_period_does():
    days = pd.Series(pd.to_datetime(["2000-01-01", "2004-07-02", "1990-01-01", "2030-01-01", None]))
    places = place_days(days, YEARS, "Y")
    assert places[0] == -0.5
    assert places[1] == pytest.approx(4.0, abs=0.01)
    assert places[2] < -0.5
    assert places[3] > 9.5
    assert np.isnan(places[4])


def test_names_have_letters_and_what_lies_outside_is_left_out():
    outside = make(("1989-06-04", None, "before", "x"), ("2022-10-16", None, "after", "x"))
    marks, entries = mark_events(pd.concat([outside, CONGRESS]), YEARS, "Y")
    assert [mark.letter for mark in marks] == ["a", "b"]
    assert [entry.text for entry in entries] == ["a 16th Congress 2002", "b 17th Congress 2007"]


def test_many_names_go_by_their_kind():
    sessions = make(*[(f"200{i}-03-05", None, f"Two Sessions {i}", "session") for i in range(10)])
    marks, entries = mark_events(sessions, YEARS, "Y")
    assert len(marks) == 10
    assert [entry.text for entry in entries] == ["session (10 times)"]


def test_an_event_that_reaches_beyond_the_axis_is_cut():
    (mark,), _ = mark_events(make(("1999-01-01", "2001-12-31", "war", "")), YEARS, "Y")
    assert mark.left == -0.5
    assert mark.right == pytest.approx(1.5, abs=0.01)


def test_letters_never_overlap_and_every_line_is_drawn(make_rates):
    rates = make_rates(["war"], "2020-01-01", "2026-11-01", "M", n=40)
    days = pd.date_range("2021-01-01", "2021-12-31", freq="30D")
    close = make(*[(str(day.date()), None, f"e{i % 6}", "k") for i, day in enumerate(days)])
    (axes,) = plot_rates(rates, columns=1, width=3.1, events=close).axes
    lines = [line for line in axes.lines if len(set(np.atleast_1d(line.get_xdata()))) == 1]
    assert sum(line.get_color() == "#d5ba83" or line.get_ydata()[0] > 0 for line in lines) >= 1
    letters = [t for t in axes.texts if len(t.get_text()) == 1 and t.get_text() in "abcdef"]
    assert 0 < len(letters) < len(days)


def test_charts_without_events_are_as_before(make_rates):
    rates = make_rates(["war"], "2000-01-01", "2009-01-01", "Y")
    bare, empty = plot_rates(rates), plot_rates(rates, events=CONGRESS.iloc[:0])
    assert bare.get_size_inches().tolist() == empty.get_size_inches().tolist()
    marked = plot_rates(rates, events=CONGRESS)
    assert "a 16th Congress 2002" in [text.get_text() for text in marked.texts]


def test_topics_take_events_too(make_rates):
    rates = make_rates(["war"], "2000-01-01", "2009-01-01", "Y", unit="paragraph")
    figure = plot_topic_shares(rates, labels={}, events=CONGRESS)
    assert "b 17th Congress 2007" in [text.get_text() for text in figure.texts]


@pytest.mark.parametrize("column", ["date", "name"])
def test_a_missing_column_is_told(column):
    with pytest.raises(SchemaError, match=column):
        mark_events(CONGRESS.drop(columns=column), YEARS, "Y")


def test_dates_as_text_are_told():
    with pytest.raises(SchemaError, match="`date_end`"):
        mark_events(CONGRESS.assign(date_end=["a", "b"]), YEARS, "Y")


def test_what_returns_too_often_for_the_axis_is_left_out():
    yearly = make(
        *[(f"{year}-03-05", None, f"session {year}", "session") for year in range(1990, 2020)]
    )
    axis = np.arange("1990", "2020", dtype="datetime64[Y]").astype("datetime64[D]")
    marks, entries = mark_events(pd.concat([yearly, CONGRESS]), axis, "Y")
    assert [entry.text for entry in entries] == ["a 16th Congress 2002", "b 17th Congress 2007"]
    assert len(marks) == 2
    months = np.arange("1990-01", "2000-01", dtype="datetime64[M]").astype("datetime64[D]")
    marks, _ = mark_events(yearly, months, "M")
    assert len(marks) == 10


def test_a_year_in_the_name_is_not_said_twice():
    event = make(("2004-03-05", "2004-03-14", "Two Sessions 2004", "session"))
    months = np.arange("2003-01", "2005-01", dtype="datetime64[M]").astype("datetime64[D]")
    assert [e.text for e in mark_events(event, months, "M")[1]] == ["a Two Sessions 2004 (Mar)"]
    assert [e.text for e in mark_events(event, YEARS, "Y")[1]] == ["a Two Sessions 2004"]


@pytest.mark.parametrize("name", ["china", "us"])
def test_bundled_calendars_are_drawn_as_they_are_read(make_rates, name):
    rates = make_rates(["war"], "1990-01-01", "2019-01-01", "Y")
    drawn = plot_rates(rates, events=read_events(name))
    assert any(text.get_text().startswith("a ") for text in drawn.texts)
