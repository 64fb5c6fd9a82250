"""Notebooks, executed: all of each, in time, or an error that says which cell and why.

papermill's word is not taken for it: a cell may call ``sys.exit(0)``, and after a timeout or a
dead kernel the saved notebook calls every cell completed.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from watchwords.briefs.notebooks import (
    NotebookRun,
    check_notebooks,
    code_cells,
    read_notebook,
    tidy_notebook,
    write_notebook,
)
from watchwords.errors import CellError, KernelError, RunTimeoutError, WatchwordsError

__all__ = ["NotebookRun", "check_notebooks", "execute_notebooks"]

if TYPE_CHECKING:
    from watchwords.briefs.kernels import Kernel

AT_ONCE = 2
_START_TIMEOUT = 60
_OUTPUT_TIMEOUT = 60
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LAST_LINES = 8


def execute_notebooks(
    runs: Sequence[NotebookRun],
    *,
    folder: Path,
    cell_timeout: int = 600,
    run_timeout: int = 3600,
    cwd: Path | None = None,
    progress: bool = False,
) -> list[Any]:
    """Execute notebooks, two at a time, and keep them with their outputs.

    Each has a kernel of its own: this interpreter, one thread, the environment of a run (hash
    seed, time zone, locale), no user's start-up files. The first failure stops all.

    Parameters
    ----------
    runs : sequence of NotebookRun
        Checked with `check_notebooks` before any is started.
    folder : Path
        Where ``<name>.ipynb`` is written: tidied, so that two equal runs give equal files. A
        notebook that fails is kept there too, its failure in a first cell.
    cell_timeout, run_timeout : int
        Seconds for one cell, and for all notebooks together.
    cwd : Path, optional
        Working folder of the notebooks; default `folder`.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    list of nbformat.NotebookNode
        In the order of `runs`.

    Raises
    ------
    ReportError
        See `check_notebooks`; nothing was started.
    CellError
        If a cell raised or did not run.
    RunTimeoutError
        If a cell or the whole took too long.
    KernelError
        If a kernel died or did not start.
    """
    check_notebooks(runs)
    from watchwords.briefs.kernels import Kernel, quiet_loggers, runtime_folder

    folder.mkdir(parents=True, exist_ok=True)
    where = (cwd or folder).absolute()
    with runtime_folder() as runtime, quiet_loggers():
        kernels = [Kernel(runtime, f"k{number}", where) for number in range(len(runs))]
        with ThreadPoolExecutor(AT_ONCE, "notebook") as pool:
            futures = [
                pool.submit(_execute_one, run, kernel, folder.absolute(), timeout=cell_timeout)
                for run, kernel in zip(runs, kernels, strict=True)
            ]
            try:
                _await_all(futures, run_timeout, progress=progress)
            except BaseException:
                _stop_all(futures, kernels)
                raise
    return [future.result() for future in futures]


def _await_all(futures: Sequence["Future[Any]"], run_timeout: int, *, progress: bool) -> None:
    """Wait until all are done, or the first of them fails, or time is up."""
    deadline = time.monotonic() + run_timeout
    pending = set(futures)
    with tqdm(total=len(futures), desc="notebooks", disable=not progress, leave=False) as bar:
        while pending:
            left = max(0.0, deadline - time.monotonic())
            done, pending = wait(pending, timeout=left, return_when=FIRST_COMPLETED)
            if not done:
                raise RunTimeoutError(
                    f"the notebooks took longer than {run_timeout} seconds together; they were "
                    "stopped. `run_timeout` in the report file sets the limit."
                )
            for future in (each for each in futures if each in done):
                future.result()
                bar.update()


def _stop_all(futures: Sequence["Future[Any]"], kernels: Sequence["Kernel"]) -> None:
    """Kill until nothing runs: a kernel may be starting while the first signals are sent."""
    for future in futures:
        future.cancel()
    while not all(future.done() for future in futures):
        for kernel in kernels:
            kernel.kill()
        time.sleep(0.05)


def _execute_one(run: NotebookRun, kernel: "Kernel", folder: Path, *, timeout: int) -> Any:
    """Execute one notebook in this thread."""
    saved = folder / f"{run.name}.ipynb"
    try:
        executed = tidy_notebook(_call_papermill(run, kernel, saved, timeout=timeout))
        _check_complete(executed, run)
    except WatchwordsError as error:
        _keep_failed(saved, str(error))
        raise
    write_notebook(executed, saved)
    return executed


def _call_papermill(run: NotebookRun, kernel: "Kernel", saved: Path, *, timeout: int) -> Any:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        return papermill.execute_notebook(
            read_notebook(run.path),
            # papermill formats the path with the parameters: braces in it are ours.
            str(saved).replace("{", "{{").replace("}", "}}"),
            parameters=dict(run.parameters),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            start_timeout=_START_TIMEOUT,
            execution_timeout=timeout,
            iopub_timeout=_OUTPUT_TIMEOUT,
            km=kernel,
        )
    except PapermillExecutionError as error:
        raise _cell_error(
            run, saved, error.ename, message=error.evalue, traceback=error.traceback
        ) from None
    except CellTimeoutError:
        raise RunTimeoutError(
            f"{_where(run, saved)} took longer than {timeout} seconds and was stopped. "
            "`cell_timeout` in the report file sets the limit."
        ) from None
    except (DeadKernelError, RuntimeError) as error:
        words = kernel.last_words()
        raise KernelError(
            f"{_where(run, saved)}: the kernel died ({error})."
            + (f" Its last words:\n{words}" if words else " It may have been out of memory.")
        ) from None
    finally:
        _close(kernel)


def _close(kernel: "Kernel") -> None:
    """Kill the kernel and close the event loop that Jupyter opened in this thread."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    try:
        loop.run_until_complete(kernel.close())
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    finally:
        loop.close()


def _check_complete(executed: Any, run: NotebookRun) -> None:
    """Refuse a notebook with an error in it, or a cell that did not run."""
    for number, cell in enumerate(code_cells(executed), start=1):
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                raise CellError(
                    f"the notebook `{run.name}` ended early in code cell {number}: "
                    f"{output['ename']} {output['evalue']}".rstrip()
                    + "."
                )
        if cell["source"].strip() and cell["execution_count"] is None:
            raise CellError(f"the notebook `{run.name}`: code cell {number} did not run.")


def _cell_error(
    run: NotebookRun, saved: Path, name: str, *, message: str, traceback: Sequence[str]
) -> CellError:
    lines = _ANSI.sub("", "\n".join(traceback)).splitlines()[-_LAST_LINES:]
    return CellError(
        f"{_where(run, saved)} raised {name}: {message[:500]}\n" + "\n".join(lines).strip()
    )


def _where(run: NotebookRun, saved: Path) -> str:
    """Name the last cell that was begun; only its start time in the saved notebook is true."""
    if not saved.exists():
        return f"the notebook `{run.name}`"
    begun = [
        (number, cell)
        for number, cell in enumerate(code_cells(read_notebook(saved)), start=1)
        if cell["metadata"].get("papermill", {}).get("start_time")
    ]
    if not begun:
        return f"the notebook `{run.name}`, before its first cell,"
    number, cell = begun[-1]
    first = (cell["source"].strip().splitlines() or [""])[0][:60]
    return f"the notebook `{run.name}`, code cell {number} (`{first}`),"


def _keep_failed(saved: Path, message: str) -> None:
    """Write what failed into the notebook itself, as plain text."""
    from nbformat import v4

    if saved.exists():
        notebook = read_notebook(saved)
        notebook["cells"].insert(0, v4.new_raw_cell(message))  # type: ignore[no-untyped-call]  # (nbformat has no types)
        write_notebook(tidy_notebook(notebook), saved)
