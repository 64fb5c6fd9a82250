"""Test every item of a screen against permuted dates, and control the false discoveries."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.fdr import Tail, adaptive_step_down, null_shares, pooled_step_up
from watchwords.trends.blocks import list_blocks, map_threads
from watchwords.trends.courses import Courses
from watchwords.trends.damping import is_damped
from watchwords.trends.dating import date_changes, size_spans
from watchwords.trends.expectation import count_cells
from watchwords.trends.exposure import Floats, Ints
from watchwords.trends.judging import Judged, draw_curve, evidence_of, judge_items, weigh_courses
from watchwords.trends.model import Model, build_model, expose_documents
from watchwords.trends.permutation import (
    count_draws,
    draw_null,
    group_items,
    surprise_tail,
    tail_p_value,
)
from watchwords.trends.shape import find_shapes
from watchwords.trends.statistics import share_courses

DETECTED_Q = 0.05
_NUMBERS = ("statistic", "dispersion", "span_effect", "span_error", "evidence")
_DATES = [f"{name}{suffix}" for name in ("onset", "end") for suffix in ("", "_low", "_high")]
_CURVE = ("observed", "expected", "fitted", "low", "high")


def screen_items(
    matrix: sparse.csc_array,
    n_units: Ints,
    *,
    period: Ints,
    stratum: Ints,
    courses: Courses,
    stride: int = 1,
    seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Test all items in one call.

    Parameters
    ----------
    matrix : csc_array of int, shape (n_docs, n_items)
        Occurrences; the order of rows and columns must not depend on the caller's tables.
    n_units : ndarray of int64, shape (n_docs,)
        Length of each document.
    period, stratum : ndarray of int64, shape (n_docs,)
        Indices of each document; the axis ends with the last period.
    courses : Courses
        What the items are compared with, on an axis of every `stride` periods.
    stride : int, default 1
        Periods that are taken together for the tests; changes are dated on the full axis.
    seed : int
        Seed of the permutations.

    Returns
    -------
    evidence : pandas.DataFrame
        One row per item, in order: ``statistic`` (z of a steady trend), ``evidence`` (logarithm
        of the average likelihood ratio), ``p_value`` and ``q_value`` of it, ``dispersion``
        (variance between periods over that between documents), ``span_effect`` and
        ``span_error`` (logarithm of the fold change over the span), ``effect``, ``effect_low``
        and ``effect_high`` (the same for the shape of a change that was found), ``shape``,
        ``leads`` (where a burst leads: "up", "down" or ""), ``onset``, ``onset_low``,
        ``onset_high``, ``end``, ``end_low``, ``end_high`` (indices of periods, -1 for none),
        ``score`` ("presence" or "damped").
    curve : pandas.DataFrame
        One row per item found to change and period: ``item`` (position), ``period`` (index),
        ``n_docs_total``, ``observed``, ``expected`` if flat, ``fitted``, ``low``, ``high``: mean
        score of the documents of the period, NaN where there is none.
    """
    damped = is_damped(np.diff(matrix.indptr), matrix.shape[0])
    n_periods = -(-(int(period.max()) + 1) // stride)
    models, axes = [], []
    for kind in (False, True):
        members = np.flatnonzero(damped == kind)
        if not len(members):
            continue
        own = matrix[:, members].tocsc()
        fine = expose_documents(own, n_units, damped=kind, period=period, stratum=stratum)
        coarse = replace(fine, period=period // stride, n_periods=n_periods)
        models.append((members, build_model(own, coarse, courses, damped=kind)))
        axes.append(fine)
    tails: list[Tail] = []
    evidence = pd.concat(
        [_screen(model, members, tails, seed=seed) for members, model in models]
    ).sort_index()
    tails = _weigh_groups(evidence, tails)
    q = pooled_step_up(evidence["surprise"], evidence["null"], tails)
    evidence["q_value"] = adaptive_step_down(q)
    detected = evidence["q_value"].to_numpy() <= DETECTED_Q
    n_docs = np.bincount(period // stride, minlength=n_periods)
    size_spans(evidence)
    curves = [_lay_out(np.empty(0, np.int64), n_docs, [np.empty((0, len(n_docs)))] * 5)]
    for (members, model), fine in zip(models, axes, strict=True):
        found = np.flatnonzero(detected[members])
        if not len(found):
            continue
        shaped, curve = _describe(model, members, found, n_docs=n_docs)
        evidence.loc[shaped.index, shaped.columns] = shaped
        curves.append(curve)
        date_changes(evidence, model, members, found=found, fine=fine, stride=stride)
    return evidence, pd.concat(curves, ignore_index=True).sort_values(["item", "period"])


def _screen(model: Model, members: Ints, tails: list[Tail], *, seed: int) -> pd.DataFrame:
    """Judge the items of a model; the nulls that belong to them are added to `tails`."""
    judged = map_threads(partial(judge_items, model), list_blocks(len(members)))
    table = _tabulate(judged).set_index(members)
    table["score"] = "damped" if model.screen.damped else "presence"
    groups = group_items(model.screen.n_docs)

    def statistic(items: Ints, observed: Floats, period: Ints) -> Floats:
        cells = count_cells(model.exposure, period)
        shares = share_courses(
            cells, courses=model.courses, grid=model.grid, place=model.place.take(items)
        )
        values = np.empty(len(items))
        for part in list_blocks(len(items)):
            values[part] = evidence_of(model, items[part], observed=observed[part], shares=shares)
        return values

    null = draw_null(
        model.screen,
        model.exposure,
        groups=groups,
        statistic=statistic,
        seed=[seed, int(model.screen.damped)],
        n_draws=count_draws(model.screen.scores.nnz, model.courses.curve.size),
    )
    p, found = np.empty(len(members)), table["evidence"].to_numpy()
    for group, draws in enumerate(null):
        own = groups == group
        p[own] = tail_p_value(found[own], draws)
    table = table.assign(p_value=p, surprise=found - np.log(p), null=groups + len(tails))
    tails += [surprise_tail(draws, found.max()) for draws in null]
    return table


def _weigh_groups(evidence: pd.DataFrame, tails: list[Tail]) -> list[Tail]:
    r"""Add to each surprise, and to the null of its group, the odds of a change in the group.

    With :math:`\pi_g` of `null_shares`, :math:`\log((1 - \pi_g)/\pi_g)`: the evidence then is
    ranked as by a local false-discovery rate (Cai and Sun 2009, see `pooled_step_up`), while the
    share of false discoveries is still counted with all items taken for nulls.
    """
    group = evidence["null"].to_numpy(np.int64)
    share = null_shares(evidence["p_value"], group)
    odds = np.log((1 - share) / share)
    evidence["surprise"] += odds[group]
    return [(at + odd, log_p) for (at, log_p), odd in zip(tails, odds, strict=True)]


def _tabulate(judged: list[Judged]) -> pd.DataFrame:
    """Lay out what is known of all items; shapes and dates come with what is found."""
    columns = {name: np.concatenate([getattr(part, name) for part in judged]) for name in _NUMBERS}
    return pd.DataFrame({**columns, "shape": "", "leads": "", **dict.fromkeys(_DATES, -1)})


def _describe(
    model: Model, members: Ints, found: Ints, *, n_docs: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find shapes, dates and curves of the items that change."""

    def describe(part: Ints) -> tuple[pd.DataFrame, pd.DataFrame]:
        items = found[part]
        weighed = weigh_courses(model, items)
        shaped = find_shapes(weighed.weights, model.courses)
        dates = np.concatenate([shaped.onset, shaped.end], axis=1)
        shapes = pd.DataFrame(dates, members[items], _DATES).assign(shape=shaped.shape)
        fitted, low, high = draw_curve(model, items, weighed)
        values = [weighed.observed, weighed.expected.by_period, fitted, low, high]
        return shapes, _lay_out(members[items], n_docs, values)

    described = map_threads(describe, list_blocks(len(found)))
    shapes, curves = zip(*described, strict=True)
    return pd.concat(shapes), pd.concat(curves, ignore_index=True)


def _lay_out(items: Ints, n_docs: Ints, values: list[Floats]) -> pd.DataFrame:
    n_periods = len(n_docs)
    per_doc = np.where(n_docs > 0, n_docs, np.nan).astype(float)
    frame = pd.DataFrame(
        {
            "item": np.repeat(items, n_periods),
            "period": np.tile(np.arange(n_periods), len(items)),
            "n_docs_total": np.tile(n_docs, len(items)),
        }
    )
    for name, value in zip(_CURVE, values, strict=True):
        frame[name] = (value / per_doc).ravel()
    return frame
