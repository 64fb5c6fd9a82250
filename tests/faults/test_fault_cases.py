"""Hostile inputs, one by one through `watchwords read`, and all at once through a whole run.

The cases are recipes in a folder beside the project; without it these tests are skipped.
"""

import fnmatch
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

FAULTS = Path(__file__).parents[3] / "shared" / "faults"
CASES = FAULTS / "faults_public.jsonl"
GOOD = 35
EXITS = {"OK": 0, "BUG": 1}

pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="the fault cases are not here")


def ingest_cases():
    if not CASES.is_file():
        return []
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    return [case for case in cases if case["id"] <= "P22"]


def build(case, home):
    """Make the base documents and what the case adds; give the folder of documents."""
    folder, scratch = home / "corpus", home / "scratch"
    for place in (folder, scratch):
        place.mkdir(exist_ok=True)
    if not any(folder.iterdir()):
        subprocess.run([sys.executable, FAULTS / "mkbase.py", folder], check=True)
    places = {**os.environ, "C": str(folder), "W": str(scratch)}
    subprocess.run(["bash", "-c", case["make"]], check=True, env=places)
    return folder


def watchwords(*arguments, cwd, timeout=120, env=None):
    """Run the command; give its exit code, what it wrote, seconds and peak memory in MB."""
    began = time.monotonic()
    log = cwd / "log.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "watchwords", *map(str, arguments)],
            stdout=stream,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=cwd,
            env={**os.environ, **(env or {})},
        )
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - began > timeout:
                process.kill()
                process.wait()
                pytest.fail(f"no end after {timeout} s")
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    return process.returncode, log.read_text("utf-8", "replace"), seconds, usage.ru_maxrss / 1024


def outcomes_of(store):
    """Every input as "file" or "file#row", with what became of it."""
    table = pd.read_parquet(store / "outcomes.parquet")
    rows = zip(table["path"], table["row"], table["outcome"], strict=True)
    return [
        (re.sub(r"#\d+$", "", path) + (f"#{row}" if row else ""), end) for path, row, end in rows
    ]


def matches(end, allowed):
    """An outcome fits if it is one of those allowed; more than one warning may be said."""
    if end in allowed:
        return True
    word, _, warnings = end.partition(":warn=")
    return any(f"{word}:warn={code}" in allowed for code in warnings.split(",")) or (
        word in allowed and word == "accepted"
    )


def check_documents(case, ends):
    for pattern, allowed in case["expect"]["docs"].items():
        found = [(name, end) for name, end in ends if fnmatch.fnmatchcase(name, pattern)]
        if not found and "#" not in pattern:
            found = [(name, end) for name, end in ends if name.split("#")[0] == pattern]
        assert found, f"{pattern} has no outcome; there are {[name for name, _ in ends][:60]}"
        for name, end in found:
            assert matches(end, allowed), f"{name} ended as {end}, not as one of {allowed}"


@pytest.mark.parametrize("case", ingest_cases(), ids=lambda case: case["id"])
def test_a_hostile_input_ends_as_stated_and_harms_no_other(case, tmp_path):
    folder = build(case, tmp_path)
    store = tmp_path / "store"
    code, log, seconds, peak = watchwords("read", folder, "--out", store, cwd=tmp_path)
    assert code == 0, log
    ends = outcomes_of(store)
    check_documents(case, ends)
    added = [
        name
        for name, _ in ends
        if any(
            fnmatch.fnmatchcase(name.split("#")[0], pattern.split("#")[0])
            for pattern in case["expect"]["docs"]
        )
    ]
    good = [name for name, end in ends if name not in added and end.startswith("accepted")]
    assert len(good) == GOOD
    limits = {key: value for item in case["expect"]["asserts"] for key, value in item.items()}
    assert seconds <= limits.get("wall_s_max", 120)
    assert peak <= limits.get("rss_mb_max", 1500)
    if "count_rejected" in limits:
        assert sum(end.startswith("rejected") for _, end in ends) == limits["count_rejected"]
    check_texts(case, store, log)


def check_texts(case, store, log):
    documents = pd.read_parquet(store / "documents.parquet")
    for column in documents.select_dtypes("str"):
        if column == "raw":
            continue
        joined = "\n".join(documents[column])
        assert "\x00" not in joined
        assert "s\x00a" not in joined
        assert not re.search("[\ud800-\udfff]", joined)
    assert "\x1b" not in log
    assert not re.search("^INFO published run-999", log, re.MULTILINE)
    everything = b"".join(file.read_bytes() for file in store.rglob("*") if file.is_file())
    for secret in (b"TOPSECRET-P09", b"OUTSIDE-P22"):
        assert secret not in everything
        assert secret.decode() not in log
    if case["id"] == "P16":
        assert "\ufffd" not in "".join(documents["text"])
    if case["id"] == "P18":
        assert documents["text"].str.count("dialogue number").max() <= 1
    if case["id"] == "P19":
        assert "NA" in set(documents["country"])
        assert "null" in set(documents["title"])


REPORT = """
corpus: statements
source: corpus
freq: M
min_docs: 2
topics: 0
notebooks: [5-changes]
"""


@pytest.mark.slow
def test_a_run_over_all_hostile_inputs_at_once_publishes_a_clean_brief(tmp_path):
    for case in ingest_cases():
        folder = build(case, tmp_path)
    (tmp_path / "statements.yml").write_text(REPORT, "utf-8")
    code, log, _, peak = watchwords("run", "statements.yml", cwd=tmp_path, timeout=600)
    assert code == 0, log
    assert peak <= 2500
    latest = tmp_path / "out" / "statements" / "latest"
    names = {path.name for path in folder.iterdir() if re.match(r"2026-02-0\d_[a-z]+\.", path.name)}
    rejects = (latest / "data" / "rejects.csv").read_text("utf-8-sig")
    for name in names - {"2026-02-04_attrs.html", "2026-02-07_line.txt"}:
        assert name in rejects, name
    documents = pd.read_csv(latest / "data" / "documents.csv", dtype="str", keep_default_na=False)
    assert documents["path"].str.contains("_statement_").sum() == 24
    for file in latest.rglob("*"):
        if file.is_file() and file.suffix in {".csv", ".html", ".ipynb", ".json"}:
            text = file.read_bytes()
            for unwanted in (b"\x00", b"\x1b", b"TOPSECRET-P09", b"OUTSIDE-P22"):
                assert unwanted not in text, f"{unwanted!r} in {file.name}"
    assert "\x1b" not in log
    assert not re.search("^INFO published run-999", log, re.MULTILINE)


@pytest.mark.slow
def test_the_surroundings_of_a_run_leave_no_trace(tmp_path):
    """P23: another hash seed, time zone, locale and umask give the same bytes."""
    sets = (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    published = []
    for number, env in enumerate(sets):
        home = tmp_path / str(number)
        home.mkdir()
        build({"make": "true"}, home)
        (home / "statements.yml").write_text(REPORT, "utf-8")
        before = os.umask(0o077 if number else 0o022)
        try:
            code, log, _, _ = watchwords("run", "statements.yml", cwd=home, timeout=600, env=env)
        finally:
            os.umask(before)
        assert code == 0, log
        latest = home / "out" / "statements" / "latest"
        published.append(
            {
                file.relative_to(latest.resolve()).as_posix(): file.read_bytes()
                for file in latest.resolve().rglob("*")
                if file.is_file() and file.name != "run.json"
            }
        )
    assert published[0].keys() == published[1].keys()
    assert [name for name in published[0] if published[0][name] != published[1][name]] == []
