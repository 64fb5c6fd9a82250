"""Blocks of items and rounds of draws on several threads, with the same result as on one."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from watchwords.trends.exposure import Ints

BLOCK = 512
MAX_THREADS = 8

Part = TypeVar("Part")
Done = TypeVar("Done")


def list_blocks(n: int) -> list[Ints]:
    """Divide positions into blocks whose work fits into the cache of a processor.

    Parameters
    ----------
    n : int
        How many there are.

    Returns
    -------
    list of ndarray of int64
        Blocks of 512, the last one shorter.

    Examples
    --------
    >>> [len(block) for block in list_blocks(1100)]
    [512, 512, 76]
    """
    return [np.arange(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK)]


def map_threads(job: Callable[[Part], Done], parts: Iterable[Part]) -> list[Done]:
    """Do a job for each part, on as many threads as there are processors.

    Sums depend on their order in the last digit, so a part is never divided, and the results come
    in the order of the parts; matrix products must be held to one thread meanwhile.

    Parameters
    ----------
    job : callable
        What to do; it must not change anything that another part reads.
    parts : iterable
        What to do it with.

    Returns
    -------
    list
        The results, the same for any number of threads.

    Examples
    --------
    >>> map_threads(abs, [-1, 2, -3])
    [1, 2, 3]
    """
    work = list(parts)
    threads = min(_processors(), MAX_THREADS, len(work))
    if threads < 2:
        return [job(part) for part in work]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(job, work))


def _processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
