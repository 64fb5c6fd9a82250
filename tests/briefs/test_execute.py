import os
import stat
import subprocess
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from watchwords.briefs.execute import execute_notebooks
from watchwords.briefs.kernels import runtime_folder
from watchwords.briefs.notebooks import (
    NotebookRun,
    check_notebooks,
    notebook_parameters,
    tidy_notebook,
)
from watchwords.errors import CellError, KernelError, ReportError, RunTimeoutError

PARAMETERS = (
    'top_n: int = 3  # how many\nword: str | None = None\nlevels = ["city"]\nratio: float = 1.5\n'
    "as_is: bool = True"
)


def write(folder: Path, name: str, *cells: str, parameters: str = PARAMETERS) -> Path:
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# A title")])
    notebook.cells.append(v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    notebook.cells += [v4.new_code_cell(cell) for cell in cells]
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def texts(notebook) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [o.get("text", o.get("data", {}).get("text/plain")) for o in outputs]


def kernels() -> list[str]:
    """Kernel processes that are children of this process, zombies included."""
    listed = subprocess.check_output(["ps", "-eo", "ppid,stat,args"], text=True)
    return [
        line
        for line in listed.splitlines()
        if line.split()[0] == str(os.getpid()) and ("ipykernel" in line or " Z" in line)
    ]


def test_parameters_are_read_from_the_syntax_tree_unions_included(tmp_path):
    path = write(tmp_path, "a")
    assert notebook_parameters(path) == {
        "top_n": "int",
        "word": "str | None",
        "levels": "list",
        "ratio": "float",
        "as_is": "bool",
    }


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"topn": 3}, "no parameter `topn`; did you mean `top_n`?"),
        ({"top_n; import os": 1}, "no parameter `top_n; import os`"),
        ({"top_n": "ten"}, "`top_n` of the notebook `a` is 'ten'; it is declared as `int`"),
        ({"top_n": True}, "it is declared as `int`"),
        ({"as_is": 1}, "it is declared as `bool`"),
        ({"word": {"a": 1}}, "it is declared as `str | None`"),
        ({"levels": "city"}, "it is declared as `list`"),
        ({"levels": [["city"]]}, "it is declared as `list`"),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_starts(tmp_path, parameters, message):
    run = NotebookRun(write(tmp_path, "a"), parameters)
    with pytest.raises(ReportError) as caught:
        execute_notebooks([run], folder=tmp_path / "out")
    assert message in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "parameters",
    [{"top_n": 1}, {"ratio": 2}, {"word": None}, {"word": "007"}, {"levels": []}, {"as_is": False}],
)
def test_a_right_parameter_passes(tmp_path, parameters):
    run = NotebookRun(write(tmp_path, "a"), parameters)
    check_notebooks([run])
    assert run.name == "a"


def test_a_notebook_needs_to_be_one_and_to_have_a_parameters_cell(tmp_path):
    bare = tmp_path / "bare.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1")]), bare)
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{}")
    twin = tmp_path / "twin"
    twin.mkdir()
    cases = [
        ([bare], "0 cells tagged `parameters`"),
        ([broken], "not a Jupyter notebook"),
        ([tmp_path / "none.ipynb"], "does not exist"),
        ([write(tmp_path, "a"), write(twin, "a")], "two notebooks are called `a`"),
        ([write(tmp_path, "b", parameters="x = = 1")], "invalid syntax"),
    ]
    for paths, message in cases:
        with pytest.raises(ReportError, match=message):
            check_notebooks([NotebookRun(path) for path in paths])


def test_two_notebooks_run_side_by_side_each_with_its_parameters(tmp_path, capfd):
    look = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "Path(f'{top_n}.txt').touch()\n"
        "for _ in range(1200):\n"
        "    if Path('1.txt').exists() and Path('2.txt').exists(): break\n"
        "    time.sleep(0.05)\n"
        "else: raise TimeoutError('the other one has not begun')\n"
        "print(top_n, word, os.environ['OMP_NUM_THREADS'], os.environ['PYTHONHASHSEED'])\n"
        "print(object())"
    )
    braces = tmp_path / "with {braces} and blanks"
    runs = [
        NotebookRun(write(tmp_path, "one", look), {"top_n": 1, "word": 'it\'s "{x}"\n二'}),
        NotebookRun(write(tmp_path, "two", look), {"top_n": 2}),
    ]
    one, two = execute_notebooks(runs, folder=braces)
    assert texts(one)[0].startswith('1 it\'s "{x}"\n二 1 0\n')
    assert texts(two)[0].startswith("2 None 1 0\n")
    assert "at 0x…" in texts(two)[0]
    assert sorted(p.name for p in braces.glob("*.ipynb")) == ["one.ipynb", "two.ipynb"]
    assert capfd.readouterr() == ("", "")
    assert kernels() == []


def test_an_executed_notebook_has_nothing_of_the_moment(tmp_path):
    path = write(tmp_path, "a", "import warnings; warnings.warn('old')", "top_n")
    run = NotebookRun(path, {"top_n": 7})
    for out in ("first", "second"):
        execute_notebooks([run], folder=tmp_path / out)
    first, second = ((tmp_path / out / "a.ipynb").read_bytes() for out in ("first", "second"))
    assert first == second
    assert b"ipykernel_" not in first
    assert b"old" in first


FAILURES = {
    "raises": (
        ["1", "raise ValueError('no such word')"],
        CellError,
        r"code cell 3 \(`raise ValueError\('no such word'\)`\), raised ValueError: no such word",
    ),
    "exits 0": (["1", "import sys; sys.exit(0)", "2"], CellError, "ended early in code cell 3"),
    "expected error": (["1/0 # raises-exception"], CellError, "ZeroDivisionError"),
    "kernel": (
        ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
        KernelError,
        "code cell 2 .* the kernel died",
    ),
    "endless": (
        ["import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"],
        RunTimeoutError,
        "code cell 2 .* took longer than 3 seconds",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_notebook_that_does_not_end_well_is_an_error_and_is_kept(tmp_path, capfd, name):
    cells, kind, message = FAILURES[name]
    path = write(tmp_path, "bad", *cells)
    if name == "expected error":
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[-1].metadata["tags"] = ["raises-exception"]
        nbformat.write(notebook, path)
    before = path.read_bytes()
    with pytest.raises(kind, match=message):
        execute_notebooks(
            [NotebookRun(path, {"top_n": 1})], folder=tmp_path / "out", cell_timeout=3
        )
    kept = nbformat.read(tmp_path / "out" / "bad.ipynb", as_version=4)
    assert "code cell" in kept.cells[0].source
    assert "completed" not in (tmp_path / "out" / "bad.ipynb").read_text()
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")
    assert kernels() == []


def test_the_first_failure_and_the_limit_of_the_run_stop_the_others(tmp_path):
    slow = NotebookRun(write(tmp_path, "slow", "import time; time.sleep(60)"))
    never = NotebookRun(write(tmp_path, "never", "open('never.txt', 'w')"))
    bad = NotebookRun(write(tmp_path, "bad", "1/0"))
    begun = time.monotonic()
    with pytest.raises(CellError, match="ZeroDivisionError: division by zero"):
        execute_notebooks([slow, bad, never], folder=tmp_path)
    with pytest.raises(RunTimeoutError, match="longer than 2 seconds together"):
        execute_notebooks([slow], folder=tmp_path, run_timeout=2)
    assert time.monotonic() - begun < 20
    assert not (tmp_path / "never.txt").exists()
    assert kernels() == []
    assert not [t for t in threading.enumerate() if t.name.startswith("notebook")]


def test_sockets_are_in_a_short_private_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("long" * 30)))
    with runtime_folder() as folder:
        assert len(str(folder)) < 60
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_tidying_leaves_the_notebook_as_it_was(tmp_path):
    notebook = nbformat.read(write(tmp_path, "a", "1"), as_version=4)
    notebook.metadata["papermill"] = {"start_time": "now"}
    tidy = tidy_notebook(notebook)
    assert "papermill" in notebook.metadata
    assert "papermill" not in tidy.metadata
    assert [cell.id for cell in tidy.cells] == ["cell-1", "cell-2", "cell-3"]
