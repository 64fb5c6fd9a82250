from importlib import util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def oracles():
    """The slow twins of tests/oracles.py, whatever folder pytest was started in."""
    path = Path(__file__).parents[1] / "oracles.py"
    spec = util.spec_from_file_location("trends_oracles", path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
