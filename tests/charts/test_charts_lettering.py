import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from watchwords.charts.lettering import (
    blank_figure,
    drawable,
    shorten,
    text_width,
    wrap,
    write_text,
)
from watchwords.charts.style import chart_style

WORDS = st.text("abc iW强国-/两,.", max_size=60).map(lambda text: " ".join(text.split()))


@given(WORDS, st.floats(0.4, 3.0))
@settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit_and_lose_nothing_that_has_room(text, width):
    lines = wrap(text, width, lines=40)
    assert all(text_width(line) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.floats(0.2, 3.0))
@settings(max_examples=60, deadline=None)
def test_shortened_text_fits_and_begins_like_the_text(text, width):
    short = shorten(text, width)
    assert text_width(short) <= width
    assert short == text or text.startswith(short.removesuffix("…"))


def test_too_many_lines_end_with_dots():
    lines = wrap("one two three four five six seven eight nine ten", 0.7)
    assert len(lines) == 2
    assert lines[1].endswith("…")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("$x_1^2$ <b> & {y} \\alpha", "$x_1^2$ <b> & {y} \\alpha"),
        ("两个维护", "两个维护"),
        ("smile \U0001f600", "smile □"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ],
)
def test_drawable(text, drawn):
    assert drawable(text) == drawn


@pytest.mark.parametrize("weight", ["normal", "semibold"])
@pytest.mark.parametrize(
    "text", ["Wording of AVATARS, 1790s–2020s", "两个维护 two maintenances", "f"]
)
def test_drawn_text_takes_no_more_room_than_measured(text, weight):
    with chart_style():
        figure = blank_figure(6, 1)
        figure.set_dpi(720)  # so that letters are not moved to whole pixels
        label = write_text(figure, (0, 0.5), text, weight=weight)
        drawn = label.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width / figure.dpi
    assert 0.9 * text_width(text, weight=weight) < drawn + 0.02
    assert drawn < text_width(text, weight=weight) + 0.02


def test_width_grows_with_size_and_text():
    assert text_width("wide", 16.0) == pytest.approx(2 * text_width("wide", 8.0), rel=0.02)
    assert np.all(np.diff([text_width("a" * n) for n in range(1, 6)]) > 0)
