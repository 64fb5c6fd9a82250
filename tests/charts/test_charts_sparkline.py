import numpy as np
import pytest

from watchwords.charts import colour_of, sparkline
from watchwords.errors import WatchwordsError

NAN = float("nan")


def test_line_breaks_and_the_unfinished_end_is_hollow(joins, marks):
    figure = sparkline([1, 2, 3, NAN, 2, 1, 4], [True] * 6 + [False], meaning="down")
    (axes,) = figure.axes
    assert joins(axes) == {(0, 1), (1, 2), (4, 5)}
    assert marks(axes, hollow=True) == [6]
    assert {line.get_color() for line in axes.lines if line.get_marker() == "o"} == {
        colour_of("down")
    }


def test_end_of_finished_series_is_full(marks):
    (axes,) = sparkline([1, 2], [True, True]).axes
    assert marks(axes, hollow=True) == []
    assert marks(axes, hollow=False) == [1]


def test_common_top_makes_heights_comparable():
    low, high = (sparkline(v, [True, True], top=10).axes[0] for v in ([1, 2], [9, 10]))
    assert low.get_ylim() == high.get_ylim()


def test_nothing_but_silence_is_a_flat_line():
    (axes,) = sparkline([0.0, 0.0], [True, True]).axes
    assert axes.get_ylim() == (0, 1)


def test_values_are_not_changed():
    values = np.array([1.0, NAN, 2.0])
    sparkline(values, np.array([True, True, False]))
    np.testing.assert_array_equal(values, [1.0, NAN, 2.0])


@pytest.mark.parametrize(("values", "complete"), [([], []), ([1.0], [True, False])])
def test_unequal_or_no_values_are_told(values, complete):
    with pytest.raises(WatchwordsError, match="both need one a period"):
        sparkline(values, complete)
