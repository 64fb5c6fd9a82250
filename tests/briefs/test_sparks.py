import pandas as pd
import pytest

from watchwords.briefs.report import Report
from watchwords.briefs.sparks import spark_cells, spark_column, spark_note


class Desk:
    """What a drawing asks of a workspace: the report and the rates."""

    def __init__(self, shares, complete, freq="10Y"):
        self.report = Report(corpus="c", source="s", noun="speech", chart_freq=freq)
        n = len(complete)
        periods = pd.to_datetime([f"{1900 + 10 * i}-01-01" for i in range(n)])
        self.rates = pd.concat(
            pd.DataFrame(
                {"item": item, "lang": "en", "period": periods, "share": s, "complete": complete}
            )
            for item, s in shares.items()
        )


@pytest.fixture
def desk():
    shares = {"war": [0.0, 0.5, float("nan"), 1.0, 0.2], "peace": [0.1] * 5, "none": [0.0] * 5}
    return Desk(shares, [True] * 4 + [False])


def test_cells_stand_in_the_order_of_the_rows_and_say_what_they_show(desk):
    war, peace, missing = spark_cells(desk, [("war", "en"), ("peace", "en"), ("war", "zh")])
    assert war["alt"] == "highest 100 % in the 1930s, 20 % in the 1940s"
    assert peace["alt"] == "highest 10 % in the 1900s, 10 % in the 1940s"
    assert 'fill="#fff"' in war["svg"]
    assert missing == ""


def test_all_of_a_table_have_one_scale(desk):
    alone, _ = spark_cells(desk, [("peace", "en"), ("peace", "en")])
    _, beside = spark_cells(desk, [("war", "en"), ("peace", "en")])
    assert alone["svg"] != beside["svg"]


def test_silence_is_told(desk):
    assert spark_cells(desk, [("none", "en")])[0]["alt"] == "in none"


def test_few_periods_are_not_drawn():
    assert spark_cells(Desk({"war": [0.1, 0.2, 0.3]}, [True] * 3), [("war", "en")]) == []


def test_words_name_the_period_and_the_documents(desk):
    assert spark_column(desk)["label"] == "by decade"
    assert "share of speeches by decade" in spark_note(desk)
