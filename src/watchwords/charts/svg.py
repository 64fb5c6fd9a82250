"""Figures as SVG: the same bytes for the same figure, and safe to set several into one page."""

import hashlib
import io
import re

from matplotlib.figure import Figure

from watchwords.charts.style import chart_style

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_COMMENT = re.compile(r"[ \t]*<!--.*?-->\n?", re.DOTALL)
_GLOBAL_STYLE = re.compile(r"[ \t]*<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>\n?")
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r"(?<=[\"(])#([^\")]+)(?=[\")])")


class Chart(Figure):
    """A matplotlib figure that a notebook shows without `pyplot`, as the brief prints it."""

    def _repr_svg_(self) -> str:
        return figure_svg(self)


def figure_svg(figure: Figure) -> str:
    r"""Write a figure as SVG text.

    Letters are outlines, so no font is needed to show it, and no text can be read out of it: give
    it an alternative text where it is used. The element starts with ``<svg`` and has no
    declaration, no style sheet and no identifiers that could meet those of another chart in the
    same page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Any figure; it is neither closed nor changed.

    Returns
    -------
    str
        One ``<svg>`` element, of the same bytes in every process.

    Examples
    --------
    >>> text = figure_svg(Chart(figsize=(1, 1)))
    >>> text[:5], text[-7:]
    ('<svg ', '</svg>\n')
    """
    stream = io.StringIO()
    with chart_style():
        figure.savefig(stream, format="svg", metadata=_NO_METADATA)
    text = _COMMENT.sub("", stream.getvalue())
    text = _GLOBAL_STYLE.sub("", text[text.index("<svg") :])
    # What the style sheet said of every element, said once where all inherit it.
    text = text.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    return _own_ids(text)


def _own_ids(text: str) -> str:
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    used = set(_REFERENCE.findall(text))
    text = _ID.sub(lambda m: f' id="{mark}-{m[1]}"' if m[1] in used else "", text)
    return _REFERENCE.sub(lambda m: f"#{mark}-{m[1]}", text)
