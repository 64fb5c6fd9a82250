import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from watchwords.charts import colour_of, plot_rates
from watchwords.errors import SchemaError, WatchwordsError


def titles(figure):
    return [axes.get_title(loc="left") for axes in figure.axes]


def test_panels_stand_in_the_order_asked_for(make_rates):
    rates = make_rates(["a", "b", "c"], "1790-01-01", "2020-01-01", "10Y")
    assert titles(plot_rates(rates)) == ["a", "b", "c"]
    assert titles(plot_rates(rates, items=["c", "a"], labels={"a": "Word"})) == ["c", "Word"]


def test_each_panel_says_how_many_documents(make_rates):
    rates = make_rates(["a"], "2021-01-01", "2023-01-01", "Y")
    k, n = rates["n_docs"].sum(), rates["n_docs_total"].sum()
    assert plot_rates(rates).axes[0].get_title(loc="right") == f"{k} of {n}"


def test_no_line_crosses_a_gap_or_reaches_an_unfinished_period(make_rates, joins, marks):
    rates = make_rates(["a"], "2026-01-01", "2026-11-01", "M", gaps=(4, 5))
    (panel,) = plot_rates(rates).axes
    assert joins(panel) == {(0, 1), (1, 2), (2, 3), (6, 7), (7, 8), (8, 9)}
    assert marks(panel, hollow=True) == [10]
    assert marks(panel, hollow=False) == [0, 1, 2, 3, 6, 7, 8, 9]


def test_periods_left_out_of_the_table_are_gaps(make_rates, joins):
    rates = make_rates(["a"], "2000-01-01", "2007-01-01", "Y")
    (panel,) = plot_rates(rates.drop(index=[3])).axes
    assert joins(panel) == {(0, 1), (1, 2), (4, 5), (5, 6), (6, 7)}


def test_gaps_are_tinted(make_rates):
    rates = make_rates(["a"], "2000-01-01", "2007-01-01", "Y", gaps=(3, 4))
    (panel,) = plot_rates(rates).axes
    tinted = [patch for patch in panel.patches if to_hex(patch.get_facecolor()) == colour_of("gap")]
    assert [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in tinted] == [(2.5, 4.5)]


def test_intervals_are_those_of_the_table(make_rates):
    rates = make_rates(["a"], "2000-01-01", "2007-01-01", "Y")
    bars = plot_rates(rates).axes[0].collections[0]
    drawn = np.array([segment[:, 1] for segment in bars.get_segments()])
    np.testing.assert_allclose(drawn, rates[["share_low", "share_high"]])


@pytest.mark.parametrize("meaning", ["up", "down", "flat"])
def test_colour_follows_meaning(make_rates, meaning):
    rates = make_rates(["a", "b"], "2000-01-01", "2007-01-01", "Y")
    first, second = plot_rates(rates, meanings={"b": meaning}).axes

    def colours(axes):
        return {line.get_color() for line in axes.lines if line.get_marker() == "o"}

    assert colours(first) == {colour_of("watched")}
    assert colours(second) == {colour_of(meaning)}


def test_panels_share_both_axes(make_rates):
    rates = make_rates(["a", "b", "c", "d"], "2000-01-01", "2007-01-01", "Y")
    panels = plot_rates(rates).axes
    assert len({panel.get_xlim() for panel in panels}) == 1
    assert len({panel.get_ylim() for panel in panels}) == 1


def test_rate_draws_rates_and_no_intervals(make_rates):
    rates = make_rates(["a"], "2000-01-01", "2007-01-01", "Y")
    (panel,) = plot_rates(rates, measure="rate").axes
    assert not [bars for bars in panel.collections if isinstance(bars, LineCollection)]
    line = next(line for line in panel.lines if len(line.get_xdata()) == len(rates))
    np.testing.assert_array_equal(line.get_ydata(), rates["rate"])


def test_few_periods_have_their_number_of_documents_written(make_rates):
    rates = make_rates(["a"], "2021-01-01", "2023-01-01", "Y", n=90)
    written = [text.get_text() for text in plot_rates(rates).axes[0].texts]
    assert [t for t in written if t.startswith("n =")] == [
        f"n = {n}" for n in rates["n_docs_total"]
    ]


def test_first_and_last_period_are_named(make_rates):
    rates = make_rates(["a"], "1790-01-01", "2026-01-01", "10Y")
    written = [text.get_text() for text in plot_rates(rates).axes[0].texts]
    assert {"1790s", "2020s"} <= set(written)


def test_groups_and_languages_are_told_apart_in_titles(make_rates):
    rates = make_rates(["a"], "2000-01-01", "2003-01-01", "Y")
    other = rates.assign(group="ministry")
    both = pd.concat([rates.assign(group="council"), other])
    assert titles(plot_rates(both)) == ["a · council", "a · ministry"]


def test_rates_per_word_and_per_character_do_not_share_an_axis(make_rates):
    english = make_rates(["a"], "2000-01-01", "2003-01-01", "Y")
    chinese = make_rates(["强"], "2000-01-01", "2003-01-01", "Y", lang="zh", unit="character")
    both = pd.concat([english, chinese])
    with pytest.raises(WatchwordsError, match="per character and per word"):
        plot_rates(both, measure="rate")
    assert titles(plot_rates(both)) == ["a", "强"]


def test_table_is_not_changed(make_rates):
    rates = make_rates(["a", "b"], "2000-01-01", "2007-01-01", "Y")
    before = rates.copy(deep=True)
    plot_rates(rates, items=["b"])
    pd.testing.assert_frame_equal(rates, before)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"items": ["interent"]}, "did you mean `internet`"),
        ({"items": []}, "has no rows"),
        ({"measure": "count"}, "allowed are: `rate`, `share`"),
        ({"meanings": {"internet": "rising"}}, "no colour means 'rising'"),
    ],
)
def test_wrong_requests_are_told(make_rates, options, message):
    rates = make_rates(["internet"], "2000-01-01", "2003-01-01", "Y")
    with pytest.raises(WatchwordsError, match=message):
        plot_rates(rates, **options)


def test_missing_column_and_no_rows_are_told(make_rates):
    rates = make_rates(["a"], "2000-01-01", "2003-01-01", "Y")
    with pytest.raises(SchemaError, match="no column `share_low`"):
        plot_rates(rates.drop(columns="share_low"))
    with pytest.raises(WatchwordsError, match="`rates` has no rows"):
        plot_rates(rates[:0])
