import pandas as pd
import pytest

from watchwords.concepts import find_anachronisms


def concepts(first_use, confidence="high"):
    return pd.DataFrame(
        {
            "concept_id": ["upholds"],
            "lang": ["en"],
            "form": ["two upholds"],
            "first_use": [first_use],
            "first_use_confidence": [confidence],
        }
    )


def documents(*days):
    """Documents dated as ISO texts, cut to what is known; "" for nothing."""
    precision = [{10: "day", 7: "month", 4: "year", 0: "none"}[len(day)] for day in days]
    return pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(len(days))],
            "date": pd.to_datetime([(day + "-01-01")[:10] if day else None for day in days]),
            "date_precision": precision,
            "duplicate_of": "",
        }
    )


def hits(n, **columns):
    table = {"start": 4, "end": 15, "concept_id": "upholds", "form": "Two Upholds", "rule": "exact"}
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(n)], **table, **columns})


@pytest.mark.parametrize(
    ("day", "first_use", "early"),
    [
        ("2017-12-31", "2018", True),
        ("2018-01-01", "2018", False),
        ("2018-12-31", "2018", False),
        ("2018-02-28", "2018-03", True),
        ("2018-03-01", "2018-03", False),
        ("2018-03-19", "2018-03-20", True),
        ("2018-03-20", "2018-03-20", False),
        # A document of March may be of the 31st, one of the year of its last day.
        ("2018-03", "2018-03-20", False),
        ("2018-02", "2018-03-20", True),
        ("2018", "2018-12-31", False),
        ("2017", "2018", True),
        ("", "2018", False),
        ("2001-01-01", "", False),
    ],
)
def test_only_what_is_earlier_than_the_whole_period_is_doubted(day, first_use, early):
    found = find_anachronisms(hits(1), documents(day), concepts(first_use))
    assert len(found) == int(early)


def test_a_row_has_what_a_reader_needs_to_look_it_up():
    found = find_anachronisms(hits(1), documents("2017-05-01"), concepts("2018", "low"))
    (row,) = found.to_dict("records")
    assert row == {
        "doc_id": "d0",
        "date": pd.Timestamp("2017-05-01"),
        "date_precision": "day",
        "concept_id": "upholds",
        "form": "Two Upholds",
        "first_use": "2018",
        "confidence": "low",
        "start": 4,
        "end": 15,
    }


def test_duplicates_and_forms_that_need_context_are_passed_over():
    two = documents("2017-05-01", "2016-05-01")
    assert find_anachronisms(hits(2, rule="unresolved"), two, concepts("2018")).empty
    doubled = two.assign(duplicate_of=["", "d0"])
    assert find_anachronisms(hits(2), doubled, concepts("2018"))["doc_id"].tolist() == ["d0"]


def test_rows_are_in_order_of_date_and_arguments_stay():
    tables = hits(2), documents("2017-05-01", "2016-05-01"), concepts("2018")
    before = [table.copy(deep=True) for table in tables]
    assert find_anachronisms(*tables)["doc_id"].tolist() == ["d1", "d0"]
    for table, old in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, old)


def test_no_hits_give_an_empty_table_with_its_columns():
    found = find_anachronisms(hits(0), documents("2017-05-01"), concepts("2018"))
    assert found.empty
    assert "first_use" in found
