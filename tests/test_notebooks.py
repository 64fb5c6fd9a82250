"""The notebooks: functions of their parameters cell, kept clean, open-and-run."""

import ast
from pathlib import Path

import nbformat
import papermill
import pytest

from watchwords.briefs.report import NOTEBOOKS

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def test_the_five_are_here_and_in_the_package():
    assert tuple(path.stem for path in PATHS) == NOTEBOOKS
    packaged = ROOT / "src" / "watchwords" / "notebooks"
    assert [path.name for path in sorted(packaged.glob("*.ipynb"))] == [p.name for p in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_without_outputs(path):
    cells = code_cells(path)
    assert len(cells) <= 12
    for cell in cells:
        assert len(cell.source.splitlines()) <= 15
        assert not cell.outputs
        assert cell.execution_count is None
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_parameters_are_one_typed_and_commented_cell(path):
    tagged = [cell for cell in code_cells(path) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    for line in tagged[0].source.splitlines():
        assert ": " in line.split("=")[0]
        assert "  # " in line


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_runs_under_plain_papermill(path, tmp_path, municipal_report):
    done = papermill.execute_notebook(
        path,
        tmp_path / "out.ipynb",
        parameters={"report": str(municipal_report)},
        cwd=path.parent,
        kernel_name="python3",
        progress_bar=False,
    )
    ran = [cell for cell in done.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)


@pytest.fixture(scope="module")
def municipal_report(tmp_path_factory):
    home = tmp_path_factory.mktemp("reports")
    text = (ROOT / "reports" / "municipal.yml").read_text("utf-8")
    (home / "municipal.yml").write_text(text, "utf-8")
    return home / "municipal.yml"
