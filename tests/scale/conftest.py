"""A corpus in partitions that tests of executors count."""

import numpy as np
import pandas as pd
import pytest

from watchwords.scale import write_partitions


@pytest.fixture(scope="session")
def many_parts(tmp_path_factory):
    """Invented documents in forty partitions."""
    rng = np.random.default_rng(7)
    words = np.array([f"w{i}" for i in range(3000)] + ["of", "the", "well-being", "U.S."], object)
    chance = 1 / np.arange(1, len(words) + 1)
    chance /= chance.sum()
    signs = np.array([" ", " ", " ", " ", " ", ", ", ". "], object)
    texts = []
    for _ in range(800):
        drawn = rng.choice(words, 300, p=chance)
        texts.append("".join(drawn + rng.choice(signs, len(drawn))))
    table = pd.DataFrame(
        {
            "text": pd.Series(texts, dtype="str"),
            "date": pd.to_datetime([f"{year}-06-01" for year in rng.integers(1990, 2020, 800)]),
        }
    )
    folder = tmp_path_factory.mktemp("many")
    return write_partitions(table, folder, max_bytes=int(table["text"].str.len().sum()) // 39)
