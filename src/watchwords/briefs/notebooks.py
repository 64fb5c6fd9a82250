"""Notebook files: their parameters, checked before a run; their noise, removed after it."""

import ast
import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchwords.errors import ReportError, nearest

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_TYPES: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "float": (float, int),
    "int": (int,),
    "list": (list,),
    "None": (type(None),),
    "str": (str,),
}
_NOISE = (
    (re.compile(r"/\S*?/ipykernel_\d+/\d+\.py"), "<cell>"),
    (re.compile(r"\bat 0x[0-9a-f]{6,}"), "at 0x…"),
)


@dataclass(frozen=True)
class NotebookRun:
    """A notebook to execute.

    Attributes
    ----------
    path : Path
        The ``.ipynb`` file; it is not changed.
    parameters : dict
        Values for its cell tagged ``parameters``: text, numbers, booleans, None, or lists of
        them; dates as ISO text.
    """

    path: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """File name without its ending; the executed notebook gets it too."""
        return self.path.stem


def read_notebook(path: Path) -> Any:
    """Read a notebook file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    nbformat.NotebookNode
        Of version 4.

    Raises
    ------
    ReportError
        If the file is not there or not a notebook.
    """
    import nbformat

    if not path.is_file():
        raise ReportError(f"the notebook {path} does not exist.")
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # (nbformat has no types)
    except Exception as error:
        # nbformat raises half a dozen unrelated classes, bare AttributeError among them.
        raise ReportError(f"{path} is not a Jupyter notebook: {error}.") from None


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook file.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    path : Path
    """
    import nbformat

    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]  # (nbformat has no types)


def notebook_parameters(path: Path) -> dict[str, str]:
    """List the parameters that a notebook declares.

    They are read from the syntax tree: papermill's own reader overlooks a parameter declared
    as ``str | None``.

    Parameters
    ----------
    path : Path
        A notebook.

    Returns
    -------
    dict
        Name to declared type as written, such as "str | None"; without one, the type of the
        value, or "" if that is unknown or None.

    Raises
    ------
    ReportError
        If it is no notebook, has no cell tagged ``parameters``, or that cell is not Python.
    """
    cells = [
        cell
        for cell in code_cells(read_notebook(path))
        if "parameters" in cell["metadata"].get("tags", [])
    ]
    if len(cells) != 1:
        raise ReportError(
            f"the notebook {path} has {len(cells)} cells tagged `parameters`; it needs one, with "
            "a line such as `top_n: int = 10` for each parameter."
        )
    try:
        body = ast.parse(cells[0]["source"]).body
    except SyntaxError as error:
        raise ReportError(f"the cell tagged `parameters` of {path}: {error}.") from None
    declared = {}
    for statement in body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            declared[statement.target.id] = ast.unparse(statement.annotation)
        elif isinstance(statement, ast.Assign):
            kind = _type_of_literal(statement.value)
            declared.update({t.id: kind for t in statement.targets if isinstance(t, ast.Name)})
    return declared


def check_notebooks(runs: Sequence[NotebookRun]) -> None:
    """Check every notebook and every parameter before any of them is started.

    Parameters
    ----------
    runs : sequence of NotebookRun

    Raises
    ------
    ReportError
        If a notebook is missing or broken, two have one name, a parameter is unknown to its
        notebook or not of the declared type.
    """
    names = [run.name for run in runs]
    for run in runs:
        if names.count(run.name) > 1:
            raise ReportError(f"two notebooks are called `{run.name}`; give them two names.")
        declared = notebook_parameters(run.path)
        for name, value in run.parameters.items():
            if name not in declared or not _NAME.fullmatch(name):
                raise ReportError(
                    f"the notebook `{run.name}` has no parameter `{name}`; "
                    f"{nearest(name, declared) if declared else 'it has none.'}"
                )
            if not _is_allowed(value, declared[name]):
                raise ReportError(
                    f"the parameter `{name}` of the notebook `{run.name}` is {value!r}; it is "
                    f"declared as `{declared[name] or 'text, a number, a boolean or a list'}`."
                )


def code_cells(notebook: Any) -> list[Any]:
    """List the code cells as the author numbered them: papermill's own cell does not count.

    Parameters
    ----------
    notebook : nbformat.NotebookNode

    Returns
    -------
    list of NotebookNode
    """
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and not _added(cell)]


def tidy_notebook(notebook: Any) -> Any:
    """Drop from an executed notebook what differs between two equal runs.

    Times, random cell ids, paths of temporary files and addresses of objects go; papermill's
    record of a cell goes too, because after a timeout it calls every cell "completed".

    Parameters
    ----------
    notebook : nbformat.NotebookNode

    Returns
    -------
    nbformat.NotebookNode
        A copy.
    """
    tidy = copy.deepcopy(notebook)
    tidy["metadata"].pop("papermill", None)
    tidy["metadata"].pop("widgets", None)
    for number, cell in enumerate(tidy["cells"], start=1):
        cell["id"] = f"cell-{number}"
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        for output in cell.get("outputs", []):
            _quieten(output)
    return tidy


def _added(cell: Any) -> bool:
    return "injected-parameters" in cell["metadata"].get("tags", [])


def _type_of_literal(value: ast.expr) -> str:
    try:
        literal = ast.literal_eval(value)
    except (ValueError, TypeError):
        return ""
    return "" if literal is None else type(literal).__name__


def _is_allowed(value: Any, declared: str) -> bool:
    """Tell whether a value is plain data, and of the declared type where that is a plain one."""
    parts = value if isinstance(value, list) else [value]
    if not all(part is None or isinstance(part, (str, int, float, bool)) for part in parts):
        return False
    wanted = [re.sub(r"\[.*\]", "", word.strip()) for word in declared.split("|")]
    if not all(word in _TYPES for word in wanted):
        return True
    if isinstance(value, bool):
        return "bool" in wanted
    return isinstance(value, tuple(kind for word in wanted for kind in _TYPES[word]))


def _quieten(output: Any) -> None:
    holders = [(output, "text"), *((output.get("data", {}), key) for key in ("text/plain",))]
    for holder, key in holders:
        if isinstance(holder.get(key), str):
            for pattern, instead in _NOISE:
                holder[key] = pattern.sub(instead, holder[key])
