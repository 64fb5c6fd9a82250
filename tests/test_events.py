"""Calendars: what ships is well formed and right where a reader can check."""

import re

import pandas as pd
import pytest

import watchwords as ww
from watchwords.errors import ReportError, SchemaError
from watchwords.events import CALENDARS, COLUMNS


def own(tmp_path, text):
    path = tmp_path / "events.csv"
    path.write_text(text, "utf-8-sig")
    return path


@pytest.mark.parametrize("name", CALENDARS)
def test_a_bundled_calendar_is_dated_named_and_sourced(name):
    events = ww.read_events(name)
    assert tuple(events.columns) == COLUMNS
    assert events["date"].is_monotonic_increasing
    assert (events[["name", "kind", "source"]] != "").all(axis=None)
    assert not events["name"].duplicated().any()
    lasting = (events["date_end"] - events["date"]).dt.days
    assert (lasting.dropna() > 0).all()
    assert (lasting[events["kind"] != "war"].dropna() < 60).all()


@pytest.mark.parametrize("name", CALENDARS)
def test_a_source_says_of_which_day_it_is(name):
    for _, row in ww.read_events(name).iterrows():
        first = f"{row['date'].day}–|{row['date'].day} {row['date'].month_name()}"
        assert re.search(first, row["source"]), row["source"]
        assert str(row["date"].year) in row["source"]
    assert not ww.read_events(name)["source"].duplicated().any()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20th Party Congress", "2022-10-16"),
        ("3rd plenum of the 11th Central Committee", "1978-12-18"),
        ("6th plenum of the 19th Central Committee", "2021-11-08"),
        ("Two Sessions 2020", "2020-05-22"),
        ("Central Economic Work Conference 2012", "2012-12-15"),
    ],
)
def test_dates_of_china_that_are_known(name, day):
    assert ww.read_events("china").set_index("name").loc[name, "date"] == pd.Timestamp(day)


def test_every_two_sessions_is_there_and_no_plenum_lies_in_another_congress_term():
    events = ww.read_events("china").set_index("name")
    years = events[events["kind"] == "Two Sessions"]["date"].dt.year
    assert years.tolist() == list(range(1978, 2027))
    congress = events[events["kind"] == "Party congress"]
    for name, row in events[events["kind"] == "plenum"].iterrows():
        term = name.split(" of the ")[1].split()[0]
        begun = congress[congress["date_end"] < row["date"]]
        assert begun.index[-1] == f"{term} Party Congress", name


def test_elections_are_on_tuesdays_every_four_years_and_inaugurations_on_their_day():
    events = ww.read_events("us")
    election = events[events["kind"] == "election"]["date"]
    assert election.dt.year.tolist() == [1789, *range(1792, 2025, 4)]
    modern = election[election.dt.year >= 1848]
    assert (modern.dt.day_of_week == 1).all()
    assert modern.dt.day.between(2, 8).all()
    oath = events[events["name"].str.startswith("inauguration")]["date"]
    assert oath.dt.year.tolist() == list(range(1789, 2026, 4))
    assert (oath[oath.dt.year >= 1937].dt.day.isin([20, 21])).all()


def test_own_events_may_have_only_days_and_names(tmp_path):
    events = ww.read_events(own(tmp_path, "name,date\nmove of the office,2024-05-01\n"))
    assert events["name"].tolist() == ["move of the office"]
    assert events["date_end"].isna().all()
    assert events["kind"].tolist() == [""]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,name\n2024-05-01,a\n", "no column `date`"),
        ("date,name\n2024-13-01,a\n", "row 2, column `date`"),
        ("date,name\nMay 2024,a\n", "is not a day, as 2022-10-16"),
        ("date,name\n2024-05-01,\n", "column `name`: is empty"),
        ("date,date_end,name\n2024-05-02,2024-05-01,a\n", "lies before"),
        ("date,name\n2024-05-01,a,b\n", "more values than columns"),
        ("date,name\n", "no rows"),
    ],
)
def test_what_is_wrong_in_own_events_is_told(tmp_path, text, message):
    with pytest.raises(SchemaError, match=message):
        ww.read_events(own(tmp_path, text))


def test_an_unknown_calendar_is_told_with_the_known_ones():
    with pytest.raises(ReportError, match="china"):
        ww.read_events("chine")
