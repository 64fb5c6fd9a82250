"""A Jupyter kernel of our own: this interpreter, one thread, a private socket, killed for sure."""

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# What must not differ between two runs on the same machine; threads change the last digits.
_FIXED = {
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "VECLIB_MAXIMUM_THREADS": "1",
}
# A socket's path may have 107 bytes, and the names of five sockets are added to it.
_LONGEST_TEMP = 60


class Kernel(AsyncKernelManager):
    """A kernel in a process group of its own, reached through a Unix socket.

    Parameters
    ----------
    runtime : Path
        A short folder that only we can read.
    name : str
        Unique in `runtime`.
    cwd : Path
        Working folder of the notebook.
    """

    def __init__(self, runtime: Path, name: str, cwd: Path) -> None:
        super().__init__(
            transport="ipc",
            ip=str(runtime / name),
            connection_file=str(runtime / f"{name}.json"),
            kernel_name="python3",
        )
        self._log_path = runtime / f"{name}.log"
        self._runtime = runtime
        self._cwd = cwd
        self._client: Any = None
        self._killed = False

    @property
    def kernel_spec(self) -> KernelSpec:
        """The interpreter we run in, whatever kernels are installed for the user."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]  # (the base names each option)
        """Start it, its own words going to a log instead of our terminal."""
        if self._killed:
            raise RuntimeError("the run was stopped before this kernel started")
        env = {**os.environ, **_FIXED, "IPYTHONDIR": str(self._runtime / "ipython")}
        with self._log_path.open("wb") as log:
            options |= {"env": env, "cwd": str(self._cwd), "stdout": log, "stderr": log}
            await super().start_kernel(**options)

    def client(self, **options: Any) -> Any:
        """Remember the client, so that its sockets can be closed."""
        self._client = super().client(**options)
        return self._client

    def kill(self) -> None:
        """Kill the process group, from any thread; a kernel not started yet will not be."""
        self._killed = True
        process = getattr(self.provisioner, "process", None)
        # Asked first: the number of a process that is gone may belong to another by now.
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    async def close(self) -> None:
        """Kill what is left and close the sockets."""
        if self._client is not None:
            self._client.stop_channels()
        self.kill()
        await self.shutdown_kernel(now=True)

    def last_words(self) -> str:
        """Read the end of what the process itself printed.

        Returns
        -------
        str
            At most five lines; empty if it printed nothing.
        """
        if not self._log_path.exists():
            return ""
        lines = self._log_path.read_text("utf-8", "replace").split("\n")
        return "\n".join(line for line in lines if line.strip())[-2000:].strip()


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """Make a short private folder for sockets, gone at the end.

    Yields
    ------
    Path
        Absolute, mode 0700.
    """
    usual = tempfile.gettempdir()
    base = usual if len(os.fsencode(usual)) <= _LONGEST_TEMP else "/tmp"  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="ww-", dir=base, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def quiet_loggers() -> Iterator[None]:
    """Keep what papermill and Jupyter log off the terminal: every failure is raised anyway.

    Yields
    ------
    None
    """
    silence = logging.NullHandler()
    loggers = [logging.getLogger(name) for name in ("papermill", "traitlets")]
    for logger in loggers:
        logger.addHandler(silence)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(silence)
