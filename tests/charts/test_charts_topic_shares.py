import numpy as np
import pandas as pd
import pytest

from watchwords.charts import plot_topic_shares
from watchwords.errors import WatchwordsError


@pytest.fixture
def rates(make_rates):
    table = make_rates(["t1", "t2"], "1950-01-01", "2026-01-01", "10Y", unit="paragraph", gaps=(3,))
    return table.assign(n_units=table["n_docs_total"] * 20)


def test_panels_are_titled_and_show_shares_of_paragraphs(rates):
    figure = plot_topic_shares(rates, labels={"t1": "tariff, duties"})
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["tariff, duties", "t2"]
    first = rates[rates["item"] == "t1"]
    line = next(line for line in figure.axes[0].lines if len(line.get_xdata()) == len(first))
    expected = (first["n"] / first["n_units"]).where(first["complete"])
    np.testing.assert_allclose(line.get_ydata(), expected)


def test_lines_break_at_gaps_and_unfinished_periods_are_hollow(rates, joins, marks):
    panel = plot_topic_shares(rates, labels={}).axes[0]
    assert joins(panel) == {(0, 1), (1, 2), (4, 5), (5, 6)}
    assert marks(panel, hollow=True) == [7]


def test_a_period_between_gaps_is_a_point(make_rates, marks):
    rates = make_rates(["t"], "1950-01-01", "1990-01-01", "10Y", unit="paragraph", gaps=(1, 3))
    panel = plot_topic_shares(rates, labels={}).axes[0]
    assert {0, 2, 4} <= set(marks(panel, hollow=False))


def test_highest_share_is_written(rates):
    first = rates[(rates["item"] == "t1") & rates["complete"]]
    highest = (first["n"] / first["n_units"]).max()
    written = [text.get_text() for text in plot_topic_shares(rates, labels={}).axes[0].texts]
    assert f"{100 * highest:.0f}\u202f%" in written


def test_table_is_not_changed(rates):
    before = rates.copy(deep=True)
    plot_topic_shares(rates, labels={})
    pd.testing.assert_frame_equal(rates, before)


def test_rates_of_words_are_refused(make_rates):
    with pytest.raises(WatchwordsError, match="counts per word"):
        plot_topic_shares(make_rates(["a"], "2000-01-01", "2003-01-01", "Y"), labels={})
