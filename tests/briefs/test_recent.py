import pandas as pd

from watchwords.briefs.compute import find_recent


def test_dates_coarser_than_the_period_are_not_among_the_latest():
    fine = pd.DataFrame({"date": pd.date_range("2020-01-05", periods=40, freq="D")})
    fine["date_precision"] = "day"
    coarse = pd.DataFrame({"date": pd.to_datetime(["2021-01-01"] * 29), "date_precision": "year"})
    both = pd.concat([coarse, fine], ignore_index=True)
    assert find_recent(both, "M") == fine["date"].iloc[10]
    assert find_recent(both, "Y") == fine["date"].iloc[39]


def test_without_fine_dates_nothing_is_recent():
    coarse = pd.DataFrame({"date": pd.to_datetime(["2021-01-01"]), "date_precision": "year"})
    assert find_recent(coarse, "M") == pd.Timestamp.max
