import re

import numpy as np
import pytest
from lxml import etree

from watchwords.charts import colour_of, sparkline
from watchwords.errors import WatchwordsError

NAN = float("nan")


def lines(svg, colour):
    """The places that each line of a colour joins."""
    paths = re.findall(rf'<path d="M([^"]*)" stroke="{colour}"', svg)
    return [[tuple(map(float, place.split())) for place in path.split("L")] for path in paths]


def circles(svg):
    return re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="([^"]+)"', svg)


def test_line_breaks_and_the_unfinished_end_is_hollow():
    svg = sparkline([1, 2, 3, NAN, 2, 1, 4], [True] * 6 + [False], meaning="down")
    first, second = lines(svg, colour_of("down"))
    assert (len(first), len(second)) == (3, 2)
    (end,) = circles(svg)
    assert end[3] == "#fff"
    assert float(end[0]) > second[-1][0]


def test_end_of_finished_series_is_full_and_a_lone_period_is_a_point():
    (end,) = circles(sparkline([1, 2], [True, True]))
    assert end[3] == colour_of("watched")
    alone, _ = circles(sparkline([NAN, 1, NAN, 2, 2], [True] * 5))
    assert float(alone[2]) < 1.3


def test_heights_are_in_proportion_and_none_leaves_the_drawing():
    ((places,),) = [lines(sparkline([0, 5, 10, 20], [True] * 4, top=10), colour_of("watched"))]
    low, middle, high, beyond = (y for _, y in places)
    assert low - middle == pytest.approx(middle - high, abs=0.11)
    assert beyond == high > 0


def test_common_top_makes_heights_comparable():
    low, high = (
        lines(sparkline(v, [True, True], top=10), colour_of("watched"))[0] for v in ([1, 2], [9, 9])
    )
    assert min(y for _, y in low) > max(y for _, y in high)


@pytest.mark.parametrize("values", [[0.0, 0.0], [NAN, NAN], [0.3]])
def test_silence_emptiness_and_a_single_period_are_drawings(values):
    svg = sparkline(values, [True] * len(values))
    assert etree.fromstring(svg).tag.endswith("svg")
    assert len(circles(svg)) == int(not np.isnan(values).all())


def test_a_century_of_years_stays_small():
    assert len(sparkline(np.linspace(0, 1, 100), [True] * 100)) < 3000


def test_values_are_not_changed():
    values = np.array([1.0, NAN, 2.0])
    sparkline(values, np.array([True, True, False]))
    np.testing.assert_array_equal(values, [1.0, NAN, 2.0])


@pytest.mark.parametrize(("values", "complete"), [([], []), ([1.0], [True, False])])
def test_unequal_or_no_values_are_told(values, complete):
    with pytest.raises(WatchwordsError, match="both need one a period"):
        sparkline(values, complete)
