"""What an analyst sees of a corpus: gaps, sources, dates, removals and doubts, in words."""

import json
from dataclasses import asdict

import pandas as pd
import pytest

from watchwords.briefs import (
    accounting_note,
    anachronism_table,
    basis_table,
    calendar_figure,
    copy_table,
    date_table,
    length_table,
    reject_table,
    removed_table,
    source_figures,
    undated_table,
)
from watchwords.briefs.doubts import anachronisms_in_words, lengths_in_words
from watchwords.briefs.gaps import find_gaps, gaps_in_words
from watchwords.briefs.nothing import nothing_judged
from watchwords.briefs.removed import account
from watchwords.briefs.report import read_report
from watchwords.briefs.sources import partial_sources, sources_in_words
from watchwords.briefs.workspace import Workspace
from watchwords.floors import measure_coverage
from watchwords.schema import empty_table

COPY = {"similarity": 0.93, "only_here": "in the east", "only_there": ""}
NO_ROWS = {
    "removed": ["doc_id", "source", "kind", "text", "n_docs", "n", "example"],
    "lengths": ["doc_id", "source", "lang", "unit", "length", "median", "ratio", "n_group"],
    "anachronisms": [
        *("doc_id", "date", "date_precision", "concept_id", "form", "first_use"),
        *("confidence", "start", "end"),
    ],
    "evidence": ["evidence_id", "kind", "item", "doc_id", "start", "sentence", "at"],
    "concepts": ["concept_id", "category"],
}


def dated(days, **columns):
    """Documents of these days, cut to what is known; "" for none."""
    precision = [{10: "day", 7: "month", 4: "year", 0: "none"}[len(day)] for day in days]
    table = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(len(days))]})
    table = table.reindex(columns=empty_table("documents").columns, fill_value="")
    iso = [(day + "-01-01")[:10] if day else None for day in days]
    table["date"] = pd.to_datetime(pd.Series(iso)).astype("datetime64[s]")
    basis = ["date_line" if day else "none" for day in days]
    table = table.assign(date_precision=precision, date_basis=basis, date_text="", lang="en")
    return table.assign(path=table["doc_id"] + ".txt", **columns)


@pytest.fixture
def open_work(tmp_path):
    """Make the workspace of a corpus from its tables, as a computation would leave it."""

    def make(documents, *, freq="M", rejects=None, **tables):
        (tmp_path / "texts").mkdir(exist_ok=True)
        report = tmp_path / "r.yml"
        report.write_text(f"corpus: a corpus\nsource: texts\nfreq: {freq}\n", "utf-8")
        rejects = empty_table("rejects") if rejects is None else rejects
        counted = documents[documents["duplicate_of"] == ""]
        coverage = asdict(measure_coverage(documents, freq))
        meta = {
            "as_of": "2026-11-01",
            "n_inputs": len(documents) + len(rejects),
            "n_rejects": len(rejects),
            "n_later": 0,
            "n_duplicates": len(documents) - len(counted),
            "coverage": coverage,
            "judged": {"en": coverage},
            "langs": {"en": len(counted)},
        }
        (tmp_path / "meta.json").write_text(json.dumps(meta), "utf-8")
        none = {name: pd.DataFrame({column: [] for column in c}) for name, c in NO_ROWS.items()}
        copies = pd.DataFrame({"collapsed": pd.Series([], dtype=bool)})
        every = {"rejects": rejects, "documents": documents, "trends": nothing_judged()}
        for name, table in {**none, "copies": copies, **every, **tables}.items():
            table.to_parquet(tmp_path / f"{name}.parquet")
        return Workspace(read_report(report), tmp_path)

    return make


def months(first, last, n=2):
    return [str(day.date()) for day in pd.date_range(first, last, freq="MS") for _ in range(n)]


def cells(table, column):
    return [row[column] for row in table.rows]


@pytest.mark.parametrize(
    ("days", "freq", "runs"),
    [
        (["2019-02-03", "2019-08-01"], "M", ["Mar 2019 to Jul 2019"]),
        (["2019-02-03", "2019-04-01", "2019-06-01"], "M", ["Mar 2019", "May 2019"]),
        (["1932-12-06", "1934-01-03", "1990-01-01"], "Y", ["1933", "1935–1989"]),
        (["1795-01-01", "1815-01-01"], "10Y", ["1800s"]),
        (["2021-01-04", "2021-01-18"], "W", ["week of 11 Jan 2021"]),
        (["2021-01-04"], "M", []),
        # A year stands in no month: it fills no gap and opens none.
        (["2019", "2020-01-01", "2020-03-01"], "M", ["Feb 2020"]),
        ([""], "M", []),
    ],
)
def test_gaps_are_runs_of_periods_between_the_first_and_the_last(days, freq, runs):
    gaps = find_gaps(dated(days), freq)
    assert [gaps.name(run) for run in gaps.runs] == runs


def test_few_gaps_are_named_and_of_many_the_longest(open_work):
    days = months("2018-01", "2019-02") + months("2019-08", "2020-12")
    assert gaps_in_words(open_work(dated(days))) == (
        "5 of 36 months have no document: Mar 2019 to Jul 2019."
    )
    odd = [day for i, day in enumerate(months("2016-01", "2020-12", n=1)) if i % 3 == 0]
    sparse = gaps_in_words(open_work(dated([*odd, "2016-01-05", "2022-06-01"])))
    assert (
        sparse
        == "57 of 78 months have no document, the longest gap Nov 2020 to May 2022 (19 months)."
    )
    assert gaps_in_words(open_work(dated(months("2018-01", "2019-12")))) == (
        "No month is without a document."
    )


def test_the_calendar_says_its_gaps_to_who_cannot_see_it(open_work):
    work = open_work(dated(months("2018-01", "2019-02") + months("2019-08", "2020-12")))
    figure = calendar_figure(work)
    assert "Mar 2019 to Jul 2019" in figure.alt
    assert figure.place == "front"
    long = open_work(dated([f"{year}-01-05" for year in range(1790, 2026)]), freq="Y")
    assert calendar_figure(long).place == "annex"
    assert calendar_figure(open_work(dated(["2021-01-01"] * 5))) is None


def test_a_source_that_comes_or_goes_is_said_with_its_years(open_work):
    days = months("2018-01", "2023-12")
    sources = ["China Daily" if "2019" <= day < "2022" else "新华网" for day in days]
    work = open_work(dated(days, source=sources))
    assert sources_in_words(work) == (
        "2 sources (China Daily: only 2019–2021). A change of wording may be a change of source."
    )
    (figure,) = source_figures(work)
    assert "China Daily: only 2019–2021" in figure.note
    assert "新华网:" not in figure.note


def test_one_source_or_none_is_no_subject(open_work):
    for source in ("", "新华网"):
        work = open_work(dated(months("2018-01", "2020-12"), source=source))
        assert sources_in_words(work) == ""
        assert source_figures(work) == []


def test_a_rare_source_does_not_begin_late_by_chance():
    days = months("2018-01", "2023-12")
    rare = [("rare" if i in (70, 90) else "common") for i in range(len(days))]
    assert partial_sources(dated(days, source=rare), "source").empty


def test_dates_are_counted_by_what_they_are_known_from(open_work):
    days = [*months("2018-01", "2019-12"), "2020-05", "2020", ""]
    bases = ["date_line"] * 40 + ["file name"] * 9 + ["analyst: told by the office", "none"]
    table = basis_table(open_work(dated(days, date_basis=bases)))
    assert table.rows[0] == ["date line", "40", "", "", "40"]
    assert table.rows[-3:] == [
        ["set by the analyst", "", "", "1", "1"],
        ["no date", "", "", "", "1"],
        ["all", "48", "1", "1", "51"],
    ]
    assert [column["label"] for column in table.columns][1:4] == [
        "to the day",
        "to the month",
        "to the year",
    ]


def test_undated_documents_are_listed_what_is_half_known_first(open_work):
    documents = dated([*months("2018-01", "2019-12"), *[""] * 30])
    documents.loc[60, ["edtf", "date_text"]] = ["XXXX-11-09", "November 9"]
    table = undated_table(open_work(documents))
    assert table.rows[0][2] == "9 November, year not given"
    assert len(table.rows) == 11
    assert table.note.startswith("19 more in data/documents.csv.")
    assert undated_table(open_work(dated(months("2018-01", "2019-12")))) is None


def test_a_few_documents_are_listed_on_the_front_and_a_pile_is_not(open_work):
    few = open_work(dated(["2021-02-03", "", ""]))
    assert len(date_table(few).rows) == 3
    assert accounting_note(few) is None
    assert basis_table(few) is None
    pile = open_work(dated(["2021-02-03", *[""] * 200]))
    assert date_table(pile) is None
    assert len(undated_table(pile).rows) == 10


def test_every_input_is_accounted_for(open_work):
    documents = dated(months("2018-01", "2019-12"))
    documents.loc[5, "duplicate_of"] = "d004"
    rejects = pd.DataFrame(
        {
            "path": [*(f"a{i}.pdf" for i in range(5)), "x\u202ey\n.csv", "long/" * 30 + "end.txt"],
            "row": [0, 0, 0, 0, 0, 12, 0],
            "stage": "read",
            "reason": ["malformed"] * 5 + ["no_text", "empty"],
            "detail": "no page",
        }
    )
    work = open_work(documents, rejects=rejects)
    assert sum(account(work).values()) == work.meta["n_inputs"] == 55
    assert (
        accounting_note(work)
        .paragraphs[0]
        .startswith("55 inputs: 47 counted, 1 copy and 7 not read.")
    )
    table = reject_table(work)
    assert cells(table, 0) == ["malformed", "", "", "empty", "no text"]
    assert cells(table, 1) == ["5", "", "", "1", "1"]
    assert cells(table, 2)[-1] == "x\\u202ey\\n.csv, row 12"
    assert cells(table, 2)[3].endswith("end.txt")
    assert table.note == "All of them are in data/rejects.csv."


def test_removed_lines_are_joined_over_sources_with_an_example(open_work):
    removed = pd.DataFrame(
        {
            "doc_id": "",
            "source": ["新华网", "新华网", "Daily"],
            "kind": "boilerplate",
            "text": ["Home | News", "Share", "Home | News"],
            "n_docs": [3, 40, 2],
            "n": [3, 44, 2],
            "example": ["a.txt", "b.txt", ""],
        }
    )
    work = open_work(dated(months("2018-01", "2019-12")), removed=removed)
    assert removed_table(work).rows == [
        ["Share", "新华网", "b.txt", "40", "44"],
        ["Home | News", "2 sources", "a.txt", "5", "5"],
    ]
    assert "49 lines that pages repeat" in accounting_note(work).paragraphs[0]


def test_copies_show_what_is_needed_to_disagree_doubtful_ones_first(open_work):
    copies = pd.DataFrame(
        [
            {"doc_id": "d1", "copy_of": "d0", "collapsed": True, "reason": "near", **COPY},
            {"doc_id": "d2", "copy_of": "d0", "collapsed": False, "reason": "other issuer", **COPY},
            {"doc_id": "d3", "copy_of": "d0", "collapsed": False, "reason": "excerpt", **COPY},
            *(
                {"doc_id": f"e{i}", "copy_of": "d0", "collapsed": True, "reason": "near"}
                | COPY
                | {"similarity": 0.81 + i / 100}
                for i in range(5)
            ),
        ]
    )
    work = open_work(dated(months("2018-01", "2019-12")), copies=copies)
    table = copy_table(work)
    assert table.title == "Copies: 6 not counted, 2 counted and to review"
    assert table.rows[0] == ["excerpt, to review", "1", "d3", "d0", "", ""]
    row = ["other issuer, to review", "1", "d2", "d0", "0.930", "here “in the east”"]
    assert table.rows[1] == row
    assert [row[:3] for row in table.rows[2:]] == [
        ["near, not counted", "6", "e0"],
        ["", "", "e1"],
        ["", "", "e2"],
    ]
    assert table.note.endswith("3 more in data/copies.csv.")
    said = accounting_note(work).paragraphs[0]
    assert "2 near copies or excerpts are counted, and listed for review." in said


def test_unusual_lengths_are_named_with_the_usual_one(open_work):
    lengths = pd.DataFrame(
        {
            "doc_id": ["d001", "d002", "d003", "d004"],
            "source": "",
            "lang": "en",
            "unit": "words",
            "length": [3000, 2500, 2100, 0],
            "median": 100.0,
            "ratio": [30.0, 25.0, 21.0, 0.0],
            "n_group": 60,
        }
    )
    work = open_work(dated(months("2018-01", "2019-12")), lengths=lengths)
    assert lengths_in_words(work) == (
        "Three documents are very long (d001: 30 times the median, d002: 25 times, 1 more in the "
        "annex), 1 is next to empty."
    )
    assert length_table(work).rows[3][3:] == ["0", "100", "empty"]
    assert length_table(work).rows[0][3:] == ["3,000", "100", "30 times"]
    short = open_work(dated(months("2018-01", "2019-12")), lengths=lengths[3:])
    assert lengths_in_words(short) == "One document is next to empty."


def test_an_early_wording_is_a_doubt_and_a_vague_first_use_only_in_the_annex(open_work):
    found = pd.DataFrame(
        {
            "doc_id": ["d001", "d001", "d002"],
            "date": pd.to_datetime(["2018-01-01", "2018-01-01", "2018-02-01"]),
            "date_precision": "day",
            "concept_id": ["upholds", "upholds", "carbon"],
            "form": ["two upholds", "two upholds", "dual carbon"],
            "first_use": ["2018-09", "2018-09", "2020"],
            "confidence": ["high", "high", "low"],
            "start": [4, 90, 7],
            "end": [15, 101, 18],
        }
    )
    evidence = pd.DataFrame(
        {
            "kind": "concept",
            "item": ["upholds"],
            "doc_id": ["d001"],
            "start": [4],
            "sentence": ["The two upholds."],
            "at": [4],
        }
    )
    days = dated(months("2018-01", "2019-12"))
    work = open_work(days, anachronisms=found, evidence=evidence)
    assert anachronisms_in_words(work).startswith("One document holds a watched wording")
    assert anachronism_table(work).rows == [
        ["“two upholds” (2 times)", "2018-09", "2018-01-01", "d001", "The two upholds."],
        ["“dual carbon”", "about 2020", "2018-02-01", "d002", ""],
    ]
    assert anachronisms_in_words(open_work(days, anachronisms=found[2:])) == ""


def test_what_is_not_there_takes_no_room(open_work):
    work = open_work(dated(months("2018-01", "2019-12")))
    for make in (removed_table, copy_table, reject_table, length_table, anachronism_table):
        assert make(work) is None
    assert lengths_in_words(work) == anachronisms_in_words(work) == ""
