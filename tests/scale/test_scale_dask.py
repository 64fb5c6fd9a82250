"""A real cluster of two worker processes: the same bits, also when one is killed."""

import logging
import os
import signal
import threading
import time
from functools import partial

import pytest

from watchwords.errors import WatchwordsError
from watchwords.scale import count_partitions
from watchwords.scale.execution import Workers

distributed = pytest.importorskip(
    "distributed", reason="needs Dask: pip install 'watchwords[scale]'"
)

OPTIONS = {"freq": "Y", "min_count": 3, "max_words": 3}


@pytest.fixture(scope="module")
def client():
    """Two processes with a thread each; what they print when killed is expected here."""
    import dask

    quiet = {"distributed.scheduler.allowed-failures": 1, "distributed.admin.log-length": 0}
    with (
        dask.config.set(quiet),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def serial(many_parts):
    return count_partitions(many_parts, **OPTIONS)


def same(one, other):
    for name in ("vocabulary", "words", "n_words", "offsets", "cell", "n", "n_docs"):
        first, second = getattr(one, name), getattr(other, name)
        assert first.dtype == second.dtype, name
        assert first.tolist() == second.tolist(), name
    assert one.groups.equals(other.groups)


def test_a_cluster_counts_the_same_with_a_worker_killed_in_the_middle(
    client, many_parts, serial, tmp_path
):
    pids = client.run(os.getpid)
    assert len(set(pids.values())) == 2
    assert os.getpid() not in pids.values()
    killed = []

    def kill():
        while not any(tmp_path.glob("watchwords-*/codes-*")):
            time.sleep(0.002)
        killed.append(len(list(tmp_path.glob("watchwords-*/codes-*"))))
        os.kill(next(iter(pids.values())), signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    executor = client.get_executor()
    counts = count_partitions(many_parts, executor=executor, scratch=tmp_path, **OPTIONS)
    thread.join()
    same(counts, serial)
    assert killed[0] < len(many_parts)
    assert list(tmp_path.iterdir()) == []
    client.wait_for_workers(2, timeout=60)
    assert set(client.run(os.getpid).values()) != set(pids.values())


def test_a_task_that_kills_every_worker_is_named(client):
    tasks = [partial(abs, -1), partial(os._exit, 1), partial(abs, -2)]
    with Workers(client.get_executor()) as workers:
        done = []
        with pytest.raises(WatchwordsError, match="part 1 killed its worker"):
            done.extend(workers.run(tasks, ["part 0", "part 1", "part 2"]))
    # What was lost beside it twice waits behind it, and is not done.
    assert set(done) <= {(0, 1), (2, 2)}
