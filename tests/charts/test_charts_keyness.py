import numpy as np
import pandas as pd
import pytest

from watchwords.charts import colour_of, plot_keyness
from watchwords.errors import SchemaError, WatchwordsError

SIDES = {"target_label": "since 1981", "reference_label": "before"}


def texts(figure):
    return [text.get_text() for text in figure.texts]


def dots(figure):
    lines = [line for line in figure.axes[0].lines if line.get_markersize() == 4.8]
    return [(float(np.atleast_1d(line.get_xdata())[0]), line.get_color()) for line in lines]


def test_target_stands_above_reference_each_by_size(keyness):
    figure = plot_keyness(keyness, **SIDES)
    labels = [text for text in texts(figure) if text in set(keyness["item"])]
    assert labels == ["internet", "jobs", "the", "tariff", "silver"]
    assert [x for x, _ in dots(figure)] == [5.1, 2.5, 0.3, -3.2, -6.0]


def test_colour_is_the_side_and_grey_what_the_test_does_not_support(keyness):
    colours = [colour for _, colour in dots(plot_keyness(keyness, **SIDES))]
    words = ["target", "target", "flat", "reference", "reference"]
    assert colours == [colour_of(word) for word in words]


def test_counts_of_documents_stand_beside(keyness):
    written = texts(plot_keyness(keyness, **SIDES))
    assert {"14 of 40", "0 of 197", "2 of 40", "90 of 197"} <= set(written)
    assert {"since 1981", "before"} <= set(written)


def test_supported_items_are_chosen_first(keyness):
    written = texts(
        plot_keyness(keyness.assign(log_ratio=[-3.2, 5.1, 2.5, -6, 7]), top_n=1, **SIDES)
    )
    assert {"internet", "silver"} <= set(written)
    assert not {"jobs", "the", "tariff"} & set(written)


def test_one_side_alone_is_drawn(keyness):
    figure = plot_keyness(keyness[keyness["log_ratio"] > 0], **SIDES)
    assert len(dots(figure)) == 3


def test_table_is_not_changed(keyness):
    before = keyness.copy(deep=True)
    plot_keyness(keyness, **SIDES)
    pd.testing.assert_frame_equal(keyness, before)


def test_wrong_input_is_told(keyness):
    with pytest.raises(SchemaError, match="no column `q_value`"):
        plot_keyness(keyness.drop(columns="q_value"), **SIDES)
    for table in (keyness[:0], keyness.assign(log_ratio=0.0)):
        with pytest.raises(WatchwordsError, match="has no rows"):
            plot_keyness(table, **SIDES)
