import pandas as pd
import pytest

from watchwords.briefs.changes import dates_in_words, verdict_in_words
from watchwords.briefs.claims import dating_in_words

NAMES = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]


def dated(*days, **more):
    return pd.Series({**dict(zip(NAMES, pd.to_datetime(list(days)), strict=True)), **more})


@pytest.mark.parametrize(
    ("freq", "days", "words"),
    [
        ("M", ["2016-03-01", "2016-02-01", "2016-05-01"], "from Mar 2016 (Feb 2016 to May 2016)"),
        ("Q", ["2016-04-01", "2016-01-01", "2016-04-01"], "from 2016 Q2 (2016 Q1 to 2016 Q2)"),
        ("Y", ["2016-01-01", "2016-01-01", "2016-01-01"], "from 2016"),
        (
            "10Y",
            ["1950-01-01", "1930-01-01", "1950-01-01"],
            "from the 1950s (the 1930s to the 1950s)",
        ),
        ("W", ["2016-03-07", "2016-03-07", "2016-03-07"], "from the week of 7 March 2016"),
    ],
)
def test_a_beginning_is_named_in_the_periods_of_the_tests(freq, days, words):
    assert dates_in_words(dated(*days, None, None, None), freq) == words


def test_an_end_is_the_last_period_with_the_item():
    days = ["2010-01-01"] * 3 + ["2015-01-01", "2014-01-01", "2017-01-01"]
    assert dates_in_words(dated(*days), "Y") == "from 2010, until 2014 (2013–2016)"
    quarterly = ["2010-01-01"] * 3 + ["2015-04-01"] * 3
    assert dates_in_words(dated(*quarterly), "Q") == "from 2010 Q1, until 2015 Q1"


def test_a_rise_is_dated_in_the_periods_of_the_tests():
    days = ["2016-01-01", "2016-01-01", "2016-07-01", None, None, None]
    seen = {"first_seen": pd.Timestamp("2012-02-03"), "last_seen": pd.Timestamp("2020-05-06")}
    row = dated(*days, **seen, direction="up")
    assert dating_in_words(row, "Q") == "The rise began between 2016 Q1 and 2016 Q3 (95 %)."
    assert dating_in_words(row, "Y") == "The rise began in 2016."
    assert dating_in_words(row, "10Y") == "The rise began in the 2010s."
    weeks = row.copy()
    weeks["onset_high"] = pd.Timestamp("2016-01-11")
    assert dating_in_words(weeks, "W") == (
        "The rise began between the week of 28 December 2015 and the week of 11 January 2016 "
        "(95 %)."
    )


def test_an_end_that_may_lie_beyond_the_corpus_is_open():
    days = ["2010-01-01"] * 3 + ["2015-01-01", "2014-01-01", None]
    assert dates_in_words(dated(*days), "Y") == "from 2010, until 2014 (2013 or later)"


def test_what_came_and_went_is_said_to_be_found_mainly_then():
    days = ["1848-01-01"] * 3 + ["1882-01-01"] * 3
    known = {"direction": "down", "effect_low": 0.1, "effect_high": 0.25, "months_agree": True}
    row = dated(*days, **known, silent=False, shape="burst")
    assert verdict_in_words(row, "Y") == "found mainly between 1848 and 1881, at most ×1/4"
    assert verdict_in_words(row, "10Y").startswith("found mainly between the 1840s and the 1880s")
    year = dated(*["1848-01-01"] * 3, *["1849-01-01"] * 3, **known, silent=False, shape="burst")
    assert verdict_in_words(year, "Y").startswith("found mainly in 1848, at most")
    step = dated(None, None, None, *days[3:], **known, silent=False, shape="step down")
    assert verdict_in_words(step, "Y") == "down, at most ×1/4"
