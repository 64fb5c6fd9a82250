import pandas as pd
import pytest

from watchwords.charts import colour_of, plot_spans
from watchwords.errors import SchemaError, WatchwordsError


def spans(*rows):
    columns = ["item", "direction", "k_early", "n_early", "k_late", "n_late"]
    return pd.DataFrame(rows, columns=columns)


TABLE = spans(
    ("militia", "down", 44, 79, 1, 79), ("jobs", "up", 0, 79, 68, 79), ("flat", "", 9, 79, 9, 79)
)


def draw(table=TABLE):
    return plot_spans(table, early_label="before 1868", late_label="since 1947")


def dots(figure):
    """Share, height and colour of each point, from top to bottom."""
    lines = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    found = [
        (round(float(x), 3), float(y), line.get_color())
        for line in lines
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    return sorted(found, key=lambda dot: dot[1])


def test_ups_stand_above_downs_and_the_rest_is_left_out():
    shares = [share for share, _, _ in dots(draw())]
    assert shares == [0.0, round(68 / 79, 3), round(44 / 79, 3), round(1 / 79, 3)]


def test_the_late_share_has_the_colour_of_its_direction():
    colours = [colour for _, _, colour in dots(draw())]
    assert colours[1] == colour_of("up")
    assert colours[3] == colour_of("down")
    assert colours[0] == colours[2] == colour_of("flat")


def test_counts_are_written_beside_the_shares():
    texts = {text.get_text() for text in draw().texts}
    assert {"0 of 79", "68 of 79", "44 of 79", "1 of 79", "jobs", "militia"} <= texts


def test_the_table_is_not_changed():
    before = TABLE.copy()
    draw()
    pd.testing.assert_frame_equal(TABLE, before)


def test_wrong_tables_are_refused():
    with pytest.raises(SchemaError, match="k_late"):
        draw(TABLE.drop(columns="k_late"))
    with pytest.raises(WatchwordsError):
        draw(TABLE[TABLE["direction"] == ""])
