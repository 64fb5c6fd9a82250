"""When changes began and ended: fitted curves, dates, counts by period, and what can be said."""

from typing import Any

import numpy as np
import pandas as pd

from watchwords import charts
from watchwords.briefs.evidence import evidence_id
from watchwords.briefs.exhibits import Figure, Table, column
from watchwords.briefs.languages import in_language, of_documents
from watchwords.briefs.lists import seen_label
from watchwords.briefs.screen import distinct, ranked_claims
from watchwords.briefs.sources import confounded_in_words
from watchwords.briefs.spans import burst_in_words, window_in_words
from watchwords.briefs.sparks import spark_cells, spark_column, spark_note
from watchwords.briefs.variants import label_with_others
from watchwords.briefs.workspace import Workspace
from watchwords.periods import period_range, period_word
from watchwords.wording import fold_change, listed

SECTION = "Found more, found less"
_ORDER = (("up", "concept"), ("down", "concept"), ("up", "phrase"), ("down", "phrase"))


def strongest(work: Workspace, *, n: int) -> pd.DataFrame:
    """Choose the claims that are drawn: watched concepts first, rises and falls alike.

    Parameters
    ----------
    work : Workspace
    n : int
        At most so many, of one language.

    Returns
    -------
    pandas.DataFrame
        Rows of the judged items.
    """
    judged = work.trends[work.trends["lang"].isin(work.spoken)]
    if judged.empty:
        return judged
    judged = judged[judged["lang"] == _spoken(work)]
    queues = [distinct(ranked_claims(judged, direction=way, kind=kind)) for way, kind in _ORDER]
    half = -(-n // 2)
    concepts = pd.concat([queues[0].head(half), queues[1].head(half)])
    phrases = pd.concat([queues[2].head(half), queues[3].head(half)])
    return pd.concat([concepts, phrases]).head(n)


def _spoken(work: Workspace) -> str:
    """Choose the language that is drawn: languages share no axis."""
    return max(work.spoken, key=lambda each: (work.judged[each].n_dated, each))


def onset_figure(work: Workspace, *, n: int = 16) -> Figure | None:
    """Draw when the strongest claims began and ended.

    Parameters
    ----------
    work : Workspace
    n : int, default 16
        Rows at most.

    Returns
    -------
    Figure or None
        None if nothing that is claimed has a date.
    """
    table = strongest(work, n=n)
    table = table[table["onset"].notna() | table["end"].notna()]
    if table.empty:
        return None
    labels = dict(zip(table["item"], table["label"], strict=True))
    dates = work.counted.loc[work.counted["lang"] == _spoken(work), "date"].dropna()
    freq = work.report.freq
    drawn = charts.plot_onsets(
        table,
        freq=freq,
        coverage_start=dates.min(),
        coverage_end=dates.max(),
        labels=labels,
        events=work.events,
    )
    return Figure(
        id="fig-onsets",
        place="annex",
        section=SECTION,
        title="When the clearest changes began and ended" + of_documents(work, _spoken(work)),
        svg=charts.figure_svg(drawn),
        alt="Timeline: "
        + listed([f"{row['label']} {dates_in_words(row, freq)}" for _, row in table.iterrows()])
        + ".",
        width="full",
        note=(
            f"Bars: the {period_word(freq)} in which the change may have begun or ended, at 95 %. "
            "What was found before the corpus begins cannot be seen. A date says when wording "
            "changed in this corpus, and nothing about why."
        ),
    )


def curve_figure(work: Workspace, *, n: int = 6) -> Figure | None:
    """Draw the fitted change of the strongest claims over what was observed.

    Parameters
    ----------
    work : Workspace
    n : int, default 6
        Panels at most.

    Returns
    -------
    Figure or None
        None if no claimed item has a curve.
    """
    curves = work.curves
    if curves is None:
        return None
    table = strongest(work, n=4 * n)
    # Items in most documents have another score, which shares no axis with this one.
    fitted = curves[(curves["score"] == "presence") & curves["lang"].isin(table["lang"])]
    table = table[table["item"].isin(fitted["item"])]
    halves = [table[table["direction"] == way].head(n // 2) for way in ("up", "down")]
    table = pd.concat(halves)
    if table.empty:
        return None
    labels = dict(zip(table["item"], table["label"], strict=True))
    freq = work.report.freq
    drawn = charts.plot_curves(
        fitted, table, freq=freq, items=list(table["item"]), labels=labels, events=work.events
    )
    return Figure(
        id="fig-curves",
        place="annex",
        section=SECTION,
        title=f"Fitted changes, and the {period_word(freq)} in which they may have begun"
        + of_documents(work, _spoken(work)),
        svg=charts.figure_svg(drawn),
        alt="Small multiples of a fitted curve over observed shares: "
        + listed([f"{row['label']} {dates_in_words(row, freq)}" for _, row in table.iterrows()])
        + ".",
        width="full",
        note=(
            f"The curve is the shape that fits best, given how long the {work.report.nouns} of "
            "each period are: a longer text has more of everything, which is why it is not smooth."
            f"{joined_in_words(fitted, freq)}"
        ),
    )


def joined_in_words(curves: pd.DataFrame, freq: str) -> str:
    """Say how many periods a point of a curve stands for, where the tests join them.

    Parameters
    ----------
    curves : pandas.DataFrame
        Of one language, with ``period``: what is drawn.
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str
        "" where each stands for one, else a sentence after a blank.

    Examples
    --------
    >>> days = pd.to_datetime(["2020-01-01", "2020-03-01", "2020-05-01"])
    >>> joined_in_words(pd.DataFrame({"period": days}), "M")
    ' Each point is 2 months together.'
    """
    if curves.empty:
        return ""
    starts = np.unique(curves["period"].to_numpy())
    every = len(period_range(starts[0], starts[-1], freq)) - 1
    together = round(every / max(len(starts) - 1, 1))
    if together < 2:
        return ""
    return f" Each point is {together} {period_word(freq, together)} together."


def matrix_figure(work: Workspace, *, n: int = 16) -> Figure | None:
    """Draw how many documents of each period have the watched concepts.

    Parameters
    ----------
    work : Workspace
    n : int, default 16
        Rows at most, those in most documents.

    Returns
    -------
    Figure or None
        None if too few documents are dated, or no concept was found.
    """
    table = work.trends[(work.trends["kind"] == "concept") & (work.trends["n_docs"] > 0)]
    table = table[table["lang"].isin(work.spoken)]
    if work.rung == "occurrences" or table.empty:
        return None
    lang = _spoken(work)
    table = table[table["lang"] == lang]
    table = table.sort_values(["n_docs", "item"], ascending=[False, True]).head(n)
    # In the order of first finds, what replaced what is seen at once.
    table = table.sort_values(["first_seen", "item"])
    rates = work.rates[(work.rates["lang"] == lang) & work.rates["item"].isin(table["item"])]
    labels = dict(zip(table["item"], table["label"], strict=True))
    freq = work.report.chart_freq
    drawn = charts.plot_matrix(rates, items=list(table["item"]), labels=labels, freq=freq)
    return Figure(
        id="fig-matrix",
        place="annex",
        section="Watched concepts",
        title=(
            f"{work.report.nouns.capitalize()}{in_language(work, lang)} with each concept, "
            f"by {period_word(freq, 1)}"
        ),
        svg=charts.figure_svg(drawn),
        alt=f"Heat matrix of counts: {listed([labels[item] for item in table['item']])}.",
        width="full",
        note=(
            f"The {len(table)} concepts in most {work.report.nouns}, in the order in which they "
            f"were first found. Number: {work.report.nouns} with the concept."
        ),
    )


def verdict_table(work: Workspace, *, n: int = 12) -> Table | None:
    """List the strongest claims with what can be said of each, and where to look.

    Parameters
    ----------
    work : Workspace
    n : int, default 12
        Rows at most.

    Returns
    -------
    Table or None
        None if nothing is claimed.
    """
    table = strongest(work, n=n)
    if table.empty:
        return None
    freq = work.report.freq
    rows: list[list[Any]] = []
    sparks = spark_cells(work, zip(table["item"], table["lang"], strict=True))
    for place, (_, row) in enumerate(table.iterrows()):
        key = evidence_id(row["kind"], row["lang"], row["item"])
        rows.append(
            [
                label_with_others(work, row),
                *sparks[place : place + 1],
                verdict_in_words(row, freq),
                dates_in_words(row, freq) or "–",
                {"text": f"{int(row['k_early'])} of {int(row['n_early'])}", "evidence": key},
                {"text": f"{int(row['k_late'])} of {int(row['n_late'])}", "evidence": key},
            ]
        )
    return Table(
        id="table-verdicts",
        place="annex",
        section=SECTION,
        title="The clearest changes: when, how much, and in how many "
        + (work.report.nouns + in_language(work, _spoken(work))),
        columns=[
            column("Wording", "1fr"),
            *([spark_column(work)] if sparks else []),
            column("What can be said", "1fr"),
            column("when (95 %)", "1fr"),
            column("first third", align="right"),
            column("last third", align="right"),
        ],
        rows=rows,
        note=(
            "At least ×2: twice as often after the change as before; at most ×1/4: a quarter as "
            "often; the end of the 95 % interval that is nearer to no change. “Until”: the fall "
            "came in the period after. "
            f"First and last third: {work.report.nouns} with the wording, of all dated in that "
            "third. Read the sentences behind a count before you write of it: one wording may "
            f"stand for two things.{spark_note(work) * bool(sparks)} {confounded_in_words(work)}"
        ).strip(),
    )


def dates_in_words(row: pd.Series, freq: str) -> str:
    """Word when a change began and ended, each with its set.

    Parameters
    ----------
    row : Series
        With ``onset``, ``end`` and their sets.
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str
        "" if neither is known.

    Examples
    --------
    >>> days = pd.to_datetime(["1936-01-01", "1931-01-01", "1936-01-01", None, None, None])
    >>> names = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]
    >>> dates_in_words(pd.Series(days, names), "Y")
    'from 1936 (1931–1936)'
    """
    said = []
    for name, word, ago in (("onset", "from", 0), ("end", "until", 1)):
        if pd.isna(row[name]):
            continue
        # An end is the first day without: a reader is told the last period with.
        best, low, high = row[[name, f"{name}_low", f"{name}_high"]] - pd.Timedelta(days=ago)
        said.append(f"{word} {window_in_words(best, best, freq)}")
        if not pd.isna(low) and pd.isna(high):
            # The set reaches beyond the last period: the item may not have ended at all.
            said[-1] += f" ({window_in_words(low, low, freq)} or later)"
        elif not pd.isna(low):
            window = window_in_words(low, high, freq)
            said[-1] += f" ({window})" * (window != window_in_words(low, low, freq))
    return ", ".join(said)


def verdict_in_words(row: pd.Series, freq: str) -> str:
    """Word in a few words what can be said of a claimed change, and what speaks against it.

    Parameters
    ----------
    row : Series
        A row of the judged items.
    freq : str
        Length of a period of the tests.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"direction": "up", "effect_low": 2.4, "silent": False, "months_agree": False}
    >>> verdict_in_words(pd.Series(row), "M")
    'up, at least ×2.4; not against a year before'
    """
    up = row["direction"] == "up"
    near = row["effect_low"] if up else row["effect_high"]
    said = burst_in_words(row, freq) or str(row["direction"])
    if row["silent"]:
        said = f"down to none since {seen_label(row['silence_start'], freq)}"
    elif near > 0:
        said += f", at {'least' if up else 'most'} {fold_change(float(near))}"
    return said + "; not against a year before" * (not row["months_agree"])
