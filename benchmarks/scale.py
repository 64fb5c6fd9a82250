"""What two workers give: threads, processes and a Dask cluster, beside what the machine can give.

    python benchmarks/scale.py                  122 MB of text, some minutes
    python benchmarks/scale.py --full           1.2 GB
    python benchmarks/scale.py --folder DIR     keep the enlarged corpus there

All are measured in turns in one run, best of five, with workers that are up and have their code
loaded. The control is two processes that count a half of the partitions each and know nothing of
each other, against one process that counts both halves: a speed-up that no scheme can beat. CPU
seconds are those of this process and its workers together; the peak of memory is that of one.
"""

import argparse
import hashlib
import logging
import multiprocessing
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import pandas as pd
from synthetic import grown_file

from watchwords.scale import count_partitions, list_partitions, passes, write_partitions
from watchwords.tokens import count_by_group

ROUNDS = 5
ARRAYS = ("words", "n_words", "offsets", "cell", "n", "n_docs")
SPAWN = multiprocessing.get_context("spawn")
TICK = os.sysconf("SC_CLK_TCK")
BARS = {"threads": 0.8, "processes": 0.65}


def make_partitions(folder, times):
    """The enlarged corpus by date, as a stored one is; made once, by a process of its own."""
    parts = Path(folder) / f"grown-{times}-parts"
    if not parts.exists():
        command = [sys.executable, __file__, "--folder", str(folder), "--make", str(times)]
        subprocess.run(command, check=True)
    return list_partitions(parts)


def make(folder, times):
    table = pd.read_parquet(grown_file(folder, times))
    table = table.sort_values(["date", "doc_id"], ignore_index=True)
    new = Path(folder) / f"grown-{times}-parts.new"
    write_partitions(table, new)
    new.rename(new.with_suffix(""))


def cpu_of(pid):
    """CPU seconds of a process, those of its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def forget_peak(pid):
    """Let the peak of memory begin anew, where that is allowed."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")
    except OSError:
        return


def peak_of(pid):
    """Peak of memory in MB since it was forgotten."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def digest(counts):
    """What is the same if, and only if, every bit is."""
    sha = hashlib.sha256("\n".join(counts.vocabulary).encode())
    for name in ARRAYS:
        sha.update(getattr(counts, name).tobytes())
    sha.update(counts.groups.to_csv().encode())
    return sha.hexdigest()


def count_half(parts, options):
    """A half of the corpus, counted on its own; nothing is handed back."""
    return len(count_partitions(parts, **options).n)


class Way:
    """One way to count: what it took, round by round."""

    def __init__(self, name, work, pids=()):
        self.name, self.work, self.pids = name, work, list(pids)
        self.walls, self.cpus, self.peaks, self.digests = [], [], [], set()

    def measure(self):
        here = os.getpid()
        for pid in (here, *self.pids):
            forget_peak(pid)
        before = {pid: cpu_of(pid) for pid in self.pids}
        began, cpu = time.perf_counter(), time.process_time()
        result = self.work()
        self.walls.append(time.perf_counter() - began)
        spent = time.process_time() - cpu
        self.cpus.append(spent + sum(cpu_of(pid) - before[pid] for pid in self.pids))
        workers = max((peak_of(pid) for pid in self.pids), default=0)
        self.peaks.append((peak_of(here), workers))
        if result is not None:
            self.digests.add(digest(result))

    @property
    def wall(self):
        return min(self.walls)

    @property
    def cpu(self):
        return min(self.cpus)

    def row(self):
        parent, worker = (max(column) for column in zip(*self.peaks, strict=True))
        memory = f"{parent:8,.0f}" + (f"{worker:9,.0f}" if worker else " " * 9)
        return f"{self.name:22}{self.wall:9.2f}{self.cpu:9.2f}{memory}"


def weigh_scratch(parts, options):
    """Bytes of partial results by kind, from one serial run that is not measured."""
    weights = {}
    write = passes.write_file

    def weigh(folder, kind, blocks):
        weights[kind] = weights.get(kind, 0) + sum(map(len, blocks))
        return write(folder, kind, blocks)

    passes.write_file = weigh
    counts = count_partitions(parts, **options)
    passes.write_file = write
    return weights, counts


def text_bytes(part):
    texts = pd.read_parquet(part.path, columns=["text"])["text"]
    return int(texts.str.encode("utf-8").str.len().sum())


def count_in_one_piece(parts, counts, *, min_count):
    """The engine with all texts in memory: what partitions cost beside it."""
    texts = pd.concat(pd.read_parquet(part.path, columns=["text", "date"]) for part in parts)
    cpu = time.process_time()
    whole = count_by_group(texts["text"], texts["date"].dt.year, min_count=min_count)
    cpu = time.process_time() - cpu
    alike = whole.n.tolist() == counts.n.tolist() and len(whole.n_words) == len(counts.n_words)
    print(
        f"in one piece, text in memory, no documents counted: {cpu:.2f} CPU s, "
        f"{'same counts' if alike else 'OTHER COUNTS'}"
    )


def start_dask():
    import dask
    import distributed

    # Its profiler looks at every worker a hundred times a second.
    dask.config.set(
        {"distributed.admin.log-length": 0, "distributed.worker.profile.enabled": False}
    )
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    client = distributed.Client(cluster)
    return client, list(client.run(os.getpid).values())


def start_pool(part, options):
    """Two processes that have counted something."""
    pool = ProcessPoolExecutor(2, mp_context=SPAWN)
    tasks = [pool.submit(count_half, [part], options) for _ in range(4)]
    for task in tasks:
        task.result()
    return pool, list(pool._processes)


def compare(parts, options, rounds):
    halves = parts[::2], parts[1::2]
    threads = ThreadPoolExecutor(2)
    control, control_pids = start_pool(parts[0], options)
    pool, pool_pids = start_pool(parts[0], options)
    client, dask_pids = start_dask()
    run = partial(count_partitions, parts, **options)

    def both_at_once():
        for task in [control.submit(count_half, half, options) for half in halves]:
            task.result()

    def one_by_one():
        control.submit(count_half, halves[0], options).result()
        control.submit(count_half, halves[1], options).result()

    ways = [
        Way("serial", run),
        Way("control, one by one", one_by_one, control_pids),
        Way("control, both at once", both_at_once, control_pids),
        Way("two threads", partial(run, executor=threads)),
        Way("two processes", partial(run, executor=pool), pool_pids),
        Way("Dask, two workers", partial(run, executor=client.get_executor()), dask_pids),
    ]
    run(executor=client.get_executor())
    for number in range(rounds):
        for way in ways:
            print(f"\rround {number + 1} of {rounds}: {way.name:30}", end="", file=sys.stderr)
            way.measure()
    print("\r" + " " * 60, end="\r", file=sys.stderr)
    forget_peak(pool_pids[0])
    few = parts[: max(len(parts) // 4, 1)]
    for pid in pool_pids:
        forget_peak(pid)
    count_partitions(few, executor=pool, **options)
    small = max(peak_of(pid) for pid in pool_pids)
    idle = Way("idle", partial(time.sleep, 5), dask_pids)
    idle.measure()
    client.close()
    client.cluster.close()
    for executor in (threads, control, pool):
        executor.shutdown()
    return ways, idle, (small, len(few))


def report(ways, idle, *, scratch, n_bytes):
    serial, apart, at_once, threads, processes, dask = ways
    print(
        f"{'best of ' + str(len(serial.walls)):22}{'wall s':>9}{'CPU s':>9}{'MB here':>8}"
        f"{'a worker':>9}"
    )
    for way in ways:
        print(way.row())
    control = apart.wall / at_once.wall
    print(f"\ncontrol: two independent halves are {control:.2f}x as fast as one by one")
    for key, way in (("threads", threads), ("processes", processes)):
        speed_up = serial.wall / way.wall
        share = speed_up / control
        verdict = "met" if share >= BARS[key] else "MISSED"
        print(
            f"{way.name}: {speed_up:.2f}x serial, {share:.2f} of the control "
            f"(bar {BARS[key]}: {verdict})"
        )
    cost = dask.cpu / serial.cpu
    verdict = "met" if cost <= 1.4 else "MISSED"
    print(
        f"Dask: {cost:.2f}x the CPU of serial (bar 1.4: {verdict}), "
        f"{serial.wall / dask.wall:.2f}x as fast"
    )
    rate = idle.cpu / idle.wall
    print(
        f"  of which Dask spends {rate:.3f} CPU s a second when it does nothing: up to "
        f"{rate * dask.wall:.1f} s here; on a busy machine a run waits longer, and this grows"
    )
    digests = set().union(*(way.digests for way in ways))
    print(f"same bits by all: {'yes' if len(digests) == 1 else 'NO'} ({len(digests)} digest)")
    for kind, weight in scratch.items():
        print(f"scratch, {kind:7} {weight / 1e6:8.1f} MB, {weight / n_bytes:.3f} a byte of text")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="1.2 GB instead of 122 MB")
    parser.add_argument("--folder", default=str(Path(gettempdir()) / "watchwords-benchmarks"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--min-count", type=int, default=5)
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(given.folder, given.make)
        return
    parts = make_partitions(given.folder, 100 if given.full else 10)
    options = {"freq": "Y", "max_words": 3, "min_count": given.min_count}
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    scratch, counts = weigh_scratch(parts, options)
    n_bytes = sum(text_bytes(part) for part in parts)
    print(f"{n_bytes / 1e6:,.1f} MB in {len(parts)} partitions; {counts}")
    if not given.full:
        count_in_one_piece(parts, counts, min_count=given.min_count)
    del counts
    ways, idle, (small, n_few) = compare(parts, options, given.rounds)
    report(ways, idle, scratch=scratch, n_bytes=n_bytes)
    large = max(worker for _, worker in ways[4].peaks)
    print(
        f"peak of a worker: {small:,.0f} MB with {n_few} of the partitions, {large:,.0f} MB with "
        f"all {len(parts)}"
    )


if __name__ == "__main__":
    main()
