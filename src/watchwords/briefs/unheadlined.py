"""Why the first page has no finding, in a sentence."""

import pandas as pd

from watchwords.briefs.exhibits import Note
from watchwords.briefs.languages import in_language
from watchwords.briefs.sources import translated_languages
from watchwords.briefs.workspace import Workspace
from watchwords.floors import HEADLINE_DOCS, SPAN_DOCS, TEST_DOCS, count_of
from watchwords.periods import period_word
from watchwords.wording import listed

_OF_TRANSLATIONS = ("in translation", "original")  # in the reasons of the tests


def no_finding_note(work: Workspace) -> Note:
    """Say why nothing is headlined: too few periods, nothing tested, or nothing clear enough.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note
    """
    passed = work.trends[work.trends["claimed"] & work.trends["direction"].isin(["up", "down"])]
    claims = passed[~passed["ignored"]]
    tested = sum(value for name, value in work.meta.items() if name.startswith("n_tested_"))
    if work.rung == "seen":
        text = (
            f"With {work.deciding.n_periods} {period_word(work.report.freq)} no direction is "
            "given; watched concepts are listed with their counts, earlier and later."
        )
    elif not tested:
        text = _untested(work)
    elif claims.empty:
        apart = ", names and reporting frames apart" if len(passed) else ""
        text = f"No change shown among {count_of(tested, 'item')} tested{apart}."
    else:
        text = _not_headlined(work, claims, tested=tested)
    return Note(id="no-finding", place="front", section="In short", paragraphs=[text])


def _not_headlined(work: Workspace, claims: pd.DataFrame, *, tested: int) -> str:
    """Say how many changes pass the test, and what a finding needs besides."""
    # A wording and its parts are tested once.
    led = claims["variant_of"].where(claims["variant_of"] != "", claims["item"])
    n = len(claims.assign(led=led).drop_duplicates(["led", "lang"]))
    passing = (
        f"{count_of(n, 'change')} of {count_of(tested, 'item')} tested "
        f"{'passes' if n == 1 else 'pass'} the test"
    )
    listed_in = f"{'It is' if n == 1 else 'They are'} listed with counts in the annex."
    size = claims[["n_early", "n_late"]].min(axis=1)
    least = claims.iloc[int(size.to_numpy().argmin())]
    early, late = int(least["n_early"]), int(least["n_late"])
    if min(early, late) < SPAN_DOCS:
        spoken = work.report.nouns + in_language(work, least["lang"])
        return (
            f"{passing}, but the spans that are compared have {early} and {late} {spoken}, and a "
            f"finding in words needs {SPAN_DOCS} in each. {listed_in}"
        )
    needs = [f"{HEADLINE_DOCS} {work.report.nouns} with the wording"]
    if claims["months"].any():
        needs.append("the same direction against the same months a year before")
    if translated_languages(work):
        needs.append("in translated texts, a watched concept")
    return f"{passing}. A finding on this page needs more: {listed(needs)}. {listed_in}"


def _untested(work: Workspace) -> str:
    """Say why nothing was tested where there are documents enough, as the tests gave it."""
    most = int(work.trends["n_docs"].max()) if len(work.trends) else 0
    if not most:
        return (
            "Nothing was tested: no watched concept was found, and no other wording is in "
            f"{work.report.min_docs} or more {work.report.nouns}."
        )
    needed = count_of(TEST_DOCS, work.report.noun, plural=work.report.nouns)
    unit, units = period_word(work.report.freq, 1), period_word(work.report.freq)
    dated = f"dated at least to the {unit}, in {units} that have ended"
    given = work.meta.get("untested", {})
    reasons = [reason for lang in work.spoken for reason in given.get(lang, {})]
    if any(word in reason for reason in reasons for word in _OF_TRANSLATIONS):
        return (
            "Nothing was tested: wordings other than watched concepts are tested in originals "
            "only, since a change of translator looks like a change of wording, and too few "
            f"originals have them; no watched concept is in {needed} {dated}."
        )
    return (
        f"Nothing was tested: a test needs {needed} with the item, {dated}, and no item that was "
        "looked for has so many."
    )
