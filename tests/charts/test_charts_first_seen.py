import numpy as np
import pandas as pd
import pytest

from watchwords.charts import colour_of, plot_first_seen
from watchwords.errors import SchemaError, WatchwordsError

CORPUS = {"coverage_start": "1790-01-08", "coverage_end": "2026-02-24"}


def texts(figure):
    return [text.get_text() for text in figure.texts]


def marks(figure, marker):
    return [
        float(np.atleast_1d(line.get_xdata())[0])
        for line in figure.axes[0].lines
        if line.get_marker() == marker
    ]


def test_rows_are_sorted_by_first_seen_and_the_unseen_come_last(sightings):
    figure = plot_first_seen(sightings, **CORPUS)
    labels = [text for text in texts(figure) if text in set(sightings["label"])]
    assert labels == ["两个维护 $a_b$ <i>", "railroads", "internet", "never", "undated"]


def test_dots_stand_at_first_seen_and_lines_end_at_last_seen(sightings):
    figure = plot_first_seen(sightings, **CORPUS)
    assert [int(x) for x in marks(figure, "o")] == [1790, 1830, 1997]
    ends = [bar.get_segments()[0][:, 0] for bar in figure.axes[0].collections[::2]]
    assert [int(end[1]) for end in ends] == [2026, 1962, 2024]


def test_known_use_is_a_diamond_and_an_arrow_outside_the_corpus(sightings):
    figure = plot_first_seen(sightings, **CORPUS)
    assert [int(x) for x in marks(figure, "D")] == [1825, 1969, 2016]
    (arrow,) = marks(figure, "<")
    assert arrow < figure.axes[0].get_xlim()[0]
    colours = {line.get_color() for line in figure.axes[0].lines if line.get_marker() == "D"}
    assert {"1776", "1825", "1969"} <= set(texts(figure))
    assert len(colours) == 1
    without = plot_first_seen(sightings.drop(columns="first_use"), **CORPUS)
    assert marks(without, "D") == []
    assert "known use" not in texts(without)


def test_what_is_not_found_and_what_has_no_date_are_told_apart(sightings):
    written = texts(plot_first_seen(sightings, **CORPUS))
    assert written.count("not found") == 1
    assert written.count("no date") == 1


def test_short_spans_are_dated_to_the_month(sightings):
    recent = sightings.iloc[:1].assign(first_seen=pd.Timestamp("2023-03-01"))
    recent = recent.assign(last_seen=pd.Timestamp("2024-10-31"), first_use="2023-10")
    written = texts(plot_first_seen(recent, coverage_start="2023-01-05"))
    assert {"Mar 2023", "Oct 2024", "Oct 2023"} <= set(written)


def test_marks_have_the_colour_of_their_meaning(sightings):
    lines = plot_first_seen(sightings, **CORPUS).axes[0].lines
    by_marker = {line.get_marker(): line.get_markerfacecolor() for line in lines}
    assert by_marker["o"] == colour_of("watched")
    assert by_marker["D"] == colour_of("accent")


def test_table_is_not_changed(sightings):
    before = sightings.copy(deep=True)
    plot_first_seen(sightings, **CORPUS)
    pd.testing.assert_frame_equal(sightings, before)


def test_wrong_input_is_told(sightings):
    with pytest.raises(SchemaError, match="no column `n_docs`"):
        plot_first_seen(sightings.drop(columns="n_docs"), **CORPUS)
    with pytest.raises(SchemaError, match="`first_seen` of `table` holds"):
        plot_first_seen(sightings.assign(first_seen="1990"), **CORPUS)
    with pytest.raises(WatchwordsError, match="has no rows"):
        plot_first_seen(sightings[:0], **CORPUS)
    with pytest.raises(WatchwordsError, match="the earlier one first"):
        plot_first_seen(sightings, coverage_start="2026-01-01", coverage_end="1790-01-01")
    with pytest.raises(WatchwordsError, match="coverage is"):
        plot_first_seen(sightings.iloc[3:], coverage_start="1790-01-08")
