import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from watchwords import __version__, cli, errors
from watchwords.read.samples import SAMPLES


@pytest.fixture(autouse=True)
def _keep_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # A shell that starts something in the background has it ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def call(monkeypatch, capfd):
    """Run the command line in this process; gives exit code, stdout and stderr."""

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["watchwords", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capfd.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@dataclass
class Result:
    pdf: Path
    html: Path
    seconds: float = 41.6
    refusal: str = ""


@pytest.fixture
def stub_run(monkeypatch):
    """Put another function in the place of `run_report`, whose module is heavy."""

    def stub(function) -> list[dict[str, object]]:
        calls: list[dict[str, object]] = []

        def run_report(path, **options):
            calls.append({"path": path, **options})
            return function(options)

        module = ModuleType("watchwords.briefs.run")
        module.run_report = run_report
        monkeypatch.setitem(sys.modules, "watchwords.briefs", ModuleType("watchwords.briefs"))
        monkeypatch.setitem(sys.modules, "watchwords.briefs.run", module)
        return calls

    return stub


def plain(text: str) -> str:
    return " ".join(text.split())


def test_help_teaches_and_loads_nothing_heavy(call):
    code, out, _ = call("--help")
    assert code == 0
    for words in ("watchwords run reports/my.yml", "samples", "75 the same report is being run"):
        assert words in plain(out)
    loaded = "import sys, watchwords.cli; print(sorted(sys.modules))"
    modules = subprocess.check_output([sys.executable, "-c", loaded], text=True)
    for heavy in ("pandas", "numpy", "pydantic", "matplotlib", "papermill", "sklearn"):
        assert f"'{heavy}'" not in modules


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("run", "watchwords run reports/my.yml --as-of 2026-11-01 -p freq=Q"),
        ("read", "A date is never guessed"),
        ("concordance", '"interstate commerce"'),
        ("samples", "sample:NAME"),
    ],
)
def test_every_command_has_help_with_an_example(call, command, words):
    code, out, _ = call(command, "--help")
    assert code == 0
    assert words in plain(out)


def test_the_version_and_the_samples_are_listed(call):
    assert call("--version") == (0, f"watchwords {__version__}\n", "")
    code, out, _ = call("samples")
    assert code == 0
    assert [name for name in SAMPLES if f"sample:{name}" in out] == list(SAMPLES)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["rum"], "No such command 'rum'"),
        (["run"], "Missing argument 'REPORT'"),
        (["run", "x.yml", "--as-of", "1.11.2026"], "'1.11.2026' does not match"),
        (["run", "x.yml", "-p", "topics"], "'topics' is not KEY=VALUE"),
        (["run", "x.yml", "--freq", "M"], "No such option: --freq"),
        (["read", "sample:municipal", "--todo"], "a sample cannot be corrected"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(call, args, words):
    code, _, err = call(*args)
    assert code == 2
    assert words in plain(err.replace("│", " "))
    assert "Traceback" not in err


def test_a_run_passes_on_what_was_asked_and_prints_where_the_brief_is(
    call, stub_run, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    def run(options):
        options["progress"]("Reading [bold]documents\x1b[2J")
        return Result(tmp_path / "out" / "brief.pdf", Path("/elsewhere/report.html"))

    calls = stub_run(run)
    asked = ["--as-of", "2026-11-01", "--out", "o", "-p", "topics=0", "-p", "title=a=b"]
    code, out, err = call("run", "my.yml", *asked)
    assert code == 0
    assert out.splitlines() == [os.path.join("out", "brief.pdf"), "/elsewhere/report.html"]  # noqa: PTH118  (a path as text)
    assert "Reading [bold]documents\\x1b[2J" in err
    assert "Published in 42 s" in err
    assert {**calls[0], "progress": None} == {
        "path": Path("my.yml"),
        "as_of": date(2026, 11, 1),
        "out": Path("o"),
        "overrides": {"topics": "0", "title": "a=b"},
        "progress": None,
    }


def test_a_quiet_run_prints_two_paths_and_a_refusal_is_a_success(call, stub_run):
    refusal = "Too few documents for a trend: 5 documents, 2 with a date, in 2 months."
    calls = stub_run(lambda _: Result(Path("/o/brief.pdf"), Path("/o/report.html"), 1, refusal))
    assert call("run", "my.yml", "-q") == (0, "/o/brief.pdf\n/o/report.html\n", "")
    assert calls[0]["progress"] is None
    assert calls[0]["as_of"] is None
    code, _, err = call("run", "my.yml")
    assert code == 0
    assert refusal in plain(err)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ReportError("unknown key `freqq`;\ndid you mean `freq`?"), 2),
        (errors.EmptyCorpusError("no documents"), 3),
        (errors.CellError("cell 3"), 4),
        (errors.RunTimeoutError("60 seconds"), 5),
        (errors.KernelError("died"), 6),
        (errors.StorageError("disk full"), 7),
        (errors.LockedError("process 12"), 75),
    ],
)
def test_an_error_is_told_without_a_traceback_and_has_its_exit_code(call, stub_run, error, code):
    def fail(_):
        error.add_note("What was made until then is kept in failed/x")
        raise error

    stub_run(fail)
    got, out, err = call("run", "my.yml", "--quiet")
    assert got == code
    assert out == ""
    assert err == f"watchwords: {error}\nWhat was made until then is kept in failed/x\n"


def test_on_a_terminal_an_error_is_one_panel(monkeypatch, capfd):
    monkeypatch.setenv("FORCE_COLOR", "1")
    cli._complain(errors.ReportError("unknown [key] \x1b[31m"))
    err = capfd.readouterr().err
    assert "Nothing was started" in err
    assert "unknown [key] \\x1b[31m" in err


def test_a_bug_keeps_its_traceback(call, stub_run, monkeypatch):
    def fail(_):
        raise KeyError("a bug")

    stub_run(fail)
    monkeypatch.setattr(sys, "argv", ["watchwords", "run", "my.yml", "-q"])
    with pytest.raises(KeyError, match="a bug"):
        cli.main()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_in_order(call, stub_run, number, code):
    cleaned = []

    def interrupted(_):
        try:
            os.kill(os.getpid(), number)
        finally:
            cleaned.append(number)

    stub_run(interrupted)
    assert call("run", "my.yml", "-q") == (code, "", "")
    assert cleaned == [number]


WORDS = "It is for the people and their representatives to say what they want of this. " * 3


@pytest.fixture
def speeches(tmp_path):
    folder = tmp_path / "speeches"
    folder.mkdir()
    (folder / "a.txt").write_text("A speech\n2021-02-03\n\nThe interstate commerce grows. " + WORDS)
    (folder / "b.txt").write_text("A speech on 22 November\n\nOf trade. " + WORDS)
    (folder / "c.xyz").write_text("?")
    return folder


def test_reading_a_folder_sums_up_what_is_there_and_what_is_not(call, speeches):
    code, out, _ = call("read", str(speeches))
    assert code == 0
    lines = [plain(line) for line in out.splitlines()]
    assert lines[0] == "2 documents"
    assert "1 with a date, 2021-02-03 to 2021-02-03" in lines
    assert "1 undated: b.txt" in lines
    assert "2 in language en" in lines
    assert "rejected (unsupported), such as c.xyz" in out
    assert not (speeches / "metadata.csv").exists()


def test_the_list_of_what_to_date_by_hand_is_written(call, speeches):
    code, out, _ = call("read", str(speeches), "--todo")
    assert code == 0
    assert plain(out).endswith(f"1 to fill in by hand: {speeches / 'metadata.csv'}")
    rows = (speeches / "metadata.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("path,column,value,reason,by,on")
    assert rows[1].startswith("b.txt,date,")


def test_a_missing_and_an_empty_folder_have_their_exit_codes(call, tmp_path):
    code, _, err = call("read", str(tmp_path / "none"))
    assert (code, "does not exist" in err) == (2, True)
    (tmp_path / "empty").mkdir()
    code, _, err = call("read", str(tmp_path / "empty"))
    assert (code, "Traceback" in err) == (3, False)


def test_a_concordance_lists_the_wording_in_its_documents(call, speeches):
    code, out, err = call("concordance", str(speeches), "interstate commerce")
    assert code == 0
    lines = [plain(line) for line in out.splitlines()]
    assert lines[0].startswith("2021-02-03 ")
    assert "interstate commerce grows." in lines[0]
    assert "1 hit in 1 of 2 documents" in err
    code, out, _ = call("concordance", str(speeches), "tariff")
    assert (code, out) == (0, "“tariff”: not found in 2 documents\n")
    code, _, err = call("concordance", str(speeches), "trade", "--sort", "dat")
    assert (code, "date" in err) == (2, True)


def test_a_concordance_is_saved_page_by_page(call, speeches, tmp_path):
    file = tmp_path / "lines.csv"
    code, out, err = call(
        *("concordance", str(speeches), "interstate | the", "-n", "1", "--page", "1"),
        *("--csv", str(file)),
    )
    assert (code, len(out.splitlines())) == (0, 1)
    assert "page 1 of " in err
    assert len(file.read_text("utf-8-sig").splitlines()) == 2


def test_a_concordance_adds_no_blank_that_the_text_has_not(call, tmp_path):
    for name, text in {
        "2021-02-03.txt": "全党坚决做到“两个维护”,不断提高政治判断力、政治领悟力、政治执行力。" * 3,
        "2021-02-04.txt": "The tariff is high. They call it a (tariff) here, and it was a law.",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    code, out, _ = call("concordance", str(tmp_path), "两个维护")
    assert code == 0
    lines = [plain(line) for line in out.splitlines()]
    assert len(lines) == 3
    assert all("做到“两个维护”" in line for line in lines)
    code, out, _ = call("concordance", str(tmp_path), "tariff")
    first, second = (plain(line) for line in out.splitlines())
    assert "The tariff is" in first
    assert "call it a (tariff) here" in second
    assert first.index("tariff") == second.index("tariff")


def test_exit_code_2_is_said_to_publish_nothing(call):
    code, out, _ = call("--help")
    assert code == 0
    words = " ".join(plain(out).split())
    assert "2 usage or configuration: nothing was published" in words
