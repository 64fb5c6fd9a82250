"""Damaged files of every format end as documents or as named rejects."""

import subprocess
import sys
from pathlib import Path


def test_no_damaged_file_is_lost_or_stops_the_others():
    script = Path(__file__).with_name("fuzz_readers.py")
    done = subprocess.run(
        [sys.executable, script, "150", "7"],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "without an outcome: none" in done.stdout
    assert "accepted" in done.stdout
    assert "malformed" in done.stdout
