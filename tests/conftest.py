"""What tests of several parts share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared():
    """The folder of real texts beside the project; none of their sentences is in the project."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the texts in {SHARED}, which are not part of the project")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    """Compile once, where nothing is yet: no test has to wait for it, or finds its note."""
    from watchwords import cli_warm
    from watchwords.tokens.loading import say_nothing

    if not cli_warm.is_warm():
        say_nothing()
        for _, prepare in cli_warm.list_steps():
            prepare()
