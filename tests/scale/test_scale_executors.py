"""Workers that die in the middle: the result is the same, and the guilty task is named."""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest

from watchwords.errors import WatchwordsError
from watchwords.scale import count_partitions
from watchwords.scale.execution import Workers

OPTIONS = {"freq": "Y", "min_count": 3, "max_words": 3}
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(scope="module")
def serial(many_parts):
    assert len(many_parts) == 40
    return count_partitions(many_parts, **OPTIONS)


def same(one, other):
    for name in ("vocabulary", "words", "n_words", "offsets", "cell", "n", "n_docs"):
        first, second = getattr(one, name), getattr(other, name)
        assert first.dtype == second.dtype, name
        assert first.tolist() == second.tolist(), name
    assert one.groups.equals(other.groups)
    assert one.left_out.equals(other.left_out)


def kill_when_under_way(scratch, find_victim):
    """Kill a worker as soon as a first partial result is there, and some are not."""

    def watch():
        while not any(scratch.glob("watchwords-*/codes-*")):
            time.sleep(0.002)
        n_done = len(list(scratch.glob("watchwords-*/codes-*")))
        os.kill(find_victim(), signal.SIGKILL)
        killed.append(n_done)

    killed = []
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread, killed


def test_threads_count_the_same(many_parts, serial):
    with ThreadPoolExecutor(3) as executor:
        same(count_partitions(many_parts, executor=executor, **OPTIONS), serial)


def test_a_process_killed_in_the_middle_changes_nothing(many_parts, serial, tmp_path, monkeypatch):
    renewed = []
    renew = Workers._renew
    monkeypatch.setattr(Workers, "_renew", lambda self: renewed.append(renew(self)))
    executor = ProcessPoolExecutor(2, mp_context=SPAWN)
    victim = partial(lambda pool: next(iter(pool._processes)), executor)
    thread, killed = kill_when_under_way(tmp_path, victim)
    counts = count_partitions(many_parts, executor=executor, scratch=tmp_path, **OPTIONS)
    thread.join()
    executor.shutdown()
    same(counts, serial)
    assert killed[0] < len(many_parts)
    assert len(renewed) == 1
    assert list(tmp_path.iterdir()) == []


def test_who_kills_three_workers_is_named_and_nobody_else():
    tasks = [partial(max, n, 0) for n in range(6)]
    tasks[3] = partial(os._exit, 1)
    names = [f"part {n}" for n in range(6)]
    done = []
    executor = ProcessPoolExecutor(2, mp_context=SPAWN)
    blamed = pytest.raises(WatchwordsError, match="part 3 killed its worker 3 times")
    with Workers(executor) as workers, blamed:
        done.extend(workers.run(tasks, names))
    executor.shutdown()
    # The others are done, but for those that were lost beside it twice and wait behind it.
    assert set(done) <= {(0, 0), (1, 1), (2, 2), (4, 4), (5, 5)}
    assert len(done) >= 3


def test_what_a_task_raises_is_raised_here():
    with ThreadPoolExecutor(2) as executor, Workers(executor) as workers:
        tasks = [partial(int, "1"), partial(int, "one")]
        with pytest.raises(ValueError, match="invalid literal"):
            list(workers.run(tasks, ["a", "b"]))


def test_a_pool_that_is_broken_before_is_replaced():
    executor = ProcessPoolExecutor(1, mp_context=SPAWN)
    assert executor.submit(os._exit, 1).exception() is not None
    with Workers(executor) as workers:
        assert list(workers.run([partial(abs, -2)], ["a"])) == [(0, 2)]


def test_threads_that_cannot_start_are_not_replaced():
    def fail():
        raise OSError("no")

    executor = ThreadPoolExecutor(1, initializer=fail)
    with pytest.raises(WatchwordsError, match="ThreadPoolExecutor that is broken"):
        list(Workers(executor).run([partial(abs, -2)], ["a"]))
    executor.shutdown()
