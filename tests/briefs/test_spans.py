import pandas as pd
import pytest

from watchwords.briefs.changes import dates_in_words
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
        ("10Y", ["1950-01-01", "1930-01-01", "1950-01-01"], "from 1950s (1930s to 1950s)"),
        ("W", ["2016-03-07", "2016-03-07", "2016-03-07"], "from week of 7 Mar 2016"),
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
    assert dating_in_words(row, "Q") == "The rise began in 2016 Q1 to 2016 Q3 (95 %)."
    assert dating_in_words(row, "Y") == "The rise began in 2016."


def test_an_end_that_may_lie_beyond_the_corpus_is_open():
    days = ["2010-01-01"] * 3 + ["2015-01-01", "2014-01-01", None]
    assert dates_in_words(dated(*days), "Y") == "from 2010, until 2014 (2013 or later)"
