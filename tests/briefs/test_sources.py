from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.sources import confounded_in_words


def desk(sources, *, strata=None, notes=(), rung="direction"):
    days = pd.date_range("2015-01-01", periods=len(sources), freq="20D")
    counted = pd.DataFrame({"date": days, "source": sources, "issuer": ""})
    report = SimpleNamespace(strata=strata)
    meta = {"notes": list(notes)}
    return SimpleNamespace(report=report, meta=meta, counted=counted, rung=rung)


SWAP = ["Daily"] * 40 + ["Evening"] * 40
MIXED = ["Daily", "Evening"] * 40


def test_sources_that_swap_over_time_are_named_in_every_finding():
    assert confounded_in_words(desk(SWAP)) == (
        "Some sources come or go: the test cannot tell source from time."
    )


@pytest.mark.parametrize("sources", [MIXED, ["Daily"] * 80, [""] * 80])
def test_nothing_is_said_of_sources_that_last(sources):
    assert confounded_in_words(desk(sources)) == ""


def test_strata_of_the_sources_answer_it_unless_they_do_not_overlap():
    assert confounded_in_words(desk(SWAP, strata="source")) == ""
    note = "The strata by source cover on average 20 % of the span of the corpus: …"
    said = confounded_in_words(desk(SWAP, strata="source", notes=[note]))
    assert "cannot tell source from time" in said


def test_strata_of_something_else_do_not():
    assert "source" in confounded_in_words(desk(SWAP, strata="level"))


def test_below_the_floors_nothing_is_tested():
    assert confounded_in_words(desk(SWAP, rung="occurrences")) == ""
