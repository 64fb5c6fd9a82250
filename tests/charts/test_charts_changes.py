from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from watchwords.charts import colour_of, plot_changes, plot_trends
from watchwords.charts.changes import NOTHING_CLAIMED
from watchwords.errors import SchemaError, WatchwordsError
from watchwords.floors import Coverage


def texts(figure):
    return [text.get_text() for text in figure.texts]


def dots(figure):
    """Place and colour of the dot of each row, from top to bottom."""
    lines = [line for line in figure.axes[0].lines if line.get_markersize() == 4.6]
    return [(float(line.get_xdata()[0]), line.get_color()) for line in lines]


def test_largest_rise_is_on_top_and_largest_fall_at_the_bottom(make_trends):
    trends = make_trends([4, 0.5, 16, 0.125], names=["four", "half", "sixteen", "eighth"])
    figure = plot_changes(trends)
    labels = [text for text in texts(figure) if text in set(trends["item"])]
    assert labels == ["sixteen", "four", "half", "eighth"]
    assert [x for x, _ in dots(figure)] == [4, 2, -1, -3]


def test_colour_is_direction_and_grey_is_not_claimed(make_trends):
    trends = make_trends([8, 4, 0.25, 0.125], claimed=[True, False, False, True])
    colours = [colour for _, colour in dots(plot_changes(trends))]
    assert colours == [colour_of(word) for word in ("up", "flat", "flat", "down")]
    assert "not claimed" in texts(plot_changes(trends))


def test_intervals_are_those_of_the_table(make_trends):
    trends = make_trends([4.0])
    (bar,) = plot_changes(trends).axes[0].collections
    np.testing.assert_allclose(
        bar.get_segments()[0][:, 0], np.log2([*trends["effect_low"], *trends["effect_high"]])
    )


def test_certain_changes_are_chosen_before_large_ones(make_trends):
    trends = make_trends([4, 64, 5], names=["sure", "vague", "surer"])
    trends.loc[1, "effect_low"] = 1.01
    labels = texts(plot_changes(trends, top_n=2))
    assert {"sure", "surer"} <= set(labels)
    assert "vague" not in labels


def test_rises_leave_room_for_falls(make_trends):
    trends = make_trends([9, 8, 7, 6, 0.9], names=["a", "b", "c", "d", "fall"])
    labels = texts(plot_changes(trends, top_n=3))
    assert [name for name in trends["item"] if name in labels] == ["a", "b", "fall"]


def test_endless_change_is_an_arrow_with_words(make_trends):
    trends = make_trends([2.0**30, 0.5])
    trends.loc[0, ["effect", "effect_high"]] = np.inf
    axes = plot_changes(trends).axes[0]
    assert "over ×1,000,000" in [text.get_text() for text in axes.texts]
    assert ">" in [line.get_marker() for line in axes.lines]


def test_number_of_documents_stands_at_the_right(make_trends):
    figure = plot_changes(make_trends([2.0]))
    number = next(text for text in figure.texts if text.get_text() == "1,200")
    assert number.get_ha() == "right"
    assert number.get_position()[0] == pytest.approx(1)


def test_claimed_ones_are_drawn_from_what_fit_trends_returns(make_trends):
    trends = make_trends([4, 0.5], claimed=[False, True], names=["no", "yes"])
    figure = plot_trends(SimpleNamespace(table=trends))
    assert "yes" in texts(figure)
    assert "no" not in texts(figure)


@pytest.mark.parametrize(
    ("coverage", "sentence"),
    [
        (None, NOTHING_CLAIMED),
        (Coverage(240, 240, 24, "10Y"), NOTHING_CLAIMED),
        (
            Coverage(5, 2, 2, "M"),
            "Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences "
            "only.",
        ),
    ],
)
def test_without_a_claim_the_sentence_stands(make_trends, coverage, sentence):
    trends = SimpleNamespace(table=make_trends([4], claimed=[False]), coverage=coverage)
    figure = plot_trends(trends)
    assert " ".join(texts(figure)) == sentence
    assert not figure.axes


def test_table_is_not_changed(make_trends):
    trends = make_trends([4, 0.5, 2])
    before = trends.copy(deep=True)
    plot_trends(trends)
    pd.testing.assert_frame_equal(trends, before)


def test_wrong_tables_are_told(make_trends):
    trends = make_trends([4])
    with pytest.raises(SchemaError, match="no column `effect_low`"):
        plot_changes(trends.drop(columns="effect_low"))
    with pytest.raises(SchemaError, match="`trends` is a list"):
        plot_trends([trends])
    with pytest.raises(WatchwordsError, match="has no rows"):
        plot_changes(trends[:0])
    with pytest.raises(WatchwordsError, match="has no rows"):
        plot_changes(trends.assign(effect_low=np.nan))
