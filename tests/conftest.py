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
