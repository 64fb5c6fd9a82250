"""The command line: run a report, look at a folder, find a wording.

Everything heavy is imported where it is used, so that ``watchwords --help`` answers at once.
"""

import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

import watchwords
from watchwords.cli_count import count
from watchwords.cli_show import SOURCE_HELP, concordance, printable, samples
from watchwords.cli_warm import warm
from watchwords.errors import WatchwordsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_TITLES = {
    2: "Nothing was started",
    3: "Nothing was published",
    4: "A notebook failed",
    5: "Out of time",
    6: "A kernel died",
    7: "The disk refused",
    75: "Already running",
}
_EXIT_CODES = """\
**Exit codes** — 0 published (also when there is too little to say) · 2 usage or configuration:
nothing was published · 3 no documents · 4 a notebook cell failed · 5 out of time · 6 a kernel died
· 7 disk full or failing · 75 the same report is being run · 130 interrupted · 1 a fault of this
program, with a traceback.
"""

_TONES = {"plain": "", "strong": "bold", "bad": "red"}
_AS_OF = typer.Option(
    formats=["%Y-%m-%d"],
    metavar="DATE",
    help="Day of judgement, such as 2026-11-01: later dates are taken for mistakes.",
    show_default=False,
)

app = typer.Typer(
    name="watchwords",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EXIT_CODES,
)


def main() -> NoReturn:
    """Run the command line and end the process with the exit code of what happened."""
    signal.signal(signal.SIGTERM, _end)
    try:
        app(prog_name="watchwords")
    except WatchwordsError as error:
        _complain(error)
        sys.exit(error.exit_code)
    sys.exit(0)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"watchwords {watchwords.__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Count what official texts say, since when, in whose documents, with every sentence.

    Start with your own folder of texts, web pages, PDF, Word or Excel files, or tables:

    1. `watchwords read speeches/` says what can be read and what has a date.

    2. Write a report file, three lines of YAML, say `reports/my.yml`:
       `corpus: My speeches`, `source: ../speeches`, `freq: M`.

    3. `watchwords run reports/my.yml` makes `brief.pdf` and `report.html`.
    """


@app.command(epilog=_EXIT_CODES)
def run(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="Report file (YAML).")],
    *,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Day of judgement, such as 2026-11-01; a period not over by then is drawn hollow "
            "and decides nothing. Default: the date of the last document.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where runs go. Default: out/ beside the report file.",
            show_default=False,
        ),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--parameter",
            metavar="KEY=VALUE",
            help="Replace a key of the report file (-p topics=0), a part of one (-p "
            "compare.since=1950), or a parameter of a notebook (-p 5-changes.top_n=20); "
            "repeatable.",
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler, such as tcp://host:8786, whose workers count the terms; they "
            "must see the folder of the runs.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the two paths and nothing else.")
    ] = False,
) -> None:
    """Make a brief from a report file and publish it, whole or not at all.

    - `watchwords run reports/state-of-the-union.yml`

    - `watchwords run reports/my.yml --as-of 2026-11-01 -p freq=Q -p watch=tifa`

    In `out/<report>/latest/`: `brief.pdf`, `report.html`, `brief.docx` (to be edited; not with
    `docx: false`), `data/*.csv` (every hit behind every number in `evidence.csv`), the executed
    `notebooks/`, and `run.json` (inputs, versions, parameters, digests). `latest` moves only when
    all went well; a failed run is kept in `out/<report>/failed/`.
    """
    overrides = dict(_key_and_value(text) for text in parameter or [])
    if scheduler is not None:
        overrides["scheduler"] = scheduler
    result = _run(report, as_of, out=out, overrides=overrides, quiet=quiet)
    console = Console(stderr=True)
    if not quiet:
        if result.refusal:
            console.print(Text(printable(result.refusal)))
        console.print(Text(f"Published in {result.seconds:.0f} s:"))
    for path in (result.pdf, result.html):
        typer.echo(printable(str(_near(path))))


@app.command()
def read(
    source: Annotated[str, typer.Argument(metavar="FOLDER", help=SOURCE_HELP)],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep the cleaned corpus here, as Parquet tables; the next time only new and "
            "changed files are read. Use it as `source: DIR` in a report file.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that read side by side.")
    ] = 1,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OURS=THEIRS",
            help="Where a table has other names, such as --columns text=speech; repeatable.",
            show_default=False,
        ),
    ] = None,
    path_pattern: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="What folders and names say, such as '{issuer}/{year}/{name}'.",
            show_default=False,
        ),
    ] = None,
    date_order: Annotated[
        str,
        typer.Option(
            metavar="dmy|mdy",
            help="How 02/03/2021 is meant: 2 March (dmy) or 3 February (mdy). Default: such a "
            "date keeps its year only.",
            show_default=False,
        ),
    ] = "",
    as_of: Annotated[datetime | None, _AS_OF] = None,
    todo: Annotated[
        bool,
        typer.Option(
            "--todo",
            help="Write metadata.csv beside the documents, with a row for every one without a "
            "date (or a place, where others have one) and what is known of it. Fill in `value`, "
            "`reason` and `by`; rows you have filled are kept.",
        ),
    ] = False,
) -> None:
    """Read a folder: documents, dates, languages, copies, and what was rejected and why.

    - `watchwords read speeches/`

    - `watchwords read speeches/ --out corpus/ --workers 2`

    - `watchwords read speeches/ --todo`

    Read are .txt, .md, .html, .pdf, .docx, .csv, .tsv, .jsonl, .json, .parquet and .xlsx files,
    and these in .zip and .gz. Every file and row becomes a document or is rejected with a reason;
    with --out all are listed in `outcomes.parquet`.

    A date is never guessed. What you correct in `metadata.csv` is used by the next run, and
    counted apart in the brief.
    """
    if todo and source.startswith("sample:"):
        raise typer.BadParameter("a sample cannot be corrected; --todo needs a folder.")
    from watchwords.corpora.command import read_and_tell, write_list

    pairs = dict(_key_and_value(text) for text in columns or [])
    lines, documents = read_and_tell(
        source,
        out,
        columns=pairs,
        path_pattern=path_pattern,
        date_order=date_order,
        as_of=as_of.date() if as_of else None,
        workers=workers,
        progress=sys.stderr.isatty(),
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right")
    for line in lines:
        grid.add_row(f"{line.n:,}", Text(printable(line.words), style=_TONES[line.tone]))
    Console().print(grid)
    if todo:
        n_rows, file = write_list(source, documents)
        typer.echo(printable(f"{n_rows} to fill in by hand: {file}"))


def _run(
    report: Path,
    as_of: datetime | None,
    *,
    out: Path | None,
    overrides: "Mapping[str, str]",
    quiet: bool,
) -> Any:
    console = Console(stderr=True)
    began = time.monotonic()
    with console.status("Loading") as status:
        if quiet or not console.is_terminal:
            status.stop()

        def say(words: str) -> None:
            console.print(Text(printable(f"{time.monotonic() - began:5.0f} s  {words}")))
            status.update(Text(printable(words)))

        from watchwords.briefs.run import run_report

        tell: Callable[[str], None] | None = None if quiet else say
        day = as_of.date() if as_of else None
        return run_report(report, as_of=day, out=out, overrides=overrides, progress=tell)


def _key_and_value(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (equals and key.strip()):
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE, such as -p topics=0.")
    return key.strip(), value


def _complain(error: WatchwordsError) -> None:
    """Print an error for people on a terminal, and as plain lines into a log or a mail."""
    message = printable("\n".join([str(error), *getattr(error, "__notes__", [])]))
    console = Console(stderr=True)
    if console.is_terminal:
        title = _TITLES.get(error.exit_code, "Error")
        panel = Panel(Text(message), title=title, title_align="left", border_style="red", width=100)
        console.print(panel)
    else:
        typer.echo(f"watchwords: {message}", err=True)


def _near(path: Path) -> Path:
    """Shorten a path below the working folder."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _end(number: int, _: object) -> NoReturn:
    """End like Python does on Ctrl-C: folders and kernels are cleaned up on the way."""
    raise SystemExit(128 + number)


app.command()(concordance)
app.command()(samples)
app.command(epilog=_EXIT_CODES)(count)
app.command()(warm)
