"""Charts: a table in, a matplotlib figure out; nothing is computed, shown or saved here.

Colours stand for meanings, one style sheet (``watchwords.mplstyle``) for the looks, and
`figure_svg` writes any figure as the same bytes in every process.
"""

from watchwords.charts.calendar import plot_calendar
from watchwords.charts.changes import plot_changes, plot_trends
from watchwords.charts.coverage import plot_coverage
from watchwords.charts.curves import plot_curves
from watchwords.charts.first_seen import plot_first_seen
from watchwords.charts.groups import plot_groups
from watchwords.charts.keyness import plot_keyness
from watchwords.charts.matrix import plot_matrix
from watchwords.charts.onsets import plot_onsets
from watchwords.charts.rates import plot_rates
from watchwords.charts.spans import plot_spans
from watchwords.charts.sparkline import sparkline
from watchwords.charts.style import COLOURS, HALF_WIDTH, WIDTH, chart_style, colour_of
from watchwords.charts.svg import figure_svg
from watchwords.charts.topic_shares import plot_topic_shares

__all__ = [
    "COLOURS",
    "HALF_WIDTH",
    "WIDTH",
    "chart_style",
    "colour_of",
    "figure_svg",
    "plot_calendar",
    "plot_changes",
    "plot_coverage",
    "plot_curves",
    "plot_first_seen",
    "plot_groups",
    "plot_keyness",
    "plot_matrix",
    "plot_onsets",
    "plot_rates",
    "plot_spans",
    "plot_topic_shares",
    "plot_trends",
    "sparkline",
]
