"""One report, from its file to a published brief."""

import hashlib
import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock
from importlib.metadata import version
from pathlib import Path
from typing import Any

import watchwords
from watchwords.briefs.assemble import assemble_brief
from watchwords.briefs.collect import collect_exhibits, merge_exhibits
from watchwords.briefs.compute import compute_tables
from watchwords.briefs.csv_files import write_tables
from watchwords.briefs.execute import NotebookRun, execute_notebooks
from watchwords.briefs.html import write_html
from watchwords.briefs.lost import keep_covered
from watchwords.briefs.notebooks import check_notebooks, notebook_parameters
from watchwords.briefs.pdf import write_pdf
from watchwords.briefs.publish import run_lock, staging, write_record
from watchwords.briefs.report import NOTEBOOKS, NotebookEntry, Report, read_report
from watchwords.briefs.workspace import Workspace, out_folder
from watchwords.fonts import covered_characters

Say = Callable[[str], None]
_LIBRARIES = (
    *("numpy", "pandas", "scipy", "scikit-learn", "gensim", "matplotlib"),
    *("papermill", "pyarrow", "typst", "jinja2", "python-docx"),
)


@dataclass(frozen=True)
class RunResult:
    """Where a published brief is.

    Attributes
    ----------
    folder, pdf, html : Path
        The run's folder, ``brief.pdf`` and ``report.html``.
    seconds : float
        How long the run took.
    refusal : str
        The sentence that stands instead of trends, or "".
    """

    folder: Path
    pdf: Path
    html: Path
    seconds: float
    refusal: str


def run_report(
    path: str | Path,
    *,
    as_of: date | None = None,
    out: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    progress: Say | None = None,
) -> RunResult:
    """Make a brief from a report file and publish it whole, or not at all.

    Parameters
    ----------
    path : str or Path
        The report file (YAML).
    as_of : datetime.date, optional
        The day of judgement; default the date of the last document, so that the same
        documents always give the same brief.
    out : str or Path, optional
        Folder for the runs of all reports; default ``out`` beside the report file.
    overrides : mapping, optional
        Keys of the report file, or ``notebook.parameter``, with other values.
    progress : callable taking a str, optional
        Told in a few words what is being done.

    Returns
    -------
    RunResult

    Raises
    ------
    WatchwordsError
        Of the kind, and with the exit code, that says what was wrong; the last good brief is
        untouched.

    Examples
    --------
    >>> run_report("reports/nobody.yml")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    watchwords.errors.ReportError: the report file ...nobody.yml does not exist...
    """
    began = time.monotonic()
    tell = progress or (lambda _: None)
    report = read_report(path, overrides=overrides)
    home = out_folder(report, Path(out) if out else None)
    work = home / "work"
    runs = [_notebook_run(report, entry, work) for entry in report.notebooks]
    check_notebooks(runs)
    with run_lock(home), staging(home) as stage:
        compute_tables(report, work, as_of=as_of, say=tell)
        tables = Workspace(report, work)
        brief = _make_brief(tables, runs, stage=stage, tell=tell)
        write_record(stage, _record(tables, brief, seconds=time.monotonic() - began))
        tell("Publishing")
    folder = (home / "latest").resolve()
    return RunResult(
        folder=folder,
        pdf=home / "latest" / "brief.pdf",
        html=home / "latest" / "report.html",
        seconds=time.monotonic() - began,
        refusal=brief["brief"]["refusal"] or "",
    )


def _notebook_run(report: Report, entry: NotebookEntry, work: Path) -> NotebookRun:
    bundled = Path(watchwords.__file__).parent / "notebooks" / f"{entry.path}.ipynb"
    path = bundled if entry.path in NOTEBOOKS else report.resolve(entry.path)
    # Relative to the folder they run in, so that a published notebook names no folder of ours.
    beside = os.path.relpath(work, report.path.parent)
    handed = {"report": report.path.name, "work": beside}
    known = notebook_parameters(path)
    taken = {name: value for name, value in handed.items() if name in known}
    return NotebookRun(path, {**taken, **entry.parameters})


def _make_brief(
    work: Workspace, runs: list[NotebookRun], *, stage: Path, tell: Say
) -> dict[str, Any]:
    report = work.report
    tell(f"Running {len(runs)} notebooks")
    executed = execute_notebooks(
        runs,
        folder=stage / "notebooks",
        cell_timeout=report.cell_timeout,
        run_timeout=report.run_timeout,
        cwd=report.path.parent,
    )
    collected = [
        collect_exhibits(notebook, name=run.name)
        for notebook, run in zip(executed, runs, strict=True)
    ]
    brief = assemble_brief(work, *merge_exhibits(collected, known=work.evidence))
    # Only the PDF is bound to our fonts; the page and the tables keep every character.
    _, lost = keep_covered(brief, covered_characters())
    brief["lost_characters"] = lost
    tell("Setting the PDF and the page")
    write_tables(work, brief, stage / "data")
    # A brief is of its day of judgement, whenever it is made: the same input, the same bytes.
    day = datetime.combine(work.as_of, clock(), UTC)
    write_pdf(brief, stage / "brief.pdf", timestamp=day)
    write_html(brief, stage / "report.html")
    if report.docx:
        from watchwords.briefs.docx import write_docx  # python-docx is slow to load

        write_docx(brief, stage / "brief.docx", timestamp=day)
    return brief


def _digests(report: Report) -> dict[str, str]:
    """Digest the files that steer a report; those of the documents are in data/documents.csv."""
    named = [report.path.name, report.watch, report.ignore, report.metadata]
    if report.sample is None:
        source = report.resolve(report.source)
        beside = (source if source.is_dir() else source.parent) / "metadata.csv"
        named.append(os.path.relpath(beside, report.path.parent))
    files = {name: report.resolve(name) for name in named if name}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(files.items())
        if path.is_file()
    }


def _record(work: Workspace, brief: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    report = work.report
    return {
        "report": report.model_dump(mode="json"),
        "report_file": report.path.name,
        "as_of": work.as_of.isoformat(),
        "seed": report.seed,
        "inputs": {**work.meta, "files": _digests(report)},
        "findings": [e["headline"] for e in brief["exhibits"] if e["kind"] == "finding"],
        "refusal": brief["brief"]["refusal"],
        "lost_characters": brief["lost_characters"],
        "versions": {
            "python": platform.python_version(),
            "watchwords": watchwords.__version__,
            **{name: version(name) for name in _LIBRARIES},
        },
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
    }
