"""Whole runs, each made once for all the tests that look at it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from watchwords.briefs import run_report

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def run_of(tmp_path_factory):
    """Run a report of the project in a folder of its own."""

    def run(name, **options):
        out = tmp_path_factory.mktemp(name)
        return run_report(ROOT / "reports" / f"{name}.yml", out=out, **options)

    return run


@pytest.fixture(scope="session")
def municipal(run_of):
    return run_of("municipal")


@pytest.fixture(scope="session")
def union(run_of):
    return run_of("state-of-the-union")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    source = ROOT.parent / "shared" / "seeds"
    if not source.is_dir():
        pytest.skip("the five real documents are not on this machine")
    home = tmp_path_factory.mktemp("seeds")
    shutil.copytree(source, home / "texts")
    text = "corpus: five reports\nsource: texts\nwatch: tifa\nfreq: M\nmin_docs: 2\n"
    (home / "seeds.yml").write_text(text, "utf-8")
    return run_report(home / "seeds.yml", as_of=date(2026, 11, 1))
