"""Every chart, with easy and hard input: nothing leaves the figure, no text covers another."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from watchwords.charts import (
    HALF_WIDTH,
    WIDTH,
    plot_calendar,
    plot_changes,
    plot_coverage,
    plot_first_seen,
    plot_groups,
    plot_keyness,
    plot_matrix,
    plot_onsets,
    plot_rates,
    plot_topic_shares,
    plot_trends,
)
from watchwords.events import CALENDARS, read_events

LONG = "new pattern of coordinated regional development between the provinces along the river"
NAMES = ["soviet union", "新质生产力", LONG, "$100_million$ <b>", "x", LONG * 3, "navy"]


def boxes(figure):
    """The boxes of all texts that are seen, in pixels."""
    FigureCanvasAgg(figure).draw()
    texts = [*figure.texts]
    for axes in figure.axes:
        texts += [*axes.texts, axes.title, axes._left_title, axes._right_title]
    renderer = figure.canvas.get_renderer()
    seen = [text for text in texts if text.get_text()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in seen]


def check(figure):
    shown = boxes(figure)
    assert shown
    for text, box in shown:
        assert box.x0 > -1.5, text
        assert box.x1 < figure.bbox.width + 1.5, text
        assert box.y0 > -1.5, text
        assert box.y1 < figure.bbox.height + 1.5, text
    for (one, a), (other, b) in combinations(shown, 2):
        # Boxes hold room for accents above and below, so lines may touch a little.
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1
        above = a.y1 <= b.y0 + 0.35 * a.height or b.y1 <= a.y0 + 0.35 * b.height
        assert apart or above, f"{one!r} covers {other!r}"


@pytest.mark.parametrize(
    ("first", "last", "freq", "n", "columns"),
    [
        ("1790-01-01", "2026-01-01", "10Y", 10, 3),
        ("2024-01-01", "2026-11-01", "M", 40, 3),
        ("2024-01-01", "2026-11-01", "M", 40, 2),
        ("2024-01-01", "2026-01-01", "Y", 1200, 3),
        ("2024-01-01", "2026-01-01", "Y", 1200, 2),
        ("2026-01-01", "2026-01-01", "Y", 1, 2),
        ("2025-11-01", "2026-11-16", "W", 9, 2),
        ("1790-01-01", "2026-01-01", "Y", 2, 1),
    ],
)
def test_rates(make_rates, first, last, freq, n, columns):
    width = WIDTH if columns == 3 else HALF_WIDTH
    items = NAMES if columns > 1 else NAMES[:1]
    check(plot_rates(make_rates(items, first, last, freq, n=n), width=width, columns=columns))


def test_topic_shares(make_rates):
    rates = make_rates(NAMES, "1790-01-01", "2026-01-01", "10Y", unit="paragraph", gaps=(8,))
    check(plot_topic_shares(rates, labels={}))
    check(plot_topic_shares(rates, labels={}, columns=2, width=HALF_WIDTH))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("spread", [1.2, 3.0, 40.0, 1e5, 1e9])
def test_changes(make_trends, spread, width):
    trends = make_trends(np.geomspace(1 / spread, spread, 6), names=NAMES[:6])
    check(plot_changes(trends, width=width))
    check(plot_changes(trends[:1], width=width))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
def test_sentence_without_claims(make_trends, width):
    check(plot_trends(make_trends([2.0], claimed=[False]), width=width))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("start", ["1790-01-08", "1969-10-01", "2023-02-01"])
def test_first_seen(sightings, start, width):
    table = sightings.assign(label=NAMES[:5])
    check(plot_first_seen(table, coverage_start=start, coverage_end="2026-02-24", width=width))
    check(plot_first_seen(table[:1], coverage_start=start, width=width))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
def test_keyness(keyness, width):
    sides = {
        "target_label": "The Standing Committee of the Municipal Council",
        "reference_label": "x",
    }
    check(plot_keyness(keyness, width=width, labels={"tariff": LONG}, **sides))
    check(plot_keyness(keyness[:1], width=width, **sides))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("freq", ["W", "M", "Y", "10Y"])
def test_coverage(documents, freq, width):
    check(plot_coverage(documents, freq=freq, width=width))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize(
    ("first", "last", "freq"),
    [
        ("1790-01-08", "2026-02-24", "Y"),
        ("1790-01-08", "2026-02-24", "10Y"),
        ("2015-03-01", "2026-11-16", "M"),
        ("2025-03-01", "2026-11-16", "W"),
        ("2020-03-01", "2026-11-16", "Q"),
        ("2026-11-02", "2026-11-16", "M"),
    ],
)
def test_calendar_and_groups(first, last, freq, width):
    days = np.arange(np.datetime64(first), np.datetime64(last), 11).astype("datetime64[s]")
    table = pd.DataFrame({"date": days, "date_precision": "day", "duplicate_of": ""})
    table = table.assign(source=[NAMES[i % 5] for i in range(len(table))])
    table.loc[table.index % 50 == 1, "date_precision"] = "year"
    table.loc[table.index % 70 == 2, ["date", "date_precision"]] = [pd.NaT, "none"]
    check(plot_calendar(table, freq=freq, width=width))
    check(plot_groups(table, by="source", freq=freq, width=width))


EVENTS = pd.DataFrame(
    {
        "date": pd.to_datetime(["2019-03-05", "2021-07-01", "2021-11-08", "2022-10-16"]),
        "date_end": pd.to_datetime(["2019-03-15", None, "2021-11-11", "2022-10-22"]),
        "name": ["Two Sessions", "Centenary", LONG, "20th Congress"],
        "kind": "congress",
    }
)


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("freq", ["M", "Q", "Y"])
def test_events(make_rates, freq, width):
    rates = make_rates(NAMES[:3], "2018-01-01", "2026-10-01", freq, n=30)
    columns = 3 if width == WIDTH else 2
    check(plot_rates(rates, width=width, columns=columns, events=EVENTS))


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("freq", ["M", "10Y"])
def test_bundled_calendars(make_rates, freq, calendar):
    first = "2022-01-01" if freq == "M" else "1790-01-01"
    rates = make_rates(NAMES[:3], first, "2025-10-01", freq, n=30)
    check(plot_rates(rates, events=read_events(calendar)))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("freq", ["M", "Y", "10Y"])
def test_matrix(make_rates, freq, width):
    rates = make_rates(NAMES, "1990-01-01", "2026-01-01", freq, n=900)
    check(plot_matrix(rates, width=width))
    check(plot_matrix(rates, items=NAMES[:1], width=width))


@pytest.mark.parametrize("width", [WIDTH, HALF_WIDTH])
@pytest.mark.parametrize("events", [None, EVENTS])
def test_onsets(make_trends, events, width):
    trends = make_trends([3.0] * 5, names=NAMES[:5])
    days = pd.to_datetime(["2019-01-01", "2020-01-01", "2021-01-01", "2022-01-01", "2025-01-01"])
    trends = trends.assign(onset=days, onset_low=days[0], onset_high=days[4])
    check(
        plot_onsets(
            trends,
            freq="M",
            coverage_start="2018-02-01",
            coverage_end="2026-10-30",
            events=events,
            width=width,
        )
    )
