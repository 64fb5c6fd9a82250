import pytest

from watchwords.briefs.assemble import check_counts
from watchwords.errors import WatchwordsError

ROWS = {"a": {"title": "A", "rows": [{"doc_id": "1"}, {"doc_id": "1"}, {"doc_id": "2"}]}}


def finding(text, key="a"):
    return [{"kind": "finding", "segments": ["In ", {"text": text, "evidence": key}]}]


@pytest.mark.parametrize("text", ["2 of 5", "1 of 5", "two of five"])
def test_a_number_its_documents_bear_out_passes(text):
    check_counts(finding(text), ROWS)


@pytest.mark.parametrize(
    ("text", "key"), [("3 of 5", "a"), ("1,000 of 2,000", "a"), ("1 of 5", "b")]
)
def test_a_number_without_its_documents_stops_the_run(text, key):
    with pytest.raises(WatchwordsError, match=r"is printed|leads to no evidence"):
        check_counts(finding(text, key), ROWS)


def test_numbers_in_tables_and_notes_are_checked_too():
    cell = {"text": "9 of 9", "evidence": "a"}
    for exhibit in ({"rows": [["x", cell]]}, {"paragraphs": ["x", ["y", cell]]}):
        with pytest.raises(WatchwordsError):
            check_counts([{"kind": "table", **exhibit}], ROWS)
