import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from watchwords.charts import figure_svg, plot_rates, plot_trends

PROGRAM = """
import sys
import pandas as pd
from watchwords.charts import figure_svg, plot_coverage, sparkline
documents = pd.DataFrame({
    "date": pd.to_datetime(["2021-05-01", "2023-01-01", None]),
    "date_precision": ["day", "day", "none"],
    "duplicate_of": "",
})
text = figure_svg(plot_coverage(documents, freq="Y")) + sparkline([1, 2], [True, False])
sys.stdout.buffer.write(text.encode())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_two_processes_write_the_same_bytes():
    written = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4242", "Asia/Shanghai"))
    ]
    assert written[0] == written[1]
    assert len(written[0]) > 5000


def test_text_is_one_well_formed_element_without_fonts(make_rates):
    rates = make_rates(["a", "两个维护 $a_b$ <i> -- &"], "2000-01-01", "2005-01-01", "Y")
    text = figure_svg(plot_rates(rates))
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  (our own drawing)
    assert "<text" not in text
    assert "<!--" not in text
    assert "<style" not in text
    assert "<metadata" not in text


def test_identifiers_are_used_and_not_shared_between_charts(make_rates):
    rates = make_rates(["a", "b"], "2000-01-01", "2009-01-01", "Y")
    first, second = (figure_svg(plot_rates(rates, items=[item])) for item in ("a", "b"))
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for text, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r'[("]#([^")]+)[")]', text)) == own


def test_figure_is_neither_changed_nor_closed(make_trends):
    figure = plot_trends(make_trends([2.0, 0.5]))
    assert figure_svg(figure) == figure_svg(figure)


def test_notebooks_show_the_svg(make_trends):
    figure = plot_trends(make_trends([2.0, 0.5]))
    assert isinstance(figure, Figure)
    assert figure._repr_svg_() == figure_svg(figure)


@pytest.mark.filterwarnings("error")
def test_settings_of_the_user_neither_matter_nor_change(make_rates):
    rates = make_rates(["a $x$"], "2000-01-01", "2009-01-01", "Y")
    plain = figure_svg(plot_rates(rates))
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": "x"}):
        before = dict(mpl.rcParams)
        assert figure_svg(plot_rates(rates)) == plain
        assert dict(mpl.rcParams) == before
