"""How large the claimed changes are, drawn for a notebook: a figure for each language."""

import pandas as pd
from IPython.display import Markdown

from watchwords import charts
from watchwords.briefs.languages import in_language
from watchwords.briefs.screen import ranked_claims
from watchwords.briefs.workspace import Workspace


def effect_figures(work: Workspace, *, n: int = 12) -> list[object]:
    """Draw the claimed changes by size, with intervals; not for the brief, whose charts are shares.

    Parameters
    ----------
    work : Workspace
    n : int, default 12
        Rows of each figure, at most.

    Returns
    -------
    list of matplotlib.figure.Figure
        One for each language that was judged, after a line of Markdown that names it where there
        are several. Names and reporting frames are left out, and what was judged with another
        item. Hand it to `show`.
    """
    shown: list[object] = []
    for lang in work.judged:
        own = work.trends[work.trends["lang"] == lang]
        claims = pd.concat([ranked_claims(own, direction=way) for way in ("up", "down")])
        labels = dict(zip(own["item"], own["label"], strict=True))
        spoken = in_language(work, lang)
        if spoken:
            line = f"{work.report.nouns.capitalize()}{spoken}"
            shown.append(Markdown(line))  # type: ignore[no-untyped-call]  # (IPython has no types)
        shown.append(charts.plot_trends(claims, top_n=n, labels=labels))
    return shown or [charts.plot_trends(work.trends)]
