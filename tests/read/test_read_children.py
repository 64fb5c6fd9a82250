"""Children on a leash: what hangs, swells or crashes costs itself, by name, and nothing else."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from watchwords.read.child import explain_death
from watchwords.read.children import Children
from watchwords.read.files import Read, Task
from watchwords.read.frames import pack, read_event, unpack, write_event
from watchwords.read.outcomes import Rejection
from watchwords.read.records import Options, Record

# A parser that does to its process what the name of the file says.
FAKE = """
import os, signal, sys, time
from watchwords.read.files import Begun, Read
from watchwords.read.outcomes import Rejection
from watchwords.read.records import Record
from watchwords.read.worker import serve

served = 0

def read(task, root, options):
    global served
    served += 1
    name = task.name
    print("a library talks")
    # A file that never ends, and one that is merely slow: sleeping is their part in the play.
    if name == "sleeps": time.sleep(60)
    if name == "spins":
        while True: pass
    if name == "swells": bytearray(1 << 40)
    if name == "dies": os.kill(os.getpid(), signal.SIGSEGV)
    if name == "leaves": sys.exit(3)
    if name == "worn" and served > 1: raise MemoryError
    if name == "rows":
        for row in range(1, 130):
            yield Record({"path": f"rows#{row}", "text": "x"}, (), row)
        time.sleep(60)
    if name == "works":
        for _ in range(8): time.sleep(0.05)
    if name == "archive":
        for number in range(task.skip, 4):
            yield Begun(f"archive/{number}", number)
            if number == 1: time.sleep(60)
            if number == 2: os._exit(9)
            yield Record({"path": f"archive/{number}", "text": "x"}, (), 0)
    elif name != "rows":
        text = name * (75_000 if name == "large" else 3)
        yield Record({"path": name, "text": text, "pid": str(os.getpid())}, (("a", "b"),), 0)
    yield Read(1, 2, "hash")

serve(read)
"""


@pytest.fixture(scope="module")
def fake(tmp_path_factory):
    script = tmp_path_factory.mktemp("fake") / "fake.py"
    script.write_text(FAKE, encoding="utf-8")
    return (sys.executable, "-P", str(script))


@pytest.fixture
def read(fake, tmp_path):
    """Read names with the fake parser: what became of each, in order."""

    def run(*names, n=1, seconds=1.0, memory=1_500_000_000):
        with Children(
            tmp_path, Options(), n=n, seconds=seconds, memory=memory, command=fake
        ) as children:
            tasks = [Task(name, str(tmp_path / name)) for name in names]
            return [(task.name, event) for task, event in children.read(tasks)]

    return run


def short(events):
    return [
        event.reason
        if isinstance(event, Rejection)
        else event.fields["path"]
        if isinstance(event, Record)
        else "end"
        for _, event in events
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_results_come_in_the_order_of_the_files(read, n):
    names = [f"file{number}" for number in range(40)]
    events = read(*names, n=n)
    assert [name for name, event in events if isinstance(event, Read)] == names
    assert short(events) == [word for name in names for word in (name, "end")]
    pids = {event.fields["pid"] for _, event in events if isinstance(event, Record)}
    assert len(pids) == n
    assert str(os.getpid()) not in pids


HOSTILE = {
    "sleeps": "timeout",
    "spins": "timeout",
    "swells": "memory",
    "dies": "malformed",
    "leaves": "malformed",
}


@pytest.mark.parametrize("n", [1, 2])
def test_a_hostile_file_costs_itself_only(read, n):
    names = [name for hostile in HOSTILE for name in (f"before {hostile}", hostile)]
    events = read(*names, "last", n=n, seconds=0.5)
    assert short(events) == [
        word for name in [*names, "last"] for word in (HOSTILE.get(name, name), "end")
    ]
    verdicts = [event for _, event in events if isinstance(event, Rejection)]
    assert [(verdict.path, verdict.row) for verdict in verdicts] == [(name, 0) for name in HOSTILE]
    assert all(verdict.detail for verdict in verdicts)


def test_a_child_that_others_wore_out_is_replaced_before_a_file_is_blamed(read):
    assert short(read("good", "worn")) == ["good", "end", "worn", "end"]


def test_rows_read_before_a_hang_are_kept_and_the_rest_named(read):
    events = read("rows", "good", seconds=0.5)
    assert short(events)[:128] == [f"rows#{row}" for row in range(1, 129)]
    assert short(events)[128:] == ["timeout", "end", "good", "end"]
    assert events[128][1].row == 129
    assert events[128][1].detail.startswith("from here on")


def test_an_archive_goes_on_after_the_members_that_hang_or_crash(read):
    events = read("archive", "good", seconds=0.5)
    assert short(events) == [
        "archive/0", "timeout", "malformed", "archive/3", "end", "good", "end",
    ]  # fmt: skip
    blamed = [event.path for _, event in events if isinstance(event, Rejection)]
    assert blamed == ["archive/1", "archive/2"]


def test_children_live_on_from_call_to_call_and_end_with_the_block(fake, tmp_path):
    with Children(tmp_path, Options(), command=fake) as children:
        pids = [
            event.fields["pid"]
            for name in "ab"
            for _, event in children.read([Task(name, name)])
            if isinstance(event, Record)
        ]
        assert pids[0] == pids[1]
        assert list(children.read([])) == []
    assert not Path("/proc", pids[0]).exists()


def here(task):
    return [
        Record({"path": task.name, "text": task.name * 3}, (("a", "b"),), 0),
        Read(1, 2, "hash"),
    ]


def test_a_child_that_waits_to_be_heard_is_not_late(fake, tmp_path):
    def slow(task):
        if task.name == "large":
            return None
        # A parent at work on a file of its own, for longer in all than a child may take.
        time.sleep(0.3)
        return here(task)

    names = ["large", *(f"file{number}" for number in range(6))]
    with Children(tmp_path, Options(), command=fake, seconds=1.0) as children:
        assert short(children.read([Task("first", "first")])) == ["first", "end"]
        events = list(children.read([Task(name, name) for name in names], read_here=slow))
    assert short(events) == [word for name in names for word in (name, "end")]
    assert events[0][1].fields["text"] == "large" * 75_000


def test_a_child_that_was_stopped_together_with_its_parent_is_not_late(fake, tmp_path):
    with Children(tmp_path, Options(), command=fake, seconds=1.2) as children:
        pid = int(next(children.read([Task("first", "first")]))[1].fields["pid"])
        assert list(children.read([])) == []

        def stop(task):
            if task.name == "works":
                return None
            os.kill(pid, signal.SIGSTOP)
            # Longer than the limit: a machine that was suspended, not a file that hangs.
            time.sleep(1.5)
            os.kill(pid, signal.SIGCONT)
            return here(task)

        events = children.read([Task("works", "works"), Task("file", "file")], read_here=stop)
        assert short(events) == ["works", "end", "file", "end"]


def test_a_hang_is_found_however_busy_the_parent_is(fake, tmp_path):
    def slow(task):
        if task.name == "sleeps":
            return None
        # The parent's own files keep it busy past the child's limit.
        time.sleep(0.15)
        return here(task)

    tasks = [Task(name, name) for name in ("sleeps", *"abcdef")]
    with Children(tmp_path, Options(), command=fake, seconds=0.5) as children:
        assert short(children.read(tasks, read_here=slow)) == [
            "timeout", "end", *(word for name in "abcdef" for word in (name, "end")),
        ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 2])
def test_what_is_read_here_changes_neither_order_nor_content(fake, tmp_path, n):
    names = [f"file{number}" for number in range(20)]
    names[3], names[11] = "large", "leaves"

    def told(share):
        def some(task):
            number = names.index(task.name)
            if task.name in ("large", "leaves") or number % share:
                return None
            # Uneven work, so that children finish in another order than they began.
            time.sleep(0.12 if number % 4 == 0 else 0)
            return here(task)

        with Children(tmp_path, Options(), n=n, command=fake, seconds=5) as children:
            for task, event in children.read([Task(name, name) for name in names], read_here=some):
                if isinstance(event, Record):
                    event.fields.pop("pid", None)
                yield task.name, event

    expected = list(told(1000))
    assert short(expected) == [word for name in names for word in (HOSTILE.get(name, name), "end")]
    assert list(told(1)) == list(told(2)) == expected


def test_a_reading_that_is_given_up_leaves_nothing_behind(fake, tmp_path):
    with Children(tmp_path, Options(), n=2, command=fake, seconds=5) as children:
        events = children.read(Task(str(name), str(name)) for name in range(50))
        next(events)
        assert [name for name, _ in [(t.name, e) for t, e in children.read([Task("x", "x")])]] == [
            "x", "x",
        ]  # fmt: skip


def test_a_child_that_cannot_start_is_a_fault_of_the_machine_not_of_a_file(tmp_path):
    command = (sys.executable, "-c", "raise SystemExit(5)")
    with (
        Children(tmp_path, Options(), command=command) as children,
        pytest.raises(RuntimeError, match=r"cannot start.*exit code 5"),
    ):
        list(children.read([Task("a", "a")]))


def test_no_orphan_is_left_when_the_parent_is_killed(fake, tmp_path):
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from watchwords.read.children import Children
        from watchwords.read.files import Task, Read
        from watchwords.read.records import Options
        children = Children(Path({str(tmp_path)!r}), Options(), command={fake!r})
        for task, event in children.read([Task("good", "g"), Task("spins", "s")]):
            if not isinstance(event, Read):
                sys.stdout.write(event.fields["pid"] + "\\n")
                sys.stdout.flush()
    """)
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    # A process that is not our child can only be watched, not waited for.
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the child outlived its parent")


def test_a_module_in_the_working_folder_is_never_loaded(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('loaded')", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.chdir(tmp_path)
    with Children(tmp_path, Options()) as children:
        events = short(children.read([Task("a.pdf", str(tmp_path / "a.pdf"))]))
    assert events == ["malformed", "end"]


@pytest.mark.parametrize(
    "event",
    [
        Record({"text": "half \ud800", "date": None, "flag": True}, (("a", "b"),), 3),
        Rejection("a\udcff", 1, "memory", ""),
        Read(5, 2**62, "f"),
    ],
)
def test_messages_come_through_as_they_are(event):
    assert read_event(unpack(pack(write_event(event))[4:])) == event


def test_deaths_are_explained():
    assert explain_death(77)[0] == "memory"
    assert explain_death(-signal.SIGKILL)[0] == "memory"
    assert explain_death(-signal.SIGXCPU)[0] == "timeout"
    assert explain_death(-signal.SIGABRT) == ("malformed", "its parser crashed (signal 6)")


def test_a_child_needs_no_tables():
    code = "import watchwords.read.worker, sys; sys.stdout.write(' '.join(sys.modules))"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    heavy = {"pandas", "numpy", "pyarrow", "scipy", "trafilatura", "lxml", "pypdf"}
    assert heavy & set(loaded) == set()
