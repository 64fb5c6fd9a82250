from itertools import combinations

import pytest
from matplotlib.colors import to_rgb

from watchwords.charts import COLOURS, colour_of
from watchwords.charts.style import tint
from watchwords.errors import WatchwordsError


def lightness(colour):
    """CIE L*, what is left of a colour on a grey printer."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 116 * luminance ** (1 / 3) - 16


def test_meanings_stay_apart_in_grey():
    greys = [lightness(COLOURS[word]) for word in ("watched", "up", "down", "flat")]
    assert min(abs(a - b) for a, b in combinations(greys, 2)) > 8
    assert lightness(COLOURS["reference"]) - lightness(COLOURS["target"]) > 20


def test_small_text_has_contrast():
    for word in ("ink", "quiet"):
        luminance = ((lightness(COLOURS[word]) + 16) / 116) ** 3
        assert 1.05 / (luminance + 0.05) > 4.5


def test_unknown_meaning_is_told():
    with pytest.raises(WatchwordsError, match="no colour means 'rising'"):
        colour_of("rising")


def test_tint_goes_to_white():
    assert tint("#1f4673", 1) == "#1f4673"
    assert tint("#1f4673", 0) == "#ffffff"
