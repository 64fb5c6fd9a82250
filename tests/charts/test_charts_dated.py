"""Charts that say when a change began and ended, and how many documents each period has."""

import numpy as np
import pandas as pd
import pytest

from watchwords.charts import colour_of, plot_curves, plot_matrix, plot_onsets
from watchwords.errors import SchemaError, WatchwordsError

SETS = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]


@pytest.fixture
def dated(make_trends):
    def build(**sets):
        table = make_trends([3.0] * len(sets), names=list(sets))
        for row, days in enumerate(sets.values()):
            for name, day in zip(SETS, days, strict=True):
                table.loc[row, name] = pd.Timestamp(day) if day else pd.NaT
        return table

    return build


@pytest.fixture
def curve():
    years = pd.date_range("2000-01-01", "2011-01-01", freq="YS")
    fitted = np.where(np.arange(12) < 6, 0.1, 0.6)
    part = pd.DataFrame(
        {
            "period": years.astype("datetime64[s]"),
            "n_docs_total": 40,
            "score": "presence",
            "observed": fitted + 0.05,
            "expected": 0.35,
            "fitted": fitted,
            "low": fitted - 0.05,
            "high": fitted + 0.1,
        }
    )
    return pd.concat([part.assign(item=item) for item in ("war", "peace")], ignore_index=True)


def test_onset_set_is_shaded_to_the_end_of_its_last_period(dated, curve):
    table = dated(war=["2006", "2005", "2006", "2009", "2009", "2009"], peace=[""] * 6)
    figure = plot_curves(curve, table, freq="Y", items=["war", "peace"])
    war, peace = figure.axes
    shaded = [p for p in war.patches if p.get_width() == pytest.approx(2.0, abs=0.01)]
    assert len(shaded) == 1
    assert shaded[0].get_x() == pytest.approx(4.5, abs=0.01)
    assert not peace.patches
    assert war.get_title(loc="right") == "from 2005–2006"
    assert peace.get_title(loc="right") == ""
    words = [text.get_text() for text in figure.texts]
    assert any("set of the onset" in word for word in words)
    assert "ended here" in words


def test_fitted_share_stays_below_all_documents(dated, curve):
    table = dated(war=[""] * 6, peace=[""] * 6)
    over = curve.assign(fitted=1.2, high=1.4)
    for axes in plot_curves(over, table, freq="Y").axes:
        tops = [np.nanmax(line.get_ydata()) for line in axes.lines if len(line.get_xdata()) == 12]
        assert max(tops) <= axes.get_ylim()[1] <= 1.0


def test_a_period_without_documents_breaks_the_curve(dated, curve):
    hole = curve.assign(n_docs_total=curve["n_docs_total"].where(curve.index % 12 != 4, 0))
    hole.loc[hole["n_docs_total"] == 0, ["observed", "fitted", "low", "high"]] = np.nan
    table = dated(war=[""] * 6, peace=[""] * 6)
    axes = plot_curves(hole, table, freq="Y").axes[0]
    fit = next(line for line in axes.lines if line.get_color() == colour_of("up"))
    assert np.isnan(fit.get_ydata()[4])
    assert not np.isnan(fit.get_ydata()[5])


def test_two_scores_share_no_axis(dated, curve):
    table = dated(war=[""] * 6, peace=[""] * 6)
    mixed = curve.assign(score=np.where(curve["item"] == "war", "damped", "presence"))
    assert len(plot_curves(mixed, table, freq="Y").axes) == 1
    with pytest.raises(WatchwordsError, match="items"):
        plot_curves(mixed, table, freq="Y", items=["war"])
    words = [t.get_text() for t in plot_curves(mixed, table, freq="Y", score="damped").texts]
    assert "mean of log2(1 + occurrences), observed" in words


def test_rows_are_sorted_by_what_came_first(dated):
    table = dated(
        late=["2008", "2007", "2009", "", "", ""],
        gone=["", "", "", "2003", "2002", "2005"],
        never=[""] * 6,
        early=["2001", "2001", "2001", "2004", "2004", "2006"],
    )
    figure = plot_onsets(table, freq="Y", coverage_start="2000-01-01", coverage_end="2012-06-01")
    names = [t.get_text() for t in figure.texts if t.get_text() in set(table["item"])]
    assert names == ["early", "gone", "late"]
    assert "2007–2009" in [t.get_text() for t in figure.texts]


def test_events_have_a_row_of_their_own(dated):
    table = dated(late=["2008", "2007", "2009", "", "", ""])
    events = pd.DataFrame(
        {
            "date": pd.to_datetime(["2007-10-15"]),
            "date_end": pd.to_datetime([None]).astype("datetime64[s]"),
            "name": "17th Congress",
            "kind": "congress",
        }
    )
    figure = plot_onsets(
        table, freq="Y", coverage_start="2000-01-01", coverage_end="2012-06-01", events=events
    )
    words = [t.get_text() for t in figure.texts]
    assert "events" in words
    assert "a 17th Congress 2007" in words
    assert "a" in [t.get_text() for axes in figure.axes for t in axes.texts]


def test_nothing_with_a_date_is_told(dated):
    with pytest.raises(WatchwordsError, match="no rows"):
        plot_onsets(
            dated(never=[""] * 6), freq="Y", coverage_start="2000-01-01", coverage_end="2012-01-01"
        )
    with pytest.raises(SchemaError, match="onset"):
        plot_onsets(
            pd.DataFrame({"item": ["a"], "direction": "up", "n_docs": 1}),
            freq="Y",
            coverage_start="2000-01-01",
            coverage_end="2012-01-01",
        )


def test_matrix_has_counts_and_the_documents_of_each_period(make_rates):
    rates = make_rates(["war", "peace"], "2000-01-01", "2009-01-01", "Y", n=40, gaps=(3,))
    figure = plot_matrix(rates, items=["peace", "war"])
    numbers = [text.get_text() for text in figure.axes[0].texts if text.get_text().isdigit()]
    war = rates[rates["item"] == "war"]
    for n in (*war["n_docs"], *war["n_docs_total"]):
        assert n == 0 or str(n) in numbers
    assert figure.axes[0].get_xlim() == (0, 10)
    cells = sum(len(c.get_paths()) for c in figure.axes[0].collections if hasattr(c, "get_sizes"))
    assert cells == int((rates["n_docs"] > 0).sum())


def test_matrix_of_unlike_denominators_has_no_common_row(make_rates):
    rates = make_rates(["war", "peace"], "2000-01-01", "2009-01-01", "Y")
    rates.loc[0, "n_docs_total"] += 1
    words = [text.get_text() for text in plot_matrix(rates).texts]
    assert "all documents" not in words
    assert "all documents" in [
        t.get_text() for t in plot_matrix(rates[rates["item"] == "war"]).texts
    ]


def test_a_set_is_named_to_the_end_of_its_last_period_and_an_end_by_the_last_with_it(dated):
    table = dated(
        war=["1940", "1930", "1950", "", "", ""], peace=["", "", "", "1960", "1950", "1970"]
    )
    figure = plot_onsets(table, freq="10Y", coverage_start="1900-01-01", coverage_end="2020-01-01")
    written = {text.get_text() for text in figure.texts}
    assert {"1930–1959", "1940–1969"} <= written


def test_points_that_join_periods_say_so(dated, curve):
    months = curve.assign(period=curve.groupby("item").cumcount())
    joined = pd.date_range("2020-01-01", periods=12, freq="2MS").astype("datetime64[s]")
    months["period"] = joined[months["period"]]
    table = dated(war=[""] * 6, peace=[""] * 6)
    written = [text.get_text() for text in plot_curves(months, table, freq="M").texts]
    assert any("documents per 2 months" in words for words in written)
    yearly = [text.get_text() for text in plot_curves(curve, table, freq="Y").texts]
    assert any("documents per year" in words for words in yearly)


def test_a_set_that_reaches_beyond_the_corpus_is_open(dated):
    table = dated(war=["2000", "2000", "2001", "2009", "2007", ""], peace=[""] * 6)
    limits = {"coverage_start": "1990-01-01", "coverage_end": "2010-01-01"}
    written = {text.get_text() for text in plot_onsets(table, freq="Y", **limits).texts}
    assert {"2000–2001", "2006 or later"} <= written


def bars(figure):
    """First and last year of the thick bars, the 95 % sets."""
    drawn = [c for c in figure.axes[0].collections if c.get_linewidth()[0] == 5]
    return [tuple(c.get_segments()[0][:, 0].round().astype(int)) for c in drawn]


def test_the_bar_of_an_end_covers_the_periods_that_are_named(dated):
    limits = {"coverage_start": "1900-01-01", "coverage_end": "2020-01-01"}
    table = dated(peace=["", "", "", "1960", "1950", "1970"])
    figure = plot_onsets(table, freq="10Y", **limits)
    assert "1940–1969" in [text.get_text() for text in figure.texts]
    assert bars(figure) == [(1940, 1970)]
    begun = plot_onsets(dated(war=["1940", "1930", "1950", "", "", ""]), freq="10Y", **limits)
    assert bars(begun) == [(1930, 1960)]


def test_the_bar_of_an_open_set_runs_to_the_edge(dated):
    limits = {"coverage_start": "1990-01-01", "coverage_end": "2010-01-01"}
    table = dated(war=["2000", "2000", "2001", "2009", "2007", ""])
    figure = plot_onsets(table, freq="Y", **limits)
    edge = round(figure.axes[0].get_xlim()[1])
    assert bars(figure) == [(2000, 2002), (2006, edge)]
