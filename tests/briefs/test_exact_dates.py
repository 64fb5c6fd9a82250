"""Dates are printed as exactly as they are known, in tables, sentences and CSV files."""

from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.assemble import long_span, span_of
from watchwords.briefs.csv_files import exactly_dated
from watchwords.briefs.lists import seen_label, seen_table
from watchwords.briefs.watched import concept_table
from watchwords.charts import plot_first_seen

DAYS = pd.to_datetime(["2016-01-01", "2017-03-01"]).astype("datetime64[s]")
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "lang": "en",
        "date": DAYS,
        "date_precision": ["year", "month"],
        "duplicate_of": "",
    }
)
SEEN = {
    "first_seen": DAYS[0],
    "last_seen": DAYS[1],
    "first_precision": "year",
    "last_precision": "month",
}


def desk(**more):
    summary = {"concept_id": "x", "lang": "en", "label": "X", "n_docs": 2, "n_docs_total": 9}
    summary |= {"forms": [{"form": "x", "n": 2}], "first_doc": "a", "last_doc": "b"}
    judged = {"item": "x", "kind": "concept", "lang": "en", "label": "X", "n_docs": 2}
    judged |= {"k_early": 1, "n_early": 9, "k_late": 1, "n_late": 9, "q_value": 0.5}
    judged |= {"variant_of": "", "ignored": False}
    return SimpleNamespace(
        **{
            "report": SimpleNamespace(freq="M", nouns="notices", noun="notice", chart_freq="Y"),
            "documents": DOCUMENTS,
            "counted": DOCUMENTS,
            "summary": pd.DataFrame([summary]).assign(first_seen=DAYS[0], last_seen=DAYS[1]),
            "trends": pd.DataFrame([judged | SEEN]),
            "meta": {"langs": {"en": 2}},
            "coverage": SimpleNamespace(n_periods=4),
            "rung": "occurrences",
            **more,
        }
    )


def test_a_year_is_not_printed_as_its_first_day_in_the_table_of_concepts():
    assert concept_table(desk()).rows[0][-2:] == ["2016", "2017-03"]


def test_a_year_is_not_printed_as_its_first_day_where_no_direction_is_given():
    assert seen_table(desk(rung="seen")).rows[0][-2:] == ["2016", "March 2017"]


@pytest.mark.parametrize(
    ("freq", "precision", "printed"),
    [
        ("M", "day", "Mar 2016"),
        ("M", "year", "2016"),
        ("W", "month", "Mar 2016"),
        ("W", "day", "2016-03-05"),
    ],
)
def test_a_find_is_printed_no_finer_than_it_is_known(freq, precision, printed):
    assert seen_label(pd.Timestamp("2016-03-05"), freq, precision) == printed


def test_the_span_of_a_corpus_begins_with_a_year_where_no_day_is_known():
    assert long_span(desk()) == "2016 to March 2017"
    assert span_of(desk()) == "2016–2017"


def test_csv_files_print_what_is_known():
    summary = exactly_dated(desk().summary, DOCUMENTS)
    assert summary[["first_seen", "last_seen"]].iloc[0].tolist() == ["2016", "2017-03"]
    trends = exactly_dated(desk().trends, DOCUMENTS)
    assert trends[["first_seen", "last_seen"]].iloc[0].tolist() == ["2016", "2017-03"]
    assert exactly_dated(DOCUMENTS, DOCUMENTS)["date"].tolist() == ["2016", "2017-03"]
    events = pd.DataFrame({"date": DAYS, "name": "x"})
    pd.testing.assert_frame_equal(exactly_dated(events, DOCUMENTS), events)


def test_the_chart_of_first_finds_names_years_where_no_month_is_known():
    table = pd.DataFrame([{"label": "X", "n_docs": 2, "first_use": "2015", **SEEN}])
    written = {text.get_text() for text in plot_first_seen(table, coverage_start=DAYS[0]).texts}
    assert {"2015", "2016", "Mar 2017"} <= written
    assert "Jan 2015" not in written
