"""Where the work is done: here, on threads, on processes, or on a Dask cluster."""

import re
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from watchwords.errors import ReportError

SCHEDULER = re.compile(
    r"(tcp|tls|ucx|ws|wss)://(\[[\da-fA-F:.]+\]|[^\s/:]+)(:\d{1,5})?/?", re.ASCII
)
_PATIENCE = "15s"


@contextmanager
def open_executor(
    *, workers: int = 1, processes: bool = False, scheduler: str | None = None
) -> Iterator[Executor | None]:
    """Open an executor for `count_partitions`, and close it at the end.

    Parameters
    ----------
    workers : int, default 1
        Threads, or processes, of this machine.
    processes : bool, default False
        Processes, which share nothing, instead of threads.
    scheduler : str, optional
        Address of a Dask scheduler, such as "tcp://host:8786": its workers are taken instead.

    Yields
    ------
    Executor or None
        None for one thread: the work is done by the caller.

    Raises
    ------
    ReportError
        If `scheduler` is no address, none answers there, or Dask is not installed.

    Examples
    --------
    >>> with open_executor(workers=2) as executor:
    ...     list(executor.map(abs, [-1, 2]))
    [1, 2]
    """
    if scheduler is not None:
        with _connect(scheduler) as client:
            yield client.get_executor()
    elif processes:
        from multiprocessing import get_context

        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield pool
    elif workers > 1:
        with ThreadPoolExecutor(workers) as threads:
            yield threads
    else:
        yield None


def check_scheduler(address: str) -> str:
    """Check the form of an address.

    Parameters
    ----------
    address : str

    Returns
    -------
    str
        `address` itself.

    Raises
    ------
    ReportError
        If it is none.

    Examples
    --------
    >>> check_scheduler("tcp://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    if not SCHEDULER.fullmatch(address):
        raise ReportError(
            f"`scheduler` is {address!r}; it should be the address of a Dask scheduler, such as "
            "tcp://host:8786."
        )
    return address


@contextmanager
def _connect(address: str) -> Iterator[Any]:
    check_scheduler(address)
    try:
        from distributed import Client
    except ImportError:
        raise ReportError(
            "`scheduler` is given, but Dask is not installed: pip install 'watchwords[scale]'"
        ) from None
    try:
        # Dask has no types.
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise ReportError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        yield client
