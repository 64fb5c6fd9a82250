import numpy as np
import pandas as pd
import pytest

from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.claiming import is_large


@pytest.mark.parametrize(
    ("shape", "direction", "low", "high", "large"),
    [
        ("step up", "up", 1.4, 3.0, True),
        ("step up", "up", 1.2, 3.0, False),
        ("rising", "up", 0.2, 0.6, False),
        ("falling", "down", 0.2, 0.6, True),
        ("falling", "down", 2.0, 4.0, False),
        ("burst", "", 2.0, 9.0, True),
        ("burst", "", 0.1, 0.5, False),
        ("burst", "down", 0.1, 0.5, True),
        ("seasonal", "", 2.0, 9.0, False),
        ("seasonal", "", 0.1, 0.5, False),
        ("", "", np.nan, np.nan, False),
    ],
)
def test_a_change_is_large_in_the_direction_that_is_said(shape, direction, low, high, large):
    table = pd.DataFrame({"shape": [shape], "effect_low": [low], "effect_high": [high]})
    found = is_large(table, np.array([direction], object), min_effect=1.3)
    assert found.tolist() == [large]


def test_claims_and_effects_go_the_same_way():
    plan = {"rising": 10, "falling": 10, "step down": 10, "seasonal": 20, "flat": 50}
    corpus = simulate_scores(plan, n_docs=1200, n_periods=36, freq="M", seed=4)
    table = fit_trends(corpus.scores, corpus.documents, freq="M", seed=1).table
    claimed = table[table["claimed"]]
    assert len(claimed) > 20
    assert (claimed.loc[claimed["direction"] == "up", "effect_low"] > 1.3).all()
    assert (claimed.loc[claimed["direction"] == "down", "effect_high"] < 1 / 1.3).all()
    assert (table["shape"] == "seasonal").sum() > 5
    assert not (claimed["shape"] == "seasonal").any()
