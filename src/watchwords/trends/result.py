"""What a fit of trends holds."""

from dataclasses import dataclass

import pandas as pd

from watchwords.floors import Coverage


@dataclass(frozen=True, eq=False)
class Trends:
    """Judged changes of items over time, with what they rest on.

    Attributes
    ----------
    table : pandas.DataFrame
        The table ``trends``, one row per item in the order of the scores, with the further
        columns ``k_early``, ``n_early``, ``k_late``, ``n_late`` (documents with the item and in
        all, in the first and the last third of the documents the item is tested on, for wordings
        the originals), ``early_end`` (first day
        after the early span) and ``late_start`` (first day of the late one; both NaT where
        nothing was tested); by months over two years or more ``k_recent`` of ``n_recent``
        documents in the last ``months`` from ``recent_start``, ``k_year_before`` of
        ``n_year_before`` in the same months a year before, ``months_agree`` and ``months_after``
        (both lie after the change, so that they agree unless they contradict it); and ``silent``
        with its arithmetic (``k_steady`` of ``n_steady`` documents from ``steady_start`` to
        ``silence_start``, ``n_silent`` documents since, ``expected_silent`` of them with it,
        ``p_silent`` the probability of none). ``effect`` with its 95 % interval is, for a step, a
        burst, an appearance or a vanishing, the fold change of the rate at its dates; for any
        other shape the change over the whole span of a steady course fitted to the item. Dates
        and shape are chosen from the same documents, so that effects of what barely passed the
        test lean to the large side. Of planted changes by a factor of 4 the interval held the
        truth for 97 % of steps that were dated and for 95 % of steady changes, but for half of
        the steps that were taken for a steady change, of which it is 1.4 to 1.8 times too large,
        and for 89 % of bursts, which it makes a tenth too small.
    curve : pandas.DataFrame
        One row per detected item and period: ``item``, ``period``, ``n_docs_total``,
        ``score`` ("presence" or "damped"), ``observed``, ``expected`` (if flat), ``fitted``,
        ``low`` and ``high`` (95 % interval of the fit). For presence all are shares of
        documents, for damped items mean damped counts; NaN in a period without documents.
    evidence : pandas.DataFrame
        One row per tested item: ``item``, ``n_docs`` (tested documents with it), ``score``,
        ``statistic``, ``p_value``, ``q_value``, ``dispersion``.
    untested : pandas.DataFrame
        One row per item that was not tested: ``item``, ``n_docs``, ``reason``.
    strata : pandas.DataFrame
        One row per stratum: ``stratum``, ``n_docs``, ``first``, ``last`` (first days of
        periods), ``span`` (share of the span of the corpus).
    coverage : Coverage
        Documents, those dated finely enough to be tested, translations among them, and the
        periods they fall in.
    notes : tuple of str
        What was left out, and how many tests there were.
    """

    table: pd.DataFrame
    curve: pd.DataFrame
    evidence: pd.DataFrame
    untested: pd.DataFrame
    strata: pd.DataFrame
    coverage: Coverage
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        """Say how much was tested and found."""
        table, n_tests = (
            self.table,
            len(self.evidence) - int((self.table["variant_of"] != "").sum()),
        )
        head = f"Trends: {len(table):,} items, {n_tests:,} tested"
        if not n_tests:
            return "\n".join([head, *self.notes])
        up = int((table["claimed"] & (table["direction"] == "up")).sum())
        down = int((table["claimed"] & (table["direction"] == "down")).sum())
        head += f", {int(table['detected'].sum()):,} detected, claimed {up:,} up and {down:,} down"
        return "\n".join([head, *self.notes])

    def _repr_html_(self) -> str:
        """Show the claimed changes, most certain first."""
        shown = ["item", "shape", "q_value", "effect", "effect_low", "effect_high", "n_docs"]
        claimed = self.table[self.table["claimed"]].sort_values(["q_value", "item"])
        frame = claimed[[*shown, "verdict"]].head(50)
        return str(frame.to_html(index=False, float_format="{:.3g}".format, escape=True))
