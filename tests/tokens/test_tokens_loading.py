import os
import subprocess
import sys
import time
from types import ModuleType

import pytest

from watchwords.tokens import loading, warm


def test_everything_is_made_ready():
    assert warm() == list(loading.KERNELS)


@pytest.mark.parametrize("slow", [True, False])
def test_a_note_is_written_only_where_compiling_takes_long(monkeypatch, capsys, tmp_path, slow):
    def import_slowly(name):
        time.sleep(0.3 if slow else 0)
        return ModuleType(name)

    monkeypatch.setattr(loading, "__file__", str(tmp_path / "loading.py"))
    monkeypatch.setattr(loading, "import_module", import_slowly)
    monkeypatch.setattr(loading, "_PATIENCE", 0.05)
    monkeypatch.setattr(loading, "_said", set())
    loading.load_kernels.__wrapped__("scan_kernels")
    assert ("once" in capsys.readouterr().err) == slow


def test_importing_the_package_compiles_nothing():
    code = "import sys, watchwords.tokens; sys.exit('numba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], env=os.environ.copy(), check=False)
    assert run.returncode == 0
