"""Tasks on any executor: done again where a worker died, and the guilty one named."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from types import TracebackType
from typing import Any, TypeVar

from watchwords.errors import WatchwordsError

MAX_DEATHS = 3
"""Workers that a task may take with it."""
# What Dask says after four workers have died over a task, or beside it.
_GIVEN_UP = "KilledWorker"
_AHEAD = 2

Result = TypeVar("Result")


class Workers:
    """An executor that goes on when a worker dies.

    A process pool of which one process has died is of no more use: a new one of the same kind
    takes its place, and what was lost is done again. What was under way when a worker died is
    not guilty of it; what was there twice is done alone afterwards, so that only the task whose
    fault it is can be blamed.

    Parameters
    ----------
    executor : concurrent.futures.Executor or None
        None does one task after the other, here. It is not shut down.
    """

    def __init__(self, executor: Executor | None) -> None:
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        """Start nothing: the executor is there."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shut down the pool that took the place of another."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)

    def run(
        self, tasks: Sequence[Callable[[], Result]], names: Sequence[object]
    ) -> Iterator[tuple[int, Result]]:
        """Do tasks.

        Parameters
        ----------
        tasks : sequence of callable
            Pure functions with their arguments: one may be done more than once.
        names : sequence
            What each is about, for messages.

        Yields
        ------
        at : int
            Number of the task.
        result : object
            As soon as it is there, in any order.

        Raises
        ------
        WatchwordsError
            If a task has killed three workers.
        """
        if self._executor is None:
            yield from ((at, task()) for at, task in enumerate(tasks))
            return
        queues = deque(range(len(tasks))), deque[int]()
        deaths = [0] * len(tasks)
        running: dict[Future[Result], int] = {}
        try:
            while any(queues) or running:
                for future in self._wait(self._fill(tasks, queues, running), running):
                    at = running.pop(future)
                    n_deaths = _count_deaths(future)
                    if not n_deaths:
                        yield at, future.result()
                        continue
                    deaths[at] += n_deaths
                    if deaths[at] >= MAX_DEATHS:
                        raise _guilty(names[at])
                    queues[deaths[at] == MAX_DEATHS - 1].append(at)
        finally:
            for future in running:
                future.cancel()

    def _wait(self, sound: bool, running: Collection[Future[Result]]) -> list[Future[Result]]:
        """Wait for a task to end; if the pool breaks, for all, and take a new one."""
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        if not sound or any(_is_broken(future) for future in done):
            done, _ = wait(running)
            self._renew()
        return [future for future in running if future in done]

    def _fill(
        self,
        tasks: Sequence[Callable[[], Result]],
        queues: tuple[deque[int], deque[int]],
        running: dict[Future[Result], int],
    ) -> bool:
        """Hand out tasks while there is room; False if the pool is broken."""
        waiting, alone = queues
        room = self._room(len(tasks)) if waiting else int(not running)
        queue = waiting or alone
        while queue and len(running) < room:
            try:
                future = self._submit(tasks[queue[0]])
            except BrokenExecutor:
                return False
            running[future] = queue.popleft()
        return True

    def _submit(self, task: Callable[[], Result]) -> Future[Result]:
        assert self._executor is not None  # noqa: S101  (for mypy: only a pool submits)
        return self._executor.submit(task)

    def _room(self, n_tasks: int) -> int:
        """Hand a pool a little more than it can do at once: what waits is lost when it breaks."""
        n_workers = getattr(self._executor, "_max_workers", None)
        return n_tasks if n_workers is None else _AHEAD * int(n_workers)

    def _renew(self) -> None:
        broken: Any = self._executor
        if not hasattr(broken, "_mp_context"):
            raise WatchwordsError(
                f"`executor` is a {type(broken).__name__} that is broken; pass a new one."
            )
        self._executor = self._own = ProcessPoolExecutor(
            broken._max_workers,
            mp_context=broken._mp_context,
            initializer=broken._initializer,
            initargs=broken._initargs,
        )


def run_all(
    workers: Workers,
    tasks: Sequence[Callable[[], Result]],
    names: Sequence[object],
    *,
    doing: str,
    progress: bool,
) -> list[Result]:
    """Do tasks; their results in their order.

    Parameters
    ----------
    workers : Workers
    tasks, names
        As for `Workers.run`.
    doing : str
        What is shown beside the bar.
    progress : bool
        Show a bar.

    Returns
    -------
    list
    """
    from tqdm import tqdm

    done: list[Any] = [None] * len(tasks)
    for at, result in tqdm(
        workers.run(tasks, names), doing, total=len(tasks), disable=not progress
    ):
        done[at] = result
    return done


def _count_deaths(future: Future[Any]) -> int:
    """Say how many deaths of workers count against a task; 0 if it ended, well or not."""
    if _is_broken(future):
        return 1
    return MAX_DEATHS - 1 if type(future.exception()).__name__ == _GIVEN_UP else 0


def _is_broken(future: Future[Any]) -> bool:
    return not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _guilty(name: object) -> WatchwordsError:
    return WatchwordsError(
        f"{name} killed its worker {MAX_DEATHS} times; most often it needs more memory than there "
        "is: write smaller partitions (write_partitions with a smaller `max_bytes`), or leave it "
        "out."
    )
