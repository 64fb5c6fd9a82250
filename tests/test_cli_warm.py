"""Everything compiled beforehand, by one process or several."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from watchwords import cli_warm
from watchwords.cli import app
from watchwords.tokens import loading

CODE = Path(cli_warm.__file__).parent


def test_the_command_prepares_everything_and_says_where():
    result = CliRunner().invoke(app, ["warm"])
    assert result.exit_code == 0, result.output
    assert "Ready after" in result.output
    assert str(CODE) in result.output
    assert cli_warm.is_warm()


def test_every_module_of_compiled_code_is_prepared():
    files = {f"{file.parent.name}.{file.stem}" for file in cli_warm.kernel_files()}
    assert files == {name for name, _ in cli_warm.list_steps()}


def test_a_module_that_changed_is_not_compiled(tmp_path):
    source = tmp_path / "one_kernels.py"
    assert not loading.is_compiled(source)
    source.write_text("")
    (tmp_path / "__pycache__").mkdir()
    with loading.preparing(source):
        assert not loading.is_compiled(source)
    assert loading.is_compiled(source)
    source.write_text("a = 1")
    assert not loading.is_compiled(source)


def test_what_fails_is_not_taken_for_compiled(tmp_path):
    source = tmp_path / "one_kernels.py"
    source.write_text("")
    (tmp_path / "__pycache__").mkdir()
    with pytest.raises(ZeroDivisionError), loading.preparing(source):
        raise ZeroDivisionError
    assert not loading.is_compiled(source)


def test_the_note_is_printed_once_in_a_process(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(loading, "_PATIENCE", 0.01)
    monkeypatch.setattr(loading, "_said", set())
    for name in ("a_kernels.py", "b_kernels.py"):
        with loading.preparing(tmp_path / name):
            time.sleep(0.1)
    assert capsys.readouterr().err.count("preparing the counting code") == 1


def test_nothing_is_said_where_progress_is_shown(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(loading, "_PATIENCE", 0.01)
    monkeypatch.setattr(loading, "_said", set())
    loading.say_nothing()
    with loading.preparing(tmp_path / "a_kernels.py"):
        time.sleep(0.1)
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks on Windows")
def test_who_may_have_to_compile_is_alone(tmp_path):
    code = """
import sys, time
from pathlib import Path
from watchwords.tokens.loading import preparing
with preparing(Path(sys.argv[1]) / "a_kernels.py"):
    with preparing(Path(sys.argv[1]) / "b_kernels.py"):  # on the way: no waiting for oneself
        print("in", time.monotonic())
        time.sleep(0.4)
        print("out", time.monotonic(), flush=True)
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    env = os.environ | {"PYTHONPATH": str(CODE.parent)}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) for _ in range(2)
    ]
    spans = []
    for process in running:
        words = process.communicate(timeout=60)[0].split()
        assert process.returncode == 0
        spans.append((float(words[1]), float(words[3])))
    (_, first_out), (second_in, _) = sorted(spans)
    assert second_in >= first_out


def test_processes_that_start_cold_together_count_the_same(tmp_path):
    package = tmp_path / "watchwords"
    shutil.copytree(CODE, package, ignore=shutil.ignore_patterns("__pycache__", "notebooks"))
    code = "from watchwords.terms import loading; print(loading.load_kernels('overlap_kernels'))"
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert all(str(package) in words for words in said)
    assert loading.is_compiled(package / "terms" / "overlap_kernels.py")
